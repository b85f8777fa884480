// One function a part; see overview_parts.hpp. The sentences about what is owed are nudge_wording's.
#include "handlers/overview_parts.hpp"

#include "handlers/applying.hpp"
#include "handlers/check_ins.hpp"
#include "handlers/clearing.hpp"
#include "handlers/founding.hpp"
#include "handlers/leaving_facts.hpp"
#include "handlers/leaving_told.hpp"
#include "handlers/line_meant.hpp"
#include "handlers/message_of_the_day.hpp"
#include "handlers/milestones.hpp"
#include "handlers/naming.hpp"
#include "handlers/open_door.hpp"
#include "handlers/owed.hpp"
#include "handlers/own_pace.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/pages.hpp"
#include "handlers/request_lists.hpp"
#include "handlers/sentences.hpp"
#include "handlers/term_commands.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;
using rows = std::vector<std::vector<surface::block>>;

void add(rows &to, surface::section row, std::optional<surface::actions> below = {}) {
    auto &blocks = to.emplace_back();
    blocks.emplace_back(std::move(row));
    if (below)
        blocks.emplace_back(std::move(*below));
}

rows each_alone(std::vector<surface::section> all) {
    rows out;
    for (auto &row : all)
        add(out, std::move(row));
    return out;
}

overview_part my_pairs(desk &at) {
    overview_part out{part_kind::pairs, "Your pairs", {}};
    for (const auto &pair : at.who.pairs) {
        const auto &rules = at.rules().of(pair.program);
        const auto other = partner_in(at, pair);
        const auto side = *pair.side_of(at.who.id());
        const auto where = pair.channel ? text(" Your conversation: {}", surface::channel_link{*pair.channel})
                                        : surface::mrkdwn{};
        surface::section row{.text = text("{}, {} in {}, since {}.{}{}", named(other),
                                          your_word(rules, other_side(side)), rules.name,
                                          full_date(at.who.where.day_of(pair.began_at)),
                                          further(standing_words(at.on_file, rules, pair)), where)};
        if (side == rapport::side::protege)
            row.text = surface::lines({row.text, door_line(at, pair.mentor)});
        if (const auto phase = phase_line(at, pair.program); !phase.text.empty())
            row.text = surface::lines({row.text, phase});
        if (pair.state == pair_state::paused)
            row.beside = surface::button{
                .says = "Go on", .action = std::string(leaving_button::go_on), .value = pair.id.str()};
        else if (rules.check_ins)
            row.beside = surface::button{
                .says = "Check in", .action = std::string(check_in_button), .value = pair.id.str()};
        add(out.rows, std::move(row));
    }
    return out;
}

// What the rules say the person owes now, in the words and with the buttons a nudge would use.
overview_part i_owe(desk &at) {
    overview_part out{part_kind::owed, "On your side", {}, text("Nothing is open on your side.")};
    for (const auto &pair : at.who.pairs) {
        if (!is_live(at.on_file, at.rules(), pair))
            continue;
        for (const auto &owed : owed_in(at.on_file, at.rules(), pair, at.now()).owed) {
            if (owed.person != at.who.id() || owed.since_at > at.now())
                continue;
            auto line = line_as_shown(pair, owed);
            line.act = text_of(rung_act::nudge); // in the words of a first reminder
            const auto facts = facts_of(at.on_file, at.here, *at.who.person, line, at.now());
            add(out.rows, {.text = line_text(facts)}, buttons_of_line(facts));
        }
    }
    return out;
}

bool owes_check_in(desk &at, const storage::pair &pair, std::string_view period) {
    if (!is_live(at.on_file, at.rules(), pair))
        return false;
    const auto all = owed_in(at.on_file, at.rules(), pair, at.now()).owed;
    return std::any_of(all.begin(), all.end(), [&](const obligation &owed) {
        return owed.kind == obligation_kind::check_in && owed.person == at.who.id() &&
               owed.occasion == period && owed.since_at <= at.now();
    });
}

// Never whether the other one is late or was reminded (product 4.7): until when they have, or that one may
// ask.
overview_part i_wait_for(desk &at) {
    overview_part out{part_kind::waits_for, "You wait for", {}};
    for (const auto &clock : at.on_file.clocks.awaited_by(at.who.id())) {
        const auto pair = own_pair(at, clock.pair.str());
        if (!pair)
            continue;
        const auto &rules = at.rules().of(pair->program);
        const auto since = short_date(at.who.where.day_of(clock.started_at));
        const auto until = clock.due_by_at ? clock.due_by_at : reply_target(rules, clock.started_at);
        const auto partner = partner_in(at, *pair);
        const auto who = first_name(partner);
        if (const auto back = away_as_told(at.on_file, partner, at.who.where, at.now())) {
            add(out.rows, {.text = text("An answer from {} since {}. {} is away until {}.", who, since, who,
                                        short_date(*back))});
            continue;
        }
        add(out.rows,
            {.text = until && *until > at.now() ? text("An answer from {} since {}. {} has until {}.", who,
                                                       since, who, short_date(at.who.where.day_of(*until)))
                                                : text("An answer from {} since {}. `{}` lets me see to it.",
                                                       who, since, at.line(command_name::nudge))});
    }
    return out;
}

// Open ones, those with a day first; whose they are is said where there are several pairs.
overview_part my_milestones(desk &at) {
    overview_part out{part_kind::milestones,
                      "Milestones",
                      {},
                      text("None are open. `{}` puts one down.",
                           at.line(command_name::milestone, "add Visit the lab by end of month"))};
    for (const auto &pair : at.who.pairs) {
        auto all = at.on_file.milestones.of_pair(pair.id);
        std::erase_if(all, [](const auto &one) { return one.state != milestone_state::open; });
        std::stable_sort(all.begin(), all.end(), [](const auto &a, const auto &b) {
            return a.due.has_value() == b.due.has_value() ? a.due && *a.due < *b.due : a.due.has_value();
        });
        for (const auto &one : all) {
            auto row = milestone_row(at, pair, one);
            if (at.who.pairs.size() > 1)
                row.text = text("{} With {}.", row.text, first_name(partner_in(at, pair)));
            add(out.rows, std::move(row));
        }
    }
    return out;
}

// What is open already is not said again.
overview_part comes_next(desk &at) {
    overview_part out{part_kind::next, "Next", {}};
    for (const auto &pair : at.who.pairs) {
        const auto &rules = at.rules().of(pair.program);
        if (!rules.check_ins)
            continue;
        const auto this_month = month_of(rules.where, at.now());
        const auto today = rules.where.day_of(at.now());
        const auto due = due_day(this_month, rules.check_ins->due_day);
        if (due >= today && !owes_check_in(at, pair, text_of(this_month)) &&
            !at.on_file.check_ins.standing(pair.id, *pair.side_of(at.who.id()), text_of(this_month)))
            add(out.rows, {.text = text("Check-in about working with {}: by {}.",
                                        first_name(partner_in(at, pair)), full_date(due))});
    }
    return out;
}

// Rule 58: join a program, or make one.
overview_part your_own(desk &at) {
    overview_part out{part_kind::your_own, "Or a program of your own", {}};
    add(out.rows, {.text = text("Say who is mentored, who can mentor and how often. You see at once how it "
                                "would be. An owner of Rapport here says yes. `{}`",
                                at.line(command_name::program, "new")),
                   .beside = surface::button{
                       .says = "Start your own", .action = std::string(founding_start), .value = "new"}});
    return out;
}

const overview_part *part_in(const std::vector<overview_part> &parts, part_kind which) {
    const auto found =
        std::find_if(parts.begin(), parts.end(), [&](const auto &one) { return one.which == which; });
    return found == parts.end() ? nullptr : &*found;
}

std::size_t rows_in(const std::vector<overview_part> &parts, part_kind which) {
    const auto *found = part_in(parts, which);
    return found == nullptr ? 0 : found->rows.size();
}

} // namespace

std::vector<overview_part> parts_of(desk &at) {
    std::vector<overview_part> parts;
    const bool in_pairs = at.who.person && !at.who.pairs.empty();
    if (in_pairs) {
        parts.push_back(i_owe(at));
        parts.push_back(i_wait_for(at));
    }
    if (at.who.person && at.who.is(standing::enrolled))
        parts.push_back({part_kind::requests, "Requests", open_request_rows(at)});
    if (in_pairs) {
        parts.push_back(my_pairs(at));
        parts.push_back(my_milestones(at));
        parts.push_back(comes_next(at));
    }
    if (at.who.person)
        parts.push_back({part_kind::on_your_way, "On your way", each_alone(where_i_stand(at))});
    if (at.who.is(standing::is_outside) && !at.who.is(standing::coordinates))
        parts.push_back({part_kind::programs, "Programs here", each_alone(programs_to_enter(at)),
                         text("No program runs here yet.")});
    if (at.who.is(standing::is_outside))
        parts.push_back(your_own(at));
    return parts;
}

surface::mrkdwn in_short(desk &at, const std::vector<overview_part> &parts) {
    if (at.who.is(standing::is_outside) && !at.who.is(standing::coordinates) && !where_i_stand(at).empty())
        return text("You are on your way into a program."); // its term is planned
    if (at.who.is(standing::is_outside))
        return at.who.is(standing::coordinates)
                   ? text("You coordinate: `{}` shows what needs a person.", at.line(command_name::program))
                   : text("You are in no program here yet. The people named below can enrol you.");
    const auto asked = at.who.person ? requests_to_answer(at) : 0;
    const auto waiting = asked == 0   ? std::string()
                         : asked == 1 ? std::string("One request waits for your answer.")
                                      : fmt::format("{} requests wait for your answer.", asked);
    if (at.who.pairs.empty())
        return text("You are enrolled, and in no pair yet.{}", further(waiting));
    const auto owed = rows_in(parts, part_kind::owed), waits = rows_in(parts, part_kind::waits_for);
    return text("{} {}. {}{}", at.who.pairs.size(), at.who.pairs.size() == 1 ? "pair" : "pairs",
                owed == 0 && waits == 0 ? std::string("Nothing is open on either side.")
                : owed == 0             ? std::string("Nothing is open on your side.")
                : owed == 1             ? std::string("One thing is open on your side.")
                                        : fmt::format("{} things are open on your side.", owed),
                further(waiting));
}

std::vector<surface::block> shown(const overview_part &one, std::size_t from, std::string_view action,
                                  bool as_header) {
    if (one.rows.empty() && one.when_empty.text.empty())
        return {};
    std::vector<surface::block> out;
    if (as_header)
        out.emplace_back(surface::header{one.heading});
    else
        out.emplace_back(surface::section{.text = text("*{}*", one.heading)});
    if (one.rows.empty())
        out.emplace_back(surface::context{{one.when_empty}});
    for (auto &block : paged_blocks(one.rows, from, action, text_of(one.which)))
        out.push_back(std::move(block));
    return out;
}

} // namespace rapport
