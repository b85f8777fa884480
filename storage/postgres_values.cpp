// See postgres_values.hpp.
#include "storage/postgres_values.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <charconv>
#include <stdexcept>

namespace rapport::storage {
namespace {

// pg_type.h is a server header; these numbers never change.
enum type : unsigned {
    boolean = 16,
    name = 19,
    int8 = 20,
    int2 = 21,
    int4 = 23,
    text = 25,
    float4 = 700,
    float8 = 701,
    unknown = 705,
    bpchar = 1042,
    varchar = 1043,
    numeric = 1700
};

template <class T>
T number(std::string_view digits) {
    T out{};
    const auto [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    if (wrong != std::errc() || end != digits.data() + digits.size())
        throw std::runtime_error(fmt::format("a number of the database does not fit: {}", digits));
    return out;
}

} // namespace

unsigned postgres_type(column_kind kind) {
    switch (kind) {
    case column_kind::integer:
        return int8;
    case column_kind::real:
        return float8;
    case column_kind::text:
        break;
    }
    return text;
}

std::string postgres_text(const value &v) {
    if (const auto *whole = std::get_if<std::int64_t>(&v))
        return std::to_string(*whole);
    if (const auto *real = std::get_if<double>(&v))
        return fmt::format("{}", *real); // the shortest text that reads back as the same number
    if (const auto *words = std::get_if<std::string>(&v))
        return *words;
    return {};
}

value postgres_value(const pg_result *rows, int row, int column) {
    if (PQgetisnull(rows, row, column))
        return {};
    const std::string_view seen(PQgetvalue(rows, row, column),
                                static_cast<std::size_t>(PQgetlength(rows, row, column)));
    switch (PQftype(rows, column)) {
    case boolean:
        return std::int64_t{seen == "t"};
    case int2:
    case int4:
    case int8:
        return number<std::int64_t>(seen);
    case numeric:
        if (seen.find('.') == std::string_view::npos)
            return number<std::int64_t>(seen);
        return number<double>(seen);
    case float4:
    case float8:
        return number<double>(seen);
    case text:
    case varchar:
    case bpchar:
    case name:
    case unknown:
        return std::string(seen);
    default:
        throw std::logic_error(fmt::format("column {} has a type statements must not return ({})",
                                           PQfname(rows, column), PQftype(rows, column)));
    }
}

} // namespace rapport::storage
