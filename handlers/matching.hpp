// /program match: a draft of a whole-pool match that a coordinator looks at in pages, changes by buttons or
// as a list, has solved again around what they pinned, and publishes after a preview.
#pragma once

#include "handlers/registry.hpp"
#include "storage/match_drafts.hpp"
#include "storage/outbox.hpp"
#include "storage/records.hpp"

#include <optional>
#include <string_view>

namespace rapport {

result<answer> match_pool_now(desk &at); // /program match [program]: makes a draft, or shows the one there is

// Buttons. Values: a draft's id, its version, and what the button is about.
namespace match_action {
inline constexpr std::string_view page = "match.page", more = "match.more", again = "match.again",
                                  publish = "match.publish", drop = "match.drop", list = "match.list";
inline constexpr std::string_view publish_form = "match.publish", list_form = "match.list",
                                  move_form = "match.move";
} // namespace match_action
result<answer> page_match(desk &at);
result<answer> more_of_match(desk &at); // a row's menu
result<answer> solve_again(desk &at);
result<answer> drop_draft(desk &at);
result<answer> preview_publishing(desk &at);
result<answer> publish_match(desk &at);
result<answer> show_match_list(desk &at); // as CSV in a form, to be changed and sent back
result<answer> take_match_list(desk &at);
result<answer> move_match(desk &at);

// The coordinator who made a draft hears when it is solved.
inline constexpr std::string_view draft_notice = "match.draft";
void tell_draft_is_there(storage::records &on_file, const storage::match_draft &draft, instant now);
std::optional<surface::message> draft_told(storage::records &on_file, const house &here,
                                           const storage::outbox_row &row);

} // namespace rapport
