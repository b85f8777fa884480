// One SQL text, two engines, the same answers: a case for each place where they are known to differ.
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>

using namespace rapport;
using namespace rapport::storage;

namespace {

enum class colour { red, green };
RAPPORT_WORDS(colour, 2, {{colour::red, "red"}, {colour::green, "green"}})

struct whole {
    std::int64_t n;
};
struct maybe_whole {
    std::optional<std::int64_t> n;
};
struct real {
    double x;
};
struct words {
    std::string text;
};
struct maybe_words {
    std::optional<std::string> text;
};
struct two {
    std::int64_t a, b;
};

constexpr command<> make{"test.make",
                         "CREATE TABLE test_t (id BIGINT NOT NULL PRIMARY KEY, n BIGINT, x DOUBLE PRECISION, "
                         "t TEXT, flag BIGINT CHECK (flag IN (0, 1)))"};
constexpr command<std::int64_t, std::optional<std::int64_t>> put_n{
    "test.put_n", "INSERT INTO test_t (id, n) VALUES ($1, $2)"};
constexpr command<std::int64_t, std::optional<std::string>> put_t{
    "test.put_t", "INSERT INTO test_t (id, t) VALUES ($1, $2)"};

// A store with an empty test_t.
struct bench {
    scratch_database at{GENERATE(from_range(engines()))};
    std::unique_ptr<store> db = at.open();
    bench() {
        must(*db, [](session &s) { s.run(make); });
    }
    template <class Work>
    auto operator()(Work work) {
        return must(*db, work);
    }
    template <class Work>
    std::string wrong(Work work) {
        const auto told = db->write_and_wait({"test"}, work);
        REQUIRE(told.has_error());
        CHECK(told.error().kind == fault_kind::unit_failed);
        return told.error().why;
    }
};

} // namespace

TEST_CASE("SUM of BIGINT is a whole number, and NULL over no rows") {
    bench on;
    static constexpr statement<maybe_whole> sum{"test.sum", "SELECT SUM(n) FROM test_t"};
    CHECK_FALSE(on([&](session &s) { return s.one(sum); })->n);
    const auto big = std::int64_t{1} << 61;
    on([&](session &s) {
        s.run(put_n, 1, big);
        s.run(put_n, 2, big);
        s.run(put_n, 3, std::nullopt);
    });
    CHECK(on([&](session &s) { return s.one(sum); })->n == 2 * big);
}

TEST_CASE("a sum beyond BIGINT is an error, not another number") {
    bench on;
    static constexpr statement<maybe_whole> sum{"test.sum", "SELECT SUM(n) FROM test_t"};
    on([&](session &s) {
        for (const int id : {1, 2})
            s.run(put_n, id, std::numeric_limits<std::int64_t>::max());
    });
    on.wrong([&](session &s) { return s.one(sum); });
}

TEST_CASE("an average is real, COUNT is whole, comparisons are 0 and 1") {
    bench on;
    static constexpr statement<real> mean{"test.mean", "SELECT AVG(n) FROM test_t"};
    static constexpr statement<two> count{"test.count", "SELECT COUNT(*), COUNT(n) FROM test_t"};
    static constexpr statement<two> compare{"test.compare",
                                            "SELECT 1 = 1, EXISTS (SELECT 1 FROM test_t WHERE n = 7)"};
    on([&](session &s) {
        s.run(put_n, 1, 1);
        s.run(put_n, 2, 2);
        s.run(put_n, 3, std::nullopt);
    });
    CHECK(on([&](session &s) { return s.one(mean); })->x == 1.5);
    const auto counted = on([&](session &s) { return s.one(count); });
    CHECK(counted->a == 3);
    CHECK(counted->b == 2);
    const auto compared = on([&](session &s) { return s.one(compare); });
    CHECK(compared->a == 1);
    CHECK(compared->b == 0);
}

TEST_CASE("NULL comes where the statement says") {
    bench on;
    static constexpr statement<maybe_whole> first{"test.first",
                                                  "SELECT n FROM test_t ORDER BY n NULLS FIRST"};
    static constexpr statement<maybe_whole> last{"test.last",
                                                 "SELECT n FROM test_t ORDER BY n DESC NULLS LAST"};
    on([&](session &s) {
        s.run(put_n, 1, 5);
        s.run(put_n, 2, std::nullopt);
        s.run(put_n, 3, 4);
    });
    const auto up = on([&](session &s) { return s.all(first); });
    REQUIRE(up.size() == 3);
    CHECK_FALSE(up[0].n);
    CHECK(up[1].n == 4);
    const auto down = on([&](session &s) { return s.all(last); });
    CHECK(down[0].n == 5);
    CHECK_FALSE(down[2].n);
}

TEST_CASE("LIKE minds case") {
    bench on;
    static constexpr statement<whole> like{"test.like", "SELECT COUNT(*) FROM test_t WHERE t LIKE 'an%'"};
    on([&](session &s) {
        s.run(put_t, 1, "ana");
        s.run(put_t, 2, "Ana");
    });
    CHECK(on([&](session &s) { return s.one(like); })->n == 1);
}

TEST_CASE("text is sorted in C++, or by bytes where the column says so") {
    bench on;
    static constexpr command<> table{
        "test.keys", "CREATE TABLE test_keys (k TEXT /* postgres: COLLATE \"C\" */ NOT NULL PRIMARY KEY)"};
    static constexpr command<std::string> put{"test.put_key", "INSERT INTO test_keys (k) VALUES ($1)"};
    static constexpr statement<words> sorted{"test.sorted", "SELECT k FROM test_keys ORDER BY k"};
    static constexpr statement<whole> range{"test.range",
                                            "SELECT COUNT(*) FROM test_keys WHERE k >= 'a/' AND k < 'a0'"};
    on([&](session &s) {
        s.run(table);
        for (const auto *k : {"b", "A", "a/1", "a", "É", "B", "a0", "a/É"})
            s.run(put, k);
    });
    std::vector<std::string> seen;
    for (const auto &row : on([&](session &s) { return s.all(sorted); }))
        seen.push_back(row.text);
    CHECK(std::is_sorted(seen.begin(), seen.end()));
    CHECK(seen.size() == 8);
    CHECK(on([&](session &s) { return s.one(range); })->n == 2);
}

TEST_CASE("RETURNING gives every row changed, in no order of its own") {
    bench on;
    static constexpr statement<whole, std::int64_t> bump{
        "test.bump", "UPDATE test_t SET n = n + $1 WHERE n > 0 RETURNING id"};
    on([&](session &s) {
        for (int id = 9; id > 0; --id)
            s.run(put_n, id, id % 3);
    });
    auto rows = on([&](session &s) { return s.all(bump, 10); });
    std::sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.n < b.n; });
    REQUIRE(rows.size() == 6);
    CHECK(rows.front().n == 1);
    CHECK(rows.back().n == 8);
}

TEST_CASE("arguments are bound by their number, not by where they first appear") {
    bench on;
    static constexpr statement<two, std::int64_t, std::int64_t> swapped{"test.swapped", "SELECT $2, $1"};
    static constexpr statement<whole, std::int64_t, std::int64_t> repeated{"test.repeated",
                                                                           "SELECT $2 - $1 - $2"};
    const auto seen = on([&](session &s) { return s.one(swapped, 1, 2); });
    CHECK(seen->a == 2);
    CHECK(seen->b == 1);
    CHECK(on([&](session &s) { return s.one(repeated, 7, 100); })->n == -7);
}

TEST_CASE("an argument keeps its type when it is NULL") {
    bench on;
    static constexpr statement<whole, std::optional<std::int64_t>> absent{
        "test.absent", "SELECT COUNT(*) FROM test_t WHERE $1 IS NULL OR n = $1"};
    static constexpr statement<maybe_words, std::optional<std::string>> echo{"test.echo", "SELECT $1"};
    on([&](session &s) { s.run(put_n, 1, 3); });
    CHECK(on([&](session &s) { return s.one(absent, std::nullopt); })->n == 1);
    CHECK(on([&](session &s) { return s.one(absent, 4); })->n == 0);
    CHECK_FALSE(on([&](session &s) { return s.one(echo, std::nullopt); })->text);
}

TEST_CASE("numbers come back exactly as they went in") {
    bench on;
    static constexpr statement<whole, std::int64_t> echo{"test.echo_n", "SELECT $1"};
    static constexpr statement<real, double> echo_x{"test.echo_x", "SELECT $1"};
    static constexpr statement<whole, bool> echo_b{"test.echo_b", "SELECT $1"};
    using limits = std::numeric_limits<std::int64_t>;
    for (const auto n : {limits::min(), std::int64_t{-1}, std::int64_t{0}, limits::max()})
        CHECK(on([&](session &s) { return s.one(echo, n); })->n == n);
    for (const auto x : {0.1, -1e300, 5e-324, 1.0 / 3, 2.0})
        CHECK(on([&](session &s) { return s.one(echo_x, x); })->x == x);
    CHECK(on([&](session &s) { return s.one(echo_b, true); })->n == 1);
}

TEST_CASE("a real column gives a real even for a whole number") {
    bench on;
    static constexpr command<double> put{"test.put_x", "INSERT INTO test_t (id, x) VALUES (1, $1)"};
    static constexpr statement<real> get{"test.get_x", "SELECT x FROM test_t"};
    on([&](session &s) { s.run(put, 2.0); });
    CHECK(on([&](session &s) { return s.one(get); })->x == 2.0);
}

TEST_CASE("empty text is not NULL, and any text comes back byte by byte") {
    bench on;
    static constexpr statement<maybe_words, std::int64_t> get{"test.get_t",
                                                              "SELECT t FROM test_t WHERE id = $1"};
    const std::vector<std::optional<std::string>> texts = {"",
                                                           std::nullopt,
                                                           "Noor 🎉 résumé",
                                                           "it's \"quoted\" \\ and $1 ; -- /* x */",
                                                           "line\nbreak\ttab",
                                                           std::string(100'000, 'x')};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        on([&](session &s) { s.run(put_t, static_cast<std::int64_t>(i), texts[i]); });
        CHECK(on([&](session &s) { return s.one(get, static_cast<std::int64_t>(i)); })->text == texts[i]);
    }
}

TEST_CASE("length counts characters, not bytes") {
    bench on;
    static constexpr statement<whole, std::string> length{"test.length", "SELECT length($1)"};
    CHECK(on([&](session &s) { return s.one(length, "é🎉x"); })->n == 3);
}

TEST_CASE("text with a NUL or broken UTF-8 and numbers that are none are refused by name, never by value") {
    bench on;
    static constexpr command<std::int64_t, double> put_x{"test.put_x",
                                                         "INSERT INTO test_t (id, x) VALUES ($1, $2)"};
    const auto nul = on.wrong([](session &s) { s.run(put_t, 1, std::string("secret\0tail", 11)); });
    CHECK(nul == "test: test.put_t: $2 holds a NUL character; text is cleaned before it is stored");
    for (const auto *broken : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "caf\xc3"})
        CHECK(on.wrong([&](session &s) { s.run(put_t, 1, broken); }).find("$2 is not UTF-8") !=
              std::string::npos);
    CHECK(on.wrong([](session &s) {
                s.run(put_x, 1, std::numeric_limits<double>::quiet_NaN());
            }).find("$2 is not a number") != std::string::npos);
}

TEST_CASE("days, instants, ids and words of an enum lie as text and numbers") {
    bench on;
    struct all_kinds {
        colour c;
        instant at;
        day on;
        person_id who;
        std::optional<colour> none;
        bool flag;
    };
    static constexpr statement<all_kinds, colour, instant, day, person_id, std::optional<colour>, bool> echo{
        "test.kinds", "SELECT $1, $2, $3, $4, $5, $6"};
    const day first{date::year{2026}, date::month{12}, date::day{1}};
    const auto seen = on([&](session &s) {
        return s.one(echo, colour::green, monday, first, person_id("01ANA"), std::nullopt, true);
    });
    REQUIRE(seen);
    CHECK(seen->c == colour::green);
    CHECK(seen->at == monday);
    CHECK(seen->on == first);
    CHECK(seen->who == person_id("01ANA"));
    CHECK_FALSE(seen->none);
    CHECK(seen->flag);
}

TEST_CASE("a column that does not fit its field names the statement and the column") {
    bench on;
    static constexpr statement<whole, std::optional<std::int64_t>> echo{"test.echo", "SELECT $1"};
    CHECK(on.wrong([](session &s) { return s.one(echo, std::nullopt); }) ==
          "test: test.echo: column 1 holds NULL where a whole number belongs");
    static constexpr statement<whole> two_columns{"test.columns", "SELECT 1, 2"};
    CHECK(on.wrong([](session &s) { return s.one(two_columns); }).find("differ in number") !=
          std::string::npos);
}

TEST_CASE("the number of rows changed is what the engine did") {
    bench on;
    static constexpr command<std::int64_t> once{
        "test.once", "INSERT INTO test_t (id) VALUES ($1) ON CONFLICT (id) DO NOTHING"};
    static constexpr command<> clear{"test.clear", "DELETE FROM test_t"};
    CHECK(on([&](session &s) { return s.changed(once, 1); }) == 1);
    CHECK(on([&](session &s) { return s.changed(once, 1); }) == 0);
    CHECK(on([&](session &s) { return s.changed(once, 2); }) == 1);
    CHECK(on([&](session &s) { return s.changed(clear); }) == 2);
    CHECK(on([&](session &s) { return s.changed(clear); }) == 0);
}

TEST_CASE("a unit sees what it wrote, queued or not") {
    bench on;
    static constexpr statement<whole> count{"test.count", "SELECT COUNT(*) FROM test_t"};
    CHECK(on([&](session &s) {
              for (int id = 0; id < 200; ++id)
                  s.run(put_n, id, id);
              return s.one(count);
          })->n == 200);
}

TEST_CASE("a key that is taken, a check that fails and a wrong statement fail their unit and tell its name") {
    bench on;
    static constexpr command<> twice{"test.twice", "INSERT INTO test_t (id) VALUES (1), (1)"};
    static constexpr command<> unchecked{"test.flag", "INSERT INTO test_t (id, flag) VALUES (1, 7)"};
    static constexpr command<> nonsense{"test.nonsense", "SELEKT 1"};
    CHECK(on.wrong([](session &s) { s.run(twice); }).find("test.twice") != std::string::npos);
    CHECK(on.wrong([](session &s) { s.run(unchecked); }).find("test.flag") != std::string::npos);
    CHECK(on.wrong([](session &s) { s.run(nonsense); }).find("test.nonsense") != std::string::npos);
    CHECK(on([](session &s) { return s.changed(put_n, 5, 5); }) == 1);
}

TEST_CASE("a failed statement spoils its unit even when the unit goes on") {
    bench on;
    static constexpr statement<whole> count{"test.count", "SELECT COUNT(*) FROM test_t"};
    on.wrong([](session &s) {
        s.run(put_n, 1, 1);
        try {
            s.changed(put_n, 1, 2);
        } catch (const std::exception &) {
            return; // and hope for the best
        }
    });
    on.wrong([](session &s) {
        try {
            s.run(put_n, 1, 1);
            s.changed(put_n, 1, 2);
        } catch (const std::exception &) {
        }
        s.run(put_n, 2, 2);
    });
    CHECK(on([&](session &s) { return s.one(count); })->n == 0);
}

TEST_CASE("foreign keys hold") {
    bench on;
    static constexpr command<> child{"test.child", "CREATE TABLE test_child (id BIGINT NOT NULL PRIMARY KEY "
                                                   "REFERENCES test_t (id))"};
    static constexpr command<> orphan{"test.orphan", "INSERT INTO test_child (id) VALUES (99)"};
    on([&](session &s) { s.run(child); });
    on.wrong([&](session &s) { s.run(orphan); });
    static constexpr command<> away{"test.away", "DROP TABLE test_child"};
    on([&](session &s) { s.run(away); });
}
