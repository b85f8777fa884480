// The written forms of a policy's values, one codec each: how a TOML value reads into a field and how the
// field is shown to people. One way to write each thing; what the fields mean is in policy_keys.cpp.
#pragma once

#include "config/document.hpp"
#include "mentoring/program.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rapport::config {

// Collects what is wrong with one file.
struct complaints {
    std::string source;
    std::vector<problem> all;

    void add(place at, std::string read, std::string wrong, std::string mend) {
        all.push_back({source, at, std::move(read), std::move(wrong), std::move(mend)});
    }
};

// "3 days", "48 h", "12 months": a whole number and one of these words; 0 to 9999. -1 for anything else.
int read_count(std::string_view text, std::string_view one, std::string_view many);

// Every codec has: `what` it is in words, an `example` to copy, `read` (false: not that), `show` (empty:
// nothing to say).
struct text_codec {
    using type = std::string;
    static std::string what();
    static bool read(const node &from, std::string &to); // one line of 1 to 400 code points
    static std::string show(const std::string &value);
};

struct flag_codec {
    using type = bool;
    static std::string what();
    static bool read(const node &from, bool &to);
    static std::string show(bool value); // "yes", "no"
};

template <int Least, int Most>
struct number_codec {
    using type = int;
    static std::string what() {
        return "a whole number from " + std::to_string(Least) + " to " + std::to_string(Most);
    }
    static bool read(const node &from, int &to) {
        if (from.kind != node_kind::number || from.number < Least || from.number > Most)
            return false;
        to = static_cast<int>(from.number);
        return true;
    }
    static std::string show(int value) {
        return std::to_string(value);
    }
};

enum class span_unit { days_long, hours_long, months_long };
bool read_span(const node &from, span_unit unit, int least, int most, int &to);
std::string show_span(span_unit unit, int value);
std::string what_span(span_unit unit, int least, int most);

// "3 days", "48 h" or "12 months".
template <span_unit Unit, int Least, int Most>
struct span_codec {
    using type = int;
    static std::string what() {
        return what_span(Unit, Least, Most);
    }
    static bool read(const node &from, int &to) {
        return read_span(from, Unit, Least, Most, to);
    }
    static std::string show(int value) {
        return show_span(Unit, value);
    }
};
template <int Least, int Most>
using days_codec = span_codec<span_unit::days_long, Least, Most>;
template <int Least, int Most>
using hours_codec = span_codec<span_unit::hours_long, Least, Most>;
template <int Least, int Most>
using months_codec = span_codec<span_unit::months_long, Least, Most>;

#define RAPPORT_CODEC(Name, Type)                                                                            \
    struct Name {                                                                                            \
        using type = Type;                                                                                   \
        static std::string what();                                                                           \
        static bool read(const node &from, Type &to);                                                        \
        static std::string show(const Type &value);                                                          \
    }

RAPPORT_CODEC(slug_codec, program_slug);     // "starter": small letters, digits, -
RAPPORT_CODEC(zone_codec, zone);             // "Europe/Berlin"
RAPPORT_CODEC(date_codec, day);              // "2027-05-14"
RAPPORT_CODEC(month_codec, calendar_month);  // "2027-05"
RAPPORT_CODEC(range_codec, day_range);       // "2026-08-24 to 2027-05-14"
RAPPORT_CODEC(hours_week_codec, week_hours); // "Mon-Fri 8:00-20:00"
RAPPORT_CODEC(weekday_codec, weekday);       // "Mon"
RAPPORT_CODEC(ladder_codec, rung_list);      // ["day 3: nudge", "day 7: queue"]
RAPPORT_CODEC(role_word_codec, role_word);   // ["mentee", "mentees"]
RAPPORT_CODEC(texts_codec, std::vector<std::string>);
RAPPORT_CODEC(weights_codec, std::vector<matching_weight>); // { interests = 30, goals = 70 }

#undef RAPPORT_CODEC

// One word of an enum's table.
template <class E, const auto &Words>
struct choice_codec {
    using type = E;
    static std::string what() {
        std::string words;
        for (const auto &[value, word] : Words)
            words.append(words.empty() ? "" : ", ").append(word);
        return "one of: " + words;
    }
    static bool read(const node &from, E &to) {
        return from.kind == node_kind::text && parse_text(from.text, to);
    }
    static std::string show(const E &value) {
        return std::string(text_of(value));
    }
};

std::string joined(const std::vector<std::string> &all);

// A list of what another codec reads.
template <class Codec>
struct list_codec {
    using type = std::vector<typename Codec::type>;
    static std::string what() {
        return "a list, each " + Codec::what();
    }
    static bool read(const node &from, type &to) {
        if (from.kind != node_kind::list)
            return false;
        type all(from.items.size());
        for (std::size_t i = 0; i < all.size(); ++i)
            if (!Codec::read(from.items[i], all[i]))
                return false;
        to = std::move(all);
        return true;
    }
    static std::string show(const type &value) {
        std::vector<std::string> words;
        for (const auto &each : value)
            words.push_back(Codec::show(each));
        return joined(words);
    }
};

// A value that may be left out, which then is not promised.
template <class Codec>
struct optional_codec {
    using type = std::optional<typename Codec::type>;
    static std::string what() {
        return Codec::what();
    }
    static bool read(const node &from, type &to) {
        return Codec::read(from, to.emplace());
    }
    static std::string show(const type &value) {
        return value ? Codec::show(*value) : std::string();
    }
};

} // namespace rapport::config
