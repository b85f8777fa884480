// Windows, promises, commitments and gates, as pure rules.
#include "mentoring/entering.hpp"

#include <catch2/catch.hpp>

using namespace rapport;

namespace {

constexpr day on(int year, unsigned month, unsigned number) {
    return day{date::year{year}, date::month{month}, date::day{number}};
}

program emap() {
    program p;
    p.where = *zone::named("America/New_York");
    p.term = day_range{on(2026, 8, 24), on(2027, 5, 14)};
    p.phases = {{phase_kind::apply, {on(2026, 3, 1), on(2026, 6, 30)}},
                {phase_kind::screen, {on(2026, 6, 1), on(2026, 7, 31)}},
                {phase_kind::match, {on(2026, 8, 1), on(2026, 8, 23)}}};
    p.entry.gates = {{role::mentor, gate_kind::background_check, 12, ""},
                     {role::protege, gate_kind::training, std::nullopt, ""}};
    return p;
}

instant noon(const program &p, day when) {
    return p.where.at(when, hours{12});
}

} // namespace

TEST_CASE("a window is open from its first day to its last, in the program's zone", "[rule-1]") {
    const auto p = emap();
    CHECK(window_at(p, noon(p, on(2026, 2, 28))).opens_on == on(2026, 3, 1));
    CHECK_FALSE(window_at(p, noon(p, on(2026, 2, 28))).open);
    CHECK(window_at(p, p.where.start_of(on(2026, 3, 1))).open);
    CHECK(window_at(p, p.where.start_of(on(2026, 7, 1)) - milliseconds{1}).open);
    CHECK(window_at(p, p.where.start_of(on(2026, 7, 1))).closed_on == on(2026, 6, 30));
    CHECK(window_at(program{}, noon(p, on(2026, 1, 1))) == apply_window{});
}

TEST_CASE("one hears by the end of screening, else of matching, else when requests open; never a past day",
          "[rule-1][rule-4]") {
    auto p = emap();
    CHECK(answer_promised_by(p, noon(p, on(2026, 5, 1))) == on(2026, 7, 31));
    CHECK(answer_promised_by(p, noon(p, on(2026, 8, 5))) == std::nullopt);
    p.phases.erase(p.phases.begin() + 1);
    CHECK(answer_promised_by(p, noon(p, on(2026, 8, 5))) == on(2026, 8, 23));
    p.phases = {{phase_kind::connect, {on(2026, 9, 14), on(2026, 11, 15)}}};
    CHECK(answer_promised_by(p, noon(p, on(2026, 8, 5))) == on(2026, 9, 14));
    CHECK(answer_promised_by(p, noon(p, on(2026, 9, 20))) == std::nullopt);
    CHECK(answer_promised_by(program{}, noon(p, on(2026, 9, 20))) == std::nullopt);
}

TEST_CASE("one year is August to May: the dates, never a length", "[rule-10][rule-11]") {
    const auto p = emap();
    CHECK(in_words(commitment_dates(p, std::nullopt, on(2026, 5, 1))) ==
          "from Mon 24 Aug 2026 to Fri 14 May 2027");
    CHECK(commitment_dates(p, std::nullopt, on(2026, 10, 1)).from == on(2026, 10, 1));
    CHECK(commitment_dates(p, 6, on(2026, 5, 1)).until == on(2027, 2, 23));
    CHECK(commitment_dates(program{}, 6, on(2026, 8, 31)).until == on(2027, 2, 27)); // a shorter month
    CHECK(commitment_dates(program{}, std::nullopt, on(2026, 8, 31)).until == std::nullopt);
    CHECK(in_words(commitment_dates(program{}, std::nullopt, on(2026, 8, 31))) == "from Mon 31 Aug 2026 on");
}

TEST_CASE("a gate is open to the end of its day, and each role has its own", "[rule-6][rule-7]") {
    const auto p = emap();
    const std::vector<clearance_fact> facts{{gate_kind::background_check, on(2026, 10, 1)}};
    const auto stands = [&](day today) { return gates_of(p, role::mentor, facts, today).at(0).stands; };
    CHECK(stands(on(2026, 10, 1)) == gate_standing::cleared);
    CHECK(stands(on(2026, 10, 2)) == gate_standing::expired);
    CHECK(gates_of(p, role::mentor, {}, on(2026, 10, 1)).at(0).stands == gate_standing::not_yet);
    CHECK(gates_of(p, role::protege, facts, on(2026, 10, 1)).size() == 1);
    CHECK(gates_of(p, role::protege, facts, on(2026, 10, 1)).at(0).what.kind == gate_kind::training);
    CHECK(missing_of(gates_of(p, role::mentor, facts, on(2026, 10, 1))).empty());
    auto informal = p;
    informal.formal = false;
    CHECK(gates_of(informal, role::mentor, {}, on(2026, 10, 1)).empty());
}

TEST_CASE("a clearance lasts as long as the policy says, else as long as the term", "[rule-6]") {
    const auto p = emap();
    CHECK(clear_until(p, role::mentor, gate_kind::background_check, on(2026, 8, 1)) == on(2027, 7, 31));
    CHECK(clear_until(p, role::protege, gate_kind::training, on(2026, 8, 1)) == on(2027, 5, 14));
    CHECK(clear_until(p, role::protege, gate_kind::training, on(2027, 8, 1)) == std::nullopt);
    CHECK(clear_until(program{}, role::protege, gate_kind::training, on(2027, 8, 1)) == std::nullopt);
}
