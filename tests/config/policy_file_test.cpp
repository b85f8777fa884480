// Policy files: the shipped ones, every problem with its place, explaining and comparing.
#include "config/policy_file.hpp"
#include "config/policy_keys.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

using namespace rapport;
using namespace rapport::config;
using namespace date::literals;

namespace {

const std::string least = R"(slug = "x"
name = "X"
purpose = "To try."
zone = "UTC"
[contact]
name = "Noor"
)";

std::string problems_of(const std::string &toml) {
    return text_of(read_policy(toml, "x.toml").problems);
}

program shipped(const std::string &slug) {
    const auto file = load_policy("config/programs/" + slug + ".toml");
    INFO(text_of(file.reading.problems));
    REQUIRE(file.reading.value);
    return *file.reading.value;
}

} // namespace

TEST_CASE("the shipped policies are in order and can be kept") {
    for (const auto *slug : {"starter", "emap", "sloan"})
        CHECK(shipped(slug).slug == program_slug{slug});
}

TEST_CASE("the starter policy holds the numbers of the spine") {
    const auto rules = shipped("starter");
    CHECK(rules.replies.promise == reply_promise{3, 7});
    CHECK(
        rules.replies.steps ==
        rung_list{{2, rung_act::listed}, {3, rung_act::nudge}, {5, rung_act::softer}, {7, rung_act::queue}});
    CHECK_FALSE(rules.term);
    REQUIRE(rules.check_ins);
    CHECK(rules.check_ins->due_day == 28);
    CHECK(rules.check_ins->grace_days == 7);
    CHECK(rules.check_ins->mentor_questions.size() == 3);
    CHECK(rules.check_ins->protege_questions.at(1).choices.size() == 3);
    CHECK(rules.attention.caps == message_caps{1, 3, weekday{1}});
    CHECK(rules.attention.mentor_hours == mentor_default());
    CHECK(rules.contacts.floor->per_month == 2);
}

TEST_CASE("where the programs differ, their policies do",
          "[rule-26][rule-27][rule-74][rule-78][rule-80][rule-84]") {
    const auto emap = shipped("emap"), sloan = shipped("sloan");
    CHECK(emap.contacts.floor->counts == counted_contacts::mentor_initiated);
    CHECK(sloan.contacts.floor->counts == counted_contacts::any);
    CHECK(emap.replies.promise == reply_promise{3, 7});
    CHECK_FALSE(sloan.replies.promise);
    CHECK(sloan.replies.steps == rung_list{{7, rung_act::listed}});
    CHECK_FALSE(emap.requests);
    CHECK(sloan.requests->answer_within_hours == 48);
    CHECK(sloan.requests->outreach->within_days == 7);
    CHECK_FALSE(emap.goals->open_at_once);
    CHECK(sloan.goals->open_at_once == 2);
    CHECK(emap.check_ins);
    CHECK_FALSE(sloan.check_ins);
    CHECK(emap.entry.gates.size() == 3);
    CHECK(emap.entry.gates[0].valid_months == 12);
    CHECK(emap.term->until == 2027_y / 5 / 14);
    CHECK(sloan.dates_of(phase_kind::connect)->from == 2026_y / 9 / 14);
    CHECK(sloan.protege_word.many == "mentees");
    CHECK(sloan.matching.synonyms.front() == "machine learning, ml");
    CHECK(sloan.requests->ask == asking::at_once);
    CHECK_FALSE(sloan.matching.mentor_capacity);
}

TEST_CASE("a policy of the least keys promises nothing else") {
    const auto reading = read_policy(least, "x.toml");
    CHECK(text_of(reading.problems) == "");
    REQUIRE(reading.value);
    CHECK_FALSE(reading.value->replies.promise);
    CHECK_FALSE(reading.value->check_ins);
    CHECK_FALSE(reading.value->requests);
}

TEST_CASE("each value that is wrong is said with its place, what was read and what to write") {
    struct row {
        std::string line, says; // the line is the seventh of the file
    };
    const std::vector<row> table = {
        {"[reply]\ntarget = \"soon\"\nlimit = \"7 days\"",
         "x.toml:8:10: reply.target is not a time from 1 day to 60 days. Read: \"soon\". Write target = \"3 "
         "days\".\n"},
        {"[reply]\ntarget = 3\nlimit = \"7 days\"", "x.toml:8:10: reply.target is not a time from 1 day to "
                                                    "60 days. Read: 3. Write target = \"3 days\".\n"},
        {"[reply]\ntarget = \"72 h\"\nlimit = \"7 days\"",
         "x.toml:8:10: reply.target is not a time from 1 day to 60 days. Read: \"72 h\". Write target = \"3 "
         "days\".\n"},
        {"[reply]\ntargt = \"3 days\"",
         "x.toml:8:1: There is no key targt in [reply]. Read: targt. Did you mean target?\n"},
        {"[repyl]\ntarget = \"3 days\"",
         "x.toml:7:2: There is no key repyl. Read: repyl. Did you mean reply?\n"},
        {"[words]\nmentor = \"coach\"",
         "x.toml:8:10: words.mentor is not a list of two words, one and many. Read: "
         "\"coach\". Write mentor = [\"mentor\", \"mentors\"].\n"},
        {"[check_in]\ndue_day = 32",
         "x.toml:8:11: check_in.due_day is not a whole number from 1 to 31. Read: 32. Write "
         "due_day = 28.\n"},
        {"[check_in]\ndue_day = 28.5",
         "x.toml:8:11: check_in.due_day is not a whole number from 1 to 31. Read: 28.5. "
         "Write due_day = 28.\n"},
        {"[check_in]\nnote = \"yes\"",
         "x.toml:8:8: check_in.note is not true or false. Read: \"yes\". Write note = "
         "true.\n"},
        {"[term]\ndates = \"2026-09-31 to 2027-05-14\"",
         "x.toml:8:9: term.dates is not two dates that exist with \"to\" between, the first not after the "
         "second. Read: "
         "\"2026-09-31 to 2027-05-14\". Write dates = \"2026-08-24 to 2027-05-14\".\n"},
        {"[term]\ndates = 2026-09-01", "x.toml:8:9: term.dates is not two dates that exist with \"to\" "
                                       "between, the first not after the second. Read: "
                                       "2026-09-01. Write dates = \"2026-08-24 to 2027-05-14\".\n"},
        {"[term]",
         "x.toml:7:1: term.dates is missing. Write dates = \"2026-08-24 to 2027-05-14\" in [term].\n"},
        {"[leaving]\ncelebration = \"2027-02-30\"", "x.toml:8:15: leaving.celebration is not a date that "
                                                    "exists, written in quotes as year-month-day. Read: "
                                                    "\"2027-02-30\". Write celebration = \"2027-05-07\".\n"},
        {"[hours]\nmentors = \"Mon-Fri 20-8\"",
         "x.toml:8:11: hours.mentors is not a set of hours. Read: \"Mon-Fri "
         "20-8\". Write mentors = \"Mon-Fri 8:00-20:00\".\n"},
        {"[reply]\nladder = [\"3 days: nudge\"]",
         "x.toml:8:10: reply.ladder is not a list of rungs \"day N: \" listed, nudge, softer, queue or "
         "lapse. Read: a list "
         "of 1. Write ladder = [\"day 3: nudge\", \"day 7: queue\"].\n"},
        {"[reply]\nclock = \"weekdays\"",
         "x.toml:8:9: reply.clock is not one of: calendar, working. Read: \"weekdays\". "
         "Write clock = \"calendar\".\n"},
        {"[messages]\ndigest_day = \"Monday\"", "x.toml:8:14: messages.digest_day is not a day of the week: "
                                                "Mon, Tue, Wed, Thu, Fri, Sat or Sun. Read: "
                                                "\"Monday\". Write digest_day = \"Mon\".\n"},
        {"[[entry.gates]]\nrole = \"mentor\"\nkind = \"interview\"",
         "x.toml:9:8: kind is not one of: background check, training. Read: \"interview\". Write kind = "
         "\"training\".\n"},
        {"[[entry.gates]]\nrole = \"mentor\"",
         "x.toml:7:1: kind is missing here. Write kind = \"training\".\n"},
        {"[[prompts]]\nto = \"mentor\"\nsay = \"Hello.\"\nsays = \"Hello.\"",
         "x.toml:9:1: There is no part say here. Read: say. Did you mean says?\n"},
        {"[check_in]\nprotege_questions = [1]", "x.toml:8:22: This entry is a number, not a table. Read: 1. "
                                                "Its parts are id, asks, kind, choices and "
                                                "required.\n"},
    };
    for (const auto &[line, says] : table) {
        INFO(line);
        CHECK(problems_of(least + line + "\n") == says);
    }
    CHECK(problems_of("slug = \"X y\"\n" + least.substr(least.find('\n') + 1)) ==
          "x.toml:1:8: slug is not a short name of small letters, digits and -. Read: \"X y\". Write slug = "
          "\"starter\".\n");
    CHECK(problems_of(least + "[contact_card]\n").starts_with("x.toml:7:2: There is no key contact_card."));
    CHECK(problems_of("reply = 3\n" + least).starts_with("x.toml:1:9: reply is a number, not a table."));
}

TEST_CASE("what cannot be kept is said at its key, with the rule that it breaks") {
    struct row {
        std::string lines, at, says;
    };
    const std::string reply = "[reply]\ntarget = \"3 days\"\nlimit = \"7 days\"\n";
    const std::vector<row> table = {
        {"[reply]\ntarget = \"3 days\"", "x.toml:8:1", "one of them is missing"},
        {"[reply]\ntarget = \"7 days\"\nlimit = \"3 days\"", "x.toml:8:1",
         "The limit of 3 days is before the target of 7."},
        {reply + "ladder = [\"day 5: nudge\", \"day 3: softer\"]", "x.toml:10:1",
         "Day 3 of the ladder does not come after day 5."},
        {reply + "ladder = [\"day 3: nudge\", \"day 3: softer\"]", "x.toml:10:1",
         "Day 3 of the ladder does not come after day 3."},
        {reply + "ladder = [\"day 0: nudge\"]", "x.toml:10:1", "has no day 0"},
        {reply + "ladder = [\"day 99: nudge\"]", "x.toml:10:1", "more than 60 days"},
        {reply + "ladder = [\"day 3: softer\"]", "x.toml:10:1", "The softer rung comes before any nudge."},
        {reply + "ladder = [\"day 3: nudge\", \"day 4: nudge\"]", "x.toml:10:1", "A ladder has one nudge"},
        {reply + "ladder = [\"day 3: nudge\", \"day 4: softer\", \"day 5: softer\"]", "x.toml:10:1",
         "at most two messages"},
        {reply + "ladder = [\"day 7: queue\"]", "x.toml:10:1", "before the person does"},
        {reply + "ladder = [\"day 3: nudge\", \"day 7: queue\", \"day 9: softer\"]", "x.toml:10:1",
         "Nothing comes after queue"},
        {reply + "ladder = [\"day 2: nudge\"]", "x.toml:10:1", "comes before the target of 3 days"},
        {reply + "ladder = [\"day 3: nudge\", \"day 6: queue\"]", "x.toml:10:1",
         "comes before the limit of 7 days"},
        {"[reply]\ntarget = \"3 days\"\nlimit = \"4 days\"\nladder = [\"day 3: nudge\", \"day 5: queue\"]",
         "x.toml:10:1", "would reach its deadline before the mentor was warned of it."},
        {"[phases]\napply = \"2026-04-01 to 2026-05-01\"\nrecruit = \"2026-05-01 to 2026-06-01\"",
         "x.toml:9:1", "Phase apply begins before recruit does."},
        {"[term]\ndates = \"2026-09-01 to 2026-12-31\"\n[phases]\nrun = \"2026-08-01 to 2026-12-31\"",
         "x.toml:9:1", "Phase run reaches outside the term."},
        {"[check_in]\nladder = [\"day 2: nudge\"]", "x.toml:8:1",
         "The first nudge, on day 2, comes after the due day."},
        {"[check_in]\ngrace = \"30 days\"", "x.toml:8:1", "more than 21 days of grace"},
        {"[term]\ndates = \"2026-09-01 to 2026-12-31\"\n[check_in]\nlast_period = \"2027-04\"", "x.toml:10:1",
         "outside the term"},
        {"[[check_in.mentor_questions]]\nid = \"a\"\nasks = \"A?\"\nkind = "
         "\"count\"\n[[check_in.mentor_questions]]\nid = "
         "\"a\"\nasks = \"B?\"\nkind = \"count\"",
         "x.toml:7:", "Two questions have the id a."},
        {"[[check_in.protege_questions]]\nid = \"a\"\nasks = \"A?\"\nkind = \"choice\"",
         "x.toml:7:", "Question a is choice with 0 choices."},
        {"[requests]\nlapses_after = \"2 days\"", "x.toml:7:1",
         "before the 48 hours to answer it have passed"},
        {"[outreach]\nwithin = \"7 days\"\nladder = [\"day 8: nudge\"]", "x.toml:9:1",
         "before the protégé was warned of it."},
        {"[matching]\nweights = { interests = 50, goals = 40 }", "x.toml:8:1",
         "The weights add up to 90, not to 100."},
        {"[leaving]\nladder = [\"day -7: nudge\"]", "x.toml:8:1", "there is no [term]"},
        {"[[hours.off]]\nname = \"Summer\"\ndates = \"2026-06-01 to 2026-08-31\"",
         "x.toml:7:", "Summer lasts more than 45 days"},
        {"[messages]\nper_day = 3\nper_week = 2", "x.toml:8:1",
         "A week holds fewer messages than one of its days."},
        {reply + "ladder = [\"day 3: nudge\", \"day 5: softer\"]\n[messages]\nper_week = 1", "x.toml:12:1",
         "followed up twice within a week"},
        {"[staff]\ncontact_days = [14, 2]", "x.toml:8:1", "not in order"},
        {"[entry]\nproteges_are = \"sites\"\n[[check_in.protege_questions]]\nid = \"a\"\nasks = \"A?\"\nkind "
         "= \"count\"",
         "x.toml:8:1", "Pupils of a site are no records"},
    };
    for (const auto &[lines, at, says] : table) {
        INFO(lines);
        const auto all = problems_of(least + lines + "\n");
        INFO(all);
        CHECK(all.starts_with(at));
        CHECK(all.find(says) != std::string::npos);
        CHECK(std::count(all.begin(), all.end(), '\n') == 1);
    }
}

TEST_CASE("all problems are reported at once, in the order of the file") {
    const auto all =
        read_policy("slug = \"x\"\nzone = \"Mars\"\ncolour = 1\n[reply]\nclock = 1\n[contact]\n", "x.toml");
    std::vector<int> lines;
    for (const auto &each : all.problems)
        lines.push_back(each.at.line);
    CHECK(lines == std::vector<int>{1, 1, 2, 3, 5, 6}); // name and purpose are missing at the top
    CHECK_FALSE(all.value);
}

TEST_CASE("a syntax error is the one problem of its file") {
    const auto all = read_policy("slug = \"x\"\nname = \"X\npurpose = 1\n", "x.toml");
    REQUIRE(all.problems.size() == 1);
    CHECK(all.problems[0].at.line == 2);
    CHECK(all.problems[0].wrong.starts_with("This is not TOML: "));
    CHECK(read_policy("", "x.toml").problems.size() == 5);
    CHECK(read_policy(std::string("a\0b", 3), "x.toml").problems.size() == 1);
}

TEST_CASE("a policy file is named like its slug") {
    CHECK(load_policy("config/programs/none.toml").reading.problems.at(0).wrong ==
          "This policy file cannot be read.");
    const auto reading = load_policy("config/programs/starter.toml");
    CHECK(reading.text.find("slug = \"starter\"") != std::string::npos);
}

TEST_CASE("every key of the table says something with its value, or is a yes or no") {
    for (const auto &row : policy_keys()) {
        INFO(row.key);
        CHECK_FALSE(row.says.empty());
        CHECK((row.says.find("{}") != std::string_view::npos || row.what() == "true or false"));
    }
}

TEST_CASE("every example in the table can be copied into a file") {
    for (const auto &row : policy_keys()) {
        if (row.example.starts_with("a table"))
            continue;
        const std::string key(row.key);
        const auto dot = key.find('.');
        const auto table = dot == std::string::npos ? "" : key.substr(0, dot);
        const auto line =
            (dot == std::string::npos ? key : key.substr(dot + 1)) + " = " + std::string(row.example) + "\n";
        const auto all = read_policy((table.empty() ? "" : "[" + table + "]\n") + line, "x.toml").problems;
        INFO(line);
        for (const auto &each : all) {
            CHECK(each.wrong.find("is not") == std::string::npos);
            CHECK(each.wrong.find("There is no") == std::string::npos);
        }
    }
}

TEST_CASE("a policy is explained in sentences, in its own words") {
    const auto text = text_of(explain(shipped("sloan")));
    CHECK(text.find("No time to answer in is promised.") != std::string::npos);
    CHECK(text.find("A mentor answers a request within 48 h") != std::string::npos);
    CHECK(text.find("A mentee asks a mentor within 7 days of signing up") != std::string::npos);
    CHECK(text.find("There are no check-ins.") != std::string::npos);
    CHECK(text.find("protégé") == std::string::npos);
    CHECK(text.find('{') == std::string::npos);
    const auto starter = text_of(explain(shipped("starter")));
    CHECK(starter.find("When somebody waits for your answer, it is hoped for within 3 days.") !=
          std::string::npos);
    CHECK(starter.find("Reminders come in at most 1 message a day") != std::string::npos);
    CHECK(starter.find("The program has no end date.") != std::string::npos);
}

TEST_CASE("two policies are compared key by key, with whom it concerns") {
    const auto before = shipped("starter");
    CHECK(text_of(differences(before, before)) == "Nothing changes.\n");
    auto after = before;
    after.replies.promise->target_days = 2;
    after.contacts.floor.reset();
    after.goals->open_at_once = 2;
    after.attention.mentor_hours = parse_hours("Mon-Fri 9:00-17:00").value();
    CHECK(text_of(differences(before, after)) ==
          "reply.target: 3 days becomes 2 days (everyone)\n"
          "floor.per_month: 2 is no longer promised (everyone)\n"
          "floor.counts: any is no longer promised (everyone)\n"
          "floor.ladder: day -10: listed, day -5: nudge is no longer promised (everyone)\n"
          "goals.open_at_once: new, 2 (everyone)\n"
          "hours.mentors: Mon-Fri 8:00-20:00 becomes Mon-Fri 9:00-17:00 (mentors)\n");
    // whatever differs between two values of a policy, some key tells of it
    CHECK(differences(shipped("emap"), shipped("sloan")).size() > 30);
}
