// The one message of a day: over several pairs and programs, under the caps, with what is held back listed
// next time; and the coordinators' one message, which shows nobody their own pair.
#include "handlers/coordinators_message.hpp"
#include "tests/handlers/mail_round.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::tests;

namespace {

const auto london = *zone::named("Europe/London");

instant at(unsigned day_of_november, int hour, int minute = 0) {
    return london.at(date::year{2026} / 11 / day_of_november, hours{hour} + minutes{minute});
}

// Priya mentors several people in two programs, each pair in a conversation of its own.
struct crowd {
    office o;
    mail_round mail{o};
    std::vector<std::string> names = {"ana"};

    explicit crowd(int more) {
        auto second = starter_program();
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
            r.programs.appoint(second.slug, r.people.by_slack(office::slack_of("noor"))->id, std::nullopt,
                               o.now);
            for (int i = 0; i < more; ++i) {
                const std::string name = "kid" + std::string(1, static_cast<char>('a' + i));
                storage::person who;
                who.id = r.ids.make<person_id>(o.now);
                who.slack = office::slack_of(name);
                who.name = "Kid" + std::string(1, static_cast<char>('A' + i));
                who.platform_zone = "Europe/London";
                who.created_at = o.now;
                r.people.save(who);
                storage::pair p;
                p.id = r.ids.make<pair_id>(o.now);
                p.program = i % 2 == 0 ? second.slug : program_slug{"starter"};
                p.term = i % 2 == 0 ? t.id : o.term;
                p.mentor = r.people.by_slack(office::slack_of("priya"))->id;
                p.protege = who.id;
                p.began_at = o.now - days{20};
                p.channel = channel_id{"G0" + name};
                r.pairs.add(p);
                names.push_back(name);
            }
        });
    }
    std::string place(const std::string &name) const {
        return name == "ana" ? "G0PAIR" : "G0" + name;
    }
};

std::size_t lines_of(const letter &one) {
    return static_cast<std::size_t>(std::count_if(one.buttons.begin(), one.buttons.end(),
                                                  [](auto &b) { return b.label == "Why this?"; }));
}

} // namespace

TEST_CASE("someone in two programs gets one message a day, with everything in it") {
    crowd c(2);
    for (const auto &name : c.names)
        c.mail.writes(name, c.place(name));
    c.mail.until(at(5, 23));
    REQUIRE(c.mail.to("D0PRIYA").size() == 1);
    const auto &one = c.mail.to("D0PRIYA")[0];
    CHECK(lines_of(one) == 3);
    CHECK(one.says("Ana has been waiting since Mon 2 Nov. A short answer is enough. (Starter)"));
    CHECK(one.says("KidA has been waiting since Mon 2 Nov. A short answer is enough. (Second)"));
}

TEST_CASE("three messages a week: what is held back is in the next one") {
    crowd c(4);
    // one writes each day, so each day from Thursday on something falls due
    for (std::size_t i = 0; i < c.names.size(); ++i) {
        c.mail.until(at(2 + static_cast<unsigned>(i), 10));
        c.mail.writes(c.names[i], c.place(c.names[i]));
    }
    c.mail.until(at(30, 12));
    const auto priya = c.mail.to("D0PRIYA");
    std::map<day, int> by_day;
    for (const auto &each : priya)
        ++by_day[london.day_of(each.at)];
    for (const auto &[date, count] : by_day) {
        CHECK(count == 1);
        int week = 0;
        for (int i = 0; i < 7; ++i)
            week += by_day.contains(plus_days(date, i)) ? 1 : 0;
        CHECK(week <= 3);
    }
    // and everyone who waits was named to her
    for (const auto *name : {"Ana", "KidA", "KidB", "KidC", "KidD"})
        CHECK(std::any_of(priya.begin(), priya.end(), [&](const letter &each) {
            return each.says(std::string(name) + " has been waiting");
        }));
}

TEST_CASE("seven lines a message: the rest is counted today and listed the next time") {
    crowd c(9);
    for (const auto &name : c.names)
        c.mail.writes(name, c.place(name));
    c.mail.until(at(5, 23));
    REQUIRE(c.mail.to("D0PRIYA").size() == 1);
    CHECK(lines_of(c.mail.to("D0PRIYA")[0]) == 7);
    CHECK(c.mail.to("D0PRIYA")[0].says("+3 more in /mentoring"));
    c.mail.until(at(6, 23));
    REQUIRE(c.mail.to("D0PRIYA").size() == 2);
    CHECK(lines_of(c.mail.to("D0PRIYA")[1]) == 3);
}

TEST_CASE("a soft line waits for the weekly digest, and is said once") {
    office o;
    auto soft = starter_program();
    soft.replies.loose = loose_message::soft;
    o.here.rules.add(2, soft);
    mail_round mail(o);
    mail.writes("ana");
    mail.until(at(8, 23));
    CHECK(mail.to("D0PRIYA").empty());
    mail.until(at(30, 12));
    REQUIRE(mail.to("D0PRIYA").size() == 1);
    CHECK(mail.to("D0PRIYA")[0].at == at(9, 8)); // Monday
    CHECK(mail.to("D0NOOR").empty());
}

TEST_CASE("coordinators get one merged message a day, and not their own pair") {
    crowd c(3);
    c.o.on_file([&](storage::records &r) {
        // sam coordinates too, and is in a pair himself
        r.programs.appoint(program_slug{"starter"}, r.people.by_slack(office::slack_of("sam"))->id,
                           std::nullopt, c.o.now);
        storage::pair p;
        p.id = r.ids.make<pair_id>(c.o.now);
        p.program = program_slug{"starter"};
        p.term = c.o.term;
        p.mentor = r.people.by_slack(office::slack_of("sam"))->id;
        p.protege = r.people.by_slack(office::slack_of("mei"))->id;
        p.began_at = c.o.now - days{20};
        p.channel = channel_id{"G0SAM"};
        r.pairs.add(p);
    });
    for (const auto &name : c.names)
        c.mail.writes(name, c.place(name));
    c.mail.writes("mei", "G0SAM");
    c.mail.until(at(30, 12));
    for (const auto *who : {"D0NOOR", "D0SAM"}) {
        std::map<day, int> by_day;
        for (const auto &each : c.mail.to(who))
            if (each.says("a person.")) {
                ++by_day[london.day_of(each.at)];
                if (std::string(who) == "D0SAM")
                    CHECK_FALSE(each.says("Mei"));
            }
        CHECK_FALSE(by_day.empty());
        for (const auto &[date, count] : by_day)
            CHECK(count == 1);
    }
    const auto noor = c.mail.to("D0NOOR");
    CHECK(std::any_of(noor.begin(), noor.end(), [](const letter &each) { return each.says("Mei"); }));
    CHECK(noor[0].buttons.size() >= 3); // several lines, one message
}

TEST_CASE("where every coordinator is in the pair, an owner hears") {
    office o;
    mail_round mail(o);
    o.on_file([&](storage::records &r) {
        r.programs.dismiss(program_slug{"starter"}, r.people.by_slack(office::slack_of("noor"))->id, o.now);
        r.programs.appoint(program_slug{"starter"}, r.people.by_slack(office::slack_of("priya"))->id,
                           std::nullopt, o.now);
    });
    mail.writes("ana");
    mail.until(at(30, 12));
    CHECK(mail.to("D0OLIVE").size() == 1);
    for (const auto &each : mail.to("D0PRIYA"))
        CHECK_FALSE(each.says("was reminded"));
}
