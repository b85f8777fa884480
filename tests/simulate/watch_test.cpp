// Each promise that the simulator watches, broken on purpose once: the watch says which, on which day, whose.
#include "handlers/message_of_the_day.hpp"
#include "handlers/owed.hpp"
#include "storage/codec.hpp"
#include "tests/simulate/played_terms.hpp"

using namespace rapport;
using namespace rapport::tests;
using simulate::promise;
using simulate::service;

namespace {

struct one_id {
    std::string id;
};
constexpr storage::statement<one_id, std::string> reminders_in{
    "test.reminders", "SELECT id FROM outbox WHERE kind LIKE 'nudge.%' AND kind <> 'nudge.digest' AND "
                      "state = $1 ORDER BY id"};
constexpr storage::command<> never_look{"test.never_look", "UPDATE pair SET look_again_at = NULL"};
constexpr storage::command<> lose_sent{"test.lose",
                                       "DELETE FROM outbox WHERE kind LIKE 'nudge.%' AND state = 'sent'"};
constexpr storage::command<> forget_given{"test.forget", "UPDATE nudge SET given_at = given_at - 3456000000"};

// The promise that broke in a term of E-MAP with this hand in it; `from`: only its end is played.
simulate::broken_promise broken_by(service::meddling hand, std::optional<day> from = {}) {
    auto how = term_of("emap", 12, 4);
    how.from = from.value_or(how.from);
    const auto made = simulate::play(how, {}, std::move(hand));
    REQUIRE(made.broken);
    CHECK(made.broken->seed == 4);
    CHECK(made.broken->on >= made.how.from);
    CHECK_FALSE(made.broken->person.empty());
    INFO(made.broken->says);
    return *made.broken;
}

shipment again(const std::string &row) {
    return {simulate::workspace, "chat.postMessage", "{}", std::nullopt, {row}, "L"};
}

// Posts the first reminder in this state for which `wanted` says yes.
template <class Wanted>
service::meddling posts_where(std::string state, Wanted wanted) {
    return {[=](service &bot) {
                std::optional<std::string> found;
                const auto here = bot.in_force();
                bot.on_file([&](storage::records &r) {
                    for (const auto &[id] : r.db.all(reminders_in, state)) {
                        const auto row = r.outbox.by_id(r.team, storage::outbox_id{id});
                        const auto line = line_of(r, *row).line;
                        const auto pair = line ? r.pairs.by_id(line->pair) : std::nullopt;
                        if (!found && pair && wanted(r, *here, *pair, *line, bot.now()))
                            found = id;
                    }
                });
                if (found)
                    bot.posts(again(*found));
            },
            {}};
}

bool good_now(storage::records &r, const house &here, const storage::pair &pair, const storage::nudge &line,
              instant now) {
    const auto who = r.people.by_id(line.person);
    return hours_of(*who, here.rules.of(pair.program), *pair.side_of(who->id)).is_good(now);
}

} // namespace

TEST_CASE("a reminder at night is seen") {
    const auto made =
        broken_by(posts_where("waiting", [](auto &r, auto &here, auto &pair, auto &line, instant now) {
            return pair.state == pair_state::open && !good_now(r, here, pair, line, now);
        }));
    CHECK(made.which == promise::good_hours);
}

TEST_CASE("a reminder after the close is seen") {
    const auto made = broken_by(posts_where("sent", [](auto &, auto &, auto &pair, auto &,
                                                       instant) { return pair.state == pair_state::ended; }),
                                day{date::year{2027} / 4 / 14});
    CHECK(made.which == promise::after_close);
}

TEST_CASE("a reminder of what was done is seen") {
    const auto made =
        broken_by(posts_where("sent", [](auto &r, auto &here, auto &pair, auto &line, instant now) {
            return pair.state == pair_state::open && line.kind == "check-in" && line.closed_at &&
                   line.outcome == storage::nudge_outcome::done && good_now(r, here, pair, line, now);
        }));
    CHECK(made.which == promise::done);
}

TEST_CASE("a message more than the caps allow is seen") {
    const auto made = broken_by(
        {[](service &bot) { bot.on_file([](storage::records &r) { r.db.run(forget_given); }); }, {}});
    CHECK(made.which == promise::caps);
}

TEST_CASE("a third nudge about one thing is seen") {
    // a ladder that no policy may have: the proofs refuse it, and nothing else asks
    auto how = term_of("emap", 12, 4);
    const std::string listed = "\"day 2: listed\", \"day 3: nudge\"";
    how.policy.replace(how.policy.find(listed), listed.size(), "\"day 2: nudge\", \"day 3: nudge\"");
    CHECK_FALSE(config::read_policy(how.policy, "policy").problems.empty());
    how.rules = *config::recall_policy(how.policy);
    const auto made = simulate::play(how);
    REQUIRE(made.broken);
    CHECK(made.broken->which == promise::two_at_most);
}

TEST_CASE("a pair that nobody will look at again is seen") {
    const auto made =
        broken_by({[](service &bot) { bot.on_file([](storage::records &r) { r.db.run(never_look); }); }, {}});
    CHECK(made.which == promise::forgotten);
}

TEST_CASE("a reminder that went without a trace is seen") {
    const auto made =
        broken_by({[](service &bot) { bot.on_file([](storage::records &r) { r.db.run(lose_sent); }); }, {}});
    CHECK(made.which == promise::balance);
}

TEST_CASE("a courier that never finds what is due is seen") {
    const auto made = broken_by({{}, [](instant) { return instant{}; }});
    CHECK(made.which == promise::rest);
}
