// Waits after failures: floors, caps, jitter.
#include "bot/slack/backoff.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace rapport::slack;
using namespace std::chrono_literals;

TEST_CASE("network failures wait at most 45 s, ever longer, never the same", "[scar-9][scar-13]") {
    const auto seed = Catch::rngSeed();
    INFO("seed " << seed);
    backoff b({}, seed);
    std::set<long> seen;
    for (int i = 0; i < 200; ++i) {
        const auto wait = b.after(trouble::network, std::nullopt);
        CHECK(wait >= 250ms);
        CHECK(wait <= std::min<milliseconds>(45s, 1s * (1 << std::min(i, 10))));
        seen.insert(wait.count());
    }
    CHECK(seen.size() > 50);
}

TEST_CASE("unknown errors reach 5 minutes, a disabled app 10, too many connections at least 30 s") {
    backoff unknown({}, 1), disabled({}, 2), many({}, 3);
    milliseconds longest{0};
    for (int i = 0; i < 400; ++i) {
        longest = std::max(longest, unknown.after(trouble::unknown, std::nullopt));
        const auto off = disabled.after(trouble::disabled, std::nullopt);
        CHECK(off >= 60s);
        CHECK(off <= 600s);
        if (i > 6)
            CHECK(off == 600s);
        CHECK(many.after(trouble::too_many, std::nullopt) >= 30s);
    }
    CHECK(longest <= 300s);
    CHECK(longest > 200s);
}

TEST_CASE("what the platform asks for is waited, with a little jitter on top", "[scar-17][scar-53]") {
    backoff b({}, 4);
    for (int i = 0; i < 50; ++i) {
        const auto wait = b.after(trouble::rate_limited, 20s);
        CHECK(wait >= 20s);
        CHECK(wait <= 22s);
    }
    CHECK(b.after(trouble::rate_limited, std::nullopt) >= 30s);
}

TEST_CASE("alternating kinds of trouble do not keep the waits short", "[scar-22a]") {
    backoff b({}, 5);
    for (int i = 0; i < 20; ++i)
        b.after(i % 2 ? trouble::unknown : trouble::rate_limited, std::nullopt);
    CHECK(b.streak() == 20);
    milliseconds longest{0};
    for (int i = 0; i < 50; ++i)
        longest = std::max(longest, b.after(trouble::network, std::nullopt));
    CHECK(longest > 30s);
}

TEST_CASE("an orderly end costs nothing; a settled connection forgets the past", "[scar-22]") {
    backoff b({}, 6);
    CHECK(b.after(trouble::none, std::nullopt) == 0ms);
    CHECK(b.streak() == 0);
    for (int i = 0; i < 10; ++i)
        b.after(trouble::network, std::nullopt);
    b.settle();
    CHECK(b.after(trouble::network, std::nullopt) <= 1s);
}
