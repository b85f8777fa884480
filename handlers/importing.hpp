// /program import: a list is pasted, what each row would come to is shown, and the program's name makes it
// so.
#pragma once

#include "handlers/registry.hpp"

#include <string_view>

namespace rapport {

result<answer> import_list(desk &at);    // /program import [program]: the form
result<answer> preview_import(desk &at); // that form; metadata: the slug
result<answer> apply_import(desk &at);   // the preview; metadata: the draft

inline constexpr std::string_view import_form = "import.list", import_confirm_form = "import.confirm";

} // namespace rapport
