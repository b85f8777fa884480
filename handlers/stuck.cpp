// See stuck.hpp.
#include "handlers/stuck.hpp"

#include "handlers/asking.hpp"
#include "handlers/coordinators_message.hpp"
#include "handlers/naming.hpp"
#include "handlers/surface/with_buttons.hpp"
#include "handlers/taking_back.hpp"
#include "mentoring/wording.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

constexpr std::size_t most_programs = 5;

result<answer> stuck_in(desk &at, const program_slug &slug) {
    const auto *rules = at.rules().find(slug);
    const auto mine = at.who.programs();
    if (rules == nullptr || std::find(mine.begin(), mine.end(), slug) == mine.end())
        return not_found("program", at.line(command_name::mentoring, "contact"));
    storage::attention_line line;
    line.program = slug;
    line.kind = i_am_stuck;
    line.person = at.who.id();
    line.since_at = at.now();
    line.raised_at = at.now();
    const auto people = who_hears(at.on_file, at.here, line, at.now());
    if (people.empty())
        return refusal{"", "Nobody runs this program who could be asked in private right now.",
                       at.line(command_name::mentoring, "contact")};
    for (const auto &open : at.on_file.attention.open(slug))
        if (open.kind == i_am_stuck && open.person == at.who.id())
            return tell(text("They know already, and will be in touch. Nobody else does."));
    const auto first = slug.str() + "/" + text_of(at.who.where.day_of(at.now()));
    line.occasion = first;
    for (int n = 2; !at.on_file.attention.raise(line); ++n)
        line.occasion = first + "/" + std::to_string(n);
    tell_coordinators(at.on_file, at.here, line, at.now());
    auto buttons = private_line_buttons(at);
    buttons.emplace_back(undo_button(at, stuck_act, line.occasion));
    return done(with_buttons(
        text("{} will hear that a word would help you. No one else is named, no reason "
             "is kept, and your partner hears nothing of it.",
             people.size() == 1 ? first_name(people.front()) : "The people who run " + rules->name),
        std::move(buttons)));
}

} // namespace

result<answer> stuck(desk &at) {
    const auto mine = at.who.programs();
    const auto word = at.words.text("program");
    for (const auto &slug : mine)
        if (const auto *rules = at.rules().find(slug))
            if (mine.size() == 1 || (!word.empty() && (folded(slug.str()) == folded(word) ||
                                                       folded(rules->name) == folded(word))))
                return stuck_in(at, slug);
    std::vector<surface::element> buttons;
    for (const auto &slug : mine)
        if (const auto *rules = at.rules().find(slug); rules && buttons.size() < most_programs)
            buttons.emplace_back(surface::button{
                .says = rules->name, .action = std::string(stuck_button), .value = slug.str()});
    if (buttons.empty())
        return not_found("program", at.line(command_name::mentoring, "contact"));
    return tell(with_buttons(text("In which program?"), std::move(buttons)));
}

result<answer> press_stuck(desk &at) {
    if (!at.who.person)
        return not_found("account here", at.line(command_name::mentoring));
    return stuck_in(at, program_slug{at.pressed().value});
}

// Subject: the occasion of the line.
result<surface::mrkdwn> not_stuck(desk &at, const storage::undo_offer &offer) {
    const auto said =
        at.on_file.attention.find(pair_id(), std::string(i_am_stuck), offer.subject, offer.person);
    if (!said || said->cleared_at)
        return refusal{"", "Somebody has seen to it already.", at.line(command_name::mentoring, "contact")};
    at.on_file.attention.clear(said->pair, said->kind, said->occasion, said->person, std::nullopt, at.now());
    return text("Taken back. Nobody hears of it.");
}

} // namespace rapport
