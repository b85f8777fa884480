// One table a list says which parts an entry has; see policy_lists.hpp.
#include "config/policy_lists.hpp"

#include "mentoring/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace rapport::config {
namespace {

// A part of an entry: its name, an example, whether it must be there, and its codec on the right member.
template <class Entry>
struct part {
    std::string_view name, example;
    bool required;
    std::string (*what)();
    bool (*read)(const node &, Entry &);
};

template <class Codec, class Entry, auto Member>
constexpr part<Entry> part_of(std::string_view name, std::string_view example, bool required) {
    return {name, example, required, Codec::what,
            [](const node &from, Entry &to) { return Codec::read(from, to.*Member); }};
}

template <class Entry, std::size_t N>
bool read_entries(const node &from, std::vector<Entry> &to, complaints &out, const part<Entry> (&parts)[N]) {
    if (from.kind != node_kind::list)
        return false;
    std::vector<std::string_view> names;
    for (const auto &each : parts)
        names.push_back(each.name);
    std::vector<Entry> all;
    for (const auto &item : from.items) {
        if (item.kind != node_kind::table) {
            out.add(item.at, item.shown(), fmt::format("This entry is {}, not a table.", name_of(item.kind)),
                    fmt::format("Its parts are {}.", listed({names.begin(), names.end()})));
            continue;
        }
        Entry entry;
        for (const auto &[name, value] : item.entries) {
            const auto found = std::find_if(std::begin(parts), std::end(parts),
                                            [&name = name](const auto &each) { return each.name == name; });
            if (found == std::end(parts)) {
                const auto near = nearest_word(name, names);
                out.add(item.place_of(name), name, fmt::format("There is no part {} here.", name),
                        near ? fmt::format("Did you mean {}?", *near)
                             : fmt::format("Its parts are {}.", listed({names.begin(), names.end()})));
            } else if (!found->read(value, entry)) {
                out.add(value.at, value.shown(), fmt::format("{} is not {}.", name, found->what()),
                        fmt::format("Write {} = {}.", name, found->example));
            }
        }
        for (const auto &each : parts)
            if (each.required && item.find(each.name) == nullptr)
                out.add(item.at, {}, fmt::format("{} is missing here.", each.name),
                        fmt::format("Write {} = {}.", each.name, each.example));
        all.push_back(std::move(entry));
    }
    to = std::move(all);
    return true;
}

template <class T, class Say>
std::string said(const std::vector<T> &all, Say say) {
    std::vector<std::string> each_one;
    for (const auto &each : all)
        each_one.push_back(say(each));
    return fmt::format("{}", fmt::join(each_one, "; "));
}

using role_codec = choice_codec<role, role_words>;

// The id of an answer: it names a stored answer for ever.
struct id_codec {
    static std::string what() {
        return "an id of small letters, digits and -";
    }
    static bool read(const node &from, std::string &to) {
        program_slug id;
        const bool fine = slug_codec::read(from, id);
        to = id.str();
        return fine;
    }
};

// A list of months, each a whole number.
using months_list_codec = list_codec<number_codec<1, 36>>;

} // namespace

bool read_list(const node &from, std::vector<question> &to, complaints &out) {
    using q = question;
    static constexpr part<q> parts[] = {
        part_of<id_codec, q, &q::id>("id", "\"touch\"", true),
        part_of<text_codec, q, &q::asks>("asks", "\"How many times were you in touch this month?\"", true),
        part_of<choice_codec<question_kind, question_kind_words>, q, &q::kind>("kind", "\"count\"", true),
        part_of<texts_codec, q, &q::choices>("choices", "[\"mentor\", \"protégé\"]", false),
        part_of<flag_codec, q, &q::required>("required", "true", false)};
    return read_entries(from, to, out, parts);
}

bool read_list(const node &from, std::vector<eligibility_rule> &to, complaints &out) {
    using e = eligibility_rule;
    static constexpr part<e> parts[] = {
        part_of<role_codec, e, &e::applies_to>("role", "\"protege\"", true),
        part_of<text_codec, e, &e::asks>("asks", "\"Which year are you in?\"", true),
        part_of<texts_codec, e, &e::any_of>("any_of", "[\"second\", \"third\"]", true),
        part_of<text_codec, e, &e::says>("says", "\"The program is for second and third years.\"", true)};
    return read_entries(from, to, out, parts);
}

bool read_list(const node &from, std::vector<gate> &to, complaints &out) {
    using g = gate;
    static constexpr part<g> parts[] = {
        part_of<role_codec, g, &g::applies_to>("role", "\"mentor\"", true),
        part_of<choice_codec<gate_kind, gate_kind_words>, g, &g::kind>("kind", "\"training\"", true),
        part_of<optional_codec<months_codec<1, 60>>, g, &g::valid_months>("valid", "\"12 months\"", false),
        part_of<text_codec, g, &g::link>("link", "\"https://example.org/training\"", false)};
    return read_entries(from, to, out, parts);
}

bool read_list(const node &from, std::vector<commitment> &to, complaints &out) {
    using c = commitment;
    static constexpr part<c> parts[] = {
        part_of<role_codec, c, &c::applies_to>("role", "\"mentor\"", true),
        part_of<months_list_codec, c, &c::months>("months", "[6, 9, 12]", false),
        part_of<text_codec, c, &c::says>("says", "\"I take part for the whole term.\"", true)};
    return read_entries(from, to, out, parts);
}

bool read_list(const node &from, std::vector<days_off> &to, complaints &out) {
    using d = days_off;
    static constexpr part<d> parts[] = {
        part_of<text_codec, d, &d::name>("name", "\"Winter break\"", true),
        part_of<range_codec, d, &d::dates>("dates", "\"2026-12-21 to 2027-01-03\"", true),
        part_of<choice_codec<off_for, off_for_words>, d, &d::whom>("for", "\"everyone\"", false)};
    return read_entries(from, to, out, parts);
}

bool read_list(const node &from, std::vector<resource> &to, complaints &out) {
    using r = resource;
    static constexpr part<r> parts[] = {
        part_of<id_codec, r, &r::id>("id", "\"career-office\"", true),
        part_of<text_codec, r, &r::title>("title", "\"Career office\"", true),
        part_of<text_codec, r, &r::link>("link", "\"https://example.org/careers\"", true)};
    return read_entries(from, to, out, parts);
}

bool read_list(const node &from, std::vector<prompt> &to, complaints &out) {
    using p = prompt;
    static constexpr part<p> parts[] = {
        part_of<choice_codec<side, side_words>, p, &p::to>("to", "\"mentor\"", true),
        part_of<optional_codec<number_codec<1, 12>>, p, &p::in_month>("month", "10", false),
        part_of<text_codec, p, &p::says>("says", "\"Name one thing they did well.\"", true)};
    return read_entries(from, to, out, parts);
}

std::string show_list(const std::vector<question> &all) {
    return said(all, [](const question &q) {
        return fmt::format("{} ({}{}{})", q.asks, text_of(q.kind), q.required ? ", required" : "",
                           q.choices.empty() ? "" : ": " + listed(q.choices, "or"));
    });
}

std::string show_list(const std::vector<eligibility_rule> &all) {
    return said(all, [](const eligibility_rule &e) {
        return fmt::format("{}: {} {}", text_of(e.applies_to), e.asks, listed(e.any_of, "or"));
    });
}

std::string show_list(const std::vector<gate> &all) {
    return said(all, [](const gate &g) {
        const auto valid = g.valid_months ? fmt::format(", valid {}", counted(*g.valid_months, "month")) : "";
        return fmt::format("{}: {}{}", text_of(g.applies_to), text_of(g.kind), valid);
    });
}

std::string show_list(const std::vector<commitment> &all) {
    return said(all, [](const commitment &c) {
        std::vector<std::string> lengths;
        for (const auto months : c.months)
            lengths.push_back(std::to_string(months));
        const auto length = lengths.empty() ? "" : fmt::format(" ({} months)", listed(lengths, "or"));
        return fmt::format("{}: {}{}", text_of(c.applies_to), c.says, length);
    });
}

std::string show_list(const std::vector<days_off> &all) {
    return said(all, [](const days_off &d) {
        return fmt::format("{}, {}, for {}", d.name, range_codec::show(d.dates), text_of(d.whom));
    });
}

std::string show_list(const std::vector<resource> &all) {
    return said(all, [](const resource &r) { return r.title; });
}

std::string show_list(const std::vector<prompt> &all) {
    return said(all, [](const prompt &p) {
        const auto when =
            p.in_month ? fmt::format(" in {}", full_name(date::month{static_cast<unsigned>(*p.in_month)}))
                       : "";
        return fmt::format("to the {}{}: {}", text_of(p.to), when, p.says);
    });
}

} // namespace rapport::config
