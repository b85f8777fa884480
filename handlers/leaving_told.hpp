// What is said about leaving and resting: to the other side in private and kindly, to coordinators as a line
// of the queue with one act. No reason is in any of it, for none is on file.
#pragma once

#include "handlers/surface/blocks.hpp"
#include "mentoring/zones.hpp"
#include "storage/outbox.hpp"
#include "storage/records.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace rapport {

struct house;

// The kinds of attention lines of leaving. notice: somebody leaves on a day; left: somebody left at once;
// mentor_left: a protégé has no mentor any more; pause: a pair rests as asked; deactivated, came_back: an
// account of a pair went or is there again; cannot_go_on: a pair that goes on could not be made in the new
// term. Occasions are the ids of notices, pauses and terms.
namespace leaving_line {
inline constexpr std::string_view notice = "notice", left = "left", mentor_left = "mentor-left",
                                  pause = "pause", deactivated = "deactivated", came_back = "came-back",
                                  cannot_go_on = "cannot-go-on";
}

// What one person is told: "word id" are the params of such a row.
namespace leaving_word {
inline constexpr std::string_view notice = "notice", notice_back = "notice-back", left = "left",
                                  pause = "pause", goes_on = "goes-on", pause_over = "pause-over",
                                  bridge = "bridge", bridging = "bridging";
}
std::optional<surface::message> leaving_told(storage::records &on_file, const house &here,
                                             const storage::outbox_row &row);

// Buttons of those lines; the values are a notice's id and a pair's.
namespace leaving_button {
inline constexpr std::string_view pause = "leave.pause", notice = "leave.notice", now = "leave.now",
                                  go_on = "leave.go_on", bridge = "leave.bridge", resume = "leave.resume";
}

// Of a line of the queue: its sentence, and what stands beside "Seen to it"; none where the line is no such
// one.
std::optional<surface::mrkdwn> leaving_sentence(storage::records &on_file, const house &here,
                                                const storage::attention_line &line, const zone &where);
std::vector<surface::element> leaving_buttons(const storage::attention_line &line);

} // namespace rapport
