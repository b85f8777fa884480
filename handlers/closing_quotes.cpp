// See closing_quotes.hpp.
#include "handlers/closing_quotes.hpp"

#include "handlers/naming.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/pages.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/with_buttons.hpp"
#include "handlers/which_program.hpp"
#include "storage/closing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace rapport {
namespace {

using surface::text;

constexpr std::size_t most_words = 300; // code points

storage::quotes quotes_of(desk &at) {
    return at.on_file.open<storage::quotes>();
}

// A pair of the caller's in whatever state: its words are about their time.
result<storage::pair> pair_of(desk &at, const std::string &id) {
    auto pair = at.on_file.pairs.by_id(pair_id{id});
    if (!pair || !at.who.person || !pair->side_of(at.who.id()) || !at.rules().find(pair->program))
        return not_found("pair", at.line(command_name::mentoring));
    return std::move(*pair);
}

std::string lower(std::string words) {
    for (auto &c : words)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return words;
}

// Whether a name stands in the words as a word of its own.
bool names(const std::string &words, const std::string &name) {
    const auto all = lower(words), one = lower(name);
    const auto letter = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0;
    };
    for (auto at = all.find(one); !one.empty() && at != std::string::npos; at = all.find(one, at + 1)) {
        const bool begins = at == 0 || !letter(all[at - 1]);
        const auto end = at + one.size();
        if (begins && (end == all.size() || !letter(all[end])))
            return true;
    }
    return false;
}

// As others read it.
surface::mrkdwn published(const storage::quote &one, const std::string &author) {
    return one.named ? text("“{}” ({})", one.words, author) : text("“{}”", one.words);
}

result<storage::quote> own_quote(desk &at) {
    auto one = quotes_of(at).by_id(at.pressed().value);
    if (!one || !at.who.person || one->person != at.who.id())
        return not_found("line", at.line(command_name::mentoring));
    return std::move(*one);
}

surface::button press(std::string_view says, std::string_view action, const std::string &value,
                      surface::tone look = surface::tone::neutral) {
    return {.says = says, .action = std::string(action), .value = value, .look = look};
}

} // namespace

result<answer> open_quote(desk &at) {
    const auto pair = pair_of(at, at.pressed().value);
    if (!pair)
        return pair.error();
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.",
                       at.line(command_name::mentoring, "continue")};
    const auto &rules = at.rules().of(pair->program);
    surface::modal form{.callback = std::string(quote_form),
                        .title = "A line others may read",
                        .submit = "Show me first",
                        .close = "Not now",
                        .metadata = pair->id.str()};
    form.blocks.emplace_back(
        surface::section{.text = text("What would you tell somebody who thinks about joining {}? Nobody "
                                      "reads it until you have approved "
                                      "the exact words. Leave {} and other people out of it by name.",
                                      rules.name, first_name(partner_in(at, *pair)))});
    form.blocks.emplace_back(
        surface::input{.field = "words",
                       .label = "Your words",
                       .asks = surface::plain_text_input{.multiline = true, .max_length = most_words}});
    surface::checkboxes box;
    box.options.push_back({.says = "With my first name", .value = "yes"});
    form.blocks.emplace_back(
        surface::input{.field = "named", .label = "Your name", .asks = std::move(box), .optional = true});
    return open_form(std::move(form));
}

result<answer> quote_sent(desk &at) {
    const auto pair = pair_of(at, at.sent().metadata);
    if (!pair)
        return pair.error();
    const auto words = surface::one_line(at.sent().holds.text("words"));
    const auto me = first_name(*at.who.person), partner = first_name(partner_in(at, *pair));
    const bool named = at.sent().holds.all_chosen("named") == std::vector<std::string>{"yes"};
    std::string wrong;
    if (words.empty())
        wrong = "Nothing is written yet. Nothing was saved.";
    else if (surface::code_points(words) > most_words)
        wrong = fmt::format("At most {} characters; this has {}. Nothing was saved.", most_words,
                            surface::code_points(words));
    else if (names(words, partner))
        wrong = fmt::format("It names {}, who has not agreed to that. Nothing was saved.", partner);
    else if (!named && names(words, me))
        wrong = "It has your name in it; take it out, or tick that it may be there. Nothing was saved.";
    if (!wrong.empty())
        return answer{.what = outcome::refused, .form = form_errors{{{"words", wrong}}}};
    storage::quote one;
    one.id = at.on_file.ids.next(at.now());
    one.pair = pair->id;
    one.program = pair->program;
    one.term = pair->term;
    one.person = at.who.id();
    one.words = words;
    one.named = named;
    one.made_at = at.now();
    quotes_of(at).add(one);
    return done(with_buttons(
        surface::lines({text("This is how others would read it, and nobody does until you say so:"),
                        published(one, me)}),
        {press("Publish exactly this", quote_button::approve, one.id, surface::tone::primary),
         press("Write it anew", quote_button::open, pair->id.str()),
         press("Drop it", quote_button::drop, one.id)}));
}

result<answer> approve_quote(desk &at) {
    const auto one = own_quote(at);
    if (!one)
        return one.error();
    if (one->state == storage::quote_state::approved)
        return tell(text("You approved it already."));
    if (!quotes_of(at).move(one->id, storage::quote_state::proposed, storage::quote_state::approved,
                            at.now()))
        return refusal{"a line that was dropped", "You dropped these words; they are not published.",
                       at.line(command_name::mentoring, "continue")};
    at.on_file.journal.append(at.asked.team, {.at = at.now(),
                                              .actor = at.who.id().str(),
                                              .act = "quote_approved",
                                              .subject_kind = "quote",
                                              .subject = one->id,
                                              .detail = ""});
    return done(with_buttons(surface::lines({text("Thank you. The coordinators may publish exactly this:"),
                                             published(*one, first_name(*at.who.person))}),
                             {press("Take it back", quote_button::drop, one->id)}));
}

result<answer> drop_quote(desk &at) {
    const auto one = own_quote(at);
    if (!one)
        return one.error();
    if (one->state == storage::quote_state::withdrawn ||
        !quotes_of(at).move(one->id, one->state, storage::quote_state::withdrawn, at.now()))
        return tell(text("It is dropped already."));
    at.on_file.journal.append(at.asked.team, {.at = at.now(),
                                              .actor = at.who.id().str(),
                                              .act = "quote_dropped",
                                              .subject_kind = "quote",
                                              .subject = one->id,
                                              .detail = ""});
    return done(text("Dropped. The coordinators see it no more; what was printed before is with them."));
}

namespace {

answer quotes_from(desk &at, const program_slug &slug, std::size_t from) {
    const auto &rules = at.rules().of(slug);
    const auto all = quotes_of(at).approved(slug);
    if (all.empty())
        return tell(
            text("{}: nobody has approved a line for others yet. Pairs are asked for one at their end.",
                 rules.name));
    surface::message said{
        .summary = text("{}: {} approved by their authors, word for word. Change nothing in them.",
                        rules.name, all.size() == 1 ? "one line" : fmt::format("{} lines", all.size()))};
    std::vector<surface::section> rows;
    for (const auto &one : all) {
        const auto who = at.on_file.people.by_id(one.person);
        rows.push_back({.text = published(one, who ? first_name(*who) : std::string())});
    }
    said.blocks = surface::joined({{surface::section{.text = said.summary}},
                                   paged(std::move(rows), from, quote_button::page, slug.str())});
    return tell(std::move(said));
}

} // namespace

result<answer> list_quotes(desk &at) {
    const auto slug =
        coordinated_program(at, at.words.text("program"), at.line(command_name::program, "quotes"));
    if (!slug)
        return slug.error();
    return quotes_from(at, *slug, 0);
}

result<answer> page_quotes(desk &at) {
    const auto wanted = read_page(at.pressed().value);
    if (!wanted || !at.who.coordinates_program(program_slug{wanted->about}))
        return not_found("list", at.line(command_name::program, "quotes"));
    return in_place(quotes_from(at, program_slug{wanted->about}, wanted->from));
}

} // namespace rapport
