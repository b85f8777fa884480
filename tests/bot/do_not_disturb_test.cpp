// Who is not to be disturbed: asked together, remembered a while, and nobody's trouble where it is not known.
#include "bot/do_not_disturb.hpp"
#include "tests/bot/intake_bench.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::bot;
using namespace rapport::bot::tests;

namespace {

const slack_id ana{"U0ANA"}, priya{"U0PRIYA"};

struct quiet_bench {
    boost::asio::io_context io{1};
    manual_clock clock;
    std::string lines;
    logger log{level::debug, [this](std::string_view line) { lines += line; }};
    recording_platform to{io};
    do_not_disturb quiet{io.get_executor(), to, clock, log};

    void says(const nlohmann::json &users) {
        to.answers["dnd.teamInfo"] = {
            slack::failure::none, "", nlohmann::json{{"ok", true}, {"users", users}}.dump(), {}};
    }
    nlohmann::json span(std::int64_t from_now, std::int64_t until_now) const {
        const auto now = std::chrono::duration_cast<seconds>(clock.at.time_since_epoch()).count();
        return {{"dnd_enabled", true},
                {"next_dnd_start_ts", now + from_now},
                {"next_dnd_end_ts", now + until_now}};
    }
    std::optional<instant> ask(const slack_id &who) {
        std::optional<std::optional<instant>> heard;
        quiet.ask(who, [&](std::optional<instant> until) { heard = until; });
        io.restart();
        io.run();
        REQUIRE(heard);
        return *heard;
    }
};

} // namespace

TEST_CASE("a person in their quiet span is told of with its end; one outside it, or without one, is not") {
    quiet_bench b;
    b.says({{"U0ANA", b.span(-60, 3600)}, {"U0PRIYA", b.span(60, 3600)}});
    CHECK(b.ask(ana) == b.clock.at + hours{1});
    CHECK_FALSE(b.ask(priya));
}

TEST_CASE("people asked for in the same turn share a call, and are not asked for again for a while") {
    quiet_bench b;
    b.says({{"U0ANA", b.span(-60, 3600)}, {"U0PRIYA", b.span(-60, 60)}});
    int heard = 0;
    for (const auto &who : {ana, priya, ana})
        b.quiet.ask(who, [&](std::optional<instant>) { ++heard; });
    b.io.run();
    CHECK(heard == 3);
    REQUIRE(b.to.of("dnd.teamInfo").size() == 1);
    CHECK(b.to.of("dnd.teamInfo")[0].body["users"] == "U0ANA,U0PRIYA");
    CHECK(b.ask(ana));
    CHECK(b.to.of("dnd.teamInfo").size() == 1);
    b.clock.at += hours{2}; // the span that was heard of is over: what comes next is not known
    b.says({{"U0ANA", b.span(600, 3600)}});
    CHECK_FALSE(b.ask(ana));
    CHECK(b.to.of("dnd.teamInfo").size() == 2);
}

TEST_CASE("without the scope nobody is held back, and it is not asked for again at every message") {
    quiet_bench b;
    b.to.answers["dnd.teamInfo"] = {slack::failure::configuration, "missing_scope", "", {}};
    CHECK_FALSE(b.ask(ana));
    CHECK_FALSE(b.ask(priya));
    CHECK(b.to.of("dnd.teamInfo").size() == 1);
    CHECK(b.lines.find("missing_scope") != std::string::npos);
}

TEST_CASE("a failed answer holds nobody back, and the next is asked for again") {
    quiet_bench b;
    b.to.answers["dnd.teamInfo"] = {slack::failure::later, "timeout", "", {}};
    CHECK_FALSE(b.ask(ana));
    CHECK_FALSE(b.ask(ana));
    CHECK(b.to.of("dnd.teamInfo").size() == 2);
}

TEST_CASE("whatever the platform sends in place of a span is read as none") {
    for (const auto *odd :
         {"", "[]", "{}", R"({"users":7})", R"({"users":{"U0ANA":7}})", R"({"users":{"U0ANA":{}}})",
          R"({"users":{"U0ANA":{"dnd_enabled":true,"next_dnd_start_ts":1,"next_dnd_end_ts":1}}})",
          R"({"users":{"U0ANA":{"dnd_enabled":false,"next_dnd_start_ts":5,"next_dnd_end_ts":9}}})",
          R"({"users":{"U0ANA":{"dnd_enabled":true,"next_dnd_start_ts":9,"next_dnd_end_ts":5}}})",
          R"({"users":{"U0ANA":{"dnd_enabled":true,"next_dnd_start_ts":"9","next_dnd_end_ts":"10"}}})"})
        CHECK_FALSE(quiet_span_of(odd, ana));
    CHECK(
        quiet_span_of(R"({"users":{"U0ANA":{"dnd_enabled":true,"next_dnd_start_ts":5,"next_dnd_end_ts":9}}})",
                      ana) == quiet_span{instant{seconds{5}}, instant{seconds{9}}});
}
