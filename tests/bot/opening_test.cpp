// What a start reads of the policies: all from the database, the older ones too, so that nothing that began
// under a version loses it (settled 8); a file that says otherwise is only told.
#include "bot/opening.hpp"
#include "config/policy_file.hpp"
#include "handlers/house_in_force.hpp"
#include "handlers/policy_change.hpp"
#include "storage/policy_versions.hpp"
#include "tests/handlers/mail_round.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::bot;
using namespace rapport::tests;

namespace {

std::string shipped() {
    return config::load_policy("config/programs/starter.toml").text;
}

std::string with(std::string text, const std::string &before, const std::string &after) {
    const auto at = text.find(before);
    REQUIRE(at != std::string::npos);
    return text.replace(at, before.size(), after);
}

policy_source source(const std::string &text) {
    auto reading = config::read_policy(text, "policy");
    for (const auto &each : reading.problems)
        FAIL(config::text_of(each));
    return {text, *reading.value};
}

// A start of the service with this text in its policy file; what it found, and the versions it cannot read.
struct started {
    std::vector<program_found> found, odd;
};
started start(office &o, const std::string &text) {
    started out;
    o.on_file([&](storage::records &r) {
        out.found = open_programs(r.db, r.team, {source(text)}, o.now);
        out.odd = unreadable_of(storage::policy_versions(r.db, r.team).all());
        auto base = house_of({});
        base.owners = o.here.owners;
        o.here = *house_in_force(std::move(base), r.team).as_of(r.db);
    });
    return out;
}

void apply_text(office &o, const std::string &text) {
    o.on_file([&](storage::records &r) {
        put_in_force(r, o.here, source(text).rules, text, std::nullopt, "operator", o.now);
    });
}

const program_slug starter{"starter"};

// Messages to Priya that say who waits for her.
int reminders(const mail_round &mail) {
    int n = 0;
    for (const auto &each : mail.to("D0PRIYA"))
        n += each.says("Ana has been waiting") ? 1 : 0;
    return n;
}

} // namespace

TEST_CASE(
    "a clock that started under an older policy follows it after a restart; a new one follows the new") {
    office o;
    const auto first = shipped();
    const auto second = with(first, R"("day 2: listed", "day 3: nudge", "day 5: softer", "day 7: queue")",
                             R"("day 2: nudge", "day 4: softer", "day 7: queue")");
    start(o, first);
    apply_text(o, first);
    start(o, first);
    const auto old_version = o.here.rules.version_of(starter);
    mail_round mail(o);
    mail.deliver();
    mail.writes("ana");
    const auto told = start(o, second);
    CHECK(told.found.at(0).differs);
    CHECK(o.here.rules.version_of(starter) == old_version); // a changed file changes nothing by itself
    apply_text(o, second);
    CHECK_FALSE(start(o, second).found.at(0).differs);
    CHECK(o.here.rules.version_of(starter) == old_version + 1);
    CHECK(o.here.rules.of(starter, old_version).replies.steps.at(1).on_day == 3);
    CHECK(o.here.rules.of(starter).replies.steps.at(0).act == rung_act::nudge);
    start(o, second); // and once more, with nothing changed
    CHECK(o.here.rules.version_of(starter) == old_version + 1);

    mail.calls.clear();
    mail.pass(days{2} + hours{12}); // Monday to Wednesday night
    CHECK(reminders(mail) == 0);
    mail.pass(days{1});
    CHECK(reminders(mail) == 1); // by the ladder it began under

    mail.pass(days{3} + hours{12});
    mail.writes("priya");
    mail.calls.clear();
    mail.writes("ana"); // Monday again
    mail.pass(days{2} + hours{12});
    CHECK(reminders(mail) == 1);
}

TEST_CASE("a version whose text cannot be read is named, and what began under it follows the one in force") {
    office o; // the bench's first version is no TOML of a policy
    apply_text(o, shipped());
    const auto odd = start(o, shipped()).odd;
    REQUIRE(odd.size() == 1);
    CHECK(odd[0].program == starter);
    CHECK(odd[0].version == 1);
    CHECK(&o.here.rules.of(starter, 1) == &o.here.rules.of(starter));
}

TEST_CASE("a text that is another program's stays out") {
    office o;
    o.on_file([&](storage::records &r) {
        r.programs.apply_policy(program_slug{"gone"}, shipped(), o.now, std::nullopt);
    });
    start(o, shipped());
    CHECK(o.here.rules.find(program_slug{"gone"}) == nullptr);
}
