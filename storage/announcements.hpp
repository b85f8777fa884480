// A coordinator's words to everybody of a program. They are meant for all of them, so they are on record as
// long as the program is; who reads them is fixed when they are sent.
#pragma once

#include "mentoring/words.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

enum class announced_to { everyone, mentors, proteges };
RAPPORT_WORDS(announced_to, 3,
              {{announced_to::everyone, "everyone"},
               {announced_to::mentors, "mentors"},
               {announced_to::proteges, "proteges"}})

struct announcement {
    std::string id;
    program_slug program;
    person_id by_person;
    std::string words;
    announced_to readers = announced_to::everyone;
    instant made_at{};
    std::optional<instant> undone_at;

    bool operator==(const announcement &) const = default;
};

class announcements {
    session &db_;
    team_id team_;

  public:
    announcements(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void add(const announcement &what);
    std::optional<announcement> by_id(const std::string &id);
    bool undo(const std::string &id, instant now); // false if it was taken back before
};

} // namespace rapport::storage
