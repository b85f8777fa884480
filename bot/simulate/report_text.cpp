// Words and columns; see report.hpp.
#include "bot/simulate/report.hpp"
#include "bot/simulate/sums.hpp"
#include "mentoring/calendar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace rapport::simulate {
namespace {

using std::back_inserter;

std::string heading(const played &made) {
    return fmt::format("{}, {} to {}: {} pairs, seed {}{}", made.how.rules.name, full_date(made.how.from),
                       full_date(made.how.until), made.pairs, made.how.seed,
                       made.how.faults ? ", with faults" : "");
}

std::string role_name(const played &made, const role_sum &one) {
    return fmt::format("{}, {} ({})", made.how.rules.word(one.on).many, text_of(one.as), one.people);
}

void people_into(const played &made, std::string &out) {
    fmt::format_to(back_inserter(out), "{:<30}{:>17}{:>7}{:>7}{:>10}\n", "Over the term, each",
                   "messages (median)", "most", "taps", "commands");
    for (const auto &one : by_role(made))
        fmt::format_to(back_inserter(out), "{:<30}{:>17}{:>7}{:>7}{:>10}\n", role_name(made, one),
                       one.messages, one.most_messages, one.taps, one.commands);
}

std::string counted(const std::map<std::string, int> &all) {
    std::string out;
    for (const auto &[what, times] : all)
        fmt::format_to(back_inserter(out), "{}{} {}", out.empty() ? "" : ", ", what, times);
    return out.empty() ? "none" : out;
}

void sums_into(const played &made, std::string &out) {
    const auto to = back_inserter(out);
    const auto lost = sum_of_drop_outs(made);
    const auto &r = made.replies;
    const auto &o = made.outbox;
    fmt::format_to(to, "Messages by kind: {}.\n", counted(made.kinds));
    fmt::format_to(to,
                   "Replies: {} nudges, {} wrong ({} %): {} answered elsewhere, {} after a thanks; {} mended "
                   "with one tap.\n",
                   r.nudges, r.wrong, share(r.wrong, r.nudges), r.wrong_answered, r.wrong_thanks, r.mended);
    fmt::format_to(
        to, "Queue: {} new lines in the median week, {} in the fullest; by cause: {}.\n",
        median(made.week_lines),
        made.week_lines.empty() ? 0 : *std::max_element(made.week_lines.begin(), made.week_lines.end()),
        counted(made.causes));
    fmt::format_to(to,
                   "Drop-outs: {} of {} found, {} at least {} days ahead (median {}); of the {} pairs named "
                   "for silence {} had dropped out.\n",
                   lost.found, lost.planted, lost.found_in_time, days_ahead, lost.median_ahead,
                   made.pairs_named, made.pairs_named_rightly);
    fmt::format_to(to, "Reminders: {} planned = {} sent + {} cancelled + {} missed + {} pending.\n",
                   o.planned, o.sent, o.cancelled, o.missed, o.pending);
    fmt::format_to(to, "Mishaps: {}.\n", counted(made.mishaps));
}

} // namespace

std::string report_text(const played &made) {
    auto out = heading(made) + "\n";
    if (made.broken)
        fmt::format_to(back_inserter(out), "A promise broke, \"{}\": on {}, {}, seed {}: {}.\n",
                       text_of(made.broken->which), full_date(made.broken->on), made.broken->person,
                       made.broken->seed, made.broken->says);
    else
        out += "Every promise held.\n";
    out += "\n";
    people_into(made, out);
    out += "\n";
    sums_into(made, out);
    return out;
}

std::string transcript_text(const played &made) {
    auto lines = made.transcript;
    std::stable_sort(lines.begin(), lines.end(),
                     [](const transcript_line &a, const transcript_line &b) { return a.person < b.person; });
    std::string out, person, date;
    for (const auto &each : lines) {
        if (each.person != person) {
            person = each.person;
            date.clear();
            fmt::format_to(back_inserter(out), "{}{}\n", out.empty() ? "" : "\n", person);
        }
        const auto local = made.how.rules.where.local(each.at);
        if (full_date(local.date) != date) {
            date = full_date(local.date);
            fmt::format_to(back_inserter(out), "  {}\n", date);
        }
        std::string says = each.says;
        for (std::size_t at = 0; (at = says.find('\n', at)) != std::string::npos; at += 13)
            says.replace(at, 1, "\n            ");
        fmt::format_to(back_inserter(out), "    {}  {}\n", time_of_day(local.since_midnight), says);
    }
    return out;
}

std::string report_numbers(const played &made, const played &keen) {
    std::string out = "# Attention: the numbers\n\n";
    const auto to = back_inserter(out);
    fmt::format_to(to,
                   "Written by `rapport simulate config/programs/{}.toml --people {} --seed {} --numbers "
                   "docs/attention.md`;\nthe same command writes the same file. What is made up, and what is "
                   "known of it: docs/decisions/0990.\n\n",
                   made.how.rules.slug.str(), made.how.people, made.how.seed);
    fmt::format_to(to, "{}. {}\n\n", heading(made),
                   made.broken ? "A promise broke: " + made.broken->says + "." : "Every promise held.");
    out += "| number | to reach | found | |\n|---|---|---|---|\n";
    auto all = mentor_targets(keen);
    for (auto &each : targets(made))
        all.push_back(std::move(each));
    for (const auto &each : all)
        fmt::format_to(to, "| {} | {} | {} | {} |\n", each.what, each.wanted, each.found,
                       each.reached ? "reached" : "not reached");
    if (std::any_of(all.begin(), all.end(), [](const target &each) { return !each.reached; }))
        out += "\n## What is not reached, and why\n\n";
    for (const auto &each : all)
        if (!each.reached)
            fmt::format_to(to, "- **{}**: {}\n", each.what, each.because);
    out +=
        "\n## By role\n\n| who | people | messages | most | taps | commands |\n|---|---|---|---|---|---|\n";
    for (const auto &one : by_role(made))
        fmt::format_to(to, "| {}, {} | {} | {} | {} | {} | {} |\n", made.how.rules.word(one.on).many,
                       text_of(one.as), one.people, one.messages, one.most_messages, one.taps, one.commands);
    out +=
        "\nMessages, taps and commands are medians over the term. A message is what Rapport posts by itself: "
        "first words, the\npair's introduction, what the other side did, the message of a day.\n\n## "
        "Sums\n\n";
    std::string sums;
    sums_into(made, sums);
    for (std::size_t from = 0; from < sums.size();) {
        const auto end = sums.find('\n', from);
        out += "- " + sums.substr(from, end - from) + "\n";
        from = end + 1;
    }
    return out;
}

std::string compared_text(const played &one, const played &other) {
    auto out = fmt::format("A: {}\nB: {}\n\n", heading(one), heading(other));
    const auto to = back_inserter(out);
    fmt::format_to(to, "{:<30}{:>16}{:>16}{:>16}\n", "Medians over the term", "messages", "taps", "commands");
    const auto before = by_role(one), after = by_role(other);
    const auto changed = [](int a, int b) {
        return a == b ? fmt::format("{}", a) : fmt::format("{} -> {} ({:+})", a, b, b - a);
    };
    for (const auto &a : before)
        for (const auto &b : after)
            if (a.on == b.on && a.as == b.as)
                fmt::format_to(to, "{:<30}{:>16}{:>16}{:>16}\n", role_name(one, a),
                               changed(a.messages, b.messages), changed(a.taps, b.taps),
                               changed(a.commands, b.commands));
    const auto wrong = [](const played &made) { return share(made.replies.wrong, made.replies.nudges); };
    const auto a = sum_of_drop_outs(one), b = sum_of_drop_outs(other);
    fmt::format_to(to, "\nReply nudges: {}; wrong ones, of a hundred: {}.\n",
                   changed(one.replies.nudges, other.replies.nudges), changed(wrong(one), wrong(other)));
    fmt::format_to(to, "New lines of the queue in the median week: {}.\n",
                   changed(median(one.week_lines), median(other.week_lines)));
    fmt::format_to(to, "Drop-outs found in time: {} of {}, then {} of {}; precision, of a hundred: {}.\n",
                   a.found_in_time, a.planted, b.found_in_time, b.planted, changed(a.precision, b.precision));
    for (const auto *made : {&one, &other})
        if (made->broken)
            fmt::format_to(to, "A promise broke under {}: {}.\n", made == &one ? "A" : "B",
                           made->broken->says);
    return out;
}

} // namespace rapport::simulate
