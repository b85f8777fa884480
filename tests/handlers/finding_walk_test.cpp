// The two programs that ship find each other by their own rules, from the first profile to the introduction:
// Sloan by browsing and requests, E-MAP by a coordinator's whole match.
#include "config/policy_file.hpp"
#include "handlers/match_solving.hpp"
#include "tests/handlers/finding_market.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::tests;

namespace {

// The shipped policy over the bench's term.
program shipped(const std::string &slug) {
    auto file = config::load_policy("config/programs/" + slug + ".toml");
    REQUIRE(file.reading.value);
    auto rules = *file.reading.value;
    rules.slug = program_slug{"starter"};
    return rules;
}

} // namespace

TEST_CASE("Sloan: a student fills a profile, browses, asks anybody, and the alumna says yes",
          "[rule-65][rule-68][rule-69][rule-70][rule-71][rule-72][rule-73][rule-74][rule-75][rule-77]") {
    market m(shipped("sloan"));
    const auto seek = m.o.presses("mei", m.o.says("mei", "/mentoring profile"), "Offered and sought");
    m.o.submits("mei", seek,
                {{"expertise", "supply chain"}, {"goals", "product manager"}, {"interests", "robotics"}});
    const auto about = m.o.presses("mei", m.o.says("mei", "/mentoring profile"), "About you");
    m.o.submits("mei", about, {{"industry", "medical devices"}});
    const auto sams = m.o.presses("sam", m.o.says("sam", "/mentoring profile"), "Offered and sought");
    m.o.submits("sam", sams, {{"expertise", "supply chain, pricing"}, {"interests", "robotics"}});
    const auto where = m.o.presses("sam", m.o.says("sam", "/mentoring profile"), "About you");
    m.o.submits("sam", where, {{"industry", "Medical Devices"}});

    const auto fits = m.o.says("mei", "/mentoring suggest");
    CHECK(fits.says("<@U0SAM> (mentor), *80*: medical devices 30; supply chain 25; robotics 15; "));
    const auto page = m.o.says("mei", "/mentoring browse medical");
    CHECK(page.says("One person in"));
    const auto profile = m.o.presses("mei", page, "See profile");
    CHECK(profile.says("*80 of 100*"));
    CHECK(profile.says("under goals: 90."));
    const auto form = m.o.presses("mei", profile, "Ask Sam");
    m.o.submits("mei", form, {{"note", "How did you move from school to devices?"}});
    m.mail.pass(minutes{2});
    REQUIRE(m.last_to("D0SAM").says("How did you move"));
    m.o.presses("sam", m.last_to("D0SAM"), "Accept");
    m.mail.pass(minutes{3});
    CHECK(m.mail.rows("introduction", "sent") == 1);
    CHECK(m.last_to("D0MEI").says("Sam said yes"));
    CHECK(m.asks("lee", "tom").says("goes to Tom")); // no number bars anybody
}

TEST_CASE("E-MAP: the coordinator matches everyone who waits, reviews, publishes, and pairs are introduced",
          "[rule-14][rule-37][rule-38][rule-39][rule-40][rule-41]") {
    market m(shipped("emap"));
    id_source ids(41);
    m.fill("tom", profile_field::study, "law");
    m.fill("lee", profile_field::study, "law");
    for (const auto *mentor : {"sam", "tom"})
        m.o.says("noor", std::string("/program clear @") + mentor + " check until 2027-05-31");
    for (const auto *who : {"sam", "tom", "mei", "lee"})
        m.o.says("noor", std::string("/program clear @") + who + " training");
    CHECK(m.asks("mei", "sam").says("pairs are made by its coordinators"));
    m.o.says("noor", "/program match");
    std::optional<match_task> task;
    m.o.on_file([&](storage::records &r) { task = next_match_task(r.db, ids, m.o.here, m.o.now); });
    REQUIRE(task);
    const auto made = solve(std::move(*task));
    CHECK(made.made.pairs.size() == 2);
    m.o.on_file([&](storage::records &r) { CHECK(keep_solved(r.db, ids, m.o.here, made, m.o.now)); });
    m.mail.pass(minutes{1});
    const auto page = m.o.presses("noor", m.last_to("D0NOOR"), "Look at it");
    CHECK(page.says("<@U0LEE> with <@U0TOM>"));
    CHECK(page.says("<@U0MEI> with <@U0SAM>"));
    CHECK(page.says("law 25"));
    const auto form = m.o.presses("noor", page, "Publish");
    const auto name = m.o.here.rules.of(program_slug{"starter"}).name;
    CHECK(m.o.submits("noor", form, {{"name", name}}).says("Published: 2 pairs begin"));
    m.mail.pass(minutes{5});
    CHECK(m.mail.rows("introduction", "sent") == 2);
}
