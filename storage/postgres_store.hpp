// The store on PostgreSQL: workers with a connection each, one unit a transaction, run again on collisions.
// Several processes may share one database.
#pragma once

#include "storage/migrations.hpp"
#include "storage/store.hpp"

#include <memory>
#include <span>

namespace rapport::storage {

// Opens, migrates under a lock that other processes respect, and starts the workers. Throws opening_error.
std::unique_ptr<store> open_postgres_store(store_settings settings,
                                           std::span<const migration> known = shipped_migrations());

// One worker's worth of the same on the caller's thread, for command-line verbs.
std::unique_ptr<store> open_inline_postgres_store(store_settings settings,
                                                  std::span<const migration> known = shipped_migrations());

} // namespace rapport::storage
