// What is told of a play: the same to the byte for the same seed, in each of its forms, and two beside each
// other.
#include "bot/simulate/report.hpp"
#include "bot/simulate/sums.hpp"
#include "tests/simulate/played_terms.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

using namespace rapport;
using namespace rapport::tests;

TEST_CASE("the same seed plays the same term to the byte, another one another") {
    auto how = term_of("starter", 8, 7);
    how.until = plus_days(how.from, 60);
    how.transcript = "all";
    const auto one = simulate::play(how), again = simulate::play(how);
    CHECK(simulate::report_json(one) == simulate::report_json(again));
    CHECK(simulate::transcript_text(one) == simulate::transcript_text(again));
    CHECK_FALSE(one.transcript.empty());
    how.seed = 8;
    const auto other = simulate::play(how);
    CHECK(simulate::transcript_text(one) != simulate::transcript_text(other));
}

TEST_CASE("a play is told as text, as JSON, as a page and as numbers") {
    auto how = term_of("emap", 8, 3);
    how.until = plus_days(how.from, 90);
    how.rules.name = "A <b>bold</b> program";
    const auto made = simulate::play(how);
    CHECK(simulate::report_text(made).find("Every promise held.") != std::string::npos);
    const auto json = nlohmann::json::parse(simulate::report_json(made));
    CHECK(json["seed"] == 3);
    CHECK(json["broken"].is_null());
    const auto &sum = json["reminders"];
    CHECK(sum["planned"].get<int>() == sum["sent"].get<int>() + sum["cancelled"].get<int>() +
                                           sum["missed"].get<int>() + sum["pending"].get<int>());
    const auto page = simulate::report_page(made);
    CHECK(page.find("<svg") != std::string::npos);
    CHECK(page.find("prefers-color-scheme:dark") != std::string::npos);
    CHECK(page.find("<b>bold") == std::string::npos); // what a policy says is text
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find("http") == std::string::npos); // nothing is loaded
    CHECK(simulate::report_numbers(made, made).find("| number | to reach | found |") != std::string::npos);
}

TEST_CASE("two policies beside each other say what differs for each role") {
    auto soft = term_of("emap", 8, 3);
    soft.until = plus_days(soft.from, 90);
    auto firm = soft;
    soft.rules.replies.loose = loose_message::none;
    const auto key = std::string("loose_messages = \"firm\"");
    soft.policy.replace(soft.policy.find(key), key.size(), "loose_messages = \"none\"");
    const auto a = simulate::play(firm), b = simulate::play(soft);
    CHECK(a.replies.nudges > 0);
    CHECK(b.replies.nudges == 0);
    const auto said = simulate::compared_text(a, b);
    CHECK(said.find("mentors") != std::string::npos);
    CHECK(said.find("Reply nudges: ") != std::string::npos);
}

TEST_CASE("medians and shares") {
    CHECK(simulate::median({}) == 0);
    CHECK(simulate::median({3, 1, 2}) == 2);
    CHECK(simulate::median({4, 1, 2, 3}) == 2);
    CHECK(simulate::share(1, 3) == 33);
    CHECK(simulate::share(2, 3) == 67);
    CHECK(simulate::share(1, 0) == 0);
}

TEST_CASE("a term with crashes, lost answers, a failing disk and a clock that jumps keeps every promise") {
    auto how = term_of("starter", 8, 5);
    how.until = plus_days(how.from, 150);
    how.faults = true;
    const auto made = simulate::play(how);
    if (made.broken)
        FAIL(text_of(made.broken->which)
             << ": " << text_of(made.broken->on) << ", " << made.broken->person << ": " << made.broken->says);
    CHECK(made.mishaps.size() >= 4);
}

TEST_CASE("the page of numbers in the documentation has the form that a play writes") {
    // every run of digits reads alike; which numbers were reached may differ in a small play
    const auto form_of = [](const std::string &text) {
        std::vector<std::string> lines(1);
        for (const char c : text)
            if (c == '\n')
                lines.emplace_back();
            else
                lines.back() += c;
        std::vector<std::string> heads;
        for (const auto &line : lines)
            if (line.starts_with("#") || line.starts_with("| number") || line.starts_with("| who"))
                heads.push_back(line);
            else if (line.starts_with("| "))
                heads.push_back(line.substr(0, line.find_first_of("0123456789")));
        heads.erase(std::remove_if(heads.begin(), heads.end(),
                                   [](const std::string &one) { return one.starts_with("## What is not"); }),
                    heads.end());
        return heads;
    };
    std::ifstream in("docs/attention.md", std::ios::binary);
    const std::string there(std::istreambuf_iterator<char>(in), {});
    REQUIRE_FALSE(there.empty());
    auto how = term_of("emap", 24);
    how.until = plus_days(how.from, 60);
    auto keen = how;
    keen.people = 2;
    keen.all_of = simulate::habit::keen;
    const auto made = simulate::report_numbers(simulate::play(how), simulate::play(keen));
    const auto wanted = form_of(made), have = form_of(there);
    // rows of roles there may be more of in a larger population
    CHECK(have.size() >= wanted.size());
    for (const auto &line : wanted) {
        INFO(line);
        CHECK(std::find(have.begin(), have.end(), line) != have.end());
    }
    CHECK(there.find("rapport simulate config/programs/emap.toml --people 100 --seed 1") !=
          std::string::npos);
}
