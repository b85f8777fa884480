// The home page, part by part; see home.hpp.
#include "handlers/home.hpp"

#include "handlers/away.hpp"
#include "handlers/help.hpp"
#include "handlers/introductions.hpp"
#include "handlers/overview_parts.hpp"
#include "handlers/own_pace.hpp"
#include "handlers/own_settings.hpp"
#include "handlers/pages.hpp"
#include "handlers/profiles.hpp"
#include "handlers/program_page.hpp"
#include "handlers/snoozing.hpp"

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

// Which list stands where; the others begin at their first row.
struct turned {
    std::string list; // a part's word, or a program's slug
    std::size_t from = 0;

    std::size_t at(std::string_view which) const {
        return list == which ? from : 0;
    }
};

std::vector<surface::block> settings(desk &at) {
    const auto &who = *at.who.person;
    auto words = text("Reminders reach you in: {} (time zone {}).", hours_in_words(who), at.who.where.name());
    if (who.away_until_at && *who.away_until_at > at.now())
        words = text("{} You are away until {}.", words,
                     full_date(at.who.where.day_of(*who.away_until_at - milliseconds{1})));
    const auto put_off = snoozed_times(at.on_file.open<storage::own_choices>().of(who.id), at.now());
    if (!put_off.empty())
        words = text("{} Reminders wait until {}.", words, in_full(put_off.front().until, at.who.where));
    std::vector<surface::block> out;
    out.emplace_back(surface::header{"Settings"});
    out.emplace_back(surface::section{.text = std::move(words)});
    surface::actions row;
    row.elements.emplace_back(
        surface::button{.says = "When may I write?", .action = std::string(first_words::hours)});
    row.elements.emplace_back(
        surface::button{.says = "What do you store?", .action = std::string(first_words::stored)});
    row.elements.emplace_back(
        surface::button{.says = "Settings", .action = std::string(own_settings_open), .value = "home"});
    row.elements.emplace_back(
        surface::button{.says = "Snooze", .action = std::string(snooze_open), .value = "home"});
    row.elements.emplace_back(
        surface::button{.says = "I'm away", .action = std::string(away_open), .value = "home"});
    out.emplace_back(std::move(row));
    return out;
}

surface::home page_with(desk &at, const turned &where) {
    surface::home page;
    const auto add = [&](std::vector<surface::block> more) {
        for (auto &block : more)
            page.blocks.push_back(std::move(block));
    };
    const auto parts = parts_of(at);
    page.blocks.emplace_back(surface::section{.text = in_short(at, parts)});
    for (const auto &one : parts)
        add(shown(one, where.at(text_of(one.which)), home_page_turn, true));
    for (const auto &slug : at.who.coordinated) {
        if (page.blocks.size() > 70) // the platform takes 100; who runs more programs than that names one
            break;
        page.blocks.emplace_back(surface::divider{});
        add(queue_of(at, slug, where.at(slug.str()), home_queue_turn));
    }
    if (at.who.person && !at.who.is(standing::is_outside)) {
        page.blocks.emplace_back(surface::divider{});
        add(profile_on_home(at));
        add(settings(at));
    }
    page.blocks.emplace_back(surface::divider{});
    page.blocks.emplace_back(
        surface::context{{whom_to_ask(at), text("`{}` shows what you can do here.",
                                                at.line(command_name::mentoring, "help"))}});
    return page;
}

result<answer> turned_to(desk &at) {
    const auto wanted = read_page(at.pressed().value);
    answer out;
    out.home = page_with(at, wanted ? turned{wanted->about, wanted->from} : turned{});
    return out;
}

} // namespace

surface::home home_of(desk &at) {
    return page_with(at, {});
}

result<answer> show_home(desk &at) {
    answer out;
    out.home = home_of(at);
    return out;
}

result<answer> page_home(desk &at) {
    return turned_to(at);
}

result<answer> page_home_queue(desk &at) {
    return turned_to(at);
}

} // namespace rapport
