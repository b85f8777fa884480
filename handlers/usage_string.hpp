// A usage string is parser, help and manifest hint at once: "<title...> [by <date>]". It is checked when it
// is compiled. What it makes of a line of words is in usage_shape.hpp, what the words mean in usage.hpp.
//
//   <n>                 a number of a list              [by <date>]          a word of ours, then a date
//   <title...>          words to the end                [from|to <@person>]  either word, then a person
//   <n|title...>        a number, or words              [date] [past date]   a date ahead, a date gone by
//   <@person>           a mention                       [30m]                a length: 30m, 1h, 1h30
//   <@person|#channel>  a mention of either             <how:call|email>     one of these; "how" is not shown
//   <@person|address>   a mention or an e-mail address, and with |#channel a channel too
//   <program>           any one word
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace rapport {

enum class argument_kind {
    number,
    number_or_text,
    text,
    date,
    past_date,
    person,
    person_or_channel,
    person_or_address,
    person_channel_or_address,
    length,
    choice,
    word
};

struct parameter {
    std::string_view name{};    // how the handler asks for it: "title", "person", "how"
    std::string_view keyword{}; // "by", "from|to": written before it; empty: found by its place
    std::string_view choices{}; // "call|email" of a choice
    argument_kind kind = argument_kind::word;
    bool optional = false;
};

inline constexpr std::size_t most_parameters = 6;

// Implicit from a literal, so that a table of commands reads like a manual. A faulty literal does not
// compile.
struct usage {
    std::string_view text;
    std::array<parameter, most_parameters> parameters{};
    std::size_t count = 0;

    consteval usage(const char *literal) : text(literal) {
        for (std::size_t at = 0; at < text.size();) {
            if (text[at] == ' ') {
                ++at;
                continue;
            }
            if (count == most_parameters)
                throw "usage: too many parameters";
            at = read_part(at);
        }
        check_order();
    }

    // How it is shown to people: without the names of choices, "<call|email> [from|to <@person>]".
    std::string shown() const;

    constexpr bool takes_text() const {
        for (std::size_t i = 0; i < count; ++i)
            if (parameters[i].kind == argument_kind::text ||
                parameters[i].kind == argument_kind::number_or_text)
                return true;
        return false;
    }

  private:
    consteval std::size_t read_part(std::size_t at) {
        const bool optional = text[at] == '[';
        if (!optional && text[at] != '<')
            throw "usage: expected < or [";
        const auto end = text.find(optional ? ']' : '>', at);
        if (end == std::string_view::npos)
            throw "usage: a parameter is not closed";
        auto body = text.substr(at + 1, end - at - 1);
        parameter p;
        p.optional = optional;
        if (optional)
            if (const auto open = body.find('<'); open != std::string_view::npos) {
                if (open < 2 || body[open - 1] != ' ' || !body.ends_with('>'))
                    throw "usage: expected [keyword <parameter>]";
                p.keyword = body.substr(0, open - 1);
                body = body.substr(open + 1, body.size() - open - 2);
            }
        read_body(p, body);
        if (is_date(p.kind) && !p.keyword.empty()) {
            if (p.keyword.find('|') != std::string_view::npos)
                throw "usage: a date has one keyword";
            p.name = p.keyword;
        }
        parameters[count++] = p;
        return end + 1;
    }

    static consteval void read_body(parameter &p, std::string_view body) {
        if (body.empty())
            throw "usage: a parameter has a name";
        if (body.starts_with('@')) {
            const auto bar = body.find('|');
            const auto others = bar == std::string_view::npos ? std::string_view() : body.substr(bar);
            p.kind = others.empty()                  ? argument_kind::person
                     : others == "|address"          ? argument_kind::person_or_address
                     : others == "|#channel|address" ? argument_kind::person_channel_or_address
                     : others == "|#channel"         ? argument_kind::person_or_channel
                                                     : throw "usage: what may stand beside a person";
            p.name = body.substr(1, bar == std::string_view::npos ? bar : bar - 1);
        } else if (body.ends_with("...")) {
            const bool numbered = body.starts_with("n|");
            p.kind = numbered ? argument_kind::number_or_text : argument_kind::text;
            p.name = body.substr(numbered ? 2 : 0, body.size() - 3 - (numbered ? 2U : 0U));
        } else if (body.find('|') != std::string_view::npos) {
            const auto colon = body.find(':');
            if (colon == std::string_view::npos)
                throw "usage: a choice is named, <how:call|email>";
            p.kind = argument_kind::choice;
            p.name = body.substr(0, colon);
            p.choices = body.substr(colon + 1);
        } else {
            p.name = body;
            p.kind = body == "n"           ? argument_kind::number
                     : body == "date"      ? argument_kind::date
                     : body == "past date" ? argument_kind::past_date
                     : body == "30m"       ? argument_kind::length
                                           : argument_kind::word;
        }
    }

    static constexpr bool open_ended(argument_kind k) {
        return k == argument_kind::text || k == argument_kind::number_or_text;
    }
    static constexpr bool is_date(argument_kind k) {
        return k == argument_kind::date || k == argument_kind::past_date;
    }

    consteval void check_order() const {
        bool seen_optional = false, seen_text = false;
        for (std::size_t i = 0; i < count; ++i) {
            const auto &p = parameters[i];
            if (seen_optional && !p.optional)
                throw "usage: a required parameter follows an optional one";
            if (seen_text && !(p.kind == argument_kind::date && p.keyword == "by" && i + 1 == count))
                throw "usage: only [by <date>] may follow words to the end";
            if (!p.keyword.empty() && p.kind != argument_kind::person && !is_date(p.kind))
                throw "usage: a keyword introduces a person or a date";
            for (std::size_t j = 0; j < i; ++j) {
                if (parameters[j].name == p.name)
                    throw "usage: a name is given twice";
                if (p.keyword.empty() && is_date(parameters[j].kind) && parameters[j].keyword.empty() &&
                    p.kind != argument_kind::length)
                    throw "usage: only a length may follow a date";
            }
            seen_optional = seen_optional || p.optional;
            seen_text = seen_text || open_ended(p.kind);
        }
    }
};

} // namespace rapport
