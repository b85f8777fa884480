// Showing drafts; see match_page.hpp.
#include "handlers/match_page.hpp"

#include "handlers/lists.hpp"
#include "handlers/matching.hpp"
#include "handlers/naming.hpp"
#include "handlers/pages.hpp"
#include "handlers/permission.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace rapport {

using storage::drafted_pair;
using storage::match_draft;
using storage::match_state;
using surface::text;

std::string match_line(desk &at) {
    return at.line(command_name::program, "match");
}

void note_in_journal(desk &at, const char *act, const match_draft &draft, std::string detail) {
    at.on_file.journal.append(at.asked.team, {.at = at.now(),
                                              .actor = at.who.id().str(),
                                              .act = act,
                                              .subject_kind = "match",
                                              .subject = draft.id.str(),
                                              .detail = std::move(detail)});
}

result<match_draft> draft_meant(desk &at, const std::string &id, std::string_view version) {
    auto draft = at.on_file.open<storage::match_drafts>().by_id(storage::draft_id{id});
    if (!draft || !at.who.coordinates_program(draft->program) || !at.rules().find(draft->program))
        return not_found("draft", match_line(at));
    switch (draft->state) {
    case match_state::published:
        return refusal{"", "That draft was published; its pairs have begun.",
                       at.line(command_name::program, "people")};
    case match_state::dropped:
        return refusal{"", "That draft was dropped.", match_line(at)};
    case match_state::solving:
        return refusal{"", "That draft is being solved just now; a message tells you when it is there.",
                       match_line(at)};
    case match_state::draft:
        break;
    }
    if (!version.empty() && std::to_string(draft->version) != version)
        return refusal{"", "The draft was changed since you looked at it.", match_line(at)};
    return std::move(*draft);
}

shown_draft look_into(desk &at, const match_draft &draft) {
    auto term = at.on_file.programs.term_by_id(draft.term);
    if (!term)
        throw std::logic_error("match: a draft without its term");
    shown_draft out{
        draft, finding(at.on_file, at.rules().of(draft.program), std::move(*term), at.now()), {}, {}, 0};
    std::set<person_id> placed;
    for (auto &pair : at.on_file.open<storage::match_drafts>().pairs(draft.id)) {
        placed.insert(pair.protege);
        if (at.who.person && (pair.protege == at.who.id() || pair.mentor == at.who.id()))
            ++out.hidden;
        else
            out.pairs.push_back(std::move(pair));
    }
    for (const auto &one : out.in.all())
        if (one.as.role == role::protege && one.is_there() && one.pairs == 0 && !placed.contains(one.who.id))
            out.unmatched.push_back(one.who.id);
    return out;
}

namespace {

constexpr std::size_t most_named = 7;

surface::mrkdwn name_in(const finding &in, const person_id &who, role as) {
    const auto *one = in.find(who, as);
    return one != nullptr ? named(one->who) : text("someone who left");
}

surface::mrkdwn head_of(const shown_draft &what) {
    const auto &rules = what.in.rules();
    const auto pairs = what.pairs.size() + what.hidden;
    return text(
        "Draft for {}: {} {}, {} {} without a {}. {}The busiest and the least busy {} differ by {}. "
        "Nobody has been told anything.",
        rules.name, pairs, pairs == 1 ? "pair" : "pairs", what.unmatched.size(),
        what.unmatched.size() == 1 ? rules.protege_word.one : rules.protege_word.many, rules.mentor_word.one,
        what.draft.worst ? fmt::format("The lowest fit is {} of 100. ", *what.draft.worst) : std::string(),
        rules.mentor_word.one, what.draft.load_gap);
}

surface::section pair_row(desk &at, const shown_draft &what, const drafted_pair &one) {
    const auto *mentor = what.in.find(one.mentor, role::mentor);
    const auto *protege = what.in.find(one.protege, role::protege);
    surface::mrkdwn reasons;
    if (mentor != nullptr && protege != nullptr) {
        const auto m = what.in.compared(*mentor), p = what.in.compared(*protege);
        reasons = reasons_in_words(what.in.with().of(m, p), m, p, at.who.where, at.now());
    }
    const auto value = [&](const char *act) {
        return fmt::format("{} {} {} {}", act, what.draft.id.str(), what.draft.version, one.protege.str());
    };
    surface::overflow menu{.action = std::string(match_action::more)};
    menu.options.push_back(
        {.says = one.pinned ? "Unpin" : "Pin", .value = value(one.pinned ? "free" : "pin")});
    menu.options.push_back({.says = "Another mentor", .value = value("move")});
    menu.options.push_back({.says = "Not these two", .value = value("no")});
    return {.text = text("{} with {}, *{}*{}: {}.", name_in(what.in, one.protege, role::protege),
                         name_in(what.in, one.mentor, role::mentor), one.score, one.pinned ? " (pinned)" : "",
                         reasons),
            .beside = std::move(menu)};
}

surface::mrkdwn without_line(const shown_draft &what) {
    auto names = name_in(what.in, what.unmatched.front(), role::protege);
    for (std::size_t i = 1; i < what.unmatched.size() && i < most_named; ++i)
        names = text("{}, {}", names, name_in(what.in, what.unmatched[i], role::protege));
    return what.unmatched.size() > most_named
               ? text("Without: {} and {} more.", names, what.unmatched.size() - most_named)
               : text("Without: {}.", names);
}

surface::actions draft_buttons(const shown_draft &what) {
    const auto reference = fmt::format("{} {}", what.draft.id.str(), what.draft.version);
    const auto press = [&](const char *label, std::string_view action,
                           surface::tone look = surface::tone::neutral) {
        return surface::button{
            .says = label, .action = std::string(action), .value = reference, .look = look};
    };
    surface::actions out{{press("Publish", match_action::publish, surface::tone::primary),
                          press("Solve again around the pins", match_action::again),
                          press("As a list", match_action::list)}};
    if (what.unmatched.size() > most_named)
        out.elements.emplace_back(
            surface::button{.says = fmt::format("All {} without", what.unmatched.size()),
                            .action = std::string(list_turn),
                            .value = list_value("unmatched", what.draft.id.str()) + " 0"});
    out.elements.emplace_back(press("Drop the draft", match_action::drop));
    return out;
}

} // namespace

surface::message draft_page(desk &at, const match_draft &draft, std::size_t from) {
    const auto what = look_into(at, draft);
    surface::message said{.summary = head_of(what)};
    said.blocks.emplace_back(surface::section{.text = said.summary});
    const auto row = [&](std::size_t i) -> std::vector<surface::block> {
        return {pair_row(at, what, what.pairs[i])};
    };
    for (auto &block : paged_of(what.pairs.size(), from, match_action::page,
                                fmt::format("{} {}", draft.id.str(), draft.version), row))
        said.blocks.push_back(std::move(block));
    std::vector<surface::mrkdwn> notes;
    if (!what.pairs.empty())
        notes.push_back(text("Lowest fits first."));
    if (what.hidden > 0)
        notes.push_back(text("Pairs you would be in yourself are not shown: {}.", what.hidden));
    if (!what.unmatched.empty())
        notes.push_back(without_line(what));
    if (!notes.empty())
        said.blocks.emplace_back(surface::context{std::move(notes)});
    said.blocks.emplace_back(draft_buttons(what));
    return said;
}

result<answer> unmatched_from(desk &at, const std::string &id, std::size_t from) {
    const auto draft = draft_meant(at, id, "");
    if (!draft)
        return draft.error();
    const auto what = look_into(at, *draft);
    const auto &rules = what.in.rules();
    if (what.unmatched.empty())
        return tell(text("Everybody in the draft for {} has a {}.", rules.name, rules.mentor_word.one));
    surface::message said{.summary = text("{} of {} without a {} in this draft.", what.unmatched.size(),
                                          rules.name, rules.mentor_word.one)};
    std::vector<surface::section> rows;
    for (const auto &one : what.unmatched)
        rows.push_back({.text = name_in(what.in, one, role::protege)});
    said.blocks = surface::joined(
        {{surface::section{.text = said.summary}}, list_page(std::move(rows), from, "unmatched", id)});
    return tell(std::move(said));
}

answer changed_page(desk &at, match_draft draft, surface::mrkdwn what_was_done) {
    ++draft.version;
    draft.changed_at = at.now();
    at.on_file.open<storage::match_drafts>().save(draft);
    auto page = draft_page(at, draft, 0);
    page.blocks.insert(page.blocks.begin(), surface::section{.text = what_was_done});
    page.summary = surface::lines({what_was_done, page.summary});
    auto out = done(std::move(page));
    if (const auto *pressed = std::get_if<button_pressed>(&at.asked.what))
        out.in_place = !pressed->message_ts.empty();
    return out;
}

std::string first_name_of(desk &at, const person_id &who) {
    const auto found = at.on_file.people.by_id(who);
    return found ? first_name(*found) : "someone";
}

} // namespace rapport
