// See announcing.hpp.
#include "handlers/announcing.hpp"

#include "handlers/naming.hpp"
#include "handlers/owed.hpp"
#include "handlers/striking.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/which_program.hpp"
#include "mentoring/wording.hpp"
#include "storage/announcements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace rapport {
namespace {

using storage::announced_to;
using surface::text;

constexpr std::size_t most_words = 2000; // code points

struct reader_of_it {
    storage::person who;
    role as;
};

// People of the open term with an account, each once; a coordinator does not write to themselves.
std::vector<reader_of_it> readers(desk &at, const program_slug &slug, announced_to whom) {
    const auto term = at.on_file.programs.open_term(slug);
    std::vector<reader_of_it> out;
    std::set<person_id> seen;
    if (!term)
        return out;
    for (const auto &one : at.on_file.programs.enrolments(term->id)) {
        const bool fits =
            whom == announced_to::everyone ||
            (whom == announced_to::mentors ? one.role == role::mentor : one.role == role::protege);
        if (!fits || one.state == enrolment_state::left || one.state == enrolment_state::applied ||
            (at.who.person && one.person == at.who.id()) || !seen.insert(one.person).second)
            continue;
        auto who = at.on_file.people.by_id(one.person);
        if (who && who->slack && who->state == person_state::active)
            out.push_back({std::move(*who), one.role});
    }
    return out;
}

std::string key_of(const std::string &id, const person_id &who) {
    return "announcement:" + id + ":" + who.str();
}

} // namespace

result<answer> announce(desk &at) {
    const auto slug =
        coordinated_program(at, at.words.text("program"), at.line(command_name::program, "announce"));
    if (!slug)
        return slug.error();
    const auto term = running_term(at, *slug);
    if (!term)
        return term.error();
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.", at.line(command_name::program, "announce")};
    const auto &rules = at.rules().of(*slug);
    surface::modal form{.callback = std::string(announce_form),
                        .title = "To everybody",
                        .submit = "Send it",
                        .close = "Not now",
                        .metadata = slug->str()};
    surface::static_select to;
    const auto add = [&](announced_to whom, const std::string &name) {
        const auto count = readers(at, *slug, whom).size();
        to.options.push_back(
            {.says = surface::plain_text("{}: {} {}", name, count, count == 1 ? "person" : "people"),
             .value = std::string(text_of(whom))});
    };
    add(announced_to::everyone, "Everybody");
    add(announced_to::mentors, "All " + rules.mentor_word.many);
    add(announced_to::proteges, "All " + rules.protege_word.many);
    to.chosen = to.options.front().value;
    form.blocks.emplace_back(surface::input{.field = "to", .label = "Who reads it", .asks = to});
    form.blocks.emplace_back(surface::input{
        .field = "words",
        .label = "Your words",
        .asks = surface::plain_text_input{.multiline = true, .max_length = static_cast<int>(most_words)}});
    form.blocks.emplace_back(surface::input{.field = "name",
                                            .label = surface::plain_text("Write {} to send it", rules.name),
                                            .asks = surface::plain_text_input{.max_length = 100},
                                            .hint = "So that nothing goes to many people by mistake."});
    form.blocks.emplace_back(surface::context{{text(
        "Each reads it in their next good hour, with your name. These words are kept, for they are meant "
        "for all; for one person write to them directly.")}});
    return open_form(std::move(form));
}

result<answer> announce_sent(desk &at) {
    const program_slug slug{at.sent().metadata};
    const auto *rules = at.rules().find(slug);
    if (rules == nullptr || !at.who.coordinates_program(slug))
        return not_found("program", at.line(command_name::program, "announce"));
    const auto &holds = at.sent().holds;
    const auto words = surface::cleaned(holds.text("words"));
    announced_to whom{};
    form_errors wrong;
    if (!parse_text(holds.chosen("to"), whom))
        wrong.under["to"] = "Choose one of these. Nothing was sent.";
    if (words.find_first_not_of(" \n") == std::string::npos)
        wrong.under["words"] = "A word or two is needed. Nothing was sent.";
    else if (surface::code_points(words) > most_words)
        wrong.under["words"] = fmt::format("At most {} characters. Nothing was sent.", most_words);
    if (folded(surface::one_line(holds.text("name"))) != folded(rules->name))
        wrong.under["name"] = fmt::format("Write {} to send it. Nothing was sent.", rules->name);
    const auto all = wrong.under.empty() ? readers(at, slug, whom) : std::vector<reader_of_it>();
    if (wrong.under.empty() && all.empty())
        wrong.under["to"] = "Nobody of them has an account here. Nothing was sent.";
    if (!wrong.under.empty())
        return answer{.what = outcome::refused, .form = std::move(wrong)};
    storage::announcement row;
    row.id = at.on_file.ids.next(at.now());
    row.program = slug;
    row.by_person = at.who.id();
    row.words = words;
    row.readers = whom;
    row.made_at = at.now();
    at.on_file.open<storage::announcements>().add(row);
    for (const auto &each : all) {
        const auto when = hours_of(each.who, *rules, each.as == role::protege ? side::protege : side::mentor);
        at.on_file.outbox.add({.team = at.asked.team,
                               .id = at.on_file.ids.make<storage::outbox_id>(at.now()),
                               .key = key_of(row.id, each.who.id),
                               .verb = storage::outbox_verb::post,
                               .kind = std::string(announcement_kind),
                               .policy = storage::send_policy::at_most_once,
                               .person = each.who.id,
                               .subject = "announcement:" + row.id,
                               .params = row.id,
                               .not_before_at = when.next_good(partner_hears_at(at)),
                               .created_at = at.now()});
    }
    at.on_file.journal.append(at.asked.team, {.at = at.now(),
                                              .actor = at.who.id().str(),
                                              .act = "announce",
                                              .subject_kind = "program",
                                              .subject = slug.str(),
                                              .detail = fmt::format("{} {}", text_of(whom), all.size())});
    return done(with_undo(text("On its way to {} {} of {}, each in their next good hour.", all.size(),
                               all.size() == 1 ? "person" : "people", rules->name),
                          undo_button(at, announce_act, row.id)));
}

// Subject: the announcement's id.
result<surface::mrkdwn> undo_announcement(desk &at, const storage::undo_offer &offer) {
    auto announcements = at.on_file.open<storage::announcements>();
    const auto row = announcements.by_id(offer.subject);
    if (!row || !announcements.undo(offer.subject, at.now()))
        return refusal{"", "That was taken back already.", at.line(command_name::program)};
    std::vector<std::string> keys;
    for (const auto &each : readers(at, row->program, announced_to::everyone))
        keys.push_back(key_of(row->id, each.who.id));
    strike_out(at, keys);
    return text("Taken back. Who has not read it will not; where it was read it is struck out.");
}

std::optional<surface::message> announced(storage::records &on_file, const house &here,
                                          const storage::outbox_row &row) {
    const auto one = on_file.open<storage::announcements>().by_id(row.params);
    const auto *rules = one ? here.rules.find(one->program) : nullptr;
    const auto by = one ? on_file.people.by_id(one->by_person) : std::nullopt;
    if (!rules || !by || one->undone_at)
        return std::nullopt;
    return surface::said(surface::lines({text("*{}*: {} writes to you.", rules->name, named(*by)),
                                         text("{}", surface::paragraph{one->words})}));
}

} // namespace rapport
