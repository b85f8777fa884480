// What must hold, one check a promise; see watch.hpp.
#include "bot/simulate/watch.hpp"

#include "handlers/message_of_the_day.hpp"
#include "handlers/owed.hpp"
#include "storage/outbox.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport::simulate {
namespace {

constexpr std::string_view digest_kind = "nudge.digest";
constexpr std::size_t pairs_sampled = 5; // asked each time what they owe
// A look that is due may wait for the step that makes it.
constexpr minutes look_slack{2};

bool is_reminder(const storage::outbox_row &row) {
    return row.kind.starts_with("nudge.");
}

} // namespace

std::string name_on_file(storage::records &on_file, const person_id &who) {
    const auto found = on_file.people.by_id(who);
    return found ? found->name : "somebody";
}

void watch::breaks(promise which, const zone &where, instant now, std::string person, std::string says) {
    if (!broken_)
        broken_ = broken_promise{which, where.day_of(now), std::move(person), seed_, std::move(says)};
}

void watch::heard(const std::string &conversation, const person_id &who, instant at) {
    auto &last = last_heard_[{conversation, who}];
    last = std::max(last, at);
}

void watch::filed(const pair_id &pair, const person_id &who, const std::string &period) {
    filed_.emplace(pair, who, period);
}

std::vector<watch::reminder> watch::reminders_in(storage::records &on_file, const shipment &what) {
    std::vector<reminder> out;
    for (const auto &id : what.rows) {
        const auto row = on_file.outbox.by_id(what.team, storage::outbox_id{id});
        if (!row || !is_reminder(*row) || row->kind == digest_kind)
            continue;
        auto [line, chosen] = line_of(on_file, *row);
        if (line)
            out.push_back({std::move(*line), chosen});
    }
    return out;
}

// By what people did themselves, not by what is on file.
bool watch::was_done(const storage::pair &pair, const storage::nudge &line, storage::records &on_file) const {
    if (line.kind == text_of(obligation_kind::check_in))
        return filed_.contains({pair.id, line.person, line.occasion});
    if (line.kind != text_of(obligation_kind::reply) || !pair.channel)
        return false;
    const auto clock = on_file.clocks.of_occasion(pair.id, line.person, line.occasion);
    const auto last = last_heard_.find({pair.channel->str(), line.person});
    return clock && clock->set_by == storage::clock_set_by::message && last != last_heard_.end() &&
           last->second > clock->started_at;
}

void watch::check_reminder(storage::records &on_file, const house &here, const reminder &one, bool exempt,
                           instant now) {
    const auto &line = one.line;
    const auto pair = on_file.pairs.by_id(line.pair);
    const auto who = on_file.people.by_id(line.person);
    if (!pair || !who)
        return; // of a request: its promises are the program's
    const auto &rules = here.rules.of(pair->program);
    const auto term = on_file.programs.term_by_id(pair->term);
    const auto what = fmt::format("a reminder ({}, {}) left at {}", line.kind, line.occasion,
                                  in_full(now, zone_of(*who, rules)));
    if (pair->state == pair_state::ended || !term || term->state == term_state::closed)
        breaks(promise::after_close, rules.where, now, who->name, what + " for a pair that has ended");
    const auto which = pair->side_of(who->id).value_or(side::mentor);
    if (!exempt && !hours_of(*who, rules, which).is_good(now))
        breaks(promise::good_hours, rules.where, now, who->name, what);
    const auto all = owed_in(on_file, here.rules, *pair, now);
    const bool owed = std::any_of(all.owed.begin(), all.owed.end(),
                                  [&](const obligation &each) { return is_about(each, line); });
    if (!owed || was_done(*pair, line, on_file))
        breaks(promise::done, rules.where, now, who->name, what + ", and it was done before");
}

void watch::leaving(storage::records &on_file, const house &here, const shipment &what, instant now) {
    if (what.method != "chat.postMessage" || broken_)
        return;
    const auto all = reminders_in(on_file, what);
    // what its person chose the hour of, or what is about a meeting within the day, takes the others along
    const bool exempt = std::any_of(all.begin(), all.end(), [](const reminder &each) {
        return each.chosen || each.line.kind == text_of(obligation_kind::meeting);
    });
    for (const auto &each : all)
        check_reminder(on_file, here, each, exempt, now);
}

void watch::count_message(storage::records &on_file, const program &rules, const person_id &id, instant now) {
    const auto who = on_file.people.by_id(id);
    if (!who)
        return;
    const auto today = zone_of(*who, rules).day_of(now);
    auto &days_of = on_days_[id];
    ++days_of[today];
    int week = 0;
    for (auto it = days_of.lower_bound(plus_days(today, -6)); it != days_of.end(); ++it)
        week += it->second;
    const auto &caps = rules.attention.caps;
    if (days_of[today] > caps.per_day)
        breaks(promise::caps, rules.where, now, who->name,
               fmt::format("{} messages on one day, {} are allowed", days_of[today], caps.per_day));
    else if (week > caps.per_week)
        breaks(promise::caps, rules.where, now, who->name,
               fmt::format("{} messages in seven days, {} are allowed", week, caps.per_week));
}

void watch::arrived(storage::records &on_file, const house &here, const shipment &what, instant now) {
    if (what.method != "chat.postMessage" || broken_)
        return;
    const program *rules = nullptr;
    std::optional<person_id> to;
    bool exempt = false;
    for (const auto &id : what.rows) {
        const auto row = on_file.outbox.by_id(what.team, storage::outbox_id{id});
        if (!row || !is_reminder(*row) || !row->person)
            continue;
        to = row->person;
        if (!rows_arrived_.insert(id).second)
            breaks(promise::balance, zone(), now, name_on_file(on_file, *to),
                   "the same reminder was posted twice");
    }
    for (const auto &[line, chosen] : reminders_in(on_file, what)) {
        exempt = exempt || chosen || line.kind == text_of(obligation_kind::meeting);
        const auto pair = on_file.pairs.by_id(line.pair);
        if (!pair)
            continue;
        rules = here.rules.find(pair->program);
        const bool counts = line.rung > 0 && (line.act == "nudge" || line.act == "softer");
        if (counts && ++nudges_of_[{line.pair, line.kind, line.occasion, line.person}] > 2)
            breaks(promise::two_at_most, rules->where, now, name_on_file(on_file, line.person),
                   fmt::format("a third nudge about {} ({})", line.kind, line.occasion));
    }
    if (to && !exempt) {
        if (!rules) // a digest alone: the only program of a play
            rules = here.rules.find(here.rules.slugs().front());
        count_message(on_file, *rules, *to, now);
    }
}

void watch::at_rest(storage::records &on_file, const house &here, instant now) {
    if (broken_)
        return;
    const auto &rules = here.rules.of(here.rules.slugs().front());
    const auto name_pair = [&](const pair_id &id) {
        const auto pair = on_file.pairs.by_id(id);
        return pair ? name_on_file(on_file, pair->mentor) + " and " + name_on_file(on_file, pair->protege)
                    : std::string("a pair");
    };
    const auto unseen = storage::not_looked_at(on_file.db, on_file.team, now - look_slack);
    for (const auto &id : unseen)
        if (const auto pair = on_file.pairs.by_id(id); pair && is_live(on_file, here.rules, *pair))
            if (pair->look_again_at || owed_in(on_file, here.rules, *pair, now).look_again_at)
                return breaks(promise::forgotten, rules.where, now, name_pair(id),
                              "nothing will look at this pair again");
    const auto open = storage::open_pairs(on_file.db, on_file.team);
    for (std::size_t i = 0; i < std::min(pairs_sampled, open.size()); ++i) {
        const auto pair = on_file.pairs.by_id(open[sampled_++ % open.size()]);
        const auto wanted = owed_in(on_file, here.rules, *pair, now).look_again_at;
        if (wanted && is_live(on_file, here.rules, *pair) &&
            (!pair->look_again_at || *pair->look_again_at > std::max(*wanted, now) + look_slack))
            return breaks(promise::forgotten, rules.where, now, name_pair(pair->id),
                          "it is looked at later than what it owes asks for");
    }
    const auto counted = storage::count_reminders(on_file.db, on_file.team);
    if (!counted.adds_up() || counted.planned < last_.planned)
        breaks(promise::balance, rules.where, now, "everybody",
               fmt::format("planned {} (before {}), sent {}, cancelled {}, missed {}, pending {}",
                           counted.planned, last_.planned, counted.sent, counted.withdrawn,
                           counted.missed + counted.parked + counted.ambiguous, counted.pending));
    else if (counted.sent > static_cast<std::int64_t>(rows_arrived_.size()))
        breaks(promise::balance, rules.where, now, "everybody",
               fmt::format("{} reminders are noted as sent, {} arrived", counted.sent, rows_arrived_.size()));
    last_ = counted;
}

void watch::never_rests(instant now, const std::string &why) {
    breaks(promise::rest, zone(), now, "everybody", why);
}

} // namespace rapport::simulate
