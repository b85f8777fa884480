// Drafts by line and by form; see policy_commands.hpp. What a text means and does is policy_change's.
#include "handlers/policy_commands.hpp"

#include "handlers/naming.hpp"
#include "handlers/policy_change.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/which_program.hpp"
#include "mentoring/wording.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using storage::draft_kind;
using storage::draft_state;
using storage::policy_draft;
using surface::text;

constexpr std::string_view change_example = "policy change floor.per_month = 3";
constexpr std::size_t most_lines = 15; // of changes in one message

std::string in_force(desk &at, const program_slug &slug) {
    const auto row = at.on_file.programs.policy_in_force(slug);
    return row ? row->text : std::string();
}

std::optional<policy_draft> open_draft(desk &at, const program_slug &slug) {
    return at.on_file.open<storage::drafts>().newest(slug, draft_kind::change, draft_state::open);
}

// "emap floor.per_month = 3" as the program and the rest; without a program's name, the only one.
struct said_of_program {
    program_slug slug;
    std::string rest;
};
result<said_of_program> program_and_rest(desk &at, const std::string &words, const std::string &example) {
    const auto blank = std::min(words.find(' '), words.size());
    const auto first = words.substr(0, blank);
    for (const auto &slug : at.who.coordinated)
        if (shape::alike(slug.str(), first))
            return said_of_program{slug, words.substr(std::min(blank + 1, words.size()))};
    const bool is_program = !first.empty() && first.find('.') == std::string::npos &&
                            words.find('=') == std::string::npos && at.who.coordinated.size() > 1;
    const auto slug = coordinated_program(at, is_program ? first : std::string(), example);
    if (!slug)
        return slug.error();
    return said_of_program{*slug, is_program ? std::string() : words};
}

std::vector<policy_setting> settings_in(std::string_view words) {
    std::vector<policy_setting> all;
    const auto plain = with_plain_quotes(words);
    for (std::size_t from = 0; from <= plain.size();) {
        const auto end = std::min(plain.find(';', from), plain.size());
        const auto part = plain.substr(from, end - from);
        const auto equals = part.find('=');
        const auto trim = [](std::string one) {
            const auto first = one.find_first_not_of(' ');
            return first == std::string::npos ? std::string()
                                              : one.substr(first, one.find_last_not_of(' ') - first + 1);
        };
        if (equals != std::string::npos)
            all.push_back({trim(part.substr(0, equals)), trim(part.substr(equals + 1))});
        else if (!trim(part).empty())
            all.push_back({trim(part), "="}); // no value: told as such below
        from = end + 1;
    }
    return all;
}

// What a draft changes and would do, as lines.
std::vector<surface::mrkdwn> told_of(desk &at, const program &now, const program &then) {
    std::vector<surface::mrkdwn> out;
    const auto lines = change_lines(at.here, now, then);
    for (std::size_t i = 0; i < lines.size() && i < most_lines; ++i)
        out.push_back(text("• {}", lines[i]));
    if (lines.size() > most_lines)
        out.push_back(text("And {} more changes.", lines.size() - most_lines));
    out.push_back(text("{}", in_words(try_policy(at.on_file, at.here, then, at.now()))));
    return out;
}

surface::message draft_message(desk &at, const policy_draft &draft, const program &then) {
    const auto &rules = at.rules().of(draft.program);
    surface::message said{.summary = text("A draft for {}. Nothing is in force of it yet.", rules.name)};
    said.blocks.emplace_back(surface::section{.text = said.summary});
    for (auto &line : told_of(at, rules, then)) {
        said.summary = surface::lines({said.summary, line});
        said.blocks.emplace_back(surface::section{.text = std::move(line)});
    }
    said.blocks.emplace_back(surface::actions{
        {surface::button{.says = "Apply...", .action = std::string(policy_apply_button), .value = draft.id},
         surface::button{
             .says = "Drop the draft", .action = std::string(policy_drop_button), .value = draft.id}}});
    return said;
}

// Keeps the text as the program's one open draft; a text that changes nothing leaves none.
policy_draft keep_draft(desk &at, const program_slug &slug, const std::string &policy) {
    auto drafts = at.on_file.open<storage::drafts>();
    if (auto there = open_draft(at, slug)) {
        drafts.rewrite(there->id, policy);
        there->text = policy;
        return *there;
    }
    policy_draft made;
    made.id = at.on_file.ids.next(at.now());
    made.program = slug;
    made.text = policy;
    made.made_by = at.who.id();
    made.made_at = at.now();
    drafts.add(made);
    return made;
}

result<answer> no_draft(desk &at, const program_slug &slug) {
    return refusal{
        "", fmt::format("There is no draft for {}: nothing to try or to apply.", at.rules().of(slug).name),
        at.line(command_name::program, change_example)};
}

result<answer> show_policy(desk &at, const program_slug &slug, const std::string &part) {
    const auto &rules = at.rules().of(slug);
    surface::message said{.summary = text("What {} promises, version {} of its policy.", rules.name,
                                          at.rules().version_of(slug))};
    auto blocks = chapters_of(at, rules, part);
    if (blocks.empty()) {
        std::string names;
        for (const auto &each : at.here.scribe->explain(rules))
            names += (names.empty() ? "" : ", ") + each.heading;
        return refusal{part, fmt::format("The policy has no part called that. There is: {}.", names),
                       at.line(command_name::program, "policy show")};
    }
    said.blocks = surface::joined({{surface::section{.text = said.summary}}, std::move(blocks)});
    return tell(std::move(said));
}

// The draft against what holds; without one, what the last change was.
result<answer> show_difference(desk &at, const program_slug &slug) {
    const auto &rules = at.rules().of(slug);
    if (const auto draft = open_draft(at, slug)) {
        const auto then = at.here.scribe->read(draft->text);
        if (!then.value)
            return refusal{"", "The draft cannot stand. " + in_words(then.problems, 3),
                           at.line(command_name::program, "policy drop")};
        return tell(draft_message(at, *draft, *then.value));
    }
    if (const auto coming =
            at.on_file.open<storage::drafts>().newest(slug, draft_kind::change, draft_state::scheduled)) {
        const auto then = at.here.scribe->read(coming->text);
        std::vector<surface::mrkdwn> lines{
            text("A change of {} comes into force on {}:", rules.name,
                 full_date(rules.where.day_of(coming->applies_at.value_or(at.now()))))};
        if (then.value)
            for (const auto &each : change_lines(at.here, rules, *then.value))
                lines.push_back(text("• {}", each));
        surface::mrkdwn all;
        for (const auto &each : lines)
            all = surface::lines({all, each});
        return tell(std::move(all));
    }
    const auto history = at.on_file.programs.policy_history(slug);
    if (history.size() < 2)
        return tell(
            text("{} runs by the policy it began with, and there is no draft of another.", rules.name));
    const auto before = at.here.scribe->recall(history[1].text);
    const auto by = history[0].applied_by ? at.on_file.people.by_id(*history[0].applied_by) : std::nullopt;
    auto all = text("There is no draft. The last change of {} was on {}, by {}:", rules.name,
                    full_date(rules.where.day_of(history[0].applied_at)),
                    by ? named(*by) : text("whoever runs Rapport"));
    if (before)
        for (const auto &each : change_lines(at.here, *before, rules))
            all = surface::lines({all, text("• {}", each)});
    return tell(std::move(all));
}

result<answer> change_keys(desk &at, const said_of_program &said) {
    const auto example = at.line(command_name::program, change_example);
    const auto keys = settings_in(said.rest);
    if (keys.empty() || keys[0].value == "=")
        return refusal{said.rest, "A change is a key of the policy, =, and its new value.", example};
    const auto draft = open_draft(at, said.slug);
    const auto base = draft ? draft->text : in_force(at, said.slug);
    auto made = at.here.scribe->rewritten(base, keys);
    if (!made) {
        auto why = made.error();
        why.mend = why.mend.find(' ') != std::string::npos && why.mend.find('`') == std::string::npos
                       ? at.line(command_name::program, "policy change " + why.mend)
                       : why.mend;
        return why;
    }
    const auto checked = check_text(at.on_file, at.here, said.slug, *made);
    if (!checked.rules)
        return refusal{said.rest, in_words(checked.problems, 3), example};
    if (change_lines(at.here, at.rules().of(said.slug), *checked.rules).empty()) {
        if (draft)
            at.on_file.open<storage::drafts>().decide(draft->id, draft_state::dropped, at.who.id(), at.now());
        return tell(
            text("That is what {} says already. There is no draft now.", at.rules().of(said.slug).name));
    }
    return done(draft_message(at, keep_draft(at, said.slug, *made), *checked.rules));
}

// --- applying

surface::modal form_to_apply(desk &at, const policy_draft &draft, const program &then) {
    const auto &rules = at.rules().of(draft.program);
    surface::modal form{.callback = std::string(policy_apply_form),
                        .title = "Apply the policy",
                        .submit = "Apply",
                        .close = "Not now",
                        .metadata = draft.id};
    form.blocks.emplace_back(surface::section{.text = text("*{}* would change like this:", rules.name)});
    for (auto &line : told_of(at, rules, then))
        form.blocks.emplace_back(surface::section{.text = std::move(line)});
    form.blocks.emplace_back(surface::context{
        {text("A time that runs already is kept to the end as it began. Nothing is lost.")}});
    form.blocks.emplace_back(surface::input{.field = "from",
                                            .label = "From which day on?",
                                            .asks = surface::datepicker{},
                                            .hint = "Left empty: from now on.",
                                            .optional = true});
    form.blocks.emplace_back(surface::input{.field = "name",
                                            .label = "To be sure: what is the program called?",
                                            .asks = surface::plain_text_input{.max_length = 200},
                                            .hint = rules.name});
    return form;
}

result<answer> ask_to_apply(desk &at, const policy_draft &draft) {
    const auto checked = check_text(at.on_file, at.here, draft.program, draft.text);
    if (!checked.rules)
        return refusal{"", in_words(checked.problems, 3), at.line(command_name::program, "policy drop")};
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.",
                       at.line(command_name::program, "policy apply")};
    return open_form(form_to_apply(at, draft, *checked.rules));
}

// The draft that a form or button means, of a program the caller coordinates, and still open.
result<policy_draft> draft_meant(desk &at, const std::string &id) {
    auto draft = at.on_file.open<storage::drafts>().by_id(id);
    if (!draft || draft->kind != draft_kind::change || !at.who.coordinates_program(draft->program))
        return not_found("draft", at.line(command_name::program, "policy diff"));
    if (draft->state != draft_state::open)
        return refusal{"", fmt::format("That draft is {} already.", text_of(draft->state)),
                       at.line(command_name::program, "policy diff")};
    return std::move(*draft);
}

answer wrong_under(std::string field, std::string why) {
    return {.what = outcome::refused,
            .form = form_errors{{{std::move(field), std::move(why) + " Nothing was saved."}}}};
}

// --- the form of settings

struct setting_row {
    std::string_view key, label, hint;
};
// What coordinators change most; each is one line of the policy's text.
constexpr setting_row settings[] = {
    {"contact.name", "Whom people ask", "A name: shown by help and on refusals"},
    {"contact.email", "Their e-mail address", ""},
    {"term.dates", "The term", "2026-08-24 to 2027-05-14; empty: without end"},
    {"reply.target", "An answer is hoped for within", "3 days"},
    {"reply.limit", "and comes within, at the latest", "7 days"},
    {"reply.ladder", "How a reply is followed up", "day 3: nudge, day 5: softer, day 7: queue"},
    {"floor.per_month", "Contacts a month, at the least", "2"},
    {"first_meeting.within", "A first meeting within", "30 days"},
    {"check_in.due_day", "The check-in is due on day", "28; 31 is the last day of the month"},
    {"check_in.grace", "and is late only after", "7 days"},
    {"messages.per_week", "Reminders a week, at the most", "3"},
    {"hours.mentors", "Mentors are written to", "Mon-Fri 8:00-20:00"},
    {"matching.mentor_capacity", "People a mentor takes on, unless they say otherwise", "2"},
    {"leaving.mentor_notice", "A mentor who leaves says so ahead by", "30 days"},
};

surface::modal form_of_settings(desk &at, const program_slug &slug, const std::string &policy) {
    const auto &rules = at.rules().of(slug);
    surface::modal form{.callback = std::string(settings_form),
                        .title = "Settings",
                        .submit = "Try it",
                        .close = "Not now",
                        .metadata = slug.str()};
    form.blocks.emplace_back(surface::section{
        .text = text("*{}*. Nothing changes until you have seen what it would do and said so. "
                     "A field left empty is not promised.",
                     rules.name)});
    for (const auto &row : settings)
        form.blocks.emplace_back(surface::input{
            .field = std::string(row.key),
            .label = row.label,
            .asks = surface::plain_text_input{.initial = at.here.scribe->written(policy, row.key),
                                              .max_length = 200},
            .hint = row.hint,
            .optional = true});
    return form;
}

// Problems under the fields they are about; what is about no field of the form stands under the first.
form_errors under_fields(const std::vector<policy_problem> &problems) {
    form_errors out;
    for (const auto &each : problems) {
        std::string field(settings[0].key);
        for (const auto &row : settings)
            if (each.wrong.starts_with(row.key))
                field = row.key;
        auto &said = out.under[field];
        said += fmt::format("{}{} {}", said.empty() ? "" : " ", each.wrong, each.mend);
    }
    for (auto &[field, said] : out.under)
        said += " Nothing was saved.";
    return out;
}

} // namespace

std::vector<surface::block> chapters_of(const desk &at, const program &rules, std::string_view only) {
    std::vector<surface::block> out;
    for (const auto &each : at.here.scribe->explain(rules)) {
        if (!only.empty() && !shape::alike(each.heading, only))
            continue;
        auto words = text("*{}*", each.heading);
        for (const auto &sentence : each.sentences)
            words = surface::lines({words, text("{}", sentence)});
        out.emplace_back(surface::section{.text = std::move(words)});
    }
    return out;
}

result<answer> policy_command(desk &at) {
    const auto what = at.words.text("what");
    const auto said = program_and_rest(at, at.words.text("text"), at.line(command_name::program, "policy"));
    if (!said)
        return said.error();
    if (what.empty() || what == "show")
        return show_policy(at, said->slug, said->rest);
    if (what == "change")
        return change_keys(at, *said);
    if (what == "diff")
        return show_difference(at, said->slug);
    const auto draft = open_draft(at, said->slug);
    if (!draft)
        return no_draft(at, said->slug);
    if (what == "apply")
        return ask_to_apply(at, *draft);
    if (what == "dryrun")
        return show_difference(at, said->slug);
    at.on_file.open<storage::drafts>().decide(draft->id, draft_state::dropped, at.who.id(), at.now());
    return done(
        text("The draft for {} is dropped. What was in force stays.", at.rules().of(said->slug).name));
}

result<answer> press_apply(desk &at) {
    const auto draft = draft_meant(at, at.pressed().value);
    if (!draft)
        return draft.error();
    return ask_to_apply(at, *draft);
}

result<answer> press_drop(desk &at) {
    const auto draft = draft_meant(at, at.pressed().value);
    if (!draft)
        return draft.error();
    at.on_file.open<storage::drafts>().decide(draft->id, draft_state::dropped, at.who.id(), at.now());
    return in_place(done(text("The draft is dropped. What was in force stays.")));
}

result<answer> apply_sent(desk &at) {
    const auto draft = draft_meant(at, at.sent().metadata);
    if (!draft)
        return draft.error();
    const auto &rules = at.rules().of(draft->program);
    const auto name = surface::one_line(at.sent().holds.text("name"));
    if (!shape::alike(name, rules.name) && !shape::alike(name, draft->program.str()))
        return wrong_under("name", fmt::format("The program is called {}.", rules.name));
    const auto from = at.sent().holds.date("from");
    const auto today = rules.where.day_of(at.now());
    if (from && *from < today)
        return wrong_under("from", "That day is past. Choose one to come, or none.");
    const auto checked = check_text(at.on_file, at.here, draft->program, draft->text);
    if (!checked.rules)
        return refusal{"", in_words(checked.problems, 3), at.line(command_name::program, "policy drop")};
    if (from && *from > today) {
        put_in_force_later(at.on_file, *draft, rules.where.start_of(*from), at.who.id(), {}, at.now());
        return done(text("The new policy of {} comes into force on {}. Until then the one there is holds.",
                         rules.name, full_date(*from)));
    }
    at.on_file.open<storage::drafts>().decide(draft->id, draft_state::applied, at.who.id(), at.now());
    const auto version =
        put_in_force(at.on_file, at.here, *checked.rules, draft->text, at.who.id(), {}, at.now());
    auto said =
        surface::said(text("The new policy of {} is in force, version {}. Whoever waits for something "
                           "keeps the time it began with.",
                           rules.name, version));
    said.blocks.emplace_back(
        surface::actions{{undo_button(at, policy_act, fmt::format("{} {}", draft->program.str(), version))}});
    return done(std::move(said));
}

// Subject: "slug version". The text before it becomes the next version.
result<surface::mrkdwn> undo_policy(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    if (parts.size() != 2)
        throw std::logic_error("policy: an undo that was not written here");
    const program_slug slug{parts[0]};
    const auto history = at.on_file.programs.policy_history(slug);
    if (history.size() < 2 || std::to_string(history[0].version) != parts[1])
        return refusal{"", "The policy was changed again meanwhile.",
                       at.line(command_name::program, "policy diff")};
    const auto before = at.here.scribe->recall(history[1].text);
    if (!before)
        return refusal{"", "The policy before cannot be read any more.",
                       at.line(command_name::program, "policy diff")};
    put_in_force(at.on_file, at.here, *before, history[1].text, at.who.id(), {}, at.now());
    return text("Taken back: the policy before holds again.");
}

result<answer> open_settings(desk &at) {
    const auto slug =
        coordinated_program(at, at.words.text("program"), at.line(command_name::program, "settings"));
    if (!slug)
        return slug.error();
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.",
                       at.line(command_name::program, change_example)};
    const auto draft = open_draft(at, *slug);
    return open_form(form_of_settings(at, *slug, draft ? draft->text : in_force(at, *slug)));
}

result<answer> settings_sent(desk &at) {
    const program_slug slug{at.sent().metadata};
    if (!at.who.coordinates_program(slug))
        return not_found("program", at.line(command_name::program, "settings"));
    const auto draft = open_draft(at, slug);
    const auto base = draft ? draft->text : in_force(at, slug);
    std::vector<policy_setting> keys;
    for (const auto &row : settings) {
        auto now = surface::one_line(at.sent().holds.text(row.key));
        if (now != surface::one_line(at.here.scribe->written(base, row.key)))
            keys.push_back({std::string(row.key), with_plain_quotes(now)});
    }
    const auto made = at.here.scribe->rewritten(base, keys);
    if (!made)
        return made.error();
    const auto checked = check_text(at.on_file, at.here, slug, *made);
    if (!checked.rules)
        return answer{.what = outcome::refused, .form = under_fields(checked.problems)};
    if (change_lines(at.here, at.rules().of(slug), *checked.rules).empty())
        return wrong_under(std::string(settings[0].key), "Nothing is different yet.");
    const auto kept = keep_draft(at, slug, *made);
    return answer{.what = outcome::done, .form = next_form{form_to_apply(at, kept, *checked.rules), false}};
}

} // namespace rapport
