# Bundles web/elements and web/styles with esbuild (npm, pinned in web/package-lock.json) into build/web.
find_program(NODE node REQUIRED)
set(KPUHUB_WEB_OUTPUTS ${CMAKE_BINARY_DIR}/web/app.js ${CMAKE_BINARY_DIR}/web/app.css
    ${CMAKE_BINARY_DIR}/web/public.css ${CMAKE_BINARY_DIR}/web/chart.js)
file(GLOB_RECURSE KPUHUB_WEB_INPUTS CONFIGURE_DEPENDS web/elements/*.ts web/styles/*.css)
add_custom_command(OUTPUT ${KPUHUB_WEB_OUTPUTS}
    COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/web/build.mjs ${CMAKE_BINARY_DIR}/web
    DEPENDS ${KPUHUB_WEB_INPUTS} ${CMAKE_SOURCE_DIR}/web/build.mjs ${CMAKE_SOURCE_DIR}/web/package.json
    COMMENT "bundle web" VERBATIM)
add_custom_target(kpuhub_web DEPENDS ${KPUHUB_WEB_OUTPUTS})
