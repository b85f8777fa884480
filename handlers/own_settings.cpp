// See own_settings.hpp. What cannot be kept is refused under its field, and nothing of the form is saved.
#include "handlers/own_settings.hpp"

#include "handlers/owed.hpp"
#include "handlers/own_pace.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/surface/with_buttons.hpp"
#include "handlers/taking_back.hpp"
#include "mentoring/date_words.hpp"
#include "mentoring/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace rapport {
namespace {

using surface::text;

constexpr std::string_view own_hours = "own", as_program = "program";
constexpr std::size_t longest_hours = 120; // of the column's 200
constexpr int most_per_week = 5;

bool is_offered(std::string_view word) {
    return std::any_of(hours_choices.begin(), hours_choices.end(),
                       [&](const hours_choice &each) { return each.word == word; });
}

surface::static_select hours_menu(const std::string &stored) {
    surface::static_select menu{.placeholder = "Choose your hours"};
    for (const auto &each : hours_choices)
        menu.options.push_back({.says = each.hours.empty()
                                            ? surface::plain(each.label)
                                            : surface::plain_text("{}, {}", each.label, each.hours),
                                .value = std::string(each.word)});
    menu.options.push_back({.says = "My own, written below", .value = std::string(own_hours)});
    menu.chosen = is_offered(stored) ? stored : std::string(own_hours);
    return menu;
}

surface::static_select digest_menu(const storage::own_choice &mine) {
    surface::static_select menu;
    menu.options.push_back({.says = "The program's day", .value = std::string(as_program)});
    for (unsigned number = 1; number <= 7; ++number)
        menu.options.push_back(
            {.says = short_name(weekday{number % 7}), .value = std::string(short_name(weekday{number % 7}))});
    menu.chosen = mine.digest_day.value_or(std::string(as_program));
    return menu;
}

surface::static_select pace_menu(const storage::own_choice &mine) {
    surface::static_select menu;
    menu.options.push_back({.says = "As many as the program allows", .value = std::string(as_program)});
    for (int n = 1; n <= most_per_week; ++n)
        menu.options.push_back({.says = n == 1 ? surface::plain("At most one a week")
                                               : surface::plain_text("At most {} a week", n),
                                .value = std::to_string(n)});
    menu.chosen = mine.per_week ? std::to_string(*mine.per_week) : std::string(as_program);
    return menu;
}

surface::static_select milestones_menu(const storage::own_choice &mine) {
    surface::static_select menu;
    menu.options = {
        {.says = "Remind me of them", .value = std::string(text_of(firmness::nudge))},
        {.says = "Only a line, if a message goes out anyway", .value = std::string(text_of(firmness::line))},
        {.says = "Not at all", .value = std::string(text_of(firmness::none))}};
    menu.chosen = std::string(text_of(own_firmness(mine)));
    return menu;
}

answer the_form(desk &at) {
    const auto &who = *at.who.person;
    const auto mine = at.on_file.open<storage::own_choices>().of(who.id);
    const auto stored = who.hours.value_or(std::string(as_program));
    surface::modal form{.callback = std::string(own_settings_form), .title = "Settings", .submit = "Save"};
    form.blocks.push_back(
        surface::input{.field = "hours", .label = "Reminders reach me in", .asks = hours_menu(stored)});
    form.blocks.push_back(surface::input{
        .field = "own",
        .label = "My own hours",
        .asks = surface::plain_text_input{.initial = is_offered(stored) ? "" : stored,
                                          .max_length = static_cast<int>(longest_hours),
                                          .placeholder = "Mon-Fri 8:00-12:00; Sat 10:00-12:00"},
        .optional = true});
    form.blocks.push_back(
        surface::input{.field = "zone",
                       .label = "My time zone",
                       .asks = surface::plain_text_input{.initial = who.zone.value_or(""),
                                                         .max_length = 60,
                                                         .placeholder = surface::plain(at.who.where.name())},
                       .hint = surface::plain_text("Empty: your workspace's, {}.",
                                                   who.platform_zone.value_or(at.who.where.name())),
                       .optional = true});
    form.blocks.push_back(
        surface::input{.field = "digest", .label = "What can wait comes on", .asks = digest_menu(mine)});
    form.blocks.push_back(surface::input{.field = "pace", .label = "How often", .asks = pace_menu(mine)});
    form.blocks.push_back(
        surface::input{.field = "milestones", .label = "My own milestones", .asks = milestones_menu(mine)});
    form.blocks.push_back(surface::context{{text(
        "Holds for all your programs. What a partner asks of you, and a meeting, comes all the same.")}});
    return open_form(std::move(form));
}

// Whether these hours leave any hour in the coming weeks, with the days off of the person's programs.
bool ever_come(desk &at, const storage::person &who, const week_hours &week) {
    if (week.windows.empty())
        return false;
    const auto never = [&](const good_hours &when) { return !when.is_good(when.next_good(at.now())); };
    if (at.who.pairs.empty())
        return !never({zone_of(who, program{}), week, {}, {}});
    for (const auto &pair : at.who.pairs)
        if (const auto *rules = at.rules().find(pair.program)) {
            auto when = hours_of(who, *rules, *pair.side_of(at.who.id()));
            when.week = week;
            when.closed.clear(); // being away ends
            if (never(when))
                return false;
        }
    return true;
}

minutes longest_of(const week_hours &week) {
    minutes out{};
    for (const auto &each : week.windows)
        out = std::max(out, each.until - each.from);
    return out;
}

std::string before_of(const storage::person &who, const storage::own_choice &mine) {
    return surface::packed({{"hours", who.hours.value_or("")},
                            {"zone", who.zone.value_or("")},
                            {"digest", mine.digest_day.value_or("")},
                            {"pace", mine.per_week ? std::to_string(*mine.per_week) : std::string()},
                            {"milestones", mine.milestones.value_or("")}});
}

std::optional<std::string> maybe(const std::string &text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

void save(desk &at, const storage::person &who, storage::own_choice mine) {
    at.on_file.people.save(who);
    mine.changed_at = at.now();
    auto choices = at.on_file.open<storage::own_choices>();
    choices.save(mine);
    choices.wake(who.id, at.now()); // what waited for the old hours is judged by the new ones
    for (const auto &pair : at.on_file.pairs.open_of_person(who.id))
        at.on_file.pairs.look_by(pair.id, at.now());
}

} // namespace

std::optional<zone> zone_written(std::string_view typed) {
    auto name = surface::one_line(typed);
    std::replace(name.begin(), name.end(), ' ', '_');
    if (auto exact = zone::named(name))
        return exact;
    bool begins = true;
    for (auto &c : name) {
        const auto letter = static_cast<unsigned char>(c);
        c = static_cast<char>(begins ? std::toupper(letter) : std::tolower(letter));
        begins = c == '/' || c == '_' || c == '-';
    }
    if (auto found = zone::named(name))
        return found;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); });
    return zone::named(name); // "utc"
}

result<answer> own_settings(desk &at) {
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.", at.line(command_name::mentoring)};
    return the_form(at);
}

result<answer> open_own_settings(desk &at) {
    if (!at.who.person)
        return not_found("account here", at.line(command_name::mentoring));
    return the_form(at);
}

result<answer> keep_own_settings(desk &at) {
    if (!at.who.person)
        return not_found("account here", at.line(command_name::mentoring));
    const auto &holds = at.sent().holds;
    auto who = *at.who.person;
    auto mine = at.on_file.open<storage::own_choices>().of(who.id);
    const auto before = before_of(who, mine);
    form_errors wrong;

    const auto zone_words = surface::one_line(holds.text("zone"));
    who.zone.reset();
    if (!zone_words.empty()) {
        if (const auto found = zone_written(zone_words))
            who.zone = found->name();
        else
            wrong.under["zone"] = fmt::format("There is no time zone “{}”. Write it like Europe/London, or "
                                              "leave it empty. Nothing was saved.",
                                              surface::shortened(zone_words, 40));
    }

    const auto chosen = holds.chosen("hours");
    if (chosen == own_hours) {
        const auto written = surface::one_line(holds.text("own"));
        const auto week = parse_hours(written);
        if (!week)
            wrong.under["own"] =
                fmt::format("{} {} Nothing was saved.", week.error().wrong, week.error().mend);
        else if (longest_of(*week) < hours{1})
            wrong.under["own"] =
                "That leaves me less than an hour at a time. Give me one hour somewhere in the "
                "week. Nothing was saved.";
        else if (!ever_come(at, who, *week))
            wrong.under["own"] = "Those hours do not come in the next weeks: they fall on days off only. "
                                 "Nothing was saved.";
        else
            who.hours = text_of(*week);
    } else if (is_offered(chosen)) {
        who.hours = chosen;
    } else {
        wrong.under["hours"] = "Choose one of these. Nothing was saved.";
    }

    const auto digest = holds.chosen("digest"), pace = holds.chosen("pace"),
               milestones = holds.chosen("milestones");
    if (digest != as_program && !weekday_named(folded(digest)))
        wrong.under["digest"] = "Choose one of these. Nothing was saved.";
    if (pace != as_program && !(pace.size() == 1 && pace[0] >= '1' && pace[0] <= '0' + most_per_week))
        wrong.under["pace"] = "Choose one of these. Nothing was saved.";
    firmness firm{};
    if (!parse_text(milestones, firm))
        wrong.under["milestones"] = "Choose one of these. Nothing was saved.";
    if (!wrong.under.empty())
        return answer{.what = outcome::refused, .form = std::move(wrong)};

    mine.digest_day = digest == as_program ? std::nullopt : std::optional(digest);
    mine.per_week = pace == as_program ? std::nullopt : std::optional<std::int64_t>(pace[0] - '0');
    mine.milestones = firm == firmness::nudge ? std::nullopt : std::optional(milestones);
    save(at, who, mine);
    const auto zone_now = who.zone ? *who.zone : at.who.person->platform_zone.value_or(at.who.where.name());
    return done(
        with_buttons(text("Saved. Reminders reach you in: {} (time zone {}).", hours_in_words(who), zone_now),
                     {undo_button(at, own_settings_act, before)}));
}

// Subject: everything the form holds, as it was.
result<surface::mrkdwn> undo_own_settings(desk &at, const storage::undo_offer &offer) {
    auto who = at.on_file.people.by_id(offer.person);
    if (!who)
        return refusal{"", "You are not on record here any more.", ""};
    auto was = surface::unpacked(offer.subject);
    auto mine = at.on_file.open<storage::own_choices>().of(offer.person);
    who->hours = maybe(was["hours"]);
    who->zone = maybe(was["zone"]);
    mine.digest_day = maybe(was["digest"]);
    mine.per_week = was["pace"].empty() ? std::nullopt : std::optional<std::int64_t>(was["pace"][0] - '0');
    mine.milestones = maybe(was["milestones"]);
    save(at, *who, mine);
    return text("Taken back. Your settings are as before.");
}

} // namespace rapport
