// A statement is its name, its SQL and the types of its arguments and row, checked when it is compiled. One
// text serves both engines; `$1` numbers the arguments. The few engine differences are comments that stay
// valid SQL (see sql.hpp of the PostgreSQL session).
#pragma once

#include "mentoring/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace rapport::storage {

// What a column can hold: NULL, BIGINT, DOUBLE PRECISION, TEXT (settled 23).
using value = std::variant<std::monostate, std::int64_t, double, std::string>;

// The highest `$n` of an SQL text; 0 if there is none.
consteval int placeholders(std::string_view sql) {
    int most = 0;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (sql[i] != '$')
            continue;
        int n = 0;
        for (auto j = i + 1; j < sql.size() && sql[j] >= '0' && sql[j] <= '9'; ++j)
            n = n * 10 + (sql[j] - '0');
        if (n > most)
            most = n;
    }
    return most;
}

// A row of no columns: what a statement run for its effect gives back.
struct nothing {};

// `Row` is an aggregate whose fields are the columns in order; `Args` are `$1`, `$2`, ... in order. The name
// appears in metrics, slow logs and errors: "milestones.add".
template <class Row, class... Args>
struct statement {
    std::string_view name, sql;

    consteval statement(const char *name_, const char *sql_) : name(name_), sql(sql_) {
        if (placeholders(sql) != static_cast<int>(sizeof...(Args)))
            throw "the highest $n and the number of argument types differ";
    }
};

template <class... Args>
using command = statement<nothing, Args...>;

} // namespace rapport::storage
