// Profiles: the form, who sees each field, how full it is, and what an export brings.
#include "handlers/profile_import.hpp"
#include "handlers/profiles.hpp"
#include "storage/entering.hpp"
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
    for (const auto *text : {"Dear all,\nhello", "a,b\n1,2", "Name,Name\nx,y", "\"never closed"}) {
        const auto h = m.o.submits("lee", form, {{"file1", std::string(text)}});
        REQUIRE(h.errors.count("file1") == 1);
        CHECK(h.errors.at("file1").find("Nothing was saved. What works: ") != std::string::npos);
    }
    const auto h = m.o.submits("lee", form, {{"file1", std::string("Date,Message\n1,hello\n")}});
    CHECK(h.errors.at("file1") ==
          "I read “date”. This is none of the files of a LinkedIn export that I read. "
          "Nothing was saved. What works: Profile.csv, Positions.csv, Education.csv or "
          "Skills.csv, with its first line");
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

TEST_CASE("a change of the profile is taken back, whole, until the profile was changed again") {
    market m;
    const auto mine = m.o.says("sam", "/mentoring profile");
    const auto form = m.o.presses("sam", mine, "Offered and sought");
    const auto first = m.o.submits("sam", form, {{"interests", "law"}, {"help", ""}, {"goals", "a garden"}});
    CHECK(first.says("Saved: 3 fields"));
    const auto back = m.o.presses("sam", first, "Undo");
    CHECK(back.says("Taken back: 3 fields of your profile are as before"));
    const auto now = profile_of(m.o, "sam");
    CHECK(now.at(profile_field::interests).words == "robotics, sailing");
    CHECK(now.at(profile_field::help).words == "coach, connector");
    CHECK_FALSE(now.contains(profile_field::goals));

    const auto second = m.o.submits("sam", form, {{"interests", "law"}, {"help", "coach, connector"}});
    const auto sight = m.o.submits("sam", m.o.presses("sam", mine, "Who sees what"),
                                   {{"interests", choice{"partners"}}, {"help", choice{"everyone"}}});
    CHECK(m.o.presses("sam", second, "Undo").says("changed again since"));
    CHECK(profile_of(m.o, "sam").at(profile_field::interests).seen == seen_by::partners);
    CHECK(m.o.presses("sam", sight, "Undo").says("one field of your profile is as before"));
    CHECK(profile_of(m.o, "sam").at(profile_field::interests) == profile_entry{"law", seen_by::everyone});
}

TEST_CASE("the same form sent twice changes nothing the second time, and says so") {
    market m;
    const auto form = m.o.presses("lee", m.o.says("lee", "/mentoring profile"), "Offered and sought");
    m.o.submits("lee", form, {{"interests", "law"}});
    const auto again = m.o.submits("lee", form, {{"interests", "law"}});
    CHECK(again.says("Nothing in your profile changed: it says all of that already"));
    CHECK_FALSE(again.says("Undo"));
}

TEST_CASE("an export that the operator hands over waits for its person, who hears of it and takes what fits",
          "[rule-66]") {
    market m;
    m.o.on_file([&](storage::records &r) {
        const auto tried = propose_export(r, m.o.here, "U0LEE", {positions}, true, m.o.now);
        REQUIRE(tried.has_value());
        CHECK(tried->rows.size() == 2);
        CHECK(r.open<storage::profiles>().proposed(r.people.by_slack(slack_id{"U0LEE"})->id).empty());
        REQUIRE(propose_export(r, m.o.here, "U0LEE", {positions}, false, m.o.now).has_value());
    });
    m.mail.pass(hours{24});
    const auto told = m.last_to("D0LEE");
    REQUIRE(told.says("Words from your LinkedIn export wait for you"));
    CHECK(profile_of(m.o, "lee").empty());
    const auto review = m.o.presses("lee", told, "Look them through");
    REQUIRE(review.form == "profile.take");
    CHECK(review.says("From your file: Acme Pumps"));
    const auto saved = m.o.submits("lee", review, {{"take", choices{{"team"}}}});
    CHECK(profile_of(m.o, "lee").size() == 1);
    m.o.presses("lee", saved, "Undo");
    CHECK(profile_of(m.o, "lee").empty());
}

TEST_CASE(
    "an export for nobody, for somebody without an account, or that is none, is refused and keeps nothing") {
    market m;
    m.o.on_file([&](storage::records &r) {
        storage::person kim;
        kim.id = r.ids.make<person_id>(m.o.now);
        kim.email = "kim@example.org";
        kim.created_at = m.o.now;
        r.people.save(kim);
        CHECK(propose_export(r, m.o.here, "U0GHOST", {positions}, false, m.o.now).has_error());
        CHECK(propose_export(r, m.o.here, "Kim@example.org", {positions}, false, m.o.now).has_error());
        CHECK(
            propose_export(r, m.o.here, "U0LEE", {positions, "Date,Message\n"}, false, m.o.now).has_error());
        CHECK(r.open<storage::profiles>().proposed(r.people.by_slack(slack_id{"U0LEE"})->id).empty());
    });
}

TEST_CASE(
    "a mentor from outside sees of a protégé what they agreed to, and everything where nobody was asked",
    "[rule-62]") {
    market m;
    m.fill("mei", profile_field::education, "State University");
    person_described sam;
    sam.who = office::slack_of("sam");
    sam.name = "Sam";
    sam.zone = "Europe/London";
    sam.guest = true;
    m.o.happens("sam", sam);
    CHECK(m.o.says("sam", "/mentoring profile @mei").says("robotics, music"));
    m.o.on_file([&](storage::records &r) {
        r.open<storage::outside_consents>().set(
            program_slug{"starter"}, r.people.by_slack(office::slack_of("mei"))->id, {"education"}, m.o.now);
    });
    const auto seen = m.o.says("sam", "/mentoring profile @mei");
    CHECK(seen.says("State University"));
    CHECK_FALSE(seen.says("robotics, music"));
    CHECK_FALSE(m.o.says("sam", "/mentoring browse music").says("<@U0MEI>"));
    CHECK(m.o.says("tom", "/mentoring browse music").says("<@U0MEI>")); // a colleague, not from outside
    CHECK(m.o.says("noor", "/mentoring profile @mei").says("robotics, music"));
}
