// Steps of SQLite's own backup; see sqlite_copy.hpp.
#include "storage/sqlite_copy.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace rapport::storage {

sqlite_copy::sqlite_copy(sqlite_connection &from, std::string path)
    : from_(from.handle()), path_(std::move(path)), half_(path_ + ".part") {
    if (::access(path_.c_str(), F_OK) == 0)
        throw opening_error(
            fmt::format("copy {}: is there already; name a file that is not. Nothing was changed.", path_));
    ::unlink(half_.c_str());
    const int made = ::open(half_.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (made == -1)
        fail(std::strerror(errno));
    ::close(made);
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    const bool opened = sqlite3_open_v2(half_.c_str(), &to_, flags, nullptr) == SQLITE_OK &&
                        sqlite3_exec(to_, "PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF", nullptr, nullptr,
                                     nullptr) == SQLITE_OK;
    under_way_ = opened ? sqlite3_backup_init(to_, "main", from_, "main") : nullptr;
    if (under_way_ == nullptr) {
        const std::string why = to_ != nullptr ? sqlite3_errmsg(to_) : "out of memory";
        close();
        ::unlink(half_.c_str());
        fail(why);
    }
    // Only read through, so closing it later cannot take a lock of SQLite's with it: the copy has none.
    file_ = ::open(half_.c_str(), O_RDONLY | O_CLOEXEC);
}

sqlite_copy::~sqlite_copy() {
    const bool unfinished = to_ != nullptr;
    close();
    if (unfinished)
        ::unlink(half_.c_str());
}

bool sqlite_copy::step(int pages) {
    const int code = sqlite3_backup_step(under_way_, pages);
    if (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED) {
        // begun now and waited for at the end: the last sync would else stand between a batch and its ack
        ::sync_file_range(file_, 0, 0, SYNC_FILE_RANGE_WRITE);
        return false;
    }
    if (code != SQLITE_DONE) {
        const auto source = damage_of(sqlite3_errcode(from_));
        const std::string why = sqlite3_errstr(code);
        if (source == sqlite_damage::fatal)
            throw sqlite_lost(source, "copy: " + why);
        fail(why);
    }
    put_in_place();
    return true;
}

void sqlite_copy::put_in_place() {
    const bool finished = sqlite3_backup_finish(std::exchange(under_way_, nullptr)) == SQLITE_OK;
    const bool synced = finished && ::fsync(file_) == 0;
    const std::string why = finished ? std::strerror(errno) : sqlite3_errmsg(to_);
    if (!synced)
        fail(why);
    close();
    // link, not rename: what came to be there meanwhile is not replaced
    const bool named = ::link(half_.c_str(), path_.c_str()) == 0;
    const std::string refused = std::strerror(errno);
    ::unlink(half_.c_str());
    if (!named)
        fail(refused);
    const auto slash = path_.rfind('/');
    const auto folder = slash == std::string::npos ? "." : path_.substr(0, slash + 1);
    const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool kept = opened != -1 && ::fsync(opened) == 0;
    if (opened != -1)
        ::close(opened);
    if (!kept)
        fail("its folder could not be synced");
}

void sqlite_copy::close() {
    if (under_way_ != nullptr)
        sqlite3_backup_finish(std::exchange(under_way_, nullptr));
    sqlite3_close_v2(std::exchange(to_, nullptr));
    if (file_ != -1)
        ::close(std::exchange(file_, -1));
}

void sqlite_copy::fail(const std::string &why) const {
    throw opening_error(fmt::format("copy {}: cannot be written ({})", path_, why));
}

} // namespace rapport::storage
