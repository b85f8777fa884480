// The end of a pair that was completed: what the two reached, how each would like to go on, and what comes of
// it. Both must want to go on; silence is a kind stop, and nobody is told who said what.
#pragma once

#include "handlers/registry.hpp"
#include "storage/outbox.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rapport {

// --- what a person does

// The caller's pairs that may say now how they go on: near their last day, or ended lately.
std::vector<storage::pair> closings_open(desk &at);
// What the two reached, and what can be chosen, for the caller alone.
answer show_closing(desk &at, const storage::pair &pair);
result<answer> choose_closing(desk &at);    // a button: "pair choice"
result<answer> closing_from_line(desk &at); // under a line of the message of the day
result<answer> let_keep_address(desk &at);  // a button: the pair's id
result<surface::mrkdwn> undo_choice(desk &at, const storage::undo_offer &offer);

namespace closing_button {
inline constexpr std::string_view choose = "closing.choose", address = "closing.address",
                                  from_line = "nudge.closing";
}
inline constexpr std::string_view closing_act = "closing";

// --- what happens by itself

// A pair was completed: what comes of the choices is settled soon where both have chosen, else after the days
// they have; the mentor reads what they gave (rule 99).
void begin_closing(storage::records &on_file, const house &here, const storage::pair &pair, instant heard_at,
                   instant now);
// It goes on after all: nothing of its closing stands, but what each had wished.
void take_closing_back(storage::records &on_file, const storage::pair &pair, instant now);
// The turning of a pair: "decided" settles what both have chosen, "all" whatever was said.
inline constexpr std::string_view settles_turning = "settles";
void settle_closing(storage::records &on_file, const house &here, const pair_id &pair, std::string_view which,
                    instant now);
// Makes the pairs in the open term that go on from terms before, with their open goals, milestones, agreement
// and plan. One for which something is missing is put before the coordinators, once a term.
void carry_pairs(storage::records &on_file, const house &here, const program_slug &program, instant now);

// --- what is read

// "3 milestones (Draft résumé, ...), 1 goal, 12 contacts, in 9 months"; empty where nothing is on record.
std::string achieved_words(storage::records &on_file, const program &rules, const storage::pair &pair,
                           instant now);
// What the conversation of a completed pair reads; none where it was not completed, or nothing is offered.
std::optional<surface::message> closing_message(storage::records &on_file, const house &here,
                                                const storage::pair &pair);
// What one of the two reads in private of it.
inline constexpr std::string_view closing_word_kind = "closing.word";
std::optional<surface::message> closing_told(storage::records &on_file, const house &here,
                                             const storage::outbox_row &row);
// What a pair that was carried into a new term reads in its conversation.
inline constexpr std::string_view carried_kind = "closing.carried";
std::optional<surface::message> carried_told(storage::records &on_file, const house &here,
                                             const storage::outbox_row &row);

} // namespace rapport
