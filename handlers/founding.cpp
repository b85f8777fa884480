// Form, draft, word; see founding.hpp.
#include "handlers/founding.hpp"

#include "handlers/naming.hpp"
#include "handlers/policy_change.hpp"
#include "handlers/policy_commands.hpp"
#include "handlers/usage_shape.hpp"
#include "mentoring/wording.hpp"
#include "storage/turnings.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using storage::draft_kind;
using storage::draft_state;
using storage::policy_draft;
using surface::text;

constexpr std::size_t longest_slug = 30;

// "Solar Car Team!" as "solar-car-team".
std::string slug_like(std::string_view name) {
    std::string out;
    for (const char c : folded_name(name)) {
        const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (fits)
            out += c;
        else if (!out.empty() && out.back() != '-')
            out += '-';
        if (out.size() == longest_slug)
            break;
    }
    while (!out.empty() && out.back() == '-')
        out.pop_back();
    return out.empty() ? "program" : out;
}

// The slug of a draft under its founder's hands is free for them.
program_slug free_slug(desk &at, const std::string &name, const std::optional<policy_draft> &mine) {
    const auto base = slug_like(name);
    for (int n = 1;; ++n) {
        const program_slug slug{n == 1 ? base : fmt::format("{}-{}", base, n)};
        if (mine && mine->program == slug)
            return slug;
        if (!at.on_file.programs.find(slug) &&
            !at.on_file.open<storage::drafts>().newest(slug, draft_kind::founding, draft_state::open))
            return slug;
    }
}

person_id founder(desk &at) {
    if (at.who.person)
        return at.who.id();
    storage::person who; // somebody Rapport has not heard of
    who.id = at.on_file.ids.make<person_id>(at.now());
    who.slack = at.who.slack;
    who.created_at = at.now();
    at.on_file.people.save(who);
    return who.id;
}

std::optional<policy_draft> draft_of(desk &at, const person_id &who) {
    std::optional<policy_draft> newest;
    for (auto &each : at.on_file.open<storage::drafts>().all(draft_kind::founding, draft_state::open))
        if (each.made_by == who)
            newest = std::move(each);
    return newest;
}

std::string name_of_draft(const house &here, const policy_draft &draft) {
    return here.scribe->written(draft.text, "name");
}

surface::static_select one_of(std::vector<surface::option> options, std::string chosen) {
    return {.options = std::move(options), .chosen = std::move(chosen)};
}

surface::input asked(std::string field, surface::plain label, surface::input_element asks,
                     surface::plain hint = {}) {
    return {.field = std::move(field), .label = std::move(label), .asks = std::move(asks), .hint = hint};
}

surface::modal the_form() {
    surface::modal form{.callback = std::string(founding_form),
                        .title = "A new program",
                        .submit = "See it",
                        .close = "Not now"};
    form.blocks.emplace_back(
        surface::section{.text = text("Whom it is for comes first; the rest follows from that. You see the "
                                      "whole before anybody is asked.")});
    form.blocks.emplace_back(asked("audience", "Who is mentored?",
                                   surface::plain_text_input{.max_length = 150},
                                   "First-year students of physics"));
    form.blocks.emplace_back(asked("side", "Are they people of this workspace, or a school or the like?",
                                   one_of({{"People of this workspace", "people", {}},
                                           {"A site: no pupil is ever on record", "site", {}}},
                                          "people")));
    form.blocks.emplace_back(asked("kinds", "Who can mentor?", surface::plain_text_input{.max_length = 300},
                                   "Coaches, older students, professors: with commas between"));
    form.blocks.emplace_back(
        asked("mentors", "Does each mentor for themselves, or a team?",
              one_of({{"Each for themselves", "people", {}}, {"A team: whoever has room", "teams", {}}},
                     "people")));
    form.blocks.emplace_back(asked("often", "How often are two in touch, a month, at the least?",
                                   surface::number_input{.initial = 2, .least = 0, .most = 20},
                                   "0: no number is asked for"));
    form.blocks.emplace_back(asked("length", "For how long?",
                                   one_of({{"Without end", "0", {}},
                                           {"3 months", "3", {}},
                                           {"6 months", "6", {}},
                                           {"9 months", "9", {}},
                                           {"12 months", "12", {}}},
                                          "0")));
    form.blocks.emplace_back(asked("formal", "How much should I look after it?",
                                   one_of({{"Check-ins and reminders", "formal", {}},
                                           {"Informal: on record, hardly a reminder", "informal", {}}},
                                          "formal")));
    form.blocks.emplace_back(asked("name", "What is it called?", surface::plain_text_input{.max_length = 60},
                                   "Solar Car mentoring"));
    return form;
}

std::vector<std::string> listed_kinds(const std::string &words) {
    std::vector<std::string> all;
    for (std::size_t from = 0; from <= words.size();) {
        const auto comma = std::min(words.find(',', from), words.size());
        if (auto one = surface::one_line(words.substr(from, comma - from)); !one.empty())
            all.push_back(std::move(one));
        from = comma + 1;
    }
    return all;
}

std::optional<day_range> term_of(const zone &where, instant now, const std::string &months) {
    const auto count = months.empty() || months == "0" ? 0 : std::stoi(months);
    if (count <= 0 || count > 12)
        return std::nullopt;
    const auto today = where.day_of(now);
    const auto last = plus_months(month_of(today), count);
    const auto until = plus_days(due_day(last, static_cast<int>(static_cast<unsigned>(today.day()))), -1);
    return day_range{today, until};
}

// Reads the form; what is missing stands under its field.
founding_answers read_answers(desk &at, form_errors &wrong) {
    const auto &holds = at.sent().holds;
    founding_answers out;
    out.audience = surface::one_line(holds.text("audience"));
    while (!out.audience.empty() && out.audience.back() == '.')
        out.audience.pop_back();
    out.a_site = holds.chosen("side") == "site";
    out.mentor_kinds = listed_kinds(holds.text("kinds"));
    out.teams = holds.chosen("mentors") == "teams";
    const auto often = holds.text("often");
    const bool is_number =
        !often.empty() && often.size() <= 2 &&
        std::all_of(often.begin(), often.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (is_number && std::stoi(often) <= 20)
        out.per_month = std::stoi(often);
    else
        wrong.under["often"] = "A number from 0 to 20, such as 2. Nothing was saved.";
    out.term = term_of(at.who.where, at.now(), holds.chosen("length"));
    out.formal = holds.chosen("formal") != "informal";
    out.name = surface::one_line(holds.text("name"));
    out.where = at.who.where;
    if (out.audience.empty())
        wrong.under["audience"] = "Say for whom it is: \"First-year students\". Nothing was saved.";
    if (out.mentor_kinds.empty())
        wrong.under["kinds"] = "Name one kind of mentor at the least: \"older students\". Nothing was saved.";
    if (out.name.empty())
        wrong.under["name"] = "It needs a name: \"Solar Car mentoring\". Nothing was saved.";
    for (const auto &slug : at.rules().slugs())
        if (shape::alike(at.rules().of(slug).name, out.name))
            wrong.under["name"] =
                "A program here is called that already. Choose another name; nothing was saved.";
    return out;
}

void tell_person(storage::records &on_file, const person_id &to, std::string_view kind, std::string key,
                 const std::string &draft, instant now) {
    on_file.outbox.add({.team = on_file.team,
                        .id = on_file.ids.make<storage::outbox_id>(now),
                        .key = std::move(key),
                        .verb = storage::outbox_verb::post,
                        .kind = std::string(kind),
                        .policy = storage::send_policy::at_least_once,
                        .person = to,
                        .subject = "founding:" + draft,
                        .params = draft,
                        .not_before_at = now,
                        .created_at = now});
}

void ask_owners(storage::records &on_file, const house &here, const std::string &draft, int time,
                instant now) {
    for (const auto &slack : here.owners) {
        auto who = on_file.people.by_slack(slack);
        if (!who) {
            who.emplace();
            who->id = on_file.ids.make<person_id>(now);
            who->slack = slack;
            who->created_at = now;
            on_file.people.save(*who);
        }
        tell_person(on_file, who->id, founding_asked,
                    fmt::format("{}:{}:{}:{}", founding_asked, draft, who->id.str(), time), draft, now);
    }
}

void note(desk &at, const char *act, const program_slug &slug) {
    at.on_file.journal.append(at.asked.team, {.at = at.now(),
                                              .actor = at.who.id().str(),
                                              .act = act,
                                              .subject_kind = "program",
                                              .subject = slug.str(),
                                              .detail = ""});
}

surface::message preview(const desk &at, const policy_draft &draft, const program &rules, bool for_owner) {
    surface::message said{
        .summary =
            text("*{}*: this is how it would be. {} It goes live when an owner of Rapport here says so.",
                 rules.name, rules.purpose)};
    said.blocks = surface::joined({{surface::section{.text = said.summary}}, chapters_of(at, rules)});
    surface::actions below;
    if (for_owner)
        below.elements.emplace_back(surface::button{.says = "Approve",
                                                    .action = std::string(founding_approve),
                                                    .value = draft.id,
                                                    .look = surface::tone::primary});
    below.elements.emplace_back(
        surface::button{.says = "Withdraw", .action = std::string(founding_withdraw), .value = draft.id});
    said.blocks.emplace_back(std::move(below));
    return said;
}

result<policy_draft> draft_meant(desk &at) {
    auto draft = at.on_file.open<storage::drafts>().by_id(at.pressed().value);
    const bool may = draft && (at.who.owner || (at.who.person && draft->made_by == at.who.id()));
    if (!draft || draft->kind != draft_kind::founding || !may)
        return not_found("draft", at.line(command_name::program, "new"));
    if (draft->state != draft_state::open)
        return refusal{"",
                       draft->state == draft_state::applied
                           ? fmt::format("{} is live already.", name_of_draft(at.here, *draft))
                           : fmt::format("{} does not wait any more.", name_of_draft(at.here, *draft)),
                       at.line(command_name::program)};
    return std::move(*draft);
}

} // namespace

result<answer> new_program(desk &at) {
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.", at.line(command_name::program, "new")};
    return open_form(the_form());
}

result<answer> founding_sent(desk &at) {
    form_errors wrong;
    auto answers = read_answers(at, wrong);
    if (!wrong.under.empty())
        return answer{.what = outcome::refused, .form = std::move(wrong)};
    const auto who = founder(at);
    const auto person = at.on_file.people.by_id(who);
    const auto mine = draft_of(at, who);
    answers.slug = free_slug(at, answers.name, mine);
    answers.contact.name = person && !person->name.empty() ? person->name : "Whoever drafted it";
    if (person && person->email)
        answers.contact.email = *person->email;
    policy_draft draft;
    draft.text = at.here.scribe->founded(answers);
    const auto checked = check_text(at.on_file, at.here, answers.slug, draft.text);
    if (!checked.rules)
        return refusal{"", in_words(checked.problems, 2), at.line(command_name::program, "new")};
    auto drafts = at.on_file.open<storage::drafts>();
    if (mine)
        drafts.decide(mine->id, draft_state::dropped, who, at.now());
    draft.id = at.on_file.ids.next(at.now());
    draft.program = answers.slug;
    draft.kind = draft_kind::founding;
    draft.made_by = who;
    draft.made_at = at.now();
    drafts.add(draft);
    ask_owners(at.on_file, at.here, draft.id, 1, at.now());
    at.on_file.open<storage::turnings>().plan(
        {draft.program, draft.id, std::string(owners_asked_turning), at.now() + owners_asked_after, {}});
    at.on_file.journal.append(at.asked.team, {.at = at.now(),
                                              .actor = who.str(),
                                              .act = "draft_program",
                                              .subject_kind = "program",
                                              .subject = draft.program.str(),
                                              .detail = ""});
    return done(preview(at, draft, *checked.rules, at.who.owner));
}

result<answer> approve_program(desk &at) {
    const auto draft = draft_meant(at);
    if (!draft)
        return draft.error();
    const auto checked = check_text(at.on_file, at.here, draft->program, draft->text);
    if (!checked.rules || at.on_file.programs.find(draft->program))
        return refusal{"",
                       checked.rules ? std::string("A program of that name was opened meanwhile.")
                                     : in_words(checked.problems, 2),
                       at.line(command_name::program, "new")};
    at.on_file.open<storage::drafts>().decide(draft->id, draft_state::applied, at.who.id(), at.now());
    put_in_force(at.on_file, at.here, *checked.rules, draft->text, at.who.id(), {}, at.now());
    if (draft->made_by) {
        at.on_file.programs.appoint(draft->program, *draft->made_by, at.who.id(), at.now());
        tell_person(at.on_file, *draft->made_by, founding_decided,
                    fmt::format("{}:{}", founding_decided, draft->id), draft->id, at.now());
    }
    note(at, "open_program", draft->program);
    const auto by = draft->made_by ? at.on_file.people.by_id(*draft->made_by) : std::nullopt;
    return in_place(done(text("*{}* is live. {} coordinates it and hears of it now.", checked.rules->name,
                              by ? named(*by) : text("An owner"))));
}

result<answer> decline_program(desk &at) {
    const auto draft = draft_meant(at);
    if (!draft)
        return draft.error();
    at.on_file.open<storage::drafts>().decide(draft->id, draft_state::declined, at.who.id(), at.now());
    if (draft->made_by)
        tell_person(at.on_file, *draft->made_by, founding_decided,
                    fmt::format("{}:{}", founding_decided, draft->id), draft->id, at.now());
    note(at, "decline_program", draft->program);
    return in_place(
        done(text("*{}* is not opened. Its founder hears kindly that you can be asked about it; a "
                  "word from you would help.",
                  name_of_draft(at.here, *draft))));
}

result<answer> withdraw_program(desk &at) {
    const auto draft = draft_meant(at);
    if (!draft)
        return draft.error();
    at.on_file.open<storage::drafts>().decide(draft->id, draft_state::dropped, at.who.id(), at.now());
    at.on_file.outbox.withdraw_subject(at.asked.team, "founding:" + draft->id, "withdrawn", at.now());
    note(at, "withdraw_program", draft->program);
    return in_place(done(text("*{}* is withdrawn. `{}` drafts another.", name_of_draft(at.here, *draft),
                              at.line(command_name::program, "new"))));
}

std::optional<surface::message> question_to_owner(storage::records &on_file, const house &here,
                                                  const storage::outbox_row &row) {
    const auto draft = on_file.open<storage::drafts>().by_id(row.params);
    if (!draft || draft->state != draft_state::open || here.scribe == nullptr)
        return std::nullopt;
    const auto rules = here.scribe->recall(draft->text);
    const auto by = draft->made_by ? on_file.people.by_id(*draft->made_by) : std::nullopt;
    if (!rules)
        return std::nullopt;
    const bool once_more = row.key.ends_with(":2");
    surface::message said{.summary = text("{}{} drafted a program, *{}*. {} It goes live when you say so.",
                                          once_more ? "Once more, as nobody has answered yet: " : "",
                                          by ? named(*by) : text("Somebody"), rules->name, rules->purpose)};
    said.blocks.emplace_back(surface::section{.text = said.summary});
    for (const auto &chapter : here.scribe->explain(*rules)) {
        auto words = text("*{}*", chapter.heading);
        for (const auto &sentence : chapter.sentences)
            words = surface::lines({words, text("{}", sentence)});
        said.blocks.emplace_back(surface::section{.text = std::move(words)});
    }
    said.blocks.emplace_back(surface::actions{{surface::button{.says = "Approve",
                                                               .action = std::string(founding_approve),
                                                               .value = draft->id,
                                                               .look = surface::tone::primary},
                                               surface::button{.says = "Not this time",
                                                               .action = std::string(founding_decline),
                                                               .value = draft->id}}});
    return said;
}

std::optional<surface::message> word_to_founder(storage::records &on_file, const house &here,
                                                const storage::outbox_row &row) {
    const auto draft = on_file.open<storage::drafts>().by_id(row.params);
    if (!draft || here.scribe == nullptr)
        return std::nullopt;
    const auto name = name_of_draft(here, *draft);
    const auto by = draft->decided_by ? on_file.people.by_id(*draft->decided_by) : std::nullopt;
    const auto who = by ? named(*by) : text("An owner");
    if (draft->state == draft_state::applied)
        return surface::said(text(
            "*{}* is live, and you coordinate it. `{}` puts people in; `{}` shows what needs a person; `{}` "
            "changes what it asks.",
            name, here.names.line(command_name::program, "enrol @ana protege"),
            here.names.line(command_name::program), here.names.line(command_name::program, "settings")));
    if (draft->state == draft_state::declined)
        return surface::said(text(
            "*{}* is not opened this time. {} looked at it and can tell you more: a word with them is the "
            "best next step. `{}` drafts it anew whenever you like.",
            name, who, here.names.line(command_name::program, "new")));
    return std::nullopt;
}

void ask_owners_again(storage::records &on_file, const house &here, const std::string &draft, instant now) {
    const auto found = on_file.open<storage::drafts>().by_id(draft);
    if (found && found->state == draft_state::open)
        ask_owners(on_file, here, draft, 2, now);
}

} // namespace rapport
