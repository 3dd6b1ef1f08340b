// Marks what libicecore gives away: everything else in the shared library is hidden.
#pragma once

#if defined(ICECORE_BUILDING)
#define ICECORE_API __attribute__((visibility("default")))
#else
#define ICECORE_API
#endif
