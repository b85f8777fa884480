// The whole program from outside: commands typed in the local workspace, over TLS on loopback, until the
// person has the acknowledgement; beside it the same with the sync left out and with a database in memory,
// and the commits a disk can do one by one. Then start to the first hello, and memory. The workspace shares
// the machine's cores with the program: the figures are of both, CPU a command is the program's alone.
#include "tests/prove/meddling.hpp"
#include "tests/scenarios/crowd.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <sstream>
#include <unistd.h>

using namespace rapport;
using namespace rapport::tests;
using steady = std::chrono::steady_clock;

namespace {

constexpr int repetitions = 3;
constexpr int pairs = 40; // the platform tells of a hundred people a minute, and each is asked for once

double ms(steady::duration span) {
    return std::chrono::duration<double, std::milli>(span).count();
}

double median(std::vector<double> all) {
    std::sort(all.begin(), all.end());
    return all.empty() ? 0 : all[all.size() / 2];
}

double at_share(std::vector<double> &all, double share) {
    std::sort(all.begin(), all.end());
    return all.empty() ? 0 : all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1))];
}

// Seconds of CPU this process has used.
double cpu_of(pid_t pid) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
    std::string text((std::istreambuf_iterator<char>(in)), {});
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int n = 0; n < 11; ++n)
        fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

// MiB of a line like "VmRSS:    1234 kB".
double mib_of(pid_t pid, const std::string &file, const std::string &line) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/" + file);
    for (std::string each; std::getline(in, each);)
        if (each.starts_with(line))
            return std::stod(each.substr(line.size())) / 1024;
    return 0;
}

// One way to run the program, with what was measured of it.
struct variant {
    std::string name;
    town t;
    std::unique_ptr<prove::meddling> hand;
    std::vector<std::string> people;
    struct level {
        std::vector<double> rate, cpu_us, took_ms;
    };
    std::map<std::size_t, level> levels;

    variant(std::string called, const std::string &database, bool without_sync) : name(std::move(called)) {
        std::ifstream in(t.folder / "rapport.toml");
        std::string settings((std::istreambuf_iterator<char>(in)), {});
        if (const auto at = settings.find("sqlite:data/rapport.db"); !database.empty())
            settings.replace(at, std::string("sqlite:data/rapport.db").size(), database);
        t.write("rapport.toml", settings);
        if (without_sync) {
            hand = std::make_unique<prove::meddling>(t.folder);
            hand->into(t.environment);
            hand->order({.does = prove::deed::pretend,
                         .calls = prove::bit(prove::call::sync),
                         .things = prove::every_file,
                         .times = -1});
        }
        t.serve();
        for (const auto &one : settle_pairs(t, pairs)) {
            people.push_back(one.mentor);
            people.push_back(one.protege);
        }
        crowd warm(t, people, "warm", 16);
        warm.type_some(people.size());
        warm.finish();
    }

    void type(std::size_t flight, std::size_t lines, int repetition) {
        auto &into = levels[flight];
        crowd typing(t, people, fmt::format("f{}r{}", flight, repetition), flight);
        const auto cpu = cpu_of(t.program().pid());
        const auto from = steady::now();
        typing.type_some(lines);
        typing.wait_for_ends();
        const std::chrono::duration<double> took = steady::now() - from;
        into.cpu_us.push_back((cpu_of(t.program().pid()) - cpu) * 1e6 / static_cast<double>(lines));
        into.rate.push_back(static_cast<double>(lines) / took.count());
        for (const auto &line : typing.lines())
            into.took_ms.push_back(std::chrono::duration<double, std::milli>(line.took).count());
        if (typing.acknowledged() != lines)
            fmt::print("{}: {} of {} lines were not acknowledged as done\n", name,
                       lines - typing.acknowledged(), lines);
    }
};

// Commits a second, one by one: three small rows each, WAL, every commit synced.
double raw_commits(const std::filesystem::path &folder) {
    sqlite3 *db = nullptr;
    sqlite3_open((folder / "raw.db").c_str(), &db);
    const auto run = [&](const char *sql) { sqlite3_exec(db, sql, nullptr, nullptr, nullptr); };
    run("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE t (id INTEGER PRIMARY KEY, words TEXT)");
    sqlite3_stmt *insert = nullptr;
    sqlite3_prepare_v2(db, "INSERT INTO t (words) VALUES ('some words of a hundred characters or so')", -1,
                       &insert, nullptr);
    int commits = 0;
    const auto from = steady::now();
    for (; steady::now() - from < std::chrono::seconds(1); ++commits) {
        run("BEGIN IMMEDIATE");
        for (int n = 0; n < 3; ++n) {
            sqlite3_step(insert);
            sqlite3_reset(insert);
        }
        run("COMMIT");
    }
    const std::chrono::duration<double> took = steady::now() - from;
    sqlite3_finalize(insert);
    sqlite3_close(db);
    return commits / took.count();
}

void commands() {
    std::vector<std::unique_ptr<variant>> all;
    all.push_back(std::make_unique<variant>("durable", "", false));
    all.push_back(std::make_unique<variant>("sync left out", "", true));
    all.push_back(std::make_unique<variant>("in memory", "sqlite::memory:", false));
    std::vector<double> raw;
    constexpr std::array<std::pair<std::size_t, std::size_t>, 4> levels{
        {{1, 800}, {16, 2'400}, {64, 3'000}, {256, 3'000}}};
    for (int n = 0; n < repetitions; ++n) {
        raw.push_back(raw_commits(all.front()->t.folder));
        std::filesystem::remove(all.front()->t.folder / "raw.db");
        for (const auto &[flight, lines] : levels)
            for (auto &each : all)
                each->type(flight, lines, n);
    }
    for (const auto &[flight, lines] : levels) {
        const auto durable = median(all.front()->levels[flight].rate);
        for (auto &each : all) {
            auto &of = each->levels[flight];
            const auto rate = median(of.rate);
            fmt::print(
                "commands, {:3} in flight, {:13}: {:6.0f}/s ({:.2f} of durable), p50 {:6.2f} ms, p99 {:6.2f} "
                "ms, {:4.0f} us CPU a command\n",
                flight, each->name, rate, rate / durable, at_share(of.took_ms, 0.5),
                at_share(of.took_ms, 0.99), median(of.cpu_us));
        }
    }
    fmt::print("raw commits one by one on this disk: {:.0f}/s; durable commands with 64 in flight against "
               "it: {:.2f}\n",
               median(raw), median(all.front()->levels[64].rate) / median(raw));
    auto &program = all.front()->t.program();
    fmt::print("memory after {} commands: resident {:.1f} MiB, its own share {:.1f} MiB\n",
               repetitions * (800 + 2'400 + 3'000 + 3'000), mib_of(program.pid(), "status", "VmRSS:"),
               mib_of(program.pid(), "smaps_rollup", "Pss:"));
}

void starts() {
    town t;
    t.serve();
    settle_pairs(t, 50);
    fmt::print("memory idle, 50 pairs: resident {:.1f} MiB, its own share {:.1f} MiB\n",
               mib_of(t.program().pid(), "status", "VmRSS:"),
               mib_of(t.program().pid(), "smaps_rollup", "Pss:"));
    std::vector<double> clean, killed;
    for (int n = 0; n < 15; ++n) {
        t.end(SIGTERM);
        auto from = steady::now();
        t.serve();
        clean.push_back(ms(steady::now() - from));
        t.types("U0COORD", "/program");
        t.program().kill();
        from = steady::now();
        t.serve();
        killed.push_back(ms(steady::now() - from));
    }
    fmt::print(
        "start to the first hello: {:.0f} ms after a clean end, {:.0f} ms after a kill (median of 15)\n",
        median(clean), median(killed));
}

} // namespace

int main() {
    starts();
    commands();
}
