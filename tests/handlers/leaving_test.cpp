// Leaving, resting and going on: notices and their days, the bridge, pauses, accounts that go and come back,
// and how each ending is told apart.
#include "handlers/leaving_told.hpp"
#include "handlers/owed.hpp"
#include "storage/entering.hpp"
#include "storage/plans.hpp"
#include "tests/handlers/leaving_bench.hpp"

using namespace rapport;
using namespace rapport::tests;
using namespace date::literals;

namespace {

person_described account(const std::string &who, bool deactivated) {
    person_described one;
    one.who = office::slack_of(who);
    one.name = who;
    one.name[0] = static_cast<char>(one.name[0] - 'a' + 'A');
    one.zone = "Europe/London";
    one.deactivated = deactivated;
    return one;
}

std::optional<storage::notice> o_notice(storage::records &r, const pair_id &pair) {
    return r.open<storage::notices>().latest(pair);
}

} // namespace

TEST_CASE("what the policy offers is shown a pair, with the earliest last day; nothing is done by looking",
          "[leaving][rule-95]") {
    leaving_bench o;
    const auto h = o.says("priya", "/mentoring leave");
    CHECK(h.says("a notice of 30 days, so that your last day is Wed 2 Dec 2026 or later"));
    for (const auto *label : {"Pause", "Give notice", "Leave now"})
        CHECK(offers(h, label));
    CHECK(o.state() == pair_state::open);
    CHECK(o.queue().empty());
}

TEST_CASE("before there is a pair, leaving is withdrawing", "[leaving]") {
    leaving_bench o;
    CHECK(o.says("sam", "/mentoring leave").says("no longer down as mentor in Starter"));
    CHECK(o.enrolled("sam", role::mentor) == enrolment_state::left);
}

TEST_CASE(
    "a notice counts the policy's days; the partner is told kindly after a minute, the coordinators have one "
    "act, and the pair ends by itself after its last day",
    "[leaving][rule-95]") {
    leaving_bench o;
    const auto given = o.gives_notice("priya", 2026_y / 12 / 2);
    CHECK(given.says("Your last day with Ana is Wed 2 Dec 2026"));
    CHECK(o.letters_to("ana") == 0);
    o.mail.pass(minutes{2});
    const auto told = o.last_to("ana");
    CHECK(told.says("Priya has to end your pairing in Starter: the last day is Wed 2 Dec 2026"));
    CHECK(told.says("about their time, not about you"));
    CHECK(told.says("Priya until Wed 2 Dec"));
    const auto queue = o.says("noor", "/program");
    CHECK(queue.says("Priya leaves; the last day is Wed 2 Dec 2026"));
    CHECK(queue.says("/program match starter"));
    CHECK(offers(queue, "Name a bridge person"));
    CHECK(o.says("ana", "/mentoring").says("It ends on Wed 2 Dec 2026."));

    o.mail.until(leaving_bench::london(2026_y / 12 / 2, 23));
    CHECK(o.state() == pair_state::open);
    o.mail.until(leaving_bench::london(2026_y / 12 / 3, 9));
    CHECK(o.state() == pair_state::ended);
    CHECK(o.the_pair().ended_at == leaving_bench::london(2026_y / 12 / 3));
    CHECK(o.ending()->kind == ending_kind::notice);
    CHECK_FALSE(o.ending()->early);
    CHECK(o.enrolled("priya", role::mentor) == enrolment_state::left);
    CHECK(o.in_queue(leaving_line::mentor_left));
    CHECK(o.says("noor", "/program").says("Ana is without a mentor since Thu 3 Dec"));
    CHECK(o.mail.to("G0PAIR").back().says("has ended"));
}

TEST_CASE("the line of a protégé without a mentor goes once there is a new one", "[leaving]") {
    leaving_bench o;
    o.gives_notice("priya", 2026_y / 12 / 2);
    o.mail.until(leaving_bench::london(2026_y / 12 / 3, 9));
    REQUIRE(o.in_queue(leaving_line::mentor_left));
    CHECK(o.says("noor", "/program pair @sam @ana").says("are a pair"));
    o.mail.pass(minutes{5});
    CHECK_FALSE(o.in_queue(leaving_line::mentor_left));
}

TEST_CASE(
    "a notice that is too short is answered in four parts, with the earliest day and the way out; nothing is "
    "saved",
    "[leaving][rule-95]") {
    leaving_bench o;
    for (const auto &h : {o.says("priya", "/mentoring leave notice 9 Nov"),
                          o.submits("priya", o.says("priya", "/mentoring leave notice"),
                                    fields{{"last", day{2026_y / 11 / 9}}, {"stays", choice{"no"}}})}) {
        CHECK(h.says("I read: a notice, last day Mon 9 Nov 2026"));
        CHECK(h.says("a notice of 30 days: the earliest last day is Wed 2 Dec 2026"));
        CHECK(h.says("/mentoring leave now"));
        CHECK(h.says("/mentoring leave notice 2026-12-02"));
        CHECK(four_parts(h));
    }
    CHECK_FALSE(o.notice());
    CHECK(o.queue().empty());
    o.mail.pass(minutes{5});
    CHECK(o.letters_to("ana") == 0);
}

TEST_CASE("one day less than the policy asks is too short, the day itself is not; both sides have days of "
          "their own",
          "[leaving][rule-95]") {
    leaving_bench o(keys{{"leaving.mentor_notice", "30 days"}, {"leaving.protege_notice", "7 days"}});
    CHECK(four_parts(o.gives_notice("ana", 2026_y / 11 / 8)));
    CHECK_FALSE(o.notice());
    CHECK(o.gives_notice("ana", 2026_y / 11 / 9).says("Your last day with Priya is Mon 9 Nov 2026"));
    CHECK(o.notice()->by == o.id_of("ana"));
    const auto queue = o.says("noor", "/program");
    CHECK(queue.says("Ask Priya whether another"));
    o.mail.until(leaving_bench::london(2026_y / 11 / 10, 9));
    CHECK(o.state() == pair_state::ended);
    CHECK_FALSE(o.in_queue(leaving_line::mentor_left)); // she left herself
}

TEST_CASE("a notice is taken back silently within the minute, and later by /mentoring continue",
          "[leaving]") {
    leaving_bench o;
    const auto given = o.gives_notice("priya", 2026_y / 12 / 2);
    CHECK(o.presses("priya", given, "Undo").says("you stay"));
    o.mail.pass(minutes{5});
    CHECK(o.letters_to("ana") == 0);
    CHECK_FALSE(o.in_queue(leaving_line::notice));

    o.gives_notice("priya", 2026_y / 12 / 2);
    o.mail.pass(minutes{5});
    CHECK(o.letters_to("ana") == 1);
    CHECK(o.says("priya", "/mentoring continue").says("you and Ana go on"));
    o.mail.pass(minutes{2});
    CHECK(o.last_to("ana").says("Priya stays"));
    o.mail.until(leaving_bench::london(2026_y / 12 / 5, 9));
    CHECK(o.state() == pair_state::open);
}

TEST_CASE("a second notice, one past the term's end and one without a day are refused, and save nothing",
          "[leaving]") {
    leaving_bench o;
    const auto form = o.says("priya", "/mentoring leave notice");
    CHECK(form.form == "leave.notice");
    CHECK(o.submits("priya", form, fields{{"stays", choice{"no"}}}).errors.count("last") == 1);
    CHECK(o.submits("priya", form, fields{{"last", day{2026_y / 12 / 2}}}).errors.count("stays") == 1);
    const auto late = o.says("priya", "/mentoring leave notice 2027-05-10");
    CHECK(late.says("ends on Mon 10 May 2027 by itself"));
    CHECK(four_parts(late));
    CHECK_FALSE(o.notice());
    o.gives_notice("priya", 2026_y / 12 / 2);
    const auto again = o.says("priya", "/mentoring leave notice");
    CHECK(again.says("You gave notice already"));
    CHECK(four_parts(again));
}

TEST_CASE("who stays in the program is enrolled after the notice as before", "[leaving]") {
    leaving_bench o;
    o.gives_notice("priya", 2026_y / 12 / 2, "yes");
    o.mail.until(leaving_bench::london(2026_y / 12 / 3, 9));
    CHECK(o.enrolled("priya", role::mentor) == enrolment_state::active);
}

TEST_CASE("a bridge person is named for every day of the hand-over, by a coordinator; both are told",
          "[leaving][rule-95]") {
    leaving_bench o;
    o.gives_notice("priya", 2026_y / 12 / 2);
    o.mail.pass(minutes{2});
    const auto form = o.presses("noor", o.says("noor", "/program"), "Name a bridge person");
    REQUIRE(form.form == "leave.bridge");
    CHECK(form.says("There for Ana now: Priya until Wed 2 Dec"));
    const auto named = o.submits("noor", form,
                                 fields{{"who", office::slack_of("sam")},
                                        {"from", day{2026_y / 11 / 10}},
                                        {"until", day{2026_y / 11 / 20}}});
    CHECK(named.says("Priya until Mon 9 Nov, then Sam until Fri 20 Nov, then Priya until Wed 2 Dec"));
    o.mail.pass(minutes{2});
    CHECK(o.last_to("ana").says("Sam until Fri 20 Nov"));
    CHECK(o.last_to("sam").says("From Tue 10 Nov to Fri 20 Nov 2026 you are the one Ana may turn to"));
    CHECK(o.presses("noor", named, "Undo").says("Taken back"));
    o.on_file([&](storage::records &r) {
        const auto all = hand_over(r, o.here, *r.pairs.by_id(o.pair), *o_notice(r, o.pair), o.now);
        REQUIRE(all.size() == 1);
        CHECK(all[0].until == day{2026_y / 12 / 2});
    });
}

TEST_CASE("days on which the mentor is away are a coordinator's without anybody naming them",
          "[leaving][rule-95]") {
    leaving_bench o;
    o.on_file([&](storage::records &r) {
        auto priya = *r.people.by_slack(office::slack_of("priya"));
        priya.away_from_at = leaving_bench::london(2026_y / 11 / 16);
        priya.away_until_at = leaving_bench::london(2026_y / 11 / 23);
        r.people.save(priya);
    });
    const auto given = o.gives_notice("priya", 2026_y / 12 / 2);
    CHECK(given.says("Priya until Sun 15 Nov, then Noor until Sun 22 Nov, then Priya until Wed 2 Dec"));
}

TEST_CASE("faulty days and people of a bridge are said under the form; strangers see no hand-over",
          "[leaving]") {
    leaving_bench o;
    o.gives_notice("priya", 2026_y / 12 / 2);
    const auto form = o.presses("noor", o.says("noor", "/program"), "Name a bridge person");
    const auto sent = [&](const char *who, day from, day until) {
        return o
            .submits("noor", form, fields{{"who", office::slack_of(who)}, {"from", from}, {"until", until}})
            .errors;
    };
    CHECK(sent("sam", 2026_y / 11 / 1, 2026_y / 11 / 9).count("from") == 1);
    CHECK(sent("sam", 2026_y / 11 / 9, 2026_y / 12 / 3).count("until") == 1);
    CHECK(sent("ana", 2026_y / 11 / 9, 2026_y / 11 / 12).count("who") == 1);
    CHECK(sent("zed", 2026_y / 11 / 9, 2026_y / 11 / 12).count("who") == 1);
    o.on_file([&](storage::records &r) {
        CHECK(r.open<storage::bridge_people>().of(o_notice(r, o.pair)->id).empty());
    });
    CHECK(four_parts(o.submits("sam", form, fields{{"who", office::slack_of("sam")}})));
}

TEST_CASE("leaving now ends the pair at once, with a coordinator as bridge on every day of the notice; "
          "undone, all is "
          "as before",
          "[leaving][rule-95]") {
    leaving_bench o;
    const auto form = o.says("priya", "/mentoring leave now");
    REQUIRE(form.form == "leave.now");
    CHECK(form.says("No reason is asked or kept"));
    auto left = o.submits("priya", form, fields{{"stays", choice{"no"}}});
    CHECK(left.says("Your pair with Ana has ended"));
    CHECK(o.state() == pair_state::ended);
    CHECK(o.ending()->kind == ending_kind::left);
    CHECK(o.enrolled("priya", role::mentor) == enrolment_state::left);
    CHECK(o.presses("priya", left, "Undo").says("a pair as before"));
    CHECK(o.state() == pair_state::open);
    CHECK_FALSE(o.ending());
    CHECK(o.enrolled("priya", role::mentor) == enrolment_state::active);
    o.mail.pass(minutes{3});
    CHECK(o.letters_to("ana") == 0);

    o.submits("priya", o.says("priya", "/mentoring leave now"), fields{{"stays", choice{"no"}}});
    o.mail.pass(minutes{3});
    CHECK(o.last_to("ana").says("Noor until Wed 2 Dec"));
    CHECK(o.says("noor", "/program").says("Priya left on Mon 2 Nov"));
    CHECK(o.in_queue(leaving_line::left));
}

TEST_CASE("a program without leaving now says so in four parts, and nothing happens", "[leaving]") {
    leaving_bench o(keys{{"leaving.leave_now", "false"}});
    const auto h = o.says("priya", "/mentoring leave now");
    CHECK(four_parts(h));
    CHECK(h.says("/mentoring leave notice 2026-12-02"));
    CHECK_FALSE(offers(o.says("priya", "/mentoring leave"), "Leave now"));
    CHECK(o.state() == pair_state::open);
}

TEST_CASE(
    "a pause asks nothing of either side until its day, tells the partner kindly, and ends by itself at the "
    "right local day",
    "[leaving]") {
    leaving_bench o;
    o.mail.writes("ana"); // an answer is owed from now on
    o.advance(hours{1});
    const auto h = o.says("priya", "/mentoring leave pause 30 Nov");
    CHECK(h.says("pause until Mon 30 Nov 2026"));
    CHECK(o.state() == pair_state::paused);
    o.mail.pass(minutes{2});
    CHECK(o.last_to("ana").says("Priya takes a pause from your pairing in Starter until Mon 30 Nov 2026"));
    CHECK(o.says("noor", "/program").says("Priya asked for a pause until Mon 30 Nov 2026"));
    CHECK(o.says("ana", "/mentoring").says("You two pause until Mon 30 Nov 2026"));
    const auto before = o.letters_to("priya");
    o.mail.until(leaving_bench::london(2026_y / 11 / 30, 23));
    CHECK(o.letters_to("priya") == before);
    CHECK(o.state() == pair_state::paused);
    o.mail.until(leaving_bench::london(2026_y / 12 / 1, 9));
    CHECK(o.state() == pair_state::open);
    CHECK(o.last_to("priya").says("The pause with Ana in Starter is over"));
    CHECK(o.last_to("ana").says("The pause with Priya in Starter is over"));
    CHECK_FALSE(o.in_queue(leaving_line::pause));
}

TEST_CASE("a clock stands still in a pause: what was an hour old is an hour old after it", "[leaving]") {
    leaving_bench o(keys{{"reply.target", "3 days"},
                         {"reply.limit", "7 days"},
                         {"reply.ladder", "[\"day 3: nudge\", \"day 5: softer\", \"day 7: queue\"]"}});
    o.mail.writes("ana");
    o.advance(hours{1});
    o.says("priya", "/mentoring leave pause 30 Nov");
    o.mail.until(leaving_bench::london(2026_y / 12 / 1, 12));
    const auto reminded = [&] {
        const auto all = o.mail.to("D0PRIYA");
        return std::count_if(all.begin(), all.end(),
                             [](const letter &one) { return one.says("waiting since"); });
    };
    CHECK(reminded() == 0);
    o.mail.until(leaving_bench::london(2026_y / 12 / 3, 12)); // two days after: still before the third
    CHECK(reminded() == 0);
    CHECK_FALSE(o.in_queue("reply"));
    o.mail.until(leaving_bench::london(2026_y / 12 / 5, 12));
    CHECK(reminded() == 1);
    CHECK_FALSE(o.in_queue("reply"));
}

TEST_CASE("who paused goes on sooner; the other side waits for them, and hears of it", "[leaving]") {
    leaving_bench o;
    o.says("priya", "/mentoring leave pause 30 Nov");
    o.mail.pass(minutes{2});
    const auto not_hers = o.says("ana", "/mentoring continue");
    CHECK(not_hers.says("Priya asked for this pause"));
    CHECK(four_parts(not_hers));
    CHECK(o.state() == pair_state::paused);
    const auto h = o.says("priya", "/mentoring continue");
    CHECK(h.says("Welcome back"));
    CHECK(o.state() == pair_state::open);
    o.mail.pass(minutes{2});
    CHECK(o.last_to("ana").says("Your pairing with Priya in Starter goes on"));
    o.advance(minutes{1});
    CHECK(o.presses("priya", h, "Undo").says("the pause runs on"));
    CHECK(o.state() == pair_state::paused);
}

TEST_CASE("a pause is undone silently, and one too long, past or twice is refused in four parts",
          "[leaving]") {
    leaving_bench o;
    const auto paused = o.says("ana", "/mentoring leave pause 30 Nov");
    CHECK(four_parts(o.says("ana", "/mentoring leave pause 5 Dec")));
    o.presses("ana", paused, "Undo");
    o.mail.pass(minutes{3});
    CHECK(o.letters_to("priya") == 0);
    CHECK(o.state() == pair_state::open);
    CHECK_FALSE(o.in_queue(leaving_line::pause));
    const auto long_one = o.says("ana", "/mentoring leave pause 2027-04-01");
    CHECK(long_one.says("A pause lasts until Tue 2 Feb 2027 at most"));
    CHECK(four_parts(long_one));
    CHECK(four_parts(o.says("ana", "/mentoring leave pause yesterday")));
    const auto form = o.says("ana", "/mentoring leave pause");
    CHECK(o.submits("ana", form, fields{}).errors.count("until") == 1);
    CHECK_FALSE(o.rest());
}

TEST_CASE("after an account works again its pairs rest until a coordinator lets them go on", "[leaving]") {
    leaving_bench o;
    o.happens("priya", account("priya", true));
    CHECK(o.state() == pair_state::paused);
    CHECK(o.says("noor", "/program").says("The account of Priya is deactivated"));
    o.mail.pass(days{2});
    o.happens("priya", account("priya", false));
    CHECK(o.state() == pair_state::paused);
    CHECK_FALSE(o.in_queue(leaving_line::deactivated));
    CHECK(four_parts(o.says("priya", "/mentoring continue")));
    CHECK(o.state() == pair_state::paused);
    auto queue = o.says("noor", "/program");
    CHECK(queue.says("The account of Priya works again"));
    CHECK(four_parts(o.presses("ana", queue, "Let them go on")));
    CHECK(o.state() == pair_state::paused);
    CHECK(o.presses("noor", queue, "Let them go on").says("Ana and Priya go on"));
    CHECK(o.state() == pair_state::open);
    CHECK_FALSE(o.in_queue(leaving_line::came_back));
    o.mail.pass(minutes{2});
    CHECK(o.last_to("ana").says("goes on"));
}

TEST_CASE("an account that goes in a pause keeps the pair resting after the pause's day", "[leaving]") {
    leaving_bench o;
    o.says("ana", "/mentoring leave pause 10 Nov");
    o.happens("priya", account("priya", true));
    o.mail.until(leaving_bench::london(2026_y / 11 / 12, 9));
    CHECK(o.state() == pair_state::paused);
    CHECK(o.in_queue(leaving_line::deactivated));
    o.happens("priya", account("priya", false));
    o.happens("priya", account("priya", true)); // and gone again
    CHECK(o.in_queue(leaving_line::deactivated));
    CHECK_FALSE(o.in_queue(leaving_line::came_back));
}

TEST_CASE("each ending is told apart: completed early is not called off", "[leaving]") {
    leaving_bench o;
    auto h = o.says("noor", "/program end @priya @ana");
    CHECK(o.ending()->kind == ending_kind::cancelled);
    CHECK(o.presses("noor", h, "It was completed").says("counted so"));
    CHECK(o.ending()->kind == ending_kind::completed);
    CHECK(o.ending()->early);
    o.presses("noor", h, "Undo");
    CHECK(o.state() == pair_state::open);
    CHECK_FALSE(o.ending());
    h = o.says("noor", "/program end @priya @ana completed");
    CHECK(h.says("completed"));
    CHECK(o.ending()->kind == ending_kind::completed);
    CHECK(o.ending()->early);
    const auto report = o.says("noor", "/program report");
    CHECK(report.says("Ended: under five completed, under five of them early."));
    CHECK_FALSE(report.says("called off"));
}

TEST_CASE("a time that was promised and fulfilled ends the pair as completed", "[leaving][rule-94]") {
    leaving_bench o(keys{}); // a term without an end
    o.on_file([&](storage::records &r) {
        storage::application one;
        one.id = r.ids.make<storage::application_id>(o.now);
        one.program = o.slug;
        one.term = o.term;
        one.person = r.people.by_slack(office::slack_of("priya"))->id;
        one.role = role::mentor;
        one.state = application_state::accepted;
        one.committed_until = day{2026_y / 12 / 15};
        one.made_at = o.now - days{40};
        r.open<storage::applications>().add(one);
        r.pairs.look_by(o.pair, o.now);
    });
    o.mail.until(leaving_bench::london(2026_y / 12 / 15, 22));
    CHECK(o.state() == pair_state::open);
    o.mail.until(leaving_bench::london(2026_y / 12 / 16, 9));
    CHECK(o.state() == pair_state::ended);
    CHECK(o.ending()->kind == ending_kind::completed);
    CHECK_FALSE(o.ending()->early);
    CHECK(o.mail.to("G0PAIR").back().says("is complete"));
}

TEST_CASE("buttons and forms of a pair that has ended are answered in four parts, and save nothing",
          "[leaving]") {
    leaving_bench o;
    o.says("noor", "/program pair @priya @mei"); // so that Priya is in a pair still
    const auto offered = o.says("priya", "/mentoring leave");
    const auto notice = o.says("ana", "/mentoring leave notice");
    const auto now_form = o.says("ana", "/mentoring leave now");
    const auto pause = o.says("ana", "/mentoring leave pause");
    const auto check_in = o.says("ana", "/checkin");
    o.says("noor", "/program end @priya @ana");
    o.mail.pass(minutes{3});
    const auto of_ana = std::find_if(offered.buttons.begin(), offered.buttons.end(), [&](const auto &b) {
        return b.label == "Give notice" && b.value == o.pair.str();
    });
    REQUIRE(of_ana != offered.buttons.end());
    auto only = offered;
    only.buttons = {*of_ana};
    const auto pressed = o.presses("priya", only, "Give notice");
    CHECK(pressed.says("Your pair with Ana ended on Mon 2 Nov 2026"));
    CHECK(four_parts(pressed));
    const std::pair<const heard *, fields> forms[] = {
        {&notice, fields{{"last", day{2026_y / 12 / 2}}, {"stays", choice{"no"}}}},
        {&now_form, fields{{"stays", choice{"no"}}}},
        {&pause, fields{{"until", day{2026_y / 11 / 9}}}},
        {&check_in, fields{{"note", std::string("All well")}}}};
    for (const auto &[form, holds] : forms) {
        INFO(form->form);
        const auto h = o.submits("ana", *form, holds);
        CHECK(four_parts(h));
        CHECK(h.says("ended"));
    }
    CHECK(four_parts(o.says("ana", "/mentoring leave notice")));
    CHECK(four_parts(o.says("ana", "/checkin All well")));
    CHECK_FALSE(o.notice());
    CHECK_FALSE(o.rest());
    o.on_file([&](storage::records &r) {
        CHECK(r.check_ins.history(o.pair, side::protege, 9).empty());
        CHECK(r.open<storage::endings>().of(o.pair)->kind == ending_kind::cancelled);
    });
}
