// The image of an empty database with the whole schema: the second database in memory starts from it instead
// of running every CREATE again. Tests open thousands.
#pragma once

#include "storage/migrations.hpp"
#include "storage/sqlite_connection.hpp"

#include <span>

namespace rapport::storage {

// Fills an empty database in memory from the image made for the same migrations and time; false, and nothing
// changed, if there is none.
bool fill_from_image(sqlite_connection &empty, std::span<const migration> known, instant opened_at);

// Keeps the image of a database that was migrated and holds nothing else; the one before it is dropped.
void keep_image(sqlite_connection &migrated, std::span<const migration> known, instant opened_at);

} // namespace rapport::storage
