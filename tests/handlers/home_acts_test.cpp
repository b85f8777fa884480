// What can be done on the home page itself: waiting replies settled, requests answered, the profile opened;
// and what it tells coordinators in numbers.
#include "handlers/home_page.hpp"
#include "handlers/nudge_wording.hpp"
#include "storage/home_pages.hpp"
#include "tests/handlers/finding_market.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace rapport;
using namespace rapport::tests;

namespace {

bool offers(const heard &h, const std::string &label) {
    return std::any_of(h.buttons.begin(), h.buttons.end(), [&](auto &b) { return b.label == label; });
}

std::set<std::string> labels(const std::vector<shown_button> &all) {
    std::set<std::string> out;
    for (const auto &button : all)
        if (button.action.starts_with("nudge."))
            out.insert(button.label);
    return out;
}

heard home_of_page(office &o, const std::string &who) {
    return o.happens(who, home_opened{});
}

std::size_t running_clocks(office &o) {
    std::size_t n = 0;
    o.on_file([&](storage::records &r) { n = r.clocks.running_of_pair(o.pair).size(); });
    return n;
}

} // namespace

TEST_CASE("a waiting reply has on the home page the buttons of the message of the day", "[home]") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    o.advance(hours{25});
    const auto home = home_of_page(o, "priya");
    REQUIRE(home.says("waiting"));
    mail.pass(days{4});
    const auto letters = mail.to("D0PRIYA");
    const auto nudge =
        std::find_if(letters.rbegin(), letters.rend(), [](const letter &one) { return one.says("waiting"); });
    REQUIRE(nudge != letters.rend());
    const auto there = labels(home.buttons), told = labels(nudge->buttons);
    CHECK(told.size() >= 8);
    CHECK(std::includes(there.begin(), there.end(), told.begin(), told.end()));
    const auto done = o.presses("priya", home, "No reply needed");
    CHECK(done.says("Noted: no reply is needed"));
    CHECK(running_clocks(o) == 0);
    CHECK(o.presses("priya", home, "No reply needed").says("settled already"));
    CHECK(o.presses("priya", done, "Undo").says("open again"));
    CHECK(running_clocks(o) == 1);
}

TEST_CASE("a button of the home page works before any reminder of the same has gone out", "[home]") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    o.advance(hours{2});
    const auto home = home_of_page(o, "priya");
    CHECK(o.presses("priya", home, "Why this?").says("Ana wrote on"));
    const auto later = o.presses("priya", home, "Remind me tomorrow 9:00");
    CHECK(later.says("I will remind you on"));
    mail.pass(days{1});
    CHECK(std::any_of(mail.calls.begin(), mail.calls.end(), [](const letter &one) {
        return one.channel == "D0PRIYA" && one.says("Ana wrote on");
    }));
    // another's page, and a reference that is none, settle nothing
    auto odd = home;
    CHECK_FALSE(o.presses("mei", home, "No reply needed").says("Noted"));
    for (const auto *value : {"owed", "owed ", "owed x", "owed 00000000000000000000"}) {
        for (auto &button : odd.buttons)
            if (button.label == "No reply needed")
                button.value = value;
        CHECK_FALSE(o.presses("priya", odd, "No reply needed").says("Noted"));
    }
    CHECK(running_clocks(o) == 1);
}

TEST_CASE("a page with buttons reads the same however often it is made, so it is not sent again", "[home]") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    mail.pass(hours{2});
    const auto priya = o.id_of("priya");
    const auto publish = [&] {
        mail.calls.clear();
        o.on_file([&](storage::records &r) { home_changed(r, priya, o.now); });
        mail.deliver();
        return std::count_if(mail.calls.begin(), mail.calls.end(),
                             [](const letter &one) { return one.method == "views.publish"; });
    };
    CHECK(publish() == 1);
    CHECK(publish() == 0);
    o.presses("priya", home_of_page(o, "priya"), "Why this?"); // a line is listed now; the page is the same
    publish();
    CHECK(publish() == 0);
}

TEST_CASE("open requests are on the home page of both, with the buttons that answer or withdraw them",
          "[home][rule-72]") {
    market m;
    m.asks("mei", "sam");
    m.asks("mei", "tom");
    const auto mine = home_of_page(m.o, "mei");
    CHECK(mine.says("To Sam"));
    CHECK(mine.says("waits for an answer"));
    CHECK(offers(mine, "Withdraw"));
    const auto theirs = home_of_page(m.o, "sam");
    CHECK(theirs.says("Mei asked you on"));
    CHECK(theirs.says("One request waits for your answer"));
    for (const auto *label : {"Accept", "Ask a question first", "Decline", "Look at it"})
        CHECK(offers(theirs, label));
    CHECK(m.o.presses("sam", theirs, "Look at it").says("Robots, please."));
    const auto question = m.o.presses("sam", theirs, "Ask a question first");
    m.o.submits("sam", question, {{"words", std::string("Which robots?")}});
    CHECK(home_of_page(m.o, "sam").says("your question waits for their answer"));
    CHECK(offers(home_of_page(m.o, "mei"), "Answer"));
    CHECK(m.o.presses("tom", home_of_page(m.o, "tom"), "Accept").says("You are Mei's mentor"));
    CHECK(m.pairs_of("tom") == 1);
    CHECK_FALSE(home_of_page(m.o, "tom").says("Mei asked you"));
}

TEST_CASE("the profile is on the home page with what would tell others most", "[home][rule-67]") {
    market m;
    const auto home = home_of_page(m.o, "lee");
    CHECK(home.says("Your profile is 0 per cent full. What would tell others most: Interests."));
    CHECK(offers(home, "Paste from LinkedIn"));
    CHECK(m.o.presses("lee", home, "Offered and sought").form == "profile.form");
    CHECK_FALSE(home_of_page(m.o, "zed").says("Your profile"));
}

TEST_CASE("a coordinator's home page has the term in numbers", "[home]") {
    market m;
    m.asks("mei", "sam");
    const auto home = home_of_page(m.o, "noor");
    CHECK(home.says("3 mentors (2 in no pair), 3 protégés (2 in no pair). One request is open."));
    CHECK(m.o.says("noor", "/program").says("One request is open."));
    CHECK_FALSE(home_of_page(m.o, "ana").says("in no pair)"));
}
