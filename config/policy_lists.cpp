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
    std::string (*show)(const Entry &);
};

template <class Codec, class Entry, auto Member>
constexpr part<Entry> part_of(std::string_view name, std::string_view example, bool required) {
    return {name,
            example,
            required,
            Codec::what,
            [](const node &from, Entry &to) { return Codec::read(from, to.*Member); },
            [](const Entry &from) { return Codec::show(from.*Member); }};
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
    static std::string show(const std::string &id) {
        return id;
    }
};

// A list of months, each a whole number.
using months_list_codec = list_codec<number_codec<1, 36>>;

// Every part by its name: what one entry holds, to compare it with another.
template <class Entry, std::size_t N>
std::string in_full(const std::vector<Entry> &all, const part<Entry> (&parts)[N]) {
    return said(all, [&](const Entry &entry) {
        std::vector<std::string> each;
        for (const auto &one : parts)
            if (const auto value = one.show(entry); !value.empty())
                each.push_back(fmt::format("{} {}", one.name, value));
        return fmt::format("{}", fmt::join(each, ", "));
    });
}

constexpr part<question> question_parts[] = {
    part_of<id_codec, question, &question::id>("id", "\"touch\"", true),
    part_of<text_codec, question, &question::asks>("asks", "\"How many times were you in touch this month?\"",
                                                   true),
    part_of<choice_codec<question_kind, question_kind_words>, question, &question::kind>("kind", "\"count\"",
                                                                                         true),
    part_of<texts_codec, question, &question::choices>("choices", "[\"mentor\", \"protégé\"]", false),
    part_of<flag_codec, question, &question::required>("required", "true", false)};
constexpr part<eligibility_rule> eligibility_rule_parts[] = {
    part_of<role_codec, eligibility_rule, &eligibility_rule::applies_to>("role", "\"protege\"", true),
    part_of<text_codec, eligibility_rule, &eligibility_rule::asks>("asks", "\"Which year are you in?\"",
                                                                   true),
    part_of<texts_codec, eligibility_rule, &eligibility_rule::any_of>("any_of", "[\"second\", \"third\"]",
                                                                      true),
    part_of<text_codec, eligibility_rule, &eligibility_rule::says>(
        "says", "\"The program is for second and third years.\"", true)};
constexpr part<gate> gate_parts[] = {
    part_of<role_codec, gate, &gate::applies_to>("role", "\"mentor\"", true),
    part_of<choice_codec<gate_kind, gate_kind_words>, gate, &gate::kind>("kind", "\"training\"", true),
    part_of<optional_codec<months_codec<1, 60>>, gate, &gate::valid_months>("valid", "\"12 months\"", false),
    part_of<text_codec, gate, &gate::link>("link", "\"https://example.org/training\"", false)};
constexpr part<commitment> commitment_parts[] = {
    part_of<role_codec, commitment, &commitment::applies_to>("role", "\"mentor\"", true),
    part_of<months_list_codec, commitment, &commitment::months>("months", "[6, 9, 12]", false),
    part_of<text_codec, commitment, &commitment::says>("says", "\"I take part for the whole term.\"", true)};
constexpr part<days_off> days_off_parts[] = {
    part_of<text_codec, days_off, &days_off::name>("name", "\"Winter break\"", true),
    part_of<range_codec, days_off, &days_off::dates>("dates", "\"2026-12-21 to 2027-01-03\"", true),
    part_of<choice_codec<off_for, off_for_words>, days_off, &days_off::whom>("for", "\"everyone\"", false)};
constexpr part<resource> resource_parts[] = {
    part_of<id_codec, resource, &resource::id>("id", "\"career-office\"", true),
    part_of<text_codec, resource, &resource::title>("title", "\"Career office\"", true),
    part_of<text_codec, resource, &resource::link>("link", "\"https://example.org/careers\"", true)};
constexpr part<prompt> prompt_parts[] = {
    part_of<choice_codec<side, side_words>, prompt, &prompt::to>("to", "\"mentor\"", true),
    part_of<optional_codec<number_codec<1, 12>>, prompt, &prompt::in_month>("month", "10", false),
    part_of<text_codec, prompt, &prompt::says>("says", "\"Name one thing they did well.\"", true)};

} // namespace

bool read_list(const node &from, std::vector<question> &to, complaints &out) {
    return read_entries(from, to, out, question_parts);
}
std::string full_list(const std::vector<question> &all) {
    return in_full(all, question_parts);
}

bool read_list(const node &from, std::vector<eligibility_rule> &to, complaints &out) {
    return read_entries(from, to, out, eligibility_rule_parts);
}
std::string full_list(const std::vector<eligibility_rule> &all) {
    return in_full(all, eligibility_rule_parts);
}

bool read_list(const node &from, std::vector<gate> &to, complaints &out) {
    return read_entries(from, to, out, gate_parts);
}
std::string full_list(const std::vector<gate> &all) {
    return in_full(all, gate_parts);
}

bool read_list(const node &from, std::vector<commitment> &to, complaints &out) {
    return read_entries(from, to, out, commitment_parts);
}
std::string full_list(const std::vector<commitment> &all) {
    return in_full(all, commitment_parts);
}

bool read_list(const node &from, std::vector<days_off> &to, complaints &out) {
    return read_entries(from, to, out, days_off_parts);
}
std::string full_list(const std::vector<days_off> &all) {
    return in_full(all, days_off_parts);
}

bool read_list(const node &from, std::vector<resource> &to, complaints &out) {
    return read_entries(from, to, out, resource_parts);
}
std::string full_list(const std::vector<resource> &all) {
    return in_full(all, resource_parts);
}

bool read_list(const node &from, std::vector<prompt> &to, complaints &out) {
    return read_entries(from, to, out, prompt_parts);
}
std::string full_list(const std::vector<prompt> &all) {
    return in_full(all, prompt_parts);
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
