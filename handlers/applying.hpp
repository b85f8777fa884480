// Coming into a program by one's own wish: the form, the answer outside the window, the list of those who
// want to be told, and withdrawing before one is paired. Who decides about it is deciding's.
#pragma once

#include "handlers/registry.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace rapport {

result<answer> apply(desk &at);            // /mentoring apply [mentor|protege] [program]
result<answer> open_application(desk &at); // a button: "slug role"
result<answer> take_application(desk &at); // the form; metadata "slug role"
result<answer> withdraw(desk &at); // /mentoring withdraw [program], and a button: the application's id
result<answer> withdraw_by_button(desk &at);
result<answer> tell_me_then(desk &at);        // a button: "slug role"
result<answer> choose_outside_view(desk &at); // /mentoring outside-view [program]
result<answer> keep_outside_view(desk &at);   // its form

result<surface::mrkdwn> undo_application(desk &at, const storage::undo_offer &offer);
result<surface::mrkdwn> undo_withdrawal(desk &at, const storage::undo_offer &offer);
result<surface::mrkdwn> undo_interest(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view apply_button = "apply.open", apply_form = "apply.form",
                                  withdraw_button = "apply.withdraw", tell_me_button = "apply.tell_me",
                                  outside_form = "outside.form";
inline constexpr std::string_view application_act = "application", withdrawal_act = "withdrawal",
                                  interest_act = "interest";

// The fields of a profile that somebody may let a mentor from outside see, by the words they are stored as.
struct outside_field {
    std::string_view word, label;
};
inline constexpr outside_field outside_fields[] = {
    {"education", "Education"},          {"field", "Field of study"},
    {"experience", "Experience"},        {"accomplishments", "Accomplishments"},
    {"goals", "Career and own goals"},   {"interests", "Interests"},
    {"expertise", "Areas of expertise"},
};

// The programs that run here, each with what can be done about it now: apply, be told, or whom to ask.
std::vector<surface::section> programs_to_enter(desk &at);

// What somebody hears when the window they asked about opens; none where it has not (it is looked at again).
inline constexpr std::string_view window_opens_kind = "apply.opens";
std::optional<surface::message> window_opens(storage::records &on_file, const house &here,
                                             const storage::outbox_row &row, instant now);
// Plans that message for everyone on the list: when a window is known anew.
void plan_openings(storage::records &on_file, const house &here, const program_slug &slug, instant now);

} // namespace rapport
