// Identity: ids that cannot be mixed up, and the maker of our own (26 characters, ordered by time).
#pragma once

#include "mentoring/time.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <utility>

namespace rapport {

// A string that is one kind of id only. Holds whatever text it was given; two kinds never compare or convert.
template <class Tag>
class strong_id {
    std::string value_;

  public:
    strong_id() = default;
    explicit strong_id(std::string value) : value_(std::move(value)) {}
    const std::string &str() const {
        return value_;
    }
    bool empty() const {
        return value_.empty();
    }
    auto operator<=>(const strong_id &) const = default;
};

// The platform's ids: opaque text.
using team_id = strong_id<struct team_tag>;       // a workspace, "T..."
using slack_id = strong_id<struct slack_tag>;     // a member of it, "U..." or "W..."
using channel_id = strong_id<struct channel_tag>; // a conversation of it, "C...", "D..." or "G..."

// Our own ids, made by `id_source`.
using person_id = strong_id<struct person_tag>;
using term_id = strong_id<struct term_tag>;
using enrolment_id = strong_id<struct enrolment_tag>;
using pair_id = strong_id<struct pair_tag>;

// A program is named by its slug, which is also the name of its policy file: "emap".
using program_slug = strong_id<struct program_tag>;

// Makes our ids: 48 bits of time and 80 bits of chance in Crockford base 32, so text order is time order.
// Within one millisecond the chance part counts up, so one source never repeats or goes back.
class id_source {
    std::array<std::uint64_t, 2> state_;
    std::int64_t last_ms_ = -1;
    std::uint64_t high_ = 0, low_ = 0; // the 80 bits: 16 and 64

    std::uint64_t draw();

  public:
    id_source();                            // seeded by the system
    explicit id_source(std::uint64_t seed); // the same seed gives the same ids: tests and the simulator
    std::string next(instant now);          // exactly 26 characters of 0-9A-Z without I, L, O, U

    template <class Id>
    Id make(instant now) {
        return Id{next(now)};
    }
};

} // namespace rapport
