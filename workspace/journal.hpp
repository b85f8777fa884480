// The journal is the oracle: every request, reply, frame, delivery, fault and violation with its place in the
// order and its time. Tokens, tickets and response URLs are redacted before they get here; message text is
// kept, since what was said to whom, and how often, is what the tests ask about.
#pragma once

#include "workspace/json.hpp"
#include "workspace/timeline.hpp"

#include <cstdint>
#include <deque>
#include <string>

namespace workspace {

struct journal_entry {
    std::uint64_t seq = 0;
    instant at = {};    // the workspace's time
    span since_start{}; // steady
    std::string kind =
        {}; // request, reply, frame_in, frame_out, delivery, link, fault, violation, hand, clock
    json what = {};
};

// What to look for; empty fields match everything.
struct journal_query {
    std::uint64_t after = 0; // entries with a greater seq
    std::string kind = {};
    std::string method = {};
    std::string channel = {};
    std::size_t limit = 1000;
};

class journal {
  public:
    explicit journal(const timeline &time, std::size_t keep = 200'000) : time_(time), keep_(keep) {}

    std::uint64_t add(std::string kind, json what);

    json find(const journal_query &query) const; // array of {seq, at, since_start, kind, ...}
    std::size_t count(const std::string &kind, const std::string &method = {}) const;
    std::uint64_t last() const;
    std::uint64_t forgotten() const; // entries that fell out at the old end

  private:
    const timeline &time_;
    std::size_t keep_;
    std::uint64_t last_ = 0;
    std::uint64_t forgotten_ = 0;
    std::deque<journal_entry> entries_;
};

// The value with every token, ticket, response URL and authorization in it replaced by "[redacted]".
json redacted(const json &value);
std::string redacted(std::string text);

} // namespace workspace
