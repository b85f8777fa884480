// Times to meet: set, confirmed, moved, called off, put into a calendar, asked after; a kept one is a
// contact.
#include "handlers/calendar_entry.hpp"
#include "handlers/meeting_line.hpp"
#include "storage/meetings.hpp"
#include "tests/handlers/year_bench.hpp"

#include <sstream>

using namespace rapport;
using namespace rapport::tests;

namespace {

const auto london = *zone::named("Europe/London");
const auto new_york = *zone::named("America/New_York");

std::vector<storage::meeting> meetings(office &o) {
    std::vector<storage::meeting> all;
    o.on_file([&](storage::records &r) { all = r.open<storage::meetings>().from(o.pair, instant{}); });
    return all;
}

instant monday() { // 2 November 2026, 10:00
    return london.at(date::year{2026} / 11 / 2, hours{10});
}

void only_meetings(year_bench &b) {
    b.rules.check_ins.reset();
    b.rules.contacts.floor.reset();
    b.rules.plan.clear();
    b.apply();
}

} // namespace

TEST_CASE("a time to meet is when, how long and where, in the words of whoever writes", "[meetings]") {
    struct row {
        const char *typed;
        int day_of_november, hour, minute, lasts;
        const char *place;
    };
    const row rows[] = {
        {"fri 3pm", 6, 15, 0, 30, ""},
        {"fri 3pm 45m the library", 6, 15, 0, 45, "the library"},
        {"fri 3pm the library 1h30", 6, 15, 0, 90, "the library"},
        {"tomorrow 9:30 Room 4", 3, 9, 30, 30, "Room 4"},
        {"2026-11-09 15:00 1 hour by phone", 9, 15, 0, 60, "by phone"},
        {"in 2 hours", 2, 12, 0, 30, ""},
    };
    for (const auto &each : rows) {
        INFO(each.typed);
        const auto read = read_meeting(each.typed, monday(), london);
        REQUIRE(read.has_value());
        CHECK(read->at == london.at(date::year{2026} / 11 / each.day_of_november,
                                    hours{each.hour} + minutes{each.minute}));
        CHECK(read->minutes_long == each.lasts);
        CHECK(read->place == each.place);
    }
    for (const auto *typed :
         {"", "the library", "fri", "3/4 3pm", "yesterday 3pm", "31 feb 3pm", "fri 3pm 9h"}) {
        INFO(typed);
        CHECK_FALSE(read_meeting(typed, monday(), london).has_value());
    }
}

TEST_CASE(
    "an hour that daylight saving skips becomes the first that exists; one that happens twice is the first",
    "[meetings]") {
    const auto before = new_york.at(date::year{2027} / 3 / 10, hours{12});
    const auto skipped = read_meeting("2027-03-14 2:30am", before, new_york);
    REQUIRE(skipped.has_value());
    CHECK(new_york.local(skipped->at).since_midnight == hours{3});
    const auto october = london.at(date::year{2026} / 10 / 20, hours{12});
    const auto twice = read_meeting("2026-10-25 1:30am", october, london);
    REQUIRE(twice.has_value());
    CHECK(london.local(twice->at - hours{1}).since_midnight == minutes{30}); // still the earlier 1:30
    CHECK(london.local(twice->at + hours{1}).since_midnight == hours{1} + minutes{30});
}

TEST_CASE("a meeting is put down by one, told after a minute, and confirmed by the other", "[meetings]") {
    year_bench b;
    const auto h = b.o.says("ana", "/mentoring meet @priya fri 3pm 45m the library");
    CHECK(h.says("Put down: Fri 6 Nov 2026, 15:00 (Europe/London), 45 min, the library"));
    const auto told = b.conversation();
    CHECK(told.text.starts_with("Ana would like to meet on"));
    CHECK(told.text.find("<!date^") != std::string::npos); // each reads it in their own zone
    const auto own = b.presses_there("ana", told, "Confirm");
    CHECK(own.says("confirming it is for Priya"));
    CHECK(saved_nothing(own));
    CHECK(b.presses_there("priya", told, "Confirm").says("Confirmed"));
    CHECK(meetings(b.o)[0].state == storage::meeting_state::confirmed);
    CHECK(saved_nothing(b.o.says("ana", "/mentoring meet @sam fri 3pm")));
    CHECK(saved_nothing(b.o.says("ana", "/mentoring meet @ana fri 3pm")));
}

TEST_CASE("a meeting that cannot be read is refused in four parts", "[meetings]") {
    year_bench b;
    for (const auto *typed : {"fri", "the library", "yesterday 3pm", "3/4 3pm"}) {
        const auto h = b.o.says("ana", std::string("/mentoring meet ") + typed);
        INFO(typed);
        CHECK(h.says("I read: /mentoring meet"));
        CHECK(h.says("Try: /mentoring meet 2026-11-05 3pm 30m"));
        CHECK(saved_nothing(h));
    }
    CHECK(meetings(b.o).empty());
}

TEST_CASE("moving tells the other at once and notes how long before, judging nobody", "[meetings][rule-81]") {
    year_bench b;
    b.o.says("ana", "/mentoring meet fri 3pm the library");
    b.presses_there("priya", b.conversation(), "Confirm");
    const auto set = meetings(b.o)[0];
    b.o.says("priya", "/mentoring meetings move 1 fri 5pm");
    b.mail.deliver(); // no minute of holding back
    const auto told = b.mail.to("G0PAIR").back();
    CHECK(told.says("Priya moved your meeting to"));
    CHECK(told.says("the library"));
    const auto one = meetings(b.o)[0];
    CHECK(one.state == storage::meeting_state::proposed);
    CHECK(one.proposed_by == b.o.id_of("priya"));
    std::vector<storage::meeting_change> changes;
    b.o.on_file([&](storage::records &r) { changes = r.open<storage::meetings>().changes_of(one.id); });
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].notice_minutes == std::chrono::duration_cast<minutes>(set.starts_at - b.o.now).count());
    CHECK(b.presses_there("ana", b.mail.shown(told), "Confirm").says("Confirmed"));
}

TEST_CASE("calling off tells the other at once; undo puts it back and strikes that out",
          "[meetings][rule-81]") {
    year_bench b;
    b.o.says("ana", "/mentoring meet fri 3pm");
    b.mail.pass(minutes{2});
    const auto h = b.o.says("ana", "/mentoring meetings cancel 1");
    b.mail.deliver();
    CHECK(b.mail.to("G0PAIR").back().says("Ana called off the meeting"));
    CHECK(saved_nothing(b.o.says("ana", "/mentoring meetings cancel 1")));
    b.o.presses("ana", h, "Undo");
    b.mail.deliver();
    CHECK(meetings(b.o)[0].state == storage::meeting_state::proposed);
    CHECK(b.mail.updates("G0PAIR").size() == 1);
    CHECK(saved_nothing(b.o.says("ana", "/mentoring meetings cancel 7")));
}

TEST_CASE("both hear of a meeting the day before, whatever the caps, and of one that is off nobody does",
          "[meetings][rule-82]") {
    year_bench b;
    only_meetings(b);
    b.rules.attention.caps.per_week = 1;
    b.apply();
    b.o.says("ana", "/mentoring meet fri 3pm the library");
    b.o.says("priya", "/mentoring meet wed 3pm");
    b.o.says("priya", "/mentoring meetings cancel 2");
    b.mail.pass(days{3}); // Thursday
    for (const auto *who : {"D0ANA", "D0PRIYA"}) {
        b.mail.pass(hours{8});
        const auto all = b.mail.to(who);
        REQUIRE(all.size() == 1);
        CHECK(all[0].says("You meet "));
        CHECK(all[0].says("Fri 6 Nov 2026, 15:00 (Europe/London), the library"));
        CHECK(london.day_of(all[0].at) == day(date::year{2026} / 11 / 5));
    }
}

TEST_CASE("a kept meeting is a contact of whoever set it, said by one tap, and can be taken back",
          "[meetings][rule-82][rule-32][rule-79]") {
    year_bench b;
    only_meetings(b);
    b.o.says("ana", "/mentoring meet fri 3pm 45m");
    CHECK(saved_nothing(b.o.says("ana", "/mentoring meetings kept 1"))); // still to come
    b.mail.pass(days{5});
    const auto list = b.o.says("priya", "/mentoring meetings");
    CHECK(list.says("Did it happen?"));
    const auto h = b.o.says("priya", "/mentoring meetings kept 1");
    CHECK(h.says("you met Ana. It counts as a contact"));
    std::vector<storage::contact> contacts;
    b.o.on_file([&](storage::records &r) { contacts = r.contacts.latest(b.o.pair, 9); });
    REQUIRE(contacts.size() == 1);
    CHECK(contacts[0].medium == medium::meeting);
    CHECK(contacts[0].started_by == b.o.id_of("ana"));
    CHECK(contacts[0].minutes == 45);
    CHECK(contacts[0].on_day == day(date::year{2026} / 11 / 6));
    CHECK(saved_nothing(b.o.says("ana", "/mentoring meetings missed 1")));
    b.o.presses("priya", h, "Undo");
    b.o.on_file([&](storage::records &r) { contacts = r.contacts.latest(b.o.pair, 9); });
    CHECK(contacts.empty());
    CHECK(meetings(b.o)[0].is_on());
    CHECK(b.o.says("ana", "/mentoring meetings missed 1").says("Another time, then"));
}

TEST_CASE("the menu beside a meeting confirms, moves and shows the calendar file", "[meetings]") {
    year_bench b;
    b.o.says("ana", "/mentoring meet fri 3pm");
    const auto list = b.o.says("priya", "/mentoring meetings");
    const auto entry = [&](const heard &on, const std::string &label) {
        const auto it = std::find_if(on.buttons.begin(), on.buttons.end(),
                                     [&](const auto &x) { return x.label == label; });
        return choice{it == on.buttons.end() ? "" : it->value};
    };
    CHECK(b.o.presses("priya", list, "Confirm", entry(list, "Confirm")).says("Confirmed"));
    CHECK(saved_nothing(
        b.o.presses("priya", list, "Call it off", entry(list, "Call it off")))); // changed since
    const auto form = b.o.presses("priya", list, "Another time", entry(list, "Another time"));
    REQUIRE(form.form == "meeting");
    CHECK(b.o.submits("priya", form, fields{{"when", std::string("fri")}}).errors.count("when") == 1);
    CHECK(b.o.submits("priya", form, fields{{"when", std::string("fri 5pm")}}).says("Moved to"));
    CHECK(b.o.presses("priya", list, "Calendar file", entry(list, "Calendar file")).says("BEGIN:VCALENDAR"));
}

TEST_CASE("the form for a meeting has its length, its place and what it is for", "[meetings][rule-60]") {
    year_bench b;
    const auto form = b.o.says("ana", "/mentoring meet");
    REQUIRE(form.form == "meeting");
    b.o.submits("ana", form,
                fields{{"when", std::string("fri 3pm")},
                       {"minutes", choice{"60"}},
                       {"place", std::string("the library")},
                       {"kind", choice{"tutoring"}}});
    const auto one = meetings(b.o)[0];
    CHECK(one.minutes == 60);
    CHECK(one.place == "the library");
    CHECK(one.session == storage::session_kind::tutoring);
}

TEST_CASE("a calendar file is folded, escaped, in UTC, and keeps its name through every version",
          "[meetings]") {
    calendar_entry what{.uid = "01J@rapport",
                        .title = "Starter with Ana; \\ and, more",
                        .place = std::string(60, 'x') + "\nééééééééééééééé",
                        .starts_at = london.at(date::year{2026} / 7 / 1, hours{15}),
                        .minutes_long = 45,
                        .sequence = 3,
                        .is_confirmed = true,
                        .made_at = monday()};
    const auto file = calendar_file(what);
    for (const auto *line : {"UID:01J@rapport\r\n", "SEQUENCE:3\r\n", "DTSTART:20260701T140000Z\r\n",
                             "DURATION:PT45M\r\n", "SUMMARY:Starter with Ana\\; \\\\ and\\, more\r\n",
                             "STATUS:CONFIRMED\r\n", "DTSTAMP:20261102T100000Z\r\n"}) {
        INFO(line);
        CHECK(file.find(line) != std::string::npos);
    }
    std::istringstream all(file);
    for (std::string line; std::getline(all, line);) {
        REQUIRE((!line.empty() && line.back() == '\r'));
        CHECK(line.size() <= 76);
        CHECK((static_cast<unsigned char>(line[0]) & 0xC0U) != 0x80U); // no character is cut
    }
    what.is_cancelled = true;
    CHECK(calendar_file(what).find("METHOD:CANCEL\r\n") != std::string::npos);
    CHECK(calendar_file(what).find("STATUS:CANCELLED\r\n") != std::string::npos);
}
