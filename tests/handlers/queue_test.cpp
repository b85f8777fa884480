// The coordinator's quarter hour: one thing is one line, acts are kept as a kind and a day, nothing is
// concluded from a few, new pairs get a word, and the coming week is shown before it comes.
#include "handlers/announcing.hpp"
#include "handlers/forecast.hpp"
#include "handlers/helped.hpp"
#include "handlers/queue_acts.hpp"
#include "handlers/staff_contact.hpp"
#include "storage/coordinator_acts.hpp"
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

std::size_t times_said(const heard &h, const std::string &words) {
    return static_cast<std::size_t>(std::count_if(h.blocks.begin(), h.blocks.end(), [&](const auto &each) {
        return each.find(words) != std::string::npos;
    }));
}

// A first meeting is hoped for within 33 days of the pairing, which was 30 days ago.
struct not_met {
    office o;
    mail_round mail{o};
    program rules = starter_program();

    not_met() {
        rules.check_ins.reset();
        rules.first_meeting = first_meeting_rules{33, {}, {{-2, rung_act::nudge}, {2, rung_act::queue}}};
        o.here.rules.add(2, rules);
        o.on_file([&](storage::records &r) { r.pairs.look_by(o.pair, o.now); });
        mail.until(at(10, 12));
    }
};

std::vector<storage::coordinator_act> acts(office &o) {
    std::vector<storage::coordinator_act> out;
    o.on_file([&](storage::records &r) {
        out = r.open<storage::coordinator_acts>().since(program_slug{"starter"}, instant{});
    });
    return out;
}

} // namespace

TEST_CASE("the first meeting that a pair misses is one line, in the queue and in the message", "[queue]") {
    not_met n;
    std::size_t open = 0;
    n.o.on_file([&](storage::records &r) { open = r.attention.open(program_slug{"starter"}).size(); });
    REQUIRE(open == 2); // each side has its own
    const auto page = n.o.says("noor", "/program");
    CHECK(times_said(page, "No first meeting is on record") == 1);
    CHECK(page.says("1 of 1 pair needs you, about 5 minutes"));
    REQUIRE(n.mail.to("D0NOOR").size() == 1);
    CHECK(n.mail.to("D0NOOR")[0].says("One pair needs a person"));
    const auto told = n.mail.shown(n.mail.to("D0NOOR")[0]);
    SECTION("seen to from the message, both are") {
        const auto seen = n.o.presses("noor", told, "I'll see to it");
        n.o.on_file([&](storage::records &r) { CHECK(r.attention.open(program_slug{"starter"}).empty()); });
        n.mail.pass(days{3});
        CHECK(n.mail.to("D0NOOR").size() == 1);
        n.o.now = at(10, 12, 5);
    }
    SECTION("and taken back, both wait again") {
        const auto seen = n.o.presses("noor", told, "I'll see to it");
        n.o.presses("noor", seen, "Undo");
        n.o.on_file(
            [&](storage::records &r) { CHECK(r.attention.open(program_slug{"starter"}).size() == 2); });
        CHECK(acts(n.o).empty());
    }
    SECTION("they meet: it goes by itself") {
        n.o.says("ana", "/mentoring log video today 30m");
        n.mail.pass(minutes{5});
        n.o.on_file([&](storage::records &r) { CHECK(r.attention.open(program_slug{"starter"}).empty()); });
    }
}

TEST_CASE("what a coordinator did is kept as a kind and a moment, the newest word of it", "[queue]") {
    not_met n;
    SECTION("on the page") {
        const auto page = n.o.says("noor", "/program");
        const auto after = n.o.presses("noor", page, "I wrote");
        CHECK(after.says("none of them needs you"));
        REQUIRE(acts(n.o).size() == 1);
        CHECK(acts(n.o)[0].act == storage::act_kind::wrote);
        CHECK(acts(n.o)[0].cause == "first-meeting");
        CHECK(n.o.presses("noor", page, "We spoke").says("cleared already"));
    }
    SECTION("after the message") {
        const auto seen = n.o.presses("noor", n.mail.shown(n.mail.to("D0NOOR")[0]), "I'll see to it");
        CHECK(seen.says("What did you do?"));
        CHECK(n.o.presses("noor", seen, "We spoke").says("Noted"));
        REQUIRE(acts(n.o).size() == 1);
        CHECK(acts(n.o)[0].act == storage::act_kind::spoke);
        CHECK(n.o.presses("priya", seen, "We spoke").says("Nothing was saved"));
        CHECK(n.o.presses("zed", seen, "I wrote").says("Nothing was saved"));
    }
}

TEST_CASE("nothing is concluded from a few acts; from ten on it is counted, and causes are not claimed",
          "[queue]") {
    CHECK(what_came_of("messages", 3, 3).find("too few") != std::string::npos);
    CHECK(what_came_of("messages", 9, 9).find("too few") != std::string::npos);
    CHECK(what_came_of("messages", 12, 9) == "12 messages: in 9 the two were in touch within two weeks.");
    office o;
    CHECK(o.says("noor", "/program helped").says("Nothing is on record yet"));
    const auto priya = o.id_of("priya"), noor = o.id_of("noor");
    o.on_file([&](storage::records &r) {
        for (int i = 0; i < 12; ++i)
            r.open<storage::coordinator_acts>().add({r.ids.next(o.now),
                                                     program_slug{"starter"},
                                                     o.pair,
                                                     "reply",
                                                     std::to_string(i),
                                                     priya,
                                                     storage::act_kind::wrote,
                                                     noor,
                                                     o.now - days{20},
                                                     {}});
        r.open<storage::coordinator_acts>().add({r.ids.next(o.now),
                                                 program_slug{"starter"},
                                                 o.pair,
                                                 "reply",
                                                 "new",
                                                 priya,
                                                 storage::act_kind::spoke,
                                                 noor,
                                                 o.now - days{1},
                                                 {}});
    });
    o.says("ana", "/mentoring log call 2026-10-20");
    const auto said = o.says("noor", "/program helped");
    CHECK(said.says("12 messages: in 12 the two were in touch within two weeks."));
    CHECK(said.says("0 conversations so far: too few"));
    CHECK(said.says("1 more is not two weeks old"));
    CHECK(said.says("not why"));
    CHECK(o.says("ana", "/program helped").says("Nothing was saved"));
}

TEST_CASE("new pairs get a word on the policy's days and then monthly: one line a cohort", "[queue]") {
    CHECK(staff_days({{2, 14, 28}, true}, 130) == std::vector<int>{2, 14, 28, 60, 90, 120});
    CHECK(staff_days({{2, 14, 28}, false}, 130) == std::vector<int>{2, 14, 28});
    CHECK(staff_days({{}, true}, 130).empty());
    office o;
    auto rules = starter_program();
    rules.check_ins.reset();
    rules.attention.staff = {{2, 14, 28}, true};
    o.here.rules.add(2, rules);
    mail_round mail(o);
    o.says("noor", "/program pair @sam @mei");
    mail.until(at(4, 12));
    REQUIRE(mail.to("D0NOOR").size() == 1); // day 2, in the morning
    CHECK(mail.to("D0NOOR")[0].says("A short hello to the pair made on Mon 2 Nov, 2 days in."));
    CHECK(o.says("noor", "/program").says("A short hello to the pair made on Mon 2 Nov"));
    mail.until(at(16, 12));
    const auto page = o.says("noor", "/program");
    CHECK(page.says("2 weeks in"));
    CHECK_FALSE(page.says("2 days in")); // overtaken
    o.presses("noor", page, "We spoke");
    CHECK_FALSE(o.says("noor", "/program").says("2 weeks in"));
    mail.until(at(30, 12));
    CHECK(o.says("noor", "/program").says("4 weeks in"));
    o.says("noor", "/program end @sam @mei");
    CHECK_FALSE(o.says("noor", "/program").says("4 weeks in"));
}

TEST_CASE("who waits for whom, since when: dates only, the longest first, and not one's own pair",
          "[queue]") {
    office o;
    mail_round mail(o);
    CHECK(o.says("noor", "/program waiting").says("nobody waits for an answer"));
    mail.writes("ana");
    const auto said = o.says("noor", "/program waiting");
    CHECK(said.says("waits for <@U0PRIYA> since Mon 2 Nov"));
    CHECK(said.says("hoped for by"));
    o.says("priya", "/mentoring away until 2026-11-20");
    CHECK(o.says("noor", "/program waiting").says("Priya is away until Fri 20 Nov"));
    CHECK(o.says("priya", "/program waiting").says("Nothing was saved"));
}

TEST_CASE("a coordinator's reminder goes out once, in the next good hour, in Rapport's words", "[queue]") {
    office o;
    auto rules = starter_program();
    rules.check_ins.reset();
    o.here.rules.add(2, rules);
    mail_round mail(o);
    CHECK(o.says("noor", "/program remind @priya").says("Nothing is open"));
    mail.writes("ana");
    o.advance(hours{20}); // Tue 3 Nov, 6:00
    const auto said = o.says("noor", "/program remind @priya");
    CHECK(said.says("Priya is reminded on Tue 3 Nov 2026, 08:00"));
    SECTION("it goes out, and another so soon is refused") {
        mail.until(at(3, 12));
        REQUIRE(mail.to("D0PRIYA").size() == 1);
        CHECK(mail.to("D0PRIYA")[0].at == at(3, 8));
        CHECK_FALSE(mail.to("D0PRIYA")[0].says("Noor"));
        CHECK(o.says("noor", "/program remind @priya").says("Another so soon"));
    }
    SECTION("taken back") {
        o.presses("noor", said, "Undo");
        mail.until(at(3, 12));
        CHECK(mail.to("D0PRIYA").empty());
    }
    SECTION("answered meanwhile: nothing goes out") {
        mail.writes("priya");
        mail.until(at(3, 12));
        CHECK(mail.to("D0PRIYA").empty());
    }
    SECTION("for whom it cannot be") {
        CHECK(o.says("noor", "/program remind @noor").says("That is you"));
        CHECK(o.says("noor", "/program remind @nobody").says("Nothing was saved"));
        CHECK(o.says("ana", "/program remind @priya").says("Nothing was saved"));
    }
}

TEST_CASE("an announcement goes to whom it is for once the program's name is written, and can be taken back",
          "[queue]") {
    office o;
    mail_round mail(o);
    const auto form = o.says("noor", "/program announce");
    REQUIRE(form.form == announce_form);
    const fields holds{{"to", choice{"mentors"}},
                       {"words", std::string("The room is <!channel> open.")},
                       {"name", std::string("starter")}};
    SECTION("sent") {
        const auto said = o.submits("noor", form, holds);
        CHECK(said.says("On its way to 2 people"));
        mail.pass(minutes{5});
        REQUIRE(mail.to("D0PRIYA").size() == 1);
        CHECK(mail.to("D0PRIYA")[0].says("The room is &lt;!channel&gt; open."));
        CHECK(mail.to("D0SAM").size() == 1);
        CHECK(mail.to("D0ANA").empty());
        o.presses("noor", said, "Undo");
        mail.pass(minutes{5});
        CHECK(mail.updates("D0PRIYA").size() == 1);
    }
    SECTION("taken back within the minute") {
        const auto said = o.submits("noor", form, holds);
        o.presses("noor", said, "Undo");
        mail.pass(hours{1});
        CHECK(mail.to("D0PRIYA").empty());
    }
    SECTION("without the name, or words, nothing is sent") {
        auto wrong = holds;
        wrong.set("name", std::string("sloan"));
        CHECK(o.submits("noor", form, wrong).errors.count("name") == 1);
        wrong = holds;
        wrong.set("words", std::string(" \n "));
        CHECK(o.submits("noor", form, wrong).errors.count("words") == 1);
        wrong.set("words", std::string(40'000, 'x'));
        CHECK(o.submits("noor", form, wrong).errors.count("words") == 1);
        wrong = holds;
        wrong.set("to", choice{"nobody"});
        CHECK(o.submits("noor", form, wrong).errors.count("to") == 1);
        mail.pass(hours{1});
        CHECK(mail.to("D0PRIYA").empty());
    }
    SECTION("by nobody else") {
        CHECK(o.submits("priya", form, holds).raw.form_in_words.empty() ==
              o.submits("zed", form, holds).raw.form_in_words.empty());
        mail.pass(hours{1});
        CHECK(mail.to("D0PRIYA").empty());
    }
}

TEST_CASE("the coming week is shown before it comes, and comes as it was shown", "[queue]") {
    office o;
    auto rules = starter_program();
    rules.check_ins.reset();
    o.here.rules.add(2, rules);
    mail_round mail(o);
    mail.writes("ana");
    mail.deliver();
    const auto said = o.says("noor", "/program forecast");
    // day 3 on Thursday, day 5 moved to Monday by the weekend; day 7 is Monday, too
    CHECK(said.says("Thu 5 Nov: nothing for you; 1 reminder goes out by itself"));
    CHECK(o.says("ana", "/program forecast").says("Nothing was saved"));
    mail.writes("priya");
    CHECK(o.says("noor", "/program forecast").says("nothing comes up for you"));
}
