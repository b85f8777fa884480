// Lines to button values and back: "sure 01J... milestone add Draft"; see carried_line.hpp.
#include "handlers/carried_line.hpp"

#include "handlers/dispatch.hpp"
#include "handlers/surface/characters.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

constexpr std::size_t most_of_a_value = 2000;

std::string_view take_word(std::string_view &rest) {
    const auto blank = std::min(rest.find(' '), rest.size());
    const auto word = rest.substr(0, blank);
    rest.remove_prefix(std::min(blank + 1, rest.size()));
    return word;
}

} // namespace

std::optional<std::string> in_a_button(const carried_line &line) {
    auto value = fmt::format("{} {} {} {}", line.sure ? "sure" : "ask", line.pair ? line.pair->str() : "-",
                             text_of(line.command), line.words);
    return surface::utf16_units(value) <= most_of_a_value ? std::optional(std::move(value)) : std::nullopt;
}

std::optional<carried_line> from_a_button(std::string_view value) {
    carried_line out;
    const auto sure = take_word(value);
    const auto pair = take_word(value);
    if ((sure != "sure" && sure != "ask") || pair.empty() || !parse_text(take_word(value), out.command))
        return std::nullopt;
    out.sure = sure == "sure";
    if (pair != "-")
        out.pair = pair_id{std::string(pair)};
    out.words = value;
    return out;
}

result<answer> run_carried(desk &at) {
    const auto line = from_a_button(at.pressed().value);
    if (!line)
        return retired_button(at);
    auto typed = at.asked;
    typed.what = command_typed{at.here.names.shown(line->command), line->words};
    desk as_typed{typed, at.here, at.rows, at.on_file, at.who};
    if (line->pair) {
        const auto &pairs = at.who.pairs;
        const auto it =
            std::find_if(pairs.begin(), pairs.end(), [&](auto &one) { return one.id == *line->pair; });
        if (it == pairs.end())
            return not_found("pair", at.line(command_name::mentoring));
        as_typed.chosen = *it;
    }
    auto made = run_line(as_typed, line->command, line->words, line->sure);
    made.in_place = made.says && !at.pressed().message_ts.empty();
    return made;
}

} // namespace rapport
