// Every event a log line can be about: its stable name, its level, and what it means with what to do. The
// operator's page docs/log-events.md is this table.
#pragma once

#include "mentoring/words.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace rapport::bot {

enum class level { debug, info, warning, error };
RAPPORT_WORDS(
    level, 4,
    {{level::debug, "debug"}, {level::info, "info"}, {level::warning, "warning"}, {level::error, "error"}})

enum class event {
    // life
    starting,
    started,
    stopping,
    stopped,
    stop_forced,
    start_failed,
    level_switched,
    clock_jumped,
    clock_followed,
    // status
    status_listening,
    status_accept_failed,
    // storage
    storage_told,
    copied,
    copy_failed,
    policy_applied,
    policy_unreadable,
    policy_differs,
    // the link
    identity_known,
    link_told,
    // requests
    delivery_unreadable,
    delivery_unknown,
    delivery_unused,
    request_taken,
    request_answered,
    request_refused_busy,
    request_duplicate,
    request_failed,
    request_over_budget,
    answer_undelivered,
    answer_delivered_late,
    call_failed,
    // sending
    planned,
    plan_failed,
    claim_failed,
    sent,
    send_later,
    send_failed,
    send_refused,
    send_ambiguous,
    outcome_not_saved,
    words_passed,
    words_lost,
    // people
    person_learned,
    person_forgotten,
    let_go,
    person_unknown,
    count_,
};

struct event_row {
    event what;
    std::string_view name;
    level at;
    std::string_view means;
};

inline constexpr std::array<event_row, static_cast<std::size_t>(event::count_)> event_table{{
    {event::starting, "starting", level::info, "The program begins; its version."},
    {event::started, "started", level::info, "Migrated, linked and answering."},
    {event::stopping, "stopping", level::info,
     "Asked to stop: finishes what is in flight, at most ten seconds."},
    {event::stopped, "stopped", level::info, "All is saved and closed; the program ends."},
    {event::stop_forced, "stop_forced", level::warning,
     "A second signal, or ten seconds gone: ended with work in flight. What was confirmed is saved."},
    {event::start_failed, "start_failed", level::error,
     "The program cannot start; the mend is in the line. Nothing was changed."},
    {event::level_switched, "level_switched", level::info,
     "SIGUSR1: every level is logged for 15 minutes, ids readable."},
    {event::clock_jumped, "clock_jumped", level::warning,
     "The machine's clock jumped by more than five seconds; everything is planned again. Check its time "
     "service."},
    {event::clock_followed, "clock_followed", level::warning,
     "A test moves the clock (RAPPORT_TEST_CLOCK_OFFSET). Never set in service."},
    {event::status_listening, "status_listening", level::info,
     "Health, readiness and metrics are served at this address."},
    {event::status_accept_failed, "status_accept_failed", level::warning,
     "The status address cannot take connections for now (often: too many open files); tried again."},
    {event::storage_told, "storage_told", level::warning,
     "The database said something an operator should read; `what` names it."},
    {event::copied, "copied", level::info,
     "`rapport backup`: the copy of the database is complete and on disk."},
    {event::copy_failed, "copy_failed", level::warning,
     "`rapport backup`: no copy was made, for this reason; nothing of the database was changed."},
    {event::policy_applied, "policy_applied", level::info,
     "A policy is in force from now on: a new program's, or one that was applied; noted in the journal."},
    {event::policy_unreadable, "policy_unreadable", level::warning,
     "An older version of a policy cannot be read by this release; what began under it follows the one in "
     "force."},
    {event::policy_differs, "policy_differs", level::warning,
     "A program's policy file is not what is in force; `rapport policy apply FILE` puts it in force."},
    {event::identity_known, "identity_known", level::info,
     "The platform said which workspace and which bot the token is for."},
    {event::link_told, "link_told", level::info, "The link to the platform changed; `what` names how."},
    {event::delivery_unreadable, "delivery_unreadable", level::warning,
     "A frame that is no envelope, once a kind; counted in rapport_frames_unreadable_total."},
    {event::delivery_unknown, "delivery_unknown", level::warning,
     "An envelope of a kind this version does not know, once a kind; acknowledged and counted."},
    {event::delivery_unused, "delivery_unused", level::debug,
     "A delivery that asks nothing of Rapport; acknowledged."},
    {event::request_taken, "request_taken", level::debug, "A request was read and goes to the database."},
    {event::request_answered, "request_answered", level::info,
     "A request is saved and its answer handed to the link."},
    {event::request_refused_busy, "request_refused_busy", level::warning,
     "Too many requests at once, or the database was busy: nothing was saved, and the person was told."},
    {event::request_duplicate, "request_duplicate", level::info,
     "A delivery that was seen before; it was answered as before and did nothing."},
    {event::request_failed, "request_failed", level::error,
     "A request could not be saved; the person got an apology with this key. `fault` says why."},
    {event::request_over_budget, "request_over_budget", level::warning,
     "The database took longer than 2.5 s: the person read \"still on it\" and gets the answer after."},
    {event::answer_undelivered, "answer_undelivered", level::warning,
     "An answer could not be handed over; it is tried by the next way for an hour."},
    {event::answer_delivered_late, "answer_delivered_late", level::info,
     "An answer that could not be given at once has reached the person."},
    {event::call_failed, "call_failed", level::warning,
     "An immediate call (a form, a corrected message) failed; `reason` is the platform's word."},
    {event::planned, "planned", level::debug, "The planner looked at what fell due."},
    {event::plan_failed, "plan_failed", level::warning,
     "The planner could not look; it looks again shortly. Nothing is lost."},
    {event::claim_failed, "claim_failed", level::warning,
     "The courier could not take due messages; it tries again shortly. Nothing is lost."},
    {event::sent, "sent", level::info, "A message reached the platform."},
    {event::send_later, "send_later", level::info,
     "The platform asked to wait, or could not be reached before anything was sent; sent later."},
    {event::send_failed, "send_failed", level::warning,
     "A message could not be sent; `reason` is the platform's word."},
    {event::send_refused, "send_refused", level::warning,
     "The platform refuses this message for good; it is dropped and listed."},
    {event::send_ambiguous, "send_ambiguous", level::warning,
     "The connection broke after a message was handed over: a nudge is not repeated, a confirmation is. "
     "Listed."},
    {event::outcome_not_saved, "outcome_not_saved", level::error,
     "What became of a message could not be saved; after a restart it counts as ambiguous."},
    {event::words_passed, "words_passed", level::info,
     "Words that are kept nowhere reached the conversation they were for."},
    {event::words_lost, "words_lost", level::warning,
     "Words that are kept nowhere could not be posted; their author is told. `reason` is the platform's "
     "word."},
    {event::person_learned, "person_learned", level::debug, "The platform's facts of a person were kept."},
    {event::person_forgotten, "person_forgotten", level::info,
     "Somebody was erased at their own wish; no line says who."},
    {event::let_go, "let_go", level::info,
     "Rows older than their programs keep them lost their words or days."},
    {event::person_unknown, "person_unknown", level::info,
     "The platform does not know a person, or would not say; `reason` is its word."},
}};

constexpr const event_row &row_of(event what) {
    return event_table[static_cast<std::size_t>(what)];
}

static_assert(
    [] {
        for (std::size_t i = 0; i < event_table.size(); ++i)
            if (event_table[i].what != static_cast<event>(i))
                return false;
        return true;
    }(),
    "the rows stand in the order of the enum, one each");

} // namespace rapport::bot
