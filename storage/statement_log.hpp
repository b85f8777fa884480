// Timings by statement name, kept by one session on one thread and handed over after each batch.
#pragma once

#include "storage/store.hpp"

#include <map>
#include <string_view>

namespace rapport::storage {

class statement_log {
    std::map<std::string_view, statement_timing> by_name_; // names are constants, so views of them last

  public:
    void note(std::string_view name, std::chrono::nanoseconds took, bool failed) {
        auto &row = by_name_[name];
        ++row.runs;
        row.errors += failed ? 1 : 0;
        row.total += took;
        row.slowest = std::max(row.slowest, took);
    }
    // Adds what was kept here to `sums` and starts anew.
    void drain_into(statement_log &sums) {
        for (auto &[name, row] : by_name_) {
            auto &sum = sums.by_name_[name];
            sum.runs += row.runs;
            sum.errors += row.errors;
            sum.total += row.total;
            sum.slowest = std::max(sum.slowest, row.slowest);
            row = {};
        }
    }
    std::vector<statement_timing> rows() const {
        std::vector<statement_timing> all;
        for (const auto &[name, row] : by_name_) {
            all.push_back(row);
            all.back().name = name;
        }
        return all;
    }
};

// Notes one statement when it goes out of scope; failed unless told otherwise.
class timed_statement {
    statement_log &log_;
    std::string_view name_;
    std::chrono::steady_clock::time_point from_ = std::chrono::steady_clock::now();
    bool failed_ = true;

  public:
    timed_statement(statement_log &log, std::string_view name) : log_(log), name_(name) {}
    timed_statement(const timed_statement &) = delete;
    timed_statement &operator=(const timed_statement &) = delete;
    ~timed_statement() {
        log_.note(name_, std::chrono::steady_clock::now() - from_, failed_);
    }
    void worked() {
        failed_ = false;
    }
};

} // namespace rapport::storage
