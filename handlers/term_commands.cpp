// Opening, closing, comparing; see term_commands.hpp. What a closing does is terms'.
#include "handlers/term_commands.hpp"

#include "handlers/closing.hpp"
#include "handlers/lists.hpp"
#include "handlers/sentences.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/terms.hpp"
#include "handlers/which_program.hpp"
#include "mentoring/phases.hpp"
#include "storage/leaving.hpp"
#include "storage/term_counts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

constexpr std::int64_t fewest_shown = 5; // product 5: groups under five are hidden

std::string day_words(const program &rules, instant at) {
    return full_date(rules.where.day_of(at));
}

std::string last_day_words(const program &rules, instant closes_at) {
    return full_date(rules.where.day_of(closes_at - milliseconds{1}));
}

// The two of a term that can be opened: one that is planned, or a new one of the policy's dates.
struct openable {
    std::optional<storage::term> planned;
    instant opens_at{};
    std::optional<instant> closes_at;
};

result<openable> what_opens(desk &at, const program_slug &slug) {
    const auto &rules = at.rules().of(slug);
    for (const auto &each : at.on_file.programs.terms(slug))
        if (each.state == term_state::planned)
            return openable{each, each.opens_at, each.closes_at};
    if (const auto open = at.on_file.programs.open_term(slug))
        return refusal{"",
                       open->closes_at ? fmt::format("{}, {} is open until {}.", rules.name, open->name,
                                                     last_day_words(rules, *open->closes_at))
                                       : fmt::format("{} is open, without an end.", rules.name),
                       at.line(command_name::program, fmt::format("close {}", slug.str()))};
    const auto span = span_of(rules);
    if (!span)
        return openable{{}, at.now(), {}};
    if (const auto old = archived_over(at.on_file, slug, span->opens_at, span->closes_at))
        return refusal{
            "",
            fmt::format("The policy's dates, {} to {}, are those of the term {}, which is archived.",
                        full_date(rules.term->from), full_date(rules.term->until), old->name),
            at.line(command_name::program,
                    fmt::format("policy change {} term.dates = {} to {}", slug.str(),
                                rapport::text_of(plus_days(rules.where.day_of(at.now()), 1)),
                                rapport::text_of(plus_days(rules.where.day_of(at.now()), 270))))};
    if (span->closes_at <= at.now())
        return refusal{"", fmt::format("The policy's dates end on {}.", full_date(rules.term->until)),
                       at.line(command_name::program, "settings")};
    return openable{{}, span->opens_at, span->closes_at};
}

surface::modal form_by_name(std::string_view callback, surface::plain title, surface::plain submit,
                            const program &rules, std::string metadata, std::vector<surface::mrkdwn> says) {
    surface::modal form{.callback = std::string(callback),
                        .title = std::move(title),
                        .submit = std::move(submit),
                        .close = "Not now",
                        .metadata = std::move(metadata)};
    for (auto &each : says)
        form.blocks.emplace_back(surface::section{.text = std::move(each)});
    form.blocks.emplace_back(surface::input{.field = "name",
                                            .label = "To be sure: what is the program called?",
                                            .asks = surface::plain_text_input{.max_length = 200},
                                            .hint = rules.name});
    return form;
}

std::optional<answer> wrong_name(desk &at, const program_slug &slug) {
    const auto &rules = at.rules().of(slug);
    const auto name = surface::one_line(at.sent().holds.text("name"));
    if (shape::alike(name, rules.name) || shape::alike(name, slug.str()))
        return std::nullopt;
    return answer{.what = outcome::refused,
                  .form = form_errors{
                      {{"name", fmt::format("The program is called {}. Nothing was saved.", rules.name)}}}};
}

refusal no_form(desk &at, const char *verb) {
    return {"", "A form cannot be opened from here.", at.line(command_name::program, verb)};
}

// "12", or that there are too few to say.
std::string number_of_people(std::int64_t count) {
    return count > 0 && count < fewest_shown ? "under five" : std::to_string(count);
}

std::string per_pair(std::int64_t count, const storage::term_counts &of) {
    if (of.pairs == 0)
        return "none";
    if (of.pairs < fewest_shown)
        return "hidden, under five pairs";
    return fmt::format("{:.1f} a pair", static_cast<double>(count) / static_cast<double>(of.pairs));
}

// "Ended: 12 completed, 5 of them early; 2 by notice; 1 left; 3 called off." Empty where none ended.
std::string endings_in_words(const storage::ending_counts &of) {
    std::vector<std::string> parts;
    if (of.completed > 0)
        parts.push_back(fmt::format(
            "{} completed{}", number_of_people(of.completed),
            of.early > 0 ? fmt::format(", {} of them early", number_of_people(of.early)) : std::string()));
    if (of.notice > 0)
        parts.push_back(fmt::format("{} by notice", number_of_people(of.notice)));
    if (of.left > 0)
        parts.push_back(fmt::format("{} left at once", number_of_people(of.left)));
    if (of.cancelled > 0)
        parts.push_back(fmt::format("{} called off", number_of_people(of.cancelled)));
    std::string out;
    for (const auto &part : parts)
        out += (out.empty() ? "Ended: " : "; ") + part;
    return out.empty() ? out : out + ".";
}

} // namespace

result<answer> open_term_command(desk &at) {
    const auto slug =
        coordinated_program(at, at.words.text("program"), at.line(command_name::program, "open"));
    if (!slug)
        return slug.error();
    const auto &rules = at.rules().of(*slug);
    const auto what = what_opens(at, *slug);
    if (!what)
        return what.error();
    if (!at.asked.can_open_form)
        return no_form(at, "open");
    std::vector<surface::mrkdwn> says;
    says.push_back(what->closes_at
                       ? text("*{}*: a term from {} to {}.", rules.name, day_words(rules, what->opens_at),
                              last_day_words(rules, *what->closes_at))
                       : text("*{}*: a term from today, without an end.", rules.name));
    says.push_back(
        text("Terms before it stay as they are, archived. People can come into this one at once."));
    return open_form(
        form_by_name(open_term_form, "Open a term", "Open", rules, slug->str(), std::move(says)));
}

result<answer> open_term_sent(desk &at) {
    const program_slug slug{at.sent().metadata};
    if (!at.who.coordinates_program(slug))
        return not_found("program", at.line(command_name::program, "open"));
    if (auto wrong = wrong_name(at, slug))
        return std::move(*wrong);
    const auto &rules = at.rules().of(slug);
    auto what = what_opens(at, slug);
    if (!what)
        return what.error();
    if (!what->planned) {
        storage::term made;
        made.id = at.on_file.ids.make<term_id>(at.now());
        made.program = slug;
        made.name = what->closes_at ? term_name(rules, what->opens_at, *what->closes_at)
                                    : fmt::format("from {}", day_words(rules, at.now()));
        made.state = term_state::planned;
        made.opens_at = what->opens_at;
        made.closes_at = what->closes_at;
        at.on_file.programs.add_term(made);
        what->planned = made;
    }
    open_term(at.on_file, rules, *what->planned, at.who.id(), at.now());
    settle_terms(at.on_file, rules, at.now());
    carry_pairs(at.on_file, at.here, slug, at.now());
    return done_with_undo(text("{}, {} is open. `{}` puts people in.", rules.name, what->planned->name,
                               at.line(command_name::program, "enrol @ana protege")),
                          undo_button(at, opened_term_act, what->planned->id.str()));
}

// Subject: the term's id.
result<surface::mrkdwn> undo_opened_term(desk &at, const storage::undo_offer &offer) {
    const auto term = at.on_file.programs.term_by_id(term_id{offer.subject});
    if (!term || term->state != term_state::open)
        return refusal{"", "That term is not open any more.", at.line(command_name::program)};
    for (const auto &one : at.on_file.programs.enrolments(term->id))
        if (one.state != enrolment_state::left)
            return refusal{"", "People came into the term meanwhile.",
                           at.line(command_name::program, fmt::format("close {}", term->program.str()))};
    at.on_file.programs.set_term_state(term->id, term_state::planned, term->closes_at);
    return text("Taken back: the term {} waits again.", term->name);
}

result<answer> close_term_command(desk &at) {
    const auto slug =
        coordinated_program(at, at.words.text("program"), at.line(command_name::program, "close"));
    if (!slug)
        return slug.error();
    const auto &rules = at.rules().of(*slug);
    const auto term = running_term(at, *slug);
    if (!term)
        return term.error();
    if (!at.asked.can_open_form)
        return no_form(at, "close");
    const auto counts = storage::count_term(at.on_file.db, at.asked.team, term->id);
    std::vector<surface::mrkdwn> says;
    says.push_back(text("*{}, {}*: closing it ends {} {}; {} people are enrolled. Each pair's conversation "
                        "hears of it in a minute: what the two reached, and how they may go on.",
                        rules.name, term->name, counts.running, counts.running == 1 ? "pair" : "pairs",
                        counts.mentors + counts.proteges));
    says.push_back(text("What they put down stays theirs, and the term is archived beside the ones before."));
    return open_form(form_by_name(close_term_form, "Close the term", "Close", rules,
                                  fmt::format("{} {}", slug->str(), term->id.str()), std::move(says)));
}

result<answer> close_term_sent(desk &at) {
    const auto parts = surface::split_words(at.sent().metadata);
    if (parts.size() != 2 || !at.who.coordinates_program(program_slug{parts[0]}))
        return not_found("term", at.line(command_name::program, "close"));
    const program_slug slug{parts[0]};
    if (auto wrong = wrong_name(at, slug))
        return std::move(*wrong);
    const auto term = at.on_file.programs.term_by_id(term_id{parts[1]});
    if (!term || term->program != slug || term->state != term_state::open)
        return refusal{"", "That term is closed already.", at.line(command_name::program, "report")};
    const auto &rules = at.rules().of(slug);
    const auto ended = close_term(at.on_file, at.here, *term, at.who.id(), partner_hears_at(at), at.now());
    const auto before = term->closes_at ? std::to_string(term->closes_at->time_since_epoch().count()) : "-";
    auto undo =
        undo_button(at, closed_term_act,
                    fmt::format("{} {} {}", term->id.str(), at.now().time_since_epoch().count(), before));
    return done_with_undo(text("{}, {} is closed; {} {} ended. `{}` shows the terms beside each other.",
                               rules.name, term->name, ended, ended == 1 ? "pair" : "pairs",
                               at.line(command_name::program, "report")),
                          std::move(undo));
}

// Subject: "term closed_at closes_at", times in milliseconds, "-" for none.
result<surface::mrkdwn> undo_closed_term(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    if (parts.size() != 3)
        throw std::logic_error("closing: an undo that was not written here");
    const auto term = at.on_file.programs.term_by_id(term_id{parts[0]});
    const auto at_ms = [](const std::string &text) { return instant{milliseconds{std::stoll(text)}}; };
    const auto closes = parts[2] == "-" ? std::nullopt : std::optional(at_ms(parts[2]));
    if (!term || !reopen_term(at.on_file, at.here, *term, at_ms(parts[1]), closes, at.who.id(), at.now()))
        return refusal{"", "That term is open already.", at.line(command_name::program)};
    return text("Taken back: the term {} goes on, and so do its pairs.", term->name);
}

result<answer> report_terms(desk &at) {
    return terms_from(at, at.words.text("program"), 0);
}

result<answer> terms_from(desk &at, const std::string &program, std::size_t from) {
    const auto slug = coordinated_program(at, program, at.line(command_name::program, "report"));
    if (!slug)
        return slug.error();
    const auto &rules = at.rules().of(*slug);
    auto terms = at.on_file.programs.terms(*slug);
    std::reverse(terms.begin(), terms.end());
    surface::message said{.summary = text("{}: {} {} on file, newest first. Groups under five are not shown "
                                          "by number.",
                                          rules.name, terms.size(), terms.size() == 1 ? "term" : "terms")};
    std::vector<surface::section> rows;
    for (const auto &term : terms) {
        const auto of = storage::count_term(at.on_file.db, at.asked.team, term.id);
        const auto endings = storage::count_endings(at.on_file.db, at.asked.team, term.id);
        rows.push_back(
            {.text = text("*{}* ({}, from {}{}): {} {}, {} {}, {} pairs, {} of them running. Contacts: {}. "
                          "Check-ins: {}. Milestones: {}, done {}.{}",
                          term.name, text_of(term.state), day_words(rules, term.opens_at),
                          term.closes_at ? " to " + last_day_words(rules, *term.closes_at) : std::string(),
                          number_of_people(of.mentors), rules.mentor_word.many, number_of_people(of.proteges),
                          rules.protege_word.many, number_of_people(of.pairs), number_of_people(of.running),
                          per_pair(of.contacts, of), per_pair(of.check_ins, of), per_pair(of.milestones, of),
                          per_pair(of.milestones_done, of), further(endings_in_words(endings)))});
    }
    said.blocks = surface::joined(
        {{surface::section{.text = said.summary}}, list_page(std::move(rows), from, "terms", slug->str())});
    for (const auto &block : said.blocks)
        if (const auto *row = std::get_if<surface::section>(&block); row && row->text != said.summary)
            said.summary = surface::lines({said.summary, row->text});
    return tell(std::move(said));
}

surface::mrkdwn phase_line(desk &at, const program_slug &slug) {
    const auto &rules = at.rules().of(slug);
    const auto now = phases_on(rules, rules.where.day_of(at.now()));
    std::vector<surface::mrkdwn> parts;
    surface::mrkdwn line;
    if (!now.running.empty()) {
        std::string names;
        for (const auto &each : now.running)
            names += fmt::format("{}{} (until {})", names.empty() ? "" : ", ", name_of(each.kind),
                                 short_date(each.dates.until));
        line = text("Now: {}.", names);
    }
    if (now.next)
        line = text("{}{}Next: {}, from {}.", line, line.text.empty() ? "" : " ", name_of(now.next->kind),
                    full_date(now.next->dates.from));
    for (const auto &each : at.on_file.programs.terms(slug))
        if (each.state == term_state::planned)
            line = text("{}{}The next term begins on {}.", line, line.text.empty() ? "" : " ",
                        day_words(rules, each.opens_at));
    return line;
}

} // namespace rapport
