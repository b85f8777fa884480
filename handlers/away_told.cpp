// See away_told.hpp.
#include "handlers/away_told.hpp"

#include "handlers/naming.hpp"
#include "handlers/owed.hpp"
#include "handlers/striking.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/telling_pair.hpp"
#include "storage/own_choices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace rapport {
namespace {

using surface::text;

constexpr std::size_t most_named = 7;
constexpr days told_ahead{7}; // coordinators see who leaves within a week

std::string subject_of_notices(const storage::person &who) {
    return "away:" + who.id.str();
}

std::string key_of_notice(const storage::person &who, const storage::pair &pair) {
    return fmt::format("away:{}:{}:{}:{}", who.id.str(), pair.id.str(), stamp(who.away_from_at),
                       stamp(who.away_until_at));
}

} // namespace

bool is_away(const storage::person &who, instant now) {
    return who.away_until_at && now < *who.away_until_at;
}

int tell_away(desk &at, const storage::person &who) {
    int told = 0;
    std::vector<person_id> heard;
    for (const auto &pair : at.on_file.pairs.open_of_person(who.id)) {
        const auto *rules = at.rules().find(pair.program);
        const auto partner = at.on_file.people.by_id(pair.partner_of(who.id));
        if (!rules || !partner || !partner->slack || pair.state != pair_state::open ||
            std::find(heard.begin(), heard.end(), partner->id) != heard.end())
            continue;
        heard.push_back(partner->id);
        const auto when = hours_of(*partner, *rules, *pair.side_of(partner->id));
        told += at.on_file.outbox.add({.team = at.asked.team,
                                       .id = at.on_file.ids.make<storage::outbox_id>(at.now()),
                                       .key = key_of_notice(who, pair),
                                       .verb = storage::outbox_verb::post,
                                       .kind = std::string(away_kind),
                                       .policy = storage::send_policy::at_least_once,
                                       .person = partner->id,
                                       .pair = pair.id,
                                       .subject = subject_of_notices(who),
                                       .params = who.id.str() + " " + stamp(who.away_until_at),
                                       .not_before_at = when.next_good(partner_hears_at(at)),
                                       .created_at = at.now()})
                    ? 1
                    : 0;
    }
    return told;
}

void untell_away(desk &at, const storage::person &before) {
    std::vector<std::string> keys;
    for (const auto &pair : at.on_file.pairs.open_of_person(before.id))
        keys.push_back(key_of_notice(before, pair));
    strike_out(at, keys);
}

void withdraw_away_notices(desk &at, const storage::person &who) {
    at.on_file.outbox.withdraw_subject(at.asked.team, subject_of_notices(who), "undone", at.now());
}

std::optional<surface::message> away_notice(storage::records &on_file, const house &here,
                                            const storage::outbox_row &row) {
    const auto blank = row.params.find(' ');
    const auto who = on_file.people.by_id(person_id{row.params.substr(0, blank)});
    const auto pair = row.pair ? on_file.pairs.by_id(*row.pair) : std::nullopt;
    const auto *rules = pair ? here.rules.find(pair->program) : nullptr;
    const auto reader = row.person ? on_file.people.by_id(*row.person) : std::nullopt;
    if (!who || !rules || !reader || pair->state != pair_state::open || !who->away_until_at ||
        stamp(who->away_until_at) != row.params.substr(blank + 1) ||
        !on_file.open<storage::own_choices>().of(who->id).tells_away)
        return std::nullopt;
    const auto where = zone_of(*reader, *rules);
    const auto last = full_date(where.day_of(*who->away_until_at - milliseconds{1}));
    const auto from = who->away_from_at.value_or(instant{});
    const bool later = from > row.created_at;
    return surface::said(later ? text("{} is away from {} until {}. What you write meanwhile waits for them.",
                                      first_name(*who), short_date(where.day_of(from)), last)
                               : text("{} is away until {}. What you write meanwhile waits for them.",
                                      first_name(*who), last));
}

surface::mrkdwn who_is_away(desk &at, const program_slug &program) {
    const auto term = at.on_file.programs.open_term(program);
    if (!term)
        return {};
    const auto &rules = at.rules().of(program);
    std::set<person_id> seen;
    std::vector<std::string> names;
    for (const auto &pair : at.on_file.pairs.of_term(term->id)) {
        const bool own = at.who.person && pair.side_of(at.who.id());
        if (pair.state == pair_state::ended || own)
            continue;
        for (const auto &id : {pair.mentor, pair.protege}) {
            const auto who = seen.insert(id).second ? at.on_file.people.by_id(id) : std::nullopt;
            const auto from = who ? who->away_from_at.value_or(instant{}) : instant{};
            if (who && is_away(*who, at.now()) && from <= at.now() + told_ahead)
                names.push_back(fmt::format(
                    "{}{} until {}", first_name(*who),
                    from > at.now() ? " from " + short_date(rules.where.day_of(from)) : std::string(),
                    short_date(rules.where.day_of(*who->away_until_at - milliseconds{1}))));
        }
    }
    if (names.empty())
        return {};
    const auto more = names.size() > most_named ? names.size() - most_named : 0;
    names.resize(names.size() - more);
    const auto words = fmt::format("{}", fmt::join(names, "; "));
    return more == 0 ? text("Away: {}.", words) : text("Away: {}; and {} more.", words, more);
}

} // namespace rapport
