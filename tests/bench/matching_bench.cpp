// How long matching takes and how much memory it needs: scoring every pair of 2,000 x 2,000 people, and
// assigning them with 50 candidates each.
#include "mentoring/assignment.hpp"
#include "mentoring/compatibility.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>
#include <sys/resource.h>

namespace {

using namespace rapport;
using clock_now = std::chrono::steady_clock;

double since(clock_now::time_point begun) {
    return std::chrono::duration<double>(clock_now::now() - begun).count();
}

long memory_mib() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss / 1024;
}

traits someone(std::mt19937 &chance) {
    traits out;
    for (auto &tags : out.tags) {
        for (int i = 0; i < 4; ++i)
            tags.push_back("area of work " + std::to_string(chance() % 40));
        std::sort(tags.begin(), tags.end());
        tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    }
    for (std::size_t i = chance() % 200; i < half_hours; i += 7)
        out.hours.set(i);
    return out;
}

} // namespace

int main() {
    constexpr std::uint32_t people = 2'000, each = 50;
    std::mt19937 chance(2026);
    matching_rules rules;
    rules.weights = {{"industry", 30}, {"expertise", 25}, {"goals", 20}, {"interests", 15}, {"hours", 10}};
    const comparing with(rules);
    std::vector<traits> mentors, proteges;
    match_pool pool;
    for (std::uint32_t i = 0; i < people; ++i) {
        mentors.push_back(someone(chance));
        proteges.push_back(someone(chance));
        pool.proteges.push_back(person_id{"protege" + std::to_string(100'000 + i)});
        pool.mentors.push_back(
            {person_id{"mentor" + std::to_string(100'000 + i)}, 1 + static_cast<int>(i % 3 == 0), 0});
    }
    auto begun = clock_now::now();
    for (std::uint32_t p = 0; p < people; ++p) {
        std::vector<pool_candidate> all;
        for (std::uint32_t m = 0; m < people; ++m)
            all.push_back({p, m, with.percent(mentors[m], proteges[p])});
        std::partial_sort(all.begin(), all.begin() + each, all.end(),
                          [](const auto &a, const auto &b) { return a.score > b.score; });
        pool.candidates.insert(pool.candidates.end(), all.begin(), all.begin() + each);
    }
    std::printf("score 2000 x 2000: %.2f s, at most %ld MiB so far\n", since(begun), memory_mib());
    begun = clock_now::now();
    const auto made = assign(pool);
    std::printf(
        "assign 2000 x 2000, 50 candidates each: %.2f s, at most %ld MiB; %zu pairs, worst %d, gap %d\n",
        since(begun), memory_mib(), made.pairs.size(), made.worst.value_or(-1), made.load_gap);
    for (auto &one : pool.candidates)
        one = {one.protege, static_cast<std::uint32_t>(chance() % people), static_cast<int>(chance() % 101)};
    begun = clock_now::now();
    const auto random = assign(pool);
    std::printf("the same with random candidates and scores: %.2f s; %zu pairs, worst %d, gap %d\n",
                since(begun), random.pairs.size(), random.worst.value_or(-1), random.load_gap);
}
