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
    auto found = at.on_file.programs.open_term(slug);
    if (!found)
        return refusal{"", fmt::format("{} has no term that is open.", at.rules().of(slug).name),
                       at.line(command_name::program)};
    return std::move(*found);
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
