// Attention in people's own hands: putting reminders off, being away, settings. What is refused is refused in
// four parts, what keeps its date keeps it.
#include "handlers/away.hpp"
#include "handlers/nudge_wording.hpp"
#include "handlers/own_settings.hpp"
#include "handlers/snoozing.hpp"
#include "storage/own_choices.hpp"
#include "tests/handlers/mail_round.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace rapport;
using namespace rapport::tests;

namespace {

const auto london = *zone::named("Europe/London");

instant at(unsigned day_of_november, int hour, int minute = 0) {
    return london.at(date::year{2026} / 11 / day_of_november, hours{hour} + minutes{minute});
}

std::vector<std::string> labels(const heard &h) {
    std::vector<std::string> out;
    for (const auto &each : h.buttons)
        out.push_back(each.label);
    return out;
}

storage::own_choice choice_of(office &o, const std::string &who) {
    storage::own_choice out;
    const auto id = o.id_of(who);
    o.on_file([&](storage::records &r) { out = r.open<storage::own_choices>().of(id); });
    return out;
}

storage::person person(office &o, const std::string &who) {
    storage::person out;
    o.on_file([&](storage::records &r) { out = *r.people.by_slack(office::slack_of(who)); });
    return out;
}

bool refused(const heard &h) {
    return h.says("Nothing was saved");
}

fields settings_of(const std::string &hours, const std::string &own = {}, const std::string &zone = {}) {
    return {{"hours", choice{hours}},
            {"own", own},
            {"zone", zone},
            {"digest", choice{"program"}},
            {"pace", choice{"program"}},
            {"milestones", choice{"nudge"}}};
}

} // namespace

TEST_CASE("snooze offers three times worked out for the person, and says what keeps its date", "[control]") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    auto asked = o.says("priya", "/mentoring snooze");
    CHECK(labels(asked) ==
          std::vector<std::string>{"Tue 3 Nov 08:00", "Mon 9 Nov 08:00", "Thu 12 Nov 08:00"});
    const auto said = o.presses("priya", asked, "Thu 12 Nov 08:00");
    CHECK(said.says("Reminders wait until Thu 12 Nov 2026, 08:00 (Europe/London)"));
    CHECK(said.says("keep their date"));
    CHECK(said.says("Ana has been waiting since Mon 2 Nov"));
    CHECK(said.says("a coordinator still helps in time"));

    mail.until(at(9, 12)); // day 7: it was not put off for the one who waits
    CHECK(mail.to("D0NOOR").size() == 1);
    CHECK(mail.to("D0PRIYA").empty()); // day 3 was Thursday
    mail.until(at(12, 9));
    REQUIRE(mail.to("D0PRIYA").size() == 1);
    CHECK(mail.to("D0PRIYA")[0].at == at(12, 8));
    CHECK(mail.to("D0PRIYA")[0].says("I have asked a coordinator"));
}

TEST_CASE("the three times are good ones, in order, on three days, wherever a week stands", "[control]") {
    for (unsigned day = 2; day <= 15; ++day)
        for (const int hour : {0, 7, 12, 23}) {
            good_hours person{london, mentor_default(), {}, {}};
            const auto all = snooze_choices(person, at(day, hour));
            INFO(day << " " << hour);
            REQUIRE(all.size() == 3);
            CHECK(std::is_sorted(all.begin(), all.end()));
            for (const auto each : all) {
                CHECK(person.is_good(each));
                CHECK(each > at(day, hour));
                CHECK(each <= at(day, hour) + longest_snooze);
            }
            CHECK(london.day_of(all[0]) != london.day_of(all[1]));
            CHECK(london.day_of(all[1]) != london.day_of(all[2]));
        }
}

TEST_CASE("a snooze for ever, to the past or for too long is refused, and nothing changes", "[control]") {
    office o;
    for (const auto *words : {"for ever", "forever", "until for ever", "always", "2026-11-01", "yesterday",
                              "in 3 weeks", "next friday", "3/4", "soonish", "2026-02-30"}) {
        INFO(words);
        const auto said = o.says("priya", std::string("/mentoring snooze ") + words);
        CHECK(refused(said));
        CHECK(said.says("/mentoring"));
        CHECK_FALSE(choice_of(o, "priya").snoozed_until_at);
    }
}

TEST_CASE("a snooze is taken back, ended, and written in several ways", "[control]") {
    office o;
    mail_round mail(o);
    for (const auto *words :
         {"until fri", "fri", "for 3 days", "in 3 days", "until tomorrow 9am", "for a week"}) {
        INFO(words);
        CHECK(o.says("priya", std::string("/mentoring snooze ") + words).says("Reminders wait until"));
        o.advance(minutes{1});
    }
    mail.writes("ana");
    const auto last = o.says("priya", "/mentoring snooze in 10 days");
    o.presses("priya", last, "Undo");
    CHECK(choice_of(o, "priya").snoozed_until_at == at(9, 8)); // "for a week", as it was
    mail.until(at(6, 12));
    CHECK(mail.to("D0PRIYA").empty());
    CHECK(o.says("priya", "/mentoring snooze off").says("as usual again"));
    mail.pass(minutes{5});
    CHECK(mail.to("D0PRIYA").size() == 1); // what waited comes at once: it is a good hour
    CHECK(o.says("priya", "/mentoring snooze off").says("Nothing is put off"));
}

TEST_CASE("a meeting is reminded of the day before, whatever was put off", "[control]") {
    office o;
    mail_round mail(o);
    o.says("ana", "/mentoring meet fri 3pm 30m the library");
    const auto said = o.says("priya", "/mentoring snooze in 10 days");
    CHECK(said.says("the library"));
    mail.until(at(6, 12));
    REQUIRE(mail.to("D0PRIYA").size() == 1);
    CHECK(mail.to("D0PRIYA")[0].says("You meet Ana"));
    CHECK(mail.to("D0PRIYA")[0].at == at(5, 15));
}

TEST_CASE("a time that was offered and has passed is refused, and the home page puts off, too", "[control]") {
    office o;
    const auto asked = o.says("priya", "/mentoring snooze");
    o.advance(days{20});
    CHECK(refused(o.presses("priya", asked, "Tue 3 Nov 08:00")));
    CHECK_FALSE(choice_of(o, "priya").snoozed_until_at);
    auto home = o.happens("priya", home_opened{});
    std::erase_if(home.buttons,
                  [](auto &each) { return each.action == nudge_action::more; }); // a line's menu
    for (const auto *label : {"Settings", "Snooze", "I'm away"}) {
        INFO(label);
        const auto shown = o.presses("priya", home, label);
        INFO(shown.text);
        CHECK((!shown.form.empty() || shown.says("Until when") || shown.says("Nothing is open")));
    }
}

TEST_CASE("a line is put off from its menu; one that is settled has nothing to put off", "[control]") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    mail.until(at(5, 12));
    REQUIRE(mail.to("D0PRIYA").size() == 1);
    const auto line = mail.shown(mail.to("D0PRIYA")[0]);
    const auto entry = std::find_if(line.buttons.begin(), line.buttons.end(),
                                    [](const auto &each) { return each.label == "Snooze"; });
    REQUIRE(entry != line.buttons.end());
    CHECK(o.presses("priya", line, "Snooze", choice{entry->value}).says("Until when"));
    CHECK_FALSE(o.presses("sam", line, "Snooze", choice{entry->value}).says("Until when"));
    o.presses("priya", line, "No reply needed");
    CHECK(o.presses("priya", line, "Snooze", choice{entry->value}).says("settled already"));
}

TEST_CASE("while away nothing is sent, clocks rest, and the ladder goes on after the return", "[control]") {
    office o;
    mail_round mail(o);
    mail.writes("ana"); // Mon 2 Nov 10:00
    o.advance(hours{1});
    const auto said = o.says("priya", "/mentoring away until 2026-11-15");
    CHECK(said.says("You are away until Sun 15 Nov 2026 (Europe/London)"));
    CHECK(said.says("Your clocks rest"));
    mail.until(at(16, 7));
    CHECK(mail.to("D0PRIYA").empty());
    CHECK(mail.to("D0NOOR").empty()); // day 7 was the 9th
    CHECK(mail.to("D0ANA").empty());  // not told, for Priya did not want it
    mail.until(at(16, 12));
    REQUIRE(mail.to("D0PRIYA").size() == 1); // the first morning back
    CHECK(mail.to("D0PRIYA")[0].at == at(16, 8));
    mail.until(at(22, 12)); // the limit of seven days stood still for thirteen days and thirteen hours
    CHECK(mail.to("D0NOOR").empty());
    mail.until(at(30, 12));
    CHECK(mail.to("D0NOOR").size() == 1);
}

TEST_CASE("in a program whose clocks run on, a coordinator hears meanwhile", "[control]") {
    office o;
    auto rules = starter_program();
    rules.attention.while_away = away_clocks::run;
    o.here.rules.add(2, rules);
    mail_round mail(o);
    mail.writes("ana");
    CHECK(o.says("priya", "/mentoring away until 2026-11-25").says("Clocks run on"));
    mail.until(at(30, 12));
    REQUIRE(mail.to("D0NOOR").size() == 1);
}

TEST_CASE("partners hear only that one is away, and only if one wants that", "[control]") {
    office o;
    mail_round mail(o);
    auto form = o.says("priya", "/mentoring away");
    CHECK(form.form == away_form);
    const auto until = date::year{2026} / 11 / 13;
    const auto said = o.submits("priya", form, {{"until", day{until}}, {"tells", choices{{"tell"}}}});
    CHECK(said.says("Your partner hears only that you are away"));
    SECTION("told") {
        mail.pass(hours{2});
        REQUIRE(mail.to("D0ANA").size() == 1);
        CHECK(mail.to("D0ANA")[0].text ==
              "Priya is away until Fri 13 Nov 2026. What you write meanwhile waits for them.");
    }
    SECTION("taken back within the minute: nobody hears") {
        o.presses("priya", said, "Undo");
        mail.pass(hours{2});
        CHECK(mail.to("D0ANA").empty());
        CHECK_FALSE(person(o, "priya").away_until_at);
    }
    SECTION("taken back later: it is struck out") {
        mail.pass(minutes{5});
        REQUIRE(mail.to("D0ANA").size() == 1);
        o.presses("priya", said, "Undo");
        mail.pass(minutes{5});
        REQUIRE(mail.updates("D0ANA").size() == 1);
        CHECK(mail.updates("D0ANA")[0].says("taken back"));
    }
    SECTION("whoever runs the program sees it") {
        CHECK(o.says("noor", "/program").says("Away: Priya until Fri 13 Nov."));
        CHECK_FALSE(o.says("ana", "/program").says("Away:"));
    }
    SECTION("back early") {
        mail.pass(minutes{5});
        CHECK(o.says("priya", "/mentoring away off").says("Welcome back"));
        CHECK_FALSE(o.says("noor", "/program").says("Away:"));
    }
}

TEST_CASE("days away that end before they begin, are over or too far are refused", "[control]") {
    office o;
    for (const auto *words :
         {"from 2026-12-10 until 2026-12-01", "2026-12-10 to 2026-12-01", "until 2026-11-01",
          "until 2028-12-01", "until 3/4", "until soon", "from soon until fri", "until 2026-02-30"}) {
        INFO(words);
        CHECK(refused(o.says("priya", std::string("/mentoring away ") + words)));
        CHECK_FALSE(person(o, "priya").away_until_at);
    }
    const auto form = o.says("priya", "/mentoring away");
    const auto back =
        o.submits("priya", form,
                  {{"from", day{date::year{2026} / 11 / 20}}, {"until", day{date::year{2026} / 11 / 10}}});
    CHECK(back.errors.at("until").find("before it begins") != std::string::npos);
    CHECK(o.submits("priya", form, {}).errors.count("until") == 1);
    CHECK_FALSE(person(o, "priya").away_until_at);
}

TEST_CASE("an absence to come leaves today as it is", "[control]") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    CHECK(o.says("priya", "/mentoring away from 2026-11-20 until 2026-11-25")
              .says("from Fri 20 Nov 2026 until"));
    mail.until(at(6, 12));
    CHECK(mail.to("D0PRIYA").size() == 1);
}

TEST_CASE("settings: hours of the table or one's own, a zone of one's own, pace and digest, all taken back",
          "[control]") {
    office o;
    auto form = o.says("priya", "/mentoring settings");
    CHECK(form.form == own_settings_form);
    auto wants = settings_of("own", "Tue,Thu 18:00-20:00", "america/new york");
    wants.set("pace", choice{"1"});
    wants.set("digest", choice{"Wed"});
    wants.set("milestones", choice{"line"});
    const auto said = o.submits("priya", form, wants);
    CHECK(said.says("Tue,Thu 18:00-20:00 (time zone America/New_York)"));
    CHECK(person(o, "priya").hours == "Tue,Thu 18:00-20:00");
    CHECK(person(o, "priya").zone == "America/New_York");
    CHECK(choice_of(o, "priya").per_week == 1);
    CHECK(choice_of(o, "priya").digest_day == "Wed");
    CHECK(choice_of(o, "priya").milestones == "line");
    o.presses("priya", said, "Undo");
    CHECK_FALSE(person(o, "priya").hours);
    CHECK_FALSE(person(o, "priya").zone);
    CHECK_FALSE(choice_of(o, "priya").per_week);
    CHECK_FALSE(choice_of(o, "priya").milestones);
}

TEST_CASE("hours that never come and zones that are none are refused under their fields", "[control]") {
    office o;
    const auto form = o.says("priya", "/mentoring settings");
    const auto wrong = [&](const fields &holds, const std::string &field) {
        const auto said = o.submits("priya", form, holds);
        INFO(field << ": " << (said.errors.empty() ? "" : said.errors.begin()->second));
        REQUIRE(said.errors.count(field) == 1);
        CHECK(said.errors.at(field).find("Nothing was saved") != std::string::npos);
        CHECK_FALSE(person(o, "priya").hours);
        CHECK_FALSE(person(o, "priya").zone);
    };
    wrong(settings_of("own", ""), "own");
    wrong(settings_of("own", "whenever"), "own");
    wrong(settings_of("own", "Mon 10:00-9:00"), "own");
    wrong(settings_of("own", "Mon 25:00-26:00"), "own");
    wrong(settings_of("own", "Mon 10:00-10:30"), "own");
    wrong(settings_of("midnights"), "hours");
    wrong(settings_of("program", "", "Europe/Londn"), "zone");
    wrong(settings_of("program", "", "../../etc/passwd"), "zone");
    wrong(settings_of("program", "", "localtime"), "zone");
    auto odd = settings_of("program");
    odd.set("pace", choice{"99"});
    wrong(odd, "pace");
    odd = settings_of("program");
    odd.set("digest", choice{"Someday"});
    wrong(odd, "digest");
    odd = settings_of("program");
    odd.set("milestones", choice{"always"});
    wrong(odd, "milestones");
}

TEST_CASE("hours that fall on days off only do not come, and are refused", "[control]") {
    office o;
    auto rules = starter_program();
    for (unsigned week = 0; week < 12; ++week) { // every Sunday is off
        const day sunday = plus_days(date::year{2026} / 11 / 8, static_cast<int>(7 * week));
        rules.attention.off.push_back({"quiet Sunday", {sunday, sunday}, off_for::everyone});
    }
    o.here.rules.add(2, rules);
    const auto form = o.says("priya", "/mentoring settings");
    const auto said = o.submits("priya", form, settings_of("own", "Sun 17:00-21:00"));
    REQUIRE(said.errors.count("own") == 1);
    CHECK(said.errors.at("own").find("days off only") != std::string::npos);
}

TEST_CASE("a slower pace and another digest day hold, over all programs", "[control]") {
    office o;
    mail_round mail(o);
    auto wants = settings_of("program");
    wants.set("pace", choice{"1"});
    o.submits("priya", o.says("priya", "/mentoring settings"), wants);
    mail.writes("ana");
    mail.until(at(11, 12)); // Thu 5, then at most one in seven days: day 5's and day 7's wait
    CHECK(mail.to("D0PRIYA").size() == 1);
    mail.until(at(12, 12));
    CHECK(mail.to("D0PRIYA").size() == 2);
}

TEST_CASE("milestones are followed as firmly as their owner wants", "[control][rule-43]") {
    const auto wanted = GENERATE("nudge", "line", "none");
    office o;
    auto rules = starter_program();
    rules.check_ins.reset();
    rules.milestone_steps = {{0, rung_act::nudge}};
    o.here.rules.add(2, rules);
    mail_round mail(o);
    auto wants = settings_of("program");
    wants.set("milestones", choice{wanted});
    o.submits("ana", o.says("ana", "/mentoring settings"), wants);
    o.says("ana", "/milestone add Draft by 2026-11-11"); // a Wednesday
    mail.until(at(14, 12));
    CHECK(mail.to("D0ANA").size() == (std::string(wanted) == "nudge" ? 1U : 0U));
}

TEST_CASE("a clock that jumps back an hour or forward a month sends nothing twice and forgets nothing",
          "[control]") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    mail.until(at(5, 10, 30));
    REQUIRE(mail.to("D0PRIYA").size() == 1);
    SECTION("back an hour") {
        o.now -= hours{1};
        mail.deliver();
        CHECK(mail.to("D0PRIYA").size() == 1);
        mail.until(at(5, 23));
        CHECK(mail.to("D0PRIYA").size() == 1);
        mail.until(at(9, 12)); // the ladder goes on
        CHECK(mail.to("D0PRIYA").size() == 2);
    }
    SECTION("forward a month") {
        o.now = london.at(date::year{2026} / 12 / 7, hours{10});
        mail.deliver();
        CHECK(mail.to("D0PRIYA").size() == 2); // one message of what is newest, never a flood
        CHECK(mail.to("D0NOOR").size() == 1);
        mail.pass(hours{12});
        CHECK(mail.to("D0PRIYA").size() == 2);
    }
}
