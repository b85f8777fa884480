// What the one who was asked does: accepts, declines with a kind word, asks a question first. Room is counted
// in the transaction that makes the pair, so a mentor with three places never has four.
#pragma once

#include "handlers/registry.hpp"

#include <array>
#include <string_view>

namespace rapport {

// Buttons; their value is the request's id.
namespace request_answer {
inline constexpr std::string_view accept = "request.accept", decline = "request.decline",
                                  question = "request.question", reply = "request.reply";
inline constexpr std::string_view decline_form = "request.no", question_form = "request.ask_first",
                                  reply_form = "request.answer";
inline constexpr std::string_view accept_act = "request.yes", decline_act = "request.no";
} // namespace request_answer

result<answer> show_request(desk &at); // from a list: the request with its buttons
result<answer> accept_request(desk &at);
result<answer> decline_request(desk &at); // opens its form
result<answer> send_decline(desk &at);
result<answer> question_first(desk &at); // opens its form
result<answer> send_question(desk &at);
result<answer> reply_to_question(desk &at); // the protégé; opens its form
result<answer> send_reply(desk &at);
result<surface::mrkdwn> undo_acceptance(desk &at, const storage::undo_offer &offer);
result<surface::mrkdwn> undo_request_declined(desk &at, const storage::undo_offer &offer);

// The kind words one chooses from; stored by their names, so no free words about a person are kept.
struct kind_word {
    std::string_view name, label, said;
};
inline constexpr std::array<kind_word, 4> kind_words = {{
    {"full", "I have no room to do it well", "They have no room just now to do it as well as you deserve."},
    {"other", "Somebody else would suit better",
     "They think that somebody else knows more about what you want to learn."},
    {"later", "Not now, perhaps later", "It does not work out just now; you are welcome to ask again later."},
    {"job", "I cannot help with finding a job",
     "They can help you grow, and cannot help with finding a job; that is not what mentors are there for."},
}};

} // namespace rapport
