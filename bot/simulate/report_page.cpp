// A page that stands alone: its plots are SVG in the text, its colours follow the reader's choice of light or
// dark, and it loads nothing. See report.hpp.
#include "bot/simulate/report.hpp"
#include "bot/simulate/sums.hpp"
#include "mentoring/calendar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace rapport::simulate {
namespace {

using std::back_inserter;

constexpr std::string_view style = R"css(
:root{color-scheme:light dark;--ink:#1d2430;--soft:#5b6675;--paper:#fff;--line:#d9dee5;--bar:#2f6fb5;--other:#b5651d}
@media(prefers-color-scheme:dark){:root{--ink:#e8ecf2;--soft:#a5b0bf;--paper:#14181f;--line:#323a46;--bar:#7db4ee;--other:#e8a866}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:0 auto;max-width:60rem;padding:1.5rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid var(--line);padding:.35rem .5rem;text-align:left}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
figure{margin:1rem 0;overflow-x:auto}figcaption{color:var(--soft)}
svg text{fill:var(--soft);font:12px system-ui,sans-serif}svg .bar{fill:var(--bar)}svg .other{fill:var(--other)}svg .axis{stroke:var(--line)}
.broken{border:2px solid var(--other);padding:.5rem 1rem}
)css";

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += c == '<'   ? "&lt;"
               : c == '>' ? "&gt;"
               : c == '&' ? "&amp;"
               : c == '"' ? "&quot;"
                          : std::string(1, c);
    return out;
}

struct bar {
    std::string label; // under it, or empty
    std::string says;  // when it is pointed at, and for a screen reader
    int value = 0;
    bool other = false;
};

// Upright bars over a line, the highest named at the side.
std::string plot(const std::string &title, const std::vector<bar> &bars) {
    constexpr int height = 140, bottom = 24, left = 36;
    if (bars.empty())
        return {};
    int most = 1;
    for (const auto &each : bars)
        most = std::max(most, each.value);
    const int wide = std::max(6, std::min(28, 860 / static_cast<int>(bars.size())));
    const int width = left + wide * static_cast<int>(bars.size()) + 8;
    std::string out;
    const auto to = back_inserter(out);
    fmt::format_to(
        to, R"(<figure><svg viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" aria-label="{2}">)",
        width, height + bottom, escaped(title));
    fmt::format_to(to,
                   R"(<text x="0" y="12">{0}</text><line class="axis" x1="{1}" x2="{2}" y1="{3}" y2="{3}"/>)",
                   most, left, width, height);
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const auto &each = bars[i];
        const int tall = each.value * (height - 8) / most;
        const int x = left + wide * static_cast<int>(i);
        fmt::format_to(to,
                       R"(<rect class="{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>)",
                       each.other ? "other" : "bar", x, height - tall, wide - 2, tall, escaped(each.says));
        if (!each.label.empty())
            fmt::format_to(to, R"(<text x="{}" y="{}">{}</text>)", x, height + 16, escaped(each.label));
    }
    fmt::format_to(to, "</svg><figcaption>{}</figcaption></figure>\n", escaped(title));
    return out;
}

std::vector<bar> weeks(const played &made, const std::vector<int> &values, std::string_view what) {
    std::vector<bar> out;
    int labelled = 0; // the month whose name stands already
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto from = plus_days(made.how.from, static_cast<int>(i) * 7);
        const int month = static_cast<int>(static_cast<unsigned>(from.month()));
        out.push_back({month == labelled ? std::string() : std::string(short_name(from.month())),
                       fmt::format("week of {}: {} {}", short_date(from), values[i], what), values[i]});
        labelled = month;
    }
    return out;
}

// How many people got how many messages, one side each.
std::vector<bar> spread(const played &made, side on) {
    constexpr int wide = 3, most_bars = 24;
    std::vector<bar> out;
    for (const auto &one : made.people) {
        if (one.on != on)
            continue;
        const auto at = static_cast<std::size_t>(std::min(one.messages / wide, most_bars - 1));
        if (out.size() <= at)
            out.resize(at + 1);
        ++out[at].value;
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        const int from = static_cast<int>(i) * wide;
        out[i].label = i % 2 == 0 ? std::to_string(from) : "";
        out[i].says = fmt::format("{} to {} messages: {} people", from, from + wide - 1, out[i].value);
        out[i].other = on == side::protege;
    }
    return out;
}

std::vector<bar> leads(const played &made) {
    std::vector<bar> out;
    for (const auto &one : made.drop_outs) {
        const auto ahead =
            one.heard_at && *one.heard_at <= one.lost_at
                ? static_cast<int>(std::chrono::duration_cast<days>(one.lost_at - *one.heard_at).count())
                : 0;
        out.push_back({"",
                       one.heard_at ? fmt::format("{}: named {} days ahead", one.name, ahead)
                                    : fmt::format("{}: not named", one.name),
                       ahead, ahead < days_ahead});
    }
    std::sort(out.begin(), out.end(), [](const bar &a, const bar &b) {
        return std::pair(-a.value, a.says) < std::pair(-b.value, b.says);
    });
    return out;
}

void roles_into(const played &made, std::string &out) {
    out += "<table><tr><th>who</th><th class=n>people</th><th class=n>messages, median</th><th "
           "class=n>most</th><th class=n>taps</th><th class=n>commands</th></tr>\n";
    for (const auto &one : by_role(made))
        fmt::format_to(back_inserter(out),
                       "<tr><td>{}, {}</td><td class=n>{}</td><td class=n>{}</td><td class=n>{}</td><td "
                       "class=n>{}</td><td class=n>{}</td></tr>\n",
                       escaped(made.how.rules.word(one.on).many), text_of(one.as), one.people, one.messages,
                       one.most_messages, one.taps, one.commands);
    out += "</table>\n";
}

void targets_into(const played &made, std::string &out) {
    out += "<table><tr><th>number</th><th>to reach</th><th>found</th><th></th></tr>\n";
    for (const auto &each : targets(made))
        fmt::format_to(back_inserter(out), "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                       escaped(each.what), escaped(each.wanted), escaped(each.found),
                       each.reached ? "reached" : "not reached");
    out += "</table>\n";
}

} // namespace

std::string report_page(const played &made) {
    const auto name = escaped(made.how.rules.name);
    std::string out;
    const auto to = back_inserter(out);
    fmt::format_to(to,
                   "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                   "content=\"width=device-width,initial-scale=1\"><title>{}: a term played</title><style>{}"
                   "</style></head><body>\n",
                   name, style);
    fmt::format_to(to, "<h1>{}: a term played</h1>\n<p>{} to {}, {} pairs, seed {}{}.</p>\n", name,
                   full_date(made.how.from), full_date(made.how.until), made.pairs, made.how.seed,
                   made.how.faults ? ", with faults" : "");
    if (made.broken)
        fmt::format_to(to, "<p class=broken>A promise broke, “{}”: on {}, {}: {}.</p>\n",
                       text_of(made.broken->which), full_date(made.broken->on), escaped(made.broken->person),
                       escaped(made.broken->says));
    else
        out += "<p>Every promise held.</p>\n";
    out += "<h2>By role</h2>\n";
    roles_into(made, out);
    out += "<h2>Messages</h2>\n";
    out += plot("Messages to people in pairs, by week", weeks(made, made.week_messages, "messages"));
    out += plot("Messages over the term to one of the " + made.how.rules.mentor_word.many +
                    ": how many people got so many",
                spread(made, side::mentor));
    out += plot("Messages over the term to one of the " + made.how.rules.protege_word.many +
                    ": how many people got so many",
                spread(made, side::protege));
    out += "<h2>The coordinator's queue</h2>\n";
    out += plot("New lines of the queue, by week", weeks(made, made.week_lines, "new lines"));
    out += plot("Lines open on the Monday, by week", weeks(made, made.week_open, "open lines"));
    if (!made.drop_outs.empty())
        out +=
            plot(fmt::format("Drop-outs: how many days before they were lost the queue named them (under {} "
                             "in the other colour)",
                             days_ahead),
                 leads(made));
    out += "<h2>Numbers to reach</h2>\n";
    targets_into(made, out);
    out += "<h2>All of it</h2>\n<pre>" + escaped(report_text(made)) + "</pre>\n</body></html>\n";
    return out;
}

} // namespace rapport::simulate
