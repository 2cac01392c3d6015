# filmoteka_sqlite_migrations(SERVICE), filmoteka_postgres_migrations(SERVICE): embed db/sqlite/SERVICE/NNNN_name.sql
# and db/postgresql/SERVICE/NNNN_name.sql into filmoteka_SERVICE as
#   namespace filmoteka::SERVICE { std::span<const sql::Migration> sqlite_migrations(); }
#   namespace filmoteka::SERVICE { std::span<const sql::Migration> postgres_migrations(); }
# which the service declares itself. The numbers must be 0001, 0002, … without gaps. Files are never changed once
# released: their checksums are in the databases.
function(filmoteka_sqlite_migrations service)
  filmoteka_embed_migrations(${service} sqlite sqlite)
endfunction()

function(filmoteka_postgres_migrations service)
  filmoteka_embed_migrations(${service} postgresql postgres)
endfunction()

function(filmoteka_embed_migrations service database name)
  set(folder "${CMAKE_SOURCE_DIR}/db/${database}/${service}")
  file(GLOB files CONFIGURE_DEPENDS "${folder}/*.sql")
  set(output "${CMAKE_CURRENT_BINARY_DIR}/generated/${service}_${name}_migrations.cpp")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" "-DFOLDER=${folder}" "-DSERVICE=${service}" "-DDATABASE=${database}" "-DNAME=${name}"
            "-DOUTPUT=${output}" -P "${CMAKE_SOURCE_DIR}/libs/sql/cmake/write_migrations.cmake"
    DEPENDS ${files} "${CMAKE_SOURCE_DIR}/libs/sql/cmake/write_migrations.cmake"
    COMMENT "Embedding db/${database}/${service}"
    VERBATIM)
  target_sources(filmoteka_${service} PRIVATE "${output}")
endfunction()
