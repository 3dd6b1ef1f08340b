// For which CPUs inner loops are compiled, and which of them runs here.
#pragma once

#include <icecore/export.h>

#include <string_view>

namespace icecore::inline v0 {

// The levels of the x86-64 psABI. Where the compiler builds for something else, kV2 stands for the
// one level there is.
enum class CpuLevel { kV2 = 2, kV3 = 3, kV4 = 4 };

// The best that this CPU has, or what the environment variable ICECORE_CPU_LEVEL says (v2, v3, v4)
// where it is lower: for tests, and to tell whether a level is at fault. Decided once.
ICECORE_API CpuLevel cpu_level();

// The rule behind it: what the CPU has, and the variable's value (empty where it isn't set).
// Anything else in it is ignored.
ICECORE_API CpuLevel choose_cpu_level(CpuLevel best, std::string_view wanted);

}  // namespace icecore::inline v0
