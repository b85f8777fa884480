// Assignments against brute force over thousands of small random pools; shuffles; kept pairs; bad input.
#include "mentoring/assignment.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <random>
#include <stdexcept>
#include <tuple>

namespace rapport {
namespace {

person_id person(char letter, int n) {
    return person_id{std::string(1, letter) + std::to_string(100 + n)};
}

match_pool random_pool(std::mt19937 &chance, int most) {
    const auto below = [&](int n) { return static_cast<int>(chance() % static_cast<unsigned>(n)); };
    match_pool pool;
    const int p = 1 + below(most), m = 1 + below(most);
    for (int i = 0; i < p; ++i)
        pool.proteges.push_back(person('p', i));
    for (int i = 0; i < m; ++i)
        pool.mentors.push_back({person('m', i), below(4), below(3) == 0 ? below(3) : 0});
    const int density = 1 + below(10), grain = below(2) == 0 ? 25 : 1; // few different scores: many ties
    for (int i = 0; i < p; ++i)
        for (int j = 0; j < m; ++j)
            if (below(10) < density)
                pool.candidates.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j),
                                           below(100 / grain + 1) * grain});
    for (int i = 0; i < p; ++i)
        if (below(8) == 0)
            pool.kept.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(below(m))});
    return pool;
}

// What an assignment is worth, best first: how many, the worst, the gap (less is better), the sum.
using worth = std::tuple<int, int, int, std::int64_t>;

class brute_force {
    const match_pool &pool_;
    std::vector<int> room_, load_;
    std::vector<bool> counts_, kept_;
    worth best_{-1, 0, 0, 0};

    void weigh(int made, int worst, std::int64_t total) {
        int least = 1'000, most = 0;
        bool any = false;
        for (std::size_t m = 0; m < load_.size(); ++m)
            if (counts_[m]) {
                any = true;
                least = std::min(least, load_[m]);
                most = std::max(most, load_[m]);
            }
        best_ = std::max(best_, worth{made, worst, any ? least - most : 0, total});
    }

    void next(std::size_t p, int made, int worst, std::int64_t total) {
        if (p == pool_.proteges.size())
            return weigh(made, worst, total);
        next(p + 1, made, worst, total);
        if (kept_[p])
            return;
        for (const auto &each : pool_.candidates)
            if (each.protege == p && room_[each.mentor] > 0) {
                --room_[each.mentor];
                ++load_[each.mentor];
                next(p + 1, made + 1, std::min(worst, each.score), total + each.score);
                ++room_[each.mentor];
                --load_[each.mentor];
            }
    }

  public:
    explicit brute_force(const match_pool &pool) : pool_(pool), kept_(pool.proteges.size()) {
        for (const auto &one : pool.mentors) {
            room_.push_back(one.room);
            load_.push_back(one.load);
        }
        for (const auto &one : pool.kept) {
            kept_[one.protege] = true;
            room_[one.mentor] = std::max(0, room_[one.mentor] - 1);
            ++load_[one.mentor];
        }
        for (const auto room : room_)
            counts_.push_back(room > 0);
    }
    worth best() {
        next(0, 0, 101, 0);
        return best_;
    }
};

worth worth_of(const assignment &one) {
    const auto made = static_cast<int>(
        std::count_if(one.pairs.begin(), one.pairs.end(), [](const auto &each) { return !each.kept; }));
    return {made, one.worst.value_or(101), -one.load_gap, one.total};
}

// Nobody twice, no room overrun, only candidates and kept pairs.
void check_is_one(const match_pool &pool, const assignment &made) {
    REQUIRE(made.pairs.size() + made.unmatched.size() == pool.proteges.size());
    for (std::size_t m = 0; m < pool.mentors.size(); ++m) {
        int kept = 0, fresh = 0;
        for (const auto &each : made.pairs)
            if (each.mentor == pool.mentors[m].id)
                ++(each.kept ? kept : fresh);
        REQUIRE(fresh <= std::max(0, pool.mentors[m].room - kept));
    }
    for (const auto &each : made.pairs)
        if (!each.kept)
            REQUIRE(std::any_of(pool.candidates.begin(), pool.candidates.end(), [&](const auto &c) {
                return pool.proteges[c.protege] == each.protege && pool.mentors[c.mentor].id == each.mentor &&
                       c.score == each.score;
            }));
}

match_pool shuffled(const match_pool &pool, std::mt19937 &chance) {
    std::vector<std::uint32_t> p(pool.proteges.size()), m(pool.mentors.size());
    for (std::uint32_t i = 0; i < p.size(); ++i)
        p[i] = i;
    for (std::uint32_t i = 0; i < m.size(); ++i)
        m[i] = i;
    std::shuffle(p.begin(), p.end(), chance);
    std::shuffle(m.begin(), m.end(), chance);
    match_pool out;
    out.proteges.resize(p.size());
    out.mentors.resize(m.size());
    for (std::size_t i = 0; i < p.size(); ++i)
        out.proteges[p[i]] = pool.proteges[i];
    for (std::size_t i = 0; i < m.size(); ++i)
        out.mentors[m[i]] = pool.mentors[i];
    for (const auto &each : pool.candidates)
        out.candidates.push_back({p[each.protege], m[each.mentor], each.score});
    for (const auto &each : pool.kept)
        out.kept.push_back({p[each.protege], m[each.mentor]});
    std::shuffle(out.candidates.begin(), out.candidates.end(), chance);
    std::shuffle(out.kept.begin(), out.kept.end(), chance);
    return out;
}

} // namespace

TEST_CASE("an assignment is the best there is, by every objective in turn, in thousands of small pools") {
    const unsigned seed = 20261121;
    INFO("seed " << seed);
    std::mt19937 chance(seed);
    for (int i = 0; i < 4'000; ++i) {
        const auto pool = random_pool(chance, i % 40 == 0 ? 8 : 6);
        INFO("pool " << i);
        const auto made = assign(pool);
        check_is_one(pool, made);
        REQUIRE(worth_of(made) == brute_force(pool).best());
    }
}

TEST_CASE("the order of the input changes nothing, not even among equals") {
    const unsigned seed = 5;
    INFO("seed " << seed);
    std::mt19937 chance(seed);
    for (int i = 0; i < 500; ++i) {
        const auto pool = random_pool(chance, 12);
        const auto made = assign(pool);
        INFO("pool " << i);
        for (int n = 0; n < 3; ++n)
            REQUIRE(assign(shuffled(pool, chance)) == made);
    }
}

TEST_CASE("the worst-off protégé comes before the sum of all scores") {
    match_pool pool;
    pool.proteges = {person('p', 1), person('p', 2)};
    pool.mentors = {{person('m', 1), 1, 0}, {person('m', 2), 1, 0}};
    pool.candidates = {{0, 0, 100}, {0, 1, 50}, {1, 0, 40}, {1, 1, 10}};
    const auto made = assign(pool);
    CHECK(made.worst == 40); // 100 and 10 would be the larger sum
    CHECK(made.total == 90);
}

TEST_CASE("loads are evened out before scores are added up") {
    match_pool pool;
    pool.proteges = {person('p', 1), person('p', 2)};
    pool.mentors = {{person('m', 1), 5, 0}, {person('m', 2), 5, 0}};
    pool.candidates = {{0, 0, 90}, {0, 1, 60}, {1, 0, 90}, {1, 1, 60}};
    const auto made = assign(pool);
    CHECK(made.load_gap == 2); // the worst-off comes first: both with 90
    CHECK(made.total == 180);
    for (auto &each : pool.candidates)
        each.score = each.mentor == 0 ? 60 + static_cast<int>(each.protege) : 60;
    CHECK(assign(pool).load_gap == 0);
}

TEST_CASE("a kept pair stands, uses its mentor's room, and is nobody else's worst") {
    match_pool pool;
    pool.proteges = {person('p', 1), person('p', 2)};
    pool.mentors = {{person('m', 1), 1, 0}, {person('m', 2), 1, 0}};
    pool.candidates = {{0, 0, 5}, {0, 1, 90}, {1, 0, 90}, {1, 1, 20}};
    pool.kept = {{0, 0}};
    const auto made = assign(pool);
    CHECK(made.pairs == std::vector<assigned_pair>{{person('p', 1), person('m', 1), 5, true},
                                                   {person('p', 2), person('m', 2), 20, false}});
    CHECK(made.worst == 20);
}

TEST_CASE("a pool in which nobody can be matched gives nobody, and says who") {
    match_pool pool;
    CHECK(assign(pool) == assignment{});
    pool.proteges = {person('p', 1)};
    pool.mentors = {{person('m', 1), 0, 3}};
    pool.candidates = {{0, 0, 90}};
    const auto made = assign(pool);
    CHECK(made.pairs.empty());
    CHECK(made.unmatched == pool.proteges);
}

TEST_CASE("a pool that contradicts itself is refused") {
    match_pool good;
    good.proteges = {person('p', 1), person('p', 2)};
    good.mentors = {{person('m', 1), 1, 0}};
    good.candidates = {{0, 0, 90}};
    auto bad = good;
    bad.proteges[1] = bad.proteges[0];
    CHECK_THROWS_AS(assign(bad), std::logic_error);
    bad = good;
    bad.candidates.push_back({2, 0, 1});
    CHECK_THROWS_AS(assign(bad), std::logic_error);
    bad = good;
    bad.candidates[0].score = 101;
    CHECK_THROWS_AS(assign(bad), std::logic_error);
    bad = good;
    bad.mentors[0].room = -1;
    CHECK_THROWS_AS(assign(bad), std::logic_error);
    bad = good;
    bad.kept = {{0, 0}, {0, 0}};
    CHECK_THROWS_AS(assign(bad), std::logic_error);
}

} // namespace rapport
