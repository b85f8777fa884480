// Every sentence Rapport says unasked, read by a linter: short, plain, kind, and nothing to one side about
// the other but that they wait.
#include "handlers/coordinators_message.hpp"
#include "handlers/introductions.hpp"
#include "handlers/nudge_wording.hpp"
#include "handlers/surface/render.hpp"
#include "tests/handlers/mail_round.hpp"
#include "tests/handlers/plain_words.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cctype>

using namespace rapport;
using namespace rapport::tests;

namespace {

std::vector<line_facts> every_line() {
    std::vector<line_facts> out;
    for (const auto &[kind, word] : obligation_kind_words)
        for (const auto &[act, act_word] : rung_act_words)
            for (const bool past : {false, true})
                for (const auto how : {medium::slack, medium::email, medium::text, medium::call})
                    for (const auto strength : {clock_strength::firm, clock_strength::soft})
                        for (const auto outcome : {std::optional<storage::nudge_outcome>(),
                                                   std::optional(storage::nudge_outcome::done),
                                                   std::optional(storage::nudge_outcome::settled),
                                                   std::optional(storage::nudge_outcome::let_go)}) {
                            line_facts line;
                            line.id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
                            line.kind = kind;
                            line.act = act;
                            line.strength = strength;
                            line.other = "Ana";
                            line.since = date::year{2026} / 11 / 2;
                            line.due = date::year{2026} / 11 / 28;
                            line.is_past = past;
                            line.by = how;
                            line.title = "Draft résumé";
                            line.period = date::year{2026} / 11;
                            line.so_far = 1;
                            line.hoped = 2;
                            line.outcome = outcome;
                            out.push_back(line);
                        }
    return out;
}

} // namespace

TEST_CASE("every line is short, plain and kind, whatever it is about and however it ended") {
    std::vector<std::size_t> lengths;
    for (const auto &line : every_line()) {
        const auto message = day_message("Priya", {line}, 0, "/mentoring");
        lint(message.summary.text);
        lengths.push_back(words_of(message.summary.text).size());
        CHECK_NOTHROW(surface::to_json(message));
        for (const auto &block : message.blocks)
            if (const auto *row = std::get_if<surface::actions>(&block))
                CHECK(row->elements.size() <= 8);
    }
    std::sort(lengths.begin(), lengths.end());
    CHECK(lengths[lengths.size() / 2] <= 60);
    CHECK(lengths.back() <= 60);
}

TEST_CASE("a full message of the day keeps within the platform's limits, and says how many more there are") {
    auto all = every_line();
    std::vector<line_facts> seven(all.begin(), all.begin() + 7);
    const auto message = day_message("Priya", seven, 4, "/mentoring");
    lint(message.summary.text);
    CHECK(message.summary.text.find("+4 more in /mentoring") != std::string::npos);
    CHECK_NOTHROW(surface::to_json(message));
}

TEST_CASE("a name that is none, or that formats, harms nothing") {
    auto line = every_line().front();
    line.other = "<!channel> *Ana*";
    const auto message = day_message(called("", "there"), {line}, 0, "/mentoring");
    CHECK(message.summary.text.find("<!channel>") == std::string::npos);
    CHECK(message.summary.text.starts_with("Hi there."));
    CHECK(called("  ", "your mentor") == "your mentor");
    CHECK(called("Ana Lima", "x") == "Ana");
}

TEST_CASE("first words are plain, and promise no more than the policy") {
    office o;
    o.on_file([&](storage::records &r) {
        for (const auto *who : {"priya", "ana"}) {
            const auto said =
                greeting_for(r, o.here, *r.people.by_slack(office::slack_of(who)), program_slug{"starter"});
            REQUIRE(said);
            lint(said->summary.text);
            CHECK_NOTHROW(surface::to_json(*said));
        }
        const auto pair = introduction_of(r, o.here, *r.pairs.by_id(o.pair));
        REQUIRE(pair);
        lint(pair->summary.text);
        lint(what_is_stored(o.here).text);
        CHECK_FALSE(
            greeting_for(r, o.here, *r.people.by_slack(office::slack_of("noor")), program_slug{"starter"}));
    });
}

TEST_CASE("what one side reads never says that the other is waited for, was reminded, or how they do") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    mail.pass(days{1});
    o.says("ana", "/nudge");
    mail.pass(days{19});
    CHECK(mail.to("D0PRIYA").size() >= 3);
    CHECK(mail.to("D0ANA").empty());
    CHECK(mail.to("G0PAIR").empty());
    const auto after = o.says("ana", "/nudge");
    CHECK(after.text == "Rapport is on it.");
    for (const auto &each : mail.calls)
        if (each.channel != "D0NOOR")
            CHECK_FALSE(each.says("reminded"));
}
