// What a log line looks like, and what cannot get into one.
#include "bot/logging.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <set>

using namespace rapport;
using namespace rapport::bot;

namespace {

struct captured {
    std::string lines;
    logger log{level::info, [this](std::string_view line) { lines += line; }};

    nlohmann::json last() const {
        const auto end = lines.rfind('\n');
        const auto begin = lines.rfind('\n', end - 1);
        return nlohmann::json::parse(lines.substr(begin == std::string::npos ? 0 : begin + 1));
    }
};

// Whether `with("k", value)` compiles for a value of this type.
template <class T>
concept can_be_logged = requires(const T &value) {
    with("k", value);
};

// As a token of the Slack client: no way to print it.
class secret {};

} // namespace

TEST_CASE("texts that may hold a person's words do not compile into a log line") {
    STATIC_REQUIRE_FALSE(can_be_logged<std::string>);
    STATIC_REQUIRE_FALSE(can_be_logged<std::string_view>);
    STATIC_REQUIRE_FALSE(can_be_logged<const char *>);
    STATIC_REQUIRE_FALSE(can_be_logged<char[6]>);
    STATIC_REQUIRE_FALSE(can_be_logged<std::vector<std::string>>);
    STATIC_REQUIRE_FALSE(can_be_logged<secret>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<std::string, checked_word>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<std::string, of_operator>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<std::string, reference>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<constant, std::string>);
}

TEST_CASE("ids, choices, counts, times and constants do") {
    STATIC_REQUIRE(can_be_logged<slack_id>);
    STATIC_REQUIRE(can_be_logged<level>);
    STATIC_REQUIRE(can_be_logged<std::size_t>);
    STATIC_REQUIRE(can_be_logged<milliseconds>);
    STATIC_REQUIRE(can_be_logged<instant>);
    STATIC_REQUIRE(can_be_logged<constant>);
}

TEST_CASE("a line is one JSON object with a time to the millisecond, a level and an event") {
    captured c;
    const bool again = true;
    const std::size_t count = 3;
    const milliseconds took{1234};
    const instant due{milliseconds{1796126400123}};
    const constant how = "by hand";
    c.log.say(event::sent, with("again", again), with("count", count), with("took", took), with("due", due),
              with("how", how), with("least", level::warning));
    const auto line = c.last();
    CHECK(line["event"] == "sent");
    CHECK(line["level"] == "info");
    CHECK(line["ts"].get<std::string>().size() == std::string("2026-12-01T12:00:00.123Z").size());
    CHECK(line["again"] == "yes");
    CHECK(line["count"] == 3);
    CHECK(line["took_ms"] == 1234);
    CHECK(line["due_at"] == "2026-12-01T12:00:00.123Z");
    CHECK(line["how"] == "by hand");
    CHECK(line["least"] == "warning");
    CHECK(c.lines.back() == '\n');
}

TEST_CASE("ids are hashed, the same id the same way, until debug is on") {
    captured c;
    const slack_id ana{"U0ANA"}, priya{"U0PRIYA"};
    c.log.say(event::sent, with("to", ana), with("from", priya));
    const auto first = c.last();
    c.log.say(event::sent, with("to", ana));
    CHECK(c.lines.find("U0ANA") == std::string::npos);
    CHECK(first["to"] == c.last()["to"]);
    CHECK(first["to"] != first["from"]);

    c.log.debug_for(minutes{15});
    c.log.say(event::sent, with("to", ana));
    CHECK(c.last()["to"] == "U0ANA");
}

TEST_CASE("a level that is off costs no line, and debug ends by itself") {
    captured c;
    c.log.say(event::planned);
    CHECK(c.lines.empty());
    c.log.debug_for(minutes{15});
    c.log.say(event::planned);
    CHECK_FALSE(c.lines.empty());
    c.log.debug_for(milliseconds{-1});
    CHECK_FALSE(c.log.wants(level::debug));
    c.log.set_level(level::error);
    CHECK_FALSE(c.log.wants(level::warning));
}

TEST_CASE("what should be a word of the platform and is not becomes 'unreadable'") {
    CHECK(checked_word("channel_not_found").str() == "channel_not_found");
    CHECK(checked_word("chat.postMessage").str() == "chat.postMessage");
    for (const auto *odd : {"", "<html>oops</html>", "Ana Silva", "two words", "U0ANA12345", "xoxb-1-2",
                            "a\nb", "\"quoted\"", "r\xc3\xa9sum\xc3\xa9"})
        CHECK(checked_word(odd).str() == "unreadable");
    CHECK(checked_word(std::string(65, 'a')).str() == "unreadable");
}

TEST_CASE("an operator's text cannot break out of its line") {
    captured c;
    const of_operator path("data/\"odd\"\n{\"event\":\"forged\"}\x01\\");
    c.log.say(event::start_failed, with("place", path));
    CHECK(std::count(c.lines.begin(), c.lines.end(), '\n') == 1);
    CHECK(c.last()["place"] == path.str());
}

TEST_CASE(
    "every line of a request carries its key, which is short and says nothing of what it was made from") {
    captured c;
    const reference whose("9876543210.12345.deadbeef");
    c.log.say(event::request_answered, whose, with("count", 1));
    CHECK(c.last()["key"] == whose.str());
    CHECK(whose.str().size() == 10);
    CHECK(whose == reference("9876543210.12345.deadbeef"));
    CHECK_FALSE(whose == reference("9876543210.12345.deadbeee"));
}

TEST_CASE("event names are unique, in snake case, and each says what it means") {
    std::set<std::string_view> seen;
    for (const auto &row : event_table) {
        CHECK(seen.insert(row.name).second);
        CHECK(checked_word(row.name).str() == row.name);
        CHECK(row.means.size() > 20);
        CHECK(row.means.back() == '.');
    }
}
