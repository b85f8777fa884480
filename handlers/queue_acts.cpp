// See queue_acts.hpp.
#include "handlers/queue_acts.hpp"

#include "handlers/coordinators_message.hpp"
#include "handlers/nudging.hpp"
#include "handlers/program_page.hpp"
#include "handlers/surface/packed.hpp"
#include "mentoring/obligations.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

// A line about a person alone has no pair, one about a date of the program neither.
constexpr std::string_view none_there = "-";

// Both sides of a pair owe it together.
bool is_of_the_pair(std::string_view kind) {
    obligation_kind which{};
    if (!parse_text(kind, which))
        return false;
    return which == obligation_kind::first_meeting || which == obligation_kind::getting_started ||
           which == obligation_kind::contact_floor || which == obligation_kind::closing;
}

void close_told(desk &at, const storage::attention_line &line) {
    for (const auto &each : at.on_file.nudges.open_of_pair(line.pair))
        if (is_coordinators(each) && is_cleared(at.on_file, each)) {
            at.on_file.nudges.close(each.id, storage::nudge_outcome::settled, at.now());
            if (each.channel && each.ts)
                show_again(at.on_file, each.person, *each.channel, *each.ts, at.now());
        }
}

} // namespace

std::string queue_reference(const storage::attention_line &line) {
    return fmt::format("{} {} {} {}", line.pair.empty() ? none_there : std::string_view(line.pair.str()),
                       line.kind, line.occasion,
                       line.person.empty() ? none_there : std::string_view(line.person.str()));
}

std::optional<storage::attention_line> referred_line(storage::records &on_file, std::string_view reference) {
    const auto parts = surface::split_words(reference); // an occasion may hold blanks
    if (parts.size() < 4)
        return std::nullopt;
    std::string occasion;
    for (std::size_t i = 2; i + 1 < parts.size(); ++i)
        occasion += (occasion.empty() ? "" : " ") + parts[i];
    return on_file.attention.find(parts[0] == none_there ? pair_id() : pair_id{parts[0]}, parts[1], occasion,
                                  parts.back() == none_there ? person_id() : person_id{parts.back()});
}

bool are_twins(const storage::attention_line &a, const storage::attention_line &b) {
    return !a.pair.empty() && a.pair == b.pair && a.kind == b.kind && a.occasion == b.occasion &&
           is_of_the_pair(a.kind);
}

std::vector<storage::attention_line> twins_of(storage::records &on_file,
                                              const storage::attention_line &line) {
    if (line.pair.empty() || !is_of_the_pair(line.kind))
        return {};
    auto all = on_file.attention.open_of_pair(line.pair);
    std::erase_if(all,
                  [&](const auto &each) { return !are_twins(each, line) || each.person == line.person; });
    return all;
}

void drop_twins(std::vector<storage::attention_line> &lines) {
    std::vector<storage::attention_line> kept;
    for (auto &each : lines)
        if (std::none_of(kept.begin(), kept.end(), [&](const auto &one) { return are_twins(one, each); }))
            kept.push_back(std::move(each));
    lines = std::move(kept);
}

bool see_to(desk &at, const storage::attention_line &line, storage::act_kind how) {
    const auto by = at.who.person ? std::optional(at.who.id()) : std::nullopt;
    const auto others = twins_of(at.on_file, line);
    const bool was_open =
        at.on_file.attention.clear(line.pair, line.kind, line.occasion, line.person, by, at.now());
    for (const auto &each : others)
        at.on_file.attention.clear(each.pair, each.kind, each.occasion, each.person, by, at.now());
    if (by) {
        auto acts = at.on_file.open<storage::coordinator_acts>();
        acts.undo(line.pair, line.kind, line.occasion, line.person, at.now()); // the newest word holds
        acts.add({at.on_file.ids.next(at.now()),
                  line.program,
                  line.pair,
                  line.kind,
                  line.occasion,
                  line.person,
                  how,
                  *by,
                  at.now(),
                  {}});
    }
    const auto pair = at.on_file.pairs.by_id(line.pair);
    at.on_file.journal.append(at.asked.team, {.at = at.now(),
                                              .actor = by ? by->str() : std::string("rapport"),
                                              .act = "seen_to",
                                              .subject_kind = pair                  ? "pair"
                                                              : line.person.empty() ? "program"
                                                                                    : "person",
                                              .subject = pair                  ? pair->id.str()
                                                         : line.person.empty() ? line.program.str()
                                                                               : line.person.str(),
                                              .detail = fmt::format("{} {}", line.kind, text_of(how))});
    close_told(at, line);
    for (const auto &each : pair ? std::vector{*pair} : at.on_file.pairs.open_of_person(line.person))
        at.on_file.pairs.look_by(each.id, at.now());
    return was_open;
}

void forget_act(desk &at, const storage::attention_line &line) {
    at.on_file.open<storage::coordinator_acts>().undo(line.pair, line.kind, line.occasion, line.person,
                                                      at.now());
}

std::vector<surface::element> act_buttons(const storage::attention_line &line) {
    std::vector<surface::element> out;
    out.emplace_back(surface::button{
        .says = "Seen to it", .action = std::string(queue_line_seen), .value = queue_reference(line)});
    for (const auto &each : act_choices)
        out.emplace_back(surface::button{
            .says = each.says, .action = std::string(each.on_page), .value = queue_reference(line)});
    return out;
}

std::vector<surface::element> how_buttons(const storage::attention_line &line) {
    std::vector<surface::element> out;
    for (const auto &each : act_choices)
        out.emplace_back(surface::button{
            .says = each.says, .action = std::string(each.after), .value = queue_reference(line)});
    return out;
}

result<answer> say_how(desk &at) {
    const auto line = referred_line(at.on_file, at.pressed().value);
    const auto chosen = std::find_if(act_choices.begin(), act_choices.end(), [&](const act_choice &each) {
        return each.after == at.pressed().action;
    });
    if (!line || chosen == act_choices.end() || !at.who.person ||
        !at.who.coordinates_program(line->program) || !may_see(at.on_file, at.who.id(), *line))
        return not_found("line", at.line(command_name::program));
    see_to(at, *line, chosen->act);
    return done(text("Noted, with the day and nothing else. `{}` shows what came of such acts.",
                     at.line(command_name::program, "helped")));
}

} // namespace rapport
