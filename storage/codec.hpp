// How each C++ type of a statement lies in a column and comes back: one pair of overloads a type. An enum
// brings its own pair by a table of its text forms (`text_of`, `parse_text` found by argument-dependent
// lookup).
#pragma once

#include "storage/statement.hpp"

#include <limits>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace rapport::storage {

inline value to_value(std::int64_t v) {
    return v;
}
inline value to_value(int v) {
    return std::int64_t{v};
}
inline value to_value(bool v) {
    return std::int64_t{v ? 1 : 0};
}
inline value to_value(double v) {
    return v;
}
inline value to_value(const std::string &v) {
    return v;
}
inline value to_value(instant v) {
    return std::int64_t{v.time_since_epoch().count()};
}
inline value to_value(span_of_time v) {
    return std::int64_t{v.count()};
}
template <class Tag>
value to_value(const strong_id<Tag> &v) {
    return v.str();
}
template <class E>
requires std::is_enum_v<E> value to_value(E v) {
    return std::string(text_of(v));
}
// A day is stored as "2026-12-01".
inline value to_value(const day &v) {
    return date::format("%F", v);
}
template <class T>
value to_value(const std::optional<T> &v) {
    return v ? to_value(*v) : value{};
}

// The alternative a column must hold; std::runtime_error in words when it holds another.
template <class T>
T &held(value &v) {
    if (auto *found = std::get_if<T>(&v))
        return *found;
    constexpr const char *words[] = {"NULL", "a whole number", "a real number", "text"};
    throw std::runtime_error(std::string("holds ") + words[v.index()] + " where " +
                             words[value(T{}).index()] + " belongs");
}

inline void from_value(value &v, std::int64_t &out) {
    out = held<std::int64_t>(v);
}
inline void from_value(value &v, int &out) {
    const auto wide = held<std::int64_t>(v);
    if (wide < std::numeric_limits<int>::min() || wide > std::numeric_limits<int>::max())
        throw std::runtime_error("holds a number too large for its field");
    out = static_cast<int>(wide);
}
inline void from_value(value &v, bool &out) {
    out = held<std::int64_t>(v) != 0;
}
inline void from_value(value &v, double &out) {
    out = held<double>(v);
}
inline void from_value(value &v, std::string &out) {
    out = std::move(held<std::string>(v));
}
inline void from_value(value &v, instant &out) {
    out = instant{milliseconds{held<std::int64_t>(v)}};
}
inline void from_value(value &v, span_of_time &out) {
    out = span_of_time{held<std::int64_t>(v)};
}
template <class Tag>
void from_value(value &v, strong_id<Tag> &out) {
    out = strong_id<Tag>(std::move(held<std::string>(v)));
}
template <class E>
requires std::is_enum_v<E>
void from_value(value &v, E &out) {
    const auto &text = held<std::string>(v);
    if (!parse_text(text, out))
        throw std::runtime_error("holds a word this program does not know: " + text);
}
inline void from_value(value &v, day &out) {
    const auto &text = held<std::string>(v);
    const auto number = [&](std::size_t at, std::size_t n) {
        int sum = 0;
        for (std::size_t i = at; i < at + n; ++i) {
            if (text[i] < '0' || text[i] > '9')
                throw std::runtime_error("holds no date: " + text);
            sum = sum * 10 + (text[i] - '0');
        }
        return sum;
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        throw std::runtime_error("holds no date: " + text);
    out = day{date::year{number(0, 4)}, date::month{static_cast<unsigned>(number(5, 2))},
              date::day{static_cast<unsigned>(number(8, 2))}};
}
template <class T>
void from_value(value &v, std::optional<T> &out) {
    if (std::holds_alternative<std::monostate>(v))
        out.reset();
    else
        from_value(v, out.emplace());
}

} // namespace rapport::storage
