// See policy_versions.hpp.
#include "storage/policy_versions.hpp"

#include <algorithm>
#include <tuple>

namespace rapport::storage {
namespace {

constexpr statement<applied_policy, team_id> every_version{
    "policy_versions.all", "SELECT program, version, text FROM policy WHERE team = $1"};

} // namespace

std::vector<applied_policy> policy_versions::all() {
    auto found = db_.all(every_version, team_);
    std::sort(found.begin(), found.end(), [](const auto &a, const auto &b) {
        return std::tie(a.program, a.version) < std::tie(b.program, b.version);
    });
    return found;
}

} // namespace rapport::storage
