// Ranking people for somebody, and showing them; see suggesting.hpp.
#include "handlers/suggesting.hpp"

#include "handlers/naming.hpp"
#include "handlers/pages.hpp"
#include "handlers/profiles.hpp"
#include "handlers/requesting.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/usage_shape.hpp"
#include "handlers/which_program.hpp"
#include "storage/match_drafts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace rapport {
namespace {

using surface::text;

constexpr std::size_t most_query = 200;

surface::section fit_row(const program &rules, const fit &one, const traits &own, const zone &where,
                         instant now) {
    return {.text = text("{}, *{}*: {}. {}.", who_they_are(rules, *one.who), one.suits.percent,
                         reasons_in_words(one.suits, one.shown, own, where, now), room_in_words(*one.who))};
}

} // namespace

std::vector<fit> close_fits(storage::records &on_file, const finding &in, const participant_view &protege,
                            std::size_t most) {
    std::set<person_id> out_of_question;
    for (const auto &one : on_file.open<storage::mentor_requests>().of_protege(protege.who.id))
        if (one.term == in.term().id)
            out_of_question.insert(one.mentor);
    for (const auto &one : on_file.open<storage::match_drafts>().forbidden(in.term().id))
        if (one.protege == protege.who.id)
            out_of_question.insert(one.mentor);
    const auto own = in.compared(protege);
    std::vector<fit> all;
    for (const auto &one : in.all()) {
        if (one.as.role != role::mentor || !one.is_there() || !one.has_room() || !one.who.slack ||
            one.who.id == protege.who.id || out_of_question.contains(one.who.id) ||
            in.are_paired(one.who.id, protege.who.id))
            continue;
        auto shown = in.compared(one, seen_of(one.whole, seen_by::everyone));
        if (!in.with().may_pair(shown, own))
            continue;
        all.push_back({&one, {}, std::move(shown)});
        all.back().suits.percent = in.with().percent(all.back().shown, own);
    }
    std::sort(all.begin(), all.end(), [](const fit &a, const fit &b) {
        return std::pair(-a.suits.percent, a.who->who.id) < std::pair(-b.suits.percent, b.who->who.id);
    });
    if (all.size() > most)
        all.resize(most);
    for (auto &one : all)
        one.suits = in.with().of(one.shown, own);
    return all;
}

namespace {

// A mentor browses protégés' profiles, everybody else may look for mentors.
result<answer> suggest_in(desk &at, const program_slug &slug) {
    const auto &rules = at.rules().of(slug);
    const auto term = running_term(at, slug);
    if (!term)
        return term.error();
    const finding in(at.on_file, rules, *term, at.now());
    const auto *me = in.find(at.who.id(), role::protege);
    if (me == nullptr)
        return refusal{"",
                       fmt::format("Suggestions in {} are for its {}.", rules.name, rules.protege_word.many),
                       at.line(command_name::mentoring, "browse")};
    const auto fits = close_fits(at.on_file, in, *me, static_cast<std::size_t>(rules.matching.suggestions));
    if (fits.empty())
        return tell(text("Nobody in {} has room just now whom you have not asked. `{}` shows everyone.",
                         rules.name, at.line(command_name::mentoring, "browse")));
    const auto own = in.compared(*me);
    surface::message said{.summary = text("Close fits for you in {}, by both profiles. A suggestion, never "
                                          "science: you may ask anybody.",
                                          rules.name)};
    said.blocks.emplace_back(surface::section{.text = said.summary});
    for (const auto &one : fits) {
        said.blocks.emplace_back(fit_row(rules, one, own, at.who.where, at.now()));
        surface::actions below;
        if (auto ask = ask_button(at, rules, *term, *one.who))
            below.elements.emplace_back(std::move(*ask));
        below.elements.emplace_back(surface::button{
            .says = "See profile", .action = std::string(profile_button), .value = one.who->who.id.str()});
        said.blocks.emplace_back(std::move(below));
    }
    if (const auto shut = requests_are_shut(rules, at.now()))
        said.blocks.emplace_back(surface::context{{text("{}", *shut)}});
    return tell(std::move(said));
}

} // namespace

result<answer> suggest(desk &at) {
    if (!at.who.person)
        return denied(permission::enrolled, at.here.names);
    const auto slug =
        program_to_find_in(at, at.words.text("program"), at.line(command_name::mentoring, "suggest"));
    if (!slug)
        return slug.error();
    return suggest_in(at, *slug);
}

result<answer> suggest_pressed(desk &at) {
    const auto line = at.on_file.nudges.by_id(at.pressed().value);
    const auto enrolled = line && at.who.person && line->person == at.who.id()
                              ? at.on_file.programs.enrolment_by_id(enrolment_id{line->pair.str()})
                              : std::nullopt;
    const auto term = enrolled ? at.on_file.programs.term_by_id(enrolled->term) : std::nullopt;
    if (!term || at.rules().find(term->program) == nullptr)
        return not_found("reminder", at.line(command_name::mentoring, "suggest"));
    return suggest_in(at, term->program);
}

// --- browsing

namespace {

// What was typed, taken apart: words that a profile must hold, and filters.
struct query {
    program_slug program;
    std::vector<std::string> words; // all of them
    std::string kind, expertise;
    bool room = false, overlap = false;
    std::optional<role> as;
    std::string typed; // without the program
};

std::optional<std::string_view> after(std::string_view word, std::string_view key) {
    if (word.size() <= key.size() || !shape::alike(word.substr(0, key.size()), key))
        return std::nullopt;
    return word.substr(key.size());
}

query read_query(desk &at, std::string_view typed) {
    query out;
    for (const auto &word : surface::split_words(surface::shortened(surface::one_line(typed), most_query))) {
        const auto of_mine = at.who.programs();
        const auto named_one = std::find_if(of_mine.begin(), of_mine.end(), [&](const program_slug &slug) {
            return of_mine.size() > 1 && shape::alike(slug.str(), word);
        });
        if (named_one != of_mine.end()) {
            out.program = *named_one;
            continue;
        }
        out.typed += (out.typed.empty() ? "" : " ") + word;
        if (shape::alike(word, "room"))
            out.room = true;
        else if (shape::alike(word, "overlap"))
            out.overlap = true;
        else if (shape::alike(word, "mentors") || shape::alike(word, "proteges") ||
                 shape::alike(word, "mentees"))
            out.as = shape::alike(word, "mentors") ? role::mentor : role::protege;
        else if (const auto kind = after(word, "kind:"))
            out.kind = folded_tag(*kind);
        else if (const auto area = after(word, "expertise:"))
            out.expertise = folded_tag(*area);
        else
            out.words.push_back(folded_tag(word));
    }
    return out;
}

bool holds(const tag_set &tags, const std::string &word) {
    return std::any_of(tags.begin(), tags.end(),
                       [&](const std::string &tag) { return tag.find(word) != std::string::npos; });
}

bool fits(const query &asked, const finding &in, const participant_view &one, const profile_words &shown,
          const traits &seen, const traits *own) {
    if (asked.as && one.as.role != *asked.as)
        return false;
    if (asked.room && (one.as.role != role::mentor || !one.has_room() || !one.is_there()))
        return false;
    if (asked.overlap && (own == nullptr || (own->hours & seen.hours).none()))
        return false;
    if (!asked.kind.empty() && !holds(seen.of(match_part::kind), asked.kind))
        return false;
    if (!asked.expertise.empty() && !holds(seen.of(match_part::expertise), asked.expertise) &&
        !holds(seen.of(match_part::expertise), in.words().meant(asked.expertise)))
        return false;
    auto all = folded_tag(one.who.name);
    for (const auto &[which, entry] : shown)
        all += " " + folded_tag(entry.words);
    return std::all_of(asked.words.begin(), asked.words.end(), [&](const std::string &word) {
        const auto meant = in.words().meant(word);
        return all.find(word) != std::string::npos || all.find(meant) != std::string::npos ||
               std::any_of(seen.tags.begin(), seen.tags.end(),
                           [&](const tag_set &tags) { return holds(tags, meant); });
    });
}

struct found_one {
    const participant_view *who;
    std::optional<int> percent; // of those on the other side
    traits seen;
};

std::vector<found_one> found_by(desk &at, const query &asked, const finding &in, const participant_view *me) {
    std::optional<traits> own;
    if (me != nullptr)
        own = in.compared(*me);
    const bool coordinates = at.who.coordinates_program(asked.program);
    std::vector<found_one> out;
    for (const auto &one : in.all()) {
        if (one.who.state != person_state::active || (at.who.person && one.who.id == at.who.id()) ||
            one.as.state == enrolment_state::applied)
            continue;
        auto shown = seen_of(one.whole, coordinates ? seen_by::coordinators : seen_by::everyone);
        if (me != nullptr && me->as.role == role::mentor && one.as.role == role::protege && !coordinates)
            shown = seen_from_outside(at, asked.program, one.who.id, std::move(shown));
        auto seen = in.compared(one, shown);
        if (!fits(asked, in, one, shown, seen, own ? &*own : nullptr))
            continue;
        found_one row{&one, {}, std::move(seen)};
        if (own && one.as.role != me->as.role)
            row.percent = me->as.role == role::protege ? in.with().percent(row.seen, *own)
                                                       : in.with().percent(*own, row.seen);
        out.push_back(std::move(row));
    }
    std::sort(out.begin(), out.end(), [](const found_one &a, const found_one &b) {
        return std::tuple(-a.percent.value_or(-1), a.who->who.name, a.who->as.id) <
               std::tuple(-b.percent.value_or(-1), b.who->who.name, b.who->as.id);
    });
    return out;
}

surface::section browse_row(desk &at, const finding &in, const found_one &one, const participant_view *me) {
    auto words = who_they_are(in.rules(), *one.who);
    if (one.percent) {
        const auto own = in.compared(*me);
        const bool i_mentor = me->as.role == role::mentor;
        const auto &mentor = i_mentor ? own : one.seen;
        const auto &protege = i_mentor ? one.seen : own;
        words =
            text("{}, *{}*: {}", words, *one.percent,
                 reasons_in_words(in.with().of(mentor, protege), mentor, protege, at.who.where, at.now()));
    }
    const auto room = room_in_words(*one.who);
    if (!room.empty())
        words = text("{}. {}", words, room);
    return {.text = text("{}.", words),
            .beside = surface::button{.says = "See profile",
                                      .action = std::string(profile_button),
                                      .value = one.who->who.id.str()}};
}

result<answer> browse_from(desk &at, query asked, std::size_t from) {
    if (asked.program.empty()) {
        const auto slug = program_to_find_in(at, "", at.line(command_name::mentoring, "browse"));
        if (!slug)
            return slug.error();
        asked.program = *slug;
    }
    const auto &rules = at.rules().of(asked.program);
    const auto term = running_term(at, asked.program);
    if (!term)
        return term.error();
    const finding in(at.on_file, rules, *term, at.now());
    const participant_view *me = nullptr;
    if (at.who.person) {
        me = in.find(at.who.id(), role::protege);
        if (me == nullptr)
            me = in.find(at.who.id(), role::mentor);
    }
    if (me == nullptr && !at.who.coordinates_program(asked.program))
        return in_no_program(at);
    const auto all = found_by(at, asked, in, me);
    if (all.empty())
        return tell(text("Nobody in {} fits that. Fewer words find more; `{}` shows everyone.", rules.name,
                         at.line(command_name::mentoring, "browse")));
    surface::message said{
        .summary = text("{} in {}, closest fits first.",
                        all.size() == 1 ? std::string("One person") : fmt::format("{} people", all.size()),
                        rules.name)};
    said.blocks.emplace_back(surface::section{.text = said.summary});
    const auto row = [&](std::size_t i) -> std::vector<surface::block> {
        return {browse_row(at, in, all[i], me)};
    };
    const auto about = asked.program.str() + (asked.typed.empty() ? "" : " ") + asked.typed;
    for (auto &block : paged_of(all.size(), from, browse_page, about, row))
        said.blocks.push_back(std::move(block));
    said.blocks.emplace_back(surface::context{
        {text("Narrow it with words, or with `room`, `overlap`, `kind:coach`, `expertise:robotics`, "
              "`mentors`: `{}`",
              at.line(command_name::mentoring, "browse robotics room"))}});
    return tell(std::move(said));
}

} // namespace

result<answer> browse(desk &at) {
    return browse_from(at, read_query(at, at.words.text("words")), 0);
}

result<answer> page_browse(desk &at) {
    const auto gone = [&] { return not_found("list", at.line(command_name::mentoring, "browse")); };
    const auto wanted = read_page(at.pressed().value); // about: the program, then what was typed
    if (!wanted)
        return gone();
    const auto blank = wanted->about.find(' ');
    const program_slug slug{wanted->about.substr(0, blank)};
    const auto mine = at.who.programs();
    if (at.rules().find(slug) == nullptr ||
        (!at.who.coordinates_program(slug) && std::find(mine.begin(), mine.end(), slug) == mine.end()))
        return gone();
    auto asked = read_query(at, blank == std::string::npos ? "" : wanted->about.substr(blank + 1));
    asked.program = slug;
    auto page = browse_from(at, std::move(asked), wanted->from);
    if (!page)
        return page.error();
    return in_place(std::move(*page));
}

} // namespace rapport
