// A reply that is waited for, through the year's hard cases: who is reminded when, how often, in which hours,
// and what is withdrawn. Monday 2 November 2026, 10:00 in London is when Ana writes.
#include "tests/handlers/mail_round.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::tests;

namespace {

const auto london = *zone::named("Europe/London");

instant at(unsigned day_of_november, int hour, int minute = 0) {
    return london.at(date::year{2026} / 11 / day_of_november, hours{hour} + minutes{minute});
}

using times = std::vector<std::string>;

times days_and_hours(const std::vector<letter> &all, const zone &where = london) {
    times out;
    for (const auto &each : all)
        out.push_back(short_date(where.day_of(each.at)) + " " +
                      time_of_day(where.local(each.at).since_midnight));
    return out;
}

void change(office &o, const std::string &who, const std::function<void(storage::person &)> &how) {
    o.on_file([&](storage::records &r) {
        auto person = *r.people.by_slack(office::slack_of(who));
        how(person);
        r.people.save(person);
        r.pairs.look_by(o.pair, o.now);
    });
}

} // namespace

TEST_CASE("a reply is asked for on day 3, more softly on day 5, and on day 7 a coordinator hears",
          "[rule-25][rule-27]") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    mail.until(at(30, 12));

    const auto priya = mail.to("D0PRIYA");
    // day 5 is a Saturday: the mentor's weekend is quiet; the third waits a day after the second
    CHECK(days_and_hours(priya) == times{"Thu 5 Nov 10:00", "Mon 9 Nov 08:00", "Tue 10 Nov 08:00"});
    REQUIRE(priya.size() == 3);
    CHECK(priya[0].text == "Hi Priya. Ana has been waiting since Mon 2 Nov. A short answer is enough.");
    CHECK(priya[1].says("Two lines are plenty"));
    CHECK(priya[2].says("I have asked a coordinator"));
    const auto noor = mail.to("D0NOOR");
    REQUIRE(noor.size() == 1);
    CHECK(noor[0].says("Ana has been waiting for Priya since Mon 2 Nov"));
    CHECK(mail.to("D0ANA").empty()); // the one who waits hears nothing of it
}

TEST_CASE("an answer before the message leaves withdraws it") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    mail.until(at(5, 9, 59));
    mail.writes("priya");
    mail.until(at(5, 12));
    CHECK(mail.to("D0PRIYA").empty());
}

TEST_CASE("an answer after it was planned and before it left withdraws it at the claim") {
    office o;
    mail_round mail(o);
    o.on_file([&](storage::records &r) {
        r.people.keep_dm(r.people.by_slack(office::slack_of("priya"))->id, channel_id{"D0PRIYA"});
    });
    mail.writes("ana");
    id_source ids(3);
    o.now = at(5, 10);
    o.on_file([&](storage::records &r) { CHECK(plan(r.db, ids, o.here, o.now, 10).rows == 1); });
    mail.writes("priya");
    o.on_file([&](storage::records &r) { CHECK(claim(r.db, ids, o.here, o.now, 10).empty()); });
    CHECK(mail.rows("nudge.reply", "withdrawn") == 1);
}

TEST_CASE("an answer between the claim and the call keeps the call from being made") {
    office o;
    mail_round mail(o);
    o.on_file([&](storage::records &r) {
        r.people.keep_dm(r.people.by_slack(office::slack_of("priya"))->id, channel_id{"D0PRIYA"});
    });
    mail.writes("ana");
    id_source ids(3);
    o.now = at(5, 10);
    std::vector<shipment> claimed;
    o.on_file([&](storage::records &r) {
        plan(r.db, ids, o.here, o.now, 10);
        claimed = claim(r.db, ids, o.here, o.now, 10);
    });
    REQUIRE(claimed.size() == 1);
    mail.writes("priya");
    o.on_file([&](storage::records &r) {
        look_at(r, o.here, o.pair, o.now);
        CHECK_FALSE(begin_sending(r.db, claimed[0], o.now));
    });
}

TEST_CASE("an answer after the message was read strikes it out where it stands") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    mail.until(at(5, 12));
    REQUIRE(mail.to("D0PRIYA").size() == 1);
    mail.writes("priya");
    mail.deliver();
    const auto shown = mail.updates("D0PRIYA");
    REQUIRE(shown.size() == 1);
    CHECK(shown[0].ts == mail.to("D0PRIYA")[0].ts);
    CHECK(shown[0].text ==
          "Hi Priya. ~Ana has been waiting since Mon 2 Nov. A short answer is enough.~ Thank you.");
    CHECK(shown[0].buttons.empty());
    mail.until(at(11, 12));
    CHECK(mail.to("D0PRIYA").size() == 1);
    CHECK(mail.to("D0NOOR").empty());
}

TEST_CASE("planning twice plans once") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    id_source ids(3);
    o.now = at(5, 10);
    o.on_file([&](storage::records &r) {
        CHECK(look_at(r, o.here, o.pair, o.now) == 1);
        CHECK(look_at(r, o.here, o.pair, o.now) == 0);
    });
    CHECK(mail.rows("nudge.") == 1);
}

TEST_CASE("planning costs nothing where nothing is due") {
    office o;
    id_source ids(3);
    mail_round mail(o);
    mail.deliver();
    o.on_file([&](storage::records &r) { CHECK(plan(r.db, ids, o.here, o.now, 10).pairs == 0); });
}

TEST_CASE("two nudges are a day apart, counted from delivery") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    // the platform takes nothing for two days from day 3
    mail.platform = [&](const shipment &what, const letter &) {
        return what.method == "chat.postMessage" && o.now < at(6, 15) ? delivery_word::later
                                                                      : delivery_word::sent;
    };
    mail.until(at(30, 12));
    // day 5 is Saturday 10:00, so the second is due from Monday 8:00 on
    CHECK(days_and_hours(mail.to("D0PRIYA"))[1] == "Mon 9 Nov 08:00");

    office p;
    mail_round late(p);
    late.writes("ana");
    late.platform = [&](const shipment &what, const letter &) {
        return what.method == "chat.postMessage" && p.now < at(9, 7) ? delivery_word::later
                                                                     : delivery_word::sent;
    };
    late.until(at(30, 12));
    // nothing got through until day 7: one message then, not two
    const auto priya = late.to("D0PRIYA");
    REQUIRE(priya.size() >= 2);
    CHECK(days_and_hours(priya)[0].substr(0, 9) == "Mon 9 Nov");
    for (std::size_t i = 1; i < priya.size(); ++i)
        CHECK(priya[i].at - priya[i - 1].at >= hours{24});
}

TEST_CASE("someone who is away hears when they are back, once") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    change(o, "priya", [&](storage::person &who) {
        who.away_from_at = at(3, 0);
        who.away_until_at = at(17, 0);
    });
    mail.until(at(17, 23));
    CHECK(days_and_hours(mail.to("D0PRIYA")) == times{"Tue 17 Nov 08:00"});
}

TEST_CASE("someone who goes away after it was planned is not written to") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    id_source ids(3);
    o.now = at(5, 10);
    o.on_file([&](storage::records &r) { plan(r.db, ids, o.here, o.now, 10); });
    change(o, "priya", [&](storage::person &who) {
        who.away_from_at = o.now;
        who.away_until_at = at(17, 0);
    });
    mail.until(at(16, 23));
    CHECK(mail.to("D0PRIYA").empty());
    mail.until(at(17, 23));
    CHECK(mail.to("D0PRIYA").size() == 1);
}

TEST_CASE("good hours are the person's own, in their zone, through a change of the clocks") {
    office o;
    mail_round mail(o);
    const auto new_york = *zone::named("America/New_York");
    change(o, "ana", [](storage::person &who) { who.zone = "America/New_York"; });
    // Wednesday 28 October 2026, 22:00 in New York; its clocks go back on Sunday 1 November
    o.now = new_york.at(date::year{2026} / 10 / 28, hours{22});
    mail.writes("priya");
    mail.until(at(20, 12));
    // day 3 is Saturday 22:00: the next morning is the Sunday the clocks changed, and 8:00 is 8:00
    CHECK(days_and_hours(mail.to("D0ANA"), new_york)[0] == "Sun 1 Nov 08:00");
}

TEST_CASE("two weeks of silence of ours end in one message, not in all that were missed") {
    office o;
    auto rules = starter_program();
    rules.check_ins->steps = {{0, rung_act::nudge}};
    rules.check_ins->due_day = 12;
    o.here.rules.add(2, rules);
    mail_round mail(o);
    o.on_file([&](storage::records &r) { still_listening(r, o.now); });
    mail.writes("ana");
    mail.until(at(4, 12));
    o.on_file([&](storage::records &r) { still_listening(r, o.now); });
    o.now = at(18, 3); // the process was down for two weeks
    mail.deliver();
    mail.until(at(18, 23));
    const auto priya = mail.to("D0PRIYA");
    REQUIRE(priya.size() == 1);
    CHECK(priya[0].says("November check-in"));
    CHECK(priya[0].says("Ana wrote on Mon 2 Nov. If you have answered, one tap says so."));
    mail.until(at(19, 23));
    CHECK(mail.to("D0PRIYA").size() == 1);
}

TEST_CASE("an ended pair withdraws what was planned") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    id_source ids(3);
    o.now = at(5, 10);
    o.on_file([&](storage::records &r) {
        plan(r.db, ids, o.here, o.now, 10);
        r.pairs.end(o.pair, std::nullopt, o.now);
        replies_after_end(r, o.here.rules, *r.pairs.by_id(o.pair), o.now);
    });
    CHECK(mail.rows("nudge.", "withdrawn") == 1);
    mail.until(at(30, 12));
    CHECK(mail.to("D0PRIYA").empty());
}

TEST_CASE("a message that may have arrived is not sent again, and the ladder goes on") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    mail.platform = [&](const shipment &what, const letter &) {
        return what.method == "chat.postMessage" && o.now < at(6, 0) ? delivery_word::ambiguous
                                                                     : delivery_word::sent;
    };
    mail.until(at(30, 12));
    CHECK(mail.rows("nudge.reply", "ambiguous") == 1);
    CHECK(days_and_hours(mail.to("D0PRIYA")) == times{"Mon 9 Nov 08:00", "Tue 10 Nov 08:00"});
}

TEST_CASE("a coordinator's message that may have arrived is sent again, and says so") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    int tries = 0;
    mail.platform = [&](const shipment &, const letter &as) {
        return as.channel == "D0NOOR" && as.method == "chat.postMessage" && ++tries == 1
                   ? delivery_word::ambiguous
                   : delivery_word::sent;
    };
    mail.until(at(30, 12));
    const auto noor = mail.to("D0NOOR");
    REQUIRE(noor.size() == 1);
    CHECK(tries == 2);
    CHECK(noor[0].says("Again, in case the first did not arrive."));
    CHECK(noor[0].says("Ana has been waiting for Priya"));
}

TEST_CASE("a crash between the call and its record does not send a nudge twice") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    mail.until(at(5, 9));
    mail.deliver();
    o.on_file([&](storage::records &r) {
        r.people.keep_dm(r.people.by_slack(office::slack_of("priya"))->id, channel_id{"D0PRIYA"});
    });
    mail.crashes_after_sending = true;
    mail.until(at(5, 10));
    mail.crashes_after_sending = false;
    o.on_file([&](storage::records &r) { r.outbox.free_leases_of_the_process_before(o.now); });
    mail.until(at(7, 12));
    CHECK(mail.to("D0PRIYA").size() == 1);
    CHECK(mail.rows("nudge.reply", "ambiguous") == 1);
    mail.until(at(9, 12));
    CHECK(mail.to("D0PRIYA").size() == 2); // the second rung comes as if the first had arrived
}

TEST_CASE("someone whose account is gone is not written to, and a coordinator hears once") {
    office o;
    mail_round mail(o);
    mail.reason = "user_disabled";
    mail.platform = [&](const shipment &, const letter &as) {
        return as.channel == "D0PRIYA" ? delivery_word::refused : delivery_word::sent;
    };
    mail.writes("ana");
    mail.until(at(30, 12));
    CHECK(mail.rows("nudge.reply", "parked") >= 1);
    CHECK(mail.rows("nudge.reply", "waiting") == 0);
    std::size_t told = 0;
    for (const auto &each : mail.to("D0NOOR"))
        told += each.says("no message reaches Priya") ? 1 : 0;
    CHECK(told == 1);
}

TEST_CASE("a direct conversation that is gone is opened again") {
    office o;
    mail_round mail(o);
    o.on_file([&](storage::records &r) {
        r.people.keep_dm(r.people.by_slack(office::slack_of("priya"))->id, channel_id{"D0OLD"});
    });
    mail.reason = "channel_not_found";
    mail.platform = [&](const shipment &, const letter &as) {
        return as.channel == "D0OLD" ? delivery_word::refused : delivery_word::sent;
    };
    mail.writes("ana");
    mail.until(at(5, 12));
    CHECK(mail.to("D0PRIYA").size() == 1);
    CHECK(mail.to("D0NOOR").empty());
}
