// Own and other objects: what somebody may do by a button, a form or a line depends on whose thing it is, and
// a denial is the same whether the thing is another's or never was.
#include "handlers/check_ins.hpp"
#include "handlers/coordinators_message.hpp"
#include "handlers/milestones.hpp"
#include "handlers/nudge_buttons.hpp"
#include "handlers/nudge_wording.hpp"
#include "handlers/program_page.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/twice.hpp"
#include "handlers/which_pair.hpp"
#include "tests/handlers/mail_round.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace rapport;
using namespace rapport::tests;

namespace {

// Sam and Mei are a second pair; Kim coordinates a second program and nothing else.
struct two_pairs {
    office o;
    pair_id other; // sam and mei
    program_slug second{"second"};
    int forged = 0;

    two_pairs() {
        auto rules = starter_program();
        rules.slug = second;
        rules.name = "Second";
        o.here.rules.add(1, rules);
        const auto sam = o.id_of("sam"), mei = o.id_of("mei");
        o.on_file([&](storage::records &r) {
            storage::pair p;
            p.id = other = r.ids.make<pair_id>(o.now);
            p.program = program_slug{"starter"};
            p.term = o.term;
            p.mentor = sam;
            p.protege = mei;
            p.began_at = o.now - days{20};
            r.pairs.add(p);
            r.programs.apply_policy(second, "second", o.now, std::nullopt);
            storage::person kim;
            kim.id = r.ids.make<person_id>(o.now);
            kim.slack = office::slack_of("kim");
            kim.name = "Kim";
            kim.created_at = o.now;
            r.people.save(kim);
            r.programs.appoint(second, kim.id, std::nullopt, o.now);
        });
        o.says("ana", "/mentoring"); // a request to take the shape of
    }
    // A press of a button that was made by hand, as anyone with a client of their own could.
    heard forges(const std::string &who, std::string_view action, const std::string &value) {
        button_pressed press;
        press.action = action;
        press.value = value;
        press.channel = channel_id{"C0LOBBY"};
        press.message_ts = "1793613600.000100";
        auto asked = o.last();
        asked.from = office::slack_of(who);
        asked.channel = channel_id{"C0LOBBY"};
        asked.key = "forged-" + std::to_string(++forged);
        asked.can_open_form = asked.can_reply_later = true;
        asked.what = std::move(press);
        return o.delivers(asked);
    }
    std::vector<storage::milestone> milestones(const pair_id &of) {
        std::vector<storage::milestone> all;
        o.on_file([&](storage::records &r) { all = r.milestones.of_pair(of); });
        return all;
    }
    void end(const pair_id &which) {
        o.on_file([&](storage::records &r) { r.pairs.end(which, std::nullopt, o.now); });
    }
};

std::string button_value(const heard &h, const std::string &label) {
    const auto it =
        std::find_if(h.buttons.begin(), h.buttons.end(), [&](auto &b) { return b.label == label; });
    REQUIRE(it != h.buttons.end());
    return it->value;
}

// Nothing of the pair's words or names is in what was heard.
bool leaks(const heard &h) {
    for (const auto *secret : {"résumé", "Draft", "Ana", "U0ANA", "Priya", "U0PRIYA"})
        if (h.says(secret))
            return true;
    return false;
}

} // namespace

TEST_CASE("a milestone is agreed to, or marked done, by its own two only; for others it was never there") {
    two_pairs t;
    t.o.says("ana", "/milestone add Draft résumé by 1 Dec", "G0PAIR");
    const auto own = button_value(t.o.says("ana", "/milestone", "G0PAIR"), "Done");
    REQUIRE(own.starts_with(t.o.pair.str()));
    for (const auto action : {milestone_agree, milestone_done}) {
        const auto never =
            t.forges("sam", action, "01ARZ3NDEKTSV4RRFFQ69G5FAV" + own.substr(t.o.pair.str().size()));
        const auto others = t.forges("sam", action, own);
        CHECK(others.text == never.text); // not told apart
        CHECK_FALSE(leaks(others));
        for (const auto *who : {"mei", "noor", "zed", "olive", "kim"})
            CHECK_FALSE(leaks(t.forges(who, action, own)));
    }
    REQUIRE(t.milestones(t.o.pair).size() == 1);
    CHECK(t.milestones(t.o.pair)[0].state == milestone_state::open);
    CHECK_FALSE(t.milestones(t.o.pair)[0].agreed_by);
    CHECK(t.milestones(t.other).empty());
}

TEST_CASE("an undo is its own person's only, and says of another's as of one that never was") {
    two_pairs t;
    const auto added = t.o.says("ana", "/milestone add Draft résumé by 1 Dec", "G0PAIR");
    const auto offer = button_value(added, "Undo");
    const auto never = t.forges("priya", undo_action, "01ARZ3NDEKTSV4RRFFQ69G5FAV");
    for (const auto *who : {"priya", "sam", "noor", "olive", "zed", "kim"}) {
        CAPTURE(who);
        const auto refused = t.forges(who, undo_action, offer);
        CHECK(refused.says("Nothing was saved"));
        CHECK_FALSE(leaks(refused));
    }
    CHECK(t.forges("priya", undo_action, offer).text == never.text);
    REQUIRE(t.milestones(t.o.pair).size() == 1);
    CHECK(t.milestones(t.o.pair)[0].state == milestone_state::open);
    CHECK(t.forges("ana", undo_action, offer).says("Taken back"));
}

TEST_CASE("an undo whose pair has ended meanwhile changes nothing of it") {
    two_pairs t;
    const auto added = t.o.says("ana", "/milestone add Draft résumé by 1 Dec", "G0PAIR");
    t.end(t.o.pair);
    const auto late = t.forges("ana", undo_action, button_value(added, "Undo"));
    CHECK_FALSE(late.text.empty());
}

TEST_CASE("a carried line runs for the pairs of whoever presses, and for no other") {
    two_pairs t;
    const auto line = "sure " + t.o.pair.str() + " milestone add Planted title by 1 Dec";
    for (const auto action : {again_yes, pair_chosen})
        for (const auto *who : {"sam", "mei", "noor", "olive", "zed", "kim"}) {
            CAPTURE(who);
            CHECK(t.forges(who, action, line).says("Nothing was saved"));
        }
    CHECK(t.milestones(t.o.pair).empty());
    CHECK(t.milestones(t.other).empty());
    for (const auto *who : {"ana", "sam", "zed"})
        CHECK(t.forges(who, again_yes, "sure - program pair <@U0PRIYA|priya> <@U0MEI|mei>")
                  .says("Nothing was saved"));
    std::vector<storage::pair> all;
    t.o.on_file([&](storage::records &r) { all = r.pairs.of_term(t.o.term); });
    CHECK(all.size() == 2);
}

TEST_CASE("a line of a message of the day answers its own person only") {
    two_pairs t;
    mail_round mail(t.o);
    mail.writes("ana");
    mail.pass(days{3} + hours{2});
    REQUIRE(mail.to("D0PRIYA").size() == 1);
    const auto shown = mail.shown(mail.to("D0PRIYA")[0]);
    const auto id = button_value(shown, "I replied elsewhere");
    for (const auto action : {nudge_action::elsewhere, nudge_action::no_reply, nudge_action::not_mine,
                              nudge_action::tomorrow, nudge_action::log, nudge_action::check_in,
                              nudge_action::done, nudge_action::help, nudge_action::why}) {
        CAPTURE(action);
        const auto never = t.forges("sam", action, "01ARZ3NDEKTSV4RRFFQ69G5FAV");
        for (const auto *who : {"ana", "sam", "noor", "olive", "zed", "kim"}) {
            CAPTURE(who);
            const auto refused = t.forges(who, action, id);
            CHECK(refused.says("Nothing was saved"));
            CHECK_FALSE(refused.says("waiting"));
            CHECK(refused.form.empty());
        }
        CHECK(t.forges("sam", action, id).text == never.text);
    }
    t.o.on_file([&](storage::records &r) { CHECK(r.clocks.running_in("G0PAIR").size() == 1); });
}

TEST_CASE("another program's coordinator sees and clears nothing of this one") {
    two_pairs t;
    mail_round mail(t.o);
    mail.writes("ana");
    mail.pass(days{8});
    const auto page = t.o.says("noor", "/program");
    CHECK(page.says("Ana"));
    const auto value = button_value(page, "Seen to it");
    const auto own = t.o.says("kim", "/program");
    CHECK_FALSE(leaks(own));
    for (const auto *who : {"kim", "ana", "priya", "sam", "zed"}) {
        CAPTURE(who);
        CHECK(t.forges(who, queue_line_seen, value).says("Nothing was saved"));
    }
    CHECK(t.forges("kim", queue_line_seen, value).text ==
          t.forges("kim", queue_line_seen, "01ARZ3NDEKTSV4RRFFQ69G5FAV reply 1.2 01ARZ").text);
    t.o.on_file([&](storage::records &r) { CHECK_FALSE(r.attention.open(program_slug{"starter"}).empty()); });
}

TEST_CASE("another program's coordinator enrols, pairs, ends and appoints nobody here") {
    two_pairs t;
    for (const auto *line :
         {"/program people starter", "/program enrol @zed mentor starter", "/program pair @sam @ana starter",
          "/program end @priya @ana starter", "/program appoint @sam starter", "/program end @priya @ana"}) {
        CAPTURE(line);
        const auto refused = t.o.says("kim", line);
        CHECK(refused.says("Nothing was saved"));
        CHECK_FALSE(refused.says("U0MEI"));
    }
    std::vector<storage::pair> all;
    t.o.on_file([&](storage::records &r) { all = r.pairs.of_term(t.o.term); });
    CHECK(std::count_if(all.begin(), all.end(), [](auto &p) { return p.state == pair_state::open; }) == 2);
}

TEST_CASE("of an ended pair nothing is recorded by old buttons and forms, and nothing leaks to strangers") {
    two_pairs t;
    t.o.says("ana", "/milestone add Draft résumé by 1 Dec", "G0PAIR");
    const auto form = t.o.says("ana", "/checkin", "G0PAIR");
    REQUIRE(form.form == check_in_form);
    const auto own = button_value(t.o.says("ana", "/milestone", "G0PAIR"), "Done");
    t.end(t.o.pair);
    CHECK(t.forges("priya", milestone_agree, own).says("Nothing was saved"));
    CHECK(t.forges("priya", milestone_done, own).says("Nothing was saved"));
    CHECK(t.forges("ana", check_in_button, t.o.pair.str()).says("Nothing was saved"));
    const auto late = t.o.submits("ana", form, {{"note", std::string("too late")}});
    t.o.on_file([&](storage::records &r) {
        CHECK(r.check_ins.history(t.o.pair, side::protege, 5).empty());
        CHECK(r.milestones.of_pair(t.o.pair)[0].state == milestone_state::open);
    });
    for (const auto *who : {"sam", "zed", "kim"})
        CHECK_FALSE(leaks(t.forges(who, milestone_agree, own)));
}

TEST_CASE("a check-in form is filed for one's own pair only, whatever its metadata says") {
    two_pairs t;
    const auto form = t.o.says("ana", "/checkin", "G0PAIR");
    REQUIRE(form.form == check_in_form);
    for (const auto *who : {"sam", "noor", "zed", "olive", "kim"}) {
        CAPTURE(who);
        t.o.submits(who, form, {{"note", std::string("planted")}});
    }
    t.o.on_file([&](storage::records &r) {
        for (const auto by : {side::mentor, side::protege})
            for (const auto &pair : {t.o.pair, t.other})
                CHECK(r.check_ins.history(pair, by, 5).empty());
    });
}

TEST_CASE("values that no button of ours carries are answered politely, and change nothing") {
    two_pairs t;
    const std::string long_one(2000, 'x');
    for (const auto &row : the_tables().buttons)
        for (const auto &value : {std::string(), std::string(" "), std::string("|"), std::string("null"),
                                  long_one, std::string("' OR 1=1 --"), std::string("../../etc"),
                                  std::string("1 2 3 4 5 6"), std::string("sure"), std::string("ask - "),
                                  std::string("-1"), std::string("99999999999999999999"), t.o.pair.str(),
                                  t.o.pair.str() + " 99999999999999999999", t.o.pair.str() + " -1"})
            for (const auto *who : {"zed", "sam"}) {
                CAPTURE(row.action, value.substr(0, 40), who);
                const auto heard = t.forges(who, row.action, value);
                CHECK_FALSE(leaks(heard));
            }
    CHECK(t.milestones(t.o.pair).empty());
    t.o.on_file([&](storage::records &r) {
        CHECK(r.pairs.by_id(t.o.pair)->state == pair_state::open);
        CHECK_FALSE(r.pairs.by_id(t.o.pair)->talks_elsewhere);
    });
}
