// Somebody on record twice, by an account and by an address: one person once the workspace, or a list, says
// so.
#include "handlers/people_list.hpp"
#include "storage/entering.hpp"
#include "storage/profiles.hpp"
#include "tests/handlers/mail_round.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace rapport;
using namespace rapport::tests;

namespace {

const std::string address = "sam@example.org";

// sam, a mentor with an account and no address on record, and the same sam by his address, Ana's mentor.
struct doubled {
    office o;
    mail_round mail{o};

    doubled() {
        const auto by = o.id_of("noor");
        o.on_file([&](storage::records &r) {
            const auto made = take_list(r, o.here, program_slug{"starter"},
                                        "email,slack,role,name,mentor\n" + address +
                                            ",,mentor,Sam Lee,\n,U0MEI,protege,," + address + "\n",
                                        by, false, o.now);
            REQUIRE(made.has_value());
            REQUIRE(made->pairs == 1);
        });
        mail.deliver();
    }
    void workspace_says(const std::string &who, const std::string &email) {
        person_described one;
        one.who = office::slack_of(who);
        one.name = "Sam";
        one.zone = "Europe/London";
        one.email = email;
        o.happens(who, one);
    }
    std::size_t people() {
        std::size_t n = 0;
        o.on_file([&](storage::records &r) { n = r.people.all().size(); });
        return n;
    }
    list_report dry(const std::string &list) {
        std::optional<list_report> out;
        o.on_file([&](storage::records &r) {
            out = take_list(r, o.here, program_slug{"starter"}, list, std::nullopt, true, o.now).value();
        });
        return *out;
    }
};

} // namespace

TEST_CASE("an address that turns out to be an account's on record makes one person of two, with all facts",
          "[import][one-person]") {
    doubled d;
    auto &o = d.o;
    const auto before = d.people();
    const auto sam = o.id_of("sam");
    person_id other;
    o.on_file([&](storage::records &r) {
        other = r.people.by_email(address)->id;
        r.open<storage::profiles>().set(other, profile_field::interests, {"sailing", seen_by::everyone},
                                        o.now);
        r.open<storage::clearances>().set(
            {program_slug{"starter"}, other, gate_kind::training, std::nullopt, cleared_by::import, o.now});
    });
    REQUIRE(other != sam);
    d.workspace_says("sam", "Sam@Example.org");
    CHECK(d.people() == before - 1);
    o.on_file([&](storage::records &r) {
        CHECK_FALSE(r.people.by_id(other));
        CHECK(r.people.by_email(address)->id == sam);
        CHECK(r.people.by_slack(office::slack_of("sam"))->id == sam);
        const auto pairs = r.pairs.open_of_person(sam);
        REQUIRE(pairs.size() == 1);
        CHECK(pairs[0].protege == r.people.by_slack(office::slack_of("mei"))->id);
        CHECK(r.open<storage::profiles>().of(sam).at(profile_field::interests).words == "sailing");
        CHECK(r.open<storage::clearances>().find(program_slug{"starter"}, sam, gate_kind::training));
        int enrolments = 0;
        for (const auto &one : r.programs.enrolments(o.term))
            enrolments += one.person == sam ? 1 : 0;
        CHECK(enrolments == 1);
        const auto rows = r.journal.page(team_id{"T0TEST"}, std::nullopt, 500);
        CHECK(std::any_of(rows.begin(), rows.end(), [&](auto &row) {
            return row.act == "merge" && row.subject == sam.str() && row.detail == other.str();
        }));
    });
    d.mail.pass(minutes{5});
    CHECK(o.says("sam", "/mentoring").says("<@U0MEI>"));
    CHECK(d.mail.rows("pair.", "sent") + d.mail.rows("introduc", "sent") >= 1);
    d.workspace_says("sam", address); // told again: nothing more
    CHECK(d.people() == before - 1);
}

TEST_CASE("the same list after it finds the person by either address, and puts nobody on record",
          "[import][one-person]") {
    doubled d;
    d.o.on_file([&](storage::records &r) {
        auto sam = r.people.by_slack(office::slack_of("sam")).value();
        sam.email = "s.lee@example.org";
        r.people.save(sam);
    });
    d.workspace_says("sam", address);
    for (const auto *each : {"sam@example.org", "s.lee@example.org"}) {
        const auto again = d.dry("email,role\n" + std::string(each) + ",mentor\n");
        CHECK(again.counts() == "0 created, 0 changed, 1 same, 0 refused; 0 pairs");
        CHECK(again.about_addresses().empty());
    }
}

TEST_CASE("a dry run says that an address is new here, and what becomes of it", "[import][one-person]") {
    doubled d;
    auto seen = d.dry("email,role\nkim@example.org,mentor\n");
    CHECK(seen.about_addresses().find("One address is new here; the workspace is asked whose it is") == 0);
    seen = d.dry("email,role\nkim@example.org,mentor\nlou@example.org,mentor\n");
    CHECK(seen.about_addresses().find("2 addresses are new here") == 0);
}

TEST_CASE("a row with an account and an address says itself that they are one", "[import][one-person]") {
    doubled d;
    const std::string list = "slack,email,role\nU0SAM," + address + ",mentor\n";
    const auto seen = d.dry(list);
    REQUIRE(seen.rows.size() == 1);
    CHECK(seen.rows[0].fate == row_fate::changed);
    CHECK(seen.rows[0].says == "one person with the record of " + address);
    const auto before = d.people();
    d.o.on_file([&](storage::records &r) {
        CHECK(take_list(r, d.o.here, program_slug{"starter"}, list, std::nullopt, false, d.o.now)
                  .value()
                  .rows[0]
                  .says == seen.rows[0].says);
        CHECK(r.people.by_email(address)->slack == office::slack_of("sam"));
    });
    CHECK(d.people() == before - 1);
    CHECK(d.dry(list).counts() == "0 created, 0 changed, 1 same, 0 refused; 0 pairs");
}

TEST_CASE("two who stand on two sides of a pair stay two, whatever the workspace says",
          "[import][one-person]") {
    doubled d;
    const auto before = d.people();
    d.workspace_says("mei", address); // mei is the protégé of that very record
    CHECK(d.people() == before);
    CHECK(d.dry("slack,email,role\nU0MEI," + address + ",protege\n").rows[0].fate == row_fate::refused);
}

TEST_CASE("an address that belongs to another account is never taken over", "[import][one-person]") {
    doubled d;
    d.workspace_says("sam", address);
    const auto before = d.people();
    d.workspace_says("mei", address);
    CHECK(d.people() == before);
    d.o.on_file(
        [&](storage::records &r) { CHECK(r.people.by_email(address)->slack == office::slack_of("sam")); });
}
