// What people press under Rapport's own messages, what they say with /nudge, and what can be taken back.
#include "handlers/introductions.hpp"
#include "tests/handlers/mail_round.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::tests;

namespace {

const auto london = *zone::named("Europe/London");

instant at(unsigned day_of_november, int hour, int minute = 0) {
    return london.at(date::year{2026} / 11 / day_of_november, hours{hour} + minutes{minute});
}

// Ana wrote on Monday; Priya was reminded on Thursday at 10:00, and it is 12:00.
struct reminded {
    office o;
    mail_round mail{o};
    heard line;

    reminded() {
        mail.writes("ana");
        mail.until(at(5, 12));
        REQUIRE(mail.to("D0PRIYA").size() == 1);
        line = mail.shown(mail.to("D0PRIYA")[0]);
    }
    bool waits() {
        bool out = false;
        o.on_file([&](storage::records &r) { out = !r.clocks.running_in("G0PAIR").empty(); });
        return out;
    }
    std::size_t contacts() {
        std::size_t out = 0;
        o.on_file([&](storage::records &r) { out = r.contacts.latest(o.pair, 50).size(); });
        return out;
    }
};

} // namespace

TEST_CASE("each button that settles stops the ladder and strikes the line out, and Undo opens it again") {
    const auto label = GENERATE("I replied elsewhere", "No reply needed", "Not my turn");
    reminded r;
    const auto before = r.contacts();
    const auto heard_back = r.o.presses("priya", r.line, label);
    CHECK_FALSE(r.waits());
    // only the first of them is also a contact
    CHECK(r.contacts() == before + (std::string(label) == "I replied elsewhere" ? 1 : 0));
    r.mail.deliver();
    REQUIRE(r.mail.updates("D0PRIYA").size() == 1);
    CHECK(r.mail.updates("D0PRIYA")[0].says("~Ana has been waiting since Mon 2 Nov."));

    r.o.advance(minutes{5});
    r.o.presses("priya", heard_back, "Undo");
    CHECK(r.waits());
    CHECK(r.contacts() == before);
    r.mail.deliver();
    REQUIRE(r.mail.updates("D0PRIYA").size() == 2);
    CHECK_FALSE(r.mail.updates("D0PRIYA")[1].says("~"));
    r.mail.until(at(9, 12));
    CHECK(r.mail.to("D0PRIYA").size() == 2); // day 5 comes as if nothing had been pressed
}

TEST_CASE("a settled line needs nothing more: the button answers politely, and no ladder goes on") {
    reminded r;
    r.o.presses("priya", r.line, "No reply needed");
    CHECK(r.o.presses("priya", r.line, "I replied elsewhere").says("settled already"));
    r.mail.until(at(20, 12));
    CHECK(r.mail.to("D0PRIYA").size() == 1);
    CHECK(r.mail.to("D0NOOR").empty());
}

TEST_CASE("nobody but the person a line is for can press for it") {
    const auto who = GENERATE("ana", "sam", "noor", "zed");
    reminded r;
    for (const auto &button : r.line.buttons) {
        if (button.action == "nudge.more" || button.action == "nudge.away")
            continue;
        const auto said = r.o.presses(who, r.line, button.label);
        CHECK_FALSE(said.says("Ana"));
        CHECK_FALSE(said.says("Noted"));
    }
    CHECK(r.waits());
}

TEST_CASE("the same is heard again tomorrow at nine, at the hour that was chosen, even on a Saturday") {
    reminded r;
    r.mail.until(at(6, 15)); // Friday
    r.o.presses("priya", r.line, "Remind me tomorrow 9:00");
    r.mail.until(at(8, 23));
    const auto priya = r.mail.to("D0PRIYA");
    REQUIRE(priya.size() == 2);
    CHECK(priya[1].at == at(7, 9));
    CHECK(priya[1].text == priya[0].text);
    r.mail.until(at(9, 23)); // day 5 was Saturday 10:00, a day after the last is Sunday: Monday 8:00
    CHECK(r.mail.to("D0PRIYA").size() == 3);
}

TEST_CASE("a chosen reminder is taken back, and not heard once it is settled") {
    reminded r;
    const auto said = r.o.presses("priya", r.line, "Remind me tomorrow 9:00");
    CHECK(said.says("Fri 6 Nov 2026, 09:00 (Europe/London)"));
    SECTION("undone") {
        r.o.presses("priya", said, "Undo");
    }
    SECTION("answered") {
        r.mail.writes("priya");
    }
    r.mail.until(at(6, 23));
    CHECK(r.mail.to("D0PRIYA").size() == 1);
}

TEST_CASE("why this: the rule, what started it, how to stop it") {
    reminded r;
    const auto said = r.o.presses("priya", r.line, "Why this?");
    CHECK(said.says("Starter hopes for an answer within 3 days."));
    CHECK(said.says(
        "Ana wrote on Mon 2 Nov 2026, 10:00 (Europe/London). I saw who wrote and when, never what."));
    CHECK(said.says("It stops when you answer"));
    CHECK(said.says("Noor"));
}

TEST_CASE("need help brings a coordinator and ends the ladder") {
    reminded r;
    const auto more = std::find_if(r.line.buttons.begin(), r.line.buttons.end(),
                                   [](auto &b) { return b.label == "Need help"; });
    REQUIRE(more != r.line.buttons.end());
    r.o.presses("priya", r.line, "Need help", choice{more->value});
    r.mail.until(at(20, 12));
    CHECK(r.mail.to("D0PRIYA").size() == 1);
    REQUIRE(r.mail.to("D0NOOR").size() == 1);
    CHECK(r.mail.to("D0NOOR")[0].says("Priya asked for your help"));

    const auto list = r.mail.shown(r.mail.to("D0NOOR")[0]);
    CHECK_FALSE(r.o.presses("priya", list, "I'll see to it").says("Thank you"));
    CHECK(r.o.presses("noor", list, "I'll see to it").says("off the list"));
    r.mail.deliver();
    REQUIRE(r.mail.updates("D0NOOR").size() == 1);
    CHECK(r.mail.updates("D0NOOR")[0].says("Settled."));
    CHECK(r.o.presses("noor", list, "I'll see to it").says("settled already"));
}

TEST_CASE(
    "log a contact: a form, refused for a day to come, settles what it answers, and can be taken back") {
    reminded r;
    const auto entry = std::find_if(r.line.buttons.begin(), r.line.buttons.end(),
                                    [](auto &b) { return b.label == "Log a contact"; });
    REQUIRE(entry != r.line.buttons.end());
    const auto form = r.o.presses("priya", r.line, "Log a contact", choice{entry->value});
    REQUIRE(form.form == "nudge.contact");
    const auto bad = r.o.submits(
        "priya", form,
        {{"how", choice{"call"}}, {"who", choice{"me"}}, {"day", day{date::year{2026} / 11 / 9}}});
    CHECK(bad.errors.contains("day"));
    CHECK(r.waits());
    const auto before = r.contacts();
    const auto said = r.o.submits(
        "priya", form,
        {{"how", choice{"call"}}, {"who", choice{"me"}}, {"day", day{date::year{2026} / 11 / 4}}});
    CHECK_FALSE(r.waits());
    CHECK(r.contacts() == before + 1);
    r.o.presses("priya", said, "Undo");
    CHECK(r.waits());
    CHECK(r.contacts() == before);
}

TEST_CASE("away: nothing until the day after; refused where it ends before it begins") {
    reminded r;
    const auto entry = std::find_if(r.line.buttons.begin(), r.line.buttons.end(),
                                    [](auto &b) { return b.label == "I'm away"; });
    REQUIRE(entry != r.line.buttons.end());
    const auto form = r.o.presses("priya", r.line, "I'm away", choice{entry->value});
    REQUIRE(form.form == "away.until");
    CHECK(r.o.submits("priya", form, {{"until", day{date::year{2026} / 11 / 4}}}).errors.contains("until"));
    CHECK(r.o.submits("priya", form, {{"until", day{date::year{2029} / 1 / 1}}}).errors.contains("until"));
    r.o.submits("priya", form, {{"until", day{date::year{2026} / 11 / 16}}});
    r.mail.until(at(16, 23));
    CHECK(r.mail.to("D0PRIYA").size() == 1);
    r.mail.until(at(17, 9));
    CHECK(r.mail.to("D0PRIYA").size() == 2);
}

TEST_CASE("a button of a pair that ended answers politely") {
    reminded r;
    r.o.on_file([&](storage::records &on_file) {
        on_file.pairs.end(r.o.pair, std::nullopt, r.o.now);
        replies_after_end(on_file, r.o.here.rules, *on_file.pairs.by_id(r.o.pair), r.o.now);
    });
    CHECK(r.o.presses("priya", r.line, "I replied elsewhere").says("That pair has ended."));
}

// ---- /nudge

TEST_CASE("/nudge before the target says until when, and after it only that Rapport is on it") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    o.advance(hours{2});
    CHECK(o.says("ana", "/nudge").says("Priya has until Thu 5 Nov. I will remind them then."));
    mail.until(at(5, 12));
    REQUIRE(mail.to("D0PRIYA").size() == 1);
    const auto said = o.says("ana", "/nudge @priya");
    CHECK(said.text == "Rapport is on it.");
    mail.until(at(5, 23));
    CHECK(mail.to("D0PRIYA").size() == 1); // two nudges an occasion, whoever asks how often
}

TEST_CASE("/nudge turns a soft clock firm: the reminder comes at the next good hour") {
    office o;
    auto soft = starter_program();
    soft.replies.loose = loose_message::soft;
    o.here.rules.add(2, soft);
    mail_round mail(o);
    mail.writes("ana");
    mail.until(at(6, 21)); // Friday evening: the target is over
    CHECK(mail.to("D0PRIYA").empty());
    CHECK(o.says("ana", "/nudge").text == "Rapport is on it.");
    mail.until(at(9, 12));
    REQUIRE(mail.to("D0PRIYA").size() == 1);
    CHECK(mail.to("D0PRIYA")[0].at == at(9, 8));
}

TEST_CASE("/nudge in a program that follows up no replies gets one reminder sent, no more") {
    office o;
    auto free = starter_program();
    free.replies = {};
    free.replies.steps = {{7, rung_act::listed}};
    o.here.rules.add(2, free);
    mail_round mail(o);
    mail.writes("ana");
    o.advance(hours{3});
    CHECK(o.says("ana", "/nudge").text == "Rapport is on it.");
    mail.until(at(30, 12));
    CHECK(mail.to("D0PRIYA").size() == 1);
    CHECK(mail.to("D0NOOR").empty());
}

TEST_CASE("/nudge with nothing known asks how and when, and the clock runs from there") {
    office o;
    mail_round mail(o);
    const auto form = o.says("ana", "/nudge");
    REQUIRE(form.form == "nudge.wrote");
    CHECK(o.submits("ana", form, {{"how", choice{"email"}}, {"on", day{date::year{2026} / 11 / 3}}})
              .errors.contains("on")); // tomorrow
    CHECK(o.submits("ana", form, {{"how", choice{"email"}}, {"on", day{date::year{2026} / 8 / 1}}})
              .errors.contains("on")); // long ago
    CHECK(o.submits("ana", form, {{"how", choice{"pigeon"}}, {"on", day{date::year{2026} / 11 / 1}}})
              .errors.contains("how"));
    const auto said =
        o.submits("ana", form, {{"how", choice{"email"}}, {"on", day{date::year{2026} / 11 / 1}}});
    CHECK(said.says("Priya has until Wed 4 Nov."));
    SECTION("and the reminder says by what") {
        mail.until(at(4, 23));
        REQUIRE(mail.to("D0PRIYA").size() == 1);
        CHECK(mail.to("D0PRIYA")[0].says("Ana wrote by e-mail and has been waiting since Sun 1 Nov."));
    }
    SECTION("an answer in the conversation settles it") {
        mail.writes("priya");
        mail.until(at(4, 23));
        CHECK(mail.to("D0PRIYA").empty());
    }
    SECTION("and it can be taken back") {
        o.presses("ana", said, "Undo");
        mail.until(at(4, 23));
        CHECK(mail.to("D0PRIYA").empty());
    }
}

TEST_CASE("a form for a pair that is not theirs is refused") {
    office o;
    auto form = o.says("ana", "/nudge");
    REQUIRE(form.form == "nudge.wrote");
    const auto said =
        o.submits("sam", form, {{"how", choice{"email"}}, {"on", day{date::year{2026} / 11 / 1}}});
    o.on_file([&](storage::records &r) { CHECK(r.clocks.running_in("G0PAIR").empty()); });
    CHECK_FALSE(said.says("Priya"));
}

// ---- first words

TEST_CASE(
    "a pair's conversation is opened, introduced and pinned a minute after the pairing; an undo is silent") {
    office o;
    mail_round mail(o);
    storage::pair p;
    o.on_file([&](storage::records &r) {
        p.id = r.ids.make<pair_id>(o.now);
        p.program = program_slug{"starter"};
        p.term = o.term;
        p.mentor = r.people.by_slack(office::slack_of("sam"))->id;
        p.protege = r.people.by_slack(office::slack_of("mei"))->id;
        p.began_at = o.now;
        r.pairs.add(p);
        plan_introduction(r, p, o.now);
        plan_greeting(r, p.mentor, p.program, o.now);
    });
    mail.pass(seconds{59});
    CHECK(mail.calls.empty());
    SECTION("undone in time") {
        o.on_file([&](storage::records &r) {
            r.pairs.end(p.id, std::nullopt, o.now);
            replies_after_end(r, o.here.rules, *r.pairs.by_id(p.id), o.now);
        });
        mail.pass(minutes{5});
        CHECK(mail.to("G0PAIR").empty());
    }
    SECTION("left alone") {
        mail.pass(minutes{5});
        REQUIRE(mail.to("G0PAIR").size() == 1);
        CHECK(mail.to("G0PAIR")[0].says("If we go quiet, who writes first?"));
        CHECK(std::count_if(mail.calls.begin(), mail.calls.end(),
                            [](auto &each) { return each.method == "pins.add"; }) == 1);
        CHECK(mail.calls.front().method == "conversations.open");
        o.on_file([&](storage::records &r) { CHECK(r.pairs.by_id(p.id)->channel == channel_id{"G0PAIR"}); });

        REQUIRE(mail.to("D0SAM").size() == 1);
        const auto hello = mail.to("D0SAM")[0];
        CHECK(hello.says("You joined it yourself."));
        CHECK(hello.says("What you promise: an answer within 3 days"));
        CHECK(hello.says("I write at most once a day and 3 times a week"));
        CHECK(hello.says("You may be one of several people your protégé turns to."));
        const auto shown = mail.shown(hello);
        CHECK(o.presses("sam", shown, "What do you store?").says("never for your partner"));
        const auto form = o.presses("sam", shown, "When may I write?");
        o.submits("sam", form, {{"hours", choice{"sunday-evening"}}});
        o.on_file([&](storage::records &r) {
            CHECK(r.people.by_slack(office::slack_of("sam"))->hours == "sunday-evening");
            CHECK(r.people.by_slack(office::slack_of("sam"))->greeted_at.has_value());
        });
        o.presses("sam", shown, "Not me");
        mail.until(at(3, 12));
        REQUIRE(mail.to("D0NOOR").size() == 1);
        CHECK(mail.to("D0NOOR")[0].says("says this is not for them"));
    }
}

TEST_CASE("we mostly talk elsewhere: from then on silence is no sign, until it is taken back") {
    office o;
    mail_round mail(o);
    o.on_file([&](storage::records &r) { plan_introduction(r, *r.pairs.by_id(o.pair), o.now); });
    mail.pass(minutes{2});
    REQUIRE(mail.to("G0PAIR").size() == 1);
    const auto shown = mail.shown(mail.to("G0PAIR")[0]);
    CHECK_FALSE(o.presses("sam", shown, "We mostly talk elsewhere").says("Noted"));
    const auto said = o.presses("ana", shown, "We mostly talk elsewhere");
    CHECK(said.says("Noted"));
    mail.writes("ana");
    o.on_file([&](storage::records &r) { CHECK(r.clocks.running_in("G0PAIR").empty()); });
    o.presses("ana", said, "Undo");
    mail.writes("ana");
    o.on_file([&](storage::records &r) { CHECK(r.clocks.running_in("G0PAIR").size() == 1); });
}
