// Anybody's own program: drafted by a form, previewed at once, live by an owner's word.
#include "tests/handlers/policied.hpp"

using namespace rapport;
using namespace rapport::tests;

namespace {

fields solar_car() {
    fields f;
    f.set("audience", std::string("First-year engineers."));
    f.set("side", choice{"people"});
    f.set("kinds", std::string("team members, alumni"));
    f.set("mentors", choice{"people"});
    f.set("often", std::string("2"));
    f.set("length", choice{"6"});
    f.set("formal", choice{"formal"});
    f.set("name", std::string("Solar Car"));
    return f;
}

const program_slug solar{"solar-car"};

} // namespace

TEST_CASE("the form of a new program asks whom it is for first, then who mentors, then the rules",
          "[rule-48][rule-49][rule-50]") {
    office o;
    const auto form = o.says("mei", "/program new");
    REQUIRE(form.fields.size() == 8);
    CHECK(form.fields[0] == "audience");
    CHECK(form.fields[2] == "kinds");
    CHECK(form.fields[4] == "often");
    const auto wrong = o.submits("mei", form, fields{{"often", std::string("lots")}});
    for (const auto *field : {"audience", "kinds", "often", "name"})
        CHECK(wrong.errors.at(field).find("Nothing was saved") != std::string::npos);
    auto taken = solar_car();
    taken.set("name", std::string("starter"));
    CHECK(o.submits("mei", form, taken).errors.contains("name"));
}

TEST_CASE("anyone drafts a program and sees it at once; it is live when an owner approves, and its founder "
          "coordinates it",
          "[rule-58][rule-50]") {
    policied o;
    const auto seen = o.submits("zed", o.says("zed", "/program new"), solar_car());
    CHECK(seen.says("this is how it would be"));
    CHECK(seen.says("team members and alumni"));
    CHECK_FALSE(o.here.rules.find(solar));
    o.mail.deliver();
    const auto asked = o.mail.to("D0OLIVE");
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].says("drafted a program, *Solar Car*"));
    CHECK(four_parts(o.presses("mei", o.mail.shown(asked[0]), "Approve")));
    const auto yes = o.presses("olive", o.mail.shown(asked[0]), "Approve");
    CHECK(yes.says("is live"));
    REQUIRE(o.here.rules.find(solar));
    CHECK(o.here.rules.of(solar).mentor_kinds == std::vector<std::string>{"team members", "alumni"});
    CHECK(o.here.rules.of(solar).term);
    o.mail.deliver();
    CHECK(o.mail.to("D0ZED").back().says("you coordinate it"));
    CHECK(o.says("zed", "/program").says("Solar Car"));
    CHECK(o.says("zed", "/program people").says("Nobody is enrolled in Solar Car"));
    CHECK(four_parts(o.presses("olive", o.mail.shown(asked[0]), "Approve"))); // twice
    CHECK(o.journal("open_program").size() == 1);
}

TEST_CASE("owners are asked again after two days, once; a word from them ends it") {
    policied o;
    o.submits("mei", o.says("mei", "/program new"), solar_car());
    o.mail.pass(days{1});
    CHECK(o.mail.to("D0OLIVE").size() == 1);
    o.mail.pass(days{5});
    REQUIRE(o.mail.to("D0OLIVE").size() == 2);
    CHECK(o.mail.to("D0OLIVE")[1].says("Once more"));
    const auto no = o.presses("olive", o.mail.shown(o.mail.to("D0OLIVE")[1]), "Not this time");
    CHECK(no.says("is not opened"));
    o.mail.deliver();
    const auto told = o.mail.to("D0MEI").back();
    CHECK(told.says("can tell you more"));
    for (const auto *never : {"rejected", "denied", "refused", "declined"})
        CHECK_FALSE(told.says(never));
    CHECK_FALSE(o.here.rules.find(solar));
}

TEST_CASE("a draft is withdrawn by who made it, and then nobody is asked any more") {
    policied o;
    const auto seen = o.submits("mei", o.says("mei", "/program new"), solar_car());
    CHECK(o.presses("mei", seen, "Withdraw").says("is withdrawn"));
    o.mail.pass(days{3});
    CHECK(o.mail.to("D0OLIVE").empty());
    CHECK(four_parts(o.presses("mei", seen, "Withdraw")));
}

TEST_CASE("a program for pupils has a site on the protégé side: no pupil is asked anything", "[rule-59]") {
    policied o;
    auto tutoring = solar_car();
    tutoring.set("side", choice{"site"});
    tutoring.set("mentors", choice{"teams"});
    tutoring.set("name", std::string("Reading hour"));
    const auto seen = o.submits("olive", o.says("olive", "/program new"), tutoring);
    CHECK(o.presses("olive", seen, "Approve").says("is live"));
    const auto &rules = o.here.rules.of(program_slug{"reading-hour"});
    CHECK(rules.entry.proteges_are == protege_side::sites);
    CHECK(rules.entry.mentors_are == mentor_side::teams);
    CHECK(rules.check_ins->protege_questions.empty());
}

TEST_CASE("an informal program has no forms and hardly a reminder", "[rule-51]") {
    policied o;
    auto easy = solar_car();
    easy.set("formal", choice{"informal"});
    easy.set("length", choice{"0"});
    o.presses("olive", o.submits("olive", o.says("olive", "/program new"), easy), "Approve");
    const auto &rules = o.here.rules.of(solar);
    CHECK_FALSE(rules.formal);
    CHECK_FALSE(rules.check_ins);
    CHECK_FALSE(rules.replies.promise);
    CHECK_FALSE(rules.term);
}

TEST_CASE("two drafts of one name get slugs of their own; a second one of the same person takes the first's "
          "place") {
    policied o;
    o.submits("mei", o.says("mei", "/program new"), solar_car());
    o.submits("mei", o.says("mei", "/program new"), solar_car());
    const auto sams = o.submits("sam", o.says("sam", "/program new"), solar_car());
    o.on_file([&](storage::records &r) {
        const auto waiting =
            r.open<storage::drafts>().all(storage::draft_kind::founding, storage::draft_state::open);
        REQUIRE(waiting.size() == 2);
        CHECK(waiting[0].program == solar);
        CHECK(waiting[1].program == program_slug{"solar-car-2"});
    });
    CHECK(sams.says("Solar Car"));
}
