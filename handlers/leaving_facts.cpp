// See leaving_facts.hpp.
#include "handlers/leaving_facts.hpp"

#include "handlers/coordinators_message.hpp"
#include "handlers/desk.hpp"
#include "handlers/naming.hpp"
#include "storage/closing.hpp"
#include "storage/entering.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

// The day until which somebody promised to take part, where they chose how long (rule 94).
std::optional<day> promised_until(storage::records &on_file, const storage::pair &pair, side which) {
    const auto one =
        on_file.open<storage::applications>().standing(pair.term, pair.on(which), role_of(which));
    return one && one->state == application_state::accepted ? one->committed_until : std::nullopt;
}

std::string name_of(storage::records &on_file, const person_id &who) {
    const auto found = on_file.people.by_id(who);
    return found ? first_name(*found) : std::string("a coordinator");
}

} // namespace

std::optional<planned_end> end_of(storage::records &on_file, const program &rules,
                                  const storage::pair &pair) {
    const auto after = [&](day last) { return rules.where.start_of(plus_days(last, 1)); };
    if (auto notice = on_file.open<storage::notices>().running(pair.id)) {
        const auto last = notice->last_day;
        return planned_end{last, after(last), planned_end::cause::notice, std::move(notice)};
    }
    std::optional<planned_end> out;
    if (const auto term = on_file.programs.term_by_id(pair.term); term && term->closes_at)
        out = planned_end{rules.where.day_of(*term->closes_at - milliseconds{1}), *term->closes_at};
    const auto began = rules.where.day_of(pair.began_at);
    for (const auto which : {side::mentor, side::protege})
        // a promise that was over when the two were paired promises nothing about them
        if (const auto last = promised_until(on_file, pair, which);
            last && *last > began && (!out || *last < out->last))
            out = planned_end{*last, after(*last), planned_end::cause::promise};
    return out;
}

std::vector<paused_time> rests_over(storage::records &on_file, const storage::pair &pair) {
    std::vector<paused_time> out;
    for (const auto &each : on_file.open<storage::pauses>().of_pair(pair.id))
        if (each.ended_at)
            out.push_back({each.from_at, *each.ended_at});
    return out;
}

void add_dates_of_pair(storage::records &on_file, const program &rules, const storage::pair &pair,
                       pair_facts &facts) {
    if (const auto end = end_of(on_file, rules, pair)) {
        facts.ends_at = end->at;
        if (end->by != planned_end::cause::term)
            facts.last_day = end->last;
        facts.is_leaving = end->by == planned_end::cause::notice;
    }
    facts.pauses = rests_over(on_file, pair);
    if (!rules.leaving.closing.empty())
        for (const auto &wish : on_file.open<storage::closing_wishes>().of_pair(pair.id))
            if (const auto which = pair.side_of(wish.person))
                facts.chose_closing.push_back(*which);
    if (!rules.leaving.feedback.empty())
        for (const auto &each : on_file.open<storage::feedbacks>().of_pair(pair.id))
            facts.feedback.push_back({each.side, each.moment});
}

std::vector<bridge_span> hand_over(storage::records &on_file, const house &here, const storage::pair &pair,
                                   const storage::notice &what, instant now) {
    const auto *rules = here.rules.find(pair.program);
    if (!rules || pair.side_of(what.by) != side::mentor)
        return {};
    std::vector<bridge_span> named;
    const auto first = rules->where.day_of(what.given_at);
    if (what.bridge_until == what.last_day) // else they left at once
        named.push_back({what.by, first, what.last_day});
    for (const auto &each : on_file.open<storage::bridge_people>().of(what.id))
        named.push_back({each.person, each.from, each.until});
    std::vector<day_range> away;
    if (const auto who = on_file.people.by_id(what.by); who && who->away_until_at)
        away.push_back({rules->where.day_of(who->away_from_at.value_or(what.given_at)),
                        rules->where.day_of(*who->away_until_at - milliseconds{1})});
    const auto coordinators = who_hears(on_file, here, pair.program, pair.id, now);
    return bridges(first, what.bridge_until, named, what.by, away,
                   coordinators.empty() ? person_id() : coordinators.front().id);
}

std::string hand_over_words(storage::records &on_file, const house &here, const storage::pair &pair,
                            const storage::notice &what, instant now) {
    const auto *rules = here.rules.find(pair.program);
    std::string out;
    for (const auto &each : hand_over(on_file, here, pair, what, now)) {
        if (each.until < rules->where.day_of(now))
            continue;
        out += fmt::format("{}{} until {}", out.empty() ? "" : ", then ", name_of(on_file, each.who),
                           short_date(each.until));
    }
    return out;
}

std::string standing_words(storage::records &on_file, const program &rules, const storage::pair &pair) {
    std::string out;
    if (pair.state == pair_state::paused) {
        const auto rest = on_file.open<storage::pauses>().running(pair.id);
        out = rest && rest->until_at
                  ? fmt::format("You two pause until {}.",
                                full_date(rules.where.day_of(*rest->until_at - milliseconds{1})))
                  : std::string("The pair rests for now.");
    }
    if (const auto end = end_of(on_file, rules, pair); end && end->by == planned_end::cause::notice)
        out += fmt::format("{}It ends on {}.", out.empty() ? "" : " ", full_date(end->last));
    return out;
}

} // namespace rapport
