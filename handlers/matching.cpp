// The coordinator's side of a whole-pool match; see matching.hpp. How it is solved is match_solving's.
#include "handlers/matching.hpp"

#include "handlers/entering.hpp"
#include "handlers/finding.hpp"
#include "handlers/introductions.hpp"
#include "handlers/match_solving.hpp"
#include "handlers/naming.hpp"
#include "handlers/permission.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/usage_shape.hpp"
#include "handlers/which_program.hpp"
#include "mentoring/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace rapport {
namespace {

using storage::drafted_pair;
using storage::match_draft;
using storage::match_state;
using surface::text;

constexpr std::size_t most_list = 2900; // characters of the list in a form
constexpr std::size_t most_named = 7;

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

std::size_t number_in(std::string_view word) {
    std::size_t n = 0;
    const auto [end, wrong] = std::from_chars(word.data(), word.data() + word.size(), n);
    return wrong == std::errc() && end == word.data() + word.size() ? n : 0;
}

// A draft that a button names, the coordinator's own affair and unchanged since the button was made.
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

// --- showing

struct shown_draft {
    const match_draft &draft;
    finding in;
    std::vector<drafted_pair> pairs; // without those the reader is in
    std::vector<person_id> unmatched;
    std::size_t hidden = 0;
};

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

surface::message draft_page(desk &at, const match_draft &draft, std::size_t from) {
    const auto what = look_into(at, draft);
    if (from >= what.pairs.size())
        from = 0;
    const auto to = std::min(from + surface::most_in_a_list, what.pairs.size());
    surface::message said{.summary = head_of(what)};
    said.blocks.emplace_back(surface::section{.text = said.summary});
    for (auto i = from; i < to; ++i)
        said.blocks.emplace_back(pair_row(at, what, what.pairs[i]));
    std::vector<surface::mrkdwn> notes;
    if (!what.pairs.empty())
        notes.push_back(text("Showing {} to {} of {}, lowest fits first.", from + 1, to, what.pairs.size()));
    if (what.hidden > 0)
        notes.push_back(text("Pairs you would be in yourself are not shown: {}.", what.hidden));
    if (!what.unmatched.empty()) {
        auto names = name_in(what.in, what.unmatched.front(), role::protege);
        for (std::size_t i = 1; i < what.unmatched.size() && i < most_named; ++i)
            names = text("{}, {}", names, name_in(what.in, what.unmatched[i], role::protege));
        notes.push_back(what.unmatched.size() > most_named
                            ? text("Without: {} and {} more.", names, what.unmatched.size() - most_named)
                            : text("Without: {}.", names));
    }
    if (!notes.empty())
        said.blocks.emplace_back(surface::context{std::move(notes)});
    const auto reference = fmt::format("{} {}", draft.id.str(), draft.version);
    surface::actions pages;
    const auto page = [&](const char *label, std::size_t start) {
        pages.elements.emplace_back(surface::button{.says = label,
                                                    .action = std::string(match_action::page),
                                                    .value = fmt::format("{} {}", reference, start)});
    };
    if (from > 0)
        page("Back", from - std::min(from, surface::most_in_a_list));
    if (to < what.pairs.size())
        page("Next", to);
    if (!pages.elements.empty())
        said.blocks.emplace_back(std::move(pages));
    const auto press = [&](const char *label, std::string_view action,
                           surface::tone look = surface::tone::neutral) {
        return surface::button{
            .says = label, .action = std::string(action), .value = reference, .look = look};
    };
    said.blocks.emplace_back(surface::actions{
        {press("Publish", match_action::publish, surface::tone::primary),
         press("Solve again around the pins", match_action::again), press("As a list", match_action::list),
         press("Drop the draft", match_action::drop)}});
    return said;
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

answer being_solved(const program &rules) {
    return tell(text("The match for {} is being worked out; a message tells you when the draft is there. "
                     "Nobody else hears of it.",
                     rules.name));
}

} // namespace

result<answer> match_pool_now(desk &at) {
    const auto slug = coordinated_program(at, at.words.text("program"), match_line(at));
    if (!slug)
        return slug.error();
    const auto term = running_term(at, *slug);
    if (!term)
        return term.error();
    const auto &rules = at.rules().of(*slug);
    auto drafts = at.on_file.open<storage::match_drafts>();
    if (const auto open = drafts.open_of(term->id))
        return open->state == match_state::solving ? being_solved(rules) : tell(draft_page(at, *open, 0));
    const auto enrolled = at.on_file.programs.enrolments(term->id);
    for (const auto as : {role::mentor, role::protege})
        if (std::none_of(enrolled.begin(), enrolled.end(), [&](const storage::enrolment &one) {
                return one.role == as && one.state == enrolment_state::active;
            }))
            return refusal{"",
                           fmt::format("{} has no active {} yet.", rules.name,
                                       rules.word(as == role::mentor ? side::mentor : side::protege).one),
                           at.line(command_name::program, "people")};
    match_draft draft;
    draft.id = at.on_file.ids.make<storage::draft_id>(at.now());
    draft.program = *slug;
    draft.term = term->id;
    draft.made_by = at.who.id();
    draft.made_at = draft.changed_at = at.now();
    drafts.add(draft);
    note_in_journal(at, "match.draft", draft, slug->str());
    auto out = being_solved(rules);
    out.what = outcome::done;
    return out;
}

result<answer> page_match(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    if (parts.size() != 3)
        return not_found("draft", match_line(at));
    const auto draft = draft_meant(at, parts[0], "");
    if (!draft)
        return draft.error();
    return in_place(tell(draft_page(at, *draft, number_in(parts[2]))));
}

// --- changing it

namespace {

struct row_meant {
    match_draft draft;
    drafted_pair pair;
};

result<row_meant> row_of(desk &at, const std::vector<std::string> &parts) {
    if (parts.size() != 4)
        return not_found("pair", match_line(at));
    auto draft = draft_meant(at, parts[1], parts[2]);
    if (!draft)
        return draft.error();
    for (const auto &one : at.on_file.open<storage::match_drafts>().pairs(draft->id))
        if (one.protege.str() == parts[3])
            return row_meant{std::move(*draft), one};
    return refusal{"", "That pair is not in the draft any more.", match_line(at)};
}

std::string first_name_of(desk &at, const person_id &who) {
    const auto found = at.on_file.people.by_id(who);
    return found ? first_name(*found) : "someone";
}

surface::modal mentor_form(desk &at, const row_meant &row) {
    surface::modal form{.callback = std::string(match_action::move_form),
                        .title = "Another mentor",
                        .submit = "Put them together",
                        .metadata = fmt::format("move {} {} {}", row.draft.id.str(), row.draft.version,
                                                row.pair.protege.str())};
    form.blocks.emplace_back(surface::section{
        .text = text("For {}, now with {}. The pair you make is pinned; whoever had that place is found "
                     "another when you solve again.",
                     first_name_of(at, row.pair.protege), first_name_of(at, row.pair.mentor))});
    form.blocks.emplace_back(
        surface::input{.field = "mentor", .label = "Mentor", .asks = surface::users_select{}});
    return form;
}

// Puts two together and pins them. Two who swap keep what the other had.
std::optional<refusal> put_together(desk &at, const match_draft &draft, const person_id &protege,
                                    const person_id &mentor) {
    auto drafts = at.on_file.open<storage::match_drafts>();
    const auto term = at.on_file.programs.term_by_id(draft.term);
    const finding in(at.on_file, at.rules().of(draft.program), term.value(), at.now());
    const auto *m = in.find(mentor, role::mentor), *p = in.find(protege, role::protege);
    const auto &rules = in.rules();
    if (m == nullptr || !m->is_there())
        return refusal{"", fmt::format("That is no active {} of {}.", rules.mentor_word.one, rules.name),
                       at.line(command_name::program, "people")};
    if (p == nullptr || !p->is_there() || mentor == protege)
        return refusal{"", fmt::format("That is no active {} of {}.", rules.protege_word.one, rules.name),
                       at.line(command_name::program, "people")};
    const auto name = first_name(m->who);
    for (const auto &two : drafts.forbidden(draft.term))
        if (two.protege == protege && two.mentor == mentor)
            return refusal{
                "", fmt::format("You have said not to put {} and {} together.", first_name(p->who), name),
                "the list, with allow for the two"};
    if (!in.with().of(in.compared(*m), in.compared(*p)).broken.empty())
        return refusal{"",
                       fmt::format("{} and {} break a rule of {} (\"{}\").", first_name(p->who), name,
                                   rules.name,
                                   text_of(in.with().of(in.compared(*m), in.compared(*p)).broken.front())),
                       match_line(at)};
    const auto all = drafts.pairs(draft.id);
    const auto had =
        std::find_if(all.begin(), all.end(), [&](const drafted_pair &one) { return one.protege == protege; });
    int drafted = 0;
    const drafted_pair *swaps_with = nullptr;
    for (const auto &one : all)
        if (one.mentor == mentor && one.protege != protege) {
            ++drafted;
            if (!one.pinned && swaps_with == nullptr)
                swaps_with = &one;
        }
    if (m->most && m->pairs + drafted + 1 > *m->most) {
        if (swaps_with == nullptr)
            return refusal{"", fmt::format("{} has no room left in this draft.", name),
                           at.line(command_name::program, "match")};
        // the one who gives way gets the mentor who becomes free, or waits to be solved again
        drafts.take_out(draft.id, swaps_with->protege);
        const auto *theirs = in.find(swaps_with->protege, role::protege);
        const auto *freed = had != all.end() ? in.find(had->mentor, role::mentor) : nullptr;
        if (theirs != nullptr && freed != nullptr) {
            const auto suits = in.with().of(in.compared(*freed), in.compared(*theirs));
            if (suits.broken.empty())
                drafts.put(draft.id, {swaps_with->protege, freed->who.id, suits.percent, false});
        }
    }
    drafts.put(draft.id, {protege, mentor, in.with().percent(in.compared(*m), in.compared(*p)), true});
    return std::nullopt;
}

} // namespace

result<answer> more_of_match(desk &at) {
    const auto *chosen = std::get_if<choice>(&at.pressed().chosen);
    const auto parts = surface::split_words(chosen != nullptr ? chosen->value : at.pressed().value);
    auto row = row_of(at, parts);
    if (!row)
        return row.error();
    auto drafts = at.on_file.open<storage::match_drafts>();
    const auto protege = first_name_of(at, row->pair.protege), mentor = first_name_of(at, row->pair.mentor);
    if (parts[0] == "move")
        return open_form(mentor_form(at, *row));
    if (parts[0] == "pin" || parts[0] == "free") {
        row->pair.pinned = parts[0] == "pin";
        drafts.put(row->draft.id, row->pair);
        return changed_page(at, std::move(row->draft),
                            row->pair.pinned ? text("Pinned: {} with {}.", protege, mentor)
                                             : text("Free again: {} with {}.", protege, mentor));
    }
    drafts.forbid(row->draft.term, {row->pair.protege, row->pair.mentor}, at.who.id(), at.now());
    drafts.take_out(row->draft.id, row->pair.protege);
    return changed_page(at, std::move(row->draft),
                        text("Taken apart: {} and {} are not put together in this term. Solve again to find "
                             "{} another.",
                             protege, mentor, protege));
}

result<answer> move_match(desk &at) {
    auto row = row_of(at, surface::split_words(at.sent().metadata));
    if (!row)
        return row.error();
    const auto who = at.sent().holds.person("mentor");
    const auto mentor = who ? at.on_file.people.by_slack(*who) : std::nullopt;
    answer wrong;
    if (!mentor) {
        wrong.form = form_errors{{{"mentor", "I know nobody by that who can take part."}}};
        return wrong;
    }
    if (const auto why = put_together(at, row->draft, row->pair.protege, mentor->id)) {
        wrong.form = form_errors{{{"mentor", refusal_line(*why)}}};
        return wrong;
    }
    return changed_page(
        at, std::move(row->draft),
        text("Pinned: {} with {}.", first_name_of(at, row->pair.protege), first_name(*mentor)));
}

result<answer> solve_again(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    if (parts.size() != 2)
        return not_found("draft", match_line(at));
    auto draft = draft_meant(at, parts[0], "");
    if (!draft)
        return draft.error();
    draft->state = match_state::solving;
    draft->changed_at = at.now();
    ++draft->version;
    at.on_file.open<storage::match_drafts>().save(*draft);
    note_in_journal(at, "match.again", *draft, draft->program.str());
    auto out = being_solved(at.rules().of(draft->program));
    out.what = outcome::done;
    return in_place(std::move(out));
}

result<answer> drop_draft(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    if (parts.size() != 2)
        return not_found("draft", match_line(at));
    auto draft = draft_meant(at, parts[0], "");
    if (!draft)
        return draft.error();
    draft->state = match_state::dropped;
    draft->changed_at = at.now();
    at.on_file.open<storage::match_drafts>().save(*draft);
    note_in_journal(at, "match.drop", *draft, draft->program.str());
    return in_place(done(text("The draft is dropped. Whom you kept apart stays apart; `{}` makes a new one.",
                              match_line(at))));
}

// --- as a list

namespace {

std::string list_name(const storage::person &who) {
    if (who.email)
        return *who.email;
    return who.slack ? who.slack->str() : who.id.str();
}

std::optional<storage::person> listed_person(desk &at, const std::string &word) {
    if (auto found = at.on_file.people.by_slack(slack_id{word}))
        return found;
    auto lower = word;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return at.on_file.people.by_email(lower);
}

surface::modal list_form(desk &at, const match_draft &draft) {
    const auto what = look_into(at, draft);
    std::string csv = "protege,mentor,do\n";
    std::size_t left_out = 0;
    for (const auto &one : what.pairs) {
        const auto *p = what.in.find(one.protege, role::protege);
        const auto *m = what.in.find(one.mentor, role::mentor);
        if (p == nullptr || m == nullptr)
            continue;
        const auto row =
            fmt::format("{},{},{}\n", list_name(p->who), list_name(m->who), one.pinned ? "pin" : "keep");
        if (surface::utf16_units(csv) + surface::utf16_units(row) > most_list)
            ++left_out;
        else
            csv += row;
    }
    surface::modal form{.callback = std::string(match_action::list_form),
                        .title = "The draft as a list",
                        .submit = "Take the changes",
                        .metadata = fmt::format("{} {}", draft.id.str(), draft.version)};
    form.blocks.emplace_back(surface::section{
        .text = text("One line a pair: protégé, mentor, and what to do: keep (leaves it), pin (puts them "
                     "together), free (unpins), forbid (never these two), allow (takes that back). Lines "
                     "that are not here stay as they are, so a few changed lines are enough.{}",
                     left_out > 0 ? fmt::format(" {} more do not fit into this form.", left_out) : "")});
    form.blocks.emplace_back(surface::input{
        .field = "list",
        .label = "The list",
        .asks = surface::plain_text_input{.initial = std::move(csv), .multiline = true, .max_length = 3000}});
    return form;
}

enum class list_act { keep, pin, free, forbid, allow };
RAPPORT_WORDS(list_act, 5,
              {{list_act::keep, "keep"},
               {list_act::pin, "pin"},
               {list_act::free, "free"},
               {list_act::forbid, "forbid"},
               {list_act::allow, "allow"}})

struct list_line {
    std::size_t line = 0;
    storage::person protege, mentor;
    list_act act = list_act::keep;
};

// Every line understood, or a sentence about the first that is not.
result<std::vector<list_line>> read_list(desk &at, const std::string &typed) {
    const auto table = read_csv(typed);
    if (!table)
        return table.error();
    const auto p = table->column("protege"), m = table->column("mentor"), d = table->column("do");
    if (!p || !m || !d || table->header.size() != 3)
        return refusal{"", "The first line is not: protege,mentor,do", "protege,mentor,do"};
    std::vector<list_line> out;
    std::set<person_id> seen;
    for (const auto &row : table->rows) {
        const auto wrong = [&](const std::string &why) {
            return refusal{fmt::format("line {}", row.line), why, "ana@example.org,priya@example.org,pin"};
        };
        if (row.cells.size() < 3)
            return wrong(fmt::format("Line {} has fewer than three columns.", row.line));
        list_line one;
        one.line = row.line;
        const auto &word = row.cells[*d];
        if (!parse_text(word, one.act))
            return wrong(
                fmt::format("Line {}: \"{}\" is none of keep, pin, free, forbid, allow.", row.line, word));
        for (const auto &[who, cell] :
             {std::pair(&one.protege, row.cells[*p]), std::pair(&one.mentor, row.cells[*m])}) {
            auto found = listed_person(at, cell);
            if (!found)
                return wrong(fmt::format("Line {}: I know nobody by \"{}\".", row.line, cell));
            *who = std::move(*found);
        }
        if ((one.act == list_act::pin || one.act == list_act::keep) && !seen.insert(one.protege.id).second)
            return wrong(fmt::format("Line {}: {} is on the list twice.", row.line, first_name(one.protege)));
        out.push_back(std::move(one));
    }
    return out;
}

std::optional<refusal> take_line(desk &at, const match_draft &draft, const list_line &one, int &changed) {
    auto drafts = at.on_file.open<storage::match_drafts>();
    const storage::forbidden_pair two{one.protege.id, one.mentor.id};
    const auto all = drafts.pairs(draft.id);
    const auto had = std::find_if(all.begin(), all.end(), [&](const drafted_pair &each) {
        return each.protege == two.protege && each.mentor == two.mentor;
    });
    switch (one.act) {
    case list_act::keep:
        return std::nullopt;
    case list_act::pin:
        if (had != all.end() && had->pinned)
            return std::nullopt;
        ++changed;
        return put_together(at, draft, two.protege, two.mentor);
    case list_act::free:
        if (had != all.end() && had->pinned) {
            auto freed = *had;
            freed.pinned = false;
            drafts.put(draft.id, freed);
            ++changed;
        }
        return std::nullopt;
    case list_act::forbid:
        drafts.forbid(draft.term, two, at.who.id(), at.now());
        if (had != all.end())
            drafts.take_out(draft.id, two.protege);
        ++changed;
        return std::nullopt;
    case list_act::allow:
        drafts.allow(draft.term, two);
        ++changed;
        return std::nullopt;
    }
    return std::nullopt;
}

// The draft as it was before a list that could not be taken.
void put_back(desk &at, const match_draft &draft, const std::vector<drafted_pair> &pairs,
              const std::vector<storage::forbidden_pair> &apart) {
    auto drafts = at.on_file.open<storage::match_drafts>();
    for (const auto &one : drafts.pairs(draft.id))
        drafts.take_out(draft.id, one.protege);
    for (const auto &one : pairs)
        drafts.put(draft.id, one);
    for (const auto &two : drafts.forbidden(draft.term))
        if (std::find(apart.begin(), apart.end(), two) == apart.end())
            drafts.allow(draft.term, two);
    for (const auto &two : apart) // those of before keep who set them
        drafts.forbid(draft.term, two, at.who.id(), at.now());
}

} // namespace

result<answer> show_match_list(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    if (parts.size() != 2)
        return not_found("draft", match_line(at));
    const auto draft = draft_meant(at, parts[0], "");
    if (!draft)
        return draft.error();
    return open_form(list_form(at, *draft));
}

result<answer> take_match_list(desk &at) {
    const auto parts = surface::split_words(at.sent().metadata);
    if (parts.size() != 2)
        return not_found("draft", match_line(at));
    auto draft = draft_meant(at, parts[0], parts[1]);
    if (!draft)
        return draft.error();
    answer wrong;
    const auto lines = read_list(at, at.sent().holds.text("list"));
    if (!lines) {
        wrong.form = form_errors{{{"list", refusal_line(lines.error())}}};
        return wrong;
    }
    auto drafts = at.on_file.open<storage::match_drafts>();
    const auto pairs_before = drafts.pairs(draft->id);
    const auto apart_before = drafts.forbidden(draft->term);
    int changed = 0;
    for (const auto &one : *lines) {
        const auto why = take_line(at, *draft, one, changed);
        if (!why)
            continue;
        put_back(at, *draft, pairs_before, apart_before); // all of the list, or nothing
        wrong.form = form_errors{{{"list", fmt::format("Line {}: {}", one.line, refusal_line(*why))}}};
        return wrong;
    }
    if (changed == 0)
        return tell(text("Nothing in the draft changed."));
    note_in_journal(at, "match.list", *draft, fmt::format("{} lines", changed));
    return changed_page(at, std::move(*draft), text("Taken: {} changes.", changed));
}

// --- publishing

result<answer> preview_publishing(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    if (parts.size() != 2)
        return not_found("draft", match_line(at));
    const auto draft = draft_meant(at, parts[0], parts[1]);
    if (!draft)
        return draft.error();
    const auto what = look_into(at, *draft);
    const auto all = at.on_file.open<storage::match_drafts>().pairs(draft->id);
    if (all.empty())
        return refusal{"", "There is no pair in this draft.", match_line(at)};
    std::set<person_id> mentors;
    for (const auto &one : all)
        mentors.insert(one.mentor);
    const auto &rules = what.in.rules();
    surface::modal form{.callback = std::string(match_action::publish_form),
                        .title = "Publish the match",
                        .submit = "Publish",
                        .metadata = fmt::format("{} {}", draft->id.str(), draft->version)};
    form.blocks.emplace_back(surface::section{
        .text = text("{} pairs begin in {}: {} {} and {} {}. {} {} stay without. Each pair gets a "
                     "conversation with an introduction; they go out one after another, at the pace the "
                     "platform allows. This cannot be taken back as a whole; single pairs can be ended.",
                     all.size(), rules.name, all.size(), rules.protege_word.many, mentors.size(),
                     mentors.size() == 1 ? rules.mentor_word.one : rules.mentor_word.many,
                     what.unmatched.size(), rules.protege_word.many)});
    form.blocks.emplace_back(surface::input{.field = "name",
                                            .label = fmt::format("To be sure, write: {}", rules.name),
                                            .asks = surface::plain_text_input{.max_length = 100}});
    return open_form(std::move(form));
}

namespace {

// Begins the pairs that can; gives how many began and who could not.
std::pair<int, std::vector<person_id>> begin_pairs(desk &at, const match_draft &draft) {
    const auto term = at.on_file.programs.term_by_id(draft.term);
    const finding in(at.on_file, at.rules().of(draft.program), term.value(), at.now());
    std::map<person_id, int> given;
    std::pair<int, std::vector<person_id>> out{0, {}};
    for (const auto &one : at.on_file.open<storage::match_drafts>().pairs(draft.id)) {
        const auto *m = in.find(one.mentor, role::mentor), *p = in.find(one.protege, role::protege);
        const bool fits =
            m != nullptr && p != nullptr && m->is_there() && p->is_there() &&
            !in.are_paired(one.mentor, one.protege) &&
            (!m->most || m->pairs + given[one.mentor] < *m->most) &&
            pairing_bar(at.on_file, in.rules(), *term, m->who, role::mentor, at.now()).empty() &&
            pairing_bar(at.on_file, in.rules(), *term, p->who, role::protege, at.now()).empty();
        if (!fits) {
            out.second.push_back(one.protege);
            continue;
        }
        ++given[one.mentor];
        ++out.first;
        storage::pair pair;
        pair.id = at.on_file.ids.make<pair_id>(at.now());
        pair.program = draft.program;
        pair.term = draft.term;
        pair.mentor = one.mentor;
        pair.protege = one.protege;
        pair.began_at = at.now();
        pair.made_by = at.who.id();
        pair.look_again_at = at.now();
        at.on_file.pairs.add(pair);
        for (const auto &who : {pair.mentor, pair.protege})
            plan_greeting(at.on_file, who, draft.program, at.now());
        plan_introduction(at.on_file, pair, at.now());
    }
    return out;
}

} // namespace

result<answer> publish_match(desk &at) {
    const auto parts = surface::split_words(at.sent().metadata);
    if (parts.size() != 2)
        return not_found("draft", match_line(at));
    auto draft = draft_meant(at, parts[0], parts[1]);
    if (!draft)
        return draft.error();
    const auto &rules = at.rules().of(draft->program);
    const auto written = surface::one_line(at.sent().holds.text("name"));
    if (!shape::alike(written, rules.name) && !shape::alike(written, rules.slug.str())) {
        answer wrong;
        wrong.form =
            form_errors{{{"name", fmt::format("That is not “{}”. Nothing was published.", rules.name)}}};
        return wrong;
    }
    const auto [began, could_not] = begin_pairs(at, *draft);
    draft->state = match_state::published;
    draft->changed_at = at.now();
    at.on_file.open<storage::match_drafts>().save(*draft);
    note_in_journal(at, "match.publish", *draft, fmt::format("{} {} pairs", draft->program.str(), began));
    auto said = text("Published: {} pairs begin in {}. Their introductions go out now, one after another.",
                     began, rules.name);
    if (!could_not.empty()) {
        auto names = text("{}", first_name_of(at, could_not.front()));
        for (std::size_t i = 1; i < could_not.size() && i < most_named; ++i)
            names = text("{}, {}", names, first_name_of(at, could_not[i]));
        said = surface::lines({said, text("Not begun, because something changed since: {} ({}). `{}` makes a "
                                          "new draft for them.",
                                          could_not.size(), names, match_line(at))});
    }
    return done(std::move(said));
}

// --- told

void tell_draft_is_there(storage::records &on_file, const match_draft &draft, instant now) {
    on_file.outbox.add({.team = on_file.team,
                        .id = on_file.ids.make<storage::outbox_id>(now),
                        .key = fmt::format("{}:{}:{}", draft_notice, draft.id.str(), draft.version),
                        .verb = storage::outbox_verb::post,
                        .kind = std::string(draft_notice),
                        .policy = storage::send_policy::at_least_once,
                        .person = draft.made_by,
                        .channel = std::nullopt,
                        .pair = std::nullopt,
                        .subject = "match:" + draft.id.str(),
                        .params = draft.id.str(),
                        .not_before_at = now,
                        .created_at = now});
}

std::optional<surface::message> draft_told(storage::records &on_file, const house &here,
                                           const storage::outbox_row &row) {
    auto drafts = on_file.open<storage::match_drafts>();
    const auto draft = drafts.by_id(storage::draft_id{row.params});
    const auto *rules = draft ? here.rules.find(draft->program) : nullptr;
    if (!rules || draft->state != match_state::draft)
        return std::nullopt;
    auto out = surface::said(text("The draft for {} is there: {} pairs. Nobody has been told anything. `{}` "
                                  "shows it as well.",
                                  rules->name, drafts.pairs(draft->id).size(),
                                  here.names.line(command_name::program, "match " + draft->program.str())));
    out.blocks.emplace_back(
        surface::actions{{surface::button{.says = "Look at it",
                                          .action = std::string(match_action::page),
                                          .value = fmt::format("{} {} 0", draft->id.str(), draft->version),
                                          .look = surface::tone::primary}}});
    return out;
}

} // namespace rapport
