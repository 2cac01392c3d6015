# When the package filmoteka-web is made: its copyright file, with the licences of the npm packages that are part of the app.
set(root "${CMAKE_CURRENT_LIST_DIR}/../..")
file(READ "${root}/deploy/debian/copyright-web" text)
foreach(package IN ITEMS vue vue-router vue-i18n reka-ui @tanstack/vue-query openapi-fetch workbox-window tailwindcss redoc
        @fontsource-variable/golos-text @fontsource-variable/unbounded)
  file(READ "${root}/web/node_modules/${package}/LICENSE" licence)
  string(APPEND text "\n\n${package}\n\n${licence}")
endforeach()
set(folder "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/share/doc/filmoteka-web")
file(WRITE "${folder}/copyright" "${text}")
