// Reading, writing and adding up; see records.hpp.
#include "tests/prove/records.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

namespace rapport::prove {
namespace {

using json = nlohmann::ordered_json;

struct sum {
    std::int64_t pieces = 0, trials = 0, hits = 0, broken = 0;
    std::int64_t planted = 0, caught = 0; // pieces with the bug, and those of them that saw it
    std::map<std::string, std::int64_t> counted;
    std::set<std::string> commits;
    std::string first, last;
};

void add(sum &to, const record &one) {
    if (one.planted) {
        ++to.planted;
        to.caught += one.broken > 0 ? 1 : 0;
        return;
    }
    ++to.pieces;
    to.trials += one.trials;
    to.hits += one.hits;
    to.broken += one.broken;
    for (const auto &[name, count] : one.counted)
        to.counted[name] += count;
    to.commits.insert(one.commit);
    if (to.first.empty() || one.on < to.first)
        to.first = one.on;
    if (one.on > to.last)
        to.last = one.on;
}

std::string grouped(std::int64_t number) {
    auto text = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

// With none broken in N, at most 3 in N would break, at 95 % confidence.
std::string bound(const sum &of) {
    if (of.hits == 0)
        return "nothing yet";
    if (of.broken > 0)
        return "**" + grouped(of.broken) + " broken**";
    std::ostringstream out;
    out.precision(2);
    out << "under " << 300.0 / static_cast<double>(of.hits) << " %";
    return out.str();
}

std::string words(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
}

std::string counts(const sum &of) {
    std::string out;
    for (const auto &[name, count] : of.counted)
        out += (out.empty() ? "" : ", ") + words(name) + " " + grouped(count);
    return out.empty() ? "nothing else" : out;
}

std::string row(const ingredient &what, const sum &of) {
    const auto caught = of.planted == 0 ? std::string("not recorded")
                                        : grouped(of.caught) + " of " + grouped(of.planted) + " times";
    return "| " + std::string(what.name) + " | " + std::string(what.promises) + " | " + grouped(of.hits) +
           " | " + grouped(of.broken) + " | " + bound(of) + " | " + caught + " |\n";
}

std::string detail(const ingredient &what, const sum &of) {
    auto out = "**" + std::string(what.name) + "**: " + std::string(what.force) +
               ". Caught with it: a program that " + std::string(what.bug) + ". ";
    if (of.pieces == 0)
        return out + "No run is on record.\n\n";
    out += "Counted in " + grouped(of.pieces) + (of.pieces == 1 ? " piece, " : " pieces, ") + of.first +
           (of.first == of.last ? "" : " to " + of.last) + ", of " +
           grouped(static_cast<std::int64_t>(of.commits.size())) +
           (of.commits.size() == 1 ? " commit" : " commits") + ": " + counts(of) + ".\n\n";
    return out;
}

} // namespace

record record_of(const ingredient &what, const piece &made, const std::string &on,
                 const std::string &commit) {
    record one;
    one.on = on;
    one.commit = commit;
    one.ingredient = what.name;
    one.seed = made.seed;
    one.planted = !made.planted.empty();
    one.trials = made.trials;
    one.hits = made.hits;
    one.broken = static_cast<std::int64_t>(made.broken.size());
    one.counted = made.counted;
    return one;
}

std::string line_of(const record &one) {
    const json made{{"on", one.on},     {"commit", one.commit},   {"ingredient", one.ingredient},
                    {"seed", one.seed}, {"planted", one.planted}, {"trials", one.trials},
                    {"hits", one.hits}, {"broken", one.broken},   {"counted", one.counted}};
    return made.dump();
}

record read_record(const std::string &line) {
    try {
        const auto from = json::parse(line);
        record one;
        one.on = from.at("on");
        one.commit = from.at("commit");
        one.ingredient = from.at("ingredient");
        one.seed = from.at("seed");
        one.planted = from.at("planted");
        one.trials = from.at("trials");
        one.hits = from.at("hits");
        one.broken = from.at("broken");
        one.counted = from.at("counted").get<std::map<std::string, std::int64_t>>();
        return one;
    } catch (const json::exception &e) {
        throw std::runtime_error("no record: " + line + ": " + e.what());
    }
}

std::vector<record> read_records(const std::filesystem::path &folder) {
    std::set<std::filesystem::path> files;
    if (std::filesystem::exists(folder))
        for (const auto &entry : std::filesystem::directory_iterator(folder))
            if (entry.path().extension() == ".jsonl")
                files.insert(entry.path());
    std::vector<record> all;
    for (const auto &file : files) {
        std::ifstream in(file);
        for (std::string line; std::getline(in, line);)
            if (!line.empty())
                all.push_back(read_record(line));
    }
    return all;
}

std::string page_of(const std::vector<ingredient> &all, const std::vector<record> &records) {
    std::map<std::string, sum> by_name;
    for (const auto &one : records)
        add(by_name[one.ingredient], one);
    std::string rows, details;
    for (const auto &what : all) {
        const auto &of = by_name[std::string(what.name)];
        rows += row(what, of);
        details += detail(what, of);
    }
    return "# The promises, proved\n\n"
           "Made by a test from the records in `" +
           std::string(records_folder) +
           "`; nothing here is typed. `./dev prove --minutes N` adds to them. The real program\n"
           "runs against the local workspace; what people were told and what `rapport export` gives is "
           "judged, never "
           "its tables.\n"
           "With nothing broken in N faults, fewer than 3 in N would break at 95 % confidence.\n\n"
           "| force | promises | faults struck | broken | so it breaks | its planted bug was caught |\n"
           "|---|---|---|---|---|---|\n" +
           rows + "\n" + details.substr(0, details.empty() ? 0 : details.size() - 1);
}

} // namespace rapport::prove
