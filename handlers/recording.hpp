// Recording for somebody of a pair who is known by an e-mail address only: their partner or a coordinator
// puts down what they told, and it is marked as such. Nothing is ever sent to them.
#pragma once

#include "handlers/registry.hpp"
#include "storage/recorded.hpp"

#include <string>
#include <string_view>

namespace rapport {

result<answer> record_for_partner(desk &at); // /mentoring record
result<answer> record_for(desk &at);         // /program record <address>
result<answer> open_record(desk &at);        // buttons: "pair what"
result<answer> take_record(desk &at);        // the forms; metadata "pair what"
result<surface::mrkdwn> undo_record(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view record_button = "record.open", record_form = "record.form",
                                  record_act = "recorded";

// ", recorded by Priya" where somebody else put it down; else nothing.
std::string recorded_by(storage::records &on_file, const pair_id &pair, storage::recorded_what what,
                        const std::string &ref);

} // namespace rapport
