// Counting, and the text Prometheus reads.
#include "bot/metrics.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <sstream>

using namespace rapport;
using namespace rapport::bot;

TEST_CASE("names follow Prometheus: our prefix, no doubles, _total behind counters and only there") {
    std::set<std::string_view> seen;
    for (const auto &row : metric_table) {
        INFO(row.name);
        CHECK(seen.insert(row.name).second);
        const bool ours = row.name.starts_with("rapport_");
        const bool standard = row.name.starts_with("process_");
        CHECK(ours != standard);
        CHECK(row.name.ends_with("_total") == (row.kind == metric_kind::counter));
        CHECK(row.help.ends_with("."));
    }
}

TEST_CASE("a counter's series stand under its labels") {
    metrics m;
    m.add(metric::commands_total, {"checkin", "done"});
    m.add(metric::commands_total, {"checkin", "done"});
    m.add(metric::commands_total, {"checkin", "refused"});
    CHECK(m.value(metric::commands_total, {"checkin", "done"}) == 2);
    const auto text = m.text();
    CHECK(text.find("# TYPE rapport_commands_total counter\n") != std::string::npos);
    CHECK(text.find("rapport_commands_total{command=\"checkin\",outcome=\"done\"} 2\n") != std::string::npos);
    CHECK(text.find("rapport_commands_total{command=\"checkin\",outcome=\"refused\"} 1\n") !=
          std::string::npos);
}

TEST_CASE("what was never touched is not shown") {
    CHECK(metrics{}.text().empty());
}

TEST_CASE("a histogram's buckets are cumulative and end with the count") {
    metrics m;
    m.observe(metric::ack_duration_seconds, milliseconds{20});
    m.observe(metric::ack_duration_seconds, milliseconds{400});
    m.observe(metric::ack_duration_seconds, seconds{9});
    const auto text = m.text();
    for (const auto *line :
         {"rapport_ack_duration_seconds_bucket{le=\"0.01\"} 0\n",
          "rapport_ack_duration_seconds_bucket{le=\"0.05\"} 1\n",
          "rapport_ack_duration_seconds_bucket{le=\"0.5\"} 2\n",
          "rapport_ack_duration_seconds_bucket{le=\"3\"} 2\n",
          "rapport_ack_duration_seconds_bucket{le=\"+Inf\"} 3\n", "rapport_ack_duration_seconds_count 3\n",
          "rapport_ack_duration_seconds_sum 9.42\n"})
        CHECK(text.find(line) != std::string::npos);
}

TEST_CASE("the number of series has a limit, beyond which things are counted as other") {
    metrics m;
    for (int i = 0; i < 500; ++i)
        m.add(metric::db_statements_total, {checked_word("statement" + std::to_string(i))});
    const auto text = m.text();
    CHECK(std::count(text.begin(), text.end(), '\n') < 210);
    CHECK(m.value(metric::db_statements_total, {"other"}) == 300);
}

TEST_CASE("labels that are not those of the table are a bug") {
    metrics m;
    CHECK_THROWS_AS(m.add(metric::commands_total, {"checkin"}), std::logic_error);
    CHECK_THROWS_AS(m.add(metric::planned_total, {"checkin"}), std::logic_error);
}

TEST_CASE("nothing but constants, choices and checked words can be a label") {
    STATIC_REQUIRE_FALSE(std::is_constructible_v<label, std::string>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<label, slack_id>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<label, std::string_view>);
}

TEST_CASE("the process's own figures are read from the kernel") {
    metrics m;
    sample_process(m);
    CHECK(m.value(metric::process_resident_memory_bytes) > 1e6);
    CHECK(m.value(metric::process_open_fds) >= 3);
    const auto now =
        std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    CHECK(m.value(metric::process_start_time_seconds) > now - 86'400);
    CHECK(m.value(metric::process_start_time_seconds) < now + 5);
}
