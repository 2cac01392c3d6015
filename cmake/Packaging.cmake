# Debian packages, by `cpack`: one for each service, one for the all-in-one program, and what they share
# (docs/install-debian.md). Everything that is installed is named here; the files are in deploy/debian and deploy/systemd.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)  # packing never builds: what is packed was built before
set(packaging "${CMAKE_BINARY_DIR}/packaging")

set(CPACK_GENERATOR DEB)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)
set(CPACK_SET_DESTDIR ON)  # some files are outside of the prefix: /etc, /lib/systemd
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_STRIP_FILES ON)  # the debug symbols stay in the build folder: the build id says which program is whose
# A role and a domain that cannot exist (RFC 2606): who hands packages on says so with `cpack -D CPACK_PACKAGE_CONTACT=…`.
set(CPACK_PACKAGE_CONTACT "Filmoteka developers <developers@filmoteka.invalid>")
set(CPACK_COMPONENTS_ALL web sources)

# filmoteka_package(COMPONENT NAME DESCRIPTION): what all packages have: a name, copyright, changelog.
function(filmoteka_package component name description)
  string(TOUPPER "${component}" id)
  set(CPACK_DEBIAN_${id}_PACKAGE_NAME "${name}" PARENT_SCOPE)
  set(CPACK_COMPONENT_${id}_DESCRIPTION "${description}" PARENT_SCOPE)
  set(changelog "${packaging}/${name}/changelog.Debian.gz")
  file(MAKE_DIRECTORY "${packaging}/${name}")
  execute_process(COMMAND gzip -9nc "${CMAKE_SOURCE_DIR}/deploy/debian/changelog" OUTPUT_FILE "${changelog}"
                  COMMAND_ERROR_IS_FATAL ANY)
  install(FILES "${changelog}" DESTINATION "share/doc/${name}" COMPONENT ${component})
endfunction()

# filmoteka_program_package(COMPONENT SETTINGS MANUAL PURGE STARTS DESCRIPTION): a program with its unit, settings, man page.
# PURGE: the shell command that removes its data. STARTS: whether it is enabled and started when it is installed.
function(filmoteka_program_package component settings manual PURGE_DATA STARTS_AT_INSTALLATION description)
  set(name "${component}")
  string(TOUPPER "${component}" id)
  string(REGEX REPLACE "\n.*" "" SUMMARY "${description}")
  set(UNIT_NAME "${name}")
  set(UNIT "${name}.service")
  file(STRINGS "${CMAKE_SOURCE_DIR}/deploy/systemd/${UNIT}" OTHERS REGEX "^Conflicts=")
  string(REPLACE "Conflicts=" "" OTHERS "${OTHERS}")
  set(SETTINGS "${settings}")
  set(scripts "${packaging}/${name}")
  foreach(script IN ITEMS postinst prerm postrm)
    configure_file("${CMAKE_SOURCE_DIR}/deploy/debian/${script}.in" "${scripts}/${script}" @ONLY
                   FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
  endforeach()
  file(WRITE "${scripts}/conffiles" "/etc/filmoteka/${settings}\n")
  set(CPACK_DEBIAN_${id}_PACKAGE_CONTROL_EXTRA
      "${scripts}/postinst;${scripts}/prerm;${scripts}/postrm;${scripts}/conffiles" PARENT_SCOPE)
  set(CPACK_DEBIAN_${id}_PACKAGE_DEPENDS
      "init-system-helpers (>= 1.52), systemd | systemd-standalone-sysusers | systemd-sysusers" PARENT_SCOPE)

  execute_process(COMMAND gzip -9nc "${CMAKE_SOURCE_DIR}/deploy/debian/man/${name}.${manual}"
                  OUTPUT_FILE "${scripts}/${name}.${manual}.gz" COMMAND_ERROR_IS_FATAL ANY)
  install(TARGETS ${name} RUNTIME DESTINATION bin COMPONENT ${component})
  install(FILES "${scripts}/${name}.${manual}.gz" DESTINATION "share/man/man${manual}" COMPONENT ${component})
  install(FILES "${CMAKE_SOURCE_DIR}/deploy/debian/copyright" DESTINATION "share/doc/${name}" COMPONENT ${component})
  install(FILES "${CMAKE_SOURCE_DIR}/deploy/debian/settings/${settings}" DESTINATION /etc/filmoteka COMPONENT ${component})
  install(FILES "${CMAKE_SOURCE_DIR}/deploy/systemd/${UNIT}" DESTINATION /lib/systemd/system COMPONENT ${component})
  install(FILES "${CMAKE_SOURCE_DIR}/deploy/systemd/sysusers.conf" DESTINATION /usr/lib/sysusers.d RENAME "${name}.conf"
          COMPONENT ${component})
  filmoteka_package(${component} ${name} "${description}")
  foreach(variable IN ITEMS CPACK_DEBIAN_${id}_PACKAGE_NAME CPACK_COMPONENT_${id}_DESCRIPTION)
    set(${variable} "${${variable}}" PARENT_SCOPE)
  endforeach()
  set(CPACK_COMPONENTS_ALL ${CPACK_COMPONENTS_ALL} ${component} PARENT_SCOPE)
endfunction()

filmoteka_package(web filmoteka-web "web app of the Filmoteka film catalogue
The pages that the gateway of Filmoteka serves: search, filters and films, in
Russian and English.")
set(CPACK_DEBIAN_WEB_PACKAGE_ARCHITECTURE all)
install(DIRECTORY web/dist/ DESTINATION share/filmoteka/web COMPONENT web)
filmoteka_package(sources filmoteka-sources "sources of the Filmoteka film catalogue
One YAML file for each source that the scraper of Filmoteka knows, and the
films of a first run.")
set(CPACK_DEBIAN_SOURCES_PACKAGE_ARCHITECTURE all)
install(DIRECTORY sources/ DESTINATION share/filmoteka/sources COMPONENT sources)
install(FILES web/node_modules/vega-datasets/data/movies.json DESTINATION share/filmoteka/starter COMPONENT sources)
install(SCRIPT deploy/debian/move_starter.cmake COMPONENT sources)
install(FILES deploy/debian/copyright-sources DESTINATION share/doc/filmoteka-sources RENAME copyright COMPONENT sources)
# The npm packages, whose licences it holds, need not be there when CMake configures.
install(SCRIPT deploy/debian/copyright_of_web.cmake COMPONENT web)

# Settings decide what a service of several is: it starts when its operator says so. The all-in-one program starts at once.
filmoteka_program_package(filmoteka-gateway gateway.yaml 8 ":" false "public door of the Filmoteka film catalogue
The gateway of Filmoteka: API, response cache, rate limits, load balancing over
metadata services, and the web app. For installations on several machines; the
package filmoteka runs everything in one process.")
filmoteka_program_package(filmoteka-metadata metadata.yaml 8 "rm -rf /var/lib/filmoteka/metadata" false
"films of the Filmoteka film catalogue
The metadata service of Filmoteka: stores the films in SQLite or PostgreSQL and
answers searches, filters and pages from memory. For installations on several
machines; the package filmoteka runs everything in one process.")
filmoteka_program_package(filmoteka-scraper scraper.yaml 8 "rm -rf /var/lib/filmoteka/scraper" false
"collector of the Filmoteka film catalogue
The scraper of Filmoteka: collects films from sources, cleans them and hands
them to metadata services. For installations on several machines; the package
filmoteka runs everything in one process.")
# The folders metadata and scraper belong to the packages of those names.
filmoteka_program_package(filmoteka filmoteka.yaml 1
"[ ! -d /var/lib/filmoteka ] || find /var/lib/filmoteka -mindepth 1 -maxdepth 1 ! -name metadata ! -name scraper -exec rm -rf {} +"
true "film catalogue that fills itself, in one process
Filmoteka collects film metadata from Rutube and other sources, keeps one clean
catalogue of it and serves it to a web front end. This package runs all of it
in one process, and has the command line: import, export, backup, sources.")
# What collects films over HTTPS has to know whom to trust.
string(APPEND CPACK_DEBIAN_FILMOTEKA_PACKAGE_DEPENDS ", ca-certificates")
string(APPEND CPACK_DEBIAN_FILMOTEKA-SCRAPER_PACKAGE_DEPENDS ", ca-certificates")
set(CPACK_COMPONENT_FILMOTEKA-GATEWAY_DEPENDS web)
set(CPACK_COMPONENT_FILMOTEKA-SCRAPER_DEPENDS sources)
set(CPACK_COMPONENT_FILMOTEKA_DEPENDS web sources)
set(CPACK_DEBIAN_FILMOTEKA-SCRAPER_PACKAGE_SUGGESTS "chromium, chromium-driver")
set(CPACK_DEBIAN_FILMOTEKA_PACKAGE_SUGGESTS "chromium, chromium-driver, postgresql-client")

include(CPack)
