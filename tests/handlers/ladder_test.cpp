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

std::vector<std::string> days_and_hours(const std::vector<letter> &all, const zone &where = london) {
    std::vector<std::string> out;
    for (const auto &each : all)
        out.push_back(short_date(where.day_of(each.at)) + " " +
                      time_of_day(where.local(each.at).since_midnight));
    return out;
}

using times = std::vector<std::string>;

} // namespace

TEST_CASE("a reply is asked for on day 3, more softly on day 5, and on day 7 a coordinator hears") {
    office o;
    mail_round mail(o);
    mail.writes("ana");
    mail.until(at(30, 12));

    const auto priya = mail.to("D0PRIYA");
    // day 5 is a Saturday: the mentor's weekend is quiet
    CHECK(days_and_hours(priya) == times{"Thu 5 Nov 10:00", "Mon 9 Nov 08:00", "Tue 10 Nov 08:00"});
    REQUIRE(priya.size() == 3);
    CHECK(priya[0].text == "Hi Priya. Ana has been waiting since Mon 2 Nov. A short answer is enough.");
    CHECK(priya[1].says("Two lines are plenty"));
    CHECK(priya[2].says("I have asked a coordinator"));
    const auto noor = mail.to("D0NOOR");
    CHECK(noor.size() == 1);
    CHECK(mail.to("D0ANA").empty()); // the one who waits hears nothing of it
}
