// What people read about requests unasked: the notice with its buttons, a question and its answer, how it
// ended, and two more close fits while one waits. A notice stands as the request does.
#pragma once

#include "handlers/surface/blocks.hpp"
#include "storage/mentor_requests.hpp"
#include "storage/outbox.hpp"
#include "storage/records.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rapport {

struct house;

// The kinds; the params of each is the request's id.
namespace request_kind {
inline constexpr std::string_view notice = "request.notice", question = "request.question",
                                  reply = "request.reply", ended = "request.ended",
                                  more_fits = "request.more_fits", as_it_stands = "request.as_it_stands";
}

std::optional<surface::message> request_message(storage::records &on_file, const house &here,
                                                const storage::outbox_row &row, instant now);

// Sends one of them to somebody, once a request, kind and person; `again` makes it another one.
std::string send_about(storage::records &on_file, const storage::mentor_request &one, std::string_view kind,
                       const person_id &to, instant not_before, instant now, const std::string &again = {});
// What was sent before is shown as it stands now, or withdrawn if it has not left.
void show_as_it_stands(storage::records &on_file, const storage::mentor_request &one, const std::string &key,
                       instant now);

} // namespace rapport
