// `rapport export`: what a person's facts and a program's facts hold, and what they must not.
#include "bot/facts_json.hpp"
#include "tests/support/office.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <set>

using namespace rapport;
using nlohmann::json;
using rapport::tests::office;

namespace {

json facts(office &o, const bot::facts_wanted &whose) {
    std::optional<std::string> text;
    o.on_file([&](storage::records &r) { text = bot::facts_json(r.db, r.team, whose); });
    return text ? json::parse(*text) : json();
}

struct lived_in : office {
    lived_in() {
        says("ana", "/milestone add Draft the poster by 1 Dec");
        says("ana", "/checkin We found our rhythm");
        says("priya", "/checkin Going well from my side");
        says("ana", "/mentoring log call yesterday 30m");
        says("ana", "/nudge @priya");
        says("noor", "/program enrol @mei mentor");
    }
};

} // namespace

TEST_CASE("a person's export is their own data, complete to the kinds and dates of every row about them") {
    lived_in o;
    const auto ana = facts(o, {"U0ANA", ""});
    CHECK(ana["person"]["name"] == "Ana");
    CHECK(ana["enrolments"].size() == 1);
    REQUIRE(ana["pairs"].size() == 1);
    CHECK(ana["pairs"][0]["milestones"][0]["title"] == "Draft the poster");
    CHECK(ana["pairs"][0]["check_ins"][0]["note"] == "We found our rhythm");
    CHECK(ana["pairs"][0]["contacts"][0]["minutes"] == 30);
    std::set<std::string> tables;
    for (const auto &row : ana["rows"]) {
        tables.insert(row["table"].get<std::string>());
        CHECK(row["words"] == ""); // of this story none has any
    }
    CHECK(tables.count("inbox") == 1);
    CHECK(ana.dump().find("Going well from my side") == std::string::npos); // the partner's
    const auto mei = facts(o, {"U0MEI", ""});
    bool enrolled = false;
    for (const auto &row : mei["rows"])
        enrolled = enrolled || (row["table"] == "journal" && row["kind"] == "enrol");
    CHECK(enrolled);
    CHECK(facts(o, {"U0NOBODY", ""}).is_null());
}

TEST_CASE("a program's export has states, dates and counts, and no title that was not shared") {
    lived_in o;
    const auto starter = facts(o, {"", "starter"});
    REQUIRE(starter["terms"].size() == 1);
    const auto &pair = starter["terms"][0]["pairs"][0];
    CHECK(pair["milestones"][0]["state"] == "open");
    CHECK_FALSE(pair["milestones"][0].contains("title"));
    CHECK(pair["check_ins"].size() == 2);
    CHECK(starter.dump().find("poster") == std::string::npos);
    CHECK(facts(o, {"", "elsewhere"}).is_null());
}
