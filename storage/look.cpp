// One function an engine; see look.hpp. SQLite is opened without EXCLUSIVE and without creating, so a running
// service is met as a lock and nothing is left behind.
#include "storage/look.hpp"

#include "storage/migrations.hpp"
#include "storage/postgres_session.hpp"
#include "storage/sqlite_connection.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <optional>
#include <unistd.h>
#include <vector>

namespace rapport::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t least_room = 64U << 20U;
constexpr std::string_view restore = "restore a backup (keep this file aside)";

struct applied {
    int number;
    std::string sha256;
};

// What the applied migrations say of who used the database last.
database_look schema_look(const std::vector<applied> &there) {
    const auto known = shipped_migrations();
    if (there.size() > known.size())
        return {database_state::newer,
                fmt::format("its schema is {}, this program knows up to {}: a newer rapport has used it",
                            there.back().number, known.size()),
                "run that newer program, or restore the copy it made before the upgrade"};
    for (std::size_t i = 0; i < there.size(); ++i)
        if (there[i].number != known[i].number || there[i].sha256 != known[i].sha256)
            return {database_state::edited,
                    fmt::format("migration {} was applied with another text than this program has",
                                known[i].name),
                    "run the program that made this database, or restore a backup"};
    if (there.size() < known.size())
        return {database_state::older,
                fmt::format("is there; its schema is {} and becomes {} at start", there.size(), known.size()),
                {}};
    return {database_state::ready,
            fmt::format("is there, whole, and of this program's schema ({})", known.size()),
            {}};
}

// --- SQLite

struct closed_after {
    sqlite3 *db = nullptr;
    ~closed_after() {
        sqlite3_close_v2(db);
    }
};

using row_of_words = std::vector<std::string>;

// All rows of a query as words; the engine's code where it fails.
int ask(sqlite3 *db, const char *sql, std::vector<row_of_words> &rows) {
    sqlite3_stmt *query = nullptr;
    int code = sqlite3_prepare_v2(db, sql, -1, &query, nullptr);
    if (code == SQLITE_OK) {
        while ((code = sqlite3_step(query)) == SQLITE_ROW) {
            row_of_words row;
            for (int i = 0; i < sqlite3_column_count(query); ++i) {
                const auto *text = sqlite3_column_text(query, i);
                row.emplace_back(text ? reinterpret_cast<const char *>(text) : "");
            }
            rows.push_back(std::move(row));
        }
        if (code == SQLITE_DONE)
            code = SQLITE_OK;
    }
    sqlite3_finalize(query);
    return code;
}

database_look failed(sqlite3 *db, int code) {
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {database_state::in_use, "is in use by another process",
                "stop that one first, unless it is rapport itself"};
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return {database_state::damaged, fmt::format("is damaged ({})", sqlite3_errmsg(db)),
                std::string(restore)};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return {database_state::read_only, fmt::format("cannot be written ({})", sqlite3_errmsg(db)),
                "give it and its folder to the user of the service, on a file system that can be written"};
    default:
        return {database_state::damaged, fmt::format("cannot be read ({})", sqlite3_errmsg(db)),
                std::string(restore)};
    }
}

database_look file_look(const fs::path &file) {
    closed_after held;
    int code =
        sqlite3_open_v2(file.c_str(), &held.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, nullptr);
    if (code != SQLITE_OK)
        return failed(held.db, code);
    if (sqlite3_db_readonly(held.db, "main") == 1)
        return {database_state::read_only, "cannot be written by this user",
                "give it and its folder to the user of the service, on a file system that can be written"};
    std::vector<row_of_words> owner, tables, whole, list;
    for (const auto &[sql, into] : {std::pair{"PRAGMA application_id", &owner},
                                    std::pair{"SELECT COUNT(*) FROM sqlite_master", &tables}})
        if ((code = ask(held.db, sql, *into)) != SQLITE_OK)
            return failed(held.db, code);
    const bool ours = owner.at(0).at(0) == std::to_string(sqlite_application_id);
    if (!ours && (owner[0][0] != "0" || tables.at(0).at(0) != "0"))
        return {database_state::foreign,
                fmt::format("belongs to another application ({} tables)", tables[0][0]),
                "name a file of Rapport's own under `database`"};
    if ((code = ask(held.db, "PRAGMA quick_check(1)", whole)) != SQLITE_OK)
        return failed(held.db, code);
    if (whole.at(0).at(0) != "ok")
        return {database_state::damaged, fmt::format("is damaged ({})", whole[0][0]), std::string(restore)};
    if (!ours)
        return {database_state::absent, "is empty; its tables are made at start", {}};
    if ((code = ask(held.db, "SELECT number, sha256 FROM rapport_migrations ORDER BY number", list)) !=
        SQLITE_OK)
        return {database_state::absent, "is empty; its tables are made at start", {}};
    std::vector<applied> there;
    for (const auto &row : list)
        there.push_back({std::stoi(row.at(0)), row.at(1)});
    return schema_look(there);
}

database_look sqlite_look(const fs::path &file) {
    if (file == ":memory:")
        return {database_state::unreachable, "is kept in memory: gone with the process",
                "name a file: sqlite:data/rapport.db"};
    std::error_code gone;
    auto folder = fs::absolute(file, gone).parent_path();
    while (!fs::exists(folder, gone) && folder != folder.parent_path())
        folder = folder.parent_path(); // what is missing is made at start
    if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0)
        return {database_state::read_only, fmt::format("{} cannot be written by this user", folder.string()),
                "give it to the user of the service, or name another place under `database`"};
    const auto room = fs::space(folder, gone);
    if (!gone && room.available < least_room)
        return {database_state::read_only, "less than 64 MiB are free beside it",
                "make room on that file system"};
    if (!fs::exists(file, gone))
        return {database_state::absent, "will be made at start", {}};
    if (!fs::is_regular_file(file, gone))
        return {database_state::unreachable, file.string() + " is no file", "name a file under `database`"};
    if (fs::is_empty(file, gone))
        return {database_state::absent, "is empty; its tables are made at start", {}};
    return file_look(file);
}

// --- PostgreSQL

struct answer_of_server {
    std::string ledger; // the table of migrations; "" if there is none
    std::int64_t may_create;
    std::string read_only; // "on" or "off"
};
constexpr statement<answer_of_server> standing{
    "look.standing",
    "SELECT COALESCE(CAST(to_regclass('rapport_migrations') AS TEXT), ''), "
    "CAST(CASE WHEN has_schema_privilege(current_schema(), 'CREATE') THEN 1 ELSE 0 END AS BIGINT), "
    "current_setting('transaction_read_only')"};
constexpr statement<applied> list_of_migrations{
    "look.migrations", "SELECT number, sha256 FROM rapport_migrations ORDER BY number"};

database_look server_look(postgres_session &db) {
    db.begin(isolation::read_committed);
    const auto found = db.all(standing).at(0);
    if (found.read_only == "on")
        return {database_state::read_only, "is connected, and takes no writing (a standby?)",
                "name the primary server under `database`"};
    if (found.ledger.empty()) {
        if (found.may_create == 0)
            return {database_state::read_only, "is connected; this user may make no tables in it",
                    "grant it CREATE on the schema: GRANT CREATE ON SCHEMA public TO the_user"};
        return {database_state::absent, "is connected; its tables are made at start", {}};
    }
    auto seen = schema_look(db.all(list_of_migrations));
    db.roll_back();
    if (seen.can_start())
        seen.says = "is connected, " + seen.says;
    return seen;
}

database_look postgres_look(const std::string &address) {
    try {
        postgres_session db(address);
        return server_look(db);
    } catch (const postgres_slow &) {
        return {database_state::locked, "is connected, but its tables are held by another process",
                "wait for the migration or the backup that holds them, or end it"};
    } catch (const std::exception &e) {
        return {database_state::unreachable, e.what(),
                "start the server, or correct `database` (host, user, name, password)"};
    }
}

} // namespace

database_look look_at(const std::string &database) {
    constexpr std::string_view on_file = "sqlite:";
    try {
        return database.starts_with(on_file) ? sqlite_look(fs::path(database.substr(on_file.size())))
                                             : postgres_look(database);
    } catch (const std::exception &e) {
        return {database_state::unreachable, e.what(), "correct `database`"};
    }
}

} // namespace rapport::storage
