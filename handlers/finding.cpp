// Reading the people of a program, and the sentences about two of them; see finding.hpp.
#include "handlers/finding.hpp"

#include "handlers/naming.hpp"
#include "handlers/owed.hpp"
#include "handlers/permission.hpp"
#include "handlers/usage_shape.hpp"
#include "storage/entering.hpp"
#include "storage/mentor_requests.hpp"
#include "storage/profiles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace rapport {
namespace {

using surface::text;

std::map<person_id, storage::person> people_by_id(storage::records &on_file,
                                                  const std::vector<storage::enrolment> &enrolled) {
    std::map<person_id, storage::person> out;
    if (enrolled.size() < 20) { // a small program in a large workspace
        for (const auto &one : enrolled)
            if (auto found = on_file.people.by_id(one.person))
                out.emplace(one.person, std::move(*found));
        return out;
    }
    for (auto &one : on_file.people.all())
        out.emplace(one.id, one);
    return out;
}

std::string label_of(match_part part) {
    switch (part) {
    case match_part::field:
        return "field of study";
    case match_part::kind:
        return "kind of mentor";
    case match_part::help:
        return "ways to help";
    default:
        return std::string(text_of(part));
    }
}

} // namespace

std::optional<int> capacity_of(const program &rules, const profile_words &whole) {
    if (const auto own = room_of(whole); own.given && rules.matching.mentors_set_capacity)
        return own.most;
    return rules.matching.mentor_capacity;
}

finding::finding(storage::records &on_file, const program &rules, storage::term term, instant now)
    : rules_(&rules),
      term_(std::move(term)),
      words_(rules.matching.synonyms),
      with_(rules.matching),
      now_(now) {
    const auto enrolled = on_file.programs.enrolments(term_.id);
    auto people = people_by_id(on_file, enrolled);
    auto profiles = on_file.open<storage::profiles>().of_term(term_.id);
    std::map<std::pair<person_id, role>, int> busy;
    for (auto &pair : on_file.pairs.of_term(term_.id))
        if (pair.state != pair_state::ended) {
            ++busy[{pair.mentor, role::mentor}];
            ++busy[{pair.protege, role::protege}];
            pairs_.push_back(std::move(pair));
        }
    for (const auto &one : enrolled) {
        const auto who = people.find(one.person);
        if (one.role == role::coordinator || one.state == enrolment_state::left || who == people.end())
            continue;
        participant_view view{who->second, one, profiles[one.person], busy[{one.person, one.role}], {}};
        if (one.role == role::mentor)
            view.most = capacity_of(rules, view.whole);
        all_.push_back(std::move(view));
    }
}

const participant_view *finding::find(const person_id &who, role as) const {
    const auto found = std::find_if(all_.begin(), all_.end(), [&](const participant_view &one) {
        return one.who.id == who && one.as.role == as;
    });
    return found == all_.end() ? nullptr : &*found;
}

bool finding::are_paired(const person_id &mentor, const person_id &protege) const {
    return std::any_of(pairs_.begin(), pairs_.end(), [&](const storage::pair &one) {
        return one.mentor == mentor && one.protege == protege;
    });
}

traits finding::compared(const participant_view &one, const profile_words &shown) const {
    const auto which = one.as.role == role::mentor ? side::mentor : side::protege;
    const auto usual = hours_of(one.who, *rules_, which);
    return traits_of(shown, which, words_, usual.where, usual.week, now_);
}

bool has_room_now(storage::records &on_file, const program &rules, const term_id &term,
                  const person_id &mentor) {
    const auto most = capacity_of(rules, on_file.open<storage::profiles>().of(mentor));
    if (!most)
        return true;
    const auto pairs = on_file.pairs.open_of_person(mentor);
    const auto now_busy = std::count_if(pairs.begin(), pairs.end(), [&](const storage::pair &one) {
        return one.term == term && one.mentor == mentor;
    });
    return now_busy < *most;
}

seen_by right_to_see(desk &at, const person_id &of) {
    if (at.who.person && at.who.id() == of)
        return seen_by::coordinators;
    for (const auto &one : at.on_file.programs.memberships(of))
        if (one.term_is == term_state::open && at.who.coordinates_program(one.program))
            return seen_by::coordinators;
    if (!at.who.person)
        return seen_by::everyone;
    const auto &me = at.who.id();
    for (const auto &pair : at.who.pairs)
        if (pair.partner_of(me) == of)
            return seen_by::partners;
    auto requests = at.on_file.open<storage::mentor_requests>();
    for (const auto &one : requests.open_by_asker(me))
        if (one.asked() == of && one.state != storage::request_state::queued)
            return seen_by::partners;
    for (const auto &one : requests.open_to(me))
        if (one.asker() == of && one.state != storage::request_state::queued)
            return seen_by::partners;
    return seen_by::everyone;
}

profile_words seen_from_outside(desk &at, const program_slug &program, const person_id &of,
                                profile_words shown) {
    if (!at.who.person || !at.who.person->guest)
        return shown;
    const auto agreed = at.on_file.open<storage::outside_consents>().of(program, of);
    if (!agreed) // never asked: the fields' own readers hold
        return shown;
    std::erase_if(shown, [&](const auto &field) {
        return std::find(agreed->begin(), agreed->end(), text_of(field.first)) == agreed->end();
    });
    return shown;
}

profile_words seen_profile(desk &at, const person_id &of, const profile_words &whole) {
    const auto right = right_to_see(at, of);
    auto shown = seen_of(whole, right);
    if (right == seen_by::coordinators)
        return shown;
    for (const auto &mine : at.who.memberships)
        if (mine.role == role::mentor && at.on_file.programs.enrolled(mine.term, of, role::protege))
            shown = seen_from_outside(at, mine.program, of, std::move(shown));
    return shown;
}

result<program_slug> program_to_find_in(desk &at, const std::string &word, const std::string &example) {
    auto mine = at.who.programs();
    mine.insert(mine.end(), at.who.coordinated.begin(), at.who.coordinated.end());
    std::sort(mine.begin(), mine.end());
    mine.erase(std::unique(mine.begin(), mine.end()), mine.end());
    std::erase_if(mine, [&](const program_slug &slug) { return at.rules().find(slug) == nullptr; });
    for (const auto &slug : mine)
        if (!word.empty() && (shape::alike(slug.str(), word) || shape::alike(at.rules().of(slug).name, word)))
            return slug;
    if (word.empty()) {
        auto of_mine = at.who.programs();
        std::erase_if(of_mine, [&](const program_slug &slug) { return at.rules().find(slug) == nullptr; });
        if (of_mine.size() == 1)
            return of_mine.front();
        if (mine.size() == 1)
            return mine.front();
    }
    if (mine.empty())
        return in_no_program(at);
    std::string names;
    for (const auto &slug : mine)
        names += (names.empty() ? "" : ", ") + slug.str();
    return refusal{"",
                   word.empty() ? fmt::format("You are in several programs: {}. Say which one.", names)
                                : fmt::format("You are in no program called “{}”. There is {}.", word, names),
                   fmt::format("{} {}", example, mine.front().str())};
}

refusal in_no_program(const desk &at) {
    return {"", "People find each other within a program, and you are in none yet.",
            at.line(command_name::mentoring)};
}

std::string part_of_week(const week_slots &common, const zone &where, instant now) {
    static constexpr std::string_view names[] = {"weekday mornings",   "weekday afternoons",
                                                 "weekday evenings",   "weekend mornings",
                                                 "weekend afternoons", "weekend evenings"};
    std::array<int, 6> counted{};
    const auto today = date::floor<days>(now);
    const instant monday{today - (date::weekday{today} - date::Monday)};
    for (std::size_t i = 0; i < half_hours; ++i) {
        if (!common.test(i))
            continue;
        const auto local = where.local(monday + minutes{30 * static_cast<int>(i)});
        const auto day_of_week = weekday_of(local.date);
        const bool weekend = day_of_week == date::Saturday || day_of_week == date::Sunday;
        const auto hour = std::chrono::duration_cast<hours>(local.since_midnight).count();
        const std::size_t part = hour < 12 ? 0 : hour < 17 ? 1 : 2;
        ++counted[part + (weekend ? 3 : 0)];
    }
    const auto most = std::max_element(counted.begin(), counted.end());
    return *most == 0 ? std::string() : std::string(names[most - counted.begin()]);
}

surface::mrkdwn reasons_in_words(const compatibility &what, const traits &mentor, const traits &protege,
                                 const zone &where, instant now) {
    surface::mrkdwn out;
    for (const auto &each : what.reasons) {
        auto words =
            each.part == match_part::free_hours
                ? text("{} in common, {} h a week, {}",
                       part_of_week(mentor.hours & protege.hours, where, now),
                       each.common_half_hours % 2 == 0 ? std::to_string(each.common_half_hours / 2)
                                                       : std::to_string(each.common_half_hours / 2) + ".5",
                       each.points)
            : each.part == match_part::languages ? text("{} {}", each.tag, each.points)
                                                 : text("{} {}", each.tag, each.points);
        out = out.text.empty() ? words : text("{}; {}", out, words);
    }
    return out.text.empty() ? text("nothing in common that either of you named") : out;
}

surface::mrkdwn change_in_words(const match_change &change, std::string_view other) {
    if (change.part == match_part::free_hours)
        return text("If you were free when {} is: {}.", other, change.percent);
    return text("If you also named “{}” under {}: {}.", change.tag, label_of(change.part), change.percent);
}

surface::mrkdwn who_they_are(const program &rules, const participant_view &one) {
    return text("{} ({})", named(one.who),
                rules.word(one.as.role == role::mentor ? side::mentor : side::protege).one);
}

std::string room_in_words(const participant_view &one) {
    if (one.as.role != role::mentor)
        return {};
    if (!one.most)
        return "has room";
    const auto left = *one.most - one.pairs;
    return left <= 0 ? "has no room just now" : fmt::format("room for {}", left);
}

} // namespace rapport
