// A coordinator's whole-pool match: draft, changes by buttons and as a list, solving again, publishing.
#include "handlers/match_solving.hpp"
#include "storage/match_drafts.hpp"
#include "tests/handlers/finding_market.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::tests;

namespace {

struct drafting : market {
    id_source ids{11};

    drafting() {
        for (const auto *who : {"sam", "tom", "priya"})
            fill(who, profile_field::room, "1");
    }
    // What the thread beside the bot does; false where nothing waits.
    bool solve_now() {
        std::optional<match_task> task;
        o.on_file([&](storage::records &r) { task = next_match_task(r.db, ids, o.here, o.now); });
        if (!task)
            return false;
        const auto made = solve(std::move(*task));
        o.on_file([&](storage::records &r) { keep_solved(r.db, ids, o.here, made, o.now); });
        return true;
    }
    std::vector<storage::drafted_pair> drafted() {
        std::vector<storage::drafted_pair> out;
        o.on_file([&](storage::records &r) {
            auto drafts = r.open<storage::match_drafts>();
            if (const auto draft = drafts.open_of(o.term))
                out = drafts.pairs(draft->id);
        });
        return out;
    }
    bool has(const std::string &protege, const std::string &mentor) {
        const auto p = o.id_of(protege), m = o.id_of(mentor);
        for (const auto &one : drafted())
            if (one.protege == p && one.mentor == m)
                return true;
        return false;
    }
    heard draft() {
        o.says("noor", "/program match");
        REQUIRE(solve_now());
        return o.says("noor", "/program match");
    }
    // Chooses from the menu of the row in which this protégé is.
    heard chooses(const heard &page, const std::string &act, const std::string &protege) {
        const auto id = o.id_of(protege).str();
        for (const auto &each : page.buttons)
            if (each.action.starts_with("match.more") && each.value.starts_with(act + " ") &&
                each.value.ends_with(id)) {
                auto row = page;
                row.buttons = {each};
                return o.presses("noor", row, each.label, choice{each.value});
            }
        FAIL("no row of " << protege);
        return {};
    }
};

} // namespace

TEST_CASE("a draft is worked out aside, and its coordinator hears when it is there", "[rule-41]") {
    drafting d;
    CHECK(d.o.says("noor", "/program match").says("is being worked out"));
    CHECK(d.o.says("noor", "/program match").says("is being worked out")); // still one draft
    CHECK(d.solve_now());
    CHECK_FALSE(d.solve_now());
    d.mail.pass(minutes{1});
    CHECK(d.last_to("D0NOOR").says("The draft for Starter is there: 2 pairs"));
    const auto page = d.o.says("noor", "/program match");
    CHECK(page.says("Nobody has been told anything"));
    CHECK(d.has("mei", "sam"));
    CHECK(d.has("lee", "tom"));
    CHECK(d.pairs_of("mei") == 0);
    CHECK(d.o.says("ana", "/program match").says("coordinators of a program"));
}

TEST_CASE("two who are kept apart are not put together again, and a pin stays when it is solved again") {
    drafting d;
    auto page = d.draft();
    page = d.chooses(page, "no", "mei");
    CHECK(page.says("Taken apart: Mei and Sam"));
    CHECK_FALSE(d.has("mei", "sam"));
    page = d.chooses(page, "pin", "lee");
    CHECK(page.says("Pinned: Lee with Tom"));
    d.o.presses("noor", page, "Solve again around the pins");
    REQUIRE(d.solve_now());
    CHECK(d.has("lee", "tom"));
    CHECK_FALSE(d.has("mei", "sam"));
    CHECK(d.drafted().size() == 1); // priya is full, sam forbidden, tom taken
}

TEST_CASE("another mentor is given by hand, and the two whose places it concerns swap") {
    drafting d;
    const auto form = d.chooses(d.draft(), "move", "mei");
    REQUIRE(form.form == "match.move");
    CHECK(d.o.submits("noor", form, {{"mentor", office::slack_of("priya")}}).errors.count("mentor") ==
          1); // full
    CHECK(d.o.submits("noor", form, {{"mentor", office::slack_of("tom")}}).says("Pinned: Mei with Tom"));
    CHECK(d.has("mei", "tom"));
    CHECK(d.has("lee", "sam"));
}

TEST_CASE("the draft is changed as a list, all of it or nothing") {
    drafting d;
    const auto form = d.o.presses("noor", d.draft(), "As a list");
    REQUIRE(form.form == "match.list");
    const auto send = [&](const std::string &list) { return d.o.submits("noor", form, {{"list", list}}); };
    for (const auto *bad :
         {"mentor,protege\nU0SAM,U0MEI", "protege,mentor,do\nU0MEI,U0TOM,marry",
          "protege,mentor,do\nU0NOBODY,U0TOM,pin", "protege,mentor,do\nU0MEI,U0TOM,pin\nU0MEI,U0SAM,pin",
          "protege,mentor,do\nU0MEI,U0TOM,pin\nU0LEE,U0PRIYA,pin", "\xff\xfe"})
        CHECK(send(bad).errors.count("list") == 1);
    CHECK(d.has("mei", "sam"));
    CHECK(send("protege,mentor,do\nU0MEI,U0SAM,pin\nU0LEE,U0TOM,forbid\n").says("Taken: 2 changes"));
    CHECK(d.drafted() == std::vector<storage::drafted_pair>{
                             {d.o.id_of("mei"), d.o.id_of("sam"), d.drafted()[0].score, true}});
}

TEST_CASE("a draft is published after a preview, by the program's name, and its pairs begin") {
    drafting d;
    const auto form = d.o.presses("noor", d.draft(), "Publish");
    REQUIRE(form.form == "match.publish");
    CHECK(form.says("2 pairs begin in Starter"));
    CHECK(d.o.submits("noor", form, {{"name", "Stater"}}).errors.count("name") == 1);
    CHECK(d.pairs_of("mei") == 0);
    CHECK(d.o.submits("noor", form, {{"name", "starter"}}).says("Published: 2 pairs begin"));
    CHECK(d.pairs_of("mei") == 1);
    CHECK(d.pairs_of("lee") == 1);
    const auto again = d.o.submits("noor", form, {{"name", "starter"}});
    CHECK(again.says("was published"));
    CHECK(d.mail.rows("introduction") == 2);
    d.mail.pass(minutes{5});
    CHECK(d.mail.rows("introduction", "sent") == 2);
}

TEST_CASE("what changed since a draft was looked at is said, and who cannot be paired any more is named") {
    drafting d;
    const auto page = d.draft();
    const auto form = d.o.presses("noor", page, "Publish");
    d.o.says("noor", "/program pair @sam @mei");
    CHECK(d.o.submits("noor", form, {{"name", "Starter"}})
              .says("Not begun, because something changed since: 1 (Mei)"));
    CHECK(d.pairs_of("mei") == 1);
    CHECK(d.o.presses("noor", page, "Drop the draft").says("was published"));
}

TEST_CASE("a coordinator who would be in a pair is not shown it") {
    drafting d;
    d.o.says("olive", "/program enrol @noor mentor");
    d.fill("tom", profile_field::room, "0");
    const auto page = d.draft();
    CHECK(page.says("Pairs you would be in yourself are not shown: 1"));
    CHECK_FALSE(page.says("<@U0NOOR>"));
}

TEST_CASE("a draft that changed while it was solved is not overwritten") {
    drafting d;
    d.o.says("noor", "/program match");
    std::optional<match_task> task;
    d.o.on_file([&](storage::records &r) { task = next_match_task(r.db, d.ids, d.o.here, d.o.now); });
    const auto made = solve(std::move(*task));
    CHECK(d.solve_now()); // another process was faster
    bool kept = true;
    d.o.on_file([&](storage::records &r) { kept = keep_solved(r.db, d.ids, d.o.here, made, d.o.now); });
    CHECK_FALSE(kept);
}
