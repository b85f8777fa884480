// What the pieces of a line mean, and the words for lines that cannot be read; see usage.hpp.
#include "handlers/usage.hpp"

#include "handlers/surface/characters.hpp"
#include "handlers/surface/mrkdwn.hpp"
#include "handlers/surface/typed.hpp"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

namespace rapport {
namespace {

constexpr std::size_t most_of_a_line_shown = 80;

constexpr std::pair<std::string_view, std::size_t> limits[] = {
    {"title", 200}, {"note", 2000}, {"words", 300}, {"title as kind", 320},
    {"link", 500},  {"when", 320},  {"what", 2000}};

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

// Dashes that keyboards put where people meant "-".
std::string plain_dashes(std::string text) {
    for (const auto *dash : {"\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"})
        text = replaced(std::move(text), dash, "-");
    return text;
}

// Without quotes around the whole, straight or curly, if there are none inside.
std::string unquoted(const std::string &text) {
    static constexpr std::pair<std::string_view, std::string_view> quotes[] = {
        {"\"", "\""}, {"\u201c", "\u201d"}, {"\u201d", "\u201d"}, {"\u201e", "\u201c"}, {"\u00ab", "\u00bb"}};
    for (const auto &[open, close] : quotes) {
        if (text.size() <= open.size() + close.size() || !text.starts_with(open) || !text.ends_with(close))
            continue;
        const auto inside = text.substr(open.size(), text.size() - open.size() - close.size());
        if (inside.find(open) == std::string::npos && inside.find(close) == std::string::npos)
            return surface::one_line(inside);
    }
    return text;
}

// A parameter as people read it: "a number", "a person", "one of call, email".
std::string described(const parameter &p) {
    switch (p.kind) {
    case argument_kind::number:
        return "a number from the list";
    case argument_kind::number_or_text:
        return fmt::format("a number from the list or a {}", p.name);
    case argument_kind::text:
        return fmt::format("a {}", p.name);
    case argument_kind::date:
    case argument_kind::past_date:
        return "a date";
    case argument_kind::person:
        return "a person";
    case argument_kind::person_or_channel:
        return "a person or a channel";
    case argument_kind::person_or_address:
        return "a person or an e-mail address";
    case argument_kind::person_channel_or_address:
        return "a person, a channel or an e-mail address";
    case argument_kind::length:
        return "a length like 30m";
    case argument_kind::choice:
        return "one of " + replaced(std::string(p.choices), "|", ", ");
    case argument_kind::word:
        return fmt::format("a {}", p.name);
    }
    return std::string(p.name);
}

// The refusals of one line.
class reader {
    const usage &by_;
    const reading_place &at_;
    std::string typed_; // the words, without markup

    refusal refuse(std::string wrong, const std::string &mend = {}) const {
        const auto line = typed_.empty() ? at_.line : at_.line + " " + typed_;
        return {surface::shortened(line, most_of_a_line_shown), std::move(wrong),
                mend.empty() ? at_.example : mend + " For example: " + at_.example};
    }

    refusal no_mention(std::string_view word) const {
        return refuse(fmt::format("“{}” arrived as plain text, so I cannot tell who it is.",
                                  surface::shortened(word, 40)),
                      "Type @ and pick the name from the list that opens.");
    }

  public:
    reader(const usage &by, const std::string &clean, const reading_place &at)
        : by_(by), at_(at), typed_(surface::typed_words(clean)) {}

    refusal trouble(const taken_apart &taken) const {
        const auto word = surface::shortened(surface::typed_words(taken.word), 40);
        if (taken.what == taken_apart::trouble::left_over)
            return refuse(by_.count == 0 ? fmt::format("It takes no words after it, and I read “{}”.", word)
                                         : fmt::format("I cannot tell what “{}” is for.", word));
        const auto &p = by_.parameters[taken.parameter];
        if (taken.what == taken_apart::trouble::missing)
            return refuse(p.keyword.empty() ? fmt::format("It needs {}.", described(p))
                                            : fmt::format("After “{}” it needs {}.", taken_keyword(p, taken),
                                                          described(p)));
        if (shape::names_somebody(p.kind))
            return refuse(fmt::format("It needs {} here, and I read “{}”.", described(p), word),
                          "Type @ and pick the name from the list that opens.");
        return refuse(fmt::format("It needs {} here, and I read “{}”.", described(p), word));
    }

    static std::string_view taken_keyword(const parameter &p, const taken_apart &taken) {
        const auto i = taken.parameter;
        return taken.keywords[i].empty() ? p.keyword.substr(0, p.keyword.find('|')) : taken.keywords[i];
    }

    // `raw` is without markup already: taking it off twice would turn "&lt;" typed by a person into "<".
    result<arguments::value> words(const parameter &p, const std::string &raw) const {
        auto text = unquoted(raw);
        const auto n = surface::code_points(text);
        if (text.empty())
            return refuse(fmt::format("It needs {}.", described(p)));
        if (n > limit_of(p.name))
            return refuse(
                fmt::format("The {} has {} characters; the most is {}.", p.name, n, limit_of(p.name)));
        return arguments::value(std::move(text));
    }

    result<arguments::value> date(const parameter &p, std::string_view piece) const {
        const auto which = p.kind == argument_kind::date ? pointing::ahead : pointing::back;
        auto read =
            parse_date(plain_dashes(unquoted(surface::typed_words(piece))), at_.now, at_.where, which);
        if (!read)
            return refuse(std::move(read.error().wrong), read.error().mend);
        return arguments::value(*read);
    }

    result<arguments::value> person(const parameter &p, std::string_view piece) const {
        if (auto who = surface::typed_person(piece))
            return arguments::value(std::move(*who));
        if (shape::takes_channel(p.kind))
            if (auto where = surface::typed_channel(piece))
                return arguments::value(std::move(*where));
        if (shape::takes_address(p.kind) && shape::looks_like_address(piece))
            return address(piece);
        return no_mention(surface::typed_words(piece));
    }

    // As addresses are stored: in lower case.
    result<arguments::value> address(std::string_view piece) const {
        auto words = surface::typed_words(piece);
        if (words.starts_with("mailto:"))
            words.erase(0, 7);
        for (auto &c : words)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (words.size() > 320 || !shape::looks_like_address(words))
            return refuse(fmt::format("“{}” is no e-mail address.", surface::shortened(words, 40)));
        return arguments::value(std::move(words));
    }

    result<arguments::value> number(std::string_view piece) const {
        std::int64_t n = 0;
        std::from_chars(piece.data(), piece.data() + piece.size(), n);
        return arguments::value(n);
    }

    result<arguments::value> length(std::string_view piece) const {
        const auto n = shape::length_in(piece);
        if (n > 24 * 60)
            return refuse("That is longer than a day.");
        return arguments::value(minutes{n});
    }

    result<arguments::value> understood(const parameter &p, std::string_view piece) const {
        switch (p.kind) {
        case argument_kind::number:
            return number(piece);
        case argument_kind::number_or_text:
            if (const auto digits = shape::number_in(piece); !digits.empty())
                return number(digits);
            return words(p, surface::typed_words(piece));
        case argument_kind::text:
        case argument_kind::word:
            return words(p, surface::typed_words(piece));
        case argument_kind::date:
        case argument_kind::past_date:
            return date(p, piece);
        case argument_kind::person:
        case argument_kind::person_or_channel:
        case argument_kind::person_or_address:
        case argument_kind::person_channel_or_address:
            return person(p, piece);
        case argument_kind::length:
            return length(piece);
        case argument_kind::choice:
            return arguments::value(std::string(piece));
        }
        throw std::logic_error("usage: a kind without a meaning");
    }

    // "Draft résumé by 1 Dec" in two: the words before the date, and the date if there is one.
    result<dated_title> split(std::string_view piece, std::string_view name) const {
        auto text = surface::typed_words(piece);
        if (const auto n = surface::code_points(text); n > limit_of(name) + 100) // no date is that long
            return refuse(fmt::format("The {} has {} characters; the most is {}.", name, n, limit_of(name)));
        auto both = split_by_date(text, at_.now, at_.where);
        if (!both)
            return refuse(std::move(both.error().wrong), both.error().mend);
        return both;
    }
};

} // namespace

std::string usage::shown() const {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto colon = text[at] == '<' || text[at] == '[' ? text.find(':', at) : std::string_view::npos;
        out += text[at];
        if (colon != std::string_view::npos && colon < text.find_first_of("<>[]", at + 1))
            at = colon;
    }
    return out;
}

std::size_t limit_of(std::string_view name) {
    for (const auto &[known, most] : limits)
        if (known == name)
            return most;
    return 100;
}

std::size_t arguments::place(std::string_view name) const {
    for (std::size_t i = 0; form_ != nullptr && i < form_->count; ++i)
        if (form_->parameters[i].name == name)
            return i;
    throw std::logic_error("arguments: the usage names no " + std::string(name));
}

namespace {

template <class T>
std::optional<T> as(const arguments::value &v) {
    const auto *held = std::get_if<T>(&v);
    return held != nullptr ? std::optional<T>(*held) : std::nullopt;
}

} // namespace

bool arguments::has(std::string_view name) const {
    return !std::holds_alternative<std::monostate>(values_[place(name)]);
}
const std::string &arguments::text(std::string_view name) const {
    static const std::string none;
    const auto *held = std::get_if<std::string>(&values_[place(name)]);
    return held != nullptr ? *held : none;
}
std::optional<std::int64_t> arguments::number(std::string_view name) const {
    return as<std::int64_t>(values_[place(name)]);
}
std::optional<written_date> arguments::date(std::string_view name) const {
    return as<written_date>(values_[place(name)]);
}
std::optional<slack_id> arguments::person(std::string_view name) const {
    return as<slack_id>(values_[place(name)]);
}
std::optional<channel_id> arguments::channel(std::string_view name) const {
    return as<channel_id>(values_[place(name)]);
}
std::optional<minutes> arguments::length(std::string_view name) const {
    return as<minutes>(values_[place(name)]);
}
std::string_view arguments::keyword(std::string_view name) const {
    return keywords_[place(name)];
}
void arguments::set(std::size_t parameter, value v, std::string_view keyword) {
    values_.at(parameter) = std::move(v);
    keywords_.at(parameter) = keyword;
}

result<arguments> parse(const usage &by, std::string_view typed, const reading_place &at) {
    const auto clean = surface::one_line(typed);
    const reader read(by, clean, at);
    const auto taken = take_apart(by, clean);
    if (taken.what != taken_apart::trouble::none)
        return read.trouble(taken);

    arguments out(by);
    for (std::size_t i = 0; i < by.count; ++i) {
        if (!taken.pieces[i])
            continue;
        const auto &p = by.parameters[i];
        const bool dated = i + 1 < by.count && by.parameters[i + 1].keyword == "by" &&
                           (p.kind == argument_kind::text || p.kind == argument_kind::number_or_text);
        if (dated) {
            auto both = read.split(*taken.pieces[i], p.name);
            if (!both)
                return std::move(both.error());
            if (both->by)
                out.set(i + 1, *both->by, "by");
            auto words = read.words(p, both->title);
            if (!words)
                return std::move(words.error());
            out.set(i, std::move(*words));
            continue;
        }
        auto value = read.understood(p, *taken.pieces[i]);
        if (!value)
            return std::move(value.error());
        out.set(i, std::move(*value), taken.keywords[i]);
    }
    return out;
}

} // namespace rapport
