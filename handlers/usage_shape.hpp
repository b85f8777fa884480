// How a line of words is taken apart by a usage, before anything in it is understood: which words belong to
// which parameter. Works while compiling too, so that every example of a table is proved to fit.
#pragma once

#include "handlers/usage_string.hpp"

#include <optional>
#include <vector>

namespace rapport {

// A line of words taken apart by a usage, one piece a parameter.
struct taken_apart {
    enum class trouble { none, missing, not_fitting, left_over };

    std::array<std::optional<std::string_view>, most_parameters> pieces{};
    std::array<std::string_view, most_parameters> keywords{}; // as the usage writes it: "from"
    trouble what = trouble::none;
    std::size_t parameter = 0;  // of what is missing or does not fit
    std::string_view word = {}; // that does not fit, or is left over
};

namespace shape {

// --- words alike

// The next character of `text` that counts in a comparison: ASCII lower case, é and è as e; dashes and quotes
// of all kinds do not count. '\0' at the end.
constexpr char next_counting(std::string_view text, std::size_t &at) {
    while (at < text.size()) {
        const auto rest = text.substr(at);
        if (rest.starts_with("\xc3\xa9") || rest.starts_with("\xc3\x89") || rest.starts_with("\xc3\xa8")) {
            at += 2;
            return 'e';
        }
        if (rest.starts_with("\xe2\x80") && rest.size() > 2 && rest[2] >= '\x90' && rest[2] <= '\x9f') {
            at += 3; // dashes U+2010 to 2015 and quotes U+2018 to 201F
            continue;
        }
        if (rest.starts_with("\xe2\x88\x92")) { // minus
            at += 3;
            continue;
        }
        ++at;
        if (rest[0] == '-' || rest[0] == '"' || rest[0] == '\'')
            continue;
        return rest[0] >= 'A' && rest[0] <= 'Z' ? static_cast<char>(rest[0] - 'A' + 'a') : rest[0];
    }
    return '\0';
}

constexpr bool alike(std::string_view a, std::string_view b) {
    std::size_t i = 0, j = 0;
    while (true) {
        const auto x = next_counting(a, i), y = next_counting(b, j);
        if (x != y)
            return false;
        if (x == '\0')
            return true;
    }
}

// What people say for the words of our choices.
inline constexpr std::pair<std::string_view, std::string_view> synonyms[] = {
    {"phone", "call"},         {"phoned", "call"},   {"called", "call"},    {"mail", "email"},
    {"mailed", "email"},       {"emailed", "email"}, {"texted", "text"},    {"sms", "text"},
    {"inperson", "in-person"}, {"met", "in-person"}, {"mentee", "protege"}, {"student", "protege"},
};

// The choice of "call|email" that a word means, as the usage writes it; empty if none.
constexpr std::string_view choice_of(std::string_view choices, std::string_view word) {
    for (std::size_t at = 0; at <= choices.size();) {
        const auto end =
            choices.find('|', at) == std::string_view::npos ? choices.size() : choices.find('|', at);
        const auto one = choices.substr(at, end - at);
        if (alike(one, word))
            return one;
        for (const auto &[said, meant] : synonyms)
            if (alike(said, word) && alike(meant, one))
                return one;
        at = end + 1;
    }
    return {};
}

// --- kinds of words

constexpr bool digits_only(std::string_view text) {
    for (const char c : text)
        if (c < '0' || c > '9')
            return false;
    return !text.empty() && text.size() <= 9;
}

// "3", "#3", "3.", "3)" without what is around the digits; empty if it is no number.
constexpr std::string_view number_in(std::string_view word) {
    if (word.starts_with('#'))
        word.remove_prefix(1);
    if (!word.empty() && (word.back() == '.' || word.back() == ')' || word.back() == ','))
        word.remove_suffix(1);
    return digits_only(word) ? word : std::string_view{};
}

// Minutes of "30m", "45min", "1h", "1h30", "2 hours" (blanks left out); 0 if it is no length.
constexpr int length_in(std::string_view word) {
    int total = 0;
    bool hours_seen = false;
    for (std::size_t at = 0; at < word.size();) {
        int n = 0;
        std::size_t digits = 0;
        for (; at < word.size() && word[at] >= '0' && word[at] <= '9' && digits < 4; ++at, ++digits)
            n = n * 10 + (word[at] - '0');
        if (digits == 0)
            return 0;
        if (at < word.size() && word[at] == ' ')
            ++at;
        const auto from = at;
        while (at < word.size() && (word[at] < '0' || word[at] > '9'))
            ++at;
        const auto unit = word.substr(from, at - from);
        const bool hour =
            alike(unit, "h") || alike(unit, "hr") || alike(unit, "hour") || alike(unit, "hours");
        const bool minute = alike(unit, "m") || alike(unit, "min") || alike(unit, "mins") ||
                            alike(unit, "minute") || alike(unit, "minutes");
        if (!hour && !minute && !(hours_seen && unit.empty()))
            return 0;
        total += hour ? n * 60 : n;
        hours_seen = hours_seen || hour;
    }
    return total;
}

// Without the comma or full stop that people put after a name.
constexpr std::string_view without_stop(std::string_view word) {
    while (word.ends_with(',') || word.ends_with('.'))
        word.remove_suffix(1);
    return word;
}

constexpr bool looks_like_person(std::string_view word) {
    return (word.starts_with("<@") && word.ends_with('>')) || (word.size() > 1 && word[0] == '@');
}
constexpr bool looks_like_channel(std::string_view word) {
    return (word.starts_with("<#") && word.ends_with('>')) || (word.size() > 1 && word[0] == '#');
}
// "kim@example.org", also as the platform writes it: "<mailto:kim@example.org|kim@example.org>".
constexpr bool looks_like_address(std::string_view word) {
    if (word.starts_with("<mailto:") && word.ends_with('>'))
        return true;
    const auto sign = word.find('@');
    return sign != std::string_view::npos && sign > 0 && sign + 1 < word.size() && word[0] != '<' &&
           word.find('.', sign) != std::string_view::npos;
}

constexpr bool takes_address(argument_kind kind) {
    return kind == argument_kind::person_or_address || kind == argument_kind::person_channel_or_address;
}
constexpr bool takes_channel(argument_kind kind) {
    return kind == argument_kind::person_or_channel || kind == argument_kind::person_channel_or_address;
}
constexpr bool names_somebody(argument_kind kind) {
    return kind == argument_kind::person || takes_address(kind) || takes_channel(kind);
}

// --- taking apart

// One pass over a line. Words are split at blanks, a "<...|with a label>" is one word.
class taking {
    struct word {
        std::string_view text;
        bool used = false;
    };

    const usage &by_;
    std::string_view line_;
    std::vector<word> words_;
    taken_apart out_;

    constexpr void split() {
        for (std::size_t at = 0; at < line_.size();) {
            if (line_[at] == ' ') {
                ++at;
                continue;
            }
            auto end = at;
            if (line_[at] == '<')
                if (const auto close = line_.find('>', at); close != std::string_view::npos)
                    end = close;
            end = line_.find(' ', end);
            if (end == std::string_view::npos)
                end = line_.size();
            words_.push_back({line_.substr(at, end - at)});
            at = end;
        }
    }

    constexpr std::string_view run_of(std::size_t first, std::size_t last) const { // both included
        const auto from = static_cast<std::size_t>(words_[first].text.data() - line_.data());
        const auto to =
            static_cast<std::size_t>(words_[last].text.data() - line_.data()) + words_[last].text.size();
        return line_.substr(from, to - from);
    }

    constexpr std::size_t next_unused(std::size_t from) const {
        while (from < words_.size() && words_[from].used)
            ++from;
        return from;
    }

    // The last word of the unused run that begins at `first`, up to the next keyword of the usage.
    constexpr std::size_t run_end(std::size_t first) const {
        auto last = first;
        while (last + 1 < words_.size() && !words_[last + 1].used && !is_keyword(words_[last + 1].text))
            ++last;
        return last;
    }

    constexpr bool is_keyword(std::string_view text) const {
        for (std::size_t i = 0; i < by_.count; ++i)
            if (!by_.parameters[i].keyword.empty() && !choice_of(by_.parameters[i].keyword, text).empty())
                return true;
        return false;
    }

    constexpr void use(std::size_t parameter, std::string_view piece, std::size_t first, std::size_t last) {
        out_.pieces[parameter] = piece;
        for (auto i = first; i <= last; ++i)
            words_[i].used = true;
    }

    constexpr bool fail(taken_apart::trouble what, std::size_t parameter, std::string_view text = {}) {
        if (out_.what == taken_apart::trouble::none) {
            out_.what = what;
            out_.parameter = parameter;
            out_.word = text;
        }
        return false;
    }

    // Lengths may stand anywhere; the last one counts.
    constexpr void take_length(std::size_t parameter) {
        for (auto i = words_.size(); i-- > 0;) {
            if (words_[i].used)
                continue;
            if (length_in(words_[i].text) > 0)
                return use(parameter, words_[i].text, i, i);
            if (i > 0 && !words_[i - 1].used && length_in(run_of(i - 1, i)) > 0)
                return use(parameter, run_of(i - 1, i), i - 1, i);
        }
    }

    constexpr bool take_keyword(std::size_t parameter) {
        const auto &p = by_.parameters[parameter];
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const auto said = words_[i].used ? std::string_view{} : choice_of(p.keyword, words_[i].text);
            if (said.empty())
                continue;
            if (i + 1 == words_.size() || words_[i + 1].used)
                return fail(taken_apart::trouble::missing, parameter);
            out_.keywords[parameter] = said;
            words_[i].used = true;
            if (p.kind == argument_kind::person) {
                const auto name = without_stop(words_[i + 1].text);
                if (!looks_like_person(name))
                    return fail(taken_apart::trouble::not_fitting, parameter, words_[i + 1].text);
                use(parameter, name, i + 1, i + 1);
            } else {
                use(parameter, run_of(i + 1, run_end(i + 1)), i + 1, run_end(i + 1));
            }
            return true;
        }
        return true;
    }

    // True if the words from `at` on gave the parameter its piece.
    constexpr bool take_place(std::size_t parameter, std::size_t at) {
        const auto &p = by_.parameters[parameter];
        const auto text = words_[at].text;
        auto take = [&](std::string_view piece, std::size_t last) {
            use(parameter, piece, at, last);
            return true;
        };
        switch (p.kind) {
        case argument_kind::number:
            return !number_in(text).empty() && take(number_in(text), at);
        case argument_kind::number_or_text:
        case argument_kind::text:
            return take(run_of(at, words_.size() - 1), words_.size() - 1);
        case argument_kind::date:
        case argument_kind::past_date:
            return take(run_of(at, run_end(at)), run_end(at));
        case argument_kind::person:
        case argument_kind::person_or_channel:
        case argument_kind::person_or_address:
        case argument_kind::person_channel_or_address: {
            const auto bare = without_stop(text);
            const bool fine = looks_like_person(bare) ||
                              (takes_channel(p.kind) && looks_like_channel(bare)) ||
                              (takes_address(p.kind) && looks_like_address(bare));
            return fine && take(bare, at);
        }
        case argument_kind::choice: {
            if (const auto one = choice_of(p.choices, text); !one.empty())
                return take(one, at);
            if (at + 1 == words_.size() || words_[at + 1].used)
                return false;
            std::string both(text); // "in person"
            both += words_[at + 1].text;
            const auto one = choice_of(p.choices, both);
            return !one.empty() && take(one, at + 1);
        }
        case argument_kind::length:
            return false;
        case argument_kind::word:
            return take(text, at);
        }
        return false;
    }

    constexpr bool take_places() {
        for (std::size_t i = 0; i < by_.count; ++i) {
            const auto &p = by_.parameters[i];
            if (!p.keyword.empty() || p.kind == argument_kind::length)
                continue;
            const auto at = next_unused(0);
            if (at == words_.size()) {
                if (!p.optional)
                    return fail(taken_apart::trouble::missing, i);
                continue;
            }
            if (!take_place(i, at) && !p.optional)
                return fail(taken_apart::trouble::not_fitting, i, words_[at].text);
        }
        return true;
    }

  public:
    constexpr taking(const usage &by, std::string_view line) : by_(by), line_(line) {
        split();
    }

    constexpr taken_apart done() {
        bool well = true;
        if (!by_.takes_text()) {
            for (std::size_t i = 0; i < by_.count && well; ++i)
                if (!by_.parameters[i].keyword.empty())
                    well = take_keyword(i);
            for (std::size_t i = 0; i < by_.count && well; ++i)
                if (by_.parameters[i].kind == argument_kind::length)
                    take_length(i);
        }
        if (well && take_places())
            if (const auto left = next_unused(0); left < words_.size())
                fail(taken_apart::trouble::left_over, by_.count, words_[left].text);
        return out_;
    }
};

} // namespace shape

// Takes clean words on one line apart. Case, dashes and accents of choices and keywords do not matter;
// keywords and a length may stand anywhere. The `[by <date>]` after words to the end is left in the words:
// only who can read dates knows which "by" it is.
constexpr taken_apart take_apart(const usage &by, std::string_view words) {
    return shape::taking(by, words).done();
}

// True if the line (without its command) has the shape the usage asks for: every example of a table does.
constexpr bool fits(const usage &by, std::string_view words) {
    return take_apart(by, words).what == taken_apart::trouble::none;
}

} // namespace rapport
