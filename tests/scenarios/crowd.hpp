// Many people who type without end: each line once, so many at a time, each with what came of it. They run on
// the workspace's own thread, so that hundreds of lines can be under way.
#pragma once

#include "tests/scenarios/town.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace rapport::tests {

// A pair that was enrolled and paired for the purpose, by member ids.
struct typing_pair {
    std::string mentor, protege;
};

// Enrols and pairs so many new people; throws if the program refuses one.
std::vector<typing_pair> settle_pairs(town &t, int count);

// One line and what became of it.
struct typed_line {
    std::string who;
    std::string title;         // of the milestone it logs as done; no other line has the same
    std::string error;         // the workspace's word; empty: the app acknowledged
    bool acknowledged = false; // and said that it is done
    std::chrono::nanoseconds took{};
};

class crowd {
  public:
    // `flight` lines at a time, typed by these people in turn. `mark` begins every title. Ends with the town.
    crowd(town &t, std::vector<std::string> people, std::string mark, std::size_t flight);
    ~crowd(); // types no more, and waits for nothing

    // Types on: a full flight of new lines, whatever became of those before, and another for each that is
    // answered. Who finds nobody connected, or waits in vain, stops until this is called again.
    void type_on();
    // The same, but so many more lines and then no more.
    void type_some(std::size_t lines);
    // Waits until every line typed so far has come to its end.
    void wait_for_ends();
    // Types no more, and waits until every line has come to its end.
    void finish();

    // Waits until at least this many lines were acknowledged, or the time is up.
    bool wait_for(std::size_t acknowledged, std::chrono::milliseconds limit);
    std::size_t acknowledged() const;
    std::size_t typed() const;
    std::size_t unended() const;           // lines nobody knows the end of yet
    std::vector<typed_line> lines() const; // those that came to their end

  private:
    struct inside;
    std::shared_ptr<inside> inside_;
};

} // namespace rapport::tests
