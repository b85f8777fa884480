// `/program preview`: asked for once, worked out aside, shown month by month to those who run the program.
#include "handlers/preview.hpp"
#include "tests/handlers/policied.hpp"

using namespace rapport;
using namespace rapport::tests;

namespace {

// What the loop does with one that waits; false where none does.
bool worked_out(policied &o, const std::vector<storage::preview_line> &lines) {
    static id_source ids{3};
    std::optional<preview_task> task;
    o.on_file([&](storage::records &r) { task = next_preview_task(r.db, ids, o.here, o.now); });
    if (!task)
        return false;
    CHECK(task->of.version == o.version());
    CHECK(task->from < task->until);
    bool kept = false;
    o.on_file([&](storage::records &r) { kept = keep_preview(r.db, ids, task->of, lines, o.now); });
    return kept;
}

std::vector<storage::preview_line> three_months(const policied &o) {
    using storage::previewed_pair;
    const auto at = [&](int after) { return o.now + days{after}; };
    std::vector<storage::preview_line> out = {
        {previewed_pair::keen, side::mentor, at(0), "Hi Priya. Check-in &amp; thanks &lt;here&gt;."},
        {previewed_pair::keen, side::mentor, at(40), "Hi Priya. December."},
        {previewed_pair::silent, side::protege, at(41), "Hi Ana. Still open."},
    };
    for (int n = 0; n < 9; ++n)
        out.push_back({previewed_pair::silent, side::mentor, at(n), "Line " + std::to_string(n)});
    return out;
}

} // namespace

TEST_CASE("a preview is asked for once, told when it is there, and read month by month") {
    policied o;
    CHECK(o.says("noor", "/program preview").says("a few seconds"));
    CHECK(o.says("noor", "/program preview starter").says("is being played"));
    REQUIRE(worked_out(o, three_months(o)));
    CHECK_FALSE(worked_out(o, {})); // nothing waits any more
    o.mail.pass(minutes{1});
    REQUIRE_FALSE(o.mail.to("D0NOOR").empty());
    CHECK(o.mail.to("D0NOOR").back().says("The preview of Starter is there"));

    const auto page = o.presses("noor", o.mail.shown(o.mail.to("D0NOOR").back()), "Look at it");
    CHECK(page.says("Check-in &amp; thanks &lt;here&gt;")); // as it was said, escaped once
    CHECK_FALSE(page.says("December."));
    const auto december = o.presses("noor", page, "December");
    CHECK(december.says("Hi Priya. December."));
    CHECK(o.presses("noor", december, "November").says("Check-in"));
    const auto silent = o.presses("noor", page, "As a silent mentor");
    CHECK(silent.says("Line 0"));
    CHECK_FALSE(silent.says("Line 8"));
    CHECK(o.presses("noor", silent, "Next").says("Line 8"));
}

TEST_CASE("a preview is of the policy in force: a changed one is played anew") {
    policied o;
    o.says("noor", "/program preview");
    REQUIRE(worked_out(o, three_months(o)));
    o.put(config::rewritten(shipped_text("starter"), {{{"name", "Starter"}, {"zone", "Europe/Paris"}}})
              .value());
    CHECK(o.says("noor", "/program preview").says("a few seconds"));
    CHECK(worked_out(o, three_months(o)));
    CHECK(o.says("noor", "/program preview").says("3 messages") == false);
    CHECK(o.says("noor", "/program preview").says("over the term"));
}

TEST_CASE("a policy that changes while it is played is let go, and nothing is kept of it") {
    policied o;
    o.says("noor", "/program preview");
    o.put(config::rewritten(shipped_text("starter"), {{{"name", "Starter"}, {"zone", "Europe/Paris"}}})
              .value());
    CHECK_FALSE(worked_out(o, three_months(o)));
}

TEST_CASE("a preview is for those who run the program, and an old button says how to see it anew") {
    policied o;
    CHECK(o.says("ana", "/program preview").says("Nothing was saved"));
    CHECK(o.says("noor", "/program preview nowhere").says("Nothing was saved"));
    const auto odd = o.happens("noor", button_pressed{std::string(preview_page), "starter:keen:nobody 0"});
    CHECK(odd.says("/program preview"));
}
