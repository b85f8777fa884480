// Lists of people: every row's fate, the same list again, what is refused; the form of /program import.
#include "handlers/importing.hpp"
#include "handlers/people_list.hpp"
#include "storage/entering.hpp"
#include "tests/support/office.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

using namespace rapport;
using rapport::tests::heard;
using rapport::tests::office;

namespace {

const program_slug starter{"starter"};

office gated() {
    office o;
    auto p = tests::starter_program();
    p.entry.gates = {{role::mentor, gate_kind::background_check, 12, ""},
                     {role::mentor, gate_kind::training, std::nullopt, ""}};
    policies rules;
    rules.add(2, p);
    o.here.rules = std::move(rules);
    return o;
}

// `dry` first, then done; both must tell the same.
list_report takes(office &o, const std::string &list) {
    list_report seen, made;
    const auto by = o.id_of("noor");
    o.on_file([&](storage::records &r) {
        seen = take_list(r, o.here, starter, list, by, true, o.now).value();
        made = take_list(r, o.here, starter, list, by, false, o.now).value();
    });
    REQUIRE(seen.rows.size() == made.rows.size());
    for (std::size_t i = 0; i < seen.rows.size(); ++i) {
        CHECK(seen.rows[i].fate == made.rows[i].fate);
        CHECK(seen.rows[i].says == made.rows[i].says);
    }
    return made;
}

std::string refused(office &o, const std::string &list) {
    std::string why;
    o.on_file([&](storage::records &r) {
        const auto made = take_list(r, o.here, starter, list, std::nullopt, false, o.now);
        if (!made)
            why = made.error().read + ": " + made.error().wrong + " " + made.error().mend;
    });
    return why;
}

std::size_t pairs(office &o) {
    std::size_t n = 0;
    o.on_file([&](storage::records &r) { n = r.pairs.of_term(o.term).size(); });
    return n;
}

} // namespace

TEST_CASE("a list puts people, gates and pairs on record; the same list again changes nothing",
          "[rule-8][import]") {
    auto o = gated();
    const std::string list = "email,name,role,check,training,mentor\n"
                             "kim@example.org,Kim Diaz,mentor,2027-06-30,done,\n"
                             "lou@example.org,Lou Berg,protege,,,kim@example.org\n";
    auto made = takes(o, list);
    CHECK(made.counts() == "2 created, 0 changed, 0 same, 0 refused; 1 pair");
    CHECK(made.rows[0].line == 2);
    CHECK(made.rows[0].says == "put on record; enrolled as mentor; check until 2027-06-30; training");
    CHECK(made.rows[1].says == "put on record; enrolled as protégé; paired with kim@example.org");
    CHECK(pairs(o) == 2);
    made = takes(o, list);
    CHECK(made.counts() == "0 created, 0 changed, 2 same, 0 refused; 0 pairs");
    CHECK(pairs(o) == 2);
    made = takes(o, "email,role,check\nKIM@example.org,mentor,2027-07-31\n");
    CHECK(made.counts() == "0 created, 1 changed, 0 same, 0 refused; 0 pairs");
}

TEST_CASE("a dry run writes nothing", "[import]") {
    auto o = gated();
    o.on_file([&](storage::records &r) {
        const auto seen =
            take_list(r, o.here, starter, "email,role\nkim@example.org,mentor\n", std::nullopt, true, o.now);
        CHECK(seen.value().count(row_fate::created) == 1);
        CHECK_FALSE(r.people.by_email("kim@example.org"));
    });
}

TEST_CASE("each row that cannot be taken says why, with its line; it changes nothing, the others go on",
          "[import]") {
    auto o = gated();
    const auto made = takes(o, "slack,email,role,check,training,mentor\n"
                               ",,mentor,,,\n"                                // 2
                               "ana,,mentor,,,\n"                             // 3
                               ",not-an-address,mentor,,,\n"                  // 4
                               ",kim@example.org,captain,,,\n"                // 5
                               "U0NOBODY,,mentor,,,\n"                        // 6
                               ",kim@example.org,mentor,soon,,\n"             // 7
                               ",lou@example.org,protege,2027-01-01,,\n"      // 8: no check of that side
                               "U0SAM,,mentor,2027-01-01,done,\n"             // 9
                               "U0SAM,,mentor,,,\n"                           // 10: again
                               "U0MEI,,protege,,,ghost@example.org\n"         // 11
                               "U0ANA,,protege,,,U0PRIYA\n"                   // 12: a pair already
                               ",max@example.org,protege,,,max@example.org\n" // 13
                               ",una@example.org,mentor,,,U0SAM\n");          // 14
    const auto says = [&](std::size_t line) {
        for (const auto &one : made.rows)
            if (one.line == line)
                return std::string(text_of(one.fate)) + ": " + one.says;
        return std::string("no such line");
    };
    CHECK(says(2) == "refused: It names nobody: fill slack or email.");
    CHECK(says(3).find("“ana” is no member id") != std::string::npos);
    CHECK(says(4).find("is no e-mail address") != std::string::npos);
    CHECK(says(5).find("write mentor or protege") != std::string::npos);
    CHECK(says(6).find("I know nobody by that id yet") != std::string::npos);
    CHECK(says(7).find("The check is no date") != std::string::npos);
    CHECK(says(8).find("asks no check of protégés") != std::string::npos);
    CHECK(says(9).find("changed: check until 2027-01-01; training") != std::string::npos);
    CHECK(says(10) == "refused: Line 9 names them as mentor already.");
    CHECK(says(11).find("Nobody is on record under ghost@example.org") != std::string::npos);
    CHECK(says(12) == "same: ");
    CHECK(says(13).find("refused: ") == 0);
    CHECK(says(14).find("name pairs in the row of the other side") != std::string::npos);
    o.on_file([&](storage::records &r) {
        CHECK_FALSE(r.people.by_email("kim@example.org"));
        CHECK_FALSE(r.people.by_email("max@example.org"));
    });
}

TEST_CASE("a pair waits for its gates, and a list may bring both", "[rule-6][import]") {
    auto o = gated();
    auto made = takes(o, "slack,role,mentor\nU0MEI,protege,U0SAM\n");
    CHECK(made.rows[0].says == "No pair with U0SAM yet: waiting for check, training not done yet.");
    made = takes(o, "slack,role,check,training,mentor\nU0SAM,mentor,cleared until 2027-06-30,done,\n"
                    "U0MEI,protege,,,U0SAM\n");
    CHECK(made.pairs == 1);
    made = takes(o, "slack,role,check\nU0SAM,mentor,not cleared\n");
    CHECK(made.rows[0].says == "check not cleared");
}

TEST_CASE("a list as a whole is refused for its header, its encoding or its quotes, with what to write",
          "[import]") {
    auto o = gated();
    CHECK(refused(o, "mail,role\na@b.org,mentor\n").find("I know no column “mail”.") != std::string::npos);
    CHECK(refused(o, "name,role\nKim,mentor\n").find("neither slack nor email") != std::string::npos);
    CHECK(refused(o, "email\na@b.org\n").find("names no role") != std::string::npos);
    CHECK(refused(o, "email,role\n").find("no rows below") != std::string::npos);
    CHECK(refused(o, "").find("nothing in the list") != std::string::npos);
    CHECK(refused(o, "email,role\nk\xff@b.org,mentor\n").find("line 2: The list is not in UTF-8.") == 0);
    CHECK(refused(o, "email,role\n\"a@b.org,mentor\n").find("line 2: A quote is opened") == 0);
    CHECK(refused(o, "email,email,role\n").find("twice") != std::string::npos);
    CHECK(refused(o, "email,role\na@b.org,mentor,x\n").find("line 2: There are 3 cells") == 0);
}

TEST_CASE("/program import shows what each row comes to, and the program's name makes it so", "[import]") {
    auto o = gated();
    const auto form = o.says("noor", "/program import");
    CHECK(form.form == import_form);
    fields list;
    list.set("list.1", std::string("email;role\nkim@example.org;mentor"));
    list.set("list.2", std::string("lou@example.org;captain"));
    const auto preview = o.submits("noor", form, list);
    CHECK(preview.form == import_confirm_form);
    CHECK(preview.says("1 created, 0 changed, 0 same, 1 refused; 0 pairs. Nothing is saved yet."));
    CHECK(preview.says("Line 3, lou@example.org: refused."));
    CHECK(preview.says("Line 2, kim@example.org: created."));
    fields name;
    name.set("name", std::string("something"));
    CHECK(o.submits("noor", preview, name).errors.count("name") == 1);
    name.set("name", std::string("Starter"));
    CHECK(o.submits("noor", preview, name).says("1 created"));
    CHECK(o.submits("noor", preview, name).says("not there any more"));
    CHECK(o.says("noor", "/program people").says("kim@example.org: mentor, in no pair, waiting for check"));
    // the same again: nothing to save, and no button for it
    list.set("list.2", std::string());
    const auto again = o.submits("noor", o.says("noor", "/program import"), list);
    CHECK(again.says("There is nothing to save."));
    CHECK(std::find(again.fields.begin(), again.fields.end(), "name") == again.fields.end());
}

TEST_CASE("an import is for coordinators, and a faulty list is said under its field", "[import]") {
    auto o = gated();
    CHECK(o.says("ana", "/program import").says("Nothing was saved"));
    fields list;
    list.set("list.1", std::string("nothing here"));
    CHECK(o.submits("noor", o.says("noor", "/program import"), list).errors.count("list.1") == 1);
}

namespace {

// 200 mentors and 200 protégés who are in two channels; who is on file or not is up to the caller.
std::vector<slack_id> members(char of, int n) {
    std::vector<slack_id> all;
    for (int i = 0; i < n; ++i)
        all.push_back(slack_id{fmt::format("U{}{:04}", of, i)});
    return all;
}

} // namespace

TEST_CASE("400 people come to 200 running pairs in seven acts", "[rule-4][import]") {
    office o;
    int acts = 0;
    for (const char of : {'M', 'P'})
        for (const auto &who : members(of, 200)) {
            person_described one;
            one.who = who;
            one.name = who.str();
            request seen{team_id{"T0TEST"}, who};
            seen.at = o.now;
            seen.what = one;
            o.delivers(seen);
        }
    const auto channel = [&](char of, const std::string &as) {
        request asked{team_id{"T0TEST"}, office::slack_of("noor")};
        asked.at = o.now;
        asked.key = "enrol" + as;
        asked.can_open_form = asked.can_reply_later = true;
        asked.what = command_typed{"/program", "enrol <#C0ALL|all> " + as, members(of, 200), ""};
        const auto form = o.delivers(asked);
        ++acts;
        fields name;
        name.set("name", std::string("starter"));
        ++acts;
        CHECK(o.submits("noor", form, name).says("200 people enrolled"));
    };
    channel('M', "mentor");
    channel('P', "protege");
    const auto form = o.says("noor", "/program import");
    ++acts;
    fields list;
    std::string part = "slack,role,mentor\n";
    int number = 1;
    for (int i = 0; i < 200; ++i) {
        const auto row = fmt::format("UP{:04},protege,UM{:04}\n", i, i);
        if (part.size() + row.size() > 3000) {
            list.set(fmt::format("list.{}", number++), part);
            part.clear();
        }
        part += row;
    }
    list.set(fmt::format("list.{}", number), part);
    CHECK(number <= 5);
    const auto preview = o.submits("noor", form, list);
    ++acts;
    fields name;
    name.set("name", std::string("starter"));
    CHECK(o.submits("noor", preview, name).says("200 pairs"));
    ++acts;
    CHECK(pairs(o) == 201);
    CHECK(acts == 7);
}
