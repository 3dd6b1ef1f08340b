# Libraries from Debian bookworm. Only Snappy and ISA-L are part of libicecore; the rest serve the program and the tests.

find_package(PkgConfig REQUIRED)
find_package(Snappy REQUIRED)
pkg_check_modules(ISAL REQUIRED IMPORTED_TARGET libisal)
find_path(PROTOZERO_INCLUDE_DIR protozero/pbf_writer.hpp REQUIRED)
add_library(protozero INTERFACE)
target_include_directories(protozero SYSTEM INTERFACE ${PROTOZERO_INCLUDE_DIR})

# The runtime library's: oneDNN for convolutions and the like, Eigen's arrays for exp, tanh and their kin, RE2 for the
# ops that take regular expressions.
# (Debian's own dnnl-config.cmake wants OpenCL's headers, which nothing here needs.)
find_path(DNNL_INCLUDE_DIR oneapi/dnnl/dnnl.hpp REQUIRED)
find_library(DNNL_LIBRARY dnnl REQUIRED)
add_library(DNNL::dnnl UNKNOWN IMPORTED)
set_target_properties(DNNL::dnnl PROPERTIES
  IMPORTED_LOCATION ${DNNL_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${DNNL_INCLUDE_DIR})
find_package(Eigen3 REQUIRED NO_MODULE)
# (re2.pc has -pthread, with which no precompiled header was made.)
find_path(RE2_INCLUDE_DIR re2/re2.h REQUIRED)
find_library(RE2_LIBRARY re2 REQUIRED)
add_library(RE2::re2 UNKNOWN IMPORTED)
set_target_properties(RE2::re2 PROPERTIES IMPORTED_LOCATION ${RE2_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${RE2_INCLUDE_DIR})

find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
# Debian's own Python, where it is: the tests need the packages that scripts/setup.sh installs for it.
if(NOT Python3_EXECUTABLE AND EXISTS /usr/bin/python3)
  set(Python3_EXECUTABLE /usr/bin/python3)
endif()
find_package(Python3 REQUIRED COMPONENTS Interpreter)

if(ICECORE_BUILD_TESTS)
  find_package(GTest REQUIRED)
  find_package(Protobuf REQUIRED)
  find_library(LEVELDB_LIBRARY leveldb REQUIRED)
endif()
