// The two stores on SQLite: one with a thread and a queue for the service, one without for tests and tools.
#pragma once

#include "storage/migrations.hpp"
#include "storage/store.hpp"

#include <memory>
#include <span>

namespace rapport::storage {

// One thread, one connection; a batch is what queued while the last one ran. `known` is the schema: tests
// give their own.
std::unique_ptr<store> open_sqlite_store(store_settings settings,
                                         std::span<const migration> known = shipped_migrations());

// Runs each unit on the caller's thread before write() returns.
std::unique_ptr<store> open_inline_sqlite_store(store_settings settings,
                                                std::span<const migration> known = shipped_migrations());

} // namespace rapport::storage
