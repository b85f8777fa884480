// How each C++ type of a statement lies in a column and comes back: one pair of overloads a type. An enum
// brings its own pair by a table of its text forms (`text_of`, `parse_text` found by argument-dependent
// lookup).
#pragma once

#include "storage/statement.hpp"

#include <concepts>
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

inline void from_value(value &v, std::int64_t &out) {
    out = std::get<std::int64_t>(v);
}
inline void from_value(value &v, int &out) {
    out = static_cast<int>(std::get<std::int64_t>(v));
}
inline void from_value(value &v, bool &out) {
    out = std::get<std::int64_t>(v) != 0;
}
inline void from_value(value &v, double &out) {
    out = std::get<double>(v);
}
inline void from_value(value &v, std::string &out) {
    out = std::move(std::get<std::string>(v));
}
inline void from_value(value &v, instant &out) {
    out = instant{milliseconds{std::get<std::int64_t>(v)}};
}
template <class Tag>
void from_value(value &v, strong_id<Tag> &out) {
    out = strong_id<Tag>(std::move(std::get<std::string>(v)));
}
template <class E>
requires std::is_enum_v<E>
void from_value(value &v, E &out) {
    const auto &text = std::get<std::string>(v);
    if (!parse_text(text, out))
        throw std::runtime_error("a column holds a word this program does not know: " + text);
}
inline void from_value(value &v, day &out) {
    const auto &text = std::get<std::string>(v);
    auto number = [&](std::size_t at, std::size_t n) { return std::stoi(text.substr(at, n)); };
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
