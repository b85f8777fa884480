// See channel_enrolment.hpp.
#include "handlers/channel_enrolment.hpp"

#include "handlers/entering.hpp"
#include "handlers/introductions.hpp"
#include "handlers/naming.hpp"
#include "handlers/sentences.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/which_program.hpp"
#include "storage/joining.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

constexpr int asked_a_minute = 60; // of the platform about people, at its pace

std::string people(std::size_t n) {
    return fmt::format("{} {}", n, n == 1 ? "person" : "people");
}

// What the members of the channel come to.
struct members_seen {
    std::size_t here_already = 0, to_enrol = 0, to_ask = 0, cannot = 0;

    std::size_t all() const {
        return here_already + to_enrol + to_ask + cannot;
    }
};

enum class member_kind { here_already, to_enrol, to_ask, cannot };

member_kind kind_of(desk &at, const storage::term &term, const slack_id &slack, role as) {
    const auto who = at.on_file.people.by_slack(slack);
    if (!who)
        return member_kind::to_ask;
    if (who->state != person_state::active)
        return member_kind::cannot;
    const auto before = at.on_file.programs.enrolled(term.id, who->id, as);
    return before && before->state != enrolment_state::left ? member_kind::here_already
                                                            : member_kind::to_enrol;
}

members_seen counted(desk &at, const storage::term &term, const std::vector<slack_id> &all, role as) {
    members_seen seen;
    for (const auto &each : all)
        switch (kind_of(at, term, each, as)) {
        case member_kind::here_already:
            ++seen.here_already;
            break;
        case member_kind::to_enrol:
            ++seen.to_enrol;
            break;
        case member_kind::to_ask:
            ++seen.to_ask;
            break;
        case member_kind::cannot:
            ++seen.cannot;
            break;
        }
    return seen;
}

std::optional<refusal> not_listed(const desk &at, const command_typed &typed) {
    const auto mend = at.line(command_name::program, "enrol @ana protege");
    if (typed.unlisted == "not_in_channel" || typed.unlisted == "channel_not_found")
        return refusal{"", "I cannot see who is in that channel.",
                       "Invite me there with /invite, and say it again."};
    if (!typed.unlisted.empty())
        return refusal{"", "The workspace did not tell me who is in that channel.",
                       fmt::format("Try again in a minute, or one by one: {}", mend)};
    if (typed.listed.empty())
        return refusal{"", "Nobody is in that channel.", mend};
    return std::nullopt;
}

surface::modal form_of(const program &rules, const std::string &batch, role as, const members_seen &seen,
                       const std::string &name) {
    surface::modal form{.callback = std::string(listed_form),
                        .title = "Enrol a channel",
                        .submit = "Enrol",
                        .close = "Leave it",
                        .metadata = batch,
                        .notify_on_close = true};
    auto words =
        text("{} as {} in *{}*.", people(seen.to_enrol + seen.to_ask), role_in_words(rules, as), name);
    if (seen.to_ask > 0)
        words = surface::lines(
            {words, text("{} of them I do not know yet: I ask the workspace about each, which takes about {} "
                         "minutes; apps and people of connected workspaces are left out.",
                         seen.to_ask, seen.to_ask / asked_a_minute + 1)});
    if (seen.here_already > 0)
        words =
            surface::lines({words, text("{} are in it already and stay as they are.", seen.here_already)});
    if (seen.cannot > 0)
        words = surface::lines({words, text("{} cannot: their accounts are deactivated.", seen.cannot)});
    form.blocks.emplace_back(surface::section{.text = std::move(words)});
    form.blocks.emplace_back(
        surface::context{{text("Each gets one first message, in their good hours, a minute later.")}});
    form.blocks.emplace_back(
        surface::input{.field = "name",
                       .label = surface::plain_text("To go on, type {}", rules.slug.str()),
                       .asks = surface::plain_text_input{.max_length = 100}});
    return form;
}

void enrol_one(desk &at, const storage::person &who, const storage::term &term, role as, const person_id &by,
               instant since) {
    const auto before = at.on_file.programs.enrolled(term.id, who.id, as);
    if (before && before->state != enrolment_state::left)
        return;
    storage::enrolment row;
    row.id = before ? before->id : at.on_file.ids.make<enrolment_id>(at.now());
    row.term = term.id;
    row.person = who.id;
    row.role = as;
    row.by_person = by;
    row.since_at = since;
    at.on_file.programs.enrol(row);
    settle_enrolments(at.on_file, at.rules().of(term.program), term.program, who.id, at.now());
    plan_greeting(at.on_file, who.id, term.program, at.now());
}

} // namespace

result<answer> enrol_channel(desk &at, role as) {
    const auto &typed = at.as<command_typed>();
    const auto slug = coordinated_program(at, at.words.text("program"),
                                          at.line(command_name::program, "enrol #channel protege"));
    if (!slug)
        return slug.error();
    const auto &rules = at.rules().of(*slug);
    if (as == role::protege && rules.entry.proteges_are == protege_side::sites)
        return refusal{
            "", fmt::format("In {} the {} are places, never people.", rules.name, rules.protege_word.many),
            at.line(command_name::program, "site add Lincoln School")};
    const auto term = term_to_enter(at, *slug);
    if (!term)
        return term.error();
    if (auto why = not_listed(at, typed))
        return std::move(*why);
    const auto seen = counted(at, *term, typed.listed, as);
    if (seen.to_enrol + seen.to_ask == 0)
        return tell(text("Everybody in that channel is {} in {} already. Nothing changed.",
                         role_in_words(rules, as), rules.name));
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.",
                       at.line(command_name::program, "enrol @ana protege")};
    const auto batch = at.on_file.ids.next(at.now());
    auto joining = at.on_file.open<storage::joining>();
    for (const auto &each : typed.listed) {
        const auto kind = kind_of(at, *term, each, as);
        if (kind == member_kind::to_enrol || kind == member_kind::to_ask)
            joining.list({.slack = each,
                          .term = term->id,
                          .role = as,
                          .by_person = at.who.id(),
                          .batch = batch,
                          .listed_at = at.now(),
                          .confirmed_at = std::nullopt,
                          .asked_at = std::nullopt});
    }
    return open_form(form_of(rules, batch, as, seen, rules.name));
}

result<answer> enrol_listed(desk &at) {
    const auto batch = at.sent().metadata;
    auto joining = at.on_file.open<storage::joining>();
    const auto all = joining.of_batch(batch);
    const auto mend = at.line(command_name::program, "people");
    const auto term = all.empty() ? std::nullopt : at.on_file.programs.term_by_id(all.front().term);
    if (!term || !at.who.coordinates_program(term->program) || all.front().by_person != at.who.id() ||
        all.front().confirmed_at)
        return refusal{"", "That list was used already, or another took its place.", mend};
    const auto &rules = at.rules().of(term->program);
    const auto typed = surface::one_line(at.sent().holds.text("name"));
    if (!shape::alike(typed, rules.slug.str()) && !shape::alike(typed, rules.name)) {
        form_errors wrong;
        wrong.under["name"] = fmt::format("Type {} to go on. Nothing was saved.", rules.slug.str());
        return answer{.what = outcome::refused, .form = std::move(wrong)};
    }
    joining.confirm(batch, at.now());
    std::size_t enrolled = 0, asked = 0;
    for (const auto &each : all) {
        const auto who = at.on_file.people.by_slack(each.slack);
        if (!who) {
            ++asked;
            continue;
        }
        if (who->state == person_state::active) {
            enrol_one(at, *who, *term, each.role, each.by_person, at.now());
            ++enrolled;
        }
        joining.done(each.slack, each.term, each.role);
    }
    note_about(at, "enrol_list", at.who.id(),
               fmt::format("{} {} {}", term->program.str(), text_of(all.front().role), enrolled));
    auto undo = undo_button(at, listed_act,
                            fmt::format("{} {} {} {}", batch, term->id.str(), text_of(all.front().role),
                                        at.now().time_since_epoch().count()));
    return done(with_buttons(
        text("{} enrolled as {} in {}.{}", people(enrolled), role_in_words(rules, all.front().role),
             rules.name,
             further(asked == 0
                         ? std::string()
                         : fmt::format("I am asking the workspace about {} more; they come in by themselves "
                                       "within about {} minutes.",
                                       asked, asked / asked_a_minute + 1))),
        {std::move(undo)}));
}

result<answer> leave_listed(desk &at) {
    auto joining = at.on_file.open<storage::joining>();
    const auto &batch = at.as<form_closed>().metadata;
    const auto all = joining.of_batch(batch);
    if (!all.empty() && at.who.person && all.front().by_person == at.who.id() && !all.front().confirmed_at)
        joining.drop_batch(batch);
    return silence();
}

// Subject: "batch term role since". Who is in a pair by now stays.
result<surface::mrkdwn> undo_listed(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    role as{};
    if (parts.size() != 4 || !parse_text(parts[2], as))
        throw std::logic_error("enrolled list: an undo that was not written here");
    at.on_file.open<storage::joining>().drop_batch(parts[0]);
    const term_id term{parts[1]};
    const instant since{milliseconds{std::strtoll(parts[3].c_str(), nullptr, 10)}};
    std::size_t left = 0, kept = 0;
    for (const auto &one : at.on_file.programs.enrolments(term)) {
        if (one.role != as || one.since_at != since || one.by_person != offer.person ||
            one.state == enrolment_state::left)
            continue;
        const auto pairs = at.on_file.pairs.open_of_person(one.person);
        if (std::any_of(pairs.begin(), pairs.end(), [&](auto &pair) { return pair.term == term; })) {
            ++kept;
            continue;
        }
        at.on_file.programs.set_enrolment_state(one.id, enrolment_state::left, at.now());
        ++left;
    }
    note_about(at, "unenrol_list", at.who.id(), fmt::format("{} {}", term.str(), left));
    return text("Taken back: {} are not enrolled any more.{}", left,
                further(kept == 0 ? std::string() : fmt::format("{} stay, they are in a pair.", kept)));
}

void enrol_as_listed(desk &at, const storage::person &who) {
    if (!who.slack)
        return;
    auto joining = at.on_file.open<storage::joining>();
    for (const auto &each : joining.of(*who.slack)) {
        const auto term = at.on_file.programs.term_by_id(each.term);
        if (term && term->state != term_state::closed && at.rules().find(term->program) &&
            who.state == person_state::active)
            enrol_one(at, who, *term, each.role, each.by_person, each.confirmed_at.value_or(at.now()));
        joining.done(each.slack, each.term, each.role);
    }
}

void drop_from_lists(desk &at, const slack_id &who) {
    at.on_file.open<storage::joining>().drop(who);
}

} // namespace rapport
