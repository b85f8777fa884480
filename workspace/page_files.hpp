// The files of workspace/page/ as they were when the program was built. The definition is generated
// (page_files.cmake).
#pragma once

#include <span>
#include <string_view>

namespace workspace {

struct page_file {
    std::string_view name; // "app.js"
    std::string_view text;
    std::string_view tag; // of its content, for If-None-Match
};

std::span<const page_file> page_files();

} // namespace workspace
