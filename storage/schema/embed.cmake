# Turns schema/NNNN_name.sql into one C++ file: cmake -DOUT=... -DDIR=... -P embed.cmake
file(GLOB files ${DIR}/[0-9][0-9][0-9][0-9]_*.sql)
list(SORT files)
set(rows "")
set(count 0)
foreach(file ${files})
  get_filename_component(name ${file} NAME_WE)
  string(SUBSTRING ${name} 0 4 digits)
  string(REGEX REPLACE "^0+" "" number ${digits})
  if(NOT number GREATER count)
    message(FATAL_ERROR "storage/schema: ${name} has the number of another migration; each has its own")
  endif()
  set(count ${number})
  file(READ ${file} sql)
  file(SHA256 ${file} sha)
  string(APPEND rows "    {${number}, \"${name}\", \"${sha}\",\n     R\"~~~(${sql})~~~\"},\n")
endforeach()
file(WRITE ${OUT} "// Generated from storage/schema by embed.cmake: every migration's text and checksum.
#include \"storage/migrations.hpp\"

namespace rapport::storage {

std::span<const migration> shipped_migrations() {
    static constexpr migration shipped[] = {\n${rows}    };
    return shipped;
}

} // namespace rapport::storage
")
