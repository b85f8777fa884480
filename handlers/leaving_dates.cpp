// See leaving_dates.hpp.
#include "handlers/leaving_dates.hpp"

#include "handlers/closing.hpp"
#include "handlers/desk.hpp"
#include "handlers/home_page.hpp"
#include "handlers/leaving_facts.hpp"
#include "handlers/leaving_told.hpp"
#include "handlers/nudging.hpp"
#include "handlers/owed.hpp"
#include "handlers/pairing.hpp"
#include "handlers/replies.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

bool is_active(storage::records &on_file, const person_id &id) {
    const auto who = on_file.people.by_id(id);
    return who && who->state == person_state::active;
}

// What the calendar does at midnight is read in the next good hour of whom it is for.
instant good_hour(storage::records &on_file, const program *rules, const storage::pair &pair,
                  const person_id &to, instant from) {
    const auto who = on_file.people.by_id(to);
    const auto which = pair.side_of(to);
    return rules && who && which ? hours_of(*who, *rules, *which).next_good(from) : from;
}

// A coordinator's line about a pair's pause or notice needs nobody any more.
void clear_line(storage::records &on_file, const storage::pair &pair, std::string_view kind,
                const std::string &occasion, const person_id &about, instant now) {
    on_file.attention.clear(pair.id, std::string(kind), occasion, about, std::nullopt, now);
}

// The day of a notice has come: it is done, who leaves is out of the term, and a protégé without a mentor is
// put before the coordinators.
void notice_is_over(storage::records &on_file, const house &here, const storage::pair &pair,
                    const planned_end &end, instant now) {
    const auto &notice = *end.notice;
    end_as(on_file, here, pair, {.kind = ending_kind::notice, .by = {}, .ended_at = end.at, .heard_at = now},
           now);
    on_file.open<storage::notices>().move(notice.id, storage::notice_state::done, end.at);
    if (!notice.stays)
        leave_term(on_file, pair, notice.by, now);
    if (pair.side_of(notice.by) == side::mentor)
        ask_for_help(on_file, here, pair, std::string(leaving_line::mentor_left), notice.id, pair.protege,
                     end.at, now);
    note_leaving(on_file, std::nullopt, "notice_over", pair, notice.id, now);
}

} // namespace

std::string ending_key(const pair_id &pair, instant ended_at) {
    return fmt::format("pair.ended:{}:{}", pair.str(), ended_at.time_since_epoch().count());
}

void end_as(storage::records &on_file, const house &here, const storage::pair &pair, const pair_end &how,
            instant now) {
    const auto *rules = here.rules.find(pair.program);
    const auto planned = rules ? end_of(on_file, *rules, pair) : std::nullopt;
    if (const auto rest = on_file.open<storage::pauses>().running(pair.id))
        on_file.open<storage::pauses>().end(rest->id, how.by, now);
    on_file.pairs.end(pair.id, how.by, how.ended_at);
    on_file.open<storage::endings>().note(
        {pair.id, how.kind, planned && how.ended_at < planned->at, how.by, how.ended_at});
    replies_after_end(on_file, here.rules, pair, how.ended_at);
    on_file.attention.clear_pair(pair.id, now);
    homes_follow(on_file, pair, now);
    auto heard_at = how.heard_at;
    if (!how.by) // both read it there
        for (const auto &one : {pair.mentor, pair.protege})
            heard_at = std::max(heard_at, good_hour(on_file, rules, pair, one, how.heard_at));
    on_file.outbox.add({.team = on_file.team,
                        .id = on_file.ids.make<storage::outbox_id>(now),
                        .key = ending_key(pair.id, how.ended_at),
                        .verb = storage::outbox_verb::post,
                        .kind = std::string(ending_notice_kind),
                        .policy = storage::send_policy::at_least_once,
                        .pair = pair.id,
                        .subject = "pair.ended:" + pair.id.str(),
                        .not_before_at = heard_at,
                        .created_at = now});
    if (how.kind == ending_kind::completed)
        begin_closing(on_file, here, pair, heard_at, now);
}

void go_on_after_all(storage::records &on_file, const storage::pair &pair, instant now) {
    on_file.pairs.reopen(pair.id, now);
    on_file.open<storage::endings>().erase(pair.id);
    take_closing_back(on_file, pair, now);
    if (pair.ended_at)
        for (const auto &clock : on_file.clocks.ended_at(pair.id, *pair.ended_at))
            resume_clock(on_file, clock, now);
}

bool resume(storage::records &on_file, const house &here, const storage::pair &pair,
            const storage::pause &rest, const std::optional<person_id> &by, instant heard_at, instant now) {
    if (!is_active(on_file, pair.mentor) || !is_active(on_file, pair.protege))
        return false;
    on_file.open<storage::pauses>().end(rest.id, by, now);
    on_file.pairs.set_state(pair.id, pair_state::open);
    on_file.pairs.look_by(pair.id, now);
    for (const auto &line : on_file.attention.open_of_pair(pair.id))
        if (line.kind == leaving_line::pause || line.kind == leaving_line::deactivated ||
            line.kind == leaving_line::came_back)
            clear_line(on_file, pair, line.kind, line.occasion, line.person, now);
    for (const auto &to : {pair.mentor, pair.protege})
        if (by != to)
            tell_privately(on_file, pair, to, by ? leaving_word::goes_on : leaving_word::pause_over, rest.id,
                           by ? heard_at : good_hour(on_file, here.rules.find(pair.program), pair, to, now),
                           now);
    note_leaving(on_file, by, "resume", pair, rest.id, now);
    homes_follow(on_file, pair, now);
    look_at(on_file, here, pair.id, now);
    return true;
}

dates_done keep_dates(storage::records &on_file, const house &here, const storage::pair &pair, instant now) {
    const auto *rules = here.rules.find(pair.program);
    if (pair.state == pair_state::ended || !rules)
        return {};
    const auto end = end_of(on_file, *rules, pair);
    const bool own = end && end->by != planned_end::cause::term; // a term closes all its pairs itself
    if (own && end->at <= now) {
        if (end->by == planned_end::cause::notice)
            notice_is_over(on_file, here, pair, *end, now);
        else
            end_as(on_file, here, pair,
                   {.kind = ending_kind::completed, .by = {}, .ended_at = end->at, .heard_at = now}, now);
        return {true, std::nullopt};
    }
    auto next = own ? std::optional(end->at) : std::nullopt;
    if (pair.state != pair_state::paused)
        return {false, next};
    const auto rest = on_file.open<storage::pauses>().running(pair.id);
    if (!rest || rest->cause != pause_cause::asked || !rest->until_at)
        return {false, next}; // a person lets it go on
    if (*rest->until_at > now)
        return {false, sooner(next, rest->until_at)};
    if (resume(on_file, here, pair, *rest, std::nullopt, now, now))
        return {true, next};
    // somebody's account does not work meanwhile: a person lets it go on
    on_file.open<storage::pauses>().for_account(rest->id);
    const auto gone = is_active(on_file, pair.mentor) ? pair.protege : pair.mentor;
    ask_for_help(on_file, here, pair, std::string(leaving_line::deactivated), rest->id, gone, now, now);
    return {false, next};
}

std::optional<closed_enrolment> leave_term(storage::records &on_file, const storage::pair &pair,
                                           const person_id &who, instant now) {
    const auto which = pair.side_of(who).value_or(side::mentor);
    const auto enrolled = on_file.programs.enrolled(pair.term, who, role_of(which));
    const auto others = on_file.pairs.open_of_person(who);
    const bool in_another = std::any_of(others.begin(), others.end(), [&](const storage::pair &each) {
        return each.id != pair.id && each.term == pair.term && each.on(which) == who;
    });
    if (!enrolled || enrolled->state == enrolment_state::left || in_another)
        return std::nullopt;
    on_file.programs.set_enrolment_state(enrolled->id, enrolment_state::left, now);
    return closed_enrolment{enrolled->id, enrolled->state};
}

std::string tell_privately(storage::records &on_file, const storage::pair &pair, const person_id &to,
                           std::string_view act, const std::string &about, instant heard_at, instant now) {
    auto key = fmt::format("{}:{}:{}:{}:{}", leaving_word_kind, act, about, to.str(),
                           now.time_since_epoch().count());
    on_file.outbox.add({.team = on_file.team,
                        .id = on_file.ids.make<storage::outbox_id>(now),
                        .key = key,
                        .verb = storage::outbox_verb::post,
                        .kind = std::string(leaving_word_kind),
                        .policy = storage::send_policy::at_least_once,
                        .person = to,
                        .channel = std::nullopt,
                        .pair = pair.id,
                        .subject = "leaving:" + about,
                        .params = fmt::format("{} {}", act, about),
                        .not_before_at = heard_at,
                        .created_at = now});
    return key;
}

void note_leaving(storage::records &on_file, const std::optional<person_id> &by, std::string act,
                  const storage::pair &pair, std::string detail, instant now) {
    on_file.journal.append(on_file.team, {.at = now,
                                          .actor = by ? by->str() : std::string("rapport"),
                                          .act = std::move(act),
                                          .subject_kind = "pair",
                                          .subject = pair.id.str(),
                                          .detail = std::move(detail)});
}

} // namespace rapport
