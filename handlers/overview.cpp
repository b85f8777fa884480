// The answer of /mentoring; see overview.hpp.
#include "handlers/overview.hpp"

#include "handlers/overview_parts.hpp"
#include "handlers/pages.hpp"

#include <algorithm>

namespace rapport {

using surface::text;

result<answer> show_me(desk &at) {
    const auto parts = parts_of(at);
    surface::message said{.summary = in_short(at, parts)};
    said.blocks.emplace_back(surface::section{.text = said.summary});
    for (const auto &one : parts)
        if (!one.rows.empty()) // what is empty is told by the sentence above
            for (auto &block : shown(one, 0, overview_page))
                said.blocks.push_back(std::move(block));
    said.blocks.emplace_back(surface::context{
        {text("`{}` shows what you can do here.", at.line(command_name::mentoring, "help"))}});
    return tell(std::move(said));
}

result<answer> page_overview(desk &at) {
    const auto wanted = read_page(at.pressed().value);
    part_kind which{};
    if (!wanted || !parse_text(wanted->about, which))
        return not_found("list", at.line(command_name::mentoring));
    for (const auto &one : parts_of(at)) {
        if (one.which != which)
            continue;
        surface::message said{.summary = text("{}", one.heading)};
        said.blocks = shown(one, wanted->from, overview_page);
        if (said.blocks.empty())
            break;
        said.blocks.emplace_back(
            surface::context{{text("`{}` shows all of it.", at.line(command_name::mentoring))}});
        return in_place(tell(std::move(said)));
    }
    return tell(text("There is nothing of that any more. `{}` shows where you stand.",
                     at.line(command_name::mentoring)));
}

} // namespace rapport
