// Text of the platform as types: `mrkdwn` is already safe to send, everything else is escaped on its way in.
// text("*{}* from {}", title, mention{who}) is checked when it is compiled, and nobody's title can ping a
// channel. How text is cut to the platform's limits is decided in render.cpp.
#pragma once

#include "mentoring/ids.hpp"

#include <fmt/format.h>

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

namespace rapport::surface {

// Formatted text that may be sent as it stands: made by text(), never from a person's words directly.
struct mrkdwn {
    std::string text;

    bool operator==(const mrkdwn &) const = default;
};

// Text in which nothing is ever read as formatting or a mention: titles, labels, buttons. Takes any words;
// control and bidirectional characters are taken out where it is rendered.
struct plain {
    std::string text;

    plain() = default;
    plain(const char *words) : text(words) {}
    plain(std::string words) : text(std::move(words)) {}
    plain(std::string_view words) : text(words) {}
    bool empty() const {
        return text.empty();
    }
    bool operator==(const plain &) const = default;
};

// A person by the platform's id. Text that is not such an id is shown as "someone".
struct mention {
    slack_id who;
};

// A channel by the platform's id. Text that is not such an id is shown as "a channel".
struct channel_link {
    channel_id where;
};

// A web or mail address behind a label. Anything but http, https and mailto is shown as the label alone.
struct web_link {
    std::string address;
    std::string label;
};

// How a moment is shown: the platform turns it into the viewer's own zone; the words it falls back on are in
// the zone given.
enum class moment_style { day, time, day_and_time };
struct moment {
    instant at;
    std::string zone; // IANA; one that is not known falls back on UTC and says so
    moment_style style = moment_style::day_and_time;
};

// A person's words over several lines; an argument that is not a paragraph is brought to one line.
struct paragraph {
    std::string words;
};

// Without control and bidirectional characters and with bad UTF-8 replaced; line breaks of every kind are
// kept as '\n', tabs become blanks. What is stored and what is shown both go through here.
std::string cleaned(std::string_view raw);

// The same on one line: runs of white space become one blank, none at either end.
std::string one_line(std::string_view raw);

// Cleaned, and with & < > escaped in that order (the platform's three, no more).
std::string escaped(std::string_view raw);

// An argument as it goes into a text: already safe. Only "{}" formats it, so that no width or precision can
// cut an entity.
struct safe {
    std::string text;
};

safe shown(const mrkdwn &v);
safe shown(const mention &v);
safe shown(const channel_link &v);
safe shown(const web_link &v);
safe shown(const moment &v);
safe shown(const paragraph &v);
safe shown(std::string_view v);
template <std::same_as<plain> P> // exactly: words convert to both
safe shown(const P &v) {
    return shown(std::string_view(v.text));
}
template <class T>
requires(std::is_arithmetic_v<T> && !std::same_as<T, bool> && !std::same_as<T, char>) T shown(T v) {
    return v;
}

template <class T>
using shown_t = decltype(shown(std::declval<const T &>()));

// The one way to make formatted text. Words of the format itself are ours and go in as they are.
template <class... A>
mrkdwn text(fmt::format_string<shown_t<A>...> format, const A &...args) {
    return {fmt::format(format, shown(args)...)};
}

// The same for plain text: nothing is escaped; it is brought to one clean line where it is rendered.
template <class... A>
plain plain_text(fmt::format_string<const A &...> format, const A &...args) {
    return {fmt::format(format, args...)};
}

// Texts one under another; empty ones leave no line.
mrkdwn lines(std::initializer_list<mrkdwn> each);

// The moment in words, in its zone: "Mon 3 Nov 2026, 10:00 (Europe/London)".
std::string in_words(const moment &v);

} // namespace rapport::surface

template <>
struct fmt::formatter<rapport::surface::safe> {
    constexpr auto parse(format_parse_context &at) {
        if (at.begin() != at.end() && *at.begin() != '}')
            throw format_error("text from people takes {} only");
        return at.begin();
    }
    template <class Context>
    auto format(const rapport::surface::safe &v, Context &out) const {
        return std::copy(v.text.begin(), v.text.end(), out.out());
    }
};
