// See own_pace.hpp.
#include "handlers/own_pace.hpp"

#include "mentoring/date_words.hpp"

#include <algorithm>

namespace rapport {

std::string hours_in_words(const storage::person &who) {
    const auto stored = who.hours.value_or("program");
    const auto row = std::find_if(hours_choices.begin(), hours_choices.end(),
                                  [&](const hours_choice &each) { return each.word == stored; });
    if (row == hours_choices.end())
        return stored;
    return row->hours.empty() ? std::string(row->label)
                              : std::string(row->label) + ", " + std::string(row->hours);
}

std::vector<time_range> snoozed_times(const storage::own_choice &chosen, instant now) {
    if (!chosen.snoozed_until_at || *chosen.snoozed_until_at <= now)
        return {};
    return {{chosen.snoozed_from_at.value_or(instant{}), *chosen.snoozed_until_at}};
}

std::vector<time_range> away_times(const storage::person &who) {
    if (!who.away_until_at)
        return {};
    return {{who.away_from_at.value_or(instant{}), *who.away_until_at}};
}

message_caps own_caps(const storage::own_choice &chosen, message_caps of_programs) {
    if (chosen.per_week)
        of_programs.per_week = std::min(of_programs.per_week, static_cast<int>(*chosen.per_week));
    of_programs.per_day = std::min(of_programs.per_day, of_programs.per_week);
    if (chosen.digest_day)
        of_programs.digest_day = weekday_named(*chosen.digest_day).value_or(of_programs.digest_day);
    return of_programs;
}

firmness own_firmness(const storage::own_choice &chosen) {
    firmness out = firmness::nudge;
    if (chosen.milestones)
        parse_text(*chosen.milestones, out);
    return out;
}

std::optional<day> away_as_told(storage::records &on_file, const storage::person &who, const zone &where,
                                instant now) {
    if (!who.away_until_at || now >= *who.away_until_at || now < who.away_from_at.value_or(instant{}) ||
        !on_file.open<storage::own_choices>().of(who.id).tells_away)
        return std::nullopt;
    return where.day_of(*who.away_until_at - milliseconds{1});
}

} // namespace rapport
