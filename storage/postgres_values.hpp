// How values cross the wire to PostgreSQL and back, as text: the one place that knows its type numbers.
#pragma once

#include "storage/statement.hpp"

#include <string>

struct pg_result;

namespace rapport::storage {

// The type number an argument of this kind is declared with.
unsigned postgres_type(column_kind kind);

// An argument as text; meaningless for NULL.
std::string postgres_text(const value &v);

// One column of a row. SUM of BIGINT, which is NUMERIC there, comes back as the whole number it is; booleans
// as 0 and 1, as on SQLite. Throws std::logic_error for a type no statement should return.
value postgres_value(const pg_result *rows, int row, int column);

} // namespace rapport::storage
