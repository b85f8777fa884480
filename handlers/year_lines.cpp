// See year_lines.hpp. What they do is what the commands of the same names do.
#include "handlers/year_lines.hpp"

#include "handlers/line_meant.hpp"
#include "handlers/meetings.hpp"
#include "handlers/nudging.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/plan.hpp"
#include "storage/plans.hpp"

#include <charconv>

namespace rapport {
namespace {

using surface::text;

struct own_line {
    storage::nudge line;
    storage::pair pair;
};

result<own_line> line_pressed(desk &at) {
    auto line = line_meant(at, at.pressed().value);
    if (!line)
        return not_found("reminder", at.line(command_name::mentoring));
    auto pair = own_pair(at, line->pair.str());
    if (!pair)
        return pair.error();
    return own_line{std::move(*line), std::move(*pair)};
}

std::string subject_of(const storage::nudge &line) { // "3/2026-12-01", "01J.../1793..."
    return line.occasion.substr(0, line.occasion.find('/'));
}

result<answer> for_pair(desk &at, handler run) {
    const auto on = line_pressed(at);
    if (!on)
        return on.error();
    at.chosen = on->pair;
    return run(at);
}

} // namespace

result<answer> plan_from_line(desk &at) {
    return for_pair(at, show_plan);
}

result<answer> meetings_from_line(desk &at) {
    return for_pair(at, list_meetings);
}

result<answer> goal_goes_on(desk &at) {
    const auto on = line_pressed(at);
    if (!on)
        return on.error();
    std::int64_t number = 0;
    const auto subject = subject_of(on->line);
    std::from_chars(subject.data(), subject.data() + subject.size(), number);
    auto goals = at.on_file.open<storage::goals>();
    auto one = goals.find(on->pair.id, number);
    if (!one || one->state != storage::goal_state::open)
        return tell(text("That goal is not open any more. Nothing more to do."));
    one->touched_at = at.now();
    goals.save(*one);
    look_at(at.on_file, at.here, on->pair.id, at.now());
    return done(text("Noted: “{}” goes on.", one->title));
}

result<answer> met_from_line(desk &at) {
    const auto on = line_pressed(at);
    if (!on)
        return on.error();
    return say_it_happened(at, on->pair, subject_of(on->line), true);
}

result<answer> not_met_from_line(desk &at) {
    const auto on = line_pressed(at);
    if (!on)
        return on.error();
    return say_it_happened(at, on->pair, subject_of(on->line), false);
}

} // namespace rapport
