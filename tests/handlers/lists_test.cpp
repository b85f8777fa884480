// No list is cut without a next page: each verb that lists is turned through, and what any verb says is
// looked at for a list that ends early.
#include "handlers/lists.hpp"
#include "handlers/pages.hpp"
#include "handlers/registry.hpp"
#include "tests/handlers/overfull.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <regex>
#include <set>

using namespace rapport;
using namespace rapport::tests;

namespace {

bool offers(const heard &h, const std::string &label) {
    return std::any_of(h.buttons.begin(), h.buttons.end(), [&](auto &b) { return b.label == label; });
}

// A list, how it is reached, and what its nine rows are called.
struct listing {
    std::string who, line, press; // `press`: a button that leads there
    std::string rows;
};

const std::vector<listing> listings = {
    {"ana", "/milestone", "", "Step"},
    {"ana", "/mentoring goals", "", "Goal"},
    {"ana", "/mentoring meetings", "", "Room"},
    {"ana", "/mentoring resources", "", "Resource"},
    {"ana", "/mentoring prompts", "", "Thought"},
    {"ana", "/mentoring web", "", "Mentor"},
    {"ana", "/mentoring leave", "", "Mentor"},
    {"mei", "/mentoring requests", "", "Mentor"},
    {"mei", "/mentoring browse mentors", "", "Mentor"},
    {"noor", "/program people starter", "", "Lone"},
    {"noor", "/program requests starter", "", "Mentor"},
    {"noor", "/program applications starter", "", "Keen"},
    {"noor", "/program recruiting starter", "", "Way"},
    {"noor", "/program report starter", "", "Year"},
    {"noor", "/program match starter", "", "Peer"},
    {"noor", "/program match starter", "All 10 without", "Lone"},
    {"noor", "/program sites", "", "School"},
    {"noor", "/program teams", "", "Team"},
};

// Whether one of its rows says the name, or mentions the account: "Mentor 1" is not "Mentor 12".
bool names(const heard &page, const std::string &what, int n) {
    const std::regex whole("(^|[^A-Za-z0-9])" + what + " ?" + std::to_string(n) + "($|[^0-9])|<@" +
                           overfull::account(what, n).str() + "[>|]");
    return std::any_of(page.blocks.begin(), page.blocks.end(),
                       [&](const std::string &block) { return std::regex_search(block, whole); });
}

std::string where_it_stands(const heard &page) {
    for (const auto &block : page.blocks)
        if (std::regex_match(block, std::regex("[0-9]+ to [0-9]+ of [0-9]+")))
            return block;
    return "";
}

heard first_page(office &o, const listing &one) {
    auto page = o.says(one.who, one.line, one.who == "ana" ? "G0PAIR" : "C0LOBBY");
    return one.press.empty() ? page : o.presses(one.who, page, one.press);
}

// The words of lists whose own Next was seen.
void note_words(const heard &page, std::set<std::string> &words) {
    for (const auto &button : page.buttons)
        if (button.action == list_turn && button.label == "Next")
            words.insert(button.value.substr(0, button.value.find(' ')));
}

} // namespace

TEST_CASE("every list has a next page for what does not fit, and a way back", "[lists]") {
    overfull full;
    std::set<std::string> seen;
    for (const auto &one : listings) {
        INFO(one.who << " " << one.line << " " << one.press);
        auto page = first_page(full.o, one);
        INFO(page.text);
        note_words(page, seen);
        CHECK(where_it_stands(page).starts_with("1 to 7 of "));
        CHECK_FALSE(offers(page, "Back"));
        std::vector<int> shown(all_of_them + 1);
        for (int turns = 0; turns < 20; ++turns) {
            for (int i = 1; i <= all_of_them; ++i)
                shown[static_cast<std::size_t>(i)] += names(page, one.rows, i) ? 1 : 0;
            if (!offers(page, "Next"))
                break;
            page = full.o.presses(one.who, page, "Next");
            CHECK(page.replaced);
            CHECK(offers(page, "Back"));
        }
        CHECK_FALSE(offers(page, "Next"));
        for (int i = 1; i <= all_of_them; ++i) {
            INFO(overfull::nth(one.rows, i));
            CHECK(shown[static_cast<std::size_t>(i)] == 1);
        }
    }
    std::set<std::string> all;
    for (const auto &row : the_lists())
        all.insert(std::string(row.word));
    CHECK(seen == all); // a list that is in the table and not here has nobody who turns it
}

TEST_CASE("whatever a verb says, seven rows or more have a next page and nothing is said to be left out",
          "[lists]") {
    overfull full;
    const std::regex cut("And [0-9]+ more.*|\\+[0-9]+ more.*");
    std::set<std::string> long_ones;
    for (const auto &row : the_tables().commands) {
        if (!fits(row.words, "") || row.verb == "policy") // a text in sections, no list
            continue;
        if (row.command == command_name::program && row.verb.empty()) // the pages of programs in one
            continue;
        for (const auto *who : {"ana", "mei", "priya", "noor"})
            for (const auto *program : {"", " starter", " schools"}) {
                const auto line = full.o.here.names.line(row.command, std::string(row.verb) + program);
                const auto h = full.o.says(who, line, *who == 'a' ? "G0PAIR" : "C0LOBBY");
                INFO(who << " " << line);
                const auto body = h.raw.ack + h.raw.respond + h.raw.direct;
                for (const auto &block : h.blocks)
                    CHECK_FALSE(std::regex_match(block, cut));
                std::size_t sections = 0;
                for (auto at = body.find(R"("type":"section")"); at != std::string::npos;
                     at = body.find(R"("type":"section")", at + 1))
                    ++sections;
                if (sections <= surface::most_in_a_list)
                    continue; // with its head a list of seven has eight
                CHECK(offers(h, "Next"));
                long_ones.insert(line);
            }
    }
    CHECK(long_ones.size() >= 15); // it looked at something
}

TEST_CASE("a list is turned only by those it is for", "[lists]") {
    overfull full;
    auto &o = full.o;
    const auto goals = o.says("ana", "/mentoring goals", "G0PAIR");
    const auto terms = o.says("noor", "/program report starter");
    const auto apart = o.presses("noor", o.says("noor", "/program match starter"), "All 10 without");
    for (const auto *who : {"mei", "zed"})
        for (const auto *list : {&goals, &terms, &apart}) {
            const auto h = o.presses(who, *list, "Next");
            CHECK(h.says("Nothing was saved"));
            for (const auto *word : {"Goal 8", "Year", "Lone"})
                CHECK_FALSE(h.says(word));
        }
    auto odd = goals;
    for (auto &button : odd.buttons)
        if (button.label == "Next")
            for (const auto *value :
                 {"", "goals", "goals x", "nothing 7", "goals  99999999999999999999", " 7"}) {
                button.value = value;
                CHECK(o.presses("ana", odd, "Next").says("Nothing was saved"));
            }
}

TEST_CASE("a page beyond the end of a list that became shorter is its first", "[lists]") {
    overfull full;
    auto &o = full.o;
    const auto first = o.says("ana", "/mentoring goals", "G0PAIR");
    for (int i = 1; i <= 4; ++i)
        o.says("ana", "/mentoring goals drop " + std::to_string(i), "G0PAIR");
    const auto then = o.presses("ana", first, "Next");
    CHECK(then.says("Goal 5"));
    CHECK(then.says("Goal 9"));
    CHECK(where_it_stands(then).empty());
}
