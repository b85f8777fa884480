// A statement is its name, its SQL and the types of its arguments and row, checked when it is compiled. One
// text serves both engines; `$1` numbers the arguments. Where the engines differ, the difference is a comment
// that stays valid SQL: what stands in `/* postgres: ... */` is run by PostgreSQL and skipped by SQLite.
#pragma once

#include "mentoring/ids.hpp"
#include "mentoring/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

namespace rapport::storage {

// What a column can hold: NULL, BIGINT, DOUBLE PRECISION, TEXT (settled 23).
using value = std::variant<std::monostate, std::int64_t, double, std::string>;

// The same as declared types: an argument keeps its type when it is NULL.
enum class column_kind : char { integer, real, text };

// The column type of a C++ type; a type of your own whose codec makes numbers specialises this.
template <class T>
inline constexpr column_kind kind_of = std::is_floating_point_v<T> ? column_kind::real
                                       : std::is_arithmetic_v<T>   ? column_kind::integer
                                                                   : column_kind::text;
template <class D>
inline constexpr column_kind kind_of<std::chrono::sys_time<D>> = column_kind::integer;
template <class R, class P>
inline constexpr column_kind kind_of<std::chrono::duration<R, P>> = column_kind::integer;
template <class T>
inline constexpr column_kind kind_of<std::optional<T>> = kind_of<T>;

// The highest `$n` of an SQL text, 0 if there is none; -1 if a number below it is missing (PostgreSQL could
// not tell the missing one's type).
consteval int placeholders(std::string_view sql) {
    std::array<bool, 100> seen{};
    int most = 0;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (sql[i] != '$')
            continue;
        int n = 0;
        for (auto j = i + 1; j < sql.size() && sql[j] >= '0' && sql[j] <= '9'; ++j)
            n = n * 10 + (sql[j] - '0');
        seen.at(static_cast<std::size_t>(n)) = true;
        if (n > most)
            most = n;
    }
    for (int n = 1; n < most; ++n)
        if (!seen[static_cast<std::size_t>(n)])
            return -1;
    return most;
}

// A row of no columns: what a statement run for its effect gives back.
struct nothing {};

// `Row` is an aggregate whose fields are the columns in order; `Args` are `$1`, `$2`, ... in order. The name
// appears in metrics, slow logs and errors: "milestones.add". Declare statements as constants: their text is
// the key of the prepared statement.
template <class Row, class... Args>
struct statement {
    std::string_view name, sql;

    consteval statement(const char *name_, const char *sql_) : name(name_), sql(sql_) {
        if (placeholders(sql) != static_cast<int>(sizeof...(Args)))
            throw "$1 to $n of the text and the argument types differ in number";
    }

    static constexpr std::array<column_kind, sizeof...(Args)> kinds{kind_of<std::remove_cvref_t<Args>>...};
};

template <class... Args>
using command = statement<nothing, Args...>;

} // namespace rapport::storage
