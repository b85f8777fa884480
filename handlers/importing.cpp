// See importing.hpp; what a list means is people_list's.
#include "handlers/importing.hpp"

#include "handlers/entering.hpp"
#include "handlers/people_list.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/which_program.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

// A field of a form holds 3,000 characters on the platform, so there are several.
constexpr int parts_of_a_list = 5;
constexpr std::size_t most_of_a_part = 3000;
constexpr std::size_t most_refused_shown = 20, most_others_shown = 10;

std::string part_name(int number) {
    return fmt::format("list.{}", number);
}

surface::modal list_form(const program &rules) {
    surface::modal form{.callback = std::string(import_form),
                        .title = "Import people",
                        .submit = "Look at it",
                        .metadata = rules.slug.str()};
    form.blocks.emplace_back(surface::section{
        .text = text("Into *{}*. The first line names the columns: `email,name,role,check,training,mentor`. "
                     "Nothing is saved until you have seen what each row comes to.",
                     rules.name)});
    for (int i = 1; i <= parts_of_a_list; ++i)
        form.blocks.emplace_back(
            surface::input{.field = part_name(i),
                           .label = i == 1 ? surface::plain("The list") : surface::plain("The list goes on"),
                           .asks = surface::plain_text_input{.multiline = true,
                                                             .max_length = static_cast<int>(most_of_a_part)},
                           .hint = i == 1 ? surface::plain("A longer one: rapport import FILE")
                                          : surface::plain("From a whole line on, without the header"),
                           .optional = i > 1});
    return form;
}

std::string typed_list(const fields &holds) {
    std::string all;
    for (int i = 1; i <= parts_of_a_list; ++i) {
        const auto part = holds.text(part_name(i));
        if (part.empty())
            continue;
        if (!all.empty() && all.back() != '\n')
            all += '\n';
        all += part;
    }
    return all;
}

void show_rows(surface::modal &form, const list_report &report, bool refused, std::size_t most) {
    std::size_t shown = 0, all = 0;
    surface::mrkdwn words;
    for (const auto &one : report.rows) {
        if ((one.fate == row_fate::refused) != refused || one.fate == row_fate::same)
            continue;
        if (++all > most)
            continue;
        words = surface::lines(
            {words, text("Line {}, {}: {}. {}", one.line, one.who, text_of(one.fate), one.says)});
        if (++shown % 5 == 0) {
            form.blocks.emplace_back(surface::section{.text = words});
            words = {};
        }
    }
    if (!words.text.empty())
        form.blocks.emplace_back(surface::section{.text = words});
    if (all > most)
        form.blocks.emplace_back(surface::context{{text("And {} more like these.", all - most)}});
}

surface::modal preview_form(const program &rules, const list_report &report, const std::string &draft) {
    const bool does = report.changes_anything();
    surface::modal form{.callback = std::string(import_confirm_form),
                        .title = "What it comes to",
                        .submit = does ? "Import" : "",
                        .close = does ? "Leave it" : "Close",
                        .metadata = draft};
    form.blocks.emplace_back(
        surface::section{.text = text("*{}*: {}. {}", rules.name, report.counts(),
                                      does ? "Nothing is saved yet." : "There is nothing to save.")});
    if (const auto note = report.about_addresses(); !note.empty())
        form.blocks.emplace_back(surface::context{{text("{}", note)}});
    show_rows(form, report, true, most_refused_shown);
    show_rows(form, report, false, most_others_shown);
    if (does)
        form.blocks.emplace_back(
            surface::input{.field = "name",
                           .label = surface::plain_text("To go on, type {}", rules.slug.str()),
                           .asks = surface::plain_text_input{.max_length = 100}});
    return form;
}

answer wrong_under(const char *field, std::string words) {
    form_errors wrong;
    wrong.under[field] = std::move(words);
    return {.what = outcome::refused, .form = std::move(wrong)};
}

} // namespace

result<answer> import_list(desk &at) {
    const auto slug =
        coordinated_program(at, at.words.text("program"), at.line(command_name::program, "import"));
    if (!slug)
        return slug.error();
    const auto term = term_to_enter(at, *slug);
    if (!term)
        return term.error();
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.",
                       fmt::format("rapport import FILE --program {}", slug->str())};
    return open_form(list_form(at.rules().of(*slug)));
}

result<answer> preview_import(desk &at) {
    const program_slug slug{at.sent().metadata};
    if (!at.rules().find(slug) || !at.who.coordinates_program(slug))
        return not_found("program", at.line(command_name::program));
    const auto list = typed_list(at.sent().holds);
    const auto report = take_list(at.on_file, at.here, slug, list, at.who.id(), true, at.now());
    if (!report)
        return wrong_under("list.1", refusal_line(report.error()));
    std::string draft;
    if (report->changes_anything()) {
        draft = at.on_file.ids.next(at.now());
        at.on_file.open<storage::import_drafts>().keep(at.who.id(), {draft, slug, list, at.now()});
    }
    return answer{.what = outcome::told,
                  .form = next_form{.form = preview_form(at.rules().of(slug), *report, draft)}};
}

result<answer> apply_import(desk &at) {
    auto drafts = at.on_file.open<storage::import_drafts>();
    const auto draft = drafts.find(at.who.id(), at.sent().metadata);
    if (!draft || !at.rules().find(draft->program) || !at.who.coordinates_program(draft->program))
        return refusal{"", "That list is not there any more: it was used, or a newer one took its place.",
                       at.line(command_name::program, "import")};
    const auto &rules = at.rules().of(draft->program);
    const auto typed = surface::one_line(at.sent().holds.text("name"));
    if (!shape::alike(typed, rules.slug.str()) && !shape::alike(typed, rules.name))
        return wrong_under("name", fmt::format("Type {} to go on. Nothing was saved.", rules.slug.str()));
    const auto report =
        take_list(at.on_file, at.here, draft->program, draft->list, at.who.id(), false, at.now());
    drafts.drop(at.who.id());
    if (!report)
        return report.error();
    return done(text("{}: {}. The same list again changes nothing.", rules.name, report->counts()));
}

} // namespace rapport
