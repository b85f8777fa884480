// A file system for SQLite that fails when it is told to and counts its syncs: "sqlite:PATH?vfs=failing".
#pragma once

namespace rapport::storage {

struct failing_files {
    int write_result = 0; // an SQLite result code for every write from now on; 0: writes work
    int sync_result = 0;
    long syncs = 0;                // that were asked for
    long syncs_until_failure = -1; // if not negative: so many more work before sync_result counts
};

// The one there is; the first call registers it. Not for use from several threads at once.
failing_files &the_failing_files();

} // namespace rapport::storage
