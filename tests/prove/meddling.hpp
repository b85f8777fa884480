// Giving the meddler its orders, from the test's side.
#pragma once

#include "tests/prove/orders.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace rapport::prove {

// What to strike and how; see orders.hpp.
struct strike {
    deed does = deed::kill_before;
    std::uint32_t calls = every_call;
    std::uint32_t things = every_thing;
    std::int64_t skip = 0;
    std::int64_t times = 1; // negative: until it is taken back
    std::int32_t detail = 0;
    std::string holding = {}; // only writes of these bytes; 47 at most
};

class meddling {
    std::filesystem::path file_;
    orders_page *page_ = nullptr;

    void give(const strike &what, std::size_t place);

  public:
    // A fresh page in this folder.
    explicit meddling(const std::filesystem::path &folder);
    ~meddling();
    meddling(const meddling &) = delete;

    // Lets programs started with this environment obey.
    void into(std::map<std::string, std::string> &environment) const;

    // Holds from now on; a program that runs obeys at its next call.
    void order(const strike &what, std::size_t place = 0);
    // Each begins to hold once the one before was met, which is let through; the last strikes. Four at most.
    void chain(std::vector<strike> all);
    void take_back();                                 // every order
    std::int64_t struck(std::size_t place = 0) const; // calls struck since the order at this place was given
    std::int64_t made(std::uint32_t calls, std::uint32_t things) const; // calls since it was last cleared
    void clear_counts();
};

} // namespace rapport::prove
