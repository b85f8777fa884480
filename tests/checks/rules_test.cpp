// docs/rules.md says of each of the hundred rules how it is served; this holds it to its word: every number
// is there once, a rule served by behaviour has a test that carries its tag, a policy key that is named
// exists.
#include "tests/checks/source_tree.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>

using namespace rapport::checks;

namespace {

constexpr int rules_there_are = 100;

// A row of a table: the number, what it is served by ("key", "behaviour", "human", "not yet"), and how.
struct rule_row {
    int number = 0;
    std::string served, how;
};

std::vector<std::string> cells_of(const std::string &line) {
    std::vector<std::string> cells;
    std::istringstream in(line);
    std::string cell;
    while (std::getline(in, cell, '|')) {
        const auto first = cell.find_first_not_of(' ');
        cells.push_back(first == std::string::npos
                            ? std::string()
                            : cell.substr(first, cell.find_last_not_of(' ') - first + 1));
    }
    return cells; // the first is what stands before the first bar
}

std::vector<rule_row> rows_of(const std::string &page) {
    std::vector<rule_row> rows;
    std::istringstream in(page);
    std::string line;
    while (std::getline(in, line)) {
        const auto cells = cells_of(line);
        const bool is_row = cells.size() >= 5 && !cells[1].empty() &&
                            cells[1].find_first_not_of("0123456789") == std::string::npos;
        if (is_row)
            rows.push_back({std::stoi(cells[1]), cells[3], cells[4]});
    }
    return rows;
}

// The rules whose numbers tests carry.
std::set<int> tagged_in(const std::vector<source_file> &files) {
    static const std::regex tag(R"(\[rule-(\d+)\])");
    std::set<int> found;
    for (const auto &file : files) {
        if (!file.path.starts_with("tests/") || file.path == "tests/checks/rules_test.cpp")
            continue;
        for (std::sregex_iterator it(file.text.begin(), file.text.end(), tag), end; it != end; ++it)
            found.insert(std::stoi((*it)[1].str()));
    }
    return found;
}

std::set<std::string> policy_keys_in(const std::vector<source_file> &files) {
    static const std::regex row(R"re((?:key|entries)\("([a-z_.]+)")re");
    std::set<std::string> keys;
    for (const auto &file : files)
        if (file.path == "config/policy_keys.cpp")
            for (std::sregex_iterator it(file.text.begin(), file.text.end(), row), end; it != end; ++it)
                keys.insert((*it)[1].str());
    return keys;
}

// What is wrong with the page, a sentence each.
std::vector<std::string> wrong_with(const std::vector<rule_row> &rows, const std::set<int> &tagged,
                                    const std::set<std::string> &keys) {
    std::vector<std::string> wrong;
    std::set<int> seen;
    static const std::regex quoted(R"(`([a-z_]+\.[a-z_]+)(?: = [^`]*)?`)");
    for (const auto &row : rows) {
        const auto name = "rule " + std::to_string(row.number);
        if (row.number < 1 || row.number > rules_there_are)
            wrong.push_back(name + " does not exist");
        if (!seen.insert(row.number).second)
            wrong.push_back(name + " stands there twice");
        if (row.served != "key" && row.served != "behaviour" && row.served != "human" &&
            row.served != "not yet")
            wrong.push_back(name + " is served by \"" + row.served + "\"");
        if (row.served == "behaviour" && !tagged.contains(row.number))
            wrong.push_back(name + " says behaviour, and no test is tagged [rule-" +
                            std::to_string(row.number) + "]");
        if (row.served == "key" && !std::regex_search(row.how, quoted))
            wrong.push_back(name + " says key and names none");
        for (std::sregex_iterator it(row.how.begin(), row.how.end(), quoted), end; it != end; ++it)
            if (!keys.contains((*it)[1].str()))
                wrong.push_back(name + " names the policy key " + (*it)[1].str() + ", which does not exist");
    }
    for (int n = 1; n <= rules_there_are; ++n)
        if (!seen.contains(n))
            wrong.push_back("rule " + std::to_string(n) + " is missing");
    return wrong;
}

} // namespace

TEST_CASE("docs/rules.md holds all hundred rules, and what it calls served is") {
    std::ifstream in("docs/rules.md");
    const std::string page(std::istreambuf_iterator<char>(in), {});
    const auto rows = rows_of(page);
    const auto files = source_files();
    const auto tagged = tagged_in(files);
    for (const auto &each : wrong_with(rows, tagged, policy_keys_in(files)))
        FAIL_CHECK("docs/rules.md: " + each);
    std::map<std::string, int> count;
    for (const auto &row : rows) {
        ++count[row.served];
        if (row.served == "not yet" && tagged.contains(row.number))
            std::cout << "docs/rules.md: rule " << row.number
                      << " says not yet, and a test carries its tag\n";
    }
    std::cout << "rules: " << count["behaviour"] << " by behaviour with a tagged test, " << count["key"]
              << " by a policy key, " << count["human"] << " by people with a prompt, " << count["not yet"]
              << " not yet, of " << rules_there_are << "\n";
}

TEST_CASE("the check of the rules catches a tag that is missing, a number that is, and a key that is none") {
    const auto rows = rows_of("| # | rule | served by | how |\n|---|---|---|---|\n"
                              "| 1 | a | behaviour | x |\n| 2 | b | key | `floor.per_month = 2` |\n"
                              "| 3 | c | key | `floor.per_moth = 2` |\n| 4 | d | key | nothing |\n"
                              "| 5 | e | perhaps | x |\n| 1 | f | human | x |\n");
    REQUIRE(rows.size() == 6);
    const auto wrong = wrong_with(rows, {2}, {"floor.per_month"});
    CHECK(wrong.size() == 5 + 95); // 6 to 100 are missing, too
    CHECK(wrong[0] == "rule 1 says behaviour, and no test is tagged [rule-1]");
    CHECK(wrong_with(rows, {1}, {"floor.per_month"}).size() == 4 + 95);
}
