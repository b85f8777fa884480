// The reply clock: who counts, what starts, answers, stops and moves it, from who and when alone.
#include "tests/handlers/mail_round.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::tests;

namespace {

struct bench {
    office o;
    mail_round mail{o};

    std::vector<storage::reply_clock> running() {
        std::vector<storage::reply_clock> out;
        o.on_file([&](storage::records &r) { out = r.clocks.running_in("G0PAIR"); });
        return out;
    }
    heard happens(const std::string &who, seen_kind kind, const std::string &ts) {
        return o.happens(who, message_seen{.ts = ts, .kind = kind}, "G0PAIR");
    }
    std::string now_ts() const {
        return std::to_string(o.now.time_since_epoch().count() / 1000) + ".000100";
    }
    storage::pair add_pair(const std::string &mentor, const std::string &protege, const program_slug &slug,
                           const term_id &term, const std::string &channel) {
        storage::pair p;
        o.on_file([&](storage::records &r) {
            p.id = r.ids.make<pair_id>(o.now);
            p.program = slug;
            p.term = term;
            p.mentor = r.people.by_slack(office::slack_of(mentor))->id;
            p.protege = r.people.by_slack(office::slack_of(protege))->id;
            p.began_at = o.now - days{20};
            p.channel = channel_id{channel};
            r.pairs.add(p);
        });
        return p;
    }
};

} // namespace

TEST_CASE("messages, files, /me and replies in threads start the clock; bots and edits do not") {
    struct row {
        seen_kind kind;
        std::size_t clocks;
    };
    const auto each =
        GENERATE(row{seen_kind::plain, 1}, row{seen_kind::file, 1}, row{seen_kind::me, 1},
                 row{seen_kind::broadcast, 1}, row{seen_kind::bot, 0}, row{seen_kind::changed, 0});
    bench b;
    b.happens("ana", each.kind, b.now_ts());
    CHECK(b.running().size() == each.clocks);
}

TEST_CASE("the clock starts at the message's own time, and never later than now") {
    bench b;
    b.o.on_file([&](storage::records &r) {
        wrote(r, b.o.here.rules, office::slack_of("ana"), channel_id{"G0PAIR"}, "1893456000.000000", b.o.now);
    });
    REQUIRE(b.running().size() == 1);
    CHECK(b.running()[0].started_at == b.o.now); // a clock of the platform that is ahead of ours

    bench early;
    const auto ts = early.now_ts();
    early.o.advance(minutes{7});
    early.happens("ana", seen_kind::plain, ts);
    REQUIRE(early.running().size() == 1);
    CHECK(early.running()[0].started_at < early.o.now - minutes{6});
    CHECK(early.running()[0].occasion == ts);
}

TEST_CASE("a timestamp that is none is no message") {
    const auto now = instant{} + days{20000};
    CHECK_FALSE(said_at("", now));
    CHECK_FALSE(said_at("yesterday", now));
    CHECK_FALSE(said_at("12a.0", now));
    CHECK_FALSE(said_at("-5.0", now));
    CHECK_FALSE(said_at("1234.xy", now));
    CHECK(said_at("1234.567000", now) == instant{milliseconds{1234567}});
    CHECK(said_at("1234", now) == instant{milliseconds{1234000}});
}

TEST_CASE("only members of the pair count, and only in its conversation") {
    bench b;
    b.mail.writes("sam");            // a third person
    b.mail.writes("zed");            // nobody Rapport knows
    b.mail.writes("ana", "C0LOBBY"); // elsewhere
    CHECK(b.running().empty());
}

TEST_CASE("the first unanswered message is the occasion; an answer settles it and starts the other's clock") {
    bench b;
    const auto first = b.mail.writes("ana");
    b.o.advance(hours{5});
    b.mail.writes("ana");
    REQUIRE(b.running().size() == 1);
    CHECK(b.running()[0].occasion == first);
    CHECK(b.running()[0].owed_by == b.o.id_of("priya"));

    b.o.advance(hours{5});
    const auto answer = b.mail.writes("priya");
    REQUIRE(b.running().size() == 1);
    CHECK(b.running()[0].occasion == answer);
    CHECK(b.running()[0].owed_by == b.o.id_of("ana"));
}

TEST_CASE("events that come late do not turn the order round") {
    bench b;
    const auto early = b.now_ts();
    b.o.advance(hours{1});
    const auto answer = b.now_ts();
    b.happens("priya", seen_kind::plain, answer);
    b.happens("ana", seen_kind::plain, early); // written before it, delivered after it
    REQUIRE(b.running().size() == 1);
    CHECK(b.running()[0].occasion == answer);
    CHECK(b.running()[0].waiting == b.o.id_of("priya"));
}

TEST_CASE("a deletion stops the clock only if no unanswered message remains") {
    bench b;
    const auto first = b.mail.writes("ana");
    b.o.advance(hours{2});
    const auto second = b.mail.writes("ana");
    b.mail.deletes(first);
    REQUIRE(b.running().size() == 1);
    CHECK(b.running()[0].occasion == second);
    CHECK(b.running()[0].started_at == b.o.now);
    b.happens("ana", seen_kind::deleted, second);
    CHECK(b.running().empty());
    b.mail.until(b.o.now + days{20});
    CHECK(b.mail.to("D0PRIYA").empty());
}

TEST_CASE("a contact is recorded once a day and sender, for every open pair of the two", "[rule-91]") {
    bench b;
    b.add_pair("ana", "priya", program_slug{"starter"}, b.o.term, "G0PAIR"); // the other way round
    b.mail.writes("ana");
    b.mail.writes("ana");
    b.mail.writes("priya");
    b.o.advance(days{1});
    b.mail.writes("ana");
    b.o.on_file([&](storage::records &r) {
        for (const auto &pair : r.pairs.in_channel(channel_id{"G0PAIR"}))
            CHECK(r.contacts.latest(pair.id, 20).size() == 3);
    });
}

TEST_CASE("several pairs in one conversation have one clock, under the shortest target") {
    bench b;
    auto quick = starter_program();
    quick.slug = program_slug{"quick"};
    quick.replies.promise->target_days = 1;
    b.o.here.rules.add(1, quick);
    term_id term;
    b.o.on_file([&](storage::records &r) {
        r.programs.apply_policy(quick.slug, "quick", b.o.now, std::nullopt);
        storage::term t;
        t.id = term = r.ids.make<term_id>(b.o.now);
        t.program = quick.slug;
        t.name = "2026";
        t.opens_at = b.o.now - days{30};
        r.programs.add_term(t);
    });
    const auto other = b.add_pair("priya", "ana", quick.slug, term, "G0PAIR");
    b.mail.writes("ana");
    REQUIRE(b.running().size() == 1);
    CHECK(b.running()[0].pair == other.id);

    // when that pair ends the clock runs on under the one that is left; when none is left it stops
    const auto end = [&](const pair_id &id) {
        b.o.on_file([&](storage::records &r) {
            r.pairs.end(id, std::nullopt, b.o.now);
            replies_after_end(r, b.o.here.rules, *r.pairs.by_id(id), b.o.now);
        });
    };
    end(other.id);
    REQUIRE(b.running().size() == 1);
    CHECK(b.running()[0].pair == b.o.pair);
    end(b.o.pair);
    CHECK(b.running().empty());
    b.mail.writes("ana");
    CHECK(b.running().empty()); // nothing runs after the last open pair ended
    b.mail.until(b.o.now + days{20});
    CHECK(b.mail.to("D0PRIYA").empty());
}

TEST_CASE("silence starts no clock in a pair that talks elsewhere, nor where a program wants none") {
    bench b;
    SECTION("talks elsewhere") {
        b.o.on_file([&](storage::records &r) { r.pairs.talk_elsewhere(b.o.pair, true); });
    }
    SECTION("the program wants none") {
        auto quiet = starter_program();
        quiet.replies.loose = loose_message::none;
        b.o.here.rules.add(2, quiet);
    }
    SECTION("the program does not listen") {
        auto deaf = starter_program();
        deaf.contacts.hears = listening::none;
        b.o.here.rules.add(2, deaf);
    }
    b.mail.writes("ana");
    CHECK(b.running().empty());
}

TEST_CASE("a clock that ran while nobody listened is soft: no message for it alone") {
    bench b;
    b.o.on_file([&](storage::records &r) { still_listening(r, b.o.now); });
    b.mail.writes("ana");
    SECTION("listening all the time") {
        for (int i = 0; i < 4 * 24 * 60; ++i) {
            b.o.advance(minutes{1});
            b.o.on_file([&](storage::records &r) { still_listening(r, b.o.now); });
        }
        CHECK(b.running()[0].strength == clock_strength::firm);
    }
    SECTION("away for an hour, and planning before the first word of listening") {
        b.o.advance(hours{1});
        b.mail.deliver();
        b.o.on_file([&](storage::records &r) { still_listening(r, b.o.now); });
        CHECK(b.running()[0].strength == clock_strength::soft);
        // a message after it is firm again
        b.mail.writes("priya");
        CHECK(b.running()[0].strength == clock_strength::firm);
    }
}

TEST_CASE("a paused or deactivated side starts and hears nothing") {
    bench b;
    b.o.on_file([&](storage::records &r) {
        auto ana = *r.people.by_slack(office::slack_of("ana"));
        ana.state = person_state::deactivated;
        r.people.save(ana);
    });
    b.mail.writes("ana");
    CHECK(b.running().empty());
}
