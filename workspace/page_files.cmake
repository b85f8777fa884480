# Writes a .cpp that holds every file of the page as a string: cmake -DOUT=... -DFOLDER=... -P page_files.cmake
file(GLOB names RELATIVE ${FOLDER} ${FOLDER}/*)
list(SORT names)
set(rows "")
foreach(name IN LISTS names)
  file(READ ${FOLDER}/${name} text)
  file(SHA256 ${FOLDER}/${name} hash)
  string(SUBSTRING ${hash} 0 16 tag)
  if("${text}" MATCHES "\\)page~file\"")
    message(FATAL_ERROR "${name} holds the mark that ends a file here")
  endif()
  string(APPEND rows "    {\"${name}\", R\"page~file(${text})page~file\", \"\\\"${tag}\\\"\"},\n")
endforeach()
file(WRITE ${OUT} "// Generated from workspace/page/ by page_files.cmake.
#include \"workspace/page_files.hpp\"

namespace workspace {
namespace {
constexpr page_file files[] = {
${rows}};
} // namespace

std::span<const page_file> page_files() {
    return files;
}
} // namespace workspace
")
