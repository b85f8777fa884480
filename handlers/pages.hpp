// Lists longer than seven, a page at a time: the rows, where one stands in them, and Back and Next.
#pragma once

#include "handlers/surface/blocks.hpp"
#include "mentoring/result.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rapport {

// The rows from `from` on, seven at most. Where there are more: "8 to 14 of 20" and buttons of `action` whose
// value is "ABOUT START". A start beyond the end (rows went meanwhile) shows the first page.
std::vector<surface::block> paged(std::vector<surface::section> rows, std::size_t from,
                                  std::string_view action, std::string_view about);

// The same where a row is several blocks.
std::vector<surface::block> paged_blocks(std::vector<std::vector<surface::block>> rows, std::size_t from,
                                         std::string_view action, std::string_view about);

// The same where a row costs something: only those of the page are asked for.
std::vector<surface::block> paged_of(std::size_t count, std::size_t from, std::string_view action,
                                     std::string_view about,
                                     const std::function<std::vector<surface::block>(std::size_t)> &row);

// Where a page that is asked for from there begins: a start beyond the end is the first page.
constexpr std::size_t page_start(std::size_t from, std::size_t count) {
    return from < count ? from : 0;
}

// What such a button carries; none if it is no value of one.
struct page_pressed {
    std::string about;
    std::size_t from = 0;
};
std::optional<page_pressed> read_page(std::string_view value);

} // namespace rapport
