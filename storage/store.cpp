// Which engine a database setting means.
#include "storage/store.hpp"

#include "storage/postgres_store.hpp"
#include "storage/sqlite_store.hpp"

namespace rapport::storage {
namespace {

bool is_sqlite(const store_settings &settings) {
    return settings.database.starts_with("sqlite:");
}

// "postgres:KEY=VALUE ..." is libpq's own form, for sockets in odd places.
bool is_postgres(const store_settings &settings) {
    return settings.database.starts_with("postgres:") || settings.database.starts_with("postgresql:");
}

[[noreturn]] void refuse(const store_settings &settings) {
    // An address may hold a password: only what stands before the colon is repeated.
    throw opening_error("database \"" + settings.database.substr(0, settings.database.find(':')) +
                        ":...\": is none that rapport knows; write sqlite:PATH or postgres://...");
}

} // namespace

std::unique_ptr<store> open_store(store_settings settings) {
    if (is_sqlite(settings))
        return open_sqlite_store(std::move(settings));
    if (is_postgres(settings))
        return open_postgres_store(std::move(settings));
    refuse(settings);
}

std::unique_ptr<store> open_inline_store(store_settings settings) {
    if (is_sqlite(settings))
        return open_inline_sqlite_store(std::move(settings));
    if (is_postgres(settings))
        return open_inline_postgres_store(std::move(settings));
    refuse(settings);
}

} // namespace rapport::storage
