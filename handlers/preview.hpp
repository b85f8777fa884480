// What people will receive over a term, shown to a coordinator before it: everything that a pair which does
// all at once and a pair which never answers would read, month by month, in the very words. Worked out aside
// by the simulator (bot/previewer); here it is asked for, kept and shown.
#pragma once

#include "handlers/registry.hpp"
#include "storage/outbox.hpp"
#include "storage/previews.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport {

result<answer> preview_term(desk &at);
result<answer> page_preview(desk &at); // a button: "SLUG:PAIR:SIDE:MONTH START"

inline constexpr std::string_view preview_page = "preview.page";

// What is to be worked out: the policy in force, and from when to when.
struct preview_task {
    storage::wanted_preview of;
    std::string policy;
    program rules;
    day from{}, until{};
};
// The oldest that waits. Where its program is not run any more or changed, it is let go here. A policy
// without a term is shown for nine months from its month of asking.
std::optional<preview_task> next_preview_task(storage::session &db, id_source &ids, const house &here,
                                              instant now);

// Keeps it and lets whoever asked know; false where nobody wants it any more.
bool keep_preview(storage::session &db, id_source &ids, const storage::wanted_preview &of,
                  const std::vector<storage::preview_line> &lines, instant now);

inline constexpr std::string_view preview_ready_kind = "preview.ready";
std::optional<surface::message> preview_ready(storage::records &on_file, const house &here,
                                              const storage::outbox_row &row);

} // namespace rapport
