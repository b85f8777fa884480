// A term in a program that listens to nobody: no message event, no history scope. Everything the rules ask
// for is kept by commands, forms and buttons, and every rule can be reported.
#include "handlers/manual.hpp"
#include "handlers/owed.hpp"
#include "tests/handlers/policied.hpp"

#include <nlohmann/json.hpp>

using namespace rapport;
using namespace rapport::tests;

namespace {

// E-MAP's own rules, in the bench's program, without listening.
struct deaf_term : policied {
    deaf_term()
        : policied({{"contacts.listening", "none"},
                    {"floor.per_month", "2"},
                    {"floor.counts", "mentor_initiated"},
                    {"floor.ladder", "[\"day -5: nudge\", \"day 2: queue\"]"},
                    {"first_meeting.within", "60 days"},
                    {"first_meeting.ladder", "[\"day -7: nudge\", \"day 0: queue\"]"},
                    {"check_in.due_day", "28"},
                    {"check_in.ladder", "[\"day -2: nudge\", \"day 2: softer\", \"day 7: queue\"]"},
                    {"milestones.ladder", "[\"day 0: nudge\"]"}}) {}

    contact_count november() {
        contact_count out;
        on_file([&](storage::records &r) {
            out = contacts_in(r, here.rules.of(slug), *r.pairs.by_id(pair), "2026-11");
        });
        return out;
    }
    std::vector<std::string> queue_kinds() {
        std::vector<std::string> out;
        on_file([&](storage::records &r) {
            for (const auto &each : r.attention.open(slug))
                out.push_back(each.kind);
        });
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
        return out;
    }
    int clocks() {
        int n = 0;
        on_file([&](storage::records &r) { n = static_cast<int>(r.clocks.running_of_pair(pair).size()); });
        return n;
    }
};

} // namespace

TEST_CASE("a manifest of programs that listen to nobody asks for no message event and no history",
          "[no_listening]") {
    manifest_wants wants;
    wants.listens = false;
    const auto text = manifest(wants);
    for (const auto *word : {":history", "message.mpim", "message.im", "reaction"})
        CHECK(text.find(word) == std::string::npos);
    wants.listens = true;
    CHECK(manifest(wants).find("message.mpim") != std::string::npos);
    CHECK(manifest(wants).find("reaction_added") == std::string::npos); // no policy takes one for an answer
    wants.reacts = true;
    CHECK(manifest(wants).find("reaction_added") != std::string::npos);
}

TEST_CASE("a term without listening: every rule is kept by hand, and every rule can be reported",
          "[no_listening][rule-26][rule-27][rule-33][rule-34]") {
    deaf_term t;
    // whatever is said there is nothing to Rapport
    t.mail.writes("ana");
    t.mail.writes("priya");
    t.on_file([&](storage::records &r) {
        CHECK(r.clocks.running_in("G0PAIR").empty());
        CHECK(r.contacts.latest(t.pair, 10).empty());
    });
    // contacts with who started them, by a line
    t.says("priya", "/mentoring log call to @ana 20m");
    CHECK(t.november().so_far == 1);
    CHECK(t.november().hoped == 2);
    // a reply is waited for by saying so
    const auto form = t.says("ana", "/nudge");
    REQUIRE_FALSE(form.form.empty());
    t.submits("ana", form, {{"how", choice{"email"}}, {"on", day{date::year{2026} / 11 / 2}}});
    CHECK(t.clocks() == 1);
    CHECK(t.says("noor", "/program waiting").says("waits for"));
    t.mail.until(t.now + days{4});
    REQUIRE_FALSE(t.mail.to("D0PRIYA").empty()); // the ladder runs from what was said
    t.presses("priya", t.mail.shown(t.mail.to("D0PRIYA").back()), "I replied elsewhere");
    CHECK(t.clocks() == 0);
    // milestones, check-ins, a meeting
    t.says("ana", "/milestone add Draft a plan by 2026-11-20");
    t.says("ana", "/milestone done 1");
    t.says("ana", "/checkin All well");
    t.says("priya", "/checkin All well");
    t.says("ana", "/mentoring log video today 30m");
    t.on_file([&](storage::records &r) {
        const auto pair = *r.pairs.by_id(t.pair);
        CHECK(has_met(r, t.here.rules.of(t.slug), pair, t.now));
        CHECK(r.check_ins.standing(t.pair, side::mentor, "2026-11"));
        CHECK(r.check_ins.standing(t.pair, side::protege, "2026-11"));
        CHECK(r.milestones.of_pair(t.pair).at(0).state == milestone_state::done);
    });
    // December: nothing is done, and each rule that is not kept is a line
    t.mail.until(zone::named("Europe/London")->at(date::year{2027} / 1 / 8, hours{12}));
    const auto kinds = t.queue_kinds();
    CHECK(std::find(kinds.begin(), kinds.end(), "check-in") != kinds.end());
    CHECK(std::find(kinds.begin(), kinds.end(), "contact-floor") != kinds.end());
    CHECK(std::find(kinds.begin(), kinds.end(), "first-meeting") == kinds.end()); // they met
    const auto report = t.says("noor", "/program report");
    CHECK_FALSE(report.text.empty());
    CHECK_FALSE(t.says("noor", "/program forecast").text.empty());
}
