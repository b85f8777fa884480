// Somebody who asks to be forgotten is: to the bytes of the files. What is the other side's stands, and what
// runs beside it is told right.
#include "tests/storage/scratch.hpp"
#include "tests/support/office.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace rapport;
using rapport::tests::heard;
using rapport::tests::office;

namespace {

// Which of the words stand anywhere in the files of a folder.
std::vector<std::string> found_in(const std::string &folder, const std::vector<std::string> &words) {
    std::vector<std::string> found;
    for (const auto &file : std::filesystem::directory_iterator(folder)) {
        std::ifstream in(file.path(), std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(in)), {});
        for (const auto &word : words)
            if (bytes.find(word) != std::string::npos)
                found.push_back(word);
    }
    return found;
}

bool planned(office &o, std::string_view kind) {
    const auto all = o.outgoing();
    return std::any_of(all.begin(), all.end(), [&](const auto &one) { return one.kind == kind; });
}

} // namespace

TEST_CASE("forget-me leaves no byte of a person's words, name or id in our files") {
    storage::scratch_folder folder;
    office o(the_tables(), "sqlite:" + folder / "rapport.db");
    o.says("ana", "/milestone add Harpsichord poster by 1 Dec");
    o.says("ana", "/checkin Zephyrs found our rhythm");
    o.says("ana", "/mentoring goals add Learn to juggle quinces");
    o.says("ana", "/mentoring log call yesterday 30m");
    o.says("ana", "/nudge @priya");
    o.settle_on_disk();
    const std::vector<std::string> hers{"Harpsichord", "Zephyrs", "quinces", "U0ANA"};
    CHECK(found_in(folder.path(), hers).size() >= hers.size()); // so that finding nothing means something

    const auto form = o.says("ana", "/mentoring forget-me");
    CHECK(form.says("This cannot be undone"));
    CHECK(form.says("1 check-in"));
    CHECK(form.says("2 milestones and goals"));
    CHECK(form.says("1 pair"));
    const auto said = o.submits("ana", form, {{"sure", "Forget me"}});
    CHECK(said.says("You are forgotten"));
    o.settle_on_disk();
    CHECK(found_in(folder.path(), hers).empty());
}

TEST_CASE("without the words typed nothing is erased, and the form says so") {
    office o;
    o.says("ana", "/checkin We found our rhythm");
    const auto form = o.says("ana", "/mentoring forget-me");
    const auto said = o.submits("ana", form, {{"sure", "yes please"}});
    REQUIRE(said.errors.count("sure") == 1);
    CHECK(said.errors.at("sure") == "That is not “forget me”. Nothing was erased.");
    CHECK(o.says("ana", "/checkin history").says("We found our rhythm"));
    CHECK_FALSE(planned(o, "pair.ended"));
}

TEST_CASE("the partner reads that the pair ended, keeps what is theirs, and meets no name any more") {
    office o;
    o.says("priya", "/milestone add Mock interview");
    o.says("ana", "/milestone add Draft the poster");
    o.submits("ana", o.says("ana", "/mentoring forget-me"), {{"sure", "FORGET ME"}});
    CHECK(planned(o, "pair.ended"));
    o.on_file([&](storage::records &on_file) {
        const auto all = on_file.milestones.of_pair(o.pair);
        REQUIRE(all.size() == 2);
        CHECK(all[0].title == "Mock interview");
        CHECK(all[1].title == "(erased)");
        CHECK(on_file.pairs.by_id(o.pair)->state == pair_state::ended);
    });
    const auto mine = o.says("priya", "/mentoring mydata");
    CHECK(mine.says("*Pair* with someone"));
    CHECK_FALSE(mine.says("Ana"));
}

TEST_CASE("my messages to somebody who asked to be forgotten are taken back one by one") {
    office o;
    const auto ana = o.id_of("ana");
    o.on_file([&](storage::records &on_file) { on_file.people.keep_dm(ana, channel_id{"D0ANA"}); });
    o.says("ana", "/mentoring"); // her own act: nothing of it is kept to be taken back
    o.on_file([&](storage::records &on_file) {
        auto &out = on_file.outbox;
        out.add({.team = on_file.team,
                 .id = on_file.ids.make<storage::outbox_id>(o.now),
                 .key = "first",
                 .kind = "introduction.first",
                 .person = ana,
                 .not_before_at = o.now,
                 .created_at = o.now});
        for (const auto &row : out.claim(o.now, 50, seconds{60}, "lease"))
            if (row.person == ana)
                out.sent(storage::claim_of(row), channel_id{"D0ANA"}, "1.000100", o.now);
    });
    o.submits("ana", o.says("ana", "/mentoring forget-me"), {{"sure", "forget me"}});
    const auto all = o.outgoing();
    const auto taken =
        std::find_if(all.begin(), all.end(), [](const auto &one) { return one.kind == "forget.message"; });
    REQUIRE(taken != all.end());
    CHECK(taken->params == "1.000100");
}

TEST_CASE("somebody who was forgotten and comes again is somebody new") {
    office o;
    o.submits("ana", o.says("ana", "/mentoring forget-me"), {{"sure", "forget me"}});
    CHECK(o.says("ana", "/mentoring mydata").says("Nothing is kept about you"));
    CHECK(o.says("ana", "/mentoring forget-me").says("nothing to forget"));
    CHECK(o.says("ana", "/milestone add Back again").says("Nothing was saved"));
}
