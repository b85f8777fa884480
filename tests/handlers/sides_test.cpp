// Sides that are no account of the workspace: people known by an address only, sites, teams; and channels
// whose members come in by and by.
#include "handlers/channel_enrolment.hpp"
#include "handlers/recording.hpp"
#include "handlers/sites.hpp"
#include "storage/joining.hpp"
#include "tests/handlers/mail_round.hpp"
#include "tests/support/office.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace rapport;
using rapport::tests::heard;
using rapport::tests::office;

namespace {

bool four_parts(const heard &h) {
    return h.says("Nothing was saved");
}

void puts_in_force(office &o, program p) {
    policies rules;
    rules.add(2, std::move(p));
    o.here.rules = std::move(rules);
}

person_id by_address(office &o, const std::string &address) {
    person_id id;
    o.on_file([&](storage::records &r) {
        if (const auto who = r.people.by_email(address))
            id = who->id;
    });
    return id;
}

// Kim is known by an address only, and in a pair with Sam, who mentors.
office with_kim() {
    office o;
    o.says("noor", "/program enrol kim@example.org protege");
    o.says("noor", "/program pair @sam kim@example.org");
    return o;
}

request channel_command(office &o, const std::string &words, std::vector<slack_id> members,
                        std::string unlisted = "") {
    static int n = 0;
    request asked{team_id{"T0TEST"}, office::slack_of("noor")};
    asked.at = o.now;
    asked.key = "channel" + std::to_string(++n);
    asked.can_open_form = asked.can_reply_later = true;
    asked.what = command_typed{"/program", words, std::move(members), std::move(unlisted)};
    return asked;
}

person_described described(const std::string &slack) {
    person_described one;
    one.who = slack_id{slack};
    one.name = slack;
    one.zone = "Europe/London";
    return one;
}

} // namespace

TEST_CASE("somebody known by an address only is on record and in a pair; nothing is sent to them",
          "[rule-62]") {
    office o;
    auto h = o.says("noor", "/program enrol kim@example.org protege");
    CHECK(h.says("known by address only: nothing is sent to them"));
    CHECK(o.says("noor", "/program people").says("kim@example.org: protégé, in no pair"));
    h = o.says("noor", "/program pair @sam kim@example.org");
    CHECK(h.says("are a pair"));
    CHECK(h.says("I open no conversation"));
    tests::mail_round mail(o);
    mail.pass(days{40});
    for (const auto &one : mail.calls) {
        INFO(one.body);
        CHECK(one.body.find("kim") == std::string::npos);
    }
    CHECK(o.says("sam", "/mentoring").says("kim@example.org"));
    CHECK(four_parts(o.says("noor", "/program pair @sam lou@example.org")));
    CHECK(four_parts(o.says("noor", "/program enrol nonsense protege")));
}

TEST_CASE("what is owed by somebody without an account is nudged at nobody, and reaches the coordinators",
          "[rule-62]") {
    office o;
    auto p = tests::starter_program();
    p.check_ins->steps = {{-2, rung_act::nudge}, {2, rung_act::softer}, {7, rung_act::queue}};
    puts_in_force(o, p);
    o.says("noor", "/program enrol kim@example.org protege");
    o.says("noor", "/program pair @sam kim@example.org");
    const auto kim = by_address(o, "kim@example.org");
    tests::mail_round mail(o);
    mail.pass(days{45});
    bool raised = false;
    o.on_file([&](storage::records &r) {
        for (const auto &line : r.attention.open(program_slug{"starter"}))
            raised = raised || line.person == kim;
    });
    CHECK(raised);
    CHECK(mail.rows("nudge.check-in", "withdrawn") == 0); // none was ever planned for Kim in vain
}

TEST_CASE("their partner records what they told, marked as such", "[rule-62]") {
    auto o = with_kim();
    const auto offer = o.says("sam", "/mentoring record");
    CHECK(offer.says("marked as recorded by you"));
    auto form = o.presses("sam", offer, "Contact");
    fields call;
    call.set("how", choice{"call"});
    call.set("day", day{date::year{2026} / 11 / 2});
    call.set("started", choice{"whose"});
    call.set("minutes", std::string("25"));
    auto h = o.submits("sam", form, call);
    CHECK(h.says("marked as recorded by you"));
    const auto kim = by_address(o, "kim@example.org");
    pair_id pair;
    o.on_file([&](storage::records &r) {
        pair = r.pairs.open_of_person(kim).at(0).id;
        const auto all = r.contacts.latest(pair, 9);
        REQUIRE(all.size() == 1);
        CHECK(all[0].started_by == kim);
        CHECK(recorded_by(r, pair, storage::recorded_what::contact, all[0].id) == ", recorded by Sam");
    });
    o.presses("sam", h, "Undo");
    o.on_file([&](storage::records &r) { CHECK(r.contacts.latest(pair, 9).empty()); });

    fields milestone;
    milestone.set("title", std::string("First <!channel> draft"));
    h = o.submits("sam", o.presses("sam", offer, "Milestone"), milestone);
    CHECK(h.says("First &lt;!channel&gt; draft"));
    CHECK(o.says("sam", "/milestone").says("recorded by Sam"));

    fields check_in;
    check_in.set("note", std::string("They say it goes well."));
    h = o.submits("sam", o.presses("sam", offer, "Check-in"), check_in);
    INFO(h.text);
    CHECK(h.says("The November check-in of kim is recorded"));
    o.on_file([&](storage::records &r) {
        const auto filed = r.check_ins.standing(pair, side::protege, "2026-11");
        REQUIRE(filed);
        CHECK(recorded_by(r, pair, storage::recorded_what::check_in, "2026-11 1") == ", recorded by Sam");
    });
}

TEST_CASE("a coordinator records for them too; strangers do not, and faulty forms say what is wrong",
          "[rule-62]") {
    auto o = with_kim();
    const auto offer = o.says("noor", "/program record kim@example.org");
    fields call;
    call.set("how", choice{"email"});
    call.set("day", day{date::year{2026} / 12 / 24});
    const auto form = o.presses("noor", offer, "Contact");
    CHECK(o.submits("noor", form, call).errors.count("day") == 1);
    call.set("day", day{date::year{2026} / 9 / 1});
    CHECK(o.submits("noor", form, call).errors.count("day") == 1);
    call.set("day", day{date::year{2026} / 11 / 2});
    call.set("minutes", std::string("many"));
    CHECK(o.submits("noor", form, call).errors.count("minutes") == 1);
    CHECK(four_parts(o.presses("ana", offer, "Contact")));
    CHECK(four_parts(o.submits("ana", form, call)));
    CHECK(four_parts(o.says("noor", "/program record @mei")));
    CHECK(four_parts(o.says("ana", "/mentoring record")));
}

TEST_CASE("who joins later with the same address is recognised: greeted, and the pair gets its conversation",
          "[rule-62]") {
    auto o = with_kim();
    tests::mail_round mail(o);
    mail.pass(hours{2});
    CHECK(mail.to("D0KIM").empty());
    auto joined = described("U0KIM");
    joined.email = "Kim@Example.org";
    o.happens("kim", joined);
    CHECK(o.id_of("kim") == by_address(o, "kim@example.org"));
    mail.pass(hours{2});
    CHECK(mail.to("D0KIM").size() >= 1);
    CHECK(std::any_of(mail.calls.begin(), mail.calls.end(), [](const auto &one) {
        return one.method == "conversations.open" && one.body.find("U0KIM") != std::string::npos &&
               one.body.find("U0SAM") != std::string::npos;
    }));
    CHECK(o.says("kim", "/mentoring").says("Sam"));
    CHECK(four_parts(o.says("sam", "/mentoring record")));
}

TEST_CASE("an address that is somebody else's account is never taken over", "[rule-62]") {
    office o;
    auto one = described("U0KIM");
    one.email = "kim@example.org";
    o.happens("kim", one);
    o.on_file([&](storage::records &r) {
        auto who = *r.people.by_slack(slack_id{"U0KIM"});
        who.email = "kim@example.org";
        r.people.save(who);
    });
    auto other = described("U0EVE");
    other.email = "kim@example.org";
    o.happens("eve", other);
    CHECK(o.id_of("eve") != o.id_of("kim"));
}

TEST_CASE("a channel is enrolled after a look at the counts and the program's name", "[rule-4]") {
    office o;
    o.happens("kim", described("U0KIM"));
    const std::vector<slack_id> members{office::slack_of("kim"), office::slack_of("mei"), slack_id{"U0NEW"},
                                        slack_id{"U0BOT"}};
    const auto form = o.delivers(channel_command(o, "enrol <#C0ALL|all> protege", members));
    CHECK(form.form == listed_form);
    CHECK(form.says("3 people as protégé in *Starter*."));
    CHECK(form.says("2 of them I do not know yet"));
    CHECK(form.says("1 are in it already"));
    fields name;
    name.set("name", std::string("other"));
    CHECK(o.submits("noor", form, name).errors.count("name") == 1);
    name.set("name", std::string("starter"));
    const auto h = o.submits("noor", form, name);
    CHECK(h.says("1 person enrolled as protégé in Starter. I am asking the workspace about 2 more"));
    CHECK(four_parts(o.submits("noor", form, name)));

    // the workspace answers for the others, one by one
    std::vector<std::string> asked;
    o.on_file([&](storage::records &r) {
        while (const auto next = storage::next_to_ask(r.db, o.now))
            asked.push_back(next->slack->str());
    });
    CHECK(asked == std::vector<std::string>{"U0BOT", "U0NEW"});
    o.happens("new", described("U0NEW"));
    auto bot = described("U0BOT");
    bot.bot = true;
    o.happens("bot", bot);
    CHECK(o.says("noor", "/program people").says("<@U0NEW>: protégé, in no pair"));
    CHECK_FALSE(o.says("noor", "/program people").says("U0BOT"));

    o.presses("noor", h, "Undo");
    CHECK_FALSE(o.says("noor", "/program people").says("U0NEW"));
    CHECK_FALSE(o.says("noor", "/program people").says("U0KIM"));
    CHECK(o.says("noor", "/program people").says("U0MEI"));
}

TEST_CASE("a channel that cannot be read, is empty or is left alone changes nothing", "[rule-4]") {
    office o;
    auto h = o.delivers(channel_command(o, "enrol <#C0ALL|all> mentor", {}, "not_in_channel"));
    CHECK(four_parts(h));
    CHECK(h.says("/invite"));
    CHECK(four_parts(o.delivers(channel_command(o, "enrol <#C0ALL|all> mentor", {}, "ratelimited"))));
    CHECK(four_parts(o.delivers(channel_command(o, "enrol <#C0ALL|all> mentor", {}))));
    CHECK(o.delivers(channel_command(o, "enrol <#C0ALL|all> mentor", {office::slack_of("sam")}))
              .says("Nothing changed"));
    const auto form = o.delivers(channel_command(o, "enrol <#C0ALL|all> protege", {slack_id{"U0NEW"}}));
    o.happens("noor", form_closed{form.form, form.metadata});
    fields name;
    name.set("name", std::string("starter"));
    CHECK(four_parts(o.submits("noor", form, name)));
}

TEST_CASE("the protégé side may be a site: no pupil is on record, sessions are date, minutes and heads",
          "[rule-59][rule-60]") {
    office o;
    auto p = tests::starter_program();
    p.entry.proteges_are = protege_side::sites;
    p.entry.proteges = entry_way::application;
    p.entry.gates = {{role::mentor, gate_kind::background_check, 12, ""}};
    puts_in_force(o, p);
    CHECK(four_parts(o.says("noor", "/program enrol @zed protege")));
    CHECK(o.says("mei", "/mentoring apply protege").says("places such as schools, never single people"));
    CHECK(o.says("noor", "/program site add Lincoln School").says("no pupil is ever on record"));
    CHECK(o.says("noor", "/program site add lincoln school").says("a site already"));
    auto h = o.says("sam", "/mentoring session 12 45m");
    CHECK(four_parts(h)); // tutors are gated
    CHECK(h.says("waiting for check"));
    o.says("noor", "/program clear @sam check");
    h = o.says("sam", "/mentoring session 12 yesterday 45m");
    CHECK(h.says("Logged: tutoring at Lincoln School on Sun 1 Nov 2026, 45 minutes, 12 pupils."));
    const auto form = o.says("sam", "/mentoring session");
    fields holds;
    holds.set("site", choice{"not a site"});
    CHECK(o.submits("sam", form, holds).errors.count("site") == 1);
    std::string site;
    o.on_file(
        [&](storage::records &r) { site = r.open<storage::sites>().of(program_slug{"starter"}).at(0).id; });
    holds.set("site", choice{site});
    holds.set("day", day{date::year{2026} / 11 / 2});
    holds.set("minutes", std::string("0"));
    CHECK(o.submits("sam", form, holds).errors.count("minutes") == 1);
    holds.set("minutes", std::string("30"));
    holds.set("heads", std::string("-1"));
    CHECK(o.submits("sam", form, holds).errors.count("heads") == 1);
    holds.set("heads", std::string("8"));
    holds.set("kind", choice{"mentoring"});
    const auto second = o.submits("sam", form, holds);
    CHECK(second.says("Logged: mentoring at Lincoln School"));
    CHECK(o.says("noor", "/program sites").says("Lincoln School*: 2 sessions, 75 minutes, 20 heads counted"));
    o.presses("sam", second, "Undo");
    CHECK(o.says("noor", "/program sites").says("1 session, 45 minutes, 12 heads counted"));
    CHECK(four_parts(o.says("ana", "/mentoring session 12 45m")));
    CHECK(four_parts(o.says("noor", "/program site end Nowhere")));
    const auto ended = o.says("noor", "/program site end Lincoln School");
    CHECK(o.says("noor", "/program sites").says("No site yet"));
    o.presses("noor", ended, "Undo");
    CHECK(o.says("noor", "/program sites").says("Lincoln School"));
}

TEST_CASE("a team may be the mentor side: the first member with room takes it", "[rule-59]") {
    office o;
    auto p = tests::starter_program();
    p.entry.mentors_are = mentor_side::teams;
    puts_in_force(o, p);
    CHECK(o.says("noor", "/program team add Solar Car").says("is a team of Starter"));
    CHECK(o.says("noor", "/program team-member add @priya Solar Car").says("is in Solar Car"));
    const auto sam = o.says("noor", "/program team-member add @sam solar car");
    CHECK(o.says("noor", "/program teams").says("<@U0PRIYA>, <@U0SAM>"));
    const auto first = [&](int most) {
        std::optional<person_id> out;
        o.on_file([&](storage::records &r) {
            const auto team = r.open<storage::mentor_teams>().of(program_slug{"starter"}).at(0);
            out = first_with_room(
                r, p, *r.programs.open_term(program_slug{"starter"}), team,
                [&](const person_id &) { return std::optional<int>(most); }, o.now);
        });
        return out;
    };
    CHECK(first(2) == o.id_of("priya"));
    CHECK(first(1) == o.id_of("sam")); // Priya has Ana
    CHECK(first(0) == std::nullopt);
    o.presses("noor", sam, "Undo");
    CHECK(first(1) == std::nullopt);
    CHECK(four_parts(o.says("noor", "/program team-member add @ana Solar Car")));
    CHECK(four_parts(o.says("noor", "/program team-member add @sam Nobody")));
    CHECK(four_parts(o.says("noor", "/program team end Nobody")));
    CHECK(four_parts(o.says("noor", "/program site add Lincoln School"))); // no sites in this program
}
