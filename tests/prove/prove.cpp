// The long form: pieces of every ingredient in turn until the time is up, each with a seed of its own,
// printed and kept as a record. `./dev prove --minutes N`; `--only NAME --seed S --trials N` runs one piece
// again.
#include "tests/prove/records.hpp"

#include <chrono>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>

namespace {

using namespace rapport::prove;
using steady = std::chrono::steady_clock;

struct wishes {
    double minutes = 10;
    std::string only;
    std::uint64_t seed = 0;
    std::int64_t trials = 0;
    std::string commit = "unknown";
    bool planted = false; // each ingredient on the program with its bug, once, for the record
    bool keep = true;     // records
};

int usage() {
    std::cerr
        << "usage: prove [--minutes N] [--only INGREDIENT] [--seed S] [--trials N] [--planted] [--no-record] "
           "[--commit WORD]\n";
    for (const auto &each : ingredients())
        std::cerr << "  " << each.name << ": " << each.force << "\n";
    return 2;
}

std::string today() {
    const auto now = std::time(nullptr);
    char text[16];
    std::strftime(text, sizeof text, "%Y-%m-%d", std::gmtime(&now));
    return text;
}

std::string told(const ingredient &what, const piece &made, double seconds) {
    auto line = std::string(what.name) + (made.planted.empty() ? "" : " (planted: " + made.planted + ")") +
                ": seed " + std::to_string(made.seed) + ", " + std::to_string(made.trials) + " trials, " +
                std::to_string(made.hits) + " faults struck";
    for (const auto &[name, count] : made.counted)
        line += ", " + name + " " + std::to_string(count);
    line += ", broken " + std::to_string(made.broken.size()) + " (" +
            std::to_string(static_cast<int>(seconds)) + " s)\n";
    for (const auto &one : made.broken)
        line += "    " + one + "\n";
    return line;
}

// Runs a piece, says and keeps what came of it; true if nothing was broken, or the planted bug was seen.
bool run(const ingredient &what, std::uint64_t seed, std::int64_t trials, const wishes &how) {
    const auto from = steady::now();
    const auto made = run_piece(what, seed, trials, how.planted ? std::string(what.planted) : std::string());
    const std::chrono::duration<double> took = steady::now() - from;
    std::cout << told(what, made, took.count()) << std::flush;
    if (how.keep) {
        std::filesystem::create_directories(records_folder);
        std::ofstream(std::filesystem::path(records_folder) / (today() + ".jsonl"), std::ios::app)
            << line_of(record_of(what, made, today(), how.commit)) << "\n";
    }
    return made.broken.empty() != how.planted;
}

bool read(int argc, char **argv, wishes &into) {
    for (int n = 1; n < argc; ++n) {
        const std::string word = argv[n];
        const bool more = n + 1 < argc;
        if (word == "--planted")
            into.planted = true;
        else if (word == "--no-record")
            into.keep = false;
        else if (!more)
            return false;
        else if (word == "--minutes")
            into.minutes = std::stod(argv[++n]);
        else if (word == "--only")
            into.only = argv[++n];
        else if (word == "--seed")
            into.seed = std::stoull(argv[++n]);
        else if (word == "--trials")
            into.trials = std::stoll(argv[++n]);
        else if (word == "--commit")
            into.commit = argv[++n];
        else
            return false;
    }
    return true;
}

} // namespace

int main(int argc, char **argv) {
    wishes how;
    try {
        if (!read(argc, argv, how))
            return usage();
    } catch (const std::logic_error &) {
        return usage();
    }
    std::vector<ingredient> chosen;
    for (const auto &each : ingredients())
        if (how.only.empty() || each.name == how.only)
            chosen.push_back(each);
    if (chosen.empty())
        return usage();
    bool all_well = true;
    std::random_device dice;
    const auto fresh = [&] { return (static_cast<std::uint64_t>(dice()) << 32) | dice(); };
    if (how.seed != 0 || how.planted) {
        for (const auto &each : chosen)
            all_well = run(each, how.seed != 0 ? how.seed : fresh(),
                           how.trials > 0 ? how.trials
                           : how.planted  ? each.to_catch
                                          : each.in_a_piece,
                           how) &&
                       all_well;
        return all_well ? 0 : 1;
    }
    const auto until = steady::now() + std::chrono::duration_cast<steady::duration>(
                                           std::chrono::duration<double, std::ratio<60>>(how.minutes));
    for (std::size_t n = 0; steady::now() < until; ++n) {
        const auto &each = chosen[n % chosen.size()];
        all_well = run(each, fresh(), how.trials > 0 ? how.trials : each.in_a_piece, how) && all_well;
    }
    return all_well ? 0 : 1;
}
