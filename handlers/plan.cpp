// The page and its papers; see plan.hpp. What is still open of it is mentoring/getting_started.
#include "handlers/plan.hpp"

#include "handlers/agreement.hpp"
#include "handlers/goals.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/owed.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/telling_pair.hpp"
#include "handlers/web_address.hpp"
#include "mentoring/getting_started.hpp"
#include "storage/plans.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using storage::paper_state;
using storage::plan_paper;
using surface::text;

storage::plan_papers papers_of(desk &at) {
    return at.on_file.open<storage::plan_papers>();
}

std::string line(const desk &at, std::string_view rest = {}) {
    return at.line(command_name::mentoring, rest.empty() ? "plan" : fmt::format("plan {}", rest));
}

// The word of a paper in commands and buttons, and back.
std::string_view word_of(plan_part part) {
    return part == plan_part::development_plan ? "development" : "project";
}
std::optional<plan_part> part_of(std::string_view word) {
    if (word == "development")
        return plan_part::development_plan;
    if (word == "project")
        return plan_part::project_plan;
    return std::nullopt;
}

std::string_view called(plan_part part) {
    return part == plan_part::development_plan ? "development plan" : "project plan and questions";
}

bool asked_for(const program &rules, plan_part part) {
    return std::find(rules.plan.begin(), rules.plan.end(), part) != rules.plan.end();
}

surface::mrkdwn linked(const plan_paper &one, std::string_view label) {
    return text("{}", surface::web_link{one.link, std::string(label)});
}

surface::button paper_press(std::string_view says, std::string_view what, const storage::pair &pair,
                            plan_part part, surface::tone look = surface::tone::neutral) {
    return {.says = says,
            .action = std::string(paper_button),
            .value = fmt::format("{} {} {}", what, pair.id.str(), word_of(part)),
            .look = look};
}

// --- the page

using rows = std::vector<surface::section>;

void agreement_row(desk &at, const storage::pair &pair, rows &out) {
    auto agreements = at.on_file.open<storage::agreements>();
    const auto newest = agreements.newest(pair.id), holding = agreements.holding(pair.id);
    const auto open = surface::button{.says = newest ? "Change it" : "Put it down",
                                      .action = std::string(agreement_open),
                                      .value = pair.id.str()};
    if (holding)
        out.push_back(
            {.text = text("*Agreement*, since {}: {}.", full_date(at.who.where.day_of(*holding->agreed_at)),
                          terms_of(at.on_file, pair, *holding)),
             .beside = open});
    if (newest && !newest->agreed_at) {
        const bool mine = newest->proposed_by == at.who.id();
        surface::section row{.text = text("*Agreement*, put down by {}: {}.",
                                          mine ? std::string("you") : first_name(partner_in(at, pair)),
                                          terms_of(at.on_file, pair, *newest))};
        if (mine)
            row.beside = open;
        else
            row.beside = surface::button{.says = "Agree",
                                         .action = std::string(agreement_agree),
                                         .value = fmt::format("{} {}", pair.id.str(), newest->version),
                                         .look = surface::tone::primary};
        out.push_back(std::move(row));
    }
    if (!newest)
        out.push_back(
            {.text = text("*Agreement*: how often, where, who writes first. Two minutes."), .beside = open});
}

void goals_row(desk &at, const storage::pair &pair, rows &out) {
    surface::mrkdwn all;
    int open = 0;
    for (const auto &one : at.on_file.open<storage::goals>().of_pair(pair.id)) {
        if (one.state == storage::goal_state::dropped)
            continue;
        open += one.state == storage::goal_state::open ? 1 : 0;
        all = surface::lines({all, text("{}. {}{}", one.number, one.title,
                                        one.state == storage::goal_state::done ? " (done)"
                                        : one.agreed_at                        ? " (agreed)"
                                                                               : "")});
    }
    const auto wanted = goals_to_begin_with(at.rules().of(pair.program));
    const auto head = open < wanted
                          ? text("*Goals*, {} of {}. `{}` shows them.", open, wanted,
                                 at.line(command_name::mentoring, "goals"))
                          : text("*Goals*. `{}` shows them.", at.line(command_name::mentoring, "goals"));
    surface::section row{.text = surface::lines({head, all})};
    if (open < wanted)
        row.beside = surface::button{
            .says = "Put down a goal", .action = std::string(goal_add), .value = pair.id.str()};
    out.push_back(std::move(row));
}

void milestones_row(desk &at, const storage::pair &pair, rows &out) {
    const auto all = at.on_file.milestones.of_pair(pair.id);
    const auto open = std::count_if(all.begin(), all.end(),
                                    [](const auto &one) { return one.state == milestone_state::open; });
    out.push_back(
        {.text = text("*Milestones*: {} open. `{}` shows them.", open, at.line(command_name::milestone))});
}

void paper_row(desk &at, const storage::pair &pair, plan_part part, rows &out) {
    const auto one = papers_of(at).find(pair.id, part);
    const bool mentee = pair.side_of(at.who.id()) == side::protege;
    const auto other = first_name(partner_in(at, pair));
    const std::string name(called(part));
    surface::section row;
    if (!one || (one->state == paper_state::draft && !mentee)) {
        row.text = one      ? text("*The {}*: {} has a draft.", name, other)
                   : mentee ? text("*Your {}*: keep it where you like and put down its link.", name)
                            : text("*The {}*: not there yet. {} keeps it, and you read it.", name, other);
        if (mentee)
            row.beside = paper_press("Put down a link", "link", pair, part);
        out.push_back(std::move(row));
        return;
    }
    const auto link = linked(*one, name);
    const auto on = [&](const std::optional<instant> &at_) {
        return at_ ? full_date(at.who.where.day_of(*at_)) : std::string();
    };
    switch (one->state) {
    case paper_state::draft:
        row.text = text("*{}*: a draft that only you see.", link);
        row.beside = paper_press("Share it", "share", pair, part, surface::tone::primary);
        break;
    case paper_state::shared:
        row.text = text("*{}*: shared on {}.", link, on(one->shared_at));
        row.beside = mentee ? paper_press("Change the link", "link", pair, part)
                            : paper_press("I have read it", "review", pair, part, surface::tone::primary);
        break;
    case paper_state::reviewed:
        row.text =
            text("*{}*: read by {} on {}.", link, mentee ? other : std::string("you"), on(one->reviewed_at));
        if (mentee)
            row.beside = paper_press("Change the link", "link", pair, part);
        break;
    }
    out.push_back(std::move(row));
}

answer page_of(desk &at, const storage::pair &pair) {
    const auto &rules = at.rules().of(pair.program);
    const auto partner = first_name(partner_in(at, pair));
    if (rules.plan.empty())
        return tell(text("{} asks for no plan, so there is nothing you must write. `{}` and `{}` are there "
                         "whenever they help.",
                         rules.name, at.line(command_name::mentoring, "goals"),
                         at.line(command_name::milestone)));
    const auto mine = open_words(still_open_in(at.on_file, rules, pair), *pair.side_of(at.who.id()));
    surface::message said{.summary = mine.empty()
                                         ? text("Your plan with {}. Nothing of it waits for you.", partner)
                                         : text("Your plan with {}. Still to do: {}.", partner, mine)};
    rows all;
    for (const auto part : rules.plan) {
        if (part == plan_part::agreement)
            agreement_row(at, pair, all);
        else if (part == plan_part::goals)
            goals_row(at, pair, all);
        else if (part == plan_part::milestones)
            milestones_row(at, pair, all);
        else
            paper_row(at, pair, part, all);
    }
    said.blocks.emplace_back(surface::section{.text = said.summary});
    for (auto &row : all) // one a part of the plan, two of an agreement: never more than seven
        said.blocks.emplace_back(std::move(row));
    said.blocks.emplace_back(surface::context{
        {text("Read by you two. Coordinators see what is there and since when, no titles and no links.")}});
    return tell(std::move(said));
}

// --- papers

// The state before, for the undo: "pair part state shared reviewed link", "-" where there was none.
std::string undo_subject(const storage::pair &pair, plan_part part, const std::optional<plan_paper> &before) {
    if (!before)
        return fmt::format("{} {} -", pair.id.str(), word_of(part));
    return fmt::format("{} {} {} {} {} {}", pair.id.str(), word_of(part), text_of(before->state),
                       stamp(before->shared_at), stamp(before->reviewed_at), before->link);
}

answer kept(desk &at, const storage::pair &pair, const std::optional<plan_paper> &before, plan_paper after,
            std::string_view act, surface::mrkdwn said) {
    if (before)
        after.changed_at = std::max(at.now(), before->changed_at + milliseconds{1});
    papers_of(at).save(after);
    look_at(at.on_file, at.here, pair.id, at.now());
    std::optional<std::string> key;
    const auto subject = fmt::format("paper:{}:{}", pair.id.str(), word_of(after.part));
    if (!act.empty())
        key = tell_pair(at, pair, paper_notice_kind, subject,
                        fmt::format("{}:{}:{}", subject, act, stamp(after.changed_at)),
                        {{"act", std::string(act)},
                         {"part", std::string(word_of(after.part))},
                         {"changed", stamp(after.changed_at)}});
    // the undo is of this state only
    const auto undo = fmt::format("{} {}", stamp(after.changed_at), undo_subject(pair, after.part, before));
    return done(with_buttons(std::move(said), {undo_button(at, paper_act, undo, std::move(key))}));
}

refusal not_in_this_plan(const desk &at, const storage::pair &pair, plan_part part) {
    return {"", fmt::format("{} asks for no {}.", at.rules().of(pair.program).name, called(part)), line(at)};
}

result<answer> put_link(desk &at, const storage::pair &pair, plan_part part, std::string_view typed) {
    if (!asked_for(at.rules().of(pair.program), part))
        return not_in_this_plan(at, pair, part);
    if (pair.side_of(at.who.id()) != side::protege)
        return refusal{"",
                       fmt::format("The {} is {}'s to keep; you read it once it is shared.", called(part),
                                   first_name(partner_in(at, pair))),
                       line(at)};
    const auto link = web_address(typed);
    if (!link)
        return refusal{"", link.error().wrong,
                       line(at, fmt::format("link {} {}", word_of(part), link.error().mend))};
    const auto before = papers_of(at).find(pair.id, part);
    if (before && before->link == *link)
        return tell(text("That link is there already."));
    plan_paper after;
    after.pair = pair.id;
    after.part = part;
    after.link = *link;
    after.author = at.who.id();
    after.changed_at = at.now();
    // one that was shared stays shared: its reader has to be told of the new place, and reads it anew
    const bool shared = before && before->state != paper_state::draft;
    if (shared) {
        after.state = paper_state::shared;
        after.shared_at = at.now();
    }
    return kept(at, pair, before, after, shared ? "shared" : "",
                shared ? text("The new link is there, and {} hears of it.", first_name(partner_in(at, pair)))
                       : text("Your draft is noted. Only you see the link until you share it: `{}`",
                              line(at, fmt::format("share {}", word_of(part)))));
}

result<answer> share(desk &at, const storage::pair &pair, plan_part part) {
    if (!asked_for(at.rules().of(pair.program), part))
        return not_in_this_plan(at, pair, part);
    const auto before = papers_of(at).find(pair.id, part);
    const auto partner = first_name(partner_in(at, pair));
    if (!before || before->author != at.who.id())
        return refusal{"", fmt::format("You have put down no link to a {}.", called(part)),
                       line(at, fmt::format("link {} https://docs.example.org/my-plan", word_of(part)))};
    if (before->state != paper_state::draft)
        return tell(text("It is shared with {} already.", partner));
    auto after = *before;
    after.state = paper_state::shared;
    after.shared_at = at.now();
    return kept(at, pair, before, after, "shared",
                text("Shared: {} gets the link. See that the page itself lets them in.", partner));
}

result<answer> review(desk &at, const storage::pair &pair, plan_part part) {
    const auto before = papers_of(at).find(pair.id, part);
    const auto partner = first_name(partner_in(at, pair));
    if (before && before->author == at.who.id())
        return refusal{"", fmt::format("It is your own; reading it is for {}.", partner), line(at)};
    if (!before || before->state == paper_state::draft)
        return refusal{"", fmt::format("There is no {} to read yet.", called(part)), line(at)};
    if (before->state == paper_state::reviewed)
        return tell(text("You have marked it as read already."));
    auto after = *before;
    after.state = paper_state::reviewed;
    after.reviewed_by = at.who.id();
    after.reviewed_at = at.now();
    return kept(at, pair, before, after, "reviewed", text("Noted: read today. {} hears of it.", partner));
}

result<answer> ask_for_link(desk &at, const storage::pair &pair, plan_part part) {
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.",
                       line(at, fmt::format("link {} https://docs.example.org/my-plan", word_of(part)))};
    surface::modal form{.callback = std::string(paper_form),
                        .title = "A link",
                        .submit = "Put it down",
                        .close = "Not now",
                        .metadata = fmt::format("{} {}", pair.id.str(), word_of(part))};
    form.blocks.emplace_back(
        surface::input{.field = "link",
                       .label = surface::plain_text("Where is your {}?", called(part)),
                       .asks = surface::plain_text_input{.max_length = static_cast<int>(longest_link),
                                                         .placeholder = "https://"},
                       .hint = "Only the link is kept. Nobody but you sees it until you share it."});
    return open_form(std::move(form));
}

// The pair and paper that words of ours name.
struct named_paper {
    storage::pair pair;
    plan_part part;
};
result<named_paper> paper_named(desk &at, std::string_view pair_word, std::string_view part_word) {
    auto pair = own_pair(at, pair_word);
    const auto part = part_of(part_word);
    if (!pair)
        return pair.error();
    if (!part)
        return not_found("paper", line(at));
    return named_paper{std::move(*pair), *part};
}

} // namespace

result<answer> show_plan(desk &at) {
    return page_of(at, at.pair());
}

result<answer> press_show_plan(desk &at) {
    const auto pair = own_pair(at, at.pressed().value);
    if (!pair)
        return pair.error();
    return page_of(at, *pair);
}

result<answer> link_paper(desk &at) {
    return put_link(at, at.pair(), *part_of(at.words.text("part")), at.words.text("link"));
}

result<answer> share_paper(desk &at) {
    return share(at, at.pair(), *part_of(at.words.text("part")));
}

result<answer> review_paper(desk &at) {
    return review(at, at.pair(), *part_of(at.words.text("part")));
}

result<answer> press_paper(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    if (parts.size() != 3)
        return not_found("paper", line(at));
    const auto on = paper_named(at, parts[1], parts[2]);
    if (!on)
        return on.error();
    if (parts[0] == "link")
        return ask_for_link(at, on->pair, on->part);
    return parts[0] == "share" ? share(at, on->pair, on->part) : review(at, on->pair, on->part);
}

result<answer> paper_from_form(desk &at) {
    const auto parts = surface::split_words(at.sent().metadata);
    if (parts.size() != 2)
        return not_found("paper", line(at));
    const auto on = paper_named(at, parts[0], parts[1]);
    if (!on)
        return on.error();
    const auto link = web_address(at.sent().holds.text("link"));
    if (!link)
        return answer{.what = outcome::refused,
                      .form = form_errors{{{"link", link.error().wrong + " Nothing was saved."}}}};
    return put_link(at, on->pair, on->part, *link);
}

// Subject: the time of the state that is taken back, then what it was before.
result<surface::mrkdwn> undo_paper(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    const auto part = parts.size() < 4 ? std::nullopt : part_of(parts[2]);
    if (!part)
        throw std::logic_error("plan: an undo that was not written here");
    const pair_id pair{parts[1]};
    const auto now = papers_of(at).find(pair, *part);
    if (!now || stamp(now->changed_at) != parts[0])
        return refusal{"", "That was changed meanwhile.", line(at)};
    if (parts[3] == "-") {
        papers_of(at).erase(pair, *part);
        look_at(at.on_file, at.here, pair, at.now());
        return text("Taken back: the link is gone.");
    }
    auto after = *now;
    parse_text(parts[3], after.state);
    after.shared_at = read_stamp(parts[4]);
    after.reviewed_at = read_stamp(parts[5]);
    if (!after.reviewed_at)
        after.reviewed_by.reset();
    after.link = parts[6]; // a link has no blanks
    after.changed_at = now->changed_at + milliseconds{1};
    papers_of(at).save(after);
    look_at(at.on_file, at.here, pair, at.now());
    return text("Taken back: it is as it was before.");
}

std::optional<surface::message> paper_notice(storage::records &on_file, const house &,
                                             const storage::outbox_row &row) {
    const auto what = told_in(on_file, row);
    const auto part = part_of(what["part"]);
    if (!what.holds() || !part)
        return std::nullopt;
    const auto one = on_file.open<storage::plan_papers>().find(what.pair->id, *part);
    if (!one || stamp(one->changed_at) != what["changed"])
        return std::nullopt;
    const auto who = first_name(*what.by);
    const auto link = linked(*one, called(*part));
    if (what["act"] == "reviewed")
        return surface::said(text("{} has read the {}.", who, link));
    return with_buttons(text("{} shared the {}.", who, link),
                        {paper_press("I have read it", "review", *what.pair, *part, surface::tone::primary)});
}

} // namespace rapport
