// Profiles: the form, who sees each field, how full it is, and what an export brings.
#include "handlers/profiles.hpp"
#include "storage/profiles.hpp"
#include "tests/handlers/finding_market.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::tests;

namespace {

profile_words profile_of(office &o, const std::string &who) {
    profile_words out;
    const auto id = o.id_of(who);
    o.on_file([&](storage::records &r) { out = r.open<storage::profiles>().of(id); });
    return out;
}

constexpr const char *positions = "Company Name,Title,Description,Location,Started On,Finished On\n"
                                  "Acme Pumps,Data Analyst,\"Long, long text\",Paris,Jan 2024,\n"
                                  "Old Co,Intern,,Paris,Jan 2022,Dec 2022\n";

} // namespace

TEST_CASE("a profile is filled in by a form that says who reads each field", "[rule-65][rule-67]") {
    market m;
    const auto mine = m.o.says("lee", "/mentoring profile");
    CHECK(mine.says("0 per cent full"));
    CHECK(mine.says("What would tell others most: Interests"));
    const auto form = m.o.presses("lee", mine, "Offered and sought");
    REQUIRE(form.form == "profile.form");
    CHECK(form.raw.open_view.find("Seen by: everyone in your programs") != std::string::npos);
    const auto saved = m.o.submits("lee", form, {{"interests", "Robotics, law"}, {"goals", "data analyst"}});
    CHECK(saved.says("Saved: 2 fields"));
    CHECK(profile_of(m.o, "lee").at(profile_field::interests).words == "Robotics, law");
    CHECK(m.o.submits("lee", form, {{"interests", "Robotics, law"}, {"goals", "data analyst"}})
              .says("Nothing in your profile changed"));
}

TEST_CASE("a field that is too long, or hours that are none, is said under it and nothing is saved") {
    market m;
    const auto form = m.o.presses("lee", m.o.says("lee", "/mentoring profile"), "Practical");
    const auto h = m.o.submits("lee", form,
                               {{"availability", "whenever"},
                                {"languages", std::string(201, 'x')},
                                {"room", "-1"},
                                {"team", "Blue"}});
    CHECK(h.errors.count("availability") == 1);
    CHECK(h.errors.count("languages") == 1);
    CHECK(h.errors.count("room") == 1);
    CHECK(profile_of(m.o, "lee").empty());
}

TEST_CASE("who sees a field is its author's choice, and coordinators see all") {
    market m;
    const auto form = m.o.presses("sam", m.o.says("sam", "/mentoring profile"), "Who sees what");
    m.o.submits("sam", form, {{"interests", choice{"partners"}}, {"help", choice{"everyone"}}});
    CHECK_FALSE(m.o.says("mei", "/mentoring profile @sam").says("sailing"));
    CHECK(m.o.says("noor", "/mentoring profile @sam").says("sailing"));
    m.asks("mei", "sam"); // whom one asked is a partner in this
    CHECK(m.o.says("mei", "/mentoring profile @sam").says("sailing"));
    CHECK_FALSE(m.o.says("zed", "/mentoring profile @sam").says("coach"));
}

TEST_CASE("an export is pasted, looked through field by field, and saved only as far as it is ticked",
          "[rule-66]") {
    market m;
    m.fill("lee", profile_field::team, "Blue");
    const auto form = m.o.presses("lee", m.o.says("lee", "/mentoring profile"), "Paste from LinkedIn");
    const auto review = m.o.submits("lee", form, {{"file1", positions}});
    REQUIRE(review.form == "profile.take");
    CHECK(review.says("Now: Blue"));
    CHECK(review.says("From your file: Acme Pumps"));
    CHECK(profile_of(m.o, "lee").size() == 1); // nothing yet
    m.o.submits("lee", review, {{"take", choices{{"experience"}}}});
    CHECK(profile_of(m.o, "lee").at(profile_field::experience).words == "Data Analyst, Intern");
    CHECK(profile_of(m.o, "lee").at(profile_field::team).words == "Blue");
}

TEST_CASE("what is no file of an export is refused, with the four that are") {
    market m;
    const auto form = m.o.presses("lee", m.o.says("lee", "/mentoring profile"), "Paste from LinkedIn");
    for (const auto *text : {"Dear all,\nhello", "a,b\n1,2", "Name,Name\nx,y", "\"never closed"})
        CHECK(m.o.submits("lee", form, {{"file1", std::string(text)}}).errors.count("file1") == 1);
    CHECK(profile_of(m.o, "lee").empty());
}

TEST_CASE("the profile has its place on the home page") {
    market m;
    std::vector<surface::block> shown;
    m.o.on_file([&](storage::records &r) {
        request asked{team_id{"T0TEST"}, office::slack_of("mei")};
        asked.at = m.o.now;
        asked.what = home_opened{};
        const auto who = who_asks(r, m.o.here.rules, m.o.here.owners, asked.from);
        desk at{asked, m.o.here, the_tables(), r, who};
        shown = profile_on_home(at);
    });
    CHECK(shown.size() == 3);
}
