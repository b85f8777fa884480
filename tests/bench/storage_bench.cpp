// How fast the store is, a line a figure, each with the ratio that matters. SQLite in a folder below the
// current one (so the disk is the one you care about); PostgreSQL where RAPPORT_TEST_POSTGRES names a server.
#include "storage/outbox.hpp"
#include "storage/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <latch>
#include <mutex>

using namespace rapport;
using namespace rapport::storage;

namespace {

const team_id here("T0BENCH");
constexpr instant monday{milliseconds{1'762'164'000'000}};

double seconds_of(const std::function<void()> &what) {
    const auto from = std::chrono::steady_clock::now();
    what();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
}

template <class Work>
auto must(store &db, Work work) {
    return db.write_and_wait({"bench", isolation::read_committed, seconds{600}}, std::move(work)).value();
}

outbox_item item(int n, instant due) {
    outbox_item made;
    made.team = here;
    made.id = outbox_id(fmt::format("{:026}", n));
    made.key = fmt::format("bench/{}", n);
    made.kind = "nudge.reply";
    made.person = person_id(fmt::format("{:026}", n % 500));
    made.subject = "ask";
    made.not_before_at = due;
    made.created_at = monday;
    return made;
}

void clear_outbox(store &db) {
    while (must(db, [](session &s) {
               outbox box(s);
               box.withdraw_prefix(here, "bench/", "bench", monday);
               return box.prune(monday + days{1}, 20'000);
           }) == 20'000) {
    }
}

// `total` units of one insert each, `flight` of them at a time; units a second.
double units_per_second(store &db, int total, int flight, int first) {
    std::mutex guard;
    std::condition_variable landed;
    int flying = 0;
    std::latch all(total);
    const auto took = seconds_of([&] {
        for (int n = 0; n < total; ++n) {
            {
                std::unique_lock lock(guard);
                landed.wait(lock, [&] { return flying < flight; });
                ++flying;
            }
            db.write(
                {"bench", isolation::serializable, seconds{600}},
                [n, first](session &s) { outbox(s).add(item(first + n, monday + days{400})); },
                [&](saved<void>) noexcept {
                    {
                        const std::lock_guard lock(guard);
                        --flying;
                    }
                    landed.notify_one();
                    all.count_down();
                });
        }
        all.wait();
    });
    return total / took;
}

// Milliseconds a claim of up to 100 rows takes at the median of 50; what it claimed is put back.
double claim_ms(store &db, const std::string &token) {
    std::vector<double> took;
    for (int n = 0; n < 50; ++n)
        must(db, [&](session &s) {
            outbox box(s);
            std::vector<outbox_row> rows;
            took.push_back(seconds_of([&] { rows = box.claim(monday + days{1}, 100, seconds{60}, token); }) *
                           1000);
            for (const auto &row : rows)
                box.later(claim_of(row), monday, "bench");
        });
    std::sort(took.begin(), took.end());
    return took[took.size() / 2];
}

void measure(const std::string &engine, store_settings how) {
    const auto db = open_store(std::move(how));
    clear_outbox(*db);
    const auto alone = units_per_second(*db, 3'000, 1, 1'000'000);
    const auto many = units_per_second(*db, 20'000, 64, 2'000'000);
    fmt::print("{}: durable units a second: {:.0f} one by one, {:.0f} with 64 in flight; ratio {:.1f}\n",
               engine, alone, many, many / alone);
    clear_outbox(*db);
    const auto idle = claim_ms(*db, "none");
    for (int n = 0; n < 100'000; n += 5'000)
        must(*db, [n](session &s) {
            for (int k = n; k < n + 5'000; ++k)
                outbox(s).add(item(k, monday + milliseconds{k}));
        });
    const auto busy = claim_ms(*db, "many");
    fmt::print(
        "{}: claim of 100: {:.3f} ms with none due, {:.3f} ms with 100,000 due; {:.4f} ms a row claimed\n",
        engine, idle, busy, (busy - idle) / 100);
    clear_outbox(*db);
}

} // namespace

int main() {
    const auto folder = std::filesystem::current_path() / "bench-storage";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    store_settings how;
    how.opened_at = monday;
    how.database = "sqlite::memory:";
    const auto opened = seconds_of([&] {
        for (int n = 0; n < 200; ++n)
            open_inline_store(how);
    });
    fmt::print("sqlite: a fresh database in memory with the whole schema: {:.2f} ms\n", opened / 200 * 1000);
    how.database = "sqlite:" + (folder / "bench.db").string();
    measure("sqlite", how);
    std::filesystem::remove_all(folder);
    if (const char *server = std::getenv("RAPPORT_TEST_POSTGRES"); server && *server) {
        how.database = std::string("postgres:") + server;
        measure("postgres", how);
    } else
        fmt::print("postgres: skipped (RAPPORT_TEST_POSTGRES is not set; run tests/support/with_postgres)\n");
}
