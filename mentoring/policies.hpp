// The policies of one workspace: each program's, in the version in force, and older versions for occasions
// whose clock started under them (settled 8). A value: a changed policy is a new `policies`.
#pragma once

#include "mentoring/program.hpp"

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace rapport {

class policies {
    std::map<std::pair<program_slug, std::int64_t>, program> versions_;
    std::map<program_slug, std::int64_t> in_force_;

  public:
    // Adds a version, or takes the place of the same one. The highest version of a program is the one in
    // force.
    void add(std::int64_t version, program rules);

    // The policy in force; nullptr for a program this workspace does not run.
    const program *find(const program_slug &slug) const;
    // The policy in force; std::logic_error where there is none.
    const program &of(const program_slug &slug) const;
    // The version an occasion started under, or the one in force where that version is not known any more.
    const program &of(const program_slug &slug, std::int64_t version) const;
    std::int64_t version_of(const program_slug &slug) const; // 0 where there is none
    std::vector<program_slug> slugs() const;                 // in order
};

} // namespace rapport
