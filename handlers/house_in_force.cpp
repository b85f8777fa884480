// Comparing stamps; see house_in_force.hpp.
#include "handlers/house_in_force.hpp"

#include "storage/policy_versions.hpp"

namespace rapport {

std::shared_ptr<const house> house_in_force::as_of(storage::session &db) {
    storage::programs programs(db, team_);
    const auto stamp = base_.scribe == nullptr ? std::string() : programs.policies_stamp();
    const std::lock_guard alone(mutex_);
    if (now_ && stamp == stamp_)
        return now_;
    auto made = std::make_shared<house>(base_);
    if (base_.scribe != nullptr)
        for (auto &each : storage::policy_versions(db, team_).all()) {
            auto &known = read_[{each.program, each.version}];
            if (known.text != each.text) {
                auto rules = base_.scribe->recall(each.text);
                if (!rules || rules->slug != each.program)
                    continue;
                known = {std::move(each.text), std::move(*rules)};
            }
            made->rules.add(each.version, known.rules);
        }
    stamp_ = stamp;
    now_ = std::move(made);
    return now_;
}

} // namespace rapport
