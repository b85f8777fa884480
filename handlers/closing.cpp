// Choosing and reading; see closing.hpp. What comes of it is closing_outcome's.
#include "handlers/closing.hpp"

#include "handlers/closing_quotes.hpp"
#include "handlers/feedback.hpp"
#include "handlers/leaving_facts.hpp"
#include "handlers/line_meant.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/sentences.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/surface/with_buttons.hpp"
#include "handlers/taking_back.hpp"
#include "storage/closing.hpp"
#include "storage/plans.hpp"
#include "storage/turnings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rapport {
namespace {

using surface::text;

// How a choice is called in buttons, and what it means.
struct choice_row {
    closing_choice which;
    std::string_view word; // in values of buttons
    std::string_view button;
    std::string_view noted;
};
constexpr std::array<choice_row, 3> ways_on = {{
    {closing_choice::next_cycle, "next", "Continue next term", "you would like to go on in the next term"},
    {closing_choice::continue_privately, "private", "Continue privately",
     "you would like to go on outside the program"},
    {closing_choice::stop, "stop", "Stop here", "it may end here"},
}};

const choice_row &row_of(closing_choice which) {
    return *std::find_if(ways_on.begin(), ways_on.end(),
                         [&](const auto &each) { return each.which == which; });
}

bool offers(const program &rules, closing_choice which) {
    const auto &all = rules.leaving.closing;
    return std::find(all.begin(), all.end(), which) != all.end();
}

std::vector<surface::element> choice_buttons(const program &rules, const storage::pair &pair) {
    std::vector<surface::element> out;
    for (const auto &each : ways_on)
        if (offers(rules, each.which))
            out.emplace_back(surface::button{.says = each.button,
                                             .action = std::string(closing_button::choose),
                                             .value = fmt::format("{} {}", pair.id.str(), each.word)});
    return out;
}

bool was_completed(storage::records &on_file, const storage::pair &pair) {
    const auto ending = on_file.open<storage::endings>().of(pair.id);
    return pair.state == pair_state::ended && ending && ending->kind == ending_kind::completed;
}

// Until when the two may say how they go on; none: they may not, or it is settled.
std::optional<instant> open_until(storage::records &on_file, const program &rules, const storage::pair &pair,
                                  instant now) {
    if (rules.leaving.closing.empty() || on_file.open<storage::pair_outcomes>().of(pair.id))
        return std::nullopt;
    if (pair.state == pair_state::ended) {
        const auto until = pair.ended_at.value_or(now) + days{closing_open_days};
        return was_completed(on_file, pair) && now < until ? std::optional(until) : std::nullopt;
    }
    const auto end = end_of(on_file, rules, pair);
    if (!end || end->by == planned_end::cause::notice ||
        now < rules.where.start_of(closing_opens(rules.leaving, end->last)))
        return std::nullopt;
    return end->at + days{closing_open_days};
}

int months_of(const program &rules, const storage::pair &pair, instant until) {
    const int all = days_between(rules.where.day_of(pair.began_at), rules.where.day_of(until));
    return std::max(1, (all + 15) / 30);
}

// The first few by name, for the two alone.
std::string titles_of(const std::vector<std::string> &titles) {
    constexpr std::size_t most = 3;
    std::string out;
    for (std::size_t i = 0; i < titles.size() && i < most; ++i)
        out += (out.empty() ? "" : ", ") + surface::one_line(titles[i]);
    return titles.size() > most ? out + ", …" : out;
}

// The pair of a button or line, where the caller is of it and may choose now; else in four parts what it is.
result<storage::pair> pair_to_close(desk &at, std::string_view id, instant *until) {
    const auto pair = at.on_file.pairs.by_id(pair_id{std::string(id)});
    if (!pair || !at.who.person || !pair->side_of(at.who.id()))
        return not_found("pair", at.line(command_name::mentoring));
    const auto *rules = at.rules().find(pair->program);
    const auto open = rules ? open_until(at.on_file, *rules, *pair, at.now()) : std::nullopt;
    const auto partner = first_name(partner_in(at, *pair));
    if (!open)
        return refusal{fmt::format("how you go on with {}", partner),
                       pair->state == pair_state::ended && pair->ended_at
                           ? fmt::format("Your pair with {} ended on {}, and the time to choose is over.",
                                         partner, full_date(at.who.where.day_of(*pair->ended_at)))
                           : fmt::format("It is not yet time to choose; you and {} are going on.", partner),
                       at.line(command_name::mentoring)};
    *until = *open;
    return *pair;
}

} // namespace

std::string achieved_words(storage::records &on_file, const program &rules, const storage::pair &pair,
                           instant now) {
    std::vector<std::string> milestones, goals;
    for (const auto &each : on_file.milestones.of_pair(pair.id))
        if (each.state == milestone_state::done)
            milestones.push_back(each.title);
    for (const auto &each : on_file.open<storage::goals>().of_pair(pair.id))
        if (each.state == storage::goal_state::done)
            goals.push_back(each.title);
    const auto until = pair.ended_at.value_or(now);
    const auto contacts =
        on_file.contacts
            .between(pair.id, rules.where.day_of(pair.began_at), plus_days(rules.where.day_of(until), 1))
            .size();
    std::string out;
    const auto add = [&](const std::string &part) { out += (out.empty() ? "" : ", ") + part; };
    if (!milestones.empty())
        add(fmt::format("{} ({})", counted(milestones.size(), "milestone", "milestones"),
                        titles_of(milestones)));
    if (!goals.empty())
        add(fmt::format("{} ({})", counted(goals.size(), "goal", "goals"), titles_of(goals)));
    if (contacts > 0)
        add(counted(contacts, "contact", "contacts"));
    if (out.empty())
        return out;
    return fmt::format("{}, in {}", out, counted(months_of(rules, pair, until), "month", "months"));
}

std::optional<surface::message> closing_message(storage::records &on_file, const house &here,
                                                const storage::pair &pair) {
    const auto *rules = here.rules.find(pair.program);
    if (!rules || rules->leaving.closing.empty() || !was_completed(on_file, pair))
        return std::nullopt;
    auto words = text("This pairing in {} is complete. Thank you both.", rules->name);
    const auto reached = achieved_words(on_file, *rules, pair, pair.ended_at.value_or(instant{}));
    if (!reached.empty())
        words = surface::lines({words, text("What you reached together: {}.", reached)});
    for (const auto &quote : on_file.open<storage::quotes>().approved_of(pair.id))
        words = surface::lines({words, text("“{}”", quote.words)});
    const bool chosen = on_file.open<storage::closing_wishes>().of_pair(pair.id).size() == 2;
    if (chosen || on_file.open<storage::pair_outcomes>().of(pair.id))
        return surface::said(words);
    words = surface::lines(
        {words,
         text("How would you like to go on? Each of you says it alone, until {}; you go on if both want to, "
              "and else it ends here, kindly.",
              full_date(rules->where.day_of(pair.ended_at.value_or(instant{}) + days{closing_open_days} -
                                            milliseconds{1})))});
    auto out = with_buttons(words, choice_buttons(*rules, pair));
    surface::actions more;
    more.elements.emplace_back(surface::button{
        .says = "A line others may read", .action = std::string(quote_button::open), .value = pair.id.str()});
    if (!rules->leaving.feedback.empty())
        more.elements.emplace_back(surface::button{
            .says = "Give feedback", .action = std::string(feedback_button), .value = pair.id.str()});
    out.blocks.emplace_back(std::move(more));
    return out;
}

std::vector<storage::pair> closings_open(desk &at) {
    std::vector<storage::pair> out;
    if (!at.who.person)
        return out;
    for (const auto &pair : at.on_file.pairs.of_person(at.who.id()))
        if (const auto *rules = at.rules().find(pair.program);
            rules && open_until(at.on_file, *rules, pair, at.now()))
            out.push_back(pair);
    return out;
}

answer show_closing(desk &at, const storage::pair &pair) {
    const auto &rules = at.rules().of(pair.program);
    const auto partner = first_name(partner_in(at, pair));
    const auto until = open_until(at.on_file, rules, pair, at.now());
    const auto mine = at.on_file.open<storage::closing_wishes>().of(pair.id, at.who.id());
    auto words =
        text("You and {} in {}. How would you like to go on? {} is asked the same and does not see your "
             "answer; you go on if both want to.",
             partner, rules.name, partner);
    if (const auto reached = achieved_words(at.on_file, rules, pair, at.now()); !reached.empty())
        words = surface::lines({words, text("What you reached so far: {}.", reached)});
    if (mine)
        words = surface::lines(
            {words, text("You said: {}.{}", row_of(mine->choice).noted,
                         further(until ? fmt::format("You may change it until {}.",
                                                     full_date(at.who.where.day_of(*until - milliseconds{1})))
                                       : std::string()))});
    return tell(with_buttons(std::move(words), choice_buttons(rules, pair)));
}

result<answer> choose_closing(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    const auto *row = std::find_if(ways_on.begin(), ways_on.end(), [&](const auto &each) {
        return parts.size() == 2 && each.word == parts[1];
    });
    if (row == ways_on.end())
        return not_found("choice", at.line(command_name::mentoring, "continue"));
    instant until{};
    const auto pair = pair_to_close(at, parts[0], &until);
    if (!pair)
        return pair.error();
    const auto &rules = at.rules().of(pair->program);
    if (!offers(rules, row->which))
        return refusal{std::string(row->button), fmt::format("{} does not offer that.", rules.name),
                       at.line(command_name::mentoring, "continue")};
    auto wishes = at.on_file.open<storage::closing_wishes>();
    const auto before = wishes.of(pair->id, at.who.id());
    if (before && before->choice == row->which)
        return tell(text("You said so already: {}.", row->noted));
    wishes.choose({pair->id, at.who.id(), row->which, false, at.now()});
    at.on_file.journal.append(at.asked.team, {.at = at.now(),
                                              .actor = at.who.id().str(),
                                              .act = "closing_choice",
                                              .subject_kind = "pair",
                                              .subject = pair->id.str(),
                                              .detail = ""}); // not which: it is theirs alone
    if (pair->state != pair_state::ended)
        look_at(at.on_file, at.here, pair->id, at.now());
    else
        at.on_file.open<storage::turnings>().plan({pair->program, pair->id.str(),
                                                   fmt::format("{} decided", settles_turning),
                                                   partner_hears_at(at), std::nullopt});
    const auto partner = first_name(partner_in(at, *pair));
    std::vector<surface::element> buttons;
    if (row->which == closing_choice::continue_privately && at.who.person->email)
        buttons.emplace_back(surface::button{.says = surface::plain_text("Let {} keep my address", partner),
                                             .action = std::string(closing_button::address),
                                             .value = pair->id.str()});
    buttons.emplace_back(undo_button(
        at, closing_act,
        fmt::format("{} {}", pair->id.str(), before ? row_of(before->choice).word : std::string_view("-"))));
    return done(with_buttons(
        text("Noted: {}. {} does not see it; you two go on if both want to. You may change it until "
             "{}.",
             row->noted, partner, full_date(at.who.where.day_of(until - milliseconds{1}))),
        std::move(buttons)));
}

// Subject: "pair choice|-".
result<surface::mrkdwn> undo_choice(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    if (parts.size() != 2)
        throw std::logic_error("closing: an undo that was not written here");
    const pair_id pair{parts[0]};
    if (at.on_file.open<storage::pair_outcomes>().of(pair))
        return refusal{"", "The other side has said so, too: it is settled.",
                       at.line(command_name::mentoring)};
    auto wishes = at.on_file.open<storage::closing_wishes>();
    const auto *row =
        std::find_if(ways_on.begin(), ways_on.end(), [&](const auto &each) { return each.word == parts[1]; });
    if (row == ways_on.end())
        wishes.erase(pair, at.who.id());
    else
        wishes.choose({pair, at.who.id(), row->which, false, at.now()});
    if (const auto found = at.on_file.pairs.by_id(pair); found && found->state != pair_state::ended)
        look_at(at.on_file, at.here, pair, at.now());
    return row == ways_on.end() ? text("Taken back: nothing is chosen.")
                                : text("Taken back: it is as you said before.");
}

result<answer> let_keep_address(desk &at) {
    instant until{};
    const auto pair = pair_to_close(at, at.pressed().value, &until);
    if (!pair)
        return pair.error();
    auto wishes = at.on_file.open<storage::closing_wishes>();
    auto mine = wishes.of(pair->id, at.who.id());
    const auto partner = first_name(partner_in(at, *pair));
    if (!mine || mine->choice == closing_choice::stop || !at.who.person->email)
        return refusal{"your address", "There is none to pass on for this choice.",
                       at.line(command_name::mentoring, "continue")};
    mine->shows_address = true;
    wishes.choose(*mine);
    return done(text("Noted: if both of you go on, {} reads your address {}. Choosing anew takes it back.",
                     partner, *at.who.person->email));
}

result<answer> closing_from_line(desk &at) {
    const auto line = line_meant(at, at.pressed().value);
    if (!line)
        return not_found("reminder", at.line(command_name::mentoring));
    instant until{};
    const auto pair = pair_to_close(at, line->pair.str(), &until);
    if (!pair)
        return pair.error();
    return show_closing(at, *pair);
}

} // namespace rapport
