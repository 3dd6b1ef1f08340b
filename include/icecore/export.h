// Marks what libicecore gives away: everything else in the shared library is hidden.
#pragma once

#if __cplusplus < 202002L
#error "Icecore's headers need C++20: compile with -std=c++20"
#endif

#if defined(ICECORE_BUILDING)
#define ICECORE_API __attribute__((visibility("default")))
#else
#define ICECORE_API
#endif
