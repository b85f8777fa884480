// Forgetting a person: every word they gave and everything that leads to them is taken out of the tables;
// dates and counts stay under an id that leads to nobody. And letting go of what is older than a program
// keeps it. Ending their pairs, telling others and what lies on the platform are handlers'.
#pragma once

#include "storage/outbox.hpp"
#include "storage/session.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace rapport::storage {

// What would be taken out, counted for the one who asks.
struct known_of {
    std::int64_t check_ins = 0, titles = 0, profile_fields = 0, messages = 0;
};
known_of count_known(session &db, const team_id &team, const person_id &who);

// Where the service wrote to this person alone: what it can take back. Gone from the tables after erase().
std::vector<sent_message> messages_to(session &db, const team_id &team, const person_id &who);

// Every table's line; what they were part of ends now, and the person is `gone` after it.
void erase(session &db, const team_id &team, const person_id &who, instant now);

// Whether a table has its line of erasing, or holds nothing but ids and dates of people.
bool is_erased_from(std::string_view table);

// Rows of messages that were taken back lead to a conversation: gone once that is done.
void forget_taken_back(session &db);
inline constexpr std::string_view taking_back_kind = "forget.message";

// What a program keeps no longer, of the terms that closed before the instants given: check-ins lose their
// words, contacts who and on which day (their month stays, and that they were), profiles go with the last
// term of their people. Counts stay. Says how many rows lost something.
struct kept_until {
    instant check_ins, contacts, profiles;
};
std::int64_t let_go(session &db, const team_id &team, const program_slug &program, const kept_until &before);

} // namespace rapport::storage
