// See recruiting.hpp. What is counted of applicants is what they answered to the program's own question.
#include "handlers/recruiting.hpp"

#include "handlers/entering.hpp"
#include "handlers/lists.hpp"
#include "handlers/sentences.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/which_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace rapport {
namespace {

using surface::text;

constexpr std::int64_t shown_from = 5; // smaller groups could be somebody
constexpr std::int64_t most_invited = 100'000;

struct ledger_row {
    std::int64_t invited = 0, applied = 0, cleared = 0, matched = 0;
};
using ledger = std::map<std::string, ledger_row>;

// The program and term somebody's line is about.
struct recruiting_term {
    program_slug slug;
    storage::term term;
};

result<recruiting_term> meant(desk &at, const std::string &word, const std::string &example) {
    auto slug = coordinated_program(at, word, example);
    if (!slug)
        return slug.error();
    auto term = term_to_apply_for(at, *slug);
    if (!term)
        return term.error();
    return recruiting_term{std::move(*slug), std::move(*term)};
}

ledger counted(desk &at, const recruiting_term &of) {
    const auto &rules = at.rules().of(of.slug);
    ledger all;
    for (const auto as : {role::mentor, role::protege})
        for (const auto &rule : eligibility_of(rules, as))
            for (const auto &way : rule.any_of)
                all[way];
    for (const auto &[partner, people] : at.on_file.open<storage::invited_counts>().of(of.term.id))
        all[partner].invited = people;
    const auto pairs = at.on_file.pairs.of_term(of.term.id);
    for (const auto &one : at.on_file.open<storage::applications>().of_term(of.term.id)) {
        if (one.state == application_state::withdrawn)
            continue;
        const auto enrolled = at.on_file.programs.enrolled(one.term, one.person, one.role);
        const bool cleared = one.state == application_state::accepted && enrolled &&
                             missing_now(at.on_file, rules, *enrolled, at.now()).none();
        const bool matched = std::any_of(pairs.begin(), pairs.end(), [&](const storage::pair &pair) {
            return (one.role == role::mentor ? pair.mentor : pair.protege) == one.person;
        });
        const auto answers = surface::unpacked(one.answers);
        for (const auto &rule : eligibility_of(rules, one.role)) {
            const auto said = answers.find(rule.asks);
            if (said == answers.end())
                continue;
            auto &row = all[said->second];
            ++row.applied;
            row.cleared += cleared ? 1 : 0;
            row.matched += matched ? 1 : 0;
        }
    }
    return all;
}

} // namespace

result<answer> show_recruiting(desk &at) {
    return recruiting_from(at, at.words.text("program"), 0);
}

result<answer> recruiting_from(desk &at, const std::string &program, std::size_t from) {
    const auto of = meant(at, program, at.line(command_name::program, "recruiting"));
    if (!of)
        return of.error();
    const auto &rules = at.rules().of(of->slug);
    const auto all = counted(at, *of);
    if (all.empty())
        return tell(text("Nothing is counted for {} yet. A start: `{}`", rules.name,
                         at.line(command_name::program, "invited 40 alumni office")));
    std::vector<surface::section> rows;
    for (const auto &[way, row] : all) {
        const auto invited =
            further(row.invited > 0 ? fmt::format("{} invited;", row.invited) : std::string());
        rows.push_back(
            {.text = row.applied < shown_from
                         ? text("*{}*:{} {}", way, invited,
                                row.applied == 0 ? "nobody applied yet" : "fewer than five applied")
                         : text("*{}*:{} {} applied, {} cleared, {} matched", way, invited, row.applied,
                                row.cleared, row.matched)});
    }
    surface::message said{.summary = text("{}, {}: how people come.", rules.name, of->term.name)};
    said.blocks = surface::joined({{surface::section{.text = said.summary}},
                                   list_page(std::move(rows), from, "recruiting", of->slug.str()),
                                   {surface::context{{text("Ways are counted, never people.")}}}});
    return tell(std::move(said));
}

result<answer> note_invited(desk &at) {
    const auto of = meant(at, "", at.line(command_name::program, "invited 40 alumni office"));
    if (!of)
        return of.error();
    const auto people = at.words.number("n").value_or(0);
    const auto &partner = at.words.text("name");
    if (people > most_invited)
        return refusal{"", fmt::format("{} is more than anybody invites.", people),
                       at.line(command_name::program, "invited 40 alumni office")};
    auto invited_counts = at.on_file.open<storage::invited_counts>();
    std::int64_t before = 0;
    for (const auto &one : invited_counts.of(of->term.id))
        if (one.partner == partner)
            before = one.people;
    invited_counts.set(of->term.id, partner, people);
    auto undo = undo_button(at, noted_act, fmt::format("{} {} {}", of->term.id.str(), before, partner));
    return done(with_buttons(text("{}: {} invited this term.", partner, people), {std::move(undo)}));
}

// Subject: "term before partner...".
result<surface::mrkdwn> undo_invited(desk &at, const storage::undo_offer &offer) {
    const auto first = offer.subject.find(' ');
    const auto second = offer.subject.find(' ', first + 1);
    if (second == std::string::npos)
        throw std::logic_error("invited: an undo that was not written here");
    at.on_file.open<storage::invited_counts>().set(
        term_id{offer.subject.substr(0, first)}, offer.subject.substr(second + 1),
        std::strtoll(offer.subject.substr(first + 1, second - first - 1).c_str(), nullptr, 10));
    return text("Taken back.");
}

} // namespace rapport
