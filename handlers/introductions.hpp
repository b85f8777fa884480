// First words: what a person reads when somebody puts them into a program, and what a pair reads in its new
// conversation. Both are held a minute after the act, so that an undo is silent.
#pragma once

#include "handlers/surface/blocks.hpp"
#include "storage/records.hpp"

#include <optional>
#include <string_view>

namespace rapport {

struct house;

inline constexpr std::string_view greeting = "greeting", pair_introduction = "introduction";

// How long the first words wait after the act that caused them.
inline constexpr minutes first_words_after{1};

// Plans a person's first message about a program, once a program and person: call when they are enrolled or
// paired. Gives its outbox key, for an undo.
std::string plan_greeting(storage::records &on_file, const person_id &who, const program_slug &program,
                          instant now);

// Plans the pair's conversation: opened with both members, introduced, the introduction pinned. Gives its
// outbox key, for an undo.
std::string plan_introduction(storage::records &on_file, const storage::pair &pair, instant now);

// The first message; none where the person is in the program no more.
std::optional<surface::message> greeting_for(storage::records &on_file, const house &here,
                                             const storage::person &to, const program_slug &program);

// What the two read in their conversation; none where the pair is not open any more.
std::optional<surface::message> introduction_of(storage::records &on_file, const house &here,
                                                const storage::pair &pair);

// --- buttons of the two; the values are a program's slug, and a pair's id
namespace first_words {
inline constexpr std::string_view right = "greet.right", not_me = "greet.not_me", hours = "greet.hours",
                                  stored = "greet.stored", elsewhere = "pair.elsewhere";
}

// "What do you store?", in words: product 5 as one text.
surface::mrkdwn what_is_stored(const house &here);

} // namespace rapport
