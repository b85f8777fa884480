// Watches that what Rapport promises about its own messages holds, from outside: by what leaves, what people
// did and what the database adds up to. The first break is kept, with its day and person.
#pragma once

#include "bot/simulate/playing.hpp"
#include "handlers/desk.hpp"
#include "handlers/outgoing.hpp"
#include "storage/census.hpp"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace rapport::simulate {

class watch {
  public:
    explicit watch(std::uint64_t seed) : seed_(seed) {}

    // Somebody's message was heard in a conversation.
    void heard(const std::string &conversation, const person_id &who, instant at);
    // Somebody filed the check-in of a pair and month ("2026-11").
    void filed(const pair_id &pair, const person_id &who, const std::string &period);

    // A call is about to be made: read in the transaction after it was begun.
    void leaving(storage::records &on_file, const house &here, const shipment &what, instant now);
    // The platform took it.
    void arrived(storage::records &on_file, const house &here, const shipment &what, instant now);
    // The planner and the courier have nothing left to do at this instant.
    void at_rest(storage::records &on_file, const house &here, instant now);
    // They never come to rest.
    void never_rests(instant now, const std::string &why);

    const std::optional<broken_promise> &broken() const {
        return broken_;
    }
    const storage::reminder_census &census() const {
        return last_;
    }

  private:
    struct reminder {
        storage::nudge line;
        bool chosen = false;
    };
    using obligation_key = std::tuple<pair_id, std::string, std::string, person_id>;

    void breaks(promise which, const zone &where, instant now, std::string person, std::string says);
    std::vector<reminder> reminders_in(storage::records &on_file, const shipment &what);
    void check_reminder(storage::records &on_file, const house &here, const reminder &one, bool exempt,
                        instant now);
    bool was_done(const storage::pair &pair, const storage::nudge &line, storage::records &on_file) const;
    void count_message(storage::records &on_file, const program &rules, const person_id &who, instant now);

    std::uint64_t seed_;
    std::optional<broken_promise> broken_;
    std::map<std::pair<std::string, person_id>, instant> last_heard_;
    std::set<std::tuple<pair_id, person_id, std::string>> filed_;
    std::map<obligation_key, int> nudges_of_;
    std::map<person_id, std::map<day, int>> on_days_;
    std::set<std::string> rows_arrived_;
    storage::reminder_census last_;
    std::size_t sampled_ = 0;
};

// By which name somebody of the play goes.
std::string name_on_file(storage::records &on_file, const person_id &who);

} // namespace rapport::simulate
