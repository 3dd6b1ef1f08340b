# How every target of the project is compiled, and the functions that declare modules and tests.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

if(NOT ICECORE_COLD_BUILD)
  find_program(CCACHE_PROGRAM ccache)
  if(CCACHE_PROGRAM)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  endif()
endif()

add_library(icecore_options INTERFACE)
target_compile_options(icecore_options INTERFACE -Wall -Wextra $<$<BOOL:${ICECORE_WERROR}>:-Werror>)
target_include_directories(icecore_options INTERFACE
  $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/include>
  $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/src>
  $<BUILD_INTERFACE:${CMAKE_BINARY_DIR}/generated>)

# icecore_precompile(TARGET HEADERS [LIBRARIES target …]): in a cold build, cmake/precompiled/HEADERS.h is compiled once for all
# targets that name it, which have the same options. It saves no file an #include: other builds and scripts/tidy.sh go without.
function(icecore_precompile target headers)
  if(NOT ICECORE_COLD_BUILD)
    return()
  endif()
  cmake_parse_arguments(P "" "" "LIBRARIES;OPTIONS" ${ARGN})
  set(precompiled icecore_precompiled_${headers})
  if(NOT TARGET ${precompiled})
    add_library(${precompiled} OBJECT ${CMAKE_SOURCE_DIR}/cmake/precompiled/empty.cc)
    target_link_libraries(${precompiled} PRIVATE icecore_options ${P_LIBRARIES})
    target_precompile_headers(${precompiled} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/precompiled/${headers}.h)
    target_compile_options(${precompiled} PRIVATE ${P_OPTIONS})
    get_target_property(type ${target} TYPE)
    if(type STREQUAL EXECUTABLE)  # Position-independent in another way than a library.
      target_compile_options(${precompiled} PRIVATE -fPIE)
    endif()
  endif()
  # From a precompiled header GCC warns of the standard library's own code, which it leaves alone in system headers; every build
  # without precompiled headers has these warnings as errors.
  set(warnings -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread -Wno-maybe-uninitialized
      -Wno-free-nonheap-object -Wno-dangling-pointer)
  target_compile_options(${target} PRIVATE ${P_OPTIONS} "$<$<CXX_COMPILER_ID:GNU>:${warnings}>")
  target_precompile_headers(${target} REUSE_FROM ${precompiled})
endfunction()

set_property(GLOBAL PROPERTY ICECORE_MODULES)
set_property(GLOBAL PROPERTY ICECORE_RUNTIME_MODULES)

# icecore_module(NAME [RUNTIME] SOURCES a.cc … [DEPENDS module …] [LIBRARIES target …])
# One module of the house as a static library, which tests link; libicecore is made of all their objects,
# libicecore_runtime of those that say RUNTIME.
function(icecore_module name)
  cmake_parse_arguments(M "RUNTIME" "" "SOURCES;DEPENDS;LIBRARIES" ${ARGN})
  add_library(icecore_${name} STATIC ${M_SOURCES})
  target_compile_definitions(icecore_${name} PRIVATE ICECORE_BUILDING)
  target_link_libraries(icecore_${name} PUBLIC icecore_options)
  foreach(module IN LISTS M_DEPENDS)
    target_link_libraries(icecore_${name} PUBLIC icecore_${module})
  endforeach()
  target_link_libraries(icecore_${name} PRIVATE ${M_LIBRARIES})
  icecore_precompile(icecore_${name} standard)
  if(M_RUNTIME)
    set_property(GLOBAL APPEND PROPERTY ICECORE_RUNTIME_MODULES icecore_${name})
  else()
    set_property(GLOBAL APPEND PROPERTY ICECORE_MODULES icecore_${name})
  endif()
endfunction()

# icecore_test(NAME SOURCES a_test.cc … [DEPENDS module …] [LIBRARIES target …])
function(icecore_test name)
  cmake_parse_arguments(T "" "" "SOURCES;DEPENDS;LIBRARIES" ${ARGN})
  add_executable(${name} ${T_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  foreach(module IN LISTS T_DEPENDS)
    target_link_libraries(${name} PRIVATE icecore_${module})
  endforeach()
  target_link_libraries(${name} PRIVATE icecore_options GTest::gtest_main ${T_LIBRARIES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE ICECORE_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data")
  # A test's own code runs once: it isn't made fast.
  set(options -O1)
  if(CMAKE_CXX_FLAGS MATCHES "-fsanitize")
    set(options -O0)
  endif()
  icecore_precompile(${name} tests LIBRARIES GTest::gtest OPTIONS ${options})
  add_test(NAME ${name} COMMAND ${name})
endfunction()
