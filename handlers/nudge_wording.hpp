// Every sentence Rapport says unasked about something owed, in one place: first name, what, since when, one
// tap. Who says it to whom is decided elsewhere; here no line to one side carries anything about the other
// but that they wait.
#pragma once

#include "handlers/surface/blocks.hpp"
#include "mentoring/obligations.hpp"
#include "storage/nudges.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rapport {

// What a line is made of. `other`: how the partner is called; `since` and `due` in the reader's own days.
// `title`: a milestone's or
// goal's; when and where of a meeting; what of a beginning is open; of a floor, that the reader writes first.
// `period`: of a check-in or floor. `so_far` and `hoped`: contacts of the month.
struct line_facts {
    std::string id; // of the nudge: what its buttons carry
    obligation_kind kind = obligation_kind::reply;
    rung_act act = rung_act::nudge;
    clock_strength strength = clock_strength::firm;
    std::string other;
    std::string program; // named where the reader is in several
    day since{};
    std::optional<day> due;
    bool is_past = false; // the due day is over
    rapport::medium by = medium::slack;
    std::string title;
    std::optional<calendar_month> period;
    int so_far = 0, hoped = 0;
    std::optional<storage::nudge_outcome> outcome; // its cause is gone
};

// What a person is called: the first word of their name, else `otherwise` ("your mentor").
std::string called(std::string_view name, std::string_view otherwise);

// The sentence of a line; struck out with a word of thanks where its cause is gone.
surface::mrkdwn line_text(const line_facts &line);

// What settles a line, its own act first; what is rarely needed behind "...".
surface::actions buttons_of_line(const line_facts &line);

// A message of the day: `reader` by first name, at most seven lines, how many more there are and the command
// that shows them.
surface::message day_message(std::string_view reader, const std::vector<line_facts> &lines, std::size_t more,
                             std::string_view mentoring_command);

// --- buttons of lines; each carries the nudge's id

namespace nudge_action {
inline constexpr std::string_view elsewhere = "nudge.elsewhere", no_reply = "nudge.no_reply",
                                  not_mine = "nudge.not_mine", tomorrow = "nudge.tomorrow", log = "nudge.log",
                                  check_in = "nudge.check_in", done = "nudge.done", away = "nudge.away",
                                  snooze = "nudge.snooze", help = "nudge.help", why = "nudge.why",
                                  more = "nudge.more", request = "nudge.request", suggest = "nudge.suggest",
                                  plan = "nudge.plan", met = "nudge.met", not_met = "nudge.not_met",
                                  meetings = "nudge.meetings", goes_on = "nudge.goes_on",
                                  closing = "nudge.closing", feedback = "nudge.feedback";
}

// The answer to "Why this?": the rule, what started it, who set it, how to stop it.
struct why_facts {
    line_facts line;
    std::string program;
    std::string rule;    // what the policy promises, a whole sentence
    std::string started; // when, in full
    bool set_by_partner = false, seen = false;
    std::string contact; // who keeps the policy
};
surface::mrkdwn why_text(const why_facts &why);

} // namespace rapport
