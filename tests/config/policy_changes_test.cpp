// `policy diff` misses nothing: every key of the table, and every part of every list, is changed in turn.
#include "config/policy_file.hpp"
#include "config/policy_keys.hpp"
#include "config/policy_text.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace rapport;
using namespace rapport::config;

namespace {

// A policy in which every key is written.
const std::string whole = R"(slug = "x"
name = "X"
purpose = "To try."
zone = "UTC"
formal = true
plan = ["agreement", "goals"]
[contact]
name = "Noor"
email = "noor@example.org"
phone = "+1"
[words]
mentor = ["mentor", "mentors"]
protege = ["mentee", "mentees"]
[offers]
mentor_kinds = ["coach"]
themes = ["strategy"]
ways_to_help = ["listen"]
[term]
dates = "2026-08-24 to 2027-05-14"
[phases]
recruit = "2026-02-01 to 2026-05-31"
apply = "2026-03-01 to 2026-06-30"
screen = "2026-06-01 to 2026-07-31"
train = "2026-07-01 to 2026-08-14"
match = "2026-08-01 to 2026-08-23"
connect = "2026-08-24 to 2026-09-30"
run = "2026-08-24 to 2027-05-07"
close = "2027-04-19 to 2027-05-14"
[entry]
mentors = "application"
proteges = "application"
proteges_are = "people"
mentors_are = "people"
[[entry.eligibility]]
role = "protege"
asks = "Which year?"
any_of = ["second", "third"]
says = "For second and third years."
[[entry.gates]]
role = "mentor"
kind = "training"
valid = "12 months"
link = "https://example.org/a"
[[entry.commitments]]
role = "mentor"
months = [6, 9]
says = "I take part."
[reply]
target = "3 days"
limit = "7 days"
clock = "calendar"
loose_messages = "firm"
reactions = false
ladder = ["day 3: nudge"]
[contacts]
media = ["call", "email"]
listening = "conversation"
talk_elsewhere = true
pairs_set_pace = true
[floor]
per_month = 2
counts = "any"
ladder = ["day -5: nudge"]
[first_meeting]
within = "30 days"
media = ["video"]
ladder = ["day -7: nudge"]
[getting_started]
within = "30 days"
ladder = ["day -5: nudge"]
[check_in]
due_day = 28
grace = "7 days"
last_period = "2027-04"
ladder = ["day -2: nudge"]
note = true
readers = "You."
[[check_in.mentor_questions]]
id = "touch"
asks = "How often?"
kind = "choice"
choices = ["seldom", "often"]
required = true
[[check_in.protege_questions]]
id = "well"
asks = "Going well?"
kind = "yes/no"
[goals]
open_at_once = 2
kinds = ["career"]
both_confirm = true
follow_up = "30 days"
[milestones]
ladder = ["day 0: nudge"]
[requests]
answer_within = "48 h"
clock = "calendar"
counts_from = "delivery"
lapses_after = "7 days"
open_at_once = 3
mentors_may_request = false
ask = "at once"
[outreach]
within = "7 days"
ladder = ["day 5: nudge"]
[matching]
weights = { interests = 60, goals = 40 }
never_break = ["not same team"]
suggestions = 5
mentor_capacity = 2
mentors_set_capacity = true
tags = ["robotics"]
synonyms = ["machine learning, ml"]
[leaving]
mentor_notice = "30 days"
protege_notice = "30 days"
leave_now = true
closing = ["stop"]
ladder = ["day -21: nudge"]
feedback = ["end"]
feedback_to_partner = true
celebration = "2027-05-07"
[[leaving.outcomes]]
id = "success"
asks = "I know my next step."
kind = "yes/no"
[hours]
mentors = "Mon-Fri 8:00-20:00"
proteges = "daily 8:00-20:00"
[[hours.off]]
name = "Winter break"
dates = "2026-12-21 to 2027-01-03"
for = "everyone"
[messages]
per_day = 1
per_week = 3
digest_day = "Mon"
meeting_reminder = true
while_away = "rest"
[staff]
contact_days = [2, 14]
then_monthly = true
[[resources]]
id = "office"
title = "Career office"
link = "https://example.org/careers"
[[prompts]]
to = "mentor"
month = 10
says = "Name one thing."
[retention]
check_ins = "12 months"
contacts = "12 months"
profiles = "12 months"
)";

// Another value for every key that one line holds.
const std::vector<policy_setting> others = {
    {"slug", "y"},
    {"name", "Y"},
    {"purpose", "To try again."},
    {"zone", "Europe/Berlin"},
    {"formal", "false"},
    {"plan", "goals"},
    {"contact.name", "Sam"},
    {"contact.email", "sam@example.org"},
    {"contact.phone", "+2"},
    {"words.mentor", "guide, guides"},
    {"words.protege", "student, students"},
    {"offers.mentor_kinds", "[\"coach, adviser\"]"},
    {"offers.themes", "networking"},
    {"offers.ways_to_help", "connect"},
    {"term.dates", "2026-08-25 to 2027-05-14"},
    {"phases.recruit", "2026-02-02 to 2026-05-31"},
    {"phases.apply", "2026-03-02 to 2026-06-30"},
    {"phases.screen", "2026-06-02 to 2026-07-31"},
    {"phases.train", "2026-07-02 to 2026-08-14"},
    {"phases.match", "2026-08-02 to 2026-08-23"},
    {"phases.connect", "2026-08-25 to 2026-09-30"},
    {"phases.run", "2026-08-25 to 2027-05-07"},
    {"phases.close", "2027-04-20 to 2027-05-14"},
    {"entry.mentors", "open"},
    {"entry.proteges", "open"},
    {"entry.proteges_are", "sites"},
    {"entry.mentors_are", "teams"},
    {"reply.target", "2 days"},
    {"reply.limit", "8 days"},
    {"reply.clock", "working"},
    {"reply.loose_messages", "soft"},
    {"reply.reactions", "true"},
    {"reply.ladder", "day 4: nudge"},
    {"contacts.media", "call"},
    {"contacts.listening", "none"},
    {"contacts.talk_elsewhere", "false"},
    {"contacts.pairs_set_pace", "false"},
    {"floor.per_month", "3"},
    {"floor.counts", "mentor_initiated"},
    {"floor.ladder", "day -6: nudge"},
    {"first_meeting.within", "31 days"},
    {"first_meeting.media", "in-person"},
    {"first_meeting.ladder", "day -8: nudge"},
    {"getting_started.within", "31 days"},
    {"getting_started.ladder", "day -6: nudge"},
    {"check_in.due_day", "31"},
    {"check_in.grace", "8 days"},
    {"check_in.last_period", "2027-03"},
    {"check_in.ladder", "day -3: nudge"},
    {"check_in.note", "false"},
    {"check_in.readers", "You and others."},
    {"goals.open_at_once", "3"},
    {"goals.kinds", "academic"},
    {"goals.both_confirm", "false"},
    {"goals.follow_up", "31 days"},
    {"milestones.ladder", "day -1: nudge"},
    {"requests.answer_within", "72 h"},
    {"requests.clock", "working"},
    {"requests.counts_from", "asking"},
    {"requests.lapses_after", "8 days"},
    {"requests.open_at_once", "4"},
    {"requests.mentors_may_request", "true"},
    {"requests.ask", "in turn"},
    {"matching.tags", "law"},
    {"matching.synonyms", "[\"machine learning, ai\"]"},
    {"outreach.within", "8 days"},
    {"outreach.ladder", "day 6: nudge"},
    {"matching.weights", "{ interests = 50, goals = 50 }"},
    {"matching.never_break", "shares a language"},
    {"matching.suggestions", "6"},
    {"matching.mentor_capacity", "3"},
    {"matching.mentors_set_capacity", "false"},
    {"leaving.mentor_notice", "31 days"},
    {"leaving.protege_notice", "31 days"},
    {"leaving.leave_now", "false"},
    {"leaving.closing", "next cycle"},
    {"leaving.ladder", "day -22: nudge"},
    {"leaving.feedback", "middle"},
    {"leaving.feedback_to_partner", "false"},
    {"leaving.celebration", "2027-05-08"},
    {"hours.mentors", "Mon-Fri 9:00-20:00"},
    {"hours.proteges", "daily 9:00-20:00"},
    {"messages.per_day", "2"},
    {"messages.per_week", "4"},
    {"messages.digest_day", "Tue"},
    {"messages.meeting_reminder", "false"},
    {"messages.while_away", "run"},
    {"staff.contact_days", "[2, 21]"},
    {"staff.then_monthly", "false"},
    {"retention.check_ins", "13 months"},
    {"retention.contacts", "13 months"},
    {"retention.profiles", "13 months"},
};

// Every part of every list, by its line and the line in its place.
struct part_change {
    std::string key, from, to;
};
const std::vector<part_change> parts = {
    {"entry.eligibility", "role = \"protege\"", "role = \"mentor\""},
    {"entry.eligibility", "asks = \"Which year?\"", "asks = \"What year?\""},
    {"entry.eligibility", "any_of = [\"second\", \"third\"]", "any_of = [\"second\"]"},
    {"entry.eligibility", "says = \"For second and third years.\"", "says = \"For some.\""},
    {"entry.gates", "kind = \"training\"", "kind = \"background check\""},
    {"entry.gates", "valid = \"12 months\"", "valid = \"24 months\""},
    {"entry.gates", "link = \"https://example.org/a\"", "link = \"https://example.org/b\""},
    {"entry.commitments", "months = [6, 9]", "months = [6, 12]"},
    {"entry.commitments", "says = \"I take part.\"", "says = \"I do.\""},
    {"check_in.mentor_questions", "id = \"touch\"", "id = \"contact\""},
    {"check_in.mentor_questions", "asks = \"How often?\"", "asks = \"How many?\""},
    {"check_in.mentor_questions", "choices = [\"seldom\", \"often\"]", "choices = [\"no\", \"often\"]"},
    {"check_in.mentor_questions", "required = true", "required = false"},
    {"check_in.protege_questions", "id = \"well\"", "id = \"fine\""},
    {"leaving.outcomes", "id = \"success\"", "id = \"steps\""},
    {"hours.off", "name = \"Winter break\"", "name = \"Winter\""},
    {"hours.off", "dates = \"2026-12-21 to 2027-01-03\"", "dates = \"2026-12-22 to 2027-01-03\""},
    {"hours.off", "for = \"everyone\"", "for = \"mentors\""},
    {"resources", "id = \"office\"", "id = \"careers\""},
    {"resources", "title = \"Career office\"", "title = \"Careers\""},
    {"resources", "link = \"https://example.org/careers\"", "link = \"https://example.org/jobs\""},
    {"prompts", "to = \"mentor\"", "to = \"protege\""},
    {"prompts", "month = 10", "month = 11"},
    {"prompts", "says = \"Name one thing.\"", "says = \"Name two.\""},
};

program values_of(const std::string &text) {
    const auto rules = recall_policy(text);
    INFO(text);
    REQUIRE(rules);
    return *rules;
}

bool tells(const std::vector<change> &all, const std::string &key) {
    return std::any_of(all.begin(), all.end(), [&](const change &each) { return each.key == key; });
}

} // namespace

TEST_CASE("the text of this test writes every key, and is in order") {
    const auto read = read_policy(whole, "whole");
    INFO(text_of(read.problems));
    CHECK(read.value);
    std::set<std::string> covered;
    for (const auto &each : others)
        covered.insert(each.key);
    for (const auto &each : parts)
        covered.insert(each.key);
    for (const auto &row : policy_keys())
        if (!covered.contains(std::string(row.key)))
            FAIL_CHECK("no change of " << row.key << " is tried");
}

TEST_CASE("a change of any one key is a line of the difference, and the only one") {
    const auto before = values_of(whole);
    for (const auto &each : others) {
        INFO(each.key << " = " << each.value);
        const auto text = rewritten(whole, std::vector<policy_setting>{each});
        REQUIRE(text.has_value());
        const auto all = differences(before, values_of(*text));
        CHECK(tells(all, each.key));
        CHECK(all.size() == 1);
    }
}

TEST_CASE("a change of any part of a list is told, also of what people never see: ids and links") {
    const auto before = values_of(whole);
    for (const auto &each : parts) {
        INFO(each.key << ": " << each.to);
        auto text = whole;
        const auto at = text.find(each.from);
        REQUIRE(at != std::string::npos);
        text.replace(at, each.from.size(), each.to);
        const auto all = differences(before, values_of(text));
        REQUIRE(all.size() == 1);
        CHECK(all[0].key == each.key);
        CHECK(all[0].before != all[0].after);
    }
}

TEST_CASE("a key or a table that is left out is told as no longer promised") {
    const auto before = values_of(whole);
    for (const auto *key :
         {"goals.open_at_once", "leaving.celebration", "contact.phone", "check_in.last_period"}) {
        INFO(key);
        const auto text = rewritten(whole, std::vector<policy_setting>{{key, ""}});
        const auto all = differences(before, values_of(text.value()));
        REQUIRE(tells(all, key));
        CHECK(text_of(all).find("is no longer promised") != std::string::npos);
    }
}

TEST_CASE("a policy is told in sentences that need no knowledge of the file") {
    const auto read = read_policy(whole, "whole");
    REQUIRE(read.value);
    const auto text = text_of(explain(*read.value));
    CHECK(text.find("While somebody waits: after 3 days a reminder.") != std::string::npos);
    CHECK(text.find("5 days before a reminder") != std::string::npos);
    CHECK(text.find("Mentors apply by a short form") != std::string::npos);
    CHECK(text.find("never what") != std::string::npos);
    for (const auto *word : {"nudge", "ladder", "day -", "loose", "firm", "any\n", "true", "queue"}) {
        INFO(word << "\n" << text);
        CHECK(text.find(word) == std::string::npos);
    }
}
