// What may be said about a running service in a log line or a metric: constants, words of a closed choice,
// counts, times, and ids. Nothing here can be made from a person's words by accident: a std::string does not
// convert to any of it.
#pragma once

#include "mentoring/ids.hpp"
#include "mentoring/time.hpp"

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace rapport::bot {

// A text written in the source: the only texts that need no thought. Made when compiled, never from a
// variable.
class constant {
    std::string_view text_;

  public:
    template <std::size_t N>
    consteval constant(const char (&text)[N]) : text_(text, N - 1) {}
    constexpr std::string_view view() const {
        return text_;
    }
};

// A word of the platform or of an engine, such as "channel_not_found" or "chat.postMessage": letters, digits,
// dot and underscore, starting with a small letter, at most 64. Anything else becomes "unreadable", so an
// error page, a name or a sentence sent in place of a word never reaches a log.
class checked_word {
    std::string text_;

  public:
    explicit checked_word(std::string_view text);
    const std::string &str() const {
        return text_;
    }
};

// A text of the operator's own making: a path, an address, what a settings file got wrong. Named at the call,
// so that a reader sees the claim.
class of_operator {
    std::string text_;

  public:
    explicit of_operator(std::string text) : text_(std::move(text)) {}
    const std::string &str() const {
        return text_;
    }
};

// What one request is called on every line of its life and in an apology to the person: ten letters and
// digits made from its delivery key by a one-way hash.
class reference {
    std::string text_;

  public:
    reference() = default; // no request: written as "-"
    explicit reference(std::string_view delivery_key);
    const std::string &str() const {
        return text_;
    }
    bool operator==(const reference &) const = default;
};

template <class T>
concept closed_choice = std::is_enum_v<T> && requires(T one) {
    { text_of(one) } -> std::convertible_to<std::string_view>;
};

template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<strong_id<Tag>> = true;

template <class T>
inline constexpr bool is_span = false;
template <class R, class P>
inline constexpr bool is_span<std::chrono::duration<R, P>> = true;

// What a log line takes as a value.
template <class T>
concept sayable = std::same_as<T, bool> || std::integral<T> || std::floating_point<T> || closed_choice<T> ||
    is_id<T> || is_span<T> || std::same_as<T, instant> || std::same_as<T, constant> ||
    std::same_as<T, checked_word> || std::same_as<T, of_operator> || std::same_as<T, reference>;

} // namespace rapport::bot
