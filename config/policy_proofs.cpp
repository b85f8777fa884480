// The proofs; see policy_proofs.hpp. Clocks run in UTC on a plain week, so that no change of daylight saving
// hides a mistake.
#include "config/policy_proofs.hpp"

#include "mentoring/compatibility.hpp"
#include "mentoring/obligations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

namespace rapport::config::proofs {
namespace {

using namespace date::literals;

constexpr day a_monday = 2026_y / 11 / 2;
constexpr int hours_of_week = 168;

instant hour_of_week(int h) {
    return instant{date::sys_days{a_monday}} + hours{h};
}

std::string hour_in_words(instant at) {
    const auto local = zone{}.local(at);
    return fmt::format("{} {}", short_name(weekday_of(local.date)), time_of_day(local.since_midnight));
}

// The policy in UTC without its days off: what must hold in every ordinary week. Of its promises to pairs
// only those are left that `keep` copies over, so that a proof works out nothing else.
template <class Keep>
program on_plain_weeks(const program &rules, Keep keep) {
    program plain;
    plain.mentor_word = rules.mentor_word;
    plain.protege_word = rules.protege_word;
    plain.attention = rules.attention;
    plain.attention.off.clear();
    keep(plain);
    return plain;
}

pair_facts a_pair(const program &rules, instant began_at) {
    pair_facts facts;
    facts.id = pair_id{"pair"};
    facts.mentor = {person_id{"mentor"}, {zone{}, rules.attention.mentor_hours, {}, {}}};
    facts.protege = {person_id{"protege"}, {zone{}, rules.attention.protege_hours, {}, {}}};
    facts.began_at = began_at;
    return facts;
}

std::string_view name_of(const program &rules, const person_id &who) {
    return who.str() == "mentor" ? rules.mentor_word.one : rules.protege_word.one;
}

// Looks on from `from` whenever told to, until each that is owed of this kind had its first message; gives
// the first that comes after its deadline, or not at all.
template <class Facts>
std::optional<obligation> late_warning(const program &rules, const Facts &facts, obligation_kind kind,
                                       instant from, std::size_t people, std::optional<instant> limit = {}) {
    std::set<std::string> warned;
    auto now = from;
    for (int looks = 0; looks < 100 && warned.size() < people; ++looks) {
        const auto all = obligations(rules, facts, now);
        for (const auto &each : all.owed) {
            if (each.kind != kind || warned.contains(each.person.str()))
                continue;
            if (each.due && is_message(each.due->act))
                warned.insert(each.person.str());
            const auto deadline = limit ? limit : each.deadline;
            if (deadline && (now > *deadline || (each.due && !is_message(each.due->act))) &&
                !warned.contains(each.person.str()))
                return each;
            if (deadline && each.due && each.due->due_at > *deadline)
                return each;
        }
        if (!all.look_again_at)
            return std::nullopt;
        now = *all.look_again_at;
    }
    return std::nullopt;
}

bool has_message(const rung_list &steps) {
    return std::any_of(steps.begin(), steps.end(), [](const rung &each) { return is_message(each.act); });
}

// What no ladder may be, whatever it counts from.
std::optional<finding> impossible(const rung_list &steps, bool from_start) {
    const std::string mend =
        from_start
            ? "Write it like [\"day 2: listed\", \"day 3: nudge\", \"day 5: softer\", \"day 7: queue\"]."
            : "Write it like [\"day -2: nudge\", \"day 2: softer\", \"day 5: queue\"].";
    int messages = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto &each = steps[i];
        if (i > 0 && each.on_day <= steps[i - 1].on_day)
            return finding{fmt::format("Day {} of the ladder does not come after day {}.", each.on_day,
                                       steps[i - 1].on_day),
                           mend};
        if (from_start && each.on_day < 1)
            return finding{fmt::format("A ladder that counts from a start has no day {}.", each.on_day),
                           mend};
        if (each.on_day < -60 || each.on_day > 60)
            return finding{fmt::format("Day {} is more than 60 days away.", each.on_day), mend};
        if (i > 0 && (steps[i - 1].act == rung_act::queue || steps[i - 1].act == rung_act::lapse))
            return finding{fmt::format("Nothing comes after {} in a ladder: then a person sees to it.",
                                       text_of(steps[i - 1].act)),
                           mend};
        if (each.act == rung_act::softer && messages == 0)
            return finding{"The softer rung comes before any nudge.", mend};
        if (each.act == rung_act::nudge && messages > 0)
            return finding{"A ladder has one nudge; what follows it is softer.", mend};
        messages += is_message(each.act) ? 1 : 0;
        if (messages > 2)
            return finding{"A ladder has at most two messages: a nudge and a softer one.", mend};
        if (each.act == rung_act::queue && messages == 0)
            return finding{
                "A coordinator would hear before the person does: there is no nudge before the queue.", mend};
    }
    return std::nullopt;
}

// Of a ladder around a due day: possible, and its first message comes by then.
std::optional<finding> due_ladder(const rung_list &steps) {
    if (auto wrong = impossible(steps, false))
        return wrong;
    const auto first =
        std::find_if(steps.begin(), steps.end(), [](const rung &each) { return is_message(each.act); });
    if (first != steps.end() && first->on_day > 0)
        return finding{fmt::format("The first nudge, on day {}, comes after the due day.", first->on_day),
                       "Give a nudge on day 0 or before."};
    return std::nullopt;
}

finding passes_unwarned(const program &rules, const obligation &what, std::string_view thing, instant from) {
    return {fmt::format("{} of {} would reach its deadline before the {} was warned of it.", thing,
                        hour_in_words(from), name_of(rules, what.person)),
            "Give the nudge earlier, or the person more good hours."};
}

// That what both of a pair owe of this kind is warned of, whenever in the week the pair began.
std::optional<finding> warned_after_pairing(const program &rules, obligation_kind kind,
                                            std::string_view thing) {
    for (int h = 0; h < hours_of_week; ++h) {
        const auto from = hour_of_week(h);
        if (const auto late = late_warning(rules, a_pair(rules, from), kind, from, 2))
            return passes_unwarned(rules, *late, thing, from);
    }
    return std::nullopt;
}

// The same of what falls due every month: so many months have their due day on each weekday.
std::optional<finding> warned_every_month(const program &rules, obligation_kind kind, std::size_t people,
                                          std::string_view thing) {
    for (int m = 0; m < 28; ++m) {
        const auto from = starts_at(zone{}, plus_months(month_of(a_monday), m));
        if (const auto late = late_warning(rules, a_pair(rules, from), kind, from, people))
            return passes_unwarned(rules, *late, thing, late->deadline.value_or(from));
    }
    return std::nullopt;
}

std::optional<finding> doubled_question(const std::vector<question> &all) {
    std::set<std::string> ids;
    for (const auto &each : all) {
        if (!ids.insert(each.id).second)
            return finding{fmt::format("Two questions have the id {}.", each.id),
                           "Give each question an id of its own."};
        if ((each.kind == question_kind::choice) != (each.choices.size() >= 2))
            return finding{fmt::format("Question {} is {} with {} choices.", each.id, text_of(each.kind),
                                       each.choices.size()),
                           "Give two choices or more to a question of kind choice, and to no other."};
    }
    return std::nullopt;
}

} // namespace

std::optional<finding> phases_in_order(const program &rules) {
    const phase *last = nullptr;
    for (const auto &row : phase_kind_words) {
        const auto found = std::find_if(rules.phases.begin(), rules.phases.end(),
                                        [&](const phase &each) { return each.kind == row.first; });
        if (found == rules.phases.end())
            continue;
        if (last != nullptr && found->dates.from < last->dates.from)
            return finding{
                fmt::format("Phase {} begins before {} does.", text_of(found->kind), text_of(last->kind)),
                "Phases may overlap, but begin in this order: recruit, apply, screen, train, match, connect, "
                "run, close."};
        last = &*found;
    }
    const auto run = rules.dates_of(phase_kind::run);
    if (run && rules.term && (run->from < rules.term->from || run->until > rules.term->until))
        return finding{"Phase run reaches outside the term.", "Keep it within the dates of [term]."};
    return std::nullopt;
}

std::optional<finding> reply_pair_of_numbers(const program &rules) {
    const auto &promise = rules.replies.promise;
    if (!promise)
        return std::nullopt;
    if (promise->target_days == 0 || promise->limit_days == 0)
        return finding{"A reply promise has a target and a limit; one of them is missing.",
                       "Write target = \"3 days\" and limit = \"7 days\", or neither."};
    if (promise->limit_days < promise->target_days)
        return finding{fmt::format("The limit of {} days is before the target of {}.", promise->limit_days,
                                   promise->target_days),
                       "Make the limit the later one."};
    return std::nullopt;
}

std::optional<finding> reply_ladder(const program &given) {
    if (auto wrong = impossible(given.replies.steps, true))
        return wrong;
    const auto &promise = given.replies.promise;
    if (!promise || reply_pair_of_numbers(given) || !has_message(given.replies.steps))
        return std::nullopt;
    for (const auto &each : given.replies.steps) {
        if (is_message(each.act) && each.on_day < promise->target_days)
            return finding{fmt::format("The nudge of day {} comes before the target of {} days.", each.on_day,
                                       promise->target_days),
                           "Nobody is nudged while there is still time: nudge on the target day or later."};
        if (each.act == rung_act::queue && each.on_day < promise->limit_days)
            return finding{fmt::format("The queue of day {} comes before the limit of {} days.", each.on_day,
                                       promise->limit_days),
                           "Hand over to a coordinator at the limit or later."};
    }
    const auto rules = on_plain_weeks(given, [&](program &plain) { plain.replies = given.replies; });
    for (int h = 0; h < hours_of_week; ++h)
        for (const auto which : {side::mentor, side::protege}) {
            const auto from = hour_of_week(h);
            auto facts = a_pair(rules, from - days{40});
            facts.clocks = {{which, "message", from}};
            const auto limit = after_days(rules, rules.replies.clock, from, promise->limit_days);
            if (const auto late = late_warning(rules, facts, obligation_kind::reply, from, 1, limit))
                return passes_unwarned(rules, *late, "A message", from);
        }
    return std::nullopt;
}

std::optional<finding> floor_ladder(const program &rules) {
    if (auto wrong = due_ladder(rules.contacts.floor->steps))
        return wrong;
    if (!has_message(rules.contacts.floor->steps))
        return std::nullopt;
    const auto plain = on_plain_weeks(rules, [&](program &to) { to.contacts.floor = rules.contacts.floor; });
    const std::size_t people = rules.contacts.floor->counts == counted_contacts::any ? 2 : 1;
    return warned_every_month(plain, obligation_kind::contact_floor, people, "The month's end");
}

std::optional<finding> first_meeting_ladder(const program &rules) {
    if (auto wrong = due_ladder(rules.first_meeting->steps))
        return wrong;
    if (!has_message(rules.first_meeting->steps))
        return std::nullopt;
    const auto plain = on_plain_weeks(rules, [&](program &to) { to.first_meeting = rules.first_meeting; });
    return warned_after_pairing(plain, obligation_kind::first_meeting, "The first meeting of a pair");
}

std::optional<finding> getting_started_ladder(const program &rules) {
    if (auto wrong = due_ladder(rules.getting_started->steps))
        return wrong;
    if (!has_message(rules.getting_started->steps))
        return std::nullopt;
    const auto plain =
        on_plain_weeks(rules, [&](program &to) { to.getting_started = rules.getting_started; });
    return warned_after_pairing(plain, obligation_kind::getting_started, "The start of a pair");
}

std::optional<finding> check_in_ladder(const program &rules) {
    if (auto wrong = due_ladder(rules.check_ins->steps))
        return wrong;
    if (!has_message(rules.check_ins->steps))
        return std::nullopt;
    const auto plain = on_plain_weeks(rules, [&](program &to) {
        to.check_ins = rules.check_ins;
        to.check_ins->last_period.reset();
    });
    return warned_every_month(plain, obligation_kind::check_in, 2, "The check-in");
}

std::optional<finding> check_in_grace(const program &rules) {
    if (rules.check_ins->grace_days > 21)
        return finding{
            "With more than 21 days of grace two check-ins would be open at once for most of a month.",
            "Write grace = \"7 days\"."};
    return std::nullopt;
}

std::optional<finding> check_in_last_period(const program &rules) {
    const auto &last = rules.check_ins->last_period;
    if (last && rules.term && (last_day(*last) < rules.term->from || first_day(*last) > rules.term->until))
        return finding{"The last check-in lies outside the term.",
                       "Name a month of the term, or leave it out."};
    return std::nullopt;
}

std::optional<finding> check_in_questions(const program &rules) {
    if (auto wrong = doubled_question(rules.check_ins->mentor_questions))
        return wrong;
    return doubled_question(rules.check_ins->protege_questions);
}

std::optional<finding> goals_number(const program &rules) {
    if (rules.goals->open_at_once && !rules.plan.empty() &&
        std::find(rules.plan.begin(), rules.plan.end(), plan_part::goals) == rules.plan.end())
        return finding{"Goals are counted, but the plan has no part for them.", "Add \"goals\" to plan."};
    return std::nullopt;
}

std::optional<finding> milestone_ladder(const program &rules) {
    return due_ladder(rules.milestone_steps);
}

std::optional<finding> request_times(const program &given) {
    const auto &asked = *given.requests;
    if (asked.lapses_after_days * 24 <= asked.answer_within_hours)
        return finding{
            fmt::format("A request lapses after {} days, before the {} hours to answer it have passed.",
                        asked.lapses_after_days, asked.answer_within_hours),
            "Let it lapse later than it is to be answered."};
    const auto rules = on_plain_weeks(given, [&](program &plain) { plain.requests = given.requests; });
    request_facts facts;
    facts.id = "request";
    facts.mentor = a_pair(rules, {}).mentor;
    facts.protege = a_pair(rules, {}).protege;
    for (int h = 0; h < hours_of_week; ++h) {
        const auto from = facts.mentor.hours.next_good(hour_of_week(h));
        facts.asked_at = hour_of_week(h);
        facts.notified_at = from;
        const auto late = late_warning(rules, facts, obligation_kind::request, from, 2);
        if (late && late->person == facts.mentor.id)
            return passes_unwarned(rules, *late, "A request", hour_of_week(h));
    }
    return std::nullopt;
}

std::optional<finding> outreach_ladder(const program &given) {
    const auto &first = *given.requests->outreach;
    if (auto wrong = impossible(first.steps, true))
        return wrong;
    if (!has_message(first.steps))
        return std::nullopt;
    const auto rules = on_plain_weeks(given, [&](program &plain) { plain.requests = given.requests; });
    for (int h = 0; h < hours_of_week; ++h) {
        const auto from = hour_of_week(h);
        const outreach_facts facts{
            enrolment_id{"enrolment"}, a_pair(rules, from).protege, from, from, {}, {}};
        if (const auto late = late_warning(rules, facts, obligation_kind::outreach, from, 1))
            return passes_unwarned(rules, *late, "A sign-up", from);
    }
    return std::nullopt;
}

std::optional<finding> outreach_within(const program &rules) {
    if (!rules.requests)
        return finding{"There is an [outreach] but no [requests]: nobody could ask a mentor.",
                       "Add [requests], or leave [outreach] out."};
    return std::nullopt;
}

std::optional<finding> matching_weights(const program &rules) {
    int sum = 0;
    for (const auto &each : rules.matching.weights) {
        match_part part{};
        if (!parse_text(each.part, part))
            return finding{fmt::format("A profile has no part called \"{}\" that is compared.", each.part),
                           "Weigh field, industry, experience, expertise, interests, help, goals, kind, "
                           "languages or hours."};
        sum += each.weight;
    }
    if (!rules.matching.weights.empty() && sum != 100)
        return finding{fmt::format("The weights add up to {}, not to 100.", sum),
                       "Let them add up to 100 per cent."};
    return std::nullopt;
}

std::optional<finding> closing_ladder(const program &rules) {
    if (rules.leaving.closing_steps.empty())
        return std::nullopt;
    if (!rules.term)
        return finding{"A closing ladder counts from the end of a term, and there is no [term].",
                       "Add [term], or leave the ladder out."};
    return due_ladder(rules.leaving.closing_steps);
}

std::optional<finding> celebration_in_term(const program &rules) {
    const auto &on = rules.leaving.celebration;
    if (on && rules.term && (*on < rules.term->from || plus_days(rules.term->until, 60) < *on))
        return finding{"The celebration lies outside the term.", "Put it in the term or the 60 days after."};
    return std::nullopt;
}

std::optional<finding> days_off_bearable(const program &rules) {
    for (const auto &each : rules.attention.off)
        if (days_between(each.dates.from, each.dates.until) > 45)
            return finding{fmt::format("{} lasts more than 45 days; messages would pile up.", each.name),
                           "Close the program, or pause its pairs, for as long as that."};
    return std::nullopt;
}

std::optional<finding> caps_possible(const program &rules) {
    if (rules.attention.caps.per_week < rules.attention.caps.per_day)
        return finding{"A week holds fewer messages than one of its days.",
                       "Write per_day = 1 and per_week = 3."};
    return std::nullopt;
}

std::optional<finding> ladders_fit_a_week(const program &rules) {
    if (rules.attention.caps.per_week > 1)
        return std::nullopt;
    static const rung_list none;
    const std::pair<std::string_view, const rung_list &> ladders[] = {
        {"An answer that is waited for", rules.replies.steps},
        {"A check-in", rules.check_ins ? rules.check_ins->steps : none},
        {"The number of contacts", rules.contacts.floor ? rules.contacts.floor->steps : none},
        {"A first meeting", rules.first_meeting ? rules.first_meeting->steps : none},
        {"A start together", rules.getting_started ? rules.getting_started->steps : none},
        {"A milestone", rules.milestone_steps},
        {"The end of a pair", rules.leaving.closing_steps}};
    for (const auto &[what, steps] : ladders) {
        std::vector<int> on;
        for (const auto &each : steps)
            if (is_message(each.act))
                on.push_back(each.on_day);
        if (on.size() > 1 && on[1] - on[0] < 7)
            return finding{fmt::format("{} is followed up twice within a week, and one message a week is the "
                                       "most: the second could not be sent in time.",
                                       what),
                           "Write per_week = 2, or set the two reminders a week apart."};
    }
    return std::nullopt;
}

std::optional<finding> staff_days_in_order(const program &rules) {
    const auto &on = rules.attention.staff.on_days;
    if (std::adjacent_find(on.begin(), on.end(), std::greater_equal<>()) != on.end())
        return finding{"The days of a coordinator's word are not in order.",
                       "Write contact_days = [2, 14, 28]."};
    return std::nullopt;
}

std::optional<finding> gates_of_formal(const program &rules) {
    if (!rules.formal && !rules.entry.gates.empty())
        return finding{"An informal program has no gates.", "Write formal = true, or leave the gates out."};
    return std::nullopt;
}

std::optional<finding> sites_have_no_records(const program &rules) {
    if (rules.entry.proteges_are == protege_side::sites &&
        (rules.check_ins ? !rules.check_ins->protege_questions.empty() : false))
        return finding{"Pupils of a site are no records, so they file no check-in.",
                       "Leave the protégés' questions out, or write proteges_are = \"people\"."};
    return std::nullopt;
}

std::optional<finding> hours_present(const program &rules) {
    for (const auto which : {side::mentor, side::protege})
        if (rules.attention.hours(which).windows.empty())
            return finding{"There are no good hours in the week.", "Write \"Mon-Fri 8:00-20:00\"."};
    return std::nullopt;
}

std::optional<finding> outcome_questions(const program &rules) {
    return doubled_question(rules.leaving.outcomes);
}

} // namespace rapport::config::proofs
