// The calendar of the people, their beginning and what they say to each other; see living.hpp. What they read
// and press is reading.cpp's.
#include "bot/simulate/living.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace rapport::simulate {
namespace {

constexpr std::uint64_t life_stream = 3;
constexpr int most_starts_without_answer = 3; // then one gives up for the month

day month_end(day from) {
    return last_day(month_of(from));
}

} // namespace

living::living(const playing &how, clock_hand &clock, service &bot, stage &where, watch &sees, played &out)
    : how_(how),
      clock_(clock),
      bot_(bot),
      stage_(where),
      sees_(sees),
      out_(out),
      luck_(how.seed, life_stream),
      begins_(how.rules.where.at(how.from, hours{9})),
      ends_(how.rules.where.start_of(plus_days(how.until, 1))) {
    folk_ = make_population(how, begins_, ends_);
    const int pairs = static_cast<int>(folk_.pairs.size());
    for (int n = 0; n < static_cast<int>(folk_.people.size()); ++n)
        person_of_[stage::direct_with(who(n).id)] = n;
    // the people come one after the other on the first morning, and are paired in the afternoon
    for (int n = 0; n < static_cast<int>(folk_.people.size()); ++n)
        at(begins_ + seconds{n}, [this, n] { enters(n); });
    for (int n = 0; n < pairs; ++n) {
        at(begins_ + hours{2} + seconds{n * 10}, [this, n] { become_a_pair(n); });
        plan_beginning(n);
        plan_extras(n);
    }
    plan_months();
}

// --- the calendar

void living::at(instant when, doing what) {
    agenda_.emplace(std::pair(std::max(when, clock_.now), planned_++), std::move(what));
}

std::optional<instant> living::next() const {
    return agenda_.empty() ? std::nullopt : std::optional(agenda_.begin()->first.first);
}

void living::run_due() {
    while (!agenda_.empty() && agenda_.begin()->first.first <= clock_.now) {
        const auto what = std::move(agenda_.begin()->second);
        agenda_.erase(agenda_.begin());
        what();
    }
}

// A waking hour of one of these days where the person is; at the weekend seldom.
instant living::on_some_day(const person_played &one, day from, day until) {
    const int width = std::max(0, days_between(from, until));
    auto date = plus_days(from, luck_.between(0, width));
    const bool weekend = weekday_of(date) == date::Saturday || weekday_of(date) == date::Sunday;
    if (weekend && luck_.percent(70))
        date = plus_days(from, luck_.between(0, width));
    const auto where = zone::named(one.zone).value_or(how_.rules.where);
    return where.at(date, hours{luck_.between(8, 21)} + minutes{luck_.between(0, 59)});
}

void living::plan_months() {
    for (auto first = how_.from; first <= how_.until; first = plus_days(month_end(first), 1)) {
        const auto last = std::min(month_end(first), how_.until);
        at(std::max(begins_, how_.rules.where.at(first, hours{0})), [this, first, last] {
            for (int n = 0; n < static_cast<int>(folk_.pairs.size()); ++n)
                plan_month(n, first, last);
        });
    }
}

void living::plan_month(int pair, day first, day last) {
    const int length = days_between(first, last) + 1;
    for (const auto which : {side::mentor, side::protege}) {
        auto &truth = of(pair).of(which);
        truth.started = truth.contacts = 0;
        const auto &person = who(of(pair).on(which));
        const auto &manner = manners_of(person.as, which);
        const int often = luck_.between(manner.starts_least, manner.starts_most) * length / 28;
        for (int i = 0; i < often; ++i) {
            // spread over the month; over a holiday people write as seldom as they are written to
            const auto from = plus_days(first, length * i / std::max(1, often));
            const auto until = plus_days(first, std::max(0, length * (i + 1) / std::max(1, often) - 1));
            const auto when = on_some_day(person, from, until);
            const auto &off = how_.rules.attention.off;
            const bool holiday = std::any_of(off.begin(), off.end(), [&](const days_off &each) {
                return each.dates.contains(how_.rules.where.day_of(when));
            });
            if (!holiday || luck_.percent(15))
                at(when, [this, pair, which] { starts(pair, which); });
        }
    }
}

void living::plan_beginning(int pair) {
    for (const auto which : {side::protege, side::mentor}) {
        const int person = of(pair).on(which);
        const int begins = who(person).as == habit::keen ? 100 : who(person).as == habit::ordinary ? 50 : 0;
        if (!luck_.percent(begins))
            continue;
        const int first_day_of_it = which == side::protege ? 2 : 8; // the protégé prepares, the mentor reads
        for (const int after : {first_day_of_it, first_day_of_it + 12})
            at(on_some_day(who(person), plus_days(how_.from, after), plus_days(how_.from, after + 5)),
               [this, pair, person] {
                   const auto page = introduction_.find(pair);
                   if (page == introduction_.end() || !who(person).acts_at(clock_.now) || is_away())
                       return;
                   for (const auto &each : page->second.shows.presses)
                       if (each.action.starts_with("plan.show"))
                           if (const auto shown =
                                   presses(person, {page->second.channel, page->second.ts}, each))
                               works_on_plan(person, *shown, {page->second.channel, page->second.ts, true});
               });
    }
}

// Milestones with dates, and now and then a time to meet.
void living::plan_extras(int pair) {
    const int protege = of(pair).protege;
    const auto &one = who(protege);
    if (one.as == habit::busy || one.as == habit::silent)
        return;
    const int length = days_between(how_.from, how_.until);
    for (const int percent_of_term : {15, 55}) {
        const auto date = plus_days(how_.from, length * percent_of_term / 100 + luck_.between(0, 10));
        const auto due = plus_days(date, luck_.between(14, 40));
        at(on_some_day(one, date, date), [this, protege, due] {
            if (who(protege).acts_at(clock_.now))
                typed(protege, "/milestone add A first draft by " + rapport::text_of(due));
        });
    }
    for (int begin = 20; begin + 30 < length; begin += 30)
        if (luck_.percent(25)) {
            const auto date = plus_days(how_.from, begin + luck_.between(0, 20));
            const auto meet = plus_days(date, luck_.between(2, 9));
            at(on_some_day(one, date, date), [this, protege, meet] {
                if (who(protege).acts_at(clock_.now))
                    typed(protege, "/mentoring meet " + rapport::text_of(meet) + " 3pm 30m");
            });
        }
}

// --- beginning

void living::enters(int person) {
    const auto &one = who(person);
    person_described described;
    described.who = one.id;
    described.name = one.name;
    described.zone = one.zone;
    delivers(one.id, "", described);
}

void living::coordinator_says(const std::string &words, std::string_view wanted) {
    const auto made = delivers(coordinator, "C0OFFICE", command_typed{"/program", words});
    const auto shown = made ? read_answer(*made) : screen{};
    if (shown.text.find(wanted) == std::string::npos && !how_.faults)
        throw std::runtime_error("the play cannot begin: `/program " + words + "` heard “" + shown.text +
                                 "”");
}

void living::become_a_pair(int pair) {
    const auto mention = [&](side which) {
        const auto &one = who(of(pair).on(which));
        return fmt::format("<@{}|{}>", one.id.str(), one.id.str());
    };
    for (const auto which : {side::mentor, side::protege}) {
        coordinator_says(
            fmt::format("enrol {} {}", mention(which), which == side::mentor ? "mentor" : "protege"), "");
        for (const auto &each : how_.rules.entry.gates)
            if (each.applies_to == role_of(which)) {
                const bool check = each.kind == gate_kind::background_check;
                coordinator_says(fmt::format("clear {} {}{}", mention(which), check ? "check" : "training",
                                             check ? " until " + rapport::text_of(plus_days(how_.until, 30))
                                                   : std::string()),
                                 "");
            }
    }
    coordinator_says("pair " + mention(side::mentor) + " " + mention(side::protege), "pair");
}

std::string living::conversation(int pair) {
    return stage_.conversation_of(who(of(pair).mentor).id, who(of(pair).protege).id);
}

const person_id &living::on_record(int person) {
    auto &known = known_[person];
    if (known.empty())
        bot_.on_file([&](storage::records &r) {
            if (const auto found = r.people.by_slack(who(person).id))
                known = found->id;
        });
    return known;
}

// --- talking

void living::starts(int pair, side which) {
    auto &truth = of(pair).of(which);
    if (!who(of(pair).on(which)).acts_at(clock_.now) || truth.started >= most_starts_without_answer + 2)
        return;
    const auto &other = of(pair).of(other_side(which));
    if (other.owes_answer && luck_.percent(60))
        return; // who waits already writes less
    ++truth.started;
    if (luck_.percent(of(pair).off_platform))
        talks_elsewhere(pair, which, true);
    else
        says(pair, which, true);
}

// A call, an e-mail, a chat over coffee: Rapport hears nothing of it.
void living::talks_elsewhere(int pair, side which, bool answers_as_well) {
    auto &mine = of(pair).of(which);
    auto &theirs = of(pair).of(other_side(which));
    ++mine.contacts;
    ++theirs.contacts;
    if (mine.owes_answer)
        mine.answered_elsewhere = true;
    mine.owes_answer = false;
    // two who talk have said what they waited for
    if (answers_as_well && theirs.owes_answer && who(of(pair).on(other_side(which))).acts_at(clock_.now)) {
        theirs.owes_answer = false;
        theirs.answered_elsewhere = true;
    }
    notes(who(of(pair).on(which)), "is in touch with the other side elsewhere");
}

void living::says(int pair, side which, bool wants_answer) {
    const auto channel = conversation(pair);
    const auto &person = who(of(pair).on(which));
    if (channel.empty())
        return talks_elsewhere(pair, which, true);
    auto &mine = of(pair).of(which);
    auto &theirs = of(pair).of(other_side(which));
    ++mine.contacts;
    ++theirs.contacts;
    mine.owes_answer = mine.answered_elsewhere = mine.only_thanks = false;
    theirs.owes_answer = theirs.owes_answer || wants_answer;
    theirs.only_thanks = !theirs.owes_answer;
    theirs.answered_elsewhere = false;
    notes(person, wants_answer ? "writes in the conversation, with a question" : "writes thanks");
    if (!is_away()) {
        const auto heard = delivers(person.id, channel, message_seen{stage_.stamp(clock_.now)});
        if (heard) {
            ++out_.replies.messages;
            sees_.heard(channel, on_record(of(pair).on(which)), clock_.as_read());
        }
    }
    const auto other = other_side(which);
    const auto &manner = manners_of(who(of(pair).on(other)).as, other);
    if (wants_answer && luck_.percent(manner.answers))
        answers_later(pair, other, manner.answers_least, manner.answers_most);
}

void living::answers_later(int pair, side which, span_of_time least, span_of_time most) {
    auto when = clock_.now + luck_.between(least, most);
    const auto &person = who(of(pair).on(which));
    const auto where = zone::named(person.zone).value_or(how_.rules.where);
    const auto local = where.local(when);
    if (local.since_midnight < hours{7} || local.since_midnight >= hours{23}) // at night one sleeps
        when = where.at(plus_days(local.date, local.since_midnight < hours{7} ? 0 : 1),
                        hours{8} + minutes{luck_.between(0, 119)});
    at(when, [this, pair, which] { answers(pair, which); });
}

void living::answers(int pair, side which) {
    if (!of(pair).of(which).owes_answer || !who(of(pair).on(which)).acts_at(clock_.now))
        return;
    if (luck_.percent(of(pair).off_platform))
        return talks_elsewhere(pair, which, false);
    says(pair, which, !luck_.percent(how_.mix.thanks));
}

void living::notes(const person_played &one, std::string what) {
    if (how_.transcript == "all" || how_.transcript == one.name ||
        (!how_.transcript.empty() && one.name.ends_with(" " + how_.transcript)))
        out_.transcript.push_back({clock_.now, one.name, std::move(what)});
}

} // namespace rapport::simulate
