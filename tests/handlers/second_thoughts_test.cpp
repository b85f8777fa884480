// Taking back what brings in a person: a call for help, "Not me", "I'll see to it"; and what "Not me" does to
// reminders until somebody has looked into it.
#include "handlers/coordinators_message.hpp"
#include "handlers/introductions.hpp"
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
    heard asks_for_help() {
        const auto more = std::find_if(line.buttons.begin(), line.buttons.end(),
                                       [](auto &b) { return b.label == "Need help"; });
        REQUIRE(more != line.buttons.end());
        return o.presses("priya", line, "Need help", choice{more->value});
    }
    std::size_t open_lines() {
        std::size_t n = 0;
        o.on_file([&](storage::records &r) { n = r.attention.open(program_slug{"starter"}).size(); });
        return n;
    }
};

// The first words Ana got, with the buttons under them.
heard greeted(office &o, mail_round &mail, const std::string &who) {
    const auto id = o.id_of(who);
    o.on_file([&](storage::records &r) { plan_greeting(r, id, program_slug{"starter"}, o.now); });
    mail.pass(minutes{2});
    std::string channel = "D0" + who;
    std::transform(channel.begin(), channel.end(), channel.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    REQUIRE(mail.to(channel).size() == 1);
    return mail.shown(mail.to(channel)[0]);
}

} // namespace

TEST_CASE("a call for help can be taken back: the ladder goes on and the coordinator's line is gone") {
    reminded r;
    const auto asked = r.asks_for_help();
    CHECK(r.open_lines() == 1);
    CHECK(r.o.presses("priya", asked, "Undo").says("Taken back"));
    CHECK(r.open_lines() == 0);
    r.mail.until(at(8, 12)); // Saturday and Sunday are quiet; day five
    r.mail.until(at(9, 12));
    CHECK(r.mail.to("D0PRIYA").size() == 2);
    for (const auto &each : r.mail.to("D0NOOR"))
        CHECK_FALSE(each.says("asked for your help"));
}

TEST_CASE("asked for again after it was taken back, help is asked for anew") {
    reminded r;
    r.o.presses("priya", r.asks_for_help(), "Undo");
    r.asks_for_help();
    CHECK(r.open_lines() == 1);
    r.mail.until(at(6, 12));
    REQUIRE_FALSE(r.mail.to("D0NOOR").empty());
    CHECK(r.mail.to("D0NOOR").back().says("Priya asked for your help"));
}

TEST_CASE("a call for help that a coordinator has seen to is not taken back") {
    reminded r;
    const auto asked = r.asks_for_help();
    const auto noor = r.o.id_of("noor");
    r.o.on_file([&](storage::records &rec) {
        const auto line = rec.attention.open(program_slug{"starter"}).at(0);
        rec.attention.clear(line.pair, line.kind, line.occasion, line.person, noor, r.o.now);
    });
    CHECK(r.o.presses("priya", asked, "Undo").says("seen to it already"));
}

TEST_CASE("what a coordinator said to see to goes back on the list of everybody who was told") {
    reminded r;
    r.asks_for_help();
    r.mail.until(at(6, 12));
    const auto list = r.mail.shown(r.mail.to("D0NOOR").at(0));
    const auto seen = r.o.presses("noor", list, "I'll see to it");
    CHECK(r.open_lines() == 0);
    r.mail.deliver();
    CHECK(r.mail.updates("D0NOOR").back().says("Settled."));
    CHECK(r.o.presses("noor", seen, "Undo").says("on the list again"));
    CHECK(r.open_lines() == 1);
    r.mail.deliver();
    CHECK_FALSE(r.mail.updates("D0NOOR").back().says("Settled."));
    CHECK(r.o.presses("noor", seen, "Undo").says("taken back already"));
}

TEST_CASE("whoever says \"Not me\" is reminded of nothing until a coordinator has seen to it") {
    office o;
    mail_round mail(o);
    const auto hello = greeted(o, mail, "priya");
    CHECK(o.presses("priya", hello, "Not me").says("nothing of it reminds you"));
    CHECK(o.presses("priya", hello, "Not me").says("They know already"));
    mail.writes("ana");
    mail.calls.clear();
    mail.until(at(16, 12)); // two weeks: days three, five and seven have passed
    CHECK(mail.to("D0PRIYA").empty());
    REQUIRE_FALSE(mail.to("D0NOOR").empty());
    CHECK(mail.to("D0NOOR")[0].says("is not reminded until you have seen to it"));

    o.presses("noor", mail.shown(mail.to("D0NOOR")[0]), "I'll see to it");
    mail.calls.clear();
    mail.until(at(18, 12));
    CHECK(mail.to("D0PRIYA").size() == 1); // the newest rung, once
}

TEST_CASE("\"Not me\" can be taken back, and then reminds as before; said again, it is heard again") {
    office o;
    mail_round mail(o);
    const auto hello = greeted(o, mail, "priya");
    const auto said = o.presses("priya", hello, "Not me");
    CHECK(o.presses("priya", said, "Undo").says("as before"));
    mail.writes("ana");
    mail.calls.clear();
    mail.until(at(5, 12));
    CHECK(mail.to("D0PRIYA").size() == 1);
    CHECK(o.presses("priya", hello, "Not me").says("nothing of it reminds you"));
}

TEST_CASE("the partner of one who said \"Not me\" is reminded as ever") {
    office o;
    mail_round mail(o);
    o.presses("ana", greeted(o, mail, "ana"), "Not me");
    mail.writes("ana");
    mail.calls.clear();
    mail.until(at(5, 12));
    CHECK(mail.to("D0PRIYA").size() == 1);
}

TEST_CASE("a coordinator clears \"Not me\" from the program's page too, which names no pair") {
    office o;
    mail_round mail(o);
    o.presses("priya", greeted(o, mail, "priya"), "Not me");
    const auto page = o.says("noor", "/program");
    CHECK(page.says("says this is not for them"));
    CHECK_FALSE(o.presses("noor", page, "Seen to it").says("Nothing was saved"));
    CHECK_FALSE(o.says("noor", "/program").says("says this is not for them"));
}
