// THE TABLES: everything a person can say or press, in the order help shows it. Parsing, permission, help,
// the manual and the manifest come from these rows. A row without a handler, an example that does not fit its
// own usage or a name given twice does not compile.
#include "handlers/agreement.hpp"
#include "handlers/announcing.hpp"
#include "handlers/answering.hpp"
#include "handlers/applying.hpp"
#include "handlers/asking.hpp"
#include "handlers/away.hpp"
#include "handlers/channel_enrolment.hpp"
#include "handlers/check_ins.hpp"
#include "handlers/clearing.hpp"
#include "handlers/closing.hpp"
#include "handlers/closing_quotes.hpp"
#include "handlers/contact_log.hpp"
#include "handlers/coordinators_message.hpp"
#include "handlers/deciding.hpp"
#include "handlers/enrolment.hpp"
#include "handlers/feedback.hpp"
#include "handlers/feedback_page.hpp"
#include "handlers/forecast.hpp"
#include "handlers/forgetting.hpp"
#include "handlers/founding.hpp"
#include "handlers/goals.hpp"
#include "handlers/help.hpp"
#include "handlers/helped.hpp"
#include "handlers/home.hpp"
#include "handlers/importing.hpp"
#include "handlers/introducing.hpp"
#include "handlers/introductions.hpp"
#include "handlers/inviting.hpp"
#include "handlers/leaving.hpp"
#include "handlers/leaving_pause.hpp"
#include "handlers/leaving_told.hpp"
#include "handlers/lists.hpp"
#include "handlers/matching.hpp"
#include "handlers/meetings.hpp"
#include "handlers/milestones.hpp"
#include "handlers/my_data.hpp"
#include "handlers/nudge_buttons.hpp"
#include "handlers/nudge_command.hpp"
#include "handlers/nudge_wording.hpp"
#include "handlers/open_door.hpp"
#include "handlers/overview.hpp"
#include "handlers/own_settings.hpp"
#include "handlers/pairing.hpp"
#include "handlers/plan.hpp"
#include "handlers/policy_commands.hpp"
#include "handlers/preview.hpp"
#include "handlers/profile_import.hpp"
#include "handlers/profiles.hpp"
#include "handlers/program_page.hpp"
#include "handlers/queue_acts.hpp"
#include "handlers/reactions.hpp"
#include "handlers/reasons.hpp"
#include "handlers/recording.hpp"
#include "handlers/recruiting.hpp"
#include "handlers/registry.hpp"
#include "handlers/request_lists.hpp"
#include "handlers/requesting.hpp"
#include "handlers/resources.hpp"
#include "handlers/sites.hpp"
#include "handlers/snoozing.hpp"
#include "handlers/stuck.hpp"
#include "handlers/suggesting.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/term_commands.hpp"
#include "handlers/thoughts.hpp"
#include "handlers/twice.hpp"
#include "handlers/waiting.hpp"
#include "handlers/which_pair.hpp"
#include "handlers/year_lines.hpp"

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
    {mentoring, "ask", "[what...]", "Ask for advice by a date; your words are posted, not kept.", paired, to_paired, ask, "ask", pair, twice::runs, true},
    {mentoring, "goals", "", "Show the goals of a pair.", paired, to_paired, list_goals, "goals", pair},
    {mentoring, "goals add", "<title as kind...>", "Put down a goal, with its kind where the program has kinds.", paired, to_nobody, add_goal, "goals add Learn to pitch as career management", pair, twice::asks},
    {mentoring, "goals done", "<n>", "Mark a goal done.", paired, to_nobody, finish_goal, "goals done 1", pair},
    {mentoring, "goals drop", "<n>", "Drop a goal.", paired, to_nobody, drop_goal, "goals drop 1", pair},
    {mentoring, "goals edit", "<n> <title as kind...>", "Change the words or the kind of a goal.", paired, to_nobody, change_goal, "goals edit 1 Pitch in two minutes", pair},
    {mentoring, "plan", "", "Show the plan of a pair: what the program asks for at the start.", paired, to_paired, show_plan, "plan", pair},
    {mentoring, "plan agreement", "", "Agree how often, where, and who writes first.", paired, to_nobody, open_agreement, "plan agreement", pair},
    {mentoring, "plan link", "<part:development|project> <link...>", "Put down where a plan is kept; a draft is yours alone.", paired, to_nobody, link_paper, "plan link development https://docs.example.org/my-plan", pair},
    {mentoring, "plan share", "<part:development|project>", "Share a draft with the other side.", paired, to_nobody, share_paper, "plan share development", pair},
    {mentoring, "plan reviewed", "<part:development|project>", "Say that you have read what was shared.", paired, to_nobody, review_paper, "plan reviewed development", pair},
    {mentoring, "meet", "[@person] [when...]", "Set a time to meet; the other side confirms.", paired, to_paired, set_meeting, "meet @priya fri 3pm 30m the library", pair, twice::asks},
    {mentoring, "meetings", "", "Show the meetings of a pair.", paired, to_paired, list_meetings, "meetings", pair},
    {mentoring, "meetings move", "<n> <when...>", "Move a meeting; the other side hears at once.", paired, to_nobody, move_meeting, "meetings move 1 fri 4pm", pair},
    {mentoring, "meetings cancel", "<n>", "Call a meeting off; the other side hears at once.", paired, to_nobody, cancel_meeting, "meetings cancel 1", pair},
    {mentoring, "meetings kept", "<n>", "Say that a meeting took place; it counts as a contact.", paired, to_nobody, meeting_happened, "meetings kept 1", pair},
    {mentoring, "meetings missed", "<n>", "Say that a meeting did not take place.", paired, to_nobody, meeting_did_not, "meetings missed 1", pair},
    {mentoring, "meetings file", "<n>", "Show a meeting as a calendar file.", paired, to_nobody, meeting_file, "meetings file 1", pair},
    {mentoring, "resources", "", "List what the program can point you to.", enrolled, to_nobody, list_resources, "resources"},
    {mentoring, "refer", "<@person> <resource...>", "Point your protégé to a resource; why stays between you.", mentor, to_nobody, refer, "refer @ana to career-office", pair},
    {mentoring, "introduce", "<@person> [to <@other>]", "Introduce somebody to another, if all three like it.", mentor, to_nobody, introduce, "introduce @ana to @sam"},
    {mentoring, "prompts", "", "Show the thoughts the program offers through the year.", paired, to_nobody, list_prompts, "prompts"},
    {mentoring, "feedback", "", "Say what helps you in a pair; you choose who reads it.", anyone, to_nobody, rapport::feedback, "feedback"},
    {mentoring, "leave", "[program]", "Leave: a pause, a notice, or at once; no reason is asked.", enrolled, to_paired, leave, "leave"},
    {mentoring, "leave pause", "[date]", "Pause a pair until a day; nothing is asked of either of you.", paired, to_nobody, pause_pair, "leave pause 15 Dec", pair},
    {mentoring, "leave notice", "[date]", "Say which day is your last in a pair.", paired, to_nobody, leave_with_notice, "leave notice 15 Dec", pair},
    {mentoring, "leave now", "", "Leave a pair at once, with a coordinator's help.", paired, to_nobody, leave_at_once, "leave now", pair},
    {mentoring, "continue", "", "Go on: after a pause, in spite of a notice, or into the next term.", anyone, to_nobody, go_on, "continue"},
    {mentoring, "apply", "[role:mentor|protege] [program]", "Apply to a program; outside its window, be told when it opens.", anyone, standing::is_outside, apply, "apply"},
    {mentoring, "withdraw", "[program]", "Withdraw before you are paired.", anyone, standing::is_waiting, withdraw, "withdraw"},
    {mentoring, "outside-view", "[program]", "Choose what a mentor from outside may see of your profile.", enrolled, to_nobody, choose_outside_view, "outside-view"},
    {mentoring, "record", "", "Record for a partner who is known by an e-mail address only.", paired, to_nobody, record_for_partner, "record", pair},
    {mentoring, "session", "[n] [past date] [30m]", "Log a session at a site: how many pupils, when, how long.", enrolled, to_nobody, log_session, "session 12 yesterday 45m"},
    {mentoring, "invite", "<@person> [text...]", "Ask somebody to be on record as your mentor or protégé.", anyone, to_nobody, invite, "invite @priya as my mentor"},
    {mentoring, "web", "", "Show everybody who is on record as your mentor; for you alone.", enrolled, to_nobody, show_web, "web"},
    {mentoring, "open-door", "[text...]", "Say that your door is open today, or your office hours.", mentor, to_nobody, set_open_door, "open-door office hours Tue 3 to 5 pm"},
    {mentoring, "snooze", "[when...]", "Put reminders off: three times to choose from, or your own.", enrolled, to_nobody, snooze, "snooze fri"},
    {mentoring, "away", "[when...]", "Say that you are away; nothing is sent meanwhile.", enrolled, to_nobody, away, "away until in 2 weeks"},
    {mentoring, "settings", "", "Choose your hours, time zone, digest day and pace.", enrolled, to_nobody, own_settings, "settings"},
    {mentoring, "stuck", "[program]", "Ask for a word from a coordinator; nobody else is named.", enrolled, to_nobody, stuck, "stuck"},
    {mentoring, "why", "", "Show why you heard from me lately, and how to stop it.", anyone, to_nobody, why_lately, "why"},
    {mentoring, "contact", "", "Show whom to ask about a program.", anyone, to_all, show_contact, "contact"},
    {mentoring, "mydata", "", "Show everything that is kept about you.", anyone, to_nobody, show_my_data, "mydata"},
    {mentoring, "forget-me", "", "Take everything about you out of the records; there is no way back.", anyone, to_nobody, forget_me, "forget-me"},

    {program, "", "", "Show a program's promises and dates; to coordinators, what needs a person.", anyone, to_all, show_program, ""},
    {program, "people", "[program]", "List who is enrolled, those in no pair first.", coordinator, standing::coordinates, list_people, "people"},
    {program, "enrol", "<@person|#channel|address> <role:mentor|protege> [program]", "Enrol somebody, or a whole channel, in a role.", coordinator, standing::coordinates, enrol, "enrol @ana protege"},
    {program, "applications", "[program]", "Read, accept and decline applications.", coordinator, standing::coordinates, list_applications, "applications"},
    {program, "clear", "<@person|address> <gate:training|check|application> [program] [until <date>]", "Say that a gate is open: training, check or application.", coordinator, standing::coordinates, clear_gate, "clear @priya check until 2027-05-31"},
    {program, "not-cleared", "<@person|address> <gate:training|check|application> [program]", "Take a clearance away; no reason is kept.", coordinator, standing::coordinates, not_cleared, "not-cleared @priya check"},
    {program, "import", "[program]", "Import people, gates and pairs from a list; shown first, then done.", coordinator, standing::coordinates, import_list, "import"},
    {program, "pair", "<@mentor|address> <@protege|address> [program]", "Make two enrolled people a pair.", coordinator, standing::coordinates, make_pair_of, "pair @priya @ana"},
    {program, "end", "<@mentor|address> <@protege|address> [how:completed|cancelled] [program]", "End a pair: completed, or called off.", coordinator, standing::coordinates, end_pair, "end @priya @ana completed"},
    {program, "check-ins", "[program]", "Read the check-ins of this month.", coordinator, to_nobody, read_check_ins, "check-ins"},
    {program, "feedback", "[program]", "Read what pairs gave as feedback.", coordinator, to_nobody, read_feedback, "feedback"},
    {program, "quotes", "[program]", "List lines for others that their authors approved.", coordinator, to_nobody, list_quotes, "quotes"},
    {program, "record", "<@person|address>", "Record for somebody of a pair who is known by an e-mail address only.", coordinator, to_nobody, record_for, "record kim@example.org"},
    {program, "sites", "", "List the sites and what was logged there.", coordinator, to_nobody, list_sites, "sites"},
    {program, "site", "<do:add|end> <name...>", "Add a site, such as a school, or end one.", coordinator, to_nobody, change_site, "site add Lincoln School"},
    {program, "teams", "", "List the teams of mentors.", coordinator, to_nobody, list_teams, "teams"},
    {program, "team", "<do:add|end> <name...>", "Add a team of mentors, or end one.", coordinator, to_nobody, change_team, "team add Solar Car"},
    {program, "team-member", "<do:add|end> <@person|address> <name...>", "Put somebody into a team, or take them out.", coordinator, to_nobody, change_member, "team-member add @sam Solar Car"},
    {program, "recruiting", "[program]", "Show how people come: invited, applied, cleared, matched.", coordinator, to_nobody, show_recruiting, "recruiting"},
    {program, "invited", "<n> <name...>", "Note how many were invited through a partner.", coordinator, to_nobody, note_invited, "invited 40 alumni office"},
    {program, "waiting", "[program]", "Show who waits for whom, and since when.", coordinator, to_nobody, show_waiting, "waiting"},
    {program, "remind", "<@person>", "Remind somebody once more of what is open, in Rapport's words.", coordinator, to_nobody, remind_person, "remind @priya"},
    {program, "announce", "[program]", "Write to everybody of a program, or to one side of it.", coordinator, to_nobody, announce, "announce"},
    {program, "forecast", "[program]", "Show what the coming seven days will ask of you.", coordinator, to_nobody, show_forecast, "forecast"},
    {program, "helped", "[program]", "Show what came after your acts; nothing is concluded from a few.", coordinator, to_nobody, did_it_help, "helped"},
    {program, "match", "[program]", "Match everyone who waits at once: a draft you change and publish.", coordinator, standing::coordinates, match_pool_now, "match"},
    {program, "requests", "[program]", "Show who has asked whom, without the words.", coordinator, standing::coordinates, requests_in_program, "requests"},
    {program, "appoint", "<@person> [program]", "Make somebody a coordinator of a program.", coordinator, standing::coordinates, appoint, "appoint @noor"},
    {program, "policy", "[what:show|diff|dryrun|apply|change|drop] [text...]", "Look at the policy; change it, try the change, apply it.", coordinator, standing::coordinates, policy_command, "policy change floor.per_month = 3"},
    {program, "settings", "[program]", "Change what is changed most, by a form.", coordinator, standing::coordinates, open_settings, "settings"},
    {program, "open", "[program]", "Open the next term.", coordinator, standing::coordinates, open_term_command, "open"},
    {program, "close", "[program]", "Close the term that runs.", coordinator, standing::coordinates, close_term_command, "close"},
    {program, "report", "[program]", "Show the terms of a program beside each other in numbers.", coordinator, standing::coordinates, report_terms, "report"},
    {program, "preview", "[program]", "Show what a keen and a silent pair will read over the term, month by month.", coordinator, to_nobody, preview_term, "preview"},
    {program, "new", "", "Draft a program of your own; it is live when an owner approves.", anyone, to_all, new_program, "new"},
};

// A row is never taken out: messages keep their buttons for years. Retired ones answer by retired_button.
constexpr button_row buttons[] = {
    {undo_action, anyone, take_back},     // its own person only
    {again_yes,   anyone, run_carried},
    {again_no,    anyone, leave_it_once},
    {pair_chosen, anyone, run_carried},
    {check_in_button, anyone, open_check_in},
    {milestone_agree, paired, agree_milestone},
    {milestone_done,  paired, press_milestone_done},
    {contact_started, paired, say_who_started},
    {ask_press,       paired, press_ask},
    {answered_button, paired, ask_answered},
    {tomorrow_button, paired, ask_tomorrow},
    {talk_button,     paired, ask_talk},
    {kind_no_button,  paired, ask_kind_no},
    {why_message,     anyone, why_this_message},
    {line_button,     anyone, write_to_coordinator},
    {stuck_button,    anyone, press_stuck},
    {introduction_yes, anyone, like_introduction},
    {introduction_no,  anyone, not_this_time},
    {goal_agree, paired, agree_goal},
    {goal_done,  paired, press_goal_done},
    {goal_add,   paired, open_goal_form},
    {agreement_open,  paired, press_open_agreement},
    {agreement_agree, paired, agree_agreement},
    {plan_show,    paired, press_show_plan},
    {paper_button, paired, press_paper},
    {meeting_button::confirm,  paired, confirm_meeting},
    {meeting_button::move,     paired, press_move},
    {meeting_button::cancel,   paired, press_cancel},
    {meeting_button::happened, paired, press_happened},
    {meeting_button::did_not,  paired, press_did_not},
    {meeting_button::file,     paired, press_file},
    {meeting_button::meet,     paired, press_meet},
    {meeting_button::more,     paired, press_more},
    // under a line of a message of the day: its own person only
    {nudge_action::plan,     anyone, plan_from_line},
    {nudge_action::met,      anyone, met_from_line},
    {nudge_action::not_met,  anyone, not_met_from_line},
    {nudge_action::meetings, anyone, meetings_from_line},
    {nudge_action::goes_on,  anyone, goal_goes_on},
    {nudge_action::closing,  anyone, closing_from_line},
    {nudge_action::feedback, anyone, feedback_from_line},
    // leaving, resting, going on: own pairs only
    {leaving_button::pause,  paired, press_pause},
    {leaving_button::notice, paired, press_notice},
    {leaving_button::now,    paired, press_now},
    {leaving_button::go_on,  anyone, press_go_on},
    {leaving_button::bridge, coordinator, open_bridge},
    {leaving_button::resume, coordinator, press_resume},
    {completed_button,       coordinator, say_completed},
    {closing_button::choose,  anyone, choose_closing},
    {closing_button::address, anyone, let_keep_address},
    {quote_button::open,    anyone, open_quote},
    {quote_button::approve, anyone, approve_quote},
    {quote_button::drop,    anyone, drop_quote},
    {feedback_button,       anyone, press_feedback},
    {nudge_action::elsewhere, anyone, reply_was_elsewhere},
    {nudge_action::no_reply,  anyone, no_reply_needed},
    {nudge_action::not_mine,  anyone, not_my_turn},
    {nudge_action::tomorrow,  anyone, remind_me_tomorrow},
    {nudge_action::log,       anyone, log_from_line},
    {nudge_action::check_in,  anyone, check_in_from_line},
    {nudge_action::done,      anyone, milestone_is_done},
    {nudge_action::away,      anyone, open_away},
    {nudge_action::snooze,    anyone, offer_snooze},
    {snooze_open,        anyone, offer_snooze},
    {snooze_take,        anyone, take_snooze},
    {snooze_end,         anyone, end_snooze},
    {away_open,          anyone, open_away},
    {away_tell,          anyone, tell_partners_away},
    {away_back,          anyone, come_back},
    {own_settings_open,  anyone, open_own_settings},
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
    {request_ask,       enrolled, press_request},
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
    {record_button,       anyone, open_record},
    {apply_button,        anyone, open_application},
    {withdraw_button,     anyone, withdraw_by_button},
    {tell_me_button,      anyone, tell_me_then},
    {training_done,       anyone, training_is_done},
    {application_read,    coordinator, read_application_of},
    {application_accept,  coordinator, accept_application},
    {application_decline, coordinator, decline_application},
    {people_page,     coordinator, page_people},
    {match_action::page,    coordinator, page_match},
    {match_action::more,    coordinator, more_of_match},
    {match_action::again,   coordinator, solve_again},
    {match_action::list,    coordinator, show_match_list},
    {match_action::publish, coordinator, preview_publishing},
    {match_action::drop,    coordinator, drop_draft},
    {waiting_page,    coordinator, page_waiting},
    {queue_line_seen, coordinator, see_to_line},
    {act_choices[0].on_page, coordinator, see_to_line},
    {act_choices[1].on_page, coordinator, see_to_line},
    {act_choices[2].on_page, coordinator, see_to_line},
    {act_choices[0].after, coordinator, say_how},
    {act_choices[1].after, coordinator, say_how},
    {act_choices[2].after, coordinator, say_how},
    // a list further on or back
    {list_turn,       anyone,      turn_list},
    {queue_page,      coordinator, page_queue},
    {quote_button::page,   coordinator, page_quotes},
    {feedback_page,        coordinator, page_feedback},
    {check_ins_read_page,  coordinator, page_read_check_ins},
    {milestone_page,  paired,      page_milestones},
    {check_in_page,   paired,      page_check_ins},
    {overview_page,   anyone,      page_overview},
    {home_page_turn,  anyone,      page_home},
    {home_queue_turn, coordinator, page_home_queue},
    {preview_page,    coordinator, page_preview},
    {my_data_page,    anyone,      page_my_data},
    {policy_apply_button, coordinator, press_apply},
    {policy_drop_button,  coordinator, press_drop},
    {founding_start,    anyone, new_program},
    {founding_approve,  owner,  approve_program},
    {founding_decline,  owner,  decline_program},
    {founding_withdraw, anyone, withdraw_program},
    {invite_yes,        anyone, accept_invitation},
    {invite_no,         anyone, decline_invitation},
    {invite_withdraw,   anyone, withdraw_invitation},
};

constexpr form_row forms[] = {
    {check_in_form, anyone, file_check_in},
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
    {ask_form,       paired, ask_sent},
    {line_form,      anyone, line_sent},
    {goal_form,      paired, goal_from_form},
    {agreement_form, paired, agreement_proposed},
    {paper_form,     paired, paper_from_form},
    {meeting_form,   paired, meeting_from_form},
    {contact_form, anyone, contact_told},
    {pause_form,     anyone, pause_chosen},
    {notice_form,    anyone, notice_given},
    {leave_now_form, anyone, left_at_once},
    {bridge_form,    coordinator, bridge_named},
    {quote_form,     anyone, quote_sent},
    {feedback_form,  anyone, feedback_given},
    {away_form,    anyone, stay_away},
    {hours_form,   anyone, hours_chosen},
    {own_settings_form, anyone, keep_own_settings},
    {apply_form,   anyone, take_application},
    {outside_form, anyone, keep_outside_view},
    {record_form,         anyone, take_record},
    {session_form,        enrolled, take_session},
    {import_form,         coordinator, preview_import},
    {import_confirm_form, coordinator, apply_import},
    {listed_form,  coordinator, enrol_listed, leave_listed},
    {settings_form,     coordinator, settings_sent},
    {policy_apply_form, coordinator, apply_sent},
    {open_term_form,    coordinator, open_term_sent},
    {close_term_form,   coordinator, close_term_sent},
    {announce_form,     coordinator, announce_sent},
    {founding_form,     anyone,      founding_sent},
    {forget_form,       anyone,      forget_me_surely},
};

// What people write in a pair's conversation: who and when.

constexpr undo_row undos[] = {
    {check_in_act,  checkin,   "history", undo_check_in},
    {milestone_act, milestone, "",        undo_milestone},
    {contact_act,   mentoring, "",        undo_contact},
    {goal_act,      mentoring, "goals",    undo_goal},
    {referral_act,  mentoring, "resources", undo_referral},
    {agreement_act, mentoring, "plan",     undo_agreement},
    {paper_act,     mentoring, "plan",     undo_paper},
    {meeting_act,   mentoring, "meetings", undo_meeting},
    {pause_act,     mentoring, "continue", undo_pause},
    {resume_act,    mentoring, "leave pause", undo_resume},
    {notice_act,    mentoring, "continue", undo_notice},
    {left_act,      mentoring, "contact",  undo_leaving},
    {bridge_act,    program,   "",         undo_bridge},
    {closing_act,   mentoring, "continue", undo_choice},
    {feedback_act,  mentoring, "feedback", undo_feedback},
    {told_act,            command_name::nudge, "",        untell_waiting},
    {undo_act::settled,   command_name::nudge, "",        unsettle},
    {undo_act::reminder,  mentoring,           "",        forget_reminder},
    {undo_act::away,      mentoring,           "away off", back_from_away},
    {snooze_act,          mentoring,           "snooze off", undo_snooze},
    {own_settings_act,    mentoring,           "settings", undo_own_settings},
    {undo_act::elsewhere, mentoring,           "contact", talk_here_again},
    {undo_act::contact,   mentoring,           "contact", unlog_contact},
    {undo_act::hours,     mentoring,           "contact", old_hours},
    {profile_act, mentoring, "profile",  undo_profile},
    {request_act, mentoring, "requests", undo_request},
    {request_answer::accept_act,  mentoring, "requests", undo_acceptance},
    {request_answer::decline_act, mentoring, "requests", undo_request_declined},
    {stuck_act,           mentoring,           "contact", not_stuck},
    {undo_act::help,      mentoring,           "contact", manage_alone},
    {undo_act::not_me,    mentoring,           "contact", it_is_me},
    {undo_act::seen,      program,             "",        wait_for_someone},
    {application_act, mentoring, "withdraw", undo_application},
    {withdrawal_act,  mentoring, "apply",    undo_withdrawal},
    {interest_act,    mentoring, "contact",  undo_interest},
    {decision_act,    program, "people",  undo_decision},
    {clearance_act,   mentoring, "",      undo_clearance},
    {listed_act,      program, "people",  undo_listed},
    {record_act,      mentoring, "",      undo_record},
    {session_act,     mentoring, "",      undo_session},
    {site_act,        program, "sites",   undo_site},
    {team_act,        program, "teams",   undo_team},
    {noted_act,       program, "recruiting", undo_invited},
    {remind_act,      program, "waiting", undo_remind},
    {announce_act,    program, "announce", undo_announcement},
    {enrolment_act,   program, "people",  undo_enrolment},
    {appointment_act, program, "people",  undo_appointment},
    {pairing_act,     program, "people",  undo_pairing},
    {ending_act,      program, "people",  undo_ending},
    {policy_act,      program, "policy diff", undo_policy},
    {invited_act,     mentoring, "web",   undo_invitation},
    {no_act,          mentoring, "web",   undo_decline},
    {open_door_act,   mentoring, "open-door off", undo_open_door},
    {opened_term_act, program, "close",   undo_opened_term},
    {closed_term_act, program, "open",    undo_closed_term},
};

constexpr event_row events[] = {
    {"message", "message.mpim", "mpim:history", true, message_was_seen},
    {"reaction", "reaction_added", "reactions:read", true, reaction_was_seen},
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
