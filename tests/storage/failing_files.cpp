// See failing_files.hpp. Each open file is SQLite's own file behind a small head of ours.
#include "tests/storage/failing_files.hpp"

#include <sqlite3.h>

#include <new>

namespace rapport::storage {
namespace {

failing_files faults;
sqlite3_vfs *system_files = nullptr;

struct file {
    sqlite3_file head; // first: SQLite sees only this
    sqlite3_file *real() {
        return reinterpret_cast<sqlite3_file *>(this + 1);
    }
};
file *ours(sqlite3_file *f) {
    return reinterpret_cast<file *>(f);
}
template <auto Method, class... Args>
int pass(sqlite3_file *f, Args... args) {
    auto *real = ours(f)->real();
    return (real->pMethods->*Method)(real, args...);
}

int write(sqlite3_file *f, const void *bytes, int size, sqlite3_int64 at) {
    return faults.write_result ? faults.write_result : pass<&sqlite3_io_methods::xWrite>(f, bytes, size, at);
}
int sync(sqlite3_file *f, int flags) {
    ++faults.syncs;
    const bool fails = faults.sync_result != 0 && faults.syncs_until_failure-- <= 0;
    return fails ? faults.sync_result : pass<&sqlite3_io_methods::xSync>(f, flags);
}

// Version 1: no shared memory and no mapping, which is how the store uses a file anyway.
const sqlite3_io_methods methods = {1,
                                    pass<&sqlite3_io_methods::xClose>,
                                    pass<&sqlite3_io_methods::xRead, void *, int, sqlite3_int64>,
                                    write,
                                    pass<&sqlite3_io_methods::xTruncate, sqlite3_int64>,
                                    sync,
                                    pass<&sqlite3_io_methods::xFileSize, sqlite3_int64 *>,
                                    pass<&sqlite3_io_methods::xLock, int>,
                                    pass<&sqlite3_io_methods::xUnlock, int>,
                                    pass<&sqlite3_io_methods::xCheckReservedLock, int *>,
                                    pass<&sqlite3_io_methods::xFileControl, int, void *>,
                                    pass<&sqlite3_io_methods::xSectorSize>,
                                    pass<&sqlite3_io_methods::xDeviceCharacteristics>,
                                    nullptr,
                                    nullptr,
                                    nullptr,
                                    nullptr,
                                    nullptr,
                                    nullptr};

int open(sqlite3_vfs *, const char *name, sqlite3_file *f, int flags, int *out) {
    auto *mine = ours(f);
    mine->head.pMethods = nullptr;
    const int code = system_files->xOpen(system_files, name, mine->real(), flags, out);
    if (mine->real()->pMethods)
        mine->head.pMethods = &methods;
    return code;
}

} // namespace

failing_files &the_failing_files() {
    static sqlite3_vfs vfs = [] {
        system_files = sqlite3_vfs_find(nullptr);
        sqlite3_vfs made = *system_files;
        made.zName = "failing";
        made.pNext = nullptr;
        made.szOsFile = static_cast<int>(sizeof(file)) + system_files->szOsFile;
        made.xOpen = open;
        return made;
    }();
    static const int registered = sqlite3_vfs_register(&vfs, 0);
    static_cast<void>(registered);
    return faults;
}

} // namespace rapport::storage
