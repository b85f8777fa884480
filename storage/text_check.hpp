// What neither engine may be given: text with a NUL or broken UTF-8 (PostgreSQL refuses both, SQLite would
// cut or keep them), numbers that are none. Checked once for both engines, before either sees it.
#pragma once

#include "storage/session.hpp"

#include <string_view>

namespace rapport::storage {

// Well-formed UTF-8: no stray or overlong bytes, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

// Throws statement_error that names the statement and the argument, never its value.
void refuse_unstorable(const call &what);

} // namespace rapport::storage
