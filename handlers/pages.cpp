// Cutting lists into pages; see pages.hpp.
#include "handlers/pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace rapport {

std::vector<surface::block> paged(std::vector<surface::section> rows, std::size_t from,
                                  std::string_view action, std::string_view about) {
    std::vector<std::vector<surface::block>> all;
    for (auto &row : rows)
        all.emplace_back().emplace_back(std::move(row));
    return paged_blocks(std::move(all), from, action, about);
}

std::vector<surface::block> paged_blocks(std::vector<std::vector<surface::block>> rows, std::size_t from,
                                         std::string_view action, std::string_view about) {
    return paged_of(rows.size(), from, action, about, [&](std::size_t i) { return std::move(rows[i]); });
}

std::vector<surface::block> paged_of(std::size_t count, std::size_t from, std::string_view action,
                                     std::string_view about,
                                     const std::function<std::vector<surface::block>(std::size_t)> &row) {
    constexpr auto most = surface::most_in_a_list;
    from = page_start(from, count);
    const auto to = std::min(from + most, count);
    std::vector<surface::block> out;
    for (auto i = from; i < to; ++i)
        for (auto &block : row(i))
            out.push_back(std::move(block));
    if (count <= most)
        return out;
    out.emplace_back(surface::context{{surface::text("{} to {} of {}", from + 1, to, count)}});
    surface::actions turn;
    const auto to_page = [&](const char *says, std::size_t start) {
        turn.elements.emplace_back(surface::button{
            .says = says, .action = std::string(action), .value = fmt::format("{} {}", about, start)});
    };
    if (from > 0)
        to_page("Back", from - std::min(from, most));
    if (to < count)
        to_page("Next", to);
    out.emplace_back(std::move(turn));
    return out;
}

std::optional<page_pressed> read_page(std::string_view value) {
    const auto blank = value.rfind(' ');
    if (blank == std::string_view::npos || blank == 0)
        return std::nullopt;
    page_pressed out{std::string(value.substr(0, blank)), 0};
    const auto *end = value.data() + value.size();
    const auto read = std::from_chars(value.data() + blank + 1, end, out.from);
    return read.ec == std::errc() && read.ptr == end ? std::optional(out) : std::nullopt;
}

} // namespace rapport
