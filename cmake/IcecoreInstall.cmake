# What `cmake --install` puts where: the library with its headers, CMake package and pkg-config file, and the program.
include(CMakePackageConfigHelpers)

set(ICECORE_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/icecore)

install(TARGETS icecore_library icecore_runtime_library EXPORT icecore
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library NAMELINK_COMPONENT development)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/icecore DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development
        FILES_MATCHING PATTERN "*.h")
install(FILES ${CMAKE_BINARY_DIR}/generated/icecore/ops.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/icecore
        COMPONENT development)
install(EXPORT icecore NAMESPACE icecore:: FILE icecoreTargets.cmake DESTINATION ${ICECORE_PACKAGE_DIR}
        COMPONENT development)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/generated/icecoreConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/icecoreConfig.cmake.in
                              ${CMAKE_BINARY_DIR}/generated/icecoreConfig.cmake
                              INSTALL_DESTINATION ${ICECORE_PACKAGE_DIR})
install(FILES ${CMAKE_BINARY_DIR}/generated/icecoreConfig.cmake ${CMAKE_BINARY_DIR}/generated/icecoreConfigVersion.cmake
        DESTINATION ${ICECORE_PACKAGE_DIR} COMPONENT development)

# Paths relative to the file's own place, so that an installed tree can be moved.
file(RELATIVE_PATH ICECORE_PC_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
foreach(package icecore icecore_runtime)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/${package}.pc.in ${CMAKE_BINARY_DIR}/generated/${package}.pc @ONLY)
  install(FILES ${CMAKE_BINARY_DIR}/generated/${package}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
          COMPONENT development)
endforeach()

# The program finds the library beside it wherever the two were put.
file(RELATIVE_PATH ICECORE_BIN_TO_LIB /${CMAKE_INSTALL_BINDIR} /${CMAKE_INSTALL_LIBDIR})
set_target_properties(icecore_program PROPERTIES INSTALL_RPATH "$ORIGIN/${ICECORE_BIN_TO_LIB}")
set_target_properties(icecore_runtime_library PROPERTIES INSTALL_RPATH "$ORIGIN")
install(TARGETS icecore_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT library)
