// Why a message came: each kind that can be sent has a reason and a button that says it, to its own people
// only; reactions as answers, and "I'm stuck" that names nobody.
#include "handlers/coordinators_message.hpp"
#include "handlers/intents.hpp"
#include "handlers/reasons.hpp"
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

bool offers(const std::vector<shown_button> &all, const std::string &label) {
    return std::any_of(all.begin(), all.end(), [&](const auto &each) { return each.label == label; });
}

} // namespace

TEST_CASE("every kind of message that can be sent has its reason: the rule, and how it stops", "[why]") {
    for (const auto &each : all_intents()) {
        INFO("add a row to handlers/reasons.cpp: " << each.kind);
        const auto *why = reason_of(each.kind);
        REQUIRE((why != nullptr || keeps_its_reason(each.kind)));
        if (why) {
            CHECK(why->rule.ends_with('.'));
            CHECK(why->stop.ends_with('.'));
        }
    }
}

TEST_CASE("every message sent by itself has Why this under it, and it is answered to its own people alone",
          "[why]") {
    office o;
    mail_round mail(o);
    o.says("ana", "/milestone add Draft a plan by 2026-11-30", "G0PAIR");
    o.says("noor", "/program enrol @zed mentor");
    o.happens("zed", person_described{office::slack_of("zed"), "Zed", "Europe/London", "", false, false,
                                      false, false});
    o.says("noor", "/program enrol @zed mentor");
    mail.writes("ana");
    mail.until(at(12, 12));
    std::size_t asked = 0;
    for (const auto &each : mail.calls) {
        if (each.method != "chat.postMessage")
            continue;
        INFO(each.channel << ": " << each.text);
        CHECK(offers(each.buttons, "Why this?"));
        ++asked;
    }
    CHECK(asked >= 5);
    const auto notice = mail.shown(mail.to("G0PAIR").at(0));
    const auto said = o.presses("priya", notice, "Why this?");
    CHECK(said.says("A milestone is both of yours"));
    CHECK(said.says("Ana set it off on"));
    for (const auto *stranger : {"sam", "zed", "olive"})
        CHECK(o.presses(stranger, notice, "Why this?").says("Nothing was saved"));
}

TEST_CASE("why shows what came lately, the rule of each, and how to have less of it", "[why]") {
    office o;
    mail_round mail(o);
    CHECK(o.says("priya", "/mentoring why").says("I have not written to you unasked of late"));
    mail.writes("ana");
    mail.until(at(5, 12));
    const auto said = o.says("priya", "/mentoring why");
    CHECK(said.says("Starter hopes for an answer within 3 days."));
    CHECK(said.says("I saw who wrote and when, never what."));
    CHECK(said.says("/mentoring settings"));
    CHECK(o.says("zed", "/mentoring why").says("know nothing of you"));
}

TEST_CASE("a reaction is an answer where the policy says so, and nowhere else", "[reactions]") {
    const bool counts = GENERATE(true, false);
    office o;
    auto rules = starter_program();
    rules.replies.reactions_answer = counts;
    o.here.rules.add(2, rules);
    mail_round mail(o);
    const auto ts = mail.writes("ana");
    o.advance(hours{2});
    o.happens("sam", reaction_changed{true, "eyes", ts}, "G0PAIR");      // a stranger to the pair
    o.happens("ana", reaction_changed{true, "eyes", ts}, "G0PAIR");      // the one who waits
    o.happens("priya", reaction_changed{true, "eyes", "1.2"}, "G0PAIR"); // another message
    o.on_file([&](storage::records &r) { CHECK(r.clocks.running_in("G0PAIR").size() == 1); });
    o.happens("priya", reaction_changed{true, "thumbsup", ts}, "G0PAIR");
    o.on_file([&](storage::records &r) { CHECK(r.clocks.running_in("G0PAIR").empty() == counts); });
    mail.until(at(6, 12));
    CHECK(mail.to("D0PRIYA").size() == (counts ? 0U : 1U));
}

TEST_CASE("a reaction answers what came up to its message: a later one waits on", "[reactions]") {
    office o;
    auto rules = starter_program();
    rules.replies.reactions_answer = true;
    o.here.rules.add(2, rules);
    mail_round mail(o);
    const auto first = mail.writes("ana");
    mail.until(at(3, 10));
    const auto second = mail.writes("ana");
    o.happens("priya", reaction_changed{true, "tada", first}, "G0PAIR");
    o.on_file([&](storage::records &r) {
        const auto clocks = r.clocks.running_in("G0PAIR");
        REQUIRE(clocks.size() == 1);
        CHECK(clocks[0].occasion == second);
    });
    o.happens("priya", reaction_changed{true, "tada", second}, "G0PAIR");
    o.happens("priya", reaction_changed{false, "tada", second}, "G0PAIR"); // taken back: answered it stays
    o.on_file([&](storage::records &r) { CHECK(r.clocks.running_in("G0PAIR").empty()); });
}

TEST_CASE("an ask waits for words: a reaction does not answer it", "[reactions]") {
    office o;
    auto rules = starter_program();
    rules.replies.reactions_answer = true;
    o.here.rules.add(2, rules);
    o.on_file([&](storage::records &r) {
        say_waiting(r, o.here.rules, *r.pairs.by_id(o.pair), r.people.by_slack(office::slack_of("ana"))->id,
                    o.now, medium::email, o.now);
    });
    o.happens("priya", reaction_changed{true, "eyes", "1793613600.000200"}, "G0PAIR");
    o.on_file([&](storage::records &r) { CHECK(r.clocks.running_of_pair(o.pair).size() == 1); });
}

TEST_CASE("who is stuck is heard by who runs the program, and nobody else is named", "[stuck]") {
    office o;
    mail_round mail(o);
    const auto said = o.says("ana", "/mentoring stuck");
    CHECK(said.says("Noor will hear that a word would help you"));
    CHECK(o.says("ana", "/mentoring stuck").says("They know already"));
    SECTION("the line names its author alone") {
        mail.pass(days{1});
        REQUIRE(mail.to("D0NOOR").size() == 1);
        CHECK(mail.to("D0NOOR")[0].says("Ana would be glad of a word"));
        CHECK_FALSE(mail.to("D0NOOR")[0].says("Priya"));
        CHECK(mail.to("D0PRIYA").empty());
        const auto page = o.says("noor", "/program");
        CHECK(page.says("They named nobody"));
        o.presses("noor", page, "We spoke");
        CHECK_FALSE(o.says("noor", "/program").says("They named nobody"));
        CHECK(o.says("ana", "/mentoring stuck").says("will hear")); // again, later
    }
    SECTION("taken back") {
        o.presses("ana", said, "Undo");
        mail.pass(days{1});
        CHECK(mail.to("D0NOOR").empty());
    }
}

TEST_CASE("a coordinator who is in a pair with them does not hear of it; an owner does", "[stuck]") {
    office o;
    mail_round mail(o);
    o.on_file([&](storage::records &r) { // Noor mentors Ana, too
        storage::pair pair;
        pair.id = r.ids.make<pair_id>(o.now);
        pair.program = program_slug{"starter"};
        pair.term = o.term;
        pair.mentor = r.people.by_slack(office::slack_of("noor"))->id;
        pair.protege = r.people.by_slack(office::slack_of("ana"))->id;
        pair.began_at = o.now;
        r.pairs.add(pair);
    });
    o.says("ana", "/mentoring stuck");
    mail.pass(days{1});
    for (const auto &each : mail.to("D0NOOR"))
        CHECK_FALSE(each.says("glad of a word"));
    CHECK_FALSE(o.says("noor", "/program").says("glad of a word"));
    CHECK(mail.to("D0OLIVE").size() == 1);
}
