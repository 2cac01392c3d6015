# Writes OUTPUT, a C++ source, from FOLDER/NNNN_name.sql. Run at build time, see EmbedMigrations.cmake.
file(GLOB files "${FOLDER}/*.sql")
list(SORT files)
set(expected 1)
set(entries "")
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME_WE)
  if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_([a-z0-9_]+)$")
    message(FATAL_ERROR "${file}: a migration is named NNNN_name.sql (lower case)")
  endif()
  math(EXPR version "1${CMAKE_MATCH_1} - 10000")
  if(NOT version EQUAL expected)
    message(FATAL_ERROR "${file}: expected number ${expected}; migrations are numbered without gaps")
  endif()
  math(EXPR expected "${expected} + 1")
  file(READ "${file}" text)
  string(APPEND entries "    {${version}, \"${name}\", R\"migration(${text})migration\"},\n")
endforeach()
if(expected EQUAL 1)
  message(FATAL_ERROR "${FOLDER} has no migrations")
endif()
file(WRITE "${OUTPUT}" "// Written at build time from db/${DATABASE}/${SERVICE}.
#include <filmoteka/sql/migration.hpp>

#include <span>

namespace filmoteka::${SERVICE} {

std::span<const sql::Migration> ${NAME}_migrations();
std::span<const sql::Migration> ${NAME}_migrations() {
  static constexpr sql::Migration kMigrations[] = {
${entries}  };
  return kMigrations;
}

}  // namespace filmoteka::${SERVICE}
")
