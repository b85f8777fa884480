// THE TABLES: everything a person can say or press, in the order help shows it. Parsing, permission, help,
// the manual and the manifest come from these rows. A row without a handler, an example that does not fit its
// own usage or a name given twice does not compile.
#include "handlers/answering.hpp"
#include "handlers/check_ins.hpp"
#include "handlers/contact_log.hpp"
#include "handlers/coordinators_message.hpp"
#include "handlers/enrolment.hpp"
#include "handlers/help.hpp"
#include "handlers/introductions.hpp"
#include "handlers/matching.hpp"
#include "handlers/milestones.hpp"
#include "handlers/nudge_buttons.hpp"
#include "handlers/nudge_command.hpp"
#include "handlers/nudge_wording.hpp"
#include "handlers/overview.hpp"
#include "handlers/pairing.hpp"
#include "handlers/profiles.hpp"
#include "handlers/program_page.hpp"
#include "handlers/registry.hpp"
#include "handlers/requesting.hpp"
#include "handlers/suggesting.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/twice.hpp"
#include "handlers/which_pair.hpp"

namespace rapport {
namespace {

using enum command_name;
using enum permission;
using about::pair;

// clang-format off

constexpr unsigned to_enrolled = standing::enrolled;
constexpr unsigned to_paired = standing::mentors | standing::mentored;

constexpr command_row commands[] = {
    // command   verb       usage  what it does                                who may  help shows it to  handler        example
    {checkin, "", "[note...]", "File this period's check-in: the form, or a line.", paired, to_paired, check_in, "All well", pair},
    {checkin, "history", "", "Show the check-ins you filed.", paired, to_paired, check_in_history, "history", pair},

    {milestone, "", "", "Show the milestones of a pair.", paired, to_paired, list_milestones, "", pair},
    {milestone, "add", "<title...> [by <date>]", "Put down a milestone; the other side can agree.", paired, to_paired, add_milestone, "add Draft résumé by 1 Dec", pair, twice::asks},
    {milestone, "done", "<n|title...>", "Mark a milestone done, or log one that was never planned.", paired, to_paired, finish_milestone, "done 1", pair, twice::asks},
    {milestone, "reopen", "<n>", "Open a milestone again.", paired, to_paired, reopen_milestone, "reopen 1", pair},
    {milestone, "edit", "<n> <title...>", "Change the words of a milestone.", paired, to_paired, retitle_milestone, "edit 1 Draft résumé and cover letter", pair},
    {milestone, "move", "<n> <date>", "Change the date of a milestone.", paired, to_paired, move_milestone, "move 1 15 Dec", pair},
    {milestone, "drop", "<n>", "Drop a milestone.", paired, to_paired, drop_milestone, "drop 1", pair},

    {command_name::nudge, "", "[@person]", "Say that you wait for an answer; the reminder is in my words.", paired, to_paired, say_i_wait, "@priya", pair},

    {mentoring, "", "", "Show your pairs, what you owe and what you wait for.", anyone, to_all, show_me, ""},
    {mentoring, "profile", "[@person]", "Fill in your profile, or look at somebody's.", anyone, to_enrolled, show_profile, "profile"},
    {mentoring, "browse", "[words...]", "Find people of your program by words and filters, closest fits first.", anyone, to_enrolled, browse, "browse robotics room"},
    {mentoring, "suggest", "[program]", "Name the mentors who suit you best, and why.", enrolled, standing::is_waiting, suggest, "suggest"},
    {mentoring, "request", "<@mentor> [program]", "Ask somebody to be your mentor.", enrolled, standing::is_waiting, request_mentor, "request @priya"},
    {mentoring, "requests", "", "Show requests of yours and to you.", enrolled, to_enrolled, list_requests, "requests"},
    {mentoring, "log", "<how:call|email|text|video|in-person> [from|to <@person>] [past date] [30m]", "Log a contact that was made elsewhere.", paired, to_paired, log_contact, "log call yesterday 30m", pair, twice::asks},
    {mentoring, "contact", "", "Show whom to ask about a program.", anyone, to_all, show_contact, "contact"},

    {program, "", "", "Show a program's promises and dates; to coordinators, what needs a person.", anyone, to_all, show_program, ""},
    {program, "people", "[program]", "List who is enrolled, those in no pair first.", coordinator, standing::coordinates, list_people, "people"},
    {program, "enrol", "<@person> <role:mentor|protege> [program]", "Enrol somebody in a role.", coordinator, standing::coordinates, enrol, "enrol @ana protege"},
    {program, "pair", "<@mentor> <@protege> [program]", "Make two enrolled people a pair.", coordinator, standing::coordinates, make_pair_of, "pair @priya @ana"},
    {program, "end", "<@mentor> <@protege> [program]", "End a pair.", coordinator, standing::coordinates, end_pair, "end @priya @ana"},
    {program, "match", "[program]", "Match everyone who waits at once: a draft you change and publish.", coordinator, standing::coordinates, match_pool_now, "match"},
    {program, "requests", "[program]", "Show who has asked whom, without the words.", coordinator, standing::coordinates, requests_in_program, "requests"},
    {program, "appoint", "<@person> [program]", "Make somebody a coordinator of a program.", coordinator, standing::coordinates, appoint, "appoint @noor"},
};

// A row is never taken out: messages keep their buttons for years. Retired ones answer by retired_button.
constexpr button_row buttons[] = {
    {undo_action, anyone, take_back},     // its own person only
    {again_yes,   anyone, run_carried},
    {again_no,    anyone, leave_it_once},
    {pair_chosen, anyone, run_carried},
    {check_in_button, paired, open_check_in},
    {milestone_agree, paired, agree_milestone},
    {milestone_done,  paired, press_milestone_done},
    {contact_started, paired, say_who_started},
    // under a line of a message of the day: its own person only
    {nudge_action::elsewhere, anyone, reply_was_elsewhere},
    {nudge_action::no_reply,  anyone, no_reply_needed},
    {nudge_action::not_mine,  anyone, not_my_turn},
    {nudge_action::tomorrow,  anyone, remind_me_tomorrow},
    {nudge_action::log,       anyone, log_from_line},
    {nudge_action::check_in,  anyone, check_in_from_line},
    {nudge_action::done,      anyone, milestone_is_done},
    {nudge_action::away,      anyone, go_away_from_line},
    {nudge_action::help,      anyone, need_help},
    {nudge_action::why,       anyone, why_this},
    {nudge_action::more,      anyone, more_about_line},
    {nudge_action::request,   anyone, request_of_line},
    {nudge_action::suggest,   enrolled, suggest_pressed},
    // profiles, requests: their own people only
    {profile_button,    anyone, press_profile},
    {profile_edit,      anyone, edit_profile},
    {profile_review,    anyone, review_profile},
    {browse_page,       anyone, page_browse},
    {request_ask,       enrolled, press_ask},
    {request_withdraw,  enrolled, withdraw_request},
    {request_show,      enrolled, show_request},
    {request_answer::accept,   enrolled, accept_request},
    {request_answer::decline,  enrolled, decline_request},
    {request_answer::question, enrolled, question_first},
    {request_answer::reply,    enrolled, reply_to_question},
    // under first words, and a coordinator's line
    {first_words::right,      anyone, that_is_right},
    {first_words::not_me,     anyone, not_me},
    {first_words::hours,      anyone, when_may_i_write},
    {first_words::stored,     anyone, what_do_you_store},
    {first_words::elsewhere,  anyone, we_talk_elsewhere},
    {queue_seen,              anyone, seen_to_it},
    {people_page,     coordinator, page_people},
    {match_action::page,    coordinator, page_match},
    {match_action::more,    coordinator, more_of_match},
    {match_action::again,   coordinator, solve_again},
    {match_action::list,    coordinator, show_match_list},
    {match_action::publish, coordinator, preview_publishing},
    {match_action::drop,    coordinator, drop_draft},
    {queue_line_seen, coordinator, see_to_line},
};

constexpr form_row forms[] = {
    {check_in_form, paired, file_check_in},
    {profile_form,  anyone, save_profile},
    {profile_paste_form,  anyone, paste_profile},
    {profile_review_form, anyone, take_proposed},
    {request_form,  enrolled, send_request},
    {match_action::list_form,    coordinator, take_match_list},
    {match_action::move_form,    coordinator, move_match},
    {match_action::publish_form, coordinator, publish_match},
    {request_answer::decline_form,  enrolled, send_decline},
    {request_answer::question_form, enrolled, send_question},
    {request_answer::reply_form,    enrolled, send_reply},
    {wrote_form,   paired, wrote_on},
    {contact_form, anyone, contact_told},
    {away_form,    anyone, stay_away},
    {hours_form,   anyone, hours_chosen},
};

// What people write in a pair's conversation: who and when.

constexpr undo_row undos[] = {
    {check_in_act,  checkin,   "history", undo_check_in},
    {milestone_act, milestone, "",        undo_milestone},
    {contact_act,   mentoring, "",        undo_contact},
    {told_act,            command_name::nudge, "",        untell_waiting},
    {undo_act::settled,   command_name::nudge, "",        unsettle},
    {undo_act::reminder,  mentoring,           "",        forget_reminder},
    {undo_act::away,      mentoring,           "contact", back_from_away},
    {undo_act::elsewhere, mentoring,           "contact", talk_here_again},
    {undo_act::contact,   mentoring,           "contact", unlog_contact},
    {undo_act::hours,     mentoring,           "contact", old_hours},
    {request_act, mentoring, "requests", undo_request},
    {request_answer::accept_act,  mentoring, "requests", undo_acceptance},
    {request_answer::decline_act, mentoring, "requests", undo_decline},
    {enrolment_act,   program, "people",  undo_enrolment},
    {appointment_act, program, "people",  undo_appointment},
    {pairing_act,     program, "people",  undo_pairing},
    {ending_act,      program, "people",  undo_ending},
};

constexpr event_row events[] = {
    {"message", "message.mpim", "mpim:history", true, message_was_seen},
    {"home",   "app_home_opened",        "",           false, show_home},
    {"person", "team_join user_change",  "users:read", false, learn_person},
};

// clang-format on

static_assert(no_row_twice(commands));
static_assert(well_made(commands));
static_assert(examples_fit(commands));
static_assert(about_pairs_for_pairs(commands));
static_assert(keyed_once(std::span<const button_row>(buttons), &button_row::action));
static_assert(all_run(std::span<const button_row>(buttons), &button_row::run));

static_assert(keyed_once(std::span<const form_row>(forms), &form_row::callback));
static_assert(keyed_once(std::span<const undo_row>(undos), &undo_row::act));

constexpr tables all{.commands = commands,
                     .buttons = buttons,
                     .forms = forms,
                     .shortcuts = {},
                     .events = events,
                     .undos = undos};

} // namespace

const tables &the_tables() {
    return all;
}

} // namespace rapport
