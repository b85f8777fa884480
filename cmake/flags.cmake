# Warnings and hardening for our own code: every target links rapport_flags.
add_library(rapport_flags INTERFACE)
target_compile_features(rapport_flags INTERFACE cxx_std_20)
target_include_directories(rapport_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(rapport_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wextra-semi
  # g++ 12 at -O2 takes "literal" + string for overlapping memory (GCC bug 105651)
  $<$<AND:$<CONFIG:Release>,$<CXX_COMPILER_ID:GNU>>:-Wno-restrict>
  $<$<BOOL:${RAPPORT_WERROR}>:-Werror>)
target_compile_definitions(rapport_flags INTERFACE
  $<$<CONFIG:Release>:_GLIBCXX_ASSERTIONS> $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2>)

option(RAPPORT_WERROR "Treat warnings as errors" OFF)
set(RAPPORT_SANITIZE "" CACHE STRING "Sanitizers for every target, for example address,undefined")
if(RAPPORT_SANITIZE)
  add_compile_options(-fsanitize=${RAPPORT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${RAPPORT_SANITIZE})
endif()

# A folder's library: rapport_folder(slack SOURCES a.cpp BEAST websocket.cpp LINKS network). Files that instantiate
# Beast go under BEAST: an object library of their own, compiled one at a time.
function(rapport_folder name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS;BEAST")
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC rapport_flags ${arg_LINKS})
  if(arg_BEAST)
    add_library(${name}_beast OBJECT ${arg_BEAST})
    target_link_libraries(${name}_beast PUBLIC rapport_flags ${arg_LINKS})
    set_property(TARGET ${name}_beast PROPERTY JOB_POOL_COMPILE beast)
    target_sources(${name} PRIVATE $<TARGET_OBJECTS:${name}_beast>)
  endif()
endfunction()

# A suite: rapport_suite(mentoring SOURCES ... LINKS ...) builds test_mentoring and registers it with CTest.
function(rapport_suite name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS")
  add_executable(test_${name} ${arg_SOURCES})
  target_link_libraries(test_${name} PRIVATE rapport_flags catch_main ${arg_LINKS})
  add_test(NAME ${name} COMMAND test_${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endfunction()
