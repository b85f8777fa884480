// `rapport export`: a person's or a program's facts, of the running service where there is one, else from the
// database itself.
#include "bot/clock.hpp"
#include "bot/control_socket.hpp"
#include "bot/facts_json.hpp"
#include "bot/verbs.hpp"
#include "storage/store.hpp"

#include <ostream>

namespace rapport::bot {
namespace {

using answered = std::optional<std::string>;

// From the file itself, or from PostgreSQL, where several processes may read.
answered read_ourselves(const std::string &database, const facts_wanted &whose) {
    storage::store_settings how;
    how.database = database;
    how.opened_at = machine_clock{}.now();
    how.workers = 1;
    const auto store = storage::open_inline_store(how);
    const auto read = store->write_and_wait({"export"}, [&](storage::session &db) -> answered {
        const auto team = served_team(db);
        return team ? facts_json(db, *team, whose) : std::nullopt;
    });
    return read.value();
}

} // namespace

int export_facts(const asked_for &what, const verb::export_facts &whose, const surroundings &around) {
    const auto settings = config::read_settings(settings_file_of(what, around), around.environment);
    if (!settings.value) {
        around.err << config::text_of(settings.problems);
        return refused_status;
    }
    const auto &database = settings.value->database;
    answered facts;
    const auto door = control_path(database);
    const auto asked =
        whose.person.empty() ? "export program " + whose.program : "export person " + whose.person;
    auto heard = door ? ask_service(*door, asked) : std::nullopt;
    if (heard)
        facts = heard->empty() ? std::nullopt : std::move(heard);
    else
        facts = read_ourselves(database, {whose.person, whose.program});
    if (!facts) {
        around.err << "rapport: nothing is kept under \""
                   << (whose.person.empty() ? whose.program : whose.person)
                   << "\"; a person is named by a member id (U...) or an address, a program by its slug.\n";
        return refused_status;
    }
    around.out << *facts;
    return done_status;
}

} // namespace rapport::bot
