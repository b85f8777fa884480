// See striking.hpp.
#include "handlers/striking.hpp"

#include "handlers/taking_back.hpp"

namespace rapport {

void strike_out(desk &at, const std::vector<std::string> &keys) {
    for (const auto &key : keys) {
        if (at.on_file.outbox.withdraw(at.asked.team, key, "undone", at.now()) > 0)
            continue;
        const auto told = at.on_file.outbox.find(at.asked.team, key);
        if (!told || told->state == storage::outbox_state::withdrawn)
            continue;
        at.on_file.outbox.add({.team = at.asked.team,
                               .id = at.on_file.ids.make<storage::outbox_id>(at.now()),
                               .key = "struck:" + key,
                               .verb = storage::outbox_verb::update,
                               .kind = std::string(struck_out),
                               .policy = storage::send_policy::at_least_once,
                               .person = told->person,
                               .channel = told->channel,
                               .pair = told->pair,
                               .subject = told->subject,
                               .params = key,
                               .not_before_at = at.now(),
                               .created_at = at.now()});
    }
}

} // namespace rapport
