// The home page and the lists that are longer than seven: what is on them, how one turns the page, what is
// said where nothing is; and the line that is suggested where several programs could be meant.
#include "mentoring/obligations.hpp"
#include "tests/support/office.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace rapport;
using rapport::tests::heard;
using rapport::tests::office;

namespace {

bool offers(const heard &h, const std::string &label) {
    return std::any_of(h.buttons.begin(), h.buttons.end(),
                       [&](const auto &one) { return one.label == label; });
}

void add_milestones(office &o, int count) {
    for (int i = 1; i <= count; ++i)
        CHECK(o.says("ana", "/milestone add Step number " + std::to_string(i)).says("Put down"));
}

// Things of Ana and Priya's that need a person, one a day.
void raise_lines(office &o, int count) {
    const auto ana = o.id_of("ana");
    o.on_file([&](storage::records &r) {
        for (int i = 0; i < count; ++i) {
            storage::attention_line line;
            line.program = program_slug{"starter"};
            line.pair = o.pair;
            line.kind = text_of(obligation_kind::check_in);
            line.occasion = "2026-" + std::string(i < 9 ? "0" : "") + std::to_string(i + 1);
            line.person = ana;
            line.since_at = o.now;
            line.raised_at = o.now + seconds{i};
            r.attention.raise(line);
        }
    });
}

void open_second_program(office &o) {
    auto second = tests::starter_program();
    second.slug = program_slug{"second"};
    second.name = "Second";
    o.here.rules.add(1, second);
    o.on_file([&](storage::records &r) {
        r.programs.apply_policy(second.slug, "second", o.now, std::nullopt);
        storage::term t;
        t.id = r.ids.make<term_id>(o.now);
        t.program = second.slug;
        t.name = "2026";
        t.opens_at = o.now - days{20};
        r.programs.add_term(t);
        r.programs.appoint(second.slug, r.people.by_slack(office::slack_of("noor"))->id, std::nullopt, o.now);
    });
}

} // namespace

TEST_CASE("a home page shows pairs, what is open on either side, milestones and settings") {
    office o;
    o.says("ana", "/milestone add Draft the poster by 1 Dec");
    o.says("ana", "/nudge @priya");
    const auto home = o.happens("ana", home_opened{});
    REQUIRE(home.home);
    for (const auto *words : {"On your side", "Your pairs", "your mentor in Starter", "Milestones",
                              "Draft the poster", "Settings", "Reminders reach you in", "Europe/London"}) {
        CAPTURE(words);
        CHECK(home.says(words));
    }
    for (const auto *label : {"Check in", "When may I write?", "What do you store?"}) {
        CAPTURE(label);
        CHECK(offers(home, label));
    }
    CHECK(o.presses("ana", home, "When may I write?").title == "When may I write?");
    CHECK(o.happens("priya", home_opened{}).says("Draft the poster"));
}

TEST_CASE("where there is nothing, the home page says so and what to do") {
    office o;
    const auto paired = o.happens("ana", home_opened{});
    CHECK(paired.says("None are open. `/milestone add"));
    const auto alone = o.happens("sam", home_opened{});
    CHECK(alone.says("On your way"));
    CHECK(offers(alone, "When may I write?"));
    const auto stranger = o.happens("zed", home_opened{});
    CHECK(stranger.says("Programs here"));
    CHECK_FALSE(stranger.says("Settings"));
    const auto coordinator = o.happens("noor", home_opened{});
    CHECK(coordinator.says("1 pair, none of them needs you today"));
}

TEST_CASE("a list of milestones longer than seven has Next and Back, and its buttons go on working") {
    office o;
    add_milestones(o, 9);
    const auto first = o.says("ana", "/milestone");
    CHECK(first.says("1 to 7 of 9"));
    CHECK(first.says("Step number 7"));
    CHECK_FALSE(first.says("Step number 8"));
    CHECK_FALSE(offers(first, "Back"));
    const auto second = o.presses("ana", first, "Next");
    CHECK(second.replaced);
    CHECK(second.says("8 to 9 of 9"));
    CHECK(second.says("Step number 9"));
    CHECK_FALSE(offers(second, "Next"));
    CHECK(o.presses("ana", second, "Done").says("Done: 8."));
    CHECK(o.presses("ana", second, "Back").says("1 to 7 of 9"));
    CHECK(o.presses("zed", first, "Next").says("Step number") == false);
}

TEST_CASE("a home page turns its lists too, one without the other") {
    office o;
    add_milestones(o, 8);
    const auto first = o.happens("ana", home_opened{});
    CHECK(first.says("1 to 7 of 8"));
    const auto second = o.presses("ana", first, "Next");
    CHECK(second.home);
    CHECK(second.says("8 to 8 of 8"));
    CHECK(second.says("Your pairs"));
}

TEST_CASE("check-ins filed over a year are shown seven at a time") {
    office o;
    const auto ana = o.id_of("ana");
    o.on_file([&](storage::records &r) {
        for (int month = 1; month <= 9; ++month) {
            storage::check_in one;
            one.pair = o.pair;
            one.side = side::protege;
            one.period = "2026-0" + std::to_string(month);
            one.filed_by = ana;
            one.filed_at = o.now;
            one.note = "note " + std::to_string(month);
            r.check_ins.file(one);
        }
    });
    const auto first = o.says("ana", "/checkin history");
    CHECK(first.says("9 on file"));
    CHECK(first.says("1 to 7 of 9"));
    CHECK(first.says("*September 2026*"));
    const auto second = o.presses("ana", first, "Next");
    CHECK(second.says("8 to 9 of 9"));
    CHECK(second.says("*January 2026*"));
    CHECK_FALSE(o.presses("priya", first, "Next").says("note 1")); // theirs is another list
}

TEST_CASE("a coordinator's queue turns its pages in the message and at home, with months in words") {
    office o;
    raise_lines(o, 9);
    const auto first = o.says("noor", "/program");
    CHECK(first.says("1 to 7 of 9"));
    CHECK(first.says("check-in of"));
    for (const auto &block : first.blocks)
        CHECK(block.find("2026-") == std::string::npos);
    const auto second = o.presses("noor", first, "Next");
    CHECK(second.replaced);
    CHECK(second.says("8 to 9 of 9"));
    CHECK(second.says("August check-in"));
    const auto home = o.happens("noor", home_opened{});
    const auto turned = o.presses("noor", home, "Next");
    CHECK(turned.home);
    CHECK(turned.says("8 to 9 of 9"));
    const auto seen = o.presses("noor", turned, "Seen to it");
    CHECK(seen.home); // the page itself, not a message about it
    CHECK(seen.says("1 to 7 of 8"));
    CHECK(o.presses("ana", first, "Next").says("Nothing was saved"));
}

TEST_CASE("with several programs the line that was typed is suggested, not an example") {
    office o;
    open_second_program(o);
    CHECK(o.says("noor", "/program pair @sam @mei").says("Try: /program pair @sam @mei second"));
    CHECK(o.says("noor", "/program pair @sam @mei elsewhere").says("Try: /program pair @sam @mei second"));
    CHECK(o.says("noor", "/program people").says("Try: /program people second"));
    CHECK(
        o.says("noor", "/program pair @sam @noor starter").says("Try: /program enrol @noor protege starter"));
    CHECK(o.says("noor", "/program pair @sam @mei starter").says("are a pair in Starter"));
}
