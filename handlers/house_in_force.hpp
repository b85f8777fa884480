// The house as a transaction finds it: what the settings say, and of the policies whatever is in force in
// that transaction. So a policy that is applied holds from the next request on, in every process, and no
// other.
#pragma once

#include "handlers/desk.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace rapport {

class house_in_force {
    struct remembered {
        std::string text;
        program rules;
    };

    house base_;
    team_id team_;
    std::mutex mutex_;
    std::map<std::pair<program_slug, std::int64_t>, remembered> read_;
    std::string stamp_;
    std::shared_ptr<const house> now_;

  public:
    // `base` without a scribe never changes. Its policies stay where the database has none that can be read.
    house_in_force(house base, team_id team) : base_(std::move(base)), team_(std::move(team)) {}

    // What the commands are called here: the same under every policy.
    const command_names &names() const {
        return base_.names;
    }
    // From any thread. Reads one row, and the policies only when they changed.
    std::shared_ptr<const house> as_of(storage::session &db);
};

} // namespace rapport
