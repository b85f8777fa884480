// The few pieces of messages that are used everywhere.
#include "handlers/surface/blocks.hpp"

namespace rapport::surface {

std::vector<block> listed(std::vector<section> rows, const mrkdwn &where_the_rest_is) {
    std::vector<block> out;
    const auto shown_rows = std::min(rows.size(), most_in_a_list);
    for (std::size_t i = 0; i < shown_rows; ++i)
        out.emplace_back(std::move(rows[i]));
    if (shown_rows < rows.size())
        out.emplace_back(context{{text("And {} more: {}", rows.size() - shown_rows, where_the_rest_is)}});
    return out;
}

message said(mrkdwn words) {
    return {.summary = words, .blocks = {section{.text = words}}};
}

std::vector<block> joined(std::initializer_list<std::vector<block>> parts) {
    std::vector<block> out;
    for (const auto &part : parts)
        out.insert(out.end(), part.begin(), part.end());
    return out;
}

} // namespace rapport::surface
