// The end of a completed pair: what it reached, how the two go on, and words that others may read.
#include "handlers/closing.hpp"
#include "handlers/leaving_told.hpp"
#include "storage/entering.hpp"
#include "storage/plans.hpp"
#include "tests/handlers/leaving_bench.hpp"

using namespace rapport;
using namespace rapport::tests;
using namespace date::literals;

namespace {

// A term of 76 days, closed by date: it is noon of Friday 18 December 2026.
const std::vector<policy_setting> short_term = {{"term.dates", "2026-10-01 to 2026-12-17"},
                                                {"phases.run", "2026-10-01 to 2026-12-17"}};

struct closed_bench : leaving_bench {
    heard told; // what the conversation read

    explicit closed_bench(const keys &changed = short_term) : leaving_bench(changed) {
        says("ana", "/milestone add Draft résumé");
        says("ana", "/milestone done 1");
        says("priya", "/mentoring log call to @ana");
        mail.until(london(2026_y / 12 / 18, 12));
        REQUIRE(state() == pair_state::ended);
        told = mail.shown(mail.to("G0PAIR").back());
    }
    std::optional<storage::pair_outcome> outcome() {
        std::optional<storage::pair_outcome> one;
        on_file([&](storage::records &r) { one = r.open<storage::pair_outcomes>().of(pair); });
        return one;
    }
    std::size_t wishes() {
        std::size_t n = 0;
        on_file([&](storage::records &r) { n = r.open<storage::closing_wishes>().of_pair(pair).size(); });
        return n;
    }
    void next_year() {
        put(config::rewritten(shipped_text("starter"),
                              std::vector<policy_setting>{{"zone", "Europe/London"},
                                                          {"name", "Starter"},
                                                          {"term.dates", "2027-02-01 to 2027-06-30"},
                                                          {"phases.run", "2027-02-01 to 2027-06-30"}})
                .value());
    }
    std::vector<storage::pair> pairs_of_ana() {
        std::vector<storage::pair> all;
        const auto ana = id_of("ana");
        on_file([&](storage::records &r) { all = r.pairs.open_of_person(ana); });
        return all;
    }
};

} // namespace

TEST_CASE("at the term's end the conversation reads what the two reached, and what they may choose",
          "[closing][rule-64]") {
    closed_bench o;
    CHECK(o.told.says("This pairing in Starter is complete. Thank you both."));
    CHECK(o.told.says("What you reached together: 1 milestone (Draft résumé), 1 contact, in 3 months."));
    CHECK(o.told.says("until Thu 31 Dec 2026"));
    for (const auto *label :
         {"Continue next term", "Continue privately", "Stop here", "A line others may read"})
        CHECK(offers(o.told, label));
    CHECK(o.ending()->kind == ending_kind::completed);
    CHECK_FALSE(o.ending()->early);
}

TEST_CASE("the mentor reads at the end what they gave", "[closing][rule-99]") {
    closed_bench o;
    const auto thanks = o.last_to("priya");
    CHECK(thanks.says("What you gave Ana: your time; on record are 1 milestone"));
    CHECK(thanks.says("meet people they would not have met"));
    const auto all = o.mail.to("D0ANA");
    CHECK(std::none_of(all.begin(), all.end(), [](const letter &one) { return one.says("What you gave"); }));
}

TEST_CASE("why to serve is said where a mentor applies", "[closing][rule-99]") {
    leaving_bench o(keys{{"entry.mentors", "application"}});
    const auto form = o.says("zed", "/mentoring apply mentor");
    INFO(form.text);
    o.happens("zed",
              person_described{.who = office::slack_of("zed"), .name = "Zed", .zone = "Europe/London"});
    const auto again = form.form.empty() ? o.says("zed", "/mentoring apply mentor") : form;
    REQUIRE(again.form == "apply.form");
    CHECK(again.says("An hour or two a month changes somebody's year"));
}

TEST_CASE("both want the next term: they are told, and begin in it with what is open", "[closing][rule-42]") {
    closed_bench o;
    CHECK(o.presses("ana", o.told, "Continue next term").says("Priya does not see it"));
    o.mail.pass(minutes{5});
    CHECK_FALSE(o.outcome());
    o.presses("priya", o.told, "Continue next term");
    o.mail.pass(minutes{2});
    REQUIRE(o.outcome());
    CHECK(o.outcome()->became == closing_choice::next_cycle);
    o.mail.pass(days{1});
    CHECK(o.last_to("ana").says("You and Priya both want to go on"));
    CHECK(o.last_to("priya").says("You and Ana both want to go on"));
    CHECK(o.pairs_of_ana().empty());

    o.on_file([&](storage::records &r) { // open when the year ended
        storage::milestone one;
        one.pair = o.pair;
        one.number = r.pairs.next_milestone(o.pair);
        one.title = "Visit the lab";
        one.author = r.people.by_slack(office::slack_of("ana"))->id;
        one.created_at = one.changed_at = o.now;
        r.milestones.save(one);
    });
    o.next_year();
    o.mail.until(leaving_bench::london(2027_y / 2 / 1, 12));
    REQUIRE(o.pairs_of_ana().size() == 1);
    const auto next = o.pairs_of_ana()[0];
    CHECK(next.id != o.pair);
    CHECK(next.channel == channel_id{"G0PAIR"});
    CHECK(o.outcome()->next == next.id);
    CHECK(o.mail.to("G0PAIR").back().says("Welcome back, both of you"));
    CHECK(o.says("ana", "/milestone").says("Visit the lab"));
    CHECK_FALSE(o.says("ana", "/milestone").says("Draft résumé"));
    CHECK(o.state() == pair_state::ended); // the year before stays as it was
}

TEST_CASE("both want to go on outside: nothing is followed any more, an address is shown by consent alone",
          "[closing][rule-44][rule-64]") {
    closed_bench o;
    o.on_file([&](storage::records &r) {
        auto ana = *r.people.by_slack(office::slack_of("ana"));
        ana.email = "ana@example.org";
        r.people.save(ana);
        auto priya = *r.people.by_slack(office::slack_of("priya"));
        priya.email = "priya@example.org";
        r.people.save(priya);
    });
    const auto h = o.presses("ana", o.told, "Continue privately");
    CHECK(o.presses("ana", h, "Let Priya keep my address").says("ana@example.org"));
    o.presses("priya", o.told, "Continue privately");
    o.mail.pass(days{1});
    CHECK(o.outcome()->became == closing_choice::continue_privately);
    CHECK(o.last_to("priya").says("Ana lets you keep an address: ana@example.org"));
    CHECK(o.last_to("ana").says("I stop here"));
    CHECK_FALSE(o.last_to("ana").says("priya@example.org"));
    const auto count = o.mail.calls.size();
    o.mail.pass(days{40});
    CHECK(o.mail.to("D0ANA").size() + o.mail.to("D0PRIYA").size() <= count);
    CHECK(o.pairs_of_ana().empty());
}

TEST_CASE("next term and privately together are privately: only as far as both want", "[closing][rule-64]") {
    closed_bench o;
    o.presses("ana", o.told, "Continue next term");
    o.presses("priya", o.told, "Continue privately");
    o.mail.pass(minutes{2});
    CHECK(o.outcome()->became == closing_choice::continue_privately);
}

TEST_CASE("a stop and silence read the same: the one who would have gone on hears of it kindly after the "
          "last day, the "
          "other nothing",
          "[closing][rule-64]") {
    for (const bool says_stop : {true, false}) {
        INFO(says_stop);
        closed_bench o;
        o.presses("ana", o.told, "Continue next term");
        if (says_stop)
            o.presses("priya", o.told, "Stop here");
        const auto to_priya = o.letters_to("priya");
        o.mail.until(leaving_bench::london(2026_y / 12 / 31, 20));
        CHECK_FALSE(o.outcome());
        const auto to_ana = o.letters_to("ana");
        o.mail.until(leaving_bench::london(2027_y / 1 / 1, 20));
        REQUIRE(o.outcome());
        CHECK(o.outcome()->became == closing_choice::stop);
        CHECK(o.letters_to("ana") == to_ana + 1);
        CHECK(o.last_to("ana").says("it goes no further this time"));
        CHECK_FALSE(o.last_to("ana").says("stop"));
        CHECK(o.letters_to("priya") == to_priya);
    }
}

TEST_CASE("nothing said at all ends it with the thanks that were read", "[closing]") {
    closed_bench o;
    const auto letters = o.letters_to("ana") + o.letters_to("priya");
    o.mail.until(leaving_bench::london(2027_y / 1 / 2, 12));
    CHECK(o.outcome()->became == closing_choice::stop);
    CHECK(o.letters_to("ana") + o.letters_to("priya") == letters);
}

TEST_CASE(
    "a choice is undone within the minute, changed until the last day, and refused in four parts after it",
    "[closing]") {
    closed_bench o;
    auto h = o.presses("ana", o.told, "Continue next term");
    CHECK(o.presses("ana", h, "Undo").says("nothing is chosen"));
    CHECK(o.wishes() == 0);
    o.presses("ana", o.told, "Stop here");
    o.presses("ana", o.told, "Continue next term");
    CHECK(o.wishes() == 1);
    CHECK(o.says("ana", "/mentoring continue").says("You said: you would like to go on in the next term"));
    CHECK(four_parts(o.presses("sam", o.told, "Continue next term")));
    CHECK(o.wishes() == 1);
    o.mail.until(leaving_bench::london(2027_y / 1 / 2, 12));
    h = o.presses("priya", o.told, "Continue next term");
    CHECK(h.says("the time to choose is over"));
    CHECK(four_parts(h));
    CHECK(o.wishes() == 1);
    CHECK(four_parts(o.says("ana", "/mentoring continue")));
}

TEST_CASE(
    "by the policy's ladder each is asked before the last day, and what both chose is settled by the closing",
    "[closing][rule-42]") {
    auto all = short_term;
    all.push_back({"leaving.ladder", "[\"day -21: nudge\", \"day -7: softer\"]"});
    leaving_bench o(all);
    CHECK(four_parts(o.says("ana", "/mentoring continue"))); // months too early
    CHECK_FALSE(o.says("ana", "/mentoring").says("How you would like to go on"));
    o.mail.until(leaving_bench::london(2026_y / 11 / 27, 20));
    CHECK(o.says("ana", "/mentoring").says("How you would like to go on with Priya"));
    for (const auto *who : {"ana", "priya"}) {
        INFO(who);
        const auto page = o.says(who, "/mentoring continue");
        REQUIRE(offers(page, "Continue next term"));
        o.presses(who, page, "Continue next term");
        CHECK_FALSE(o.says(who, "/mentoring").says("How you would like to go on"));
    }
    o.mail.until(leaving_bench::london(2026_y / 12 / 18, 12));
    const auto told = o.mail.shown(o.mail.to("G0PAIR").back());
    CHECK(told.says("is complete"));
    CHECK_FALSE(offers(told, "Continue next term"));
    o.on_file([&](storage::records &r) {
        CHECK(r.open<storage::pair_outcomes>().of(o.pair)->became == closing_choice::next_cycle);
    });
}

TEST_CASE(
    "a pair that goes on and misses something for the new term is put before the coordinators, not made",
    "[closing][rule-42]") {
    closed_bench o;
    o.presses("ana", o.told, "Continue next term");
    o.presses("priya", o.told, "Continue next term");
    o.mail.pass(minutes{2});
    o.happens("priya",
              person_described{.who = office::slack_of("priya"), .name = "Priya", .deactivated = true});
    o.next_year();
    o.mail.until(leaving_bench::london(2027_y / 2 / 1, 12));
    CHECK(o.pairs_of_ana().empty());
    CHECK(o.in_queue(leaving_line::cannot_go_on));
    CHECK(o.says("noor", "/program").says("something is missing for Priya"));
}

TEST_CASE(
    "closing by hand early is completed early, told as such in the report; undone, nothing of it stands",
    "[closing]") {
    leaving_bench o(short_term);
    const auto closed =
        o.submits("noor", o.says("noor", "/program close"), fields{{"name", std::string("starter")}});
    CHECK(o.ending()->kind == ending_kind::completed);
    CHECK(o.ending()->early);
    CHECK(o.says("noor", "/program report").says("of them early"));
    CHECK(o.presses("noor", closed, "Undo").says("Taken back"));
    CHECK_FALSE(o.ending());
    o.mail.pass(days{1});
    for (const auto &each : o.mail.calls)
        CHECK_FALSE(each.says("is complete"));
    const auto all = o.mail.to("D0PRIYA");
    CHECK(std::none_of(all.begin(), all.end(), [](const letter &one) { return one.says("What you gave"); }));
}

TEST_CASE("a line for others is published in just the words its author approved, without names",
          "[closing][rule-46]") {
    closed_bench o;
    const auto form = o.presses("ana", o.told, "A line others may read");
    REQUIRE(form.form == "quote");
    const auto sent = [&](const std::string &words, fields more = {}) {
        more.set("words", words);
        return o.submits("ana", form, more);
    };
    CHECK(sent("").errors.count("words") == 1);
    CHECK(sent("Priya taught me to ask").errors.at("words").find("It names Priya") != std::string::npos);
    CHECK(sent("I, Ana, learned to ask").errors.count("words") == 1);
    CHECK(sent(std::string(301, 'a')).errors.count("words") == 1);
    o.on_file([&](storage::records &r) { CHECK(r.open<storage::quotes>().approved(o.slug).empty()); });

    const auto shown = sent("I learned to ask <!channel>");
    CHECK(shown.says("“I learned to ask &lt;!channel&gt;”"));
    CHECK(o.says("noor", "/program quotes").says("nobody has approved"));
    CHECK(four_parts(o.presses("priya", shown, "Publish exactly this")));
    const auto approved = o.presses("ana", shown, "Publish exactly this");
    const auto list = o.says("noor", "/program quotes");
    CHECK(list.says("“I learned to ask &lt;!channel&gt;”"));
    CHECK_FALSE(list.says("Ana"));
    CHECK(four_parts(o.says("sam", "/program quotes")));
    CHECK(o.presses("ana", approved, "Take it back").says("Dropped"));
    CHECK(o.says("noor", "/program quotes").says("nobody has approved"));
    CHECK(four_parts(o.presses("ana", shown, "Publish exactly this")));
}

TEST_CASE("with their own name only where the author ticked it", "[closing][rule-46]") {
    closed_bench o;
    const auto form = o.presses("ana", o.told, "A line others may read");
    const auto shown =
        o.submits("ana", form, fields{{"words", std::string("I found my way")}, {"named", choices{{"yes"}}}});
    o.presses("ana", shown, "Publish exactly this");
    CHECK(o.says("noor", "/program quotes").says("“I found my way” (Ana)"));
}
