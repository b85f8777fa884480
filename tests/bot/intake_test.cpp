// From delivery to acknowledgement: saved before it is said, said in time, said once, and never lost.
#include "storage/inbox.hpp"
#include "tests/bot/intake_bench.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::bot;
using namespace rapport::bot::tests;

namespace {

std::string text_of(const nlohmann::json &ack) {
    return ack.contains("payload") ? ack["payload"].value("text", "") : std::string();
}

// What the inbox knows of a key.
std::optional<storage::earlier_delivery> inbox_row(intake_bench &b, const std::string &key) {
    return b.store
        ->write_and_wait({"look"},
                         [&](storage::session &db) {
                             return storage::inbox(db).first_time(team_id{"T0HOME"}, key, "look", b.clock.at);
                         })
        .value();
}

} // namespace

TEST_CASE("a command is on disk before it is acknowledged, with its answer, on the link that brought it") {
    intake_bench b;
    b.take(b.command("help", "k1"));
    CHECK(b.link->sent.empty()); // nothing before the commit
    b.until([&] { return b.idle(); });
    REQUIRE(b.link->sent.size() == 1);
    CHECK(b.link->sent[0]["envelope_id"] == "e-k1");
    CHECK_FALSE(text_of(b.link->sent[0]).empty());
    CHECK(b.saved == 1);
    const auto row = inbox_row(b, "k1");
    REQUIRE(row);
    CHECK(row->kind == "command");
    CHECK(b.to.of("chat.postMessage").empty());
}

TEST_CASE("an answer that was delivered is marked so, and its text is gone from the inbox") {
    intake_bench b;
    b.take(b.command("help", "k1"));
    b.until([&] { return b.idle(); });
    b.until([&] {
        const auto row = inbox_row(b, "k1");
        return row && row->delivered_at;
    });
    CHECK_FALSE(inbox_row(b, "k1")->answer);
}

TEST_CASE("the same delivery again does nothing again and is answered") {
    intake_bench b;
    b.take(b.command("help", "k1"));
    b.until([&] { return b.idle() && inbox_row(b, "k1")->delivered_at; });
    b.take(b.command("help", "k1"));
    b.until([&] { return b.idle(); });
    REQUIRE(b.link->sent.size() == 2);
    CHECK(text_of(b.link->sent[1]).find("already recorded") != std::string::npos);
    CHECK(b.counted.value(metric::envelopes_duplicate_total, {"command"}) == 1);
    CHECK(b.lines.find("request_duplicate") != std::string::npos);
}

TEST_CASE(
    "a message somebody wrote is acknowledged bare once it is saved; one of a bot is not even a request") {
    intake_bench b;
    b.take(b.said("k1"));
    b.until([&] { return b.idle() && b.link->sent.size() == 1; });
    CHECK_FALSE(b.link->sent[0].contains("payload"));

    auto bots = b.said("k2");
    std::get<slack::message_seen>(bots.what).is_bot = true;
    b.take(std::move(bots));
    CHECK(b.link->sent.size() == 2);
    CHECK_FALSE(inbox_row(b, "k2"));
}

TEST_CASE(
    "beyond the limit in flight an event stays unacknowledged, a person is told that nothing was saved") {
    intake_limits limits;
    limits.in_flight = 1;
    limits.budget = std::chrono::minutes(1);
    intake_bench b(limits);
    held_store disk(*b.store);
    b.take(b.said("k0"));
    CHECK(b.in->in_flight() == 1);

    b.take(b.said("k1"));
    CHECK(b.link->unanswered == 1);
    b.take(b.command("help", "k2"));
    REQUIRE(b.link->sent.size() == 1);
    CHECK(b.link->sent[0]["envelope_id"] == "e-k2");
    CHECK(text_of(b.link->sent[0]).find("Nothing was saved") != std::string::npos);
    CHECK(b.counted.value(metric::envelopes_refused_total, {"event"}) == 1);
    CHECK(b.counted.value(metric::envelopes_refused_total, {"command"}) == 1);

    disk.let_go();
    b.until([&] { return b.idle(); });
    CHECK_FALSE(inbox_row(b, "k2"));
    b.take(b.command("help", "k3"));
    b.until([&] { return b.idle(); });
    CHECK(b.link->sent.back()["envelope_id"] == "e-k3");
}

TEST_CASE("past the budget the person reads 'still on it' and gets the answer by the response address") {
    intake_limits limits;
    limits.budget = std::chrono::milliseconds(5);
    intake_bench b(limits);
    b.people->seen(slack_id{"U0ANA"});
    held_store disk(*b.store);
    b.take(b.command("help", "k1"));
    b.until([&] { return b.link->sent.size() == 1; });
    CHECK(text_of(b.link->sent[0]).find("Still on it") != std::string::npos);
    CHECK(b.counted.value(metric::ack_late_total) == 1);
    CHECK(b.to.of("respond").empty());

    disk.let_go();
    b.until([&] { return b.idle() && !b.to.of("respond").empty(); });
    CHECK(b.link->sent.size() == 1); // one acknowledgement an envelope
    const auto said = b.to.of("respond")[0].body;
    CHECK(said["response_type"] == "ephemeral");
    CHECK(said["text"].get<std::string>().find("Still on it") == std::string::npos);
    b.until([&] { return b.counted.value(metric::answers_late_total, {"respond"}) == 1; });
}

TEST_CASE("a form refused past the budget stays open beneath, and its refusal comes as a message in words") {
    intake_limits limits;
    limits.budget = std::chrono::milliseconds(5);
    intake_bench b(limits);
    b.people->seen(slack_id{"U0ANA"});
    held_store disk(*b.store);
    b.take(b.form("k1"));
    b.until([&] { return b.link->sent.size() == 1; });
    const auto first = b.link->sent[0]["payload"];
    CHECK(first["response_action"] == "push");
    CHECK(first["view"]["callback_id"] == "still_on_it");

    disk.let_go();
    b.until([&] { return b.to.of("chat.postMessage").size() == 1; });
    const auto said = b.to.of("chat.postMessage")[0].body;
    CHECK(said["channel"] == "D0DIRECT");
    const auto words = said["text"].get<std::string>();
    CHECK(words.find("from another time") != std::string::npos);
    CHECK(words.find("Try: /mentoring") != std::string::npos);
    CHECK(words.find("Nothing was saved.") != std::string::npos);
    b.until([&] { return inbox_row(b, "k1")->delivered_at.has_value(); });
}

TEST_CASE("with the link cut before the acknowledgement the answer leaves by the response address") {
    intake_bench b;
    b.link->cut = true;
    b.take(b.command("help", "k1"));
    b.until([&] { return b.to.of("respond").size() == 1; });
    CHECK(b.counted.value(metric::ack_unsent_total) == 1);
    b.until([&] { return inbox_row(b, "k1")->delivered_at.has_value(); });
}

TEST_CASE(
    "an acknowledgement that died in the queue of its link has told nobody: the answer leaves another way") {
    intake_bench b;
    b.link->stuck = true;
    b.take(b.command("help", "k1"));
    b.until([&] { return b.to.of("respond").size() == 1; });
    CHECK(b.link->sent.empty());
    CHECK(b.counted.value(metric::ack_unsent_total) == 1);
    b.until([&] { return inbox_row(b, "k1")->delivered_at.has_value(); });
}

TEST_CASE("with the response address used up, the answer leaves as a direct message") {
    intake_bench b;
    b.link->cut = true;
    b.to.answers["respond"] = {slack::failure::outdated, "used_url", "", {}};
    b.take(b.command("help", "k1"));
    b.until([&] { return b.to.of("chat.postMessage").size() == 1; });
    const auto posted = b.to.of("chat.postMessage")[0].body;
    CHECK(posted["channel"] == "D0DIRECT");
    CHECK_FALSE(posted["text"].get<std::string>().empty());
    CHECK_FALSE(posted.contains("response_type"));
    CHECK(b.to.of("conversations.open")[0].body["users"] == "U0ANA");
}

TEST_CASE("an answer nobody could take stays in the inbox and is said at the next sweep, once") {
    intake_bench b;
    b.link->cut = true;
    b.to.answers["respond"] = {slack::failure::later, "network", "", {}};
    b.to.answers["conversations.open"] = {slack::failure::later, "network", "", {}};
    b.take(b.command("help", "k1"));
    b.until([&] { return b.to.of("conversations.open").size() == 1; });
    bool drained = false;
    b.answers->drain([&] { drained = true; });
    b.until([&] { return drained; });
    CHECK(inbox_row(b, "k1")->answer);

    b.to.answers.erase("conversations.open");
    b.clock.at += minutes{2};
    b.answers->sweep(minutes{1});
    b.until([&] { return b.to.of("chat.postMessage").size() == 1; });
    b.until([&] { return inbox_row(b, "k1")->delivered_at.has_value(); });
    drained = false;
    b.answers->sweep(minutes{1});
    b.answers->drain([&] { drained = true; });
    b.until([&] { return drained; });
    CHECK(b.to.of("chat.postMessage").size() == 1);
}

TEST_CASE("after an hour an undelivered answer is let go") {
    intake_bench b;
    b.link->cut = true;
    b.to.answers["respond"] = {slack::failure::later, "network", "", {}};
    b.to.answers["conversations.open"] = {slack::failure::later, "network", "", {}};
    b.take(b.command("help", "k1"));
    b.until([&] { return b.to.of("conversations.open").size() == 1; });
    b.clock.at += hours{1} + minutes{1};
    bool drained = false;
    b.answers->drain([&] { drained = true; });
    b.until([&] { return drained; });
    drained = false;
    b.answers->sweep(minutes{1});
    b.answers->drain([&] { drained = true; });
    b.until([&] { return drained; });
    CHECK(b.to.of("conversations.open").size() == 1);
    CHECK_FALSE(inbox_row(b, "k1")->answer);
}

TEST_CASE(
    "a request the database could not take is answered with an apology and a reference that is in the log") {
    intake_bench b;
    b.people->seen(slack_id{"U0ANA"});
    b.store->stop();
    b.take(b.command("help", "k1"));
    b.until([&] { return b.idle(); });
    REQUIRE(b.link->sent.size() == 1);
    const auto words = b.link->sent[0].dump();
    const reference whose("k1");
    const bool apology = words.find(whose.str()) != std::string::npos;
    const bool busy_words = words.find("more to do") != std::string::npos;
    CHECK((apology || busy_words));
    CHECK(words.find("Nothing was saved") != std::string::npos);
    CHECK(b.lines.find(whose.str()) != std::string::npos);
    CHECK(b.saved == 0);
}

TEST_CASE("an event the database could not take stays unacknowledged, so it comes again") {
    intake_bench b;
    b.store->stop();
    b.take(b.said("k1"));
    b.until([&] { return b.idle(); });
    CHECK(b.link->sent.empty());
    CHECK(b.link->unanswered == 1);
}

TEST_CASE("deliveries of another workspace and kinds nobody knows are acknowledged and left alone") {
    intake_bench b;
    auto foreign = b.command("help", "k1");
    foreign.from.team = "T0OTHER";
    b.take(std::move(foreign));
    slack::delivery odd;
    odd.envelope_id = "e-odd";
    odd.kind = slack::delivery_kind::other;
    odd.what = slack::other_delivery{"new_kind", "new_type"};
    b.take(odd);
    b.take(odd);
    CHECK(b.link->sent.size() == 3);
    CHECK(b.in->in_flight() == 0);
    CHECK_FALSE(inbox_row(b, "k1"));
    const auto first = b.lines.find("delivery_unknown");
    CHECK(first != std::string::npos);
    CHECK(b.lines.find("delivery_unknown", first + 1) == std::string::npos);
}

TEST_CASE("the suggestions of a menu are answered with none, not with an error") {
    intake_bench b;
    slack::delivery asks;
    asks.envelope_id = "e1";
    asks.kind = slack::delivery_kind::interactive;
    asks.accepts_payload = true;
    asks.what = slack::block_suggestion{"U0ANA", "b", "a", "x", {}};
    b.take(std::move(asks));
    REQUIRE(b.link->sent.size() == 1);
    CHECK(b.link->sent[0]["payload"]["options"].empty());
}

TEST_CASE("people are asked of the platform the first time only: who asks, and who is named") {
    intake_bench b;
    b.take(b.command("enrol <@U0SAM|sam> and <@U0SAM> <@U0NOOR>", "k1", "/program"));
    b.until([&] { return b.idle(); });
    std::set<std::string> asked;
    for (const auto &one : b.to.of("users.info"))
        asked.insert(one.body["user"]);
    CHECK(asked == std::set<std::string>{"U0ANA", "U0SAM", "U0NOOR"});
    CHECK(b.to.of("users.info").size() == 3);
    b.take(b.command("help", "k2"));
    b.until([&] { return b.idle(); });
    CHECK(b.to.of("users.info").size() == 3);
    b.take(b.said("k3"));
    b.until([&] { return b.idle(); });
    CHECK(b.to.of("users.info").size() == 3); // who writes is not looked up
}

TEST_CASE("a platform that does not say who somebody is does not hold their request for long") {
    intake_bench b;
    b.people = std::make_unique<directory>(b.io.get_executor(), b.to, b.log,
                                           directory_limits{.patience = std::chrono::milliseconds(10)});
    b.in = std::make_unique<intake>(
        b.io.get_executor(), intake::neighbours{*b.store, *b.answers, *b.people, b.clock, b.log, b.counted});
    b.in->set_place({team_id{"T0HOME"}, slack_id{"U0RAPPORT"}});
    b.in->set_house(std::make_shared<house_in_force>(house{}, team_id{"T0HOME"}));
    b.to.silent = {"users.info"};
    b.take(b.command("help", "k1"));
    b.until([&] { return b.idle(); });
    CHECK(b.link->sent.size() == 1);
    b.to.unanswered.at(0)({}); // too late, harms nothing
}

TEST_CASE("draining takes no more and waits for what was taken") {
    intake_bench b;
    b.people->seen(slack_id{"U0ANA"});
    held_store disk(*b.store);
    b.take(b.command("help", "k1"));
    bool drained = false;
    b.in->drain([&] { drained = true; });
    b.take(b.said("k2"));
    CHECK(b.link->unanswered == 1);
    CHECK_FALSE(drained);
    disk.let_go();
    b.until([&] { return drained; });
    CHECK(b.link->sent.size() == 1);
}

TEST_CASE("no log line holds what a person typed, their name or an address") {
    intake_bench b;
    b.log.set_level(level::debug);
    b.take(b.command("canarywords <@U0SAM|canaryname>", "k1"));
    b.until([&] { return b.idle(); });
    b.link->cut = true;
    b.to.answers["respond"] = {slack::failure::unknown, "canary answer of a proxy", "", {}};
    b.take(b.command("canarywords", "k2"));
    b.until([&] { return b.to.of("chat.postMessage").size() == 1; });
    CHECK(b.lines.find("canary") == std::string::npos);
    CHECK(b.lines.find("hooks.example") == std::string::npos);
    CHECK(b.lines.find("123.456.abc") == std::string::npos);
}

TEST_CASE("a command that enrols a channel is answered with its members read, page by page", "[rule-4]") {
    intake_bench b;
    auto here = std::make_shared<house_in_force>(house{}, team_id{"T0HOME"});
    b.in->set_house(here);
    b.to.answers["conversations.members"] = {
        slack::failure::none,
        "",
        R"({"ok":true,"members":["U0ANA"],"response_metadata":{"next_cursor":""}})",
        {}};
    b.take(b.command("enrol <#C0ALL|all> protege", "k1", "/program"));
    b.until([&] { return b.idle(); });
    const auto asked = b.to.of("conversations.members");
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].body["channel"] == "C0ALL");
    CHECK(b.link->sent.size() == 1);
    // no other command reads anybody's channel
    b.take(b.command("people <#C0ALL|all>", "k2", "/program"));
    b.take(b.command("log <#C0ALL|all>", "k3"));
    b.until([&] { return b.idle(); });
    CHECK(b.to.of("conversations.members").size() == 1);
}

TEST_CASE("a platform that does not tell a channel's members holds the answer only so long", "[rule-4]") {
    intake_bench b;
    b.to.silent.insert("conversations.members");
    b.take(b.command("enrol <#C0ALL|all> protege", "k1", "/program"));
    b.until([&] { return b.idle(); });
    CHECK(b.link->sent.size() == 1);
}
