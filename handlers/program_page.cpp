// /program; see program_page.hpp.
#include "handlers/program_page.hpp"

#include "handlers/away_told.hpp"
#include "handlers/coordinators_message.hpp"
#include "handlers/deciding.hpp"
#include "handlers/home.hpp"
#include "handlers/leaving_told.hpp"
#include "handlers/naming.hpp"
#include "handlers/pages.hpp"
#include "handlers/queue_acts.hpp"
#include "handlers/sentences.hpp"
#include "handlers/staff_contact.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/term_commands.hpp"
#include "handlers/which_program.hpp"
#include "storage/mentor_requests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace rapport {
namespace {

using surface::text;

// What was last, and what comes.
surface::mrkdwn no_term_words(desk &at, const program_slug &slug) {
    const auto why = running_term(at, slug);
    return text("{}", why ? std::string() : why.error().wrong);
}

surface::mrkdwn dates_of_term(desk &at, const program_slug &slug) {
    const auto term = at.on_file.programs.open_term(slug);
    const auto where = at.rules().of(slug).where;
    if (!term)
        return no_term_words(at, slug);
    if (!term->closes_at)
        return text("The term began on {} and has no end.", full_date(where.day_of(term->opens_at)));
    return text("The term runs from {} to {}.", full_date(where.day_of(term->opens_at)),
                full_date(where.day_of(*term->closes_at)));
}

std::vector<surface::block> what_it_is_about(desk &at, const program_slug &slug) {
    const auto &rules = at.rules().of(slug);
    std::vector<surface::block> out;
    out.emplace_back(surface::section{.text = text("*{}*: {}", rules.name, rules.purpose)});
    auto words = surface::lines({dates_of_term(at, slug), phase_line(at, slug)});
    for (const auto &promise : promises_of(rules))
        words = surface::lines({words, promise});
    out.emplace_back(surface::section{.text = std::move(words)});
    out.emplace_back(surface::context{{text("Whom to ask: {}{}{}.", rules.contact.name,
                                            rules.contact.email.empty() ? "" : ", " + rules.contact.email,
                                            rules.contact.phone.empty() ? "" : ", " + rules.contact.phone)}});
    return out;
}

// Lines of pairs that the coordinator is not in (settled 4).
std::vector<storage::attention_line> lines_for(desk &at, const program_slug &slug) {
    auto lines = at.on_file.attention.open(slug);
    if (at.who.person)
        std::erase_if(lines, [&](const storage::attention_line &line) {
            return !may_see(at.on_file, at.who.id(), line);
        });
    std::erase_if(lines, [&](const storage::attention_line &line) { // all its pairs have ended
        return line.kind == staff_contact_line && pairs_of_line(at.on_file, at.here, line) == 0;
    });
    drop_twins(lines);
    return lines;
}

// Who is in the term, who is in no pair, and what waits between them: numbers for those who run it.
std::string term_in_numbers(desk &at, const program_slug &slug, const storage::term &term,
                            const std::vector<storage::pair> &pairs) {
    const auto &rules = at.rules().of(slug);
    std::set<person_id> paired;
    for (const auto &pair : pairs)
        if (pair.state != pair_state::ended) {
            paired.insert(pair.mentor);
            paired.insert(pair.protege);
        }
    std::map<role, int> all, alone;
    for (const auto &one : at.on_file.programs.enrolments(term.id))
        if (one.state != enrolment_state::left && one.state != enrolment_state::applied) {
            ++all[one.role];
            alone[one.role] += paired.contains(one.person) ? 0 : 1;
        }
    const auto requests = at.on_file.open<storage::mentor_requests>().of_term(term.id);
    const auto open = std::count_if(requests.begin(), requests.end(),
                                    [](auto &one) { return storage::is_open(one.state); });
    const auto of = [&](role as, const role_word &word) {
        const int n = all[as];
        return fmt::format("{} {}{}", n, n == 1 ? word.one : word.many,
                           n == 0 || alone[as] == 0 ? std::string()
                                                    : fmt::format(" ({} in no pair)", alone[as]));
    };
    auto out = of(role::mentor, rules.mentor_word);
    if (rules.entry.proteges_are != protege_side::sites) // there nobody is on record
        out += ", " + of(role::protege, rules.protege_word);
    out += ".";
    if (open > 0)
        out += open == 1 ? std::string(" One request is open.") : fmt::format(" {} requests are open.", open);
    return out;
}

surface::mrkdwn counts(desk &at, const program_slug &slug,
                       const std::vector<storage::attention_line> &lines) {
    const auto term = at.on_file.programs.open_term(slug);
    const auto pairs = term ? at.on_file.pairs.of_term(term->id) : std::vector<storage::pair>();
    const auto open = std::count_if(pairs.begin(), pairs.end(), [](const storage::pair &pair) {
        return pair.state != pair_state::ended;
    });
    std::vector<pair_id> needing;
    std::size_t of_people = 0; // lines that name a person and no pair
    for (const auto &line : lines) {
        if (!line.pair.empty())
            needing.push_back(line.pair);
        else if (!line.person.empty())
            ++of_people;
    }
    std::sort(needing.begin(), needing.end());
    needing.erase(std::unique(needing.begin(), needing.end()), needing.end());
    int minutes_all = 0;
    for (const auto &line : lines)
        minutes_all += minutes_for(at.on_file, at.here, line);
    const auto &name = at.rules().of(slug).name;
    const auto asked = of_people == 0   ? std::string()
                       : of_people == 1 ? std::string("One person waits for an answer.")
                                        : fmt::format("{} people wait for an answer.", of_people);
    if (open == 0 && of_people > 0)
        return text("*{}*: no pairs yet.{}", name, further(asked));
    if (open == 0)
        return text("*{}*: no pairs yet. `{}` makes one.", name,
                    at.line(command_name::program, "pair @priya @ana"));
    if (needing.empty())
        return text("*{}*: {} {}, none of them needs you today.{}", name, open, open == 1 ? "pair" : "pairs",
                    further(asked));
    return text("*{}*: {} of {} {} {} you, about {} minutes.{}", name, needing.size(), open,
                open == 1 ? "pair" : "pairs", needing.size() == 1 ? "needs" : "need", minutes_all,
                further(asked));
}

} // namespace

std::vector<surface::block> queue_of(desk &at, const program_slug &slug, std::size_t from,
                                     std::string_view page_action) {
    const auto lines = lines_for(at, slug);
    std::vector<surface::block> out;
    out.emplace_back(surface::section{.text = counts(at, slug, lines)});
    if (auto away = who_is_away(at, slug); !away.text.empty())
        out.emplace_back(surface::context{{std::move(away)}});
    if (const auto term = at.on_file.programs.open_term(slug))
        out.emplace_back(surface::context{
            {text("{}", term_in_numbers(at, slug, *term, at.on_file.pairs.of_term(term->id)))}});
    std::vector<std::vector<surface::block>> rows;
    for (const auto &line : lines) {
        surface::section row{.text = queue_sentence(at.on_file, at.here, line)};
        auto buttons = entering_buttons(line);
        if (buttons.empty())
            buttons = act_buttons(line);
        for (auto &each : leaving_buttons(line))
            buttons.push_back(std::move(each));
        auto &blocks = rows.emplace_back();
        blocks.emplace_back(std::move(row));
        blocks.emplace_back(surface::actions{std::move(buttons)});
    }
    for (auto &block : paged_blocks(std::move(rows), from, page_action, slug.str()))
        out.push_back(std::move(block));
    return out;
}

result<answer> page_queue(desk &at) {
    const auto wanted = read_page(at.pressed().value);
    if (!wanted || !at.who.coordinates_program(program_slug{wanted->about}))
        return not_found("list", at.line(command_name::program));
    const program_slug slug{wanted->about};
    surface::message said{.summary = counts(at, slug, lines_for(at, slug))};
    said.blocks = queue_of(at, slug, wanted->from, queue_page);
    return in_place(tell(std::move(said)));
}

result<answer> see_to_line(desk &at) {
    const auto line = referred_line(at.on_file, at.pressed().value);
    const bool own = line && at.who.person && !may_see(at.on_file, at.who.id(), *line);
    if (!line || !at.who.coordinates_program(line->program) || own)
        return not_found("line", at.line(command_name::program));
    auto how = storage::act_kind::seen;
    for (const auto &each : act_choices)
        if (each.on_page == at.pressed().action)
            how = each.act;
    if (line->cleared_at)
        return tell(text("That line was cleared already."));
    see_to(at, *line, how);
    if (at.pressed().message_ts.empty())
        return show_home(at); // pressed there
    auto page = show_program(at);
    return page ? result<answer>(in_place(std::move(*page))) : std::move(page);
}

std::vector<surface::mrkdwn> promises_of(const program &rules) {
    std::vector<surface::mrkdwn> all;
    if (const auto &promise = rules.replies.promise)
        all.push_back(text("Both sides answer within {} days, and never later than {}.", promise->target_days,
                           promise->limit_days));
    if (const auto &floor = rules.contacts.floor)
        all.push_back(text("At least {} contacts a month{}.", floor->per_month,
                           floor->counts == counted_contacts::mentor_initiated
                               ? ", begun by the " + rules.mentor_word.one
                               : std::string()));
    if (rules.first_meeting)
        all.push_back(text("A first meeting within {} days.", rules.first_meeting->within_days));
    if (rules.check_ins)
        all.push_back(text("A short check-in from both sides each month, by the {}.",
                           rules.check_ins->due_day == 31 ? std::string("last day")
                                                          : fmt::format("{}.", rules.check_ins->due_day)));
    if (rules.contacts.hears == listening::conversation)
        all.push_back(text("Rapport sees who writes in a pair's conversation and when, never what."));
    else
        all.push_back(text("Rapport does not listen in anybody's conversation."));
    return all;
}

result<answer> show_program(desk &at) {
    auto slugs = at.who.programs();
    for (const auto &slug : at.who.coordinated)
        if (std::find(slugs.begin(), slugs.end(), slug) == slugs.end())
            slugs.push_back(slug);
    if (slugs.empty())
        slugs = at.rules().slugs();
    if (slugs.empty())
        return tell(text("No program runs here yet."));
    surface::message said;
    std::vector<surface::mrkdwn> short_words;
    for (const auto &slug : slugs) {
        const bool coordinates = at.who.coordinates_program(slug);
        for (auto &block : coordinates ? queue_of(at, slug, 0, queue_page) : what_it_is_about(at, slug))
            said.blocks.push_back(std::move(block));
        if (coordinates) {
            said.summary = surface::lines({said.summary, counts(at, slug, lines_for(at, slug))});
            for (auto &block : what_it_is_about(at, slug))
                said.blocks.push_back(std::move(block));
        } else {
            const auto &rules = at.rules().of(slug);
            said.summary = surface::lines({said.summary, text("*{}*: {} Whom to ask: {}.", rules.name,
                                                              rules.purpose, rules.contact.name)});
        }
        if (said.blocks.size() > 40)
            break; // the platform takes 50; who runs more than that names one
    }
    return tell(std::move(said));
}

} // namespace rapport
