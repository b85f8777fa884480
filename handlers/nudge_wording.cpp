// The sentences; see nudge_wording.hpp. Plain words, no praise, no blame, nothing in capitals.
#include "handlers/nudge_wording.hpp"

#include "handlers/surface/mrkdwn.hpp"

#include <algorithm>
#include <cctype>

namespace rapport {
namespace {

using surface::mrkdwn;
using surface::text;

std::string month_name(const line_facts &line) {
    return line.period ? std::string(full_name(line.period->month())) : std::string("this month");
}

std::string_view wrote_by(medium how) {
    switch (how) {
    case medium::email:
        return "by e-mail";
    case medium::text:
        return "by text";
    case medium::call:
        return "by phone";
    default:
        return "";
    }
}

mrkdwn reply_words(const line_facts &line) {
    const auto since = short_date(line.since);
    const auto by = wrote_by(line.by);
    if (line.strength == clock_strength::soft || line.act == rung_act::listed)
        return by.empty()
                   ? text("{} wrote on {}. If you have answered, one tap says so.", line.other, since)
                   : text("{} wrote {} on {}. If you have answered, one tap says so.", line.other, by, since);
    if (line.act == rung_act::queue)
        return text("{} has been waiting since {}. I have asked a coordinator to help you both. I will not "
                    "ask again.",
                    line.other, since);
    if (line.act == rung_act::softer)
        return text("{} has been waiting since {}. Two lines are plenty. If it is a bad time, hand it to a "
                    "coordinator.",
                    line.other, since);
    if (!by.empty())
        return text("{} wrote {} and has been waiting since {}. A short answer is enough.", line.other, by,
                    since);
    return text("{} has been waiting since {}. A short answer is enough.", line.other, since);
}

mrkdwn handed_over(const mrkdwn &what) {
    return text("{} A coordinator knows and will help. I will not ask again.", what);
}

mrkdwn check_in_words(const line_facts &line) {
    const auto month = month_name(line);
    if (line.act == rung_act::queue)
        return handed_over(text("Your {} check-in about working with {} is still open.", month, line.other));
    if (line.is_past || !line.due)
        return text("Your {} check-in about working with {} is still open. It takes two minutes.", month,
                    line.other);
    return text("Your {} check-in about working with {} is due by {}. It takes two minutes.", month,
                line.other, short_date(*line.due));
}

mrkdwn floor_words(const line_facts &line) {
    const auto so_far =
        text("You and {}: {} of {} contacts in {}.", line.other, line.so_far, line.hoped, month_name(line));
    if (line.act == rung_act::queue)
        return handed_over(so_far);
    return text("{} One more line to them counts, and so does a call you log here.{}", so_far,
                line.title.empty() ? "" : " " + line.title);
}

mrkdwn meeting_words(const line_facts &line) {
    const auto when = line.title.empty() ? short_date(line.due.value_or(line.since)) : line.title;
    if (line.is_past)
        return text("You and {} had a time to meet: {}. Did it happen?", line.other, when);
    return text("You meet {}: {}.", line.other, when);
}

mrkdwn by_a_day(const line_facts &line, std::string_view what) {
    const auto words = line.due && !line.is_past
                           ? text("{} with {}: by {}.", what, line.other, short_date(*line.due))
                           : text("{} with {}: still to come.", what, line.other);
    return line.act == rung_act::queue ? handed_over(words) : words;
}

// "The agreement and two goals with Ana: by Fri 4 Dec."
mrkdwn beginning_words(const line_facts &line) {
    auto what = line.title.empty() ? std::string("your agreement and first goals") : line.title;
    what.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(what.front())));
    return by_a_day(line, what);
}

mrkdwn milestone_words(const line_facts &line) {
    if (line.act == rung_act::queue)
        return handed_over(text("Your milestone \"{}\" is still open.", line.title));
    if (line.is_past || !line.due)
        return text("Your milestone \"{}\" was planned for {}. Is it done, or is another day better?",
                    line.title, short_date(line.due.value_or(line.since)));
    return text("Your milestone \"{}\" is planned for {}.", line.title, short_date(*line.due));
}

mrkdwn open_words(const line_facts &line) {
    switch (line.kind) {
    case obligation_kind::reply:
        return reply_words(line);
    case obligation_kind::check_in:
        return check_in_words(line);
    case obligation_kind::contact_floor:
        return floor_words(line);
    case obligation_kind::milestone:
        return milestone_words(line);
    case obligation_kind::first_meeting:
        return by_a_day(line, "A first meeting");
    case obligation_kind::getting_started:
        return beginning_words(line);
    case obligation_kind::meeting:
        return meeting_words(line);
    case obligation_kind::goal:
        return text("Nothing new about the goal \"{}\" with {} since {}. A question about it is a fine way "
                    "to write.",
                    line.title, line.other, short_date(line.since));
    case obligation_kind::closing:
        return line.act == rung_act::queue
                   ? text("How you would like to go on with {} is yours to say. I will not ask again.",
                          line.other)
                   : by_a_day(line, "How you would like to go on");
    case obligation_kind::feedback:
        return text("How is it with {}? Two lines help them and the program; you say who reads it.",
                    line.other);
    case obligation_kind::outreach:
        return line.act == rung_act::queue
                   ? text("You can still ask a mentor whenever you like; I have asked a coordinator to help "
                          "you find one. I will not ask again.")
                   : text("You can ask a mentor now. One request is enough to begin.");
    case obligation_kind::request:
        return text("{} asked on {} and would be glad of an answer.", line.other, short_date(line.since));
    }
    return text("Something with {} is open since {}.", line.other, short_date(line.since));
}

surface::button press(std::string_view says, std::string_view action, const line_facts &line,
                      surface::tone look = surface::tone::neutral) {
    return {.says = says, .action = std::string(action), .value = line.id, .look = look};
}

surface::option choice_of(std::string_view says, std::string_view action, const line_facts &line) {
    return {.says = says, .value = fmt::format("{}|{}", action, line.id)};
}

} // namespace

surface::actions buttons_of_line(const line_facts &line) {
    namespace act = nudge_action;
    using surface::tone;
    std::vector<surface::element> row;
    const bool over = line.act == rung_act::queue;
    switch (line.kind) {
    case obligation_kind::reply:
        row.push_back(press("I replied elsewhere", act::elsewhere, line, tone::primary));
        row.push_back(press("No reply needed", act::no_reply, line));
        row.push_back(press("Not my turn", act::not_mine, line));
        if (line.act == rung_act::softer)
            row.push_back(press("Hand to coordinator", act::help, line));
        break;
    case obligation_kind::check_in:
        row.push_back(press("Check in", act::check_in, line, tone::primary));
        break;
    case obligation_kind::request:
        return {.elements = {press("Look at it", act::request, line, tone::primary),
                             press("Why this?", act::why, line)}};
    case obligation_kind::outreach:
        return {.elements = {press("Close fits for me", act::suggest, line, tone::primary),
                             press("Why this?", act::why, line)}};
    case obligation_kind::milestone:
        row.push_back(press("It is done", act::done, line, tone::primary));
        break;
    case obligation_kind::getting_started:
        row.push_back(press("Open our plan", act::plan, line, tone::primary));
        break;
    case obligation_kind::meeting:
        if (line.is_past) {
            row.push_back(press("It happened", act::met, line, tone::primary));
            row.push_back(press("It did not", act::not_met, line));
        } else {
            row.push_back(press("Show or move it", act::meetings, line, tone::primary));
        }
        break;
    case obligation_kind::closing:
        row.push_back(press("Choose", act::closing, line, tone::primary));
        break;
    case obligation_kind::feedback:
        row.push_back(press("Give feedback", act::feedback, line, tone::primary));
        break;
    case obligation_kind::goal:
        row.push_back(press("It goes on", act::goes_on, line, tone::primary));
        break;
    default:
        row.push_back(press("Log a contact", act::log, line, tone::primary));
    }
    if (!over)
        row.push_back(press("Remind me tomorrow 9:00", act::tomorrow, line));
    row.push_back(press("Why this?", act::why, line));
    surface::overflow rest{.action = std::string(act::more)};
    if (line.kind == obligation_kind::reply)
        rest.options.push_back(choice_of("Log a contact", act::log, line));
    rest.options.push_back(choice_of("Snooze", act::snooze, line));
    rest.options.push_back(choice_of("I'm away", act::away, line));
    if (!over)
        rest.options.push_back(choice_of("Need help", act::help, line));
    row.push_back(rest);
    return {.elements = std::move(row)};
}

std::string called(std::string_view name, std::string_view otherwise) {
    const auto clean = surface::one_line(name);
    const auto first = clean.substr(0, clean.find(' '));
    return first.empty() ? std::string(otherwise) : first;
}

mrkdwn line_text(const line_facts &line) {
    auto words = open_words(line);
    if (!line.program.empty())
        words = text("{} ({})", words, line.program);
    if (!line.outcome)
        return words;
    switch (*line.outcome) {
    case storage::nudge_outcome::done:
        return text("~{}~ Thank you.", words);
    case storage::nudge_outcome::settled:
        return text("~{}~ Noted.", words);
    case storage::nudge_outcome::let_go:
        break;
    }
    return text("~{}~ Nothing more to do here.", words);
}

surface::message day_message(std::string_view reader, const std::vector<line_facts> &lines, std::size_t more,
                             std::string_view mentoring_command) {
    surface::message out;
    const bool all_gone =
        std::all_of(lines.begin(), lines.end(), [](const line_facts &each) { return each.outcome; });
    if (lines.size() == 1 && more == 0) {
        out.summary = text("Hi {}. {}", reader, line_text(lines.front()));
        out.blocks.push_back(surface::section{.text = out.summary});
        if (!all_gone)
            out.blocks.push_back(buttons_of_line(lines.front()));
        return out;
    }
    const auto head = all_gone ? text("Hi {}. All of this is settled.", reader)
                               : text("Hi {}. This is open on your side.", reader);
    out.summary = head;
    out.blocks.push_back(surface::section{.text = head});
    for (const auto &line : lines) {
        const auto words = line_text(line);
        out.summary = surface::lines({out.summary, text("• {}", words)});
        out.blocks.push_back(surface::section{.text = words});
        if (!line.outcome)
            out.blocks.push_back(buttons_of_line(line));
    }
    if (more > 0) {
        const auto rest = text("+{} more in {}", more, mentoring_command);
        out.summary = surface::lines({out.summary, rest});
        out.blocks.push_back(surface::context{.notes = {rest}});
    }
    return out;
}

mrkdwn why_text(const why_facts &why) {
    const auto start = why.line.kind != obligation_kind::reply ? text("It began on {}.", why.started)
                       : why.seen ? text("{} wrote on {}. I saw who wrote and when, never what.",
                                         why.line.other, why.started)
                                  : text("{} told me so on {}.", why.line.other, why.started);
    const auto stop = why.line.kind == obligation_kind::reply
                          ? text("It stops when you answer, or with any of its buttons.")
                          : text("It stops when it is done, or with any of its buttons.");
    const auto who = why.contact.empty()
                         ? text("The rule is part of {}.", why.program)
                         : text("The rule is part of {}; {} keeps it.", why.program, why.contact);
    return surface::lines({text("{}", why.rule), start, who, stop});
}

} // namespace rapport
