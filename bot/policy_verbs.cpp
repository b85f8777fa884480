// `rapport policy apply` and `dryrun`: of the running service where there is one, else on the database
// itself.
#include "bot/clock.hpp"
#include "bot/control_socket.hpp"
#include "bot/facts_json.hpp"
#include "bot/opening.hpp"
#include "bot/policy_order.hpp"
#include "bot/verbs.hpp"
#include "config/policy_file.hpp"
#include "handlers/house_in_force.hpp"
#include "storage/store.hpp"

#include <ostream>

namespace rapport::bot {
namespace {

policy_outcome do_it_ourselves(const config::settings &settings, const policy_order &order) {
    storage::store_settings how;
    how.database = settings.database;
    how.opened_at = machine_clock{}.now();
    how.workers = 1;
    const auto store = storage::open_inline_store(how);
    const auto made = store->write_and_wait(
        {"policy", storage::isolation::serializable, seconds{30}}, [&](storage::session &db) {
            const auto team = served_team(db);
            if (!team)
                return policy_outcome{false,
                                      "The service has not run yet: `rapport serve` opens what its settings "
                                      "name. Nothing was saved.\n"};
            house_in_force holds(house_of(settings), *team);
            return carry_out(db, *team, *holds.as_of(db), order, machine_clock{}.now());
        });
    return made ? *made : policy_outcome{false, "The database did not take it: " + made.error().why + "\n"};
}

} // namespace

int change_policy(const asked_for &what, const verb::policy_apply &how, const surroundings &around) {
    const auto settings = config::read_settings(settings_file_of(what, around), around.environment);
    if (!settings.value) {
        around.err << config::text_of(settings.problems);
        return refused_status;
    }
    // all of its problems at once, by the file's own name, before anybody else is asked; it may have any name
    const auto file = config::load_policy(how.file);
    const auto problems =
        file.text.empty() ? file.reading.problems : config::read_policy(file.text, how.file).problems;
    if (!problems.empty()) {
        around.err << config::text_of(problems);
        return refused_status;
    }
    const policy_order order{!how.dry, file.text, how.from, how.file};
    const auto door = control_path(settings.value->database);
    const auto heard = door ? ask_service(*door, line_of(order)) : std::nullopt;
    const auto became = heard ? policy_outcome_of(*heard) : do_it_ourselves(*settings.value, order);
    (became.done ? around.out : around.err) << became.told;
    return became.done ? done_status : refused_status;
}

} // namespace rapport::bot
