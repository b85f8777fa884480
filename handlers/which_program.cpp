// See which_program.hpp.
#include "handlers/which_program.hpp"

#include "handlers/line_again.hpp"
#include "handlers/naming.hpp"
#include "handlers/usage_shape.hpp"

#include <fmt/format.h>

namespace rapport {

result<program_slug> coordinated_program(const desk &at, const std::string &word,
                                         const std::string &example) {
    const auto &mine = at.who.coordinated;
    if (word.empty() && mine.size() == 1)
        return mine.front();
    for (const auto &slug : mine)
        if (shape::alike(slug.str(), word) || shape::alike(at.rules().of(slug).name, word))
            return slug;
    if (mine.empty())
        return refusal{"", "No program runs here yet.", at.line(command_name::program)};
    std::string names;
    for (const auto &slug : mine)
        names += (names.empty() ? "" : ", ") + slug.str();
    return refusal{"",
                   word.empty()
                       ? fmt::format("You coordinate several programs: {}. Say which one.", names)
                       : fmt::format("You coordinate no program called “{}”. There is {}.", word, names),
                   line_again(at, word, mine.front().str(), example)};
}

result<storage::term> running_term(const desk &at, const program_slug &slug) {
    const auto &rules = at.rules().of(slug);
    std::optional<storage::term> running, last, coming;
    for (auto &each : at.on_file.programs.terms(slug)) { // by opening
        auto &to = each.state == term_state::open      ? running
                   : each.state == term_state::planned ? coming
                                                       : last;
        // of two that are open it is the one that has begun, not the one that people come into already
        if (each.state != term_state::open || !running || each.opens_at <= at.now())
            to = std::move(each);
    }
    if (running)
        return std::move(*running);
    auto wrong = fmt::format("{} has no term that is open", rules.name);
    if (last)
        wrong +=
            fmt::format("; {} closed on {}", last->name,
                        full_date(rules.where.day_of(last->closes_at.value_or(at.now()) - milliseconds{1})));
    if (coming)
        wrong +=
            fmt::format("; {} begins on {}", coming->name, full_date(rules.where.day_of(coming->opens_at)));
    return refusal{"", wrong + ".",
                   at.line(command_name::program,
                           at.who.coordinates_program(slug) ? fmt::format("open {}", slug.str()) : "")};
}

result<storage::person> participant(const desk &at, const slack_id &who, const std::string &example) {
    auto found = at.on_file.people.by_slack(who);
    if (!found)
        return refusal{
            "",
            fmt::format("I know nobody of this workspace by <@{}> who can take part. Apps and people of "
                        "connected workspaces cannot.",
                        who.str()),
            example};
    if (found->state != person_state::active)
        return refusal{"", fmt::format("The account of {} is deactivated.", first_name(*found)), example};
    return std::move(*found);
}

} // namespace rapport
