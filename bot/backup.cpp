// `rapport backup`: a copy of the SQLite database, made by the running service between its batches where
// there is one, else by this process. PostgreSQL has its own tools.
#include "bot/clock.hpp"
#include "bot/control_socket.hpp"
#include "bot/verbs.hpp"
#include "storage/store.hpp"

#include <ostream>

namespace rapport::bot {
namespace {

// Nothing where it went well, else why not.
std::string copy_ourselves(const std::string &database, const std::string &to) {
    storage::store_settings how;
    how.database = database;
    how.opened_at = machine_clock{}.now();
    std::string wrong;
    try {
        const auto store = storage::open_inline_store(how);
        store->copy_to(to, [&wrong](storage::saved<void> became) {
            if (!became)
                wrong = became.error().why;
        });
    } catch (const std::exception &e) {
        wrong = e.what();
    }
    return wrong;
}

} // namespace

int backup(const asked_for &what, const verb::backup &where, const surroundings &around) {
    const auto settings = config::read_settings(settings_file_of(what, around), around.environment);
    if (!settings.value) {
        around.err << config::text_of(settings.problems);
        return refused_status;
    }
    const auto &database = settings.value->database;
    const auto door = control_path(database);
    if (!door) {
        around.err << "rapport: the database is PostgreSQL, which copies itself: pg_dump --format=custom "
                      "--file=FILE with the address of DATABASE_URL; pg_restore brings it back.\n";
        return refused_status;
    }
    const auto to = std::filesystem::absolute(where.file).lexically_normal().string();
    const auto heard = ask_service(*door, "backup " + to);
    const auto wrong = heard ? *heard : copy_ourselves(database, to);
    if (!wrong.empty()) {
        around.err << "rapport: no copy was made: " << wrong << "\n";
        return refused_status;
    }
    around.out << to << "\n";
    return done_status;
}

} // namespace rapport::bot
