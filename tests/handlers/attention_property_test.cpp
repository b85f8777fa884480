// A season of random days: people write, delete, press, go away, end pairs; the platform fails as it likes.
// Whatever happens, the promises about reminders hold.
#include "handlers/message_of_the_day.hpp"
#include "handlers/owed.hpp"
#include "tests/handlers/mail_round.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <random>
#include <set>

using namespace rapport;
using namespace rapport::tests;

namespace {

const auto london = *zone::named("Europe/London");

program busy_program(const std::string &slug) {
    auto p = starter_program();
    p.slug = program_slug{slug};
    p.name = slug;
    p.check_ins->steps = {{-2, rung_act::nudge}, {2, rung_act::softer}, {7, rung_act::queue}};
    p.contacts.floor = contact_floor{};
    p.contacts.floor->steps = {{-10, rung_act::listed}, {-5, rung_act::nudge}};
    p.milestone_steps = {{-3, rung_act::listed}, {0, rung_act::nudge}};
    return p;
}

class season {
    std::mt19937 dice_;
    std::vector<pair_id> pairs_;
    std::vector<std::string> talk_ = {"G0PAIR", "G0TWO", "G0THREE"};
    std::vector<std::string> written_;  // "channel ts"
    std::set<std::string> with_chosen_; // ts of messages with a line whose hour was chosen

  public:
    office o;
    mail_round mail{o};
    int messages = 0;

    explicit season(unsigned seed) : dice_(seed) {
        o.here.rules.add(2, busy_program("starter"));
        o.here.rules.add(1, busy_program("other"));
        term_id other;
        o.on_file([&](storage::records &r) {
            r.programs.apply_policy(program_slug{"other"}, "other", o.now, std::nullopt);
            storage::term t;
            t.id = other = r.ids.make<term_id>(o.now);
            t.program = program_slug{"other"};
            t.name = "2026";
            t.opens_at = o.now - days{20};
            r.programs.add_term(t);
            r.programs.appoint(t.program, r.people.by_slack(office::slack_of("noor"))->id, std::nullopt,
                               o.now);
        });
        pairs_ = {o.pair, add("ana", "mei", "other", other, talk_[1]),
                  add("priya", "mei", "starter", o.term, talk_[2])};
        mail.platform = [this](const shipment &what, const letter &as) { return answer(what, as); };
    }

    void run(int steps) {
        for (int i = 0; i < steps; ++i) {
            happen();
            mail.pass(minutes{30 + pick(20 * 60)});
        }
        mail.platform = nullptr;
    }

    void check_promises() {
        o.on_file([&](storage::records &r) {
            std::map<std::string, std::vector<storage::nudge>> ladders;
            for (const auto &pair : pairs_)
                for (const auto &line : r.nudges.of_pair(pair))
                    if (!line.kind.starts_with("queue.") && line.rung > 0)
                        ladders[line.pair.str() + line.kind + line.occasion + line.person.str()].push_back(
                            line);
            for (const auto &[key, rungs] : ladders) {
                INFO(key);
                CHECK(std::count_if(rungs.begin(), rungs.end(), [](const storage::nudge &each) {
                          return each.ts && (each.act == "nudge" || each.act == "softer");
                      }) <= 2);
            }
        });
        int planned = 0, ended = 0;
        for (const auto &row : o.outgoing()) {
            planned += row.kind.starts_with("nudge.") ? 1 : 0;
            for (const auto *state :
                 {"sent", "withdrawn", "missed", "waiting", "leased", "ambiguous", "parked"})
                ended += row.kind.starts_with("nudge.") && row.state == state ? 1 : 0;
        }
        CHECK(planned == ended);
        check_caps();
    }

  private:
    int pick(int below) {
        return static_cast<int>(std::uniform_int_distribution<>(0, below - 1)(dice_));
    }

    pair_id add(const std::string &mentor, const std::string &protege, const std::string &slug,
                const term_id &term, const std::string &channel) {
        storage::pair p;
        o.on_file([&](storage::records &r) {
            p.id = r.ids.make<pair_id>(o.now);
            p.program = program_slug{slug};
            p.term = term;
            p.mentor = r.people.by_slack(office::slack_of(mentor))->id;
            p.protege = r.people.by_slack(office::slack_of(protege))->id;
            p.began_at = o.now - days{20};
            p.channel = channel_id{channel};
            p.look_again_at = o.now;
            r.pairs.add(p);
        });
        return p.id;
    }

    void happen() {
        static const std::vector<std::vector<std::string>> two = {
            {"priya", "ana"}, {"ana", "mei"}, {"priya", "mei"}};
        const auto n = static_cast<std::size_t>(pick(3));
        const auto &who = two[n][static_cast<std::size_t>(pick(2))];
        switch (pick(12)) {
        case 0:
        case 1:
        case 2:
            written_.push_back(talk_[n] + " " + mail.writes(who, talk_[n]));
            break;
        case 3:
            if (!written_.empty()) {
                const auto one = written_[static_cast<std::size_t>(pick(static_cast<int>(written_.size())))];
                mail.deletes(one.substr(one.find(' ') + 1), one.substr(0, one.find(' ')));
            }
            break;
        case 4:
        case 5:
            press();
            break;
        case 6:
            o.says(who, "/nudge", talk_[n]);
            break;
        case 7:
            o.says(who, "/checkin Fine", talk_[n]);
            break;
        case 8:
            o.says(who, "/milestone add Step " + std::to_string(pick(1000)) + " by in 5 days", talk_[n]);
            break;
        case 9:
            away(who);
            break;
        case 10:
            if (pick(8) == 0)
                end(pairs_[n]);
            break;
        default:
            break;
        }
    }

    void press() {
        static const std::vector<std::string> labels = {
            "I replied elsewhere", "No reply needed", "Not my turn", "Remind me tomorrow 9:00", "Why this?"};
        for (const auto *who : {"priya", "ana", "mei"}) {
            const auto got = mail.to("D0" + std::string(office::slack_of(who).str().substr(2)));
            if (got.empty() || pick(2) == 0)
                continue;
            const auto shown = mail.shown(got.back());
            const auto &label = labels[static_cast<std::size_t>(pick(static_cast<int>(labels.size())))];
            for (const auto &button : shown.buttons)
                if (button.label == label) {
                    o.presses(who, shown, label);
                    return;
                }
        }
    }

    void away(const std::string &who) {
        o.on_file([&](storage::records &r) {
            auto person = *r.people.by_slack(office::slack_of(who));
            person.away_from_at = o.now;
            person.away_until_at = o.now + days{1 + pick(6)};
            r.people.save(person);
            for (const auto &pair : r.pairs.open_of_person(person.id))
                r.pairs.look_by(pair.id, o.now);
        });
    }

    void end(const pair_id &id) {
        o.on_file([&](storage::records &r) {
            r.pairs.end(id, std::nullopt, o.now);
            replies_after_end(r, o.here.rules, *r.pairs.by_id(id), o.now);
        });
    }

    // Looks at what leaves, at the moment it leaves.
    delivery_word answer(const shipment &what, const letter &as) {
        if (what.method == "chat.postMessage" && as.channel != "D0NOOR")
            look_into(what, as);
        const int luck = pick(100);
        return luck < 6    ? delivery_word::later
               : luck < 9  ? delivery_word::ambiguous
               : luck < 10 ? delivery_word::failed
                           : delivery_word::sent;
    }

    void look_into(const shipment &what, const letter &as) {
        o.on_file([&](storage::records &r) {
            for (const auto &id : what.rows) {
                const auto row = r.outbox.by_id(what.team, storage::outbox_id{id});
                REQUIRE(row);
                if (!row->kind.starts_with("nudge.") || row->kind == "nudge.digest")
                    continue;
                ++messages;
                const auto [line, chosen] = line_of(r, *row);
                REQUIRE(line);
                if (chosen)
                    with_chosen_.insert(as.ts);
                const auto pair = *r.pairs.by_id(line->pair);
                const auto who = *r.people.by_id(line->person);
                INFO("a line of " << row->key << " at " << in_full(as.at, london));
                CHECK(pair.state == pair_state::open);
                const auto &rules = o.here.rules.of(pair.program);
                const bool good = hours_of(who, rules, *pair.side_of(who.id)).is_good(as.at);
                CHECK((good || chosen));
                if (chosen)
                    CHECK(london.local(as.at).since_midnight >= hours{9});
                bool owed = false;
                for (const auto &each : owed_in(r, o.here.rules, pair, as.at).owed)
                    owed = owed || is_about(each, *line);
                CHECK(owed);
            }
        });
    }

    // One a day and three a week to each, but for those whose hour somebody chose.
    void check_caps() {
        for (const auto *channel : {"D0PRIYA", "D0ANA", "D0MEI"}) {
            std::map<day, int> by_day;
            for (const auto &each : mail.to(channel))
                if (!is_chosen(each))
                    ++by_day[london.day_of(each.at)];
            for (const auto &[date, count] : by_day) {
                INFO(channel << " on " << text_of(date));
                CHECK(count <= 1);
                int week = 0;
                for (int i = 0; i < 7; ++i)
                    if (const auto found = by_day.find(plus_days(date, i)); found != by_day.end())
                        week += found->second;
                CHECK(week <= 3);
            }
        }
    }
    bool is_chosen(const letter &one) const {
        return with_chosen_.contains(one.ts);
    }
};

} // namespace

TEST_CASE("whatever people and the platform do, the promises about reminders hold") {
    std::random_device chance;
    const auto seed =
        GENERATE_REF(take(3, values<unsigned>({1U, 3929724943U, static_cast<unsigned>(chance())})));
    INFO("seed " << seed);
    season s(seed);
    s.run(150);
    s.check_promises();
    CHECK(s.messages > 0);
}
