// Words that pass through: an ask to the conversation and a line to a coordinator. What is tested most is
// where they are not.
#include "handlers/dispatch.hpp"
#include "storage/clocks.hpp"
#include "tests/handlers/year_bench.hpp"

using namespace rapport;
using namespace rapport::tests;

namespace {

const std::string canary = "canary-7f3a";

fields asked_by_friday(const std::string &words = canary + " how do I begin?",
                       day by = date::year{2026} / 11 / 6) {
    return {{"what", words}, {"tried", "I read " + canary}, {"by", by}};
}

heard asks(year_bench &b) {
    return b.o.submits("ana", b.o.says("ana", "/mentoring ask"), asked_by_friday());
}

std::optional<storage::reply_clock> clock(office &o) {
    std::optional<storage::reply_clock> one;
    o.on_file([&](storage::records &r) {
        const auto all = r.clocks.running_of_pair(o.pair);
        if (!all.empty())
            one = all.front();
    });
    return one;
}

} // namespace

TEST_CASE("an ask leaves with its words and its buttons, and what is kept for later holds none of them",
          "[asking][rule-86][rule-87][rule-88][rule-89]") {
    year_bench b;
    const auto form = b.o.says("ana", "/mentoring ask");
    REQUIRE(form.form == "ask");
    CHECK(form.says("not there to find you a job"));
    const auto h = b.o.submits("ana", form, asked_by_friday());
    CHECK(h.says("on its way to your conversation with Priya"));
    REQUIRE(h.raw.passes.has_value());
    CHECK(h.raw.passes->channel == channel_id{"G0PAIR"});
    for (const auto *words :
         {canary.c_str(), "Tried so far", "Answered", "Tomorrow", "Let's talk", "Fri 6 Nov"})
        CHECK(h.raw.passes->body.find(words) != std::string::npos);
    CHECK(kept(h.raw).find(canary) == std::string::npos);
    CHECK_FALSE(read_kept(kept(h.raw)).passes);
    CHECK_FALSE(clock(b.o)); // nothing is waited for before it is posted
    for (const auto &row : b.o.outgoing())
        CHECK((row.params + row.key + row.subject).find(canary) == std::string::npos);
}

TEST_CASE("what is typed after the command stands in the form and is not kept", "[asking][rule-87]") {
    year_bench b;
    const auto form = b.o.says("ana", "/mentoring ask " + canary + " how?");
    CHECK(form.raw.open_view.find(canary) != std::string::npos);
    // the same delivery again: it was never kept, so it cannot be said again
    const auto again = b.o.delivers(b.o.last());
    CHECK(again.raw.open_view.empty());
    CHECK(again.says("already recorded"));
}

TEST_CASE("a posted ask is a firm clock with its date, and its author hears no more of it",
          "[asking][rule-86]") {
    year_bench b;
    CHECK(b.passes(asks(b), delivery_word::sent));
    const auto runs = clock(b.o);
    REQUIRE(runs);
    CHECK(runs->set_by == storage::clock_set_by::ask);
    CHECK(runs->strength == clock_strength::firm);
    CHECK(runs->owed_by == b.o.id_of("priya"));
    CHECK(runs->due_by_at == zone::named("Europe/London")->start_of(date::year{2026} / 11 / 7));
    b.mail.pass(minutes{10});
    CHECK(b.mail.to("D0ANA").empty());
}

TEST_CASE("an ask that was refused by the platform is told at once, in words that say what to do",
          "[asking][rule-86]") {
    year_bench b;
    b.passes(asks(b), delivery_word::refused);
    b.mail.deliver();
    const auto ana = b.mail.to("D0ANA");
    REQUIRE(ana.size() == 1);
    CHECK(ana[0].says(
        "did not get through. Your words were not kept; nothing was posted. Please send it again"));
    CHECK_FALSE(clock(b.o));
    b.mail.pass(minutes{10});
    CHECK(b.mail.to("D0ANA").size() == 1); // once
}

TEST_CASE("an ask that a crash swallowed is told after two minutes; one cut off while sending says so",
          "[asking][rule-86]") {
    year_bench b;
    asks(b); // the process ended before the call
    b.mail.pass(minutes{1});
    CHECK(b.mail.to("D0ANA").empty());
    b.mail.pass(minutes{2});
    REQUIRE(b.mail.to("D0ANA").size() == 1);
    CHECK(b.mail.to("D0ANA")[0].says("nothing was posted"));

    const auto cut = asks(b);
    id_source ids{5};
    b.o.on_file([&](storage::records &r) { CHECK(begin_passing(r.db, ids, r.team, cut.raw.passes->id)); });
    b.mail.pass(minutes{3});
    REQUIRE(b.mail.to("D0ANA").size() == 2);
    CHECK(b.mail.to("D0ANA")[1].says("I cannot tell whether your question to Priya"));
}

TEST_CASE("words that count as lost are not posted any more", "[asking]") {
    year_bench b;
    const auto h = asks(b);
    b.mail.pass(minutes{3});
    CHECK_FALSE(b.passes(h, delivery_word::sent));
    CHECK_FALSE(clock(b.o));
}

TEST_CASE("the other side answers, puts it off a day, or sets a time to talk", "[asking][rule-86]") {
    year_bench b;
    const auto h = asks(b);
    b.passes(h, delivery_word::sent);
    heard posted;
    posted.buttons = {{"Answered", "ask.answered", h.raw.passes->id},
                      {"Tomorrow", "ask.tomorrow", h.raw.passes->id},
                      {"Let's talk", "ask.talk", h.raw.passes->id},
                      {"Not for me", "ask.kind_no", h.raw.passes->id}};
    CHECK(b.presses_there("ana", posted, "Tomorrow").says("your own question"));
    CHECK_FALSE(b.presses_there("mei", posted, "Tomorrow").says("Ana"));

    b.presses_there("priya", posted, "Tomorrow");
    CHECK(clock(b.o)->due_by_at == zone::named("Europe/London")->start_of(date::year{2026} / 11 / 4));
    CHECK(b.conversation().text == "Priya answers tomorrow.");
    CHECK(b.presses_there("priya", posted, "Not for me").says("kind and clear")); // rule 88

    const auto form = b.presses_there("priya", posted, "Let's talk");
    REQUIRE(form.form == "meeting");
    CHECK(clock(b.o));
    b.o.submits("priya", form, fields{{"when", std::string("fri 3pm")}, {"minutes", choice{"30"}}});
    CHECK_FALSE(clock(b.o)); // a time that is set is an answer
    CHECK(b.presses_there("priya", posted, "Answered").says("settled already"));
}

TEST_CASE("one tap says it is answered, and can be taken back", "[asking][rule-86]") {
    year_bench b;
    const auto h = asks(b);
    b.passes(h, delivery_word::sent);
    heard posted;
    posted.buttons = {{"Answered", "ask.answered", h.raw.passes->id}};
    const auto noted = b.presses_there("priya", posted, "Answered");
    CHECK(noted.says("Noted: answered"));
    CHECK_FALSE(clock(b.o));
    b.o.presses("priya", noted, "Undo");
    CHECK(clock(b.o));
}

TEST_CASE("an ask whose date comes near is reminded of before it, where nothing else is promised",
          "[asking][rule-86][rule-80]") {
    year_bench b;
    b.rules.replies.promise.reset();
    b.rules.replies.steps = {{7, rung_act::listed}};
    b.rules.replies.loose = loose_message::soft;
    b.rules.check_ins.reset();
    b.rules.contacts.floor.reset();
    b.rules.plan.clear();
    b.apply();
    b.passes(asks(b), delivery_word::sent); // by Friday 6 November
    b.mail.pass(days{10});
    const auto priya = b.mail.to("D0PRIYA");
    REQUIRE(priya.size() == 1);
    CHECK(short_date(zone::named("Europe/London")->day_of(priya[0].at)) == "Fri 6 Nov");
}

TEST_CASE("an ask takes over a wait that runs already, and keeps the earlier date", "[asking]") {
    year_bench b;
    b.mail.writes("ana");
    b.passes(asks(b), delivery_word::sent);
    std::size_t count = 0;
    b.o.on_file([&](storage::records &r) { count = r.clocks.running_of_pair(b.o.pair).size(); });
    CHECK(count == 1);
    CHECK(clock(b.o)->strength == clock_strength::firm);
    CHECK(clock(b.o)->due_by_at);
}

TEST_CASE("a form for an ask that cannot be taken says why under its fields, and posts nothing", "[asking]") {
    year_bench b;
    const auto form = b.o.says("ana", "/mentoring ask");
    const auto wrong =
        b.o.submits("ana", form, fields{{"what", std::string(" \n ")}, {"by", date::year{2026} / 11 / 1}});
    CHECK(wrong.errors.count("what") == 1);
    CHECK(wrong.errors.count("by") == 1);
    CHECK_FALSE(wrong.raw.passes);
    CHECK(b.o.submits("ana", form, asked_by_friday(std::string(2001, 'x'))).errors.count("what") == 1);
    CHECK(b.o.submits("ana", form, asked_by_friday("well", date::year{2027} / 11 / 1)).errors.count("by") ==
          1);
}

TEST_CASE("somebody who is not in the workspace cannot be asked here, and the answer says what else works",
          "[asking]") {
    year_bench b;
    b.o.on_file([&](storage::records &r) {
        auto priya = *r.people.by_slack(office::slack_of("priya"));
        priya.slack.reset();
        priya.email = "priya@example.org";
        r.people.save(priya);
    });
    const auto h = b.o.says("ana", "/mentoring ask");
    CHECK(h.says("not in this workspace"));
    CHECK(saved_nothing(h));
}

TEST_CASE("a private line goes to one coordinator, and no word of it is kept",
          "[asking][rule-100][rule-87]") {
    year_bench b;
    const auto card = b.o.says("ana", "/mentoring contact");
    const auto form = b.o.presses("ana", card, "Write to a coordinator");
    REQUIRE(form.form == "line");
    CHECK(form.says("Read by that person alone"));
    const auto noor = b.o.id_of("noor").str();
    CHECK(b.o.submits("ana", form, fields{{"to", choice{b.o.id_of("priya").str()}}, {"words", canary}})
              .errors.count("to") == 1); // no coordinator
    const auto h = b.o.submits("ana", form, fields{{"to", choice{noor}}, {"words", canary + " please call"}});
    CHECK(h.says("On its way to Noor alone"));
    REQUIRE(h.raw.passes.has_value());
    CHECK(h.raw.passes->open_with == std::vector<slack_id>{office::slack_of("noor")});
    CHECK(h.raw.passes->body.find(canary) != std::string::npos);
    CHECK(kept(h.raw).find(canary) == std::string::npos);
    CHECK_FALSE(offers(b.o.says("zed", "/mentoring contact"), "Write to a coordinator")); // in no program
}
