// What the stores promise: whole units or nothing, told after the commit, bounded queues, nothing lost at the
// end.
#include "storage/store.hpp"
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <latch>

using namespace rapport;
using namespace rapport::storage;

namespace {

struct number {
    std::int64_t n;
};
constexpr command<> make{"test.make",
                         "CREATE TABLE test_t (id BIGINT NOT NULL PRIMARY KEY, n BIGINT NOT NULL)"};
constexpr command<std::int64_t, std::int64_t> put{"test.put", "INSERT INTO test_t (id, n) VALUES ($1, $2)"};
constexpr command<std::int64_t, std::int64_t> set{"test.set", "UPDATE test_t SET n = $2 WHERE id = $1"};
constexpr statement<number, std::int64_t> get{"test.get", "SELECT n FROM test_t WHERE id = $1"};
constexpr statement<number> count{"test.count", "SELECT COUNT(*) FROM test_t"};
constexpr statement<number> sum{"test.sum", "SELECT COALESCE(SUM(n), 0) FROM test_t"};

constexpr run_as patiently{"test", isolation::serializable, seconds{60}};

// A threaded store with an empty test_t.
struct bench {
    scratch_database at;
    std::unique_ptr<store> db;
    explicit bench(const std::string &engine, std::size_t queue_limit = 1024, int workers = 4) : at(engine) {
        auto how = at.settings();
        how.queue_limit = queue_limit;
        how.workers = workers;
        db = open_store(how);
        must(*db, [](session &s) { s.run(make); });
    }
    std::int64_t rows() {
        return must(*db, [](session &s) { return s.one(count).value().n; });
    }
};

// Holds the one thread of an SQLite store inside a unit until it is let go.
struct held_thread {
    std::promise<void> go;
    std::promise<void> inside;
    explicit held_thread(store &db) {
        auto wait = std::make_shared<std::future<void>>(go.get_future());
        db.write(
            patiently,
            [this, wait](session &) {
                inside.set_value();
                wait->get();
            },
            [](saved<void>) noexcept {});
        inside.get_future().get();
    }
};

} // namespace

TEST_CASE("a unit's value is told once it is saved; nothing, a value or what cannot be copied") {
    bench on(GENERATE(from_range(engines())));
    CHECK(on.db->write_and_wait({"test"}, [](session &s) { s.run(put, 1, 5); }).has_value());
    CHECK(on.db->write_and_wait({"test"}, [](session &s) { return s.one(get, 1)->n; }).value() == 5);
    CHECK(*on.db->write_and_wait({"test"}, [](session &) { return std::make_unique<int>(7); }).value() == 7);
}

TEST_CASE("a unit that throws leaves nothing and disturbs nobody") {
    bench on(GENERATE(from_range(engines())));
    std::vector<std::promise<saved<void>>> told(20);
    for (int n = 0; n < 20; ++n)
        on.db->write(
            patiently,
            [n](session &s) {
                s.run(put, n, n);
                if (n % 4 == 0)
                    throw std::logic_error("a bug");
                if (n % 4 == 1)
                    s.run(put, n, n); // the key is taken
            },
            [&told, n](saved<void> what) noexcept { told[static_cast<std::size_t>(n)].set_value(what); });
    for (int n = 0; n < 20; ++n) {
        const auto heard = told[static_cast<std::size_t>(n)].get_future().get();
        CHECK(heard.has_value() == (n % 4 > 1));
        if (heard.has_error())
            CHECK(heard.error().kind == fault_kind::unit_failed);
    }
    CHECK(on.rows() == 10);
    CHECK(on.db->snapshot().counts.units_failed == 10);
}

TEST_CASE("what throws no std::exception is a failed unit too") {
    bench on(GENERATE(from_range(engines())));
    const auto told = on.db->write_and_wait({"test"}, [](session &s) {
        s.run(put, 1, 1);
        throw 42;
    });
    REQUIRE(told.has_error());
    CHECK(told.error().kind == fault_kind::unit_failed);
    CHECK(on.rows() == 0);
}

TEST_CASE("two hundred increments at once lose none") {
    bench on(GENERATE(from_range(engines())), 1024, 8);
    must(*on.db, [](session &s) { s.run(put, 1, 0); });
    std::latch all(200);
    std::atomic<int> failed = 0;
    for (int n = 0; n < 200; ++n)
        on.db->write(
            patiently,
            [](session &s) {
                const auto before = s.one(get, 1)->n;
                s.run(set, 1, before + 1);
            },
            [&](saved<void> what) noexcept {
                failed += what.has_error() ? 1 : 0;
                all.count_down();
            });
    all.wait();
    CHECK(failed == 0);
    CHECK(must(*on.db, [](session &s) { return s.one(get, 1)->n; }) == 200);
}

TEST_CASE("what queued while a batch ran is the next batch, told in order") {
    bench on("sqlite");
    const auto before = on.db->snapshot().counts.batches;
    std::vector<int> order;
    std::latch all(300);
    {
        held_thread held(*on.db);
        for (int n = 0; n < 300; ++n)
            on.db->write(
                patiently, [n](session &s) { s.run(put, n, n); },
                [&, n](saved<void> what) noexcept {
                    if (what.has_value())
                        order.push_back(n); // one thread tells all
                    all.count_down();
                });
        CHECK(on.db->snapshot().queued == 300);
        held.go.set_value();
        all.wait();
    }
    CHECK(order.size() == 300);
    CHECK(std::is_sorted(order.begin(), order.end()));
    CHECK(on.db->snapshot().counts.batches - before == 3); // the held one, 256, 44
}

TEST_CASE("a full queue answers busy at once") {
    bench on("sqlite", 5);
    held_thread held(*on.db);
    std::latch five(5);
    for (int n = 0; n < 5; ++n)
        on.db->write(
            patiently, [n](session &s) { s.run(put, n, n); },
            [&](saved<void>) noexcept { five.count_down(); });
    std::optional<fault> told;
    on.db->write(
        {"test"}, [](session &s) { s.run(put, 99, 99); },
        [&](saved<void> what) noexcept { told = what.error(); });
    REQUIRE(told);
    CHECK(told->kind == fault_kind::busy);
    held.go.set_value();
    five.wait();
    CHECK(on.rows() == 5);
    CHECK(on.db->snapshot().counts.refused_busy == 1);
}

TEST_CASE("stopping finishes what is queued and refuses what comes after") {
    bench on(GENERATE(from_range(engines())));
    std::atomic<int> saved_units = 0;
    for (int n = 0; n < 100; ++n)
        on.db->write(
            patiently, [n](session &s) { s.run(put, n, n); },
            [&](saved<void> what) noexcept { saved_units += what.has_value() ? 1 : 0; });
    on.db->stop();
    CHECK(saved_units == 100);
    const auto late = on.db->write_and_wait({"test"}, [](session &) {});
    REQUIRE(late.has_error());
    CHECK(late.error().kind == fault_kind::unavailable);
    CHECK(on.db->settle_on_disk().has_error() == !on.at.postgres());
}

TEST_CASE("statements are timed by their name") {
    bench on(GENERATE(from_range(engines())));
    for (int n = 0; n < 3; ++n)
        must(*on.db, [n](session &s) { s.run(put, n, n); });
    on.db->write_and_wait({"test"}, [](session &s) { s.changed(put, 1, 1); });
    const auto shown = on.db->snapshot();
    CHECK(shown.ready);
    const auto row = std::find_if(shown.statements.begin(), shown.statements.end(),
                                  [](const auto &each) { return each.name == "test.put"; });
    REQUIRE(row != shown.statements.end());
    CHECK(row->runs == 4);
    CHECK(row->errors == 1);
    CHECK(row->total.count() > 0);
    CHECK(row->slowest <= row->total);
}

TEST_CASE("the inline store has told before write returns, and takes turns with what that writes") {
    const scratch_database at("sqlite");
    const auto db = at.open();
    must(*db, [](session &s) { s.run(make); });
    std::vector<std::string> heard;
    db->write(
        {"first"}, [](session &s) { s.run(put, 1, 1); },
        [&](saved<void>) noexcept {
            heard.emplace_back("first");
            db->write(
                {"second"}, [](session &s) { return s.one(count)->n; },
                [&](saved<std::int64_t> n) noexcept { heard.push_back(std::to_string(n.value())); });
            heard.emplace_back("first is over");
        });
    CHECK(heard == std::vector<std::string>{"first", "first is over", "1"});
}

TEST_CASE("units that collide are run again, and the result is as if one came after the other") {
    const auto known = engines();
    if (known.size() < 2)
        return;
    bench on("postgres");
    must(*on.db, [](session &s) {
        s.run(put, 1, 1);
        s.run(put, 2, 1);
    });
    // Each takes its own row to 0 only if the sum stays above 0; the first tries read before either writes.
    std::latch both_have_read(2), done(2);
    std::atomic<int> runs = 0;
    for (const int mine : {1, 2})
        on.db->write(
            patiently,
            [&, mine, first = true](session &s) mutable {
                ++runs;
                const auto left = s.one(sum)->n;
                if (std::exchange(first, false))
                    both_have_read.arrive_and_wait();
                if (left > 1)
                    s.run(set, mine, 0);
            },
            [&](saved<void> what) noexcept {
                if (what.has_value())
                    done.count_down();
            });
    done.wait();
    CHECK(must(*on.db, [](session &s) { return s.one(sum)->n; }) == 1);
    const auto reruns = on.db->snapshot().counts.reruns;
    CHECK(reruns >= 1); // the server may also find a second collision where there was none
    CHECK(runs == 2 + reruns);
}

TEST_CASE("a unit whose time is spent is told busy and leaves nothing") {
    if (engines().size() < 2)
        return;
    bench on("postgres");
    const auto told = on.db->write_and_wait({"test", isolation::serializable, milliseconds{0}},
                                            [](session &s) { s.run(put, 1, 1); });
    REQUIRE(told.has_error());
    CHECK(told.error().kind == fault_kind::busy);
    CHECK(on.rows() == 0);
}

TEST_CASE("a connection lost before the commit is made anew and the unit run again") {
    if (engines().size() < 2)
        return;
    bench on("postgres");
    static constexpr statement<number> die{"test.die", "SELECT pg_terminate_backend(pg_backend_pid())"};
    std::atomic<int> runs = 0;
    const auto told = on.db->write_and_wait(patiently, [&](session &s) {
        s.run(put, 1, 1);
        if (++runs == 1)
            s.all(die);
    });
    CHECK(told.has_value());
    CHECK(runs == 2);
    CHECK(on.rows() == 1);
    CHECK(on.db->snapshot().counts.reopenings == 1);
    CHECK(on.db->snapshot().ready);
}

TEST_CASE("a connection lost under the commit is an ambiguous fault, never a second run") {
    if (engines().size() < 2)
        return;
    bench on("postgres");
    static constexpr command<> reaper{
        "test.reaper", "CREATE OR REPLACE FUNCTION test_reaper() RETURNS trigger LANGUAGE plpgsql AS "
                       "'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'"};
    static constexpr command<> at_commit{
        "test.at_commit", "CREATE CONSTRAINT TRIGGER test_at_commit AFTER INSERT ON test_t DEFERRABLE "
                          "INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION test_reaper()"};
    must(*on.db, [](session &s) {
        s.run(reaper);
        s.run(at_commit);
    });
    std::atomic<int> runs = 0;
    const auto told = on.db->write_and_wait(patiently, [&](session &s) {
        ++runs;
        s.run(put, 1, 1);
    });
    REQUIRE(told.has_error());
    CHECK(told.error().kind == fault_kind::ambiguous);
    CHECK(runs == 1);
    CHECK(on.db->snapshot().counts.ambiguous == 1);
}
