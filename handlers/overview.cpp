// The parts of the overview; see overview.hpp. The sentences about what is owed are nudge_wording's.
#include "handlers/overview.hpp"

#include "handlers/applying.hpp"
#include "handlers/check_ins.hpp"
#include "handlers/clearing.hpp"
#include "handlers/founding.hpp"
#include "handlers/help.hpp"
#include "handlers/message_of_the_day.hpp"
#include "handlers/milestones.hpp"
#include "handlers/naming.hpp"
#include "handlers/open_door.hpp"
#include "handlers/owed.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/program_page.hpp"
#include "handlers/term_commands.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

// One part of the overview: its heading and rows, at most seven shown.
struct part {
    surface::mrkdwn heading;
    std::vector<surface::section> rows;
};

std::vector<surface::block> shown(const std::vector<part> &parts) {
    std::vector<surface::block> all;
    for (const auto &one : parts) {
        if (one.rows.empty())
            continue;
        all.emplace_back(surface::section{.text = text("*{}*", one.heading)});
        for (auto &row : surface::listed(one.rows, text("not shown here")))
            all.push_back(std::move(row));
    }
    return all;
}

part my_pairs(desk &at) {
    part out{text("Your pairs"), {}};
    for (const auto &pair : at.who.pairs) {
        const auto &rules = at.rules().of(pair.program);
        const auto other = partner_in(at, pair);
        const auto side = *pair.side_of(at.who.id());
        const auto where =
            pair.channel ? text(", you talk in {}", surface::channel_link{*pair.channel}) : surface::mrkdwn{};
        surface::section row{
            .text = text("{}, {} in {}, since {}{}.{}", named(other), your_word(rules, other_side(side)),
                         rules.name, full_date(at.who.where.day_of(pair.began_at)), where,
                         pair.state == pair_state::paused ? " The pair rests for now." : "")};
        if (side == rapport::side::protege)
            row.text = surface::lines({row.text, door_line(at, pair.mentor)});
        if (const auto phase = phase_line(at, pair.program); !phase.text.empty())
            row.text = surface::lines({row.text, phase});
        if (rules.check_ins)
            row.beside = surface::button{
                .says = "Check in", .action = std::string(check_in_button), .value = pair.id.str()};
        out.rows.push_back(std::move(row));
    }
    return out;
}

// What the rules say the person owes now, in the words a nudge would use.
part i_owe(desk &at) {
    part out{text("On your side"), {}};
    for (const auto &pair : at.who.pairs) {
        if (!is_live(at.on_file, at.rules(), pair))
            continue;
        for (const auto &owed : owed_in(at.on_file, at.rules(), pair, at.now()).owed) {
            if (owed.person != at.who.id() || owed.since_at > at.now())
                continue;
            storage::nudge line;
            line.pair = pair.id;
            line.kind = text_of(owed.kind);
            line.occasion = owed.occasion;
            line.person = owed.person;
            line.act = text_of(rung_act::nudge);
            line.since_at = owed.since_at;
            out.rows.push_back(
                {.text = line_text(facts_of(at.on_file, at.here, *at.who.person, line, at.now()))});
        }
    }
    return out;
}

// Never whether the other one is late or was reminded (product 4.7): until when they have, or that one may
// ask.
part i_wait_for(desk &at) {
    part out{text("You wait for"), {}};
    for (const auto &clock : at.on_file.clocks.awaited_by(at.who.id())) {
        const auto pair = own_pair(at, clock.pair.str());
        if (!pair)
            continue;
        const auto &rules = at.rules().of(pair->program);
        const auto since = short_date(at.who.where.day_of(clock.started_at));
        const auto until = clock.due_by_at ? clock.due_by_at : reply_target(rules, clock.started_at);
        const auto who = first_name(partner_in(at, *pair));
        out.rows.push_back({.text = until && *until > at.now()
                                        ? text("An answer from {} since {}. {} has until {}.", who, since,
                                               who, short_date(at.who.where.day_of(*until)))
                                        : text("An answer from {} since {}. `{}` lets me see to it.", who,
                                               since, at.line(command_name::nudge))});
    }
    return out;
}

part comes_next(desk &at) {
    part out{text("Next"), {}};
    for (const auto &pair : at.who.pairs) {
        const auto &rules = at.rules().of(pair.program);
        const auto who = first_name(partner_in(at, pair));
        if (rules.check_ins) {
            const auto this_month = month_of(rules.where, at.now());
            const auto today = rules.where.day_of(at.now());
            const auto due = due_day(this_month, rules.check_ins->due_day) >= today
                                 ? due_day(this_month, rules.check_ins->due_day)
                                 : due_day(plus_months(this_month, 1), rules.check_ins->due_day);
            if (due_day(this_month, rules.check_ins->due_day) >= today &&
                !at.on_file.check_ins.standing(pair.id, *pair.side_of(at.who.id()), text_of(this_month)))
                out.rows.push_back(
                    {.text = text("Check-in about working with {}: by {}.", who, full_date(due))});
        }
        auto all = at.on_file.milestones.of_pair(pair.id);
        std::erase_if(all, [&](const storage::milestone &one) {
            return one.state != milestone_state::open || !one.due || *one.due < rules.where.day_of(at.now());
        });
        std::sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return *a.due < *b.due; });
        for (std::size_t i = 0; i < all.size() && i < 3; ++i)
            out.rows.push_back({.text = text("Milestone {} with {}, “{}”: by {}.", all[i].number, who,
                                             all[i].title, full_date(*all[i].due))});
    }
    return out;
}

// Rule 58: join a program, or make one.
part your_own(desk &at) {
    part out{text("Or a program of your own"), {}};
    out.rows.push_back(
        {.text = text("Say who is mentored, who can mentor and how often: you see at once how it would "
                      "be, and an owner of Rapport here says yes. `{}`",
                      at.line(command_name::program, "new")),
         .beside = surface::button{
             .says = "Start your own", .action = std::string(founding_start), .value = "new"}});
    return out;
}

std::vector<part> parts_of(desk &at) {
    std::vector<part> parts;
    if (at.who.person) {
        parts.push_back(i_owe(at));
        parts.push_back(i_wait_for(at));
        parts.push_back(my_pairs(at));
        parts.push_back(comes_next(at));
        parts.push_back({text("On your way"), where_i_stand(at)});
    }
    if (at.who.is(standing::is_outside) && !at.who.is(standing::coordinates))
        parts.push_back({text("Programs here"), programs_to_enter(at)});
    if (at.who.is(standing::is_outside))
        parts.push_back(your_own(at));
    return parts;
}

// The whole meaning in a sentence or two, for screen readers and notifications.
surface::mrkdwn in_short(desk &at, const std::vector<part> &parts) {
    if (at.who.is(standing::is_outside))
        return at.who.is(standing::coordinates)
                   ? text("You coordinate: `{}` shows what needs a person.", at.line(command_name::program))
                   : text("You are in no program here yet. The people named below can enrol you.");
    if (at.who.pairs.empty())
        return text("You are enrolled, and in no pair yet.");
    const auto owed = parts[0].rows.size(), waits = parts[1].rows.size();
    return text("{} {}. {}", at.who.pairs.size(), at.who.pairs.size() == 1 ? "pair" : "pairs",
                owed == 0 && waits == 0 ? std::string("Nothing is open on either side.")
                : owed == 0             ? std::string("Nothing is open on your side.")
                : owed == 1             ? std::string("One thing is open on your side.")
                                        : fmt::format("{} things are open on your side.", owed));
}

} // namespace

result<answer> show_me(desk &at) {
    const auto parts = parts_of(at);
    surface::message said{.summary = in_short(at, parts)};
    said.blocks = surface::joined({{surface::section{.text = said.summary}}, shown(parts)});
    said.blocks.emplace_back(surface::context{
        {text("`{}` shows what you can do here.", at.line(command_name::mentoring, "help"))}});
    return tell(std::move(said));
}

surface::home home_of(desk &at) {
    surface::home page;
    const auto parts = parts_of(at);
    page.blocks.emplace_back(surface::header{"Mentoring"});
    page.blocks.emplace_back(surface::section{.text = in_short(at, parts)});
    for (auto &block : shown(parts))
        page.blocks.push_back(std::move(block));
    for (auto &block : queue_on_home(at))
        page.blocks.push_back(std::move(block));
    page.blocks.emplace_back(surface::divider{});
    page.blocks.emplace_back(
        surface::context{{whom_to_ask(at), text("`{}` shows what you can do here.",
                                                at.line(command_name::mentoring, "help"))}});
    return page;
}

result<answer> show_home(desk &at) {
    answer out;
    out.home = home_of(at);
    return out;
}

} // namespace rapport
