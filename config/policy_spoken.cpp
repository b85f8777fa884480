// The tables of meanings; see policy_spoken.hpp.
#include "config/policy_spoken.hpp"

#include "mentoring/promises.hpp"
#include "mentoring/wording.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>

namespace rapport::config {
namespace {

struct meaning {
    std::string_view key, value, sentence;
};

constexpr meaning meanings[] = {
    {"entry.mentors", "open", "Whoever wants to be a {mentor} can join at once."},
    {"entry.mentors", "application", "{Mentors} apply by a short form, and hear from the coordinators."},
    {"entry.mentors", "coordinator", "A coordinator puts {mentors} in."},
    {"entry.mentors", "invitation", "{Mentors} are invited."},
    {"entry.proteges", "open", "Whoever wants to be a {protege} can join at once."},
    {"entry.proteges", "application", "{Proteges} apply by a short form, and hear from the coordinators."},
    {"entry.proteges", "coordinator", "A coordinator puts {proteges} in."},
    {"entry.proteges", "invitation", "{Proteges} are invited."},
    {"entry.proteges_are", "people", ""},
    {"entry.proteges_are", "sites",
     "Those who are helped are a school or another site: its pupils are never on record, only when, for how "
     "long and with how many a session was."},
    {"entry.mentors_are", "people", ""},
    {"entry.mentors_are", "teams", "A team can mentor: the first of it with room takes a request."},
    {"reply.clock", "calendar", "Weekends and holidays count as days, too."},
    {"reply.clock", "working", "Weekends and holidays do not count as days."},
    {"reply.loose_messages", "firm",
     "Any message to the other waits for an answer, not only a question asked by "
     "the form."},
    {"reply.loose_messages", "soft",
     "A message to the other is mentioned, never chased; a question asked by the "
     "form is."},
    {"reply.loose_messages", "none", "Only a question asked by the form waits for an answer."},
    {"messages.while_away", "rest", "While you have said that you are away, your clocks rest."},
    {"messages.while_away", "run",
     "Clocks run on while somebody is away; they hear of it when they are back."},
    {"contacts.listening", "conversation",
     "In your conversation with each other Rapport sees who wrote and when, never what."},
    {"contacts.listening", "none", "Rapport does not look at your conversation at all."},
    {"floor.counts", "any", "It does not matter who starts."},
    {"floor.counts", "mentor_initiated", "Those count that the {mentor} started."},
    {"requests.clock", "calendar", ""},
    {"requests.clock", "working", "Weekends and holidays do not count for that."},
    {"requests.ask", "at once", "Several {mentors} may be asked side by side."},
    {"requests.ask", "in turn", "{Mentors} are ranked, and asked one after the other."},
    {"requests.counts_from", "delivery", "That time begins when the {mentor} has the request in hand."},
    {"requests.counts_from", "asking", "That time begins when the request is sent."},
};

std::string when(int on_day, bool from_start) {
    if (from_start)
        return fmt::format("after {}", counted(on_day, "day"));
    if (on_day == 0)
        return "on the day itself";
    return fmt::format("{} {}", counted(std::abs(on_day), "day"), on_day < 0 ? "before" : "after");
}

std::string_view what(rung_act act) {
    switch (act) {
    case rung_act::listed:
        return "a line, if you get a message anyway";
    case rung_act::nudge:
        return "a reminder";
    case rung_act::softer:
        return "a second one, softer, that offers help";
    case rung_act::queue:
        return "a coordinator is asked to lend a hand";
    case rung_act::lapse:
        break;
    }
    return "it ends, and both are told kindly";
}

std::optional<std::string> spoken_rung(std::string_view rung, bool from_start) {
    constexpr std::string_view head = "day ";
    const auto colon = rung.find(": ");
    rung_act act{};
    if (!rung.starts_with(head) || colon == std::string_view::npos ||
        !parse_text(rung.substr(colon + 2), act))
        return std::nullopt;
    const auto day = std::atoi(std::string(rung.substr(head.size(), colon - head.size())).c_str());
    return fmt::format("{} {}", when(day, from_start), what(act));
}

} // namespace

std::optional<std::string_view> sentence_for(std::string_view key, std::string_view shown) {
    for (const auto &each : meanings)
        if (each.key == key && each.value == shown)
            return each.sentence;
    return std::nullopt;
}

std::string spoken(std::string_view key, const std::string &shown) {
    if (!key.ends_with(".ladder"))
        return shown;
    const bool from_start = key == "reply.ladder" || key == "outreach.ladder";
    std::string out;
    for (std::size_t from = 0; from < shown.size();) {
        const auto end = std::min(shown.find(", ", from), shown.size());
        const auto rung = spoken_rung(std::string_view(shown).substr(from, end - from), from_start);
        if (!rung)
            return shown;
        out += (out.empty() ? "" : "; ") + *rung;
        from = end + 2;
    }
    return out;
}

} // namespace rapport::config
