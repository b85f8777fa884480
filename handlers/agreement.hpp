// The agreement of a pair at its start: how often, where, who writes first when it goes quiet, what stays
// between them. One side puts it down, the other confirms by a tap (rules 76, 96, 97; product 7).
#pragma once

#include "handlers/registry.hpp"
#include "storage/outbox.hpp"
#include "storage/plans.hpp"

namespace rapport {

result<answer> open_agreement(desk &at);       // /mentoring plan agreement
result<answer> press_open_agreement(desk &at); // the button: its value is a pair
result<answer> agreement_proposed(desk &at);   // the form
result<answer> agree_agreement(desk &at);      // the other side's button
result<surface::mrkdwn> undo_agreement(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view agreement_open = "agreement.open", agreement_agree = "agreement.agree",
                                  agreement_form = "agreement", agreement_act = "agreement";

// The terms in one line: "every two weeks, about 30 min, elsewhere; Ana writes first if it goes quiet; what
// you say stays between you".
surface::mrkdwn terms_of(storage::records &on_file, const storage::pair &pair, const storage::agreement &one);

// The program's own floor beside the pair's pace (rule 96); empty where it has none.
surface::mrkdwn floor_of(const program &rules);

inline constexpr std::string_view agreement_notice_kind = "agreement";
std::optional<surface::message> agreement_notice(storage::records &on_file, const house &here,
                                                 const storage::outbox_row &row);

} // namespace rapport
