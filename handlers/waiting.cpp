// See waiting.hpp.
#include "handlers/waiting.hpp"

#include "handlers/coordinators_message.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/owed.hpp"
#include "handlers/own_pace.hpp"
#include "handlers/pages.hpp"
#include "handlers/surface/with_buttons.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/telling_pair.hpp"
#include "handlers/which_program.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

// What is due later than this needs no reminder yet.
constexpr days soon_due{7};

std::vector<storage::pair> pairs_to_see(desk &at, const program_slug &slug) {
    const auto term = at.on_file.programs.open_term(slug);
    auto out = term ? at.on_file.pairs.of_term(term->id) : std::vector<storage::pair>();
    std::erase_if(out, [&](const storage::pair &each) {
        return each.state != pair_state::open || (at.who.person && each.side_of(at.who.id()));
    });
    return out;
}

std::vector<surface::section> waits_in(desk &at, const program_slug &slug) {
    const auto &rules = at.rules().of(slug);
    std::vector<storage::reply_clock> clocks;
    for (const auto &pair : pairs_to_see(at, slug))
        for (auto &clock : at.on_file.clocks.running_of_pair(pair.id))
            clocks.push_back(std::move(clock));
    std::stable_sort(clocks.begin(), clocks.end(),
                     [](const auto &a, const auto &b) { return a.started_at < b.started_at; });
    std::vector<surface::section> rows;
    for (const auto &clock : clocks) {
        const auto waits = at.on_file.people.by_id(clock.waiting),
                   owes = at.on_file.people.by_id(clock.owed_by);
        if (!waits || !owes)
            continue;
        const auto since = rules.where.day_of(clock.started_at);
        const auto until = clock.due_by_at ? clock.due_by_at : reply_target(rules, clock.started_at);
        auto words = text("{} waits for {} since {}", named(*waits), named(*owes), short_date(since));
        words = clock.strength == clock_strength::soft ? text("{}. Perhaps answered elsewhere.", words)
                : until                                ? text("{}; an answer is hoped for by {}.", words,
                                                              short_date(rules.where.day_of(*until - milliseconds{1})))
                                                       : text("{}.", words);
        if (owes->away_until_at && at.now() < *owes->away_until_at &&
            at.now() >= owes->away_from_at.value_or(instant{}))
            words = text("{} {} is away until {}.", words, first_name(*owes),
                         short_date(rules.where.day_of(*owes->away_until_at - milliseconds{1})));
        rows.push_back({.text = std::move(words)});
    }
    return rows;
}

answer waiting_from(desk &at, const program_slug &slug, std::size_t from) {
    auto rows = waits_in(at, slug);
    const auto &name = at.rules().of(slug).name;
    if (rows.empty())
        return tell(text("*{}*: nobody waits for an answer that I know of.", name));
    surface::message said{.summary = text("*{}*: {} {} for an answer, the longest first.", name, rows.size(),
                                          rows.size() == 1 ? "person waits" : "people wait")};
    for (std::size_t i = 0; i < rows.size() && i < surface::most_in_a_list; ++i)
        said.summary = surface::lines({said.summary, text("• {}", rows[i].text)});
    said.blocks.emplace_back(
        surface::section{.text = text("*{}*: {} {} for an answer, the longest first.", name, rows.size(),
                                      rows.size() == 1 ? "person waits" : "people wait")});
    for (auto &block : paged(std::move(rows), from, waiting_page, slug.str()))
        said.blocks.push_back(std::move(block));
    said.blocks.emplace_back(
        surface::context{{text("Those who owe an answer hear first. `{}` reminds somebody once more.",
                               at.line(command_name::program, "remind @priya"))}});
    return tell(std::move(said));
}

// The most pressing thing that somebody owes now in pairs that the caller may see.
struct open_thing {
    storage::pair pair;
    obligation owed;
};
std::optional<open_thing> most_pressing(desk &at, const storage::person &who) {
    std::optional<open_thing> best;
    for (const auto &pair : at.on_file.pairs.open_of_person(who.id)) {
        if (!at.who.coordinates_program(pair.program) || !is_live(at.on_file, at.rules(), pair) ||
            pair.side_of(at.who.id()))
            continue;
        for (auto &owed : owed_in(at.on_file, at.rules(), pair, at.now()).owed) {
            const bool far_off = !owed.due && !owed.listed && owed.kind != obligation_kind::reply &&
                                 owed.deadline && *owed.deadline > at.now() + soon_due;
            const bool about_now =
                owed.since_at <= at.now() && owed.kind != obligation_kind::meeting && !far_off;
            if (owed.person != who.id || !about_now)
                continue;
            if (!best || (owed.kind == obligation_kind::reply && best->owed.kind != obligation_kind::reply) ||
                (owed.kind == best->owed.kind && owed.since_at < best->owed.since_at))
                best = open_thing{pair, std::move(owed)};
        }
    }
    return best;
}

// The line to say again: one that was given, or a new one that stands for what was never listed.
storage::nudge line_to_repeat(desk &at, const open_thing &what) {
    const auto kind = std::string(text_of(what.owed.kind));
    for (const auto &each : at.on_file.nudges.of_occasion(what.pair.id, kind, what.owed.occasion))
        if (each.person == what.owed.person && each.rung >= 0)
            return each;
    storage::nudge line;
    line.id = at.on_file.ids.next(at.now());
    line.pair = what.pair.id;
    line.kind = kind;
    line.occasion = what.owed.occasion;
    line.person = what.owed.person;
    line.act = text_of(rung_act::nudge);
    line.since_at = what.owed.since_at;
    line.planned_at = at.now();
    at.on_file.nudges.add(line);
    return line;
}

} // namespace

result<answer> show_waiting(desk &at) {
    const auto slug =
        coordinated_program(at, at.words.text("program"), at.line(command_name::program, "waiting"));
    if (!slug)
        return slug.error();
    return waiting_from(at, *slug, 0);
}

result<answer> page_waiting(desk &at) {
    const auto wanted = read_page(at.pressed().value);
    if (!wanted || !at.who.coordinates_program(program_slug{wanted->about}))
        return not_found("list", at.line(command_name::program, "waiting"));
    return in_place(waiting_from(at, program_slug{wanted->about}, wanted->from));
}

result<answer> remind_person(desk &at) {
    const auto example = at.line(command_name::program, "remind @priya");
    const auto who = participant(at, at.words.person("person").value(), example);
    if (!who)
        return who.error();
    if (at.who.person && who->id == at.who.id())
        return refusal{"", "That is you. What is open on your side is in your own list.",
                       at.line(command_name::mentoring)};
    const auto memberships = at.on_file.programs.memberships(who->id);
    const bool theirs = std::any_of(memberships.begin(), memberships.end(),
                                    [&](const auto &one) { return at.who.coordinates_program(one.program); });
    if (!theirs)
        return refusal{"", fmt::format("{} is in no program that you run.", first_name(*who)),
                       at.line(command_name::program, "people")};
    const auto what = most_pressing(at, *who);
    if (!what)
        return tell(text("Nothing is open on {}'s side that you can see, so there is nothing to remind of.",
                         first_name(*who)));
    const auto kind = std::string(text_of(what->owed.kind));
    for (const auto &each : at.on_file.nudges.of_occasion(what->pair.id, kind, what->owed.occasion)) {
        if (each.person != who->id)
            continue;
        const auto last = each.given_at ? *each.given_at : each.planned_at;
        const auto apart = each.rung < 0 ? span_of_time(between_reminds) : span_of_time(between_rungs);
        if ((each.given_at || each.rung < 0) && at.now() < last + apart)
            return refusal{"",
                           fmt::format("{} heard of it on {}. Another so soon would not help; a word from "
                                       "you may.",
                                       first_name(*who), short_date(at.who.where.day_of(last))),
                           at.line(command_name::program)};
    }
    const auto *rules = at.rules().find(what->pair.program);
    auto when = hours_of(*who, *rules, *what->pair.side_of(who->id));
    for (const auto &each : snoozed_times(at.on_file.open<storage::own_choices>().of(who->id), at.now()))
        when.closed.push_back(each);
    const auto then = when.next_good(at.now() + partner_hears_after);
    const auto line = line_to_repeat(at, *what);
    plan_again(at.on_file, line, then, at.now());
    at.on_file.journal.append(at.asked.team, {.at = at.now(),
                                              .actor = at.who.id().str(),
                                              .act = "remind",
                                              .subject_kind = "person",
                                              .subject = who->id.str(),
                                              .detail = kind});
    return done(with_undo(text("{} is reminded on {}, in my own words, of what has been open longest. Two "
                               "reminders are mine; this one is yours.",
                               first_name(*who), in_full(then, at.who.where)),
                          undo_button(at, remind_act, line.id + " " + key_of(line, then))));
}

// Subject: the line's id and the key of the message.
result<surface::mrkdwn> undo_remind(desk &at, const storage::undo_offer &offer) {
    const auto blank = offer.subject.find(' ');
    const auto line = at.on_file.nudges.by_id(offer.subject.substr(0, blank));
    const auto key = offer.subject.substr(blank + 1);
    const auto row = at.on_file.outbox.find(at.asked.team, key);
    if (!line || !row || row->state != storage::outbox_state::waiting)
        return refusal{"", "They have read it already.", at.line(command_name::program)};
    at.on_file.nudges.remind(line->id, std::nullopt);
    at.on_file.outbox.withdraw_prefix(at.asked.team, key, "undone", at.now());
    at.on_file.pairs.look_by(line->pair, at.now());
    return text("Taken back. No reminder of yours goes out.");
}

} // namespace rapport
