// What the meddler is told to do, on one page of memory shared between a test and the program under it. The
// page outlives the program, so what was struck is known after a kill too.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace rapport::prove {

// The calls by which a program changes what is outside it.
enum class call : std::uint32_t { write, sync, truncate, remove, open, send };
inline constexpr std::size_t call_kinds = 6;

// What a call is about: SQLite's write-ahead log, its main file, any other file, the network.
enum class thing : std::uint32_t { log, database, other, network };
inline constexpr std::size_t thing_kinds = 4;

enum class deed : std::uint32_t {
    kill_before, // SIGKILL instead of the call, `detail` milliseconds after it was tried
    kill_after,  // SIGKILL once the call has returned
    fail,        // the call is not made; errno is `detail`
    cut_short,   // a write: half of it is made and reported
    pretend,     // the call is not made and reported as done
    delay,       // `detail` milliseconds before the call
    go_on,       // the call is made; the next order begins to hold
};

constexpr std::uint32_t bit(call which) {
    return 1u << static_cast<std::uint32_t>(which);
}
constexpr std::uint32_t bit(thing which) {
    return 1u << static_cast<std::uint32_t>(which);
}
inline constexpr std::uint32_t every_call = (1u << call_kinds) - 1;
inline constexpr std::uint32_t every_thing = (1u << thing_kinds) - 1;
inline constexpr std::uint32_t every_file = every_thing & ~bit(thing::network);

// One order. `on` is written last when it is given and cleared when it is used up.
struct order {
    std::atomic<std::uint32_t> on;
    char holding[48]; // a write it fits holds these bytes somewhere; empty: any. Written while `on` is 0
    std::atomic<std::uint32_t> calls, things;
    std::atomic<std::uint32_t> does;
    std::atomic<std::int32_t> detail;
    std::atomic<std::int64_t> skip;  // calls it fits that are let through first
    std::atomic<std::int64_t> times; // calls it strikes; negative: all
    std::atomic<std::int64_t> struck;
};

struct orders_page {
    std::array<order, 4> orders;
    // Calls made since the page was cleared, by kind and thing.
    std::array<std::array<std::atomic<std::int64_t>, thing_kinds>, call_kinds> made;
};

static_assert(std::atomic<std::int64_t>::is_always_lock_free &&
              std::atomic<std::uint32_t>::is_always_lock_free);

// Names the file that holds the page, in the environment of the program.
inline constexpr char page_variable[] = "RAPPORT_PROVE_PAGE";

} // namespace rapport::prove
