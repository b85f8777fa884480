// The table itself, in the order of a policy file. A new key is one row; what it must prove is in
// policy_proofs.cpp.
#include "config/policy_keys.hpp"

#include "config/policy_lists.hpp"
#include "config/policy_proofs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rapport::config {
namespace {

struct wording {
    std::string_view says, unless = {};
};
constexpr bool must = true;

// A row of one value: its codec, and where the value lives (`at` gives a reference to it, const or not).
template <class Codec, class At>
constexpr key_row key(std::string_view name, std::string_view example, concerns whom, Codec, At,
                      wording words, bool required = false,
                      std::optional<finding> (*prove)(const program &) = nullptr) {
    return {name,
            example,
            whom,
            words.says,
            words.unless,
            required,
            Codec::what,
            [](const node &from, program &to, complaints &) { return Codec::read(from, At{}(to)); },
            [](const program &from) { return Codec::show(At{}(from)); },
            prove,
            [](const program &from) {
                if constexpr (std::is_same_v<Codec, texts_codec>)
                    return fmt::format("{}", fmt::join(At{}(from), "; ")); // a text may hold commas
                else
                    return Codec::show(At{}(from));
            }};
}

std::string what_entries() {
    return "a list of tables";
}

// A row of a list of tables ([[name]]).
template <class At>
constexpr key_row entries(std::string_view name, concerns whom, At, wording words,
                          std::optional<finding> (*prove)(const program &) = nullptr) {
    return {name,
            "a table [[...]] for each",
            whom,
            words.says,
            words.unless,
            false,
            what_entries,
            [](const node &from, program &to, complaints &out) { return read_list(from, At{}(to), out); },
            [](const program &from) { return show_list(At{}(from)); },
            prove,
            [](const program &from) { return full_list(At{}(from)); }};
}

// One number of the reply promise; the other is looked for by its proof.
template <int reply_promise::*Number>
struct promise_codec {
    using days = days_codec<1, 60>;
    static std::string what() {
        return days::what();
    }
    static bool read(const node &from, std::optional<reply_promise> &to) {
        if (!to)
            to = reply_promise{0, 0};
        return days::read(from, (*to).*Number);
    }
    static std::string show(const std::optional<reply_promise> &value) {
        return value ? days::show((*value).*Number) : std::string();
    }
};

// One phase: its dates in the list of phases.
template <phase_kind Kind>
struct phase_codec {
    static std::string what() {
        return range_codec::what();
    }
    static bool read(const node &from, std::vector<phase> &to) {
        phase one{Kind, {}};
        if (!range_codec::read(from, one.dates))
            return false;
        to.push_back(one);
        return true;
    }
    static std::string show(const std::vector<phase> &all) {
        for (const auto &each : all)
            if (each.kind == Kind)
                return range_codec::show(each.dates);
        return {};
    }
};

// Where a value lives: `p` is the program, const or not.
#define AT(...)                                                                                              \
    [](auto &p) -> auto & {                                                                                  \
        return __VA_ARGS__;                                                                                  \
    }

using enum concerns;
using media_codec = list_codec<choice_codec<medium, medium_words>>;
using entry_codec = choice_codec<entry_way, entry_way_words>;
using clock_codec = choice_codec<clock_days, clock_days_words>;
constexpr auto all_phases = AT(p.phases);

const auto rows = std::to_array<key_row>({
    key("slug", "\"starter\"", coordinators, slug_codec{}, AT(p.slug), {"In commands it is called {}."},
        must),
    key("name", "\"Starter mentoring\"", everyone, text_codec{}, AT(p.name), {"This program is called {}."},
        must),
    key("purpose", "\"We help each other on.\"", everyone, text_codec{}, AT(p.purpose),
        {"What it is for: {}"}, must),
    key("zone", "\"Europe/Berlin\"", everyone, zone_codec{}, AT(p.where), {"Days and dates are those of {}."},
        must),
    key("formal", "true", everyone, flag_codec{}, AT(p.formal),
        {"Pairs are made by the program.",
         "Pairs are informal: no gates, no forms, reminders only if wanted."}),
    key("plan", "[\"agreement\", \"goals\"]", everyone,
        list_codec<choice_codec<plan_part, plan_part_words>>{}, AT(p.plan),
        {"A pair's plan has these parts: {}.", "No plan is asked of a pair."}),

    key("contact.name", "\"The mentoring office\"", everyone, text_codec{}, AT(p.contact.name),
        {"Questions go to {}."}, must),
    key("contact.email", "\"mentoring@example.org\"", everyone, text_codec{}, AT(p.contact.email),
        {"Its e-mail address is {}."}),
    key("contact.phone", "\"+1 555 0100\"", everyone, text_codec{}, AT(p.contact.phone),
        {"Its number is {}."}),

    key("words.mentor", "[\"mentor\", \"mentors\"]", everyone, role_word_codec{}, AT(p.mentor_word),
        {"Those who help are called: {}."}),
    key("words.protege", "[\"mentee\", \"mentees\"]", everyone, role_word_codec{}, AT(p.protege_word),
        {"Those who are helped are called: {}."}),

    key("offers.mentor_kinds", "[\"coach\", \"alumna or alumnus\"]", mentors, texts_codec{},
        AT(p.mentor_kinds), {"{Mentors} may be: {}."}),
    key("offers.themes", "[\"networking\"]", everyone, texts_codec{}, AT(p.themes), {"Pairs work on: {}."}),
    key("offers.ways_to_help", "[\"coach\", \"connector\"]", mentors, texts_codec{}, AT(p.ways_to_help),
        {"A {mentor} can help as: {}."}),

    key("term.dates", "\"2026-08-24 to 2027-05-14\"", everyone, range_codec{}, AT(*p.term),
        {"The term runs from {}."}),
    key("phases.recruit", "\"2026-03-01 to 2026-06-15\"", coordinators, phase_codec<phase_kind::recruit>{},
        all_phases, {"People are invited {}."}, false, proofs::phases_in_order),
    key("phases.apply", "\"2026-04-01 to 2026-06-30\"", everyone, phase_codec<phase_kind::apply>{},
        all_phases, {"Applications are taken {}.", "There is no window for applications."}),
    key("phases.screen", "\"2026-06-01 to 2026-07-31\"", coordinators, phase_codec<phase_kind::screen>{},
        all_phases, {"Applications are looked at {}."}),
    key("phases.train", "\"2026-07-01 to 2026-08-15\"", everyone, phase_codec<phase_kind::train>{},
        all_phases, {"Training is {}."}),
    key("phases.match", "\"2026-08-01 to 2026-08-23\"", everyone, phase_codec<phase_kind::match>{},
        all_phases, {"Pairs are made {}."}),
    key("phases.connect", "\"2026-09-14 to 2026-10-31\"", proteges, phase_codec<phase_kind::connect>{},
        all_phases, {"{Proteges} may ask {mentors} {}."}),
    key("phases.run", "\"2026-08-24 to 2027-05-07\"", everyone, phase_codec<phase_kind::run>{}, all_phases,
        {"Pairs meet {}."}),
    key("phases.close", "\"2027-04-26 to 2027-05-14\"", everyone, phase_codec<phase_kind::close>{},
        all_phases, {"The term is closed {}."}),

    key("entry.mentors", "\"application\"", mentors, entry_codec{}, AT(p.entry.mentors),
        {"The way in for {mentors}: {}."}),
    key("entry.proteges", "\"application\"", proteges, entry_codec{}, AT(p.entry.proteges),
        {"The way in for {proteges}: {}."}),
    key("entry.proteges_are", "\"people\"", proteges, choice_codec<protege_side, protege_side_words>{},
        AT(p.entry.proteges_are), {"The {protege} side is: {}."}, false, proofs::sites_have_no_records),
    key("entry.mentors_are", "\"people\"", mentors, choice_codec<mentor_side, mentor_side_words>{},
        AT(p.entry.mentors_are), {"The {mentor} side is: {}."}),
    entries("entry.eligibility", everyone, AT(p.entry.eligibility), {"Who may apply: {}."}),
    entries("entry.gates", everyone, AT(p.entry.gates), {"Needed before a pair is made: {}."},
            proofs::gates_of_formal),
    entries("entry.commitments", everyone, AT(p.entry.commitments), {"What is promised on joining: {}."}),

    key("reply.target", "\"3 days\"", everyone, promise_codec<&reply_promise::target_days>{},
        AT(p.replies.promise),
        {"When somebody waits for your answer, it is hoped for within {}.",
         "No time to answer in is promised."},
        false, proofs::reply_pair_of_numbers),
    key("reply.limit", "\"7 days\"", everyone, promise_codec<&reply_promise::limit_days>{},
        AT(p.replies.promise), {"It comes within {} at the latest; then a coordinator lends a hand."}),
    key("reply.clock", "\"calendar\"", everyone, clock_codec{}, AT(p.replies.clock),
        {"Days of answering are {} days."}),
    key("reply.loose_messages", "\"firm\"", everyone, choice_codec<loose_message, loose_message_words>{},
        AT(p.replies.loose), {"A message that is no explicit ask starts a clock that is: {}."}),
    key("reply.reactions", "false", everyone, flag_codec{}, AT(p.replies.reactions_answer),
        {"A reaction to a message that waits is an answer to it."}),
    key("reply.ladder", "[\"day 3: nudge\", \"day 7: queue\"]", everyone, ladder_codec{}, AT(p.replies.steps),
        {"While somebody waits: {}.", "Nobody is reminded of an answer."}, false, proofs::reply_ladder),

    key("contacts.media", "[\"call\", \"email\"]", everyone, media_codec{}, AT(p.contacts.media),
        {"These count as being in touch: {}."}),
    key("contacts.listening", "\"conversation\"", everyone, choice_codec<listening, listening_words>{},
        AT(p.contacts.hears), {"Rapport sees who wrote when, never what, in: {}."}),
    key("contacts.talk_elsewhere", "true", everyone, flag_codec{}, AT(p.contacts.may_talk_elsewhere),
        {"A pair may say that it talks elsewhere; silence here then means nothing."}),
    key("contacts.pairs_set_pace", "true", everyone, flag_codec{}, AT(p.contacts.pairs_set_pace),
        {"A pair agrees for itself how often it talks."}),

    key("floor.per_month", "2", everyone, number_codec<1, 31>{}, AT(p.contacts.floor->per_month),
        {"A pair is in touch {} times a calendar month or more."}),
    key("floor.counts", "\"any\"", everyone, choice_codec<counted_contacts, counted_contacts_words>{},
        AT(p.contacts.floor->counts), {"Counted for that: {}."}),
    key("floor.ladder", "[\"day -5: nudge\"]", everyone, ladder_codec{}, AT(p.contacts.floor->steps),
        {"If it is fewer, around the last day of the month: {}."}, false, proofs::floor_ladder),

    key("first_meeting.within", "\"30 days\"", everyone, days_codec<1, 90>{},
        AT(p.first_meeting->within_days), {"A pair first meets within {} of being made."}),
    key("first_meeting.media", "[\"video\", \"in-person\"]", everyone, media_codec{},
        AT(p.first_meeting->media), {"That meeting is by: {}."}),
    key("first_meeting.ladder", "[\"day -7: nudge\"]", everyone, ladder_codec{}, AT(p.first_meeting->steps),
        {"If you have not met, around the last of those days: {}."}, false, proofs::first_meeting_ladder),

    key("getting_started.within", "\"30 days\"", everyone, days_codec<1, 90>{},
        AT(p.getting_started->within_days), {"The plan is there within {} of the pairing."}),
    key("getting_started.ladder", "[\"day -7: nudge\"]", everyone, ladder_codec{},
        AT(p.getting_started->steps), {"If it is not there, around the last of those days: {}."}, false,
        proofs::getting_started_ladder),

    key("check_in.due_day", "28", everyone, number_codec<1, 31>{}, AT(p.check_ins->due_day),
        {"Each side fills in a short form every month, by day {} (or the month's last)."}),
    key("check_in.grace", "\"7 days\"", everyone, days_codec<0, 31>{}, AT(p.check_ins->grace_days),
        {"It is not late until {} after that, and never refused."}, false, proofs::check_in_grace),
    key("check_in.last_period", "\"2027-04\"", everyone, optional_codec<month_codec>{},
        AT(p.check_ins->last_period), {"The last one is for {}."}, false, proofs::check_in_last_period),
    key("check_in.ladder", "[\"day -2: nudge\", \"day 2: softer\", \"day 5: queue\"]", everyone,
        ladder_codec{}, AT(p.check_ins->steps),
        {"If it is not in, around that day: {}.", "Nobody is reminded of it."}, false,
        proofs::check_in_ladder),
    key("check_in.note", "true", everyone, flag_codec{}, AT(p.check_ins->note),
        {"You may add a note about how the pairing goes."}),
    key("check_in.readers", "\"The program's coordinators read it; your partner does not.\"", everyone,
        text_codec{}, AT(p.check_ins->readers), {"Who reads it: {}"}),
    entries("check_in.mentor_questions", mentors, AT(p.check_ins->mentor_questions),
            {"{Mentors} are asked: {}"}, proofs::check_in_questions),
    entries("check_in.protege_questions", proteges, AT(p.check_ins->protege_questions),
            {"{Proteges} are asked: {}"}),

    key("goals.open_at_once", "2", everyone, optional_codec<number_codec<1, 10>>{}, AT(p.goals->open_at_once),
        {"A pair has {} goals at a time; a finished one frees its place."}, false, proofs::goals_number),
    key("goals.kinds", "[\"career\"]", everyone, texts_codec{}, AT(p.goals->kinds), {"A goal is about: {}."}),
    key("goals.both_confirm", "true", everyone, flag_codec{}, AT(p.goals->both_confirm),
        {"Both sides agree to a goal."}),
    key("goals.follow_up", "\"30 days\"", mentors, optional_codec<days_codec<7, 180>>{},
        AT(p.goals->follow_up_days), {"A {mentor} reads a line about a goal that was not touched for {}."}),

    key("milestones.ladder", "[\"day 0: nudge\"]", everyone, ladder_codec{}, AT(p.milestone_steps),
        {"Whoever wants it is reminded of a milestone, around its date: {}.",
         "Dates of milestones are shown, never followed up."},
        false, proofs::milestone_ladder),

    key("requests.answer_within", "\"48 h\"", everyone, hours_codec<12, 336>{},
        AT(p.requests->answer_within_hours),
        {"A {mentor} answers a request within {} (or, if that leaves no good hour, by the end of the next "
         "one)."},
        false, proofs::request_times),
    key("requests.clock", "\"calendar\"", everyone, clock_codec{}, AT(p.requests->clock),
        {"That time is counted in {} days."}),
    key("requests.counts_from", "\"delivery\"", everyone, choice_codec<counted_from, counted_from_words>{},
        AT(p.requests->starts), {"It is counted from: {}."}),
    key("requests.lapses_after", "\"7 days\"", everyone, days_codec<1, 60>{},
        AT(p.requests->lapses_after_days), {"A request without answer ends after {}; both are told kindly."}),
    key("requests.open_at_once", "3", proteges, number_codec<1, 20>{}, AT(p.requests->open_at_once),
        {"A {protege} may have {} requests waiting at a time."}),
    key("requests.mentors_may_request", "false", mentors, flag_codec{}, AT(p.requests->mentors_may_request),
        {"{Mentors} may ask {proteges}, too.", "{Proteges} ask, {mentors} answer."}),
    key("requests.ask", "\"at once\"", proteges, choice_codec<asking, asking_words>{}, AT(p.requests->ask),
        {"Several {mentors} are asked: {}."}),

    key("outreach.within", "\"7 days\"", proteges, days_codec<1, 60>{}, AT(p.requests->outreach->within_days),
        {"A {protege} asks a {mentor} within {} of signing up, or of the opening if that is later."}, false,
        proofs::outreach_within),
    key("outreach.ladder", "[\"day 5: nudge\", \"day 7: queue\"]", proteges, ladder_codec{},
        AT(p.requests->outreach->steps), {"Whoever has not: {}."}, false, proofs::outreach_ladder),

    key("matching.weights", "{ interests = 60, goals = 40 }", everyone, weights_codec{},
        AT(p.matching.weights), {"Suggestions rest on what you both wrote, of 100 points: {}."}, false,
        proofs::matching_weights),
    key("matching.never_break", "[\"not same team\"]", everyone,
        list_codec<choice_codec<hard_rule, hard_rule_words>>{}, AT(p.matching.never_break),
        {"No pair is suggested without: {}."}),
    key("matching.suggestions", "5", proteges, number_codec<1, 20>{}, AT(p.matching.suggestions),
        {"A {protege} is shown {} suggestions, and may ask anybody."}),
    key("matching.mentor_capacity", "2", mentors, optional_codec<number_codec<1, 100>>{},
        AT(p.matching.mentor_capacity),
        {"A {mentor} has at most {} {proteges} at a time.", "{Mentors} may take on as many as they like."}),
    key("matching.mentors_set_capacity", "true", mentors, flag_codec{}, AT(p.matching.mentors_set_capacity),
        {"A {mentor} may set another number."}),
    key("matching.tags", "[\"robotics\", \"law\"]", everyone, texts_codec{}, AT(p.matching.tags),
        {"Words offered for profiles: {}."}),
    key("matching.synonyms", "[\"machine learning, ml\"]", everyone, texts_codec{}, AT(p.matching.synonyms),
        {"Read as the same in profiles: {}."}),

    key("leaving.mentor_notice", "\"30 days\"", mentors, days_codec<0, 180>{},
        AT(p.leaving.mentor_notice_days), {"A {mentor} who must leave says so {} before."}),
    key("leaving.protege_notice", "\"30 days\"", proteges, days_codec<0, 180>{},
        AT(p.leaving.protege_notice_days), {"A {protege} who wants to leave says so {} before."}),
    key("leaving.leave_now", "true", everyone, flag_codec{}, AT(p.leaving.leave_now),
        {"Anybody may leave at once, with a coordinator's help and without giving a reason."}),
    key("leaving.closing", "[\"stop\", \"next cycle\"]", everyone,
        list_codec<choice_codec<closing_choice, closing_choice_words>>{}, AT(p.leaving.closing),
        {"At the end a pair chooses: {}."}),
    key("leaving.ladder", "[\"day -21: nudge\"]", everyone, ladder_codec{}, AT(p.leaving.closing_steps),
        {"Whoever has not chosen, around the last day of the term: {}."}, false, proofs::closing_ladder),
    key("leaving.feedback", "[\"middle\", \"end\"]", everyone,
        list_codec<choice_codec<feedback_time, feedback_time_words>>{}, AT(p.leaving.feedback),
        {"Feedback is asked for at: {}."}),
    key("leaving.feedback_to_partner", "true", everyone, flag_codec{}, AT(p.leaving.feedback_to_partner),
        {"You may choose to show your feedback to your partner.", "Feedback goes to coordinators only."}),
    entries("leaving.outcomes", proteges, AT(p.leaving.outcomes),
            {"At the start, the middle and the end {proteges} are asked: {}"}, proofs::outcome_questions),
    key("leaving.celebration", "\"2027-05-07\"", everyone, optional_codec<date_codec>{},
        AT(p.leaving.celebration), {"The year's end is celebrated on {}."}, false,
        proofs::celebration_in_term),

    key("hours.mentors", "\"Mon-Fri 8:00-20:00\"", mentors, hours_week_codec{}, AT(p.attention.mentor_hours),
        {"{Mentors} are written to {}, or in the hours they choose."}, false, proofs::hours_present),
    key("hours.proteges", "\"daily 8:00-20:00\"", proteges, hours_week_codec{}, AT(p.attention.protege_hours),
        {"{Proteges} are written to {}, or in the hours they choose."}),
    entries("hours.off", everyone, AT(p.attention.off), {"Nothing is sent on: {}."},
            proofs::days_off_bearable),

    key("messages.per_day", "1", everyone, number_codec<1, 3>{}, AT(p.attention.caps.per_day),
        {"Reminders come in at most {} message a day, with all that is due in it."}, false,
        proofs::caps_possible),
    key("messages.per_week", "3", everyone, number_codec<1, 7>{}, AT(p.attention.caps.per_week),
        {"There are at most {} of them in a week."}, false, proofs::ladders_fit_a_week),
    key("messages.digest_day", "\"Mon\"", everyone, weekday_codec{}, AT(p.attention.caps.digest_day),
        {"What needs no day of its own comes on {}."}),
    key("messages.meeting_reminder", "true", everyone, flag_codec{}, AT(p.attention.meeting_reminder),
        {"Both are reminded of a meeting the day before.", "Meetings are not reminded of."}),
    key("messages.while_away", "\"rest\"", everyone, choice_codec<away_clocks, away_clocks_words>{},
        AT(p.attention.while_away), {"The clocks of somebody who is away: {}."}),

    key("staff.contact_days", "[2, 14, 28]", coordinators, list_codec<number_codec<0, 365>>{},
        AT(p.attention.staff.on_days),
        {"So many days after a pair is made its coordinators have a word with it: {}."}, false,
        proofs::staff_days_in_order),
    key("staff.then_monthly", "true", coordinators, flag_codec{}, AT(p.attention.staff.then_monthly),
        {"After that they do so every month."}),

    entries("resources", everyone, AT(p.resources), {"Places to turn to: {}."}),
    entries("prompts", everyone, AT(p.prompts), {"Thoughts that are sent: {}"}),

    key("retention.check_ins", "\"12 months\"", everyone, months_codec<1, 120>{},
        AT(p.retention.check_ins_months), {"Check-ins are erased {} after the term."}),
    key("retention.contacts", "\"12 months\"", everyone, months_codec<1, 120>{},
        AT(p.retention.contacts_months), {"Dates of contacts are erased {} after the term."}),
    key("retention.profiles", "\"12 months\"", everyone, months_codec<1, 120>{},
        AT(p.retention.profiles_months), {"Profiles are erased {} after the term."}),
});

#undef AT

constexpr std::array<group_row, 8> groups = {{
    {"term", [](const program &p) { return p.term.has_value(); }, [](program &p) { p.term.emplace(); },
     "The program has no end date."},
    {"floor", [](const program &p) { return p.contacts.floor.has_value(); },
     [](program &p) { p.contacts.floor.emplace(); }, "No number of contacts is asked for."},
    {"first_meeting", [](const program &p) { return p.first_meeting.has_value(); },
     [](program &p) { p.first_meeting.emplace(); }, "No date is set for a first meeting."},
    {"getting_started", [](const program &p) { return p.getting_started.has_value(); },
     [](program &p) { p.getting_started.emplace(); }, "No date is set for the plan."},
    {"check_in", [](const program &p) { return p.check_ins.has_value(); },
     [](program &p) { p.check_ins.emplace(); }, "There are no check-ins."},
    {"goals", [](const program &p) { return p.goals.has_value(); }, [](program &p) { p.goals.emplace(); },
     "Goals are a pair's own affair."},
    {"requests", [](const program &p) { return p.requests.has_value(); },
     [](program &p) { p.requests.emplace(); }, "Pairs are made by coordinators, not asked for."},
    {"outreach", [](const program &p) { return p.requests && p.requests->outreach; },
     [](program &p) {
         if (!p.requests)
             p.requests.emplace();
         p.requests->outreach.emplace();
     },
     "No time is set to ask a first {mentor} in."},
}};

} // namespace

std::span<const key_row> policy_keys() {
    return rows;
}

std::span<const group_row> policy_groups() {
    return groups;
}

std::string_view table_of(std::string_view key) {
    const auto dot = key.find('.');
    return dot == std::string_view::npos ? std::string_view{} : key.substr(0, dot);
}

bool is_promised(const program &rules, std::string_view key) {
    const auto table = table_of(key);
    for (const auto &group : groups)
        if (group.table == table)
            return group.promised(rules);
    return true;
}

} // namespace rapport::config
