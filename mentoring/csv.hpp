// Lists of people from a spreadsheet: comma, semicolon or tab between, quotes as RFC 4180 has them, any line
// end, with or without a byte order mark. What the columns mean is the reader's affair.
#pragma once

#include "mentoring/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rapport {

// `line` is the one the row begins on, as an editor counts: a quoted field may hold line ends.
struct csv_row {
    std::size_t line = 0;
    std::vector<std::string> cells; // without blanks around them

    bool operator==(const csv_row &) const = default;
};

struct csv_table {
    std::vector<std::string> header; // in lower case
    std::vector<csv_row> rows;       // without the empty ones

    std::optional<std::size_t> column(std::string_view name) const;
};

// Refused, with the line: text that is not UTF-8 (how to save it is said), a quote that is never closed or
// stands inside a cell, a NUL, a row with more cells than the header has, a header that names a column twice,
// nothing at all, more rows than `most_csv_rows`.
result<csv_table> read_csv(std::string_view text);

inline constexpr std::size_t most_csv_rows = 5000;

} // namespace rapport
