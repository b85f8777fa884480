// A person's home page, kept true without their opening it: planned when something on it may have changed,
// rendered when the courier claims it, sent only where it reads otherwise than before. What is on the page is
// overview's.
#pragma once

#include "storage/records.hpp"

#include <optional>
#include <string>

namespace rapport {

struct house;

inline constexpr std::string_view home_kind = "home";

// The page of this person may read otherwise from `at` on. However often this is said, at most one call comes
// of it, and none if the page is the same after all.
void home_changed(storage::records &on_file, const person_id &whose, instant at);

// The same, for somebody who has opened theirs; nobody else's page is published unasked.
void home_follows(storage::records &on_file, const person_id &whose, instant at);
// Both sides of a pair, after the minute in which an undo is silent.
void homes_follow(storage::records &on_file, const storage::pair &pair, instant now);

struct desk;
struct answer;
// What an answered request means for pages: the one that was opened is noted as shown; after an act the page
// of who acted follows at once, those of their partners after the minute.
void homes_follow(desk &at, const answer &made);

// The body of views.publish for this person as their page stands now; none where nobody can see it.
std::optional<std::string> home_to_publish(storage::records &on_file, const house &here,
                                           const storage::person &whose, instant now);

// What tells one published page from another; it says nothing of what was on it.
std::string home_seal(const std::string &body);

} // namespace rapport
