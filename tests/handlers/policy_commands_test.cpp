// Changing the policy of a program that runs: drafts by line and by form, the dry run, applying now and from
// a date, taking it back; and bad input.
#include "tests/handlers/policied.hpp"

using namespace rapport;
using namespace rapport::tests;
using namespace date::literals;

namespace {

fields named(const std::string &name) {
    return fields{{"name", name}};
}

} // namespace

TEST_CASE("a change on a line is a draft with its dry run; nothing holds until it is applied by name") {
    policied o;
    const auto draft = o.says("noor", "/program policy change floor.per_month = 3");
    CHECK(draft.says("floor.per_month: 2 becomes 3 (everyone)"));
    CHECK(draft.says("as it is); "));
    CHECK(o.here.rules.of(o.slug).contacts.floor->per_month == 2);
    const auto form = o.presses("noor", draft, "Apply...");
    CHECK(form.form == "policy.apply");
    CHECK(o.submits("noor", form, named("Other")).errors.contains("name"));
    CHECK(o.here.rules.of(o.slug).contacts.floor->per_month == 2);
    const auto before = o.version();
    const auto applied = o.submits("noor", form, named("Starter"));
    CHECK(applied.says("is in force, version"));
    CHECK(o.version() == before + 1);
    CHECK(o.here.rules.of(o.slug).contacts.floor->per_month == 3);
    REQUIRE_FALSE(o.journal("policy_applied").empty());
    CHECK(o.journal("policy_applied")[0].actor == o.id_of("noor").str());
    CHECK(o.journal("policy_applied")[0].detail.find("floor.per_month") != std::string::npos);
    CHECK(four_parts(o.submits("noor", form, named("Starter")))); // the form once more
    CHECK(o.says("ana", "/program").says("At least 3 contacts a month"));
}

TEST_CASE("an applied policy is taken back as a version of its own") {
    policied o;
    o.says("noor", "/program policy change floor.per_month = 3");
    const auto applied = o.submits("noor", o.says("noor", "/program policy apply"), named("Starter"));
    const auto version = o.version();
    o.presses("noor", applied, "Undo");
    CHECK(o.version() == version + 1);
    CHECK(o.here.rules.of(o.slug).contacts.floor->per_month == 2);
    CHECK(o.says("noor", "/program policy diff").says("floor.per_month: 3 becomes 2"));
}

TEST_CASE("a dry run says how many would be written to today and which pairs change, and writes nothing") {
    policied o;
    auto calm = o.here.rules.of(o.slug); // nothing else is due on these days
    calm.getting_started.reset();
    calm.first_meeting.reset();
    calm.contacts.floor.reset();
    o.here.rules.add(o.version(), calm);
    o.mail.writes("ana"); // Monday
    o.mail.pass(days{2});
    o.now += hours{1}; // Wednesday, 11:00: the nudge of day 3 is tomorrow's
    const auto rows = o.outgoing().size();
    policy_trial as_it_is, sooner;
    o.on_file([&](storage::records &r) {
        as_it_is = try_policy(r, o.here, o.here.rules.of(o.slug), o.now);
        auto rules = o.here.rules.of(o.slug);
        rules.attention.caps.per_week = 2;
        rules.check_ins->due_day = 5;
        rules.check_ins->steps = {{-2, rung_act::nudge}};
        sooner = try_policy(r, o.here, rules, o.now);
    });
    CHECK(as_it_is.pairs == 1);
    CHECK(as_it_is.changed == 0);
    CHECK(as_it_is.written_to == as_it_is.before);
    CHECK(sooner.changed == 1);
    CHECK(sooner.written_to == as_it_is.before + 2); // both sides' check-in
    CHECK(o.outgoing().size() == rows);
}

TEST_CASE("what waits already keeps the time it began with; what begins after has the new one") {
    policied o;
    o.mail.writes("ana");
    o.mail.pass(hours{1});
    o.says("noor", "/program policy change reply.target = 5 days; reply.limit = 9 days; "
                   "reply.ladder = day 5: nudge, day 9: queue");
    o.submits("noor", o.says("noor", "/program policy apply"), named("Starter"));
    CHECK(o.here.rules.of(o.slug).replies.promise == reply_promise{5, 9});
    o.mail.pass(days{3} + hours{2});
    CHECK_FALSE(o.mail.to("D0PRIYA").empty()); // day 3, as it was promised to Ana
}

TEST_CASE("a policy applied from a day holds from its first moment, and not before", "[rule-47]") {
    policied o;
    o.says("noor", "/program policy change floor.per_month = 4");
    const auto form = o.says("noor", "/program policy apply");
    auto sent = named("Starter");
    sent.set("from", 2026_y / 11 / 1);
    CHECK(o.submits("noor", form, sent).errors.contains("from"));
    sent.set("from", 2026_y / 11 / 20);
    CHECK(o.submits("noor", form, sent).says("comes into force on Fri 20 Nov 2026"));
    CHECK(o.says("noor", "/program policy diff").says("comes into force on Fri 20 Nov 2026"));
    const auto first = o.here.rules.of(o.slug).where.start_of(2026_y / 11 / 20);
    o.mail.until(first - minutes{1});
    CHECK(o.here.rules.of(o.slug).contacts.floor->per_month == 2);
    o.mail.until(first);
    CHECK(o.here.rules.of(o.slug).contacts.floor->per_month == 4);
    const auto version = o.version();
    o.mail.pass(days{3});
    CHECK(o.version() == version);
}

TEST_CASE("bad input to the policy is answered in four parts, with a line that works") {
    policied o;
    for (const auto *line : {"policy change floor.per_moth = 3", "policy change floor.per_month = lots",
                             "policy change floor.per_month", "policy change",
                             "policy change reply.ladder = day 7: queue, day 3: nudge",
                             "policy change term.dates = 2026-02-30 to 2026-05-01",
                             "policy change entry.gates = x", "policy apply", "policy dryrun", "policy drop",
                             "policy show nonsense", "policy change slug = other"}) {
        INFO(line);
        const auto h = o.says("noor", std::string("/program ") + line);
        CHECK(four_parts(h));
        CHECK((h.says("/program") || h.says("rapport policy apply")));
    }
    CHECK(o.says("noor", "/program policy change floor.per_moth = 3").says("floor.per_month = 2"));
    CHECK(four_parts(o.says("ana", "/program policy show")));
    CHECK(o.version() == 2);
}

TEST_CASE("the policy is shown in the sentences people are told, a part at a time if asked") {
    policied o;
    const auto all = o.says("noor", "/program policy");
    CHECK(all.says("hoped for within 3 days"));
    CHECK(all.says("*Leaving*"));
    const auto part = o.says("noor", "/program policy show reply");
    CHECK(part.says("hoped for within 3 days"));
    CHECK_FALSE(part.says("*Leaving*"));
}

TEST_CASE("a change that says what holds already leaves no draft; a draft can be dropped") {
    policied o;
    CHECK(o.says("noor", "/program policy change floor.per_month = 2").says("There is no draft"));
    const auto draft = o.says("noor", "/program policy change floor.per_month = 3");
    o.presses("noor", draft, "Drop the draft");
    CHECK(four_parts(o.says("noor", "/program policy apply")));
    CHECK(four_parts(o.presses("noor", draft, "Apply...")));
}

TEST_CASE(
    "the form of settings holds what is in force, tells what is wrong under its field, and leads to the "
    "dry run",
    "[rule-100]") {
    policied o;
    const auto form = o.says("noor", "/program settings");
    CHECK(form.form == "program.settings");
    CHECK(form.fields.size() == 14);
    fields sent;
    o.on_file([&](storage::records &r) {
        const auto text = r.programs.policy_in_force(o.slug)->text;
        for (const auto &field : form.fields)
            sent.set(field, o.here.scribe->written(text, field));
    });
    CHECK(o.submits("noor", form, sent).errors.size() == 1); // nothing is different yet
    auto bad = sent;
    bad.set("reply.limit", std::string("soon"));
    CHECK(o.submits("noor", form, bad).errors.at("reply.limit").find("Nothing was saved") !=
          std::string::npos);
    auto impossible = sent;
    impossible.set("reply.limit", std::string("9 days")); // the ladder hands over on day 7
    CHECK(o.submits("noor", form, impossible).errors.contains("reply.ladder"));
    sent.set("messages.per_week", std::string("2"));
    sent.set("contact.name", std::string("Noor and Sam"));
    const auto next = o.submits("noor", form, sent);
    CHECK(next.form == "policy.apply");
    CHECK(next.says("messages.per_week: 3 becomes 2"));
    o.submits("noor", next, named("starter"));
    CHECK(o.here.rules.of(o.slug).attention.caps.per_week == 2);
    CHECK(o.says("ana", "/mentoring contact").says("Noor and Sam"));
}
