// The operator's pages of log events and metrics are printed from the tables in the code. Run with
// RAPPORT_WRITE_PAGES=1 to write them anew after a table changed.
#include "bot/events.hpp"
#include "bot/metrics.hpp"

#include <catch2/catch.hpp>

#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace rapport::bot;

namespace {

std::string events_page() {
    std::string page =
        "# Log events\n\n"
        "One JSON object a line on standard error. Every line has `ts` (UTC), `level`, `event` and `boot` "
        "(tells one run of the program from the next);\nlines about a request have `key`, the reference that "
        "an apology shows the person. Ids of people and channels are hashed, the same within one run;\n"
        "`kill -USR1` logs every level for 15 minutes, ids readable. Names, message text and tokens are "
        "never logged.\n\n| event | level | what it means, what to do |\n|---|---|---|\n";
    for (const auto &row : event_table)
        page += "| `" + std::string(row.name) + "` | " + std::string(text_of(row.at)) + " | " +
                std::string(row.means) + " |\n";
    return page;
}

std::string metrics_page() {
    std::string page = "# Metrics\n\nAt `/metrics` of the status address, as Prometheus reads them. No label "
                       "names a person, a channel or a pair.\n\n| metric | kind | labels | what it is |\n"
                       "|---|---|---|---|\n";
    for (const auto &row : metric_table) {
        const std::string kind = row.kind == metric_kind::counter ? "counter"
                                 : row.kind == metric_kind::gauge ? "gauge"
                                                                  : "histogram";
        std::string names;
        for (const auto &name : row.labels)
            if (!name.empty())
                names += (names.empty() ? "`" : ", `") + std::string(name) + "`";
        page += "| `" + std::string(row.name) + "` | " + kind + " | " + names + " | " +
                std::string(row.help) + " |\n";
    }
    return page;
}

void check_page(const std::string &path, const std::string &expected) {
    if (std::getenv("RAPPORT_WRITE_PAGES"))
        std::ofstream(path) << expected;
    std::ostringstream found;
    found << std::ifstream(path).rdbuf();
    CHECK(found.str() == expected);
}

} // namespace

// Every source of the process but the tables themselves.
std::string sources() {
    std::string all;
    for (const auto &file : std::filesystem::directory_iterator("bot")) {
        if (file.path().extension() != ".cpp")
            continue;
        std::ostringstream text;
        text << std::ifstream(file.path()).rdbuf();
        all += text.str();
    }
    return all;
}

bool says(const std::string &all, const std::string &name) {
    for (auto at = all.find(name); at != std::string::npos; at = all.find(name, at + 1)) {
        const auto after = at + name.size() < all.size() ? all[at + name.size()] : ' ';
        if (after != '_' && std::isalnum(static_cast<unsigned char>(after)) == 0)
            return true;
    }
    return false;
}

TEST_CASE("every event and every metric that an operator reads of is written somewhere") {
    const auto all = sources();
    REQUIRE(all.size() > 10'000);
    for (const auto &row : event_table) {
        INFO(row.name);
        CHECK(says(all, "event::" + std::string(row.name)));
    }
    for (const auto &row : metric_table) {
        auto name = std::string(row.name);
        INFO(name);
        if (name.starts_with("rapport_"))
            name = name.substr(8);
        CHECK(says(all, "metric::" + name));
    }
}

TEST_CASE("the page of log events is the table") {
    check_page("docs/log-events.md", events_page());
}

TEST_CASE("the page of metrics is the table") {
    check_page("docs/metrics.md", metrics_page());
}
