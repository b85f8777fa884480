// The table of fields, and what is made of them; see profile.hpp.
#include "mentoring/profile.hpp"

#include <algorithm>
#include <charconv>

namespace rapport {
namespace {

constexpr std::array<field_row, profile_fields> rows = {{
    {profile_field::education, "Education", "Where and what: BSc, State University, 2024", field_shape::prose,
     seen_by::everyone, 600},
    {profile_field::study, "Field of study", "A word or two each, with commas between", field_shape::tags,
     seen_by::everyone, 400},
    {profile_field::experience, "Experience", "What you have worked as, with commas between: data analyst",
     field_shape::tags, seen_by::everyone, 800},
    {profile_field::industry, "Industry", "Where you work or would like to, with commas between",
     field_shape::tags, seen_by::everyone, 400},
    {profile_field::accomplishments, "Accomplishments", "What you are glad to have done", field_shape::prose,
     seen_by::everyone, 1000},
    {profile_field::expertise, "Areas of expertise", "Mentors: yours. Others: what you want to learn",
     field_shape::tags, seen_by::everyone, 800},
    {profile_field::interests, "Interests", "The few that matter; the fewer, the more each counts",
     field_shape::tags, seen_by::everyone, 400},
    {profile_field::help, "Ways I can help, or want help", "With commas between: coach, connector, friend",
     field_shape::tags, seen_by::everyone, 400},
    {profile_field::goals, "Goals", "Career and personal, a word or two each, with commas between",
     field_shape::tags, seen_by::everyone, 400},
    {profile_field::kind, "Kind of mentor", "What kind you are, or look for: alumna, coach",
     field_shape::tags, seen_by::everyone, 200},
    {profile_field::availability, "Availability", "When you could meet: Mon-Fri 17:00-20:00; Sun 10:00-12:00",
     field_shape::hours_of_week, seen_by::everyone, 200},
    {profile_field::languages, "Languages", "With commas between", field_shape::tags, seen_by::everyone, 200},
    {profile_field::team, "Team or employer", "For programs that pair across teams", field_shape::prose,
     seen_by::everyone, 100},
    {profile_field::partner, "Recruiting partner", "The group or company through which you came",
     field_shape::prose, seen_by::coordinators, 100},
    {profile_field::links, "Links", "A page or two of yours", field_shape::prose, seen_by::partners, 400},
    {profile_field::room, "How many at most", "Mentors: how many people you can take on, or: any",
     field_shape::number, seen_by::everyone, 10},
}};

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & '\xc0') != '\x80'; }));
}

std::string_view without_blanks(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const auto from = text.find_first_not_of(blank);
    if (from == std::string_view::npos)
        return {};
    return text.substr(from, text.find_last_not_of(blank) - from + 1);
}

std::optional<int> number_in(std::string_view text) {
    int n = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (wrong != std::errc() || end != text.data() + text.size() || n < 0 || n > 100)
        return std::nullopt;
    return n;
}

const std::string &words_in(const profile_words &one, profile_field which) {
    static const std::string none;
    const auto found = one.find(which);
    return found == one.end() ? none : found->second.words;
}

// A field is asked for at the moment it is stored; stored words outlive the rules they were read by.
tag_set tags_in(const profile_words &one, profile_field which, const tag_words &words) {
    auto read = words.read(words_in(one, which));
    return read ? std::move(*read) : tag_set{};
}

tag_set both(const tag_set &a, const tag_set &b) {
    tag_set out;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
    return out;
}

std::optional<profile_field> field_of(match_part part) {
    switch (part) {
    case match_part::field:
        return profile_field::study;
    case match_part::industry:
        return profile_field::industry;
    case match_part::experience:
        return profile_field::experience;
    case match_part::expertise:
        return profile_field::expertise;
    case match_part::interests:
        return profile_field::interests;
    case match_part::help:
        return profile_field::help;
    case match_part::goals:
        return profile_field::goals;
    case match_part::kind:
        return profile_field::kind;
    case match_part::languages:
        return profile_field::languages;
    case match_part::free_hours:
        break;
    }
    return profile_field::availability;
}

} // namespace

const std::array<field_row, profile_fields> &profile_rows() {
    return rows;
}

const field_row &row_of(profile_field which) {
    return rows[static_cast<std::size_t>(which)];
}

result<field_words> read_field(profile_field which, std::string_view typed, const tag_words &words) {
    const auto &row = row_of(which);
    const auto text = without_blanks(typed);
    const auto label = std::string(row.label);
    if (text.empty())
        return field_words{};
    if (const auto n = code_points(text); n > row.most)
        return refusal{label,
                       "That is " + std::to_string(n) + " letters long; " + label + " takes " +
                           std::to_string(row.most) + ".",
                       "the same, shorter"};
    switch (row.shape) {
    case field_shape::prose:
        return field_words{std::string(text)};
    case field_shape::tags: {
        const auto tags = words.read(text);
        if (!tags)
            return tags.error();
        // as they were typed, each once: the form shows people their own words
        return field_words{std::string(text)};
    }
    case field_shape::hours_of_week: {
        const auto of_week = parse_hours(text);
        if (!of_week)
            return of_week.error();
        return field_words{text_of(*of_week)};
    }
    case field_shape::number:
        break;
    }
    if (folded_tag(text) == "any")
        return field_words{"any"};
    const auto n = number_in(text);
    if (!n)
        return refusal{std::string(text), "That is no number from 0 to 100.", "3, or: any"};
    return field_words{std::to_string(*n)};
}

profile_words seen_of(const profile_words &whole, seen_by as) {
    profile_words out;
    for (const auto &[which, entry] : whole)
        if (entry.seen <= as)
            out.emplace(which, entry);
    return out;
}

completeness how_complete(const profile_words &one, const comparing &with) {
    completeness out;
    out.percent = static_cast<int>(one.size() * 100 / profile_fields);
    int most = 0;
    for (const auto &[part, word] : match_part_words) {
        const auto which = field_of(part);
        if (which && !one.contains(*which) && with.weight(part) > most) {
            most = with.weight(part);
            out.missing = which;
        }
    }
    for (const auto &row : rows)
        if (!out.missing && !one.contains(row.which))
            out.missing = row.which;
    return out;
}

traits traits_of(const profile_words &one, side as, const tag_words &words, const zone &where,
                 const week_hours &otherwise, instant as_of) {
    traits out;
    for (const auto &[part, word] : match_part_words)
        if (const auto which = field_of(part); which && part != match_part::free_hours)
            out.of(part) = tags_in(one, *which, words);
    if (as == side::mentor)
        out.of(match_part::goals) =
            both(out.of(match_part::goals), both(out.of(match_part::expertise), out.of(match_part::help)));
    else
        out.of(match_part::experience) = out.of(match_part::goals);
    const auto typed = words_in(one, profile_field::availability);
    const auto own = parse_hours(typed);
    out.hours = slots_of(own ? *own : otherwise, where, as_of);
    out.team = folded_tag(words_in(one, profile_field::team));
    return out;
}

own_room room_of(const profile_words &one) {
    const auto &words = words_in(one, profile_field::room);
    if (words.empty())
        return {};
    return {true, number_in(words)};
}

} // namespace rapport
