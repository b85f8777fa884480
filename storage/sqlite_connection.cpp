// The opening sequence; the reasons are in docs/decisions and reliability's notes on Debian's SQLite 3.40.
#include "storage/sqlite_connection.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rapport::storage {
namespace {

// A descriptor 0-2 that was closed would be given to the database, and a stray print would write into it.
void hold_standard_descriptors() {
    for (int fd = 0; fd <= 2; ++fd)
        if (::fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
            const int null = ::open("/dev/null", O_RDWR); // takes the lowest free number: this one
            if (null > 2)
                ::close(null);
        }
}

// Makes a new file readable by its owner only, and an old one too. The file is never opened here once SQLite
// may have it: closing any descriptor of it would drop SQLite's locks.
void guard_file(const std::string &path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) == -1) {
        if (errno != ENOENT)
            throw opening_error(fmt::format("database {}: {}", path, std::strerror(errno)));
        const int fd = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
        if (fd == -1)
            throw opening_error(fmt::format("database {}: cannot be made ({}). Make its folder, writable by "
                                            "the user rapport runs as.",
                                            path, std::strerror(errno)));
        ::close(fd);
        return;
    }
    if (!S_ISREG(found.st_mode))
        throw opening_error(fmt::format("database {}: is not a file", path));
    if ((found.st_mode & 077) != 0 && ::chmod(path.c_str(), 0600) == -1)
        throw opening_error(fmt::format(
            "database {}: others may read it, and that cannot be changed ({}). Give it to the user "
            "rapport runs as, then chmod 600.",
            path, std::strerror(errno)));
}

// For use between single quotes.
std::string quoted(const std::string &text) {
    std::string out;
    for (const char c : text)
        out += c == '\'' ? std::string("''") : std::string(1, c);
    return out;
}

} // namespace

sqlite_damage damage_of(int code) {
    switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_NOMEM:
    case SQLITE_CANTOPEN:
        return sqlite_damage::retryable;
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_NOLFS:
        return sqlite_damage::fatal;
    default:
        return sqlite_damage::none;
    }
}

sqlite_connection::sqlite_connection(const sqlite_place &where) {
    try {
        open(where);
    } catch (...) {
        sqlite3_close_v2(db_);
        throw;
    }
}

sqlite_connection::~sqlite_connection() {
    sqlite3_close_v2(db_);
}

void sqlite_connection::open(const sqlite_place &where) {
    hold_standard_descriptors();
    if (!where.in_memory() && where.vfs.empty())
        guard_file(where.path);
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                      SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
    const int code =
        sqlite3_open_v2(where.path.c_str(), &db_, flags, where.vfs.empty() ? nullptr : where.vfs.c_str());
    if (code != SQLITE_OK)
        throw opening_error(fmt::format("database {}: cannot be opened ({})", where.path,
                                        db_ ? sqlite3_errmsg(db_) : sqlite3_errstr(code)));
    sqlite3_busy_timeout(db_, static_cast<int>(where.lock_wait.count()));
    // Double quotes name things, as on PostgreSQL; a damaged file cannot run code through its schema.
    sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(db_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    try {
        script("PRAGMA locking_mode=EXCLUSIVE; PRAGMA mmap_size=0; PRAGMA cell_size_check=ON;"
               "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA case_sensitive_like=ON;");
        if (where.in_memory()) {
            script(fmt::format("PRAGMA application_id={}", sqlite_application_id));
            return;
        }
        check_owner(where);
        if (const auto mode = word("PRAGMA journal_mode=WAL"); mode != "wal")
            throw opening_error(fmt::format(
                "database {}: its file system has no write-ahead log (journal mode stays {}). Keep "
                "it on a local disk.",
                where.path, mode));
        script("PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000; PRAGMA journal_size_limit=8388608;");
        check_pages(where);
        // Takes the lock, for as long as we run, and writes whose file this is.
        script(fmt::format("BEGIN EXCLUSIVE; PRAGMA application_id={}; COMMIT", sqlite_application_id));
    } catch (const engine_lost &e) {
        throw opening_error(
            fmt::format("database {}: {}. {}", where.path, e.what(),
                        "If it is damaged, restore a backup; if the disk is full or read-only, "
                        "make room and start again."));
    } catch (const statement_error &e) {
        if ((sqlite3_errcode(db_) & 0xff) == SQLITE_BUSY)
            throw opening_error(
                fmt::format("database {}: is in use by another process. Is rapport running already? One at a "
                            "time; look inside it with rapport's own commands.",
                            where.path));
        throw opening_error(fmt::format("database {}: {}", where.path, e.what()));
    }
}

void sqlite_connection::check_owner(const sqlite_place &where) {
    const auto owner = std::stoll(word("PRAGMA application_id"));
    if (owner == sqlite_application_id)
        return;
    const auto tables = std::stoll(word("SELECT COUNT(*) FROM sqlite_master"));
    if (owner != 0 || tables != 0)
        throw opening_error(fmt::format(
            "database {}: belongs to another application (application id {:#x}, {} tables). Name a "
            "file of Rapport's own. Nothing was changed.",
            where.path, owner, tables));
}

void sqlite_connection::check_pages(const sqlite_place &where) {
    if (const auto found = word("PRAGMA quick_check(1)"); found != "ok")
        throw opening_error(fmt::format(
            "database {}: is damaged ({}). Nothing was changed; restore a backup.", where.path, found));
}

void sqlite_connection::script(const std::string &sql) {
    if (const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr); code != SQLITE_OK)
        fail(code, "script");
}

std::string sqlite_connection::word(const std::string &sql) {
    sqlite3_stmt *query = nullptr;
    int code = sqlite3_prepare_v2(db_, sql.c_str(), -1, &query, nullptr);
    std::string found;
    if (code == SQLITE_OK) {
        code = sqlite3_step(query);
        if (code == SQLITE_ROW)
            if (const auto *text = sqlite3_column_text(query, 0))
                found = reinterpret_cast<const char *>(text);
    }
    sqlite3_finalize(query);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        fail(code, sql);
    return found;
}

void sqlite_connection::leave_log_alone() {
    sqlite3_db_config(db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

void sqlite_connection::fail(int code, std::string_view doing) const {
    const auto why =
        fmt::format("{}: {} (sqlite {})", doing, sqlite3_errmsg(db_), sqlite3_extended_errcode(db_));
    if (const auto damage = damage_of(code); damage != sqlite_damage::none)
        throw sqlite_lost(damage, why);
    throw statement_error(why);
}

// VACUUM INTO does not sync what it writes (and takes only an empty or absent file).
void copy_database(sqlite_connection &from, const std::string &path) {
    const auto half = path + ".part";
    const auto check = [&](bool fine) {
        if (!fine)
            throw opening_error(fmt::format("copy {}: cannot be written ({})", path, std::strerror(errno)));
    };
    check(::unlink(half.c_str()) == 0 || errno == ENOENT);
    const int fd = ::open(half.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    check(fd != -1);
    ::close(fd);
    from.word(fmt::format("VACUUM INTO '{}'", quoted(half)));
    const auto sync = [&](const std::string &what, int flags) {
        const int opened = ::open(what.c_str(), flags | O_CLOEXEC);
        check(opened != -1);
        const bool synced = ::fsync(opened) == 0;
        ::close(opened);
        check(synced);
    };
    sync(half, O_RDONLY);
    check(::rename(half.c_str(), path.c_str()) == 0);
    const auto slash = path.rfind('/');
    sync(slash == std::string::npos ? "." : path.substr(0, slash + 1), O_RDONLY | O_DIRECTORY);
}

} // namespace rapport::storage
