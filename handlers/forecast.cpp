// See forecast.hpp. The rules are asked what they would say at the end of each day; a pair in which nothing
// changes until then is asked once.
#include "handlers/forecast.hpp"

#include "handlers/coordinators_message.hpp"
#include "handlers/owed.hpp"
#include "handlers/staff_contact.hpp"
#include "handlers/which_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace rapport {
namespace {

using surface::text;

constexpr int days_ahead = 7, minutes_a_line = 5;

using given = std::set<std::tuple<std::string, std::string, std::string, int>>; // kind, occasion, who, rung

// What comes due in one pair, day by day.
void add_pair(desk &at, const storage::pair &pair, const zone &where, std::vector<day_load> &days_of) {
    given known;
    std::set<std::pair<std::string, std::string>> queued; // one thing of a pair is one line
    auto seen = owed_in(at.on_file, at.rules(), pair, at.now());
    const auto note = [&](const outlook &all, day_load *on) {
        for (const auto &owed : all.owed) {
            if (!owed.due)
                continue;
            const auto kind = std::string(text_of(owed.kind));
            if (!known.emplace(kind, owed.occasion, owed.person.str(), owed.due->rung).second ||
                on == nullptr)
                continue;
            if (is_message(owed.due->act)) {
                ++on->reminders;
            } else if (owed.due->act == rung_act::queue) {
                ++on->reminders; // its person is told
                if (queued.emplace(kind, owed.occasion).second) {
                    ++on->lines;
                    on->minutes += minutes_a_line;
                }
            }
        }
    };
    auto look = seen.look_again_at;
    note(seen, nullptr); // due now: on its way, and in the queue
    for (auto &on : days_of) {
        const auto end = where.start_of(plus_days(on.date, 1)) - milliseconds{1};
        if (!look || *look > end)
            continue;
        const auto then = owed_in(at.on_file, at.rules(), pair, end);
        note(then, &on);
        look = then.look_again_at;
    }
}

void add_staff_contacts(const program &rules, const std::vector<storage::pair> &pairs,
                        std::vector<day_load> &days_of) {
    std::set<std::pair<day, int>> once;
    for (const auto &pair : pairs) {
        const auto made = rules.where.day_of(pair.began_at);
        for (const int each : staff_days(rules.attention.staff, 730))
            for (auto &on : days_of)
                if (plus_days(made, each) == on.date && on.date != days_of.front().date) {
                    on.lines += once.emplace(made, each).second ? 1 : 0;
                    on.minutes += 2;
                }
    }
}

} // namespace

std::vector<day_load> load_ahead(desk &at, const program_slug &slug) {
    const auto &rules = at.rules().of(slug);
    const auto term = at.on_file.programs.open_term(slug);
    std::vector<day_load> out(days_ahead);
    const auto today = rules.where.day_of(at.now());
    for (int i = 0; i < days_ahead; ++i)
        out[static_cast<std::size_t>(i)].date = plus_days(today, i);
    if (!term)
        return out;
    auto pairs = at.on_file.pairs.of_term(term->id);
    std::erase_if(pairs, [&](const storage::pair &each) {
        return !is_live(at.on_file, at.rules(), each) || (at.who.person && each.side_of(at.who.id()));
    });
    for (const auto &pair : pairs)
        add_pair(at, pair, rules.where, out);
    add_staff_contacts(rules, pairs, out);
    return out;
}

result<answer> show_forecast(desk &at) {
    const auto slug =
        coordinated_program(at, at.words.text("program"), at.line(command_name::program, "forecast"));
    if (!slug)
        return slug.error();
    const auto load = load_ahead(at, *slug);
    int lines = 0, minutes_all = 0, reminders = 0;
    for (const auto &each : load) {
        lines += each.lines;
        minutes_all += each.minutes;
        reminders += each.reminders;
    }
    const auto &name = at.rules().of(*slug).name;
    auto words =
        lines == 0 ? text("*{}*, the next seven days: nothing comes up for you, if all stays as it is.", name)
                   : text("*{}*, the next seven days, if all stays as it is: {} {}, about {} minutes.", name,
                          lines, lines == 1 ? "line" : "lines", minutes_all);
    for (const auto &each : load) {
        if (each.lines == 0 && each.reminders == 0)
            continue;
        const auto mine = each.lines == 0 ? std::string("nothing for you")
                                          : fmt::format("{} {}, about {} minutes", each.lines,
                                                        each.lines == 1 ? "line" : "lines", each.minutes);
        const auto theirs = each.reminders == 0
                                ? std::string()
                                : fmt::format("; {} {} by itself", each.reminders,
                                              each.reminders == 1 ? "reminder goes out" : "reminders go out");
        words = surface::lines({words, text("• {}: {}{}.", short_date(each.date), mine, theirs)});
    }
    return tell(surface::lines({words, text("What waits now is in `{}`.", at.line(command_name::program))}));
}

} // namespace rapport
