// Doors and webs; see open_door.hpp.
#include "handlers/open_door.hpp"

#include "handlers/lists.hpp"
#include "handlers/naming.hpp"
#include "handlers/owed.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "mentoring/wording.hpp"
#include "storage/open_doors.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

constexpr std::size_t longest_hours = 80; // an undo holds them whole

zone zone_of_mentor(desk &at, const storage::person &who) {
    for (const auto &name : {who.zone, who.platform_zone})
        if (name)
            if (auto found = zone::named(*name))
                return *found;
    return at.who.where;
}

// What was said, without its first words where they match.
std::optional<std::string> after(const std::string &words, std::string_view head) {
    const auto plain = folded(words);
    if (!plain.starts_with(head) || (plain.size() > head.size() && plain[head.size()] != ' '))
        return std::nullopt;
    return surface::one_line(words.substr(std::min(words.size(), head.size())));
}

result<storage::open_door> as_said(desk &at, storage::open_door now, const std::string &words) {
    const auto plain = folded(words);
    if (words.empty() || plain == "on") {
        now.is_open = true;
        return now;
    }
    if (plain == "off") {
        now.is_open = false;
        return now;
    }
    for (const auto *head : {"office hours", "hours"})
        if (const auto hours = after(words, head)) {
            if (length_of(*hours) > longest_hours)
                return refusal{surface::shortened(words, 60),
                               fmt::format("Office hours take at most {} characters; this has {}.",
                                           longest_hours, length_of(*hours)),
                               at.line(command_name::mentoring, "open-door office hours Tue 3 to 5 pm")};
            now.office_hours = *hours;
            return now;
        }
    return refusal{surface::shortened(words, 60), "An open door is on, off, or has office hours.",
                   at.line(command_name::mentoring, "open-door office hours Tue 3 to 5 pm")};
}

std::string told(const storage::open_door &door) {
    auto words = std::string(door.is_open ? "Your door is open today" : "Your door is as usual");
    words += door.office_hours.empty() ? "." : fmt::format("; office hours: {}.", door.office_hours);
    return words;
}

} // namespace

result<answer> set_open_door(desk &at) {
    auto doors = at.on_file.open<storage::open_doors>();
    const auto before = doors.of(at.who.id()).value_or(storage::open_door{at.who.id(), false, {}, {}});
    auto now = as_said(at, before, surface::one_line(at.words.text("text")));
    if (!now)
        return now.error();
    now->changed_at = at.now();
    doors.set(*now);
    auto undo =
        undo_button(at, open_door_act,
                    surface::packed({{"open", before.is_open ? "1" : "0"},
                                     {"at", std::to_string(before.changed_at.time_since_epoch().count())},
                                     {"hours", before.office_hours}}));
    auto said = surface::said(
        text("{} Those you mentor see it with your name. Nobody is written to for it.", told(*now)));
    said.blocks.emplace_back(surface::actions{{std::move(undo)}});
    return done(std::move(said));
}

// Subject: what it was, packed.
result<surface::mrkdwn> undo_open_door(desk &at, const storage::undo_offer &offer) {
    auto was = surface::unpacked(offer.subject);
    storage::open_door before{at.who.id(), was["open"] == "1", was["hours"],
                              instant{milliseconds{std::stoll("0" + was["at"])}}};
    at.on_file.open<storage::open_doors>().set(before);
    return text("Taken back: {}", told(before));
}

surface::mrkdwn door_line(desk &at, const person_id &mentor) {
    const auto door = at.on_file.open<storage::open_doors>().of(mentor);
    const auto who = at.on_file.people.by_id(mentor);
    if (!door || !who)
        return {};
    const auto where = zone_of_mentor(at, *who);
    const bool open = door->is_open && where.day_of(door->changed_at) == where.day_of(at.now());
    const auto away = who->away_until_at && at.now() < *who->away_until_at &&
                      at.now() >= who->away_from_at.value_or(instant{});
    surface::mrkdwn line;
    if (open && !away)
        line = text("{} is there for you today: the door is open.", first_name(*who));
    if (!door->office_hours.empty())
        line = text("{}{}Office hours: {}.", line, line.text.empty() ? "" : " ", door->office_hours);
    return line;
}

result<answer> show_web(desk &at) {
    return web_from(at, {}, 0);
}

result<answer> web_from(desk &at, const std::string &, std::size_t from) {
    std::vector<surface::section> rows;
    for (const auto &pair : at.who.pairs) {
        if (pair.protege != at.who.id())
            continue;
        const auto mentor = at.on_file.people.by_id(pair.mentor);
        if (!mentor)
            continue;
        const auto &rules = at.rules().of(pair.program);
        const auto today = at.who.where.day_of(at.now());
        const auto since = at.who.where.day_of(pair.began_at);
        std::optional<day> last;
        for (const auto &each : at.on_file.contacts.between(pair.id, since, plus_days(today, 1)))
            if (!last || *last < each.on_day)
                last = each.on_day;
        auto words = text("{}, {} in {}, since {}.{}", named(*mentor), rules.mentor_word.one, rules.name,
                          full_date(since),
                          last ? fmt::format(" Last in touch on {}.", short_date(*last)) : std::string());
        rows.push_back({.text = surface::lines({words, door_line(at, pair.mentor)})});
    }
    if (rows.empty())
        return tell(
            text("Nobody is on record as your mentor yet. `{}` asks somebody who is one already; `{}` lists "
                 "what runs here.",
                 at.line(command_name::mentoring, "invite @priya as my mentor"),
                 at.line(command_name::mentoring)));
    const auto count = rows.size();
    surface::message said{
        .summary = text("{} {} on record to turn to, each for something of their own. Only you see "
                        "this list.",
                        count, count == 1 ? "person is" : "people are")};
    said.blocks =
        surface::joined({{surface::section{.text = said.summary}}, list_page(std::move(rows), from, "web")});
    return tell(std::move(said));
}

} // namespace rapport
