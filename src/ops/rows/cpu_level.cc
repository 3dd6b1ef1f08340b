#include "ops/rows/cpu_level.h"

#include <algorithm>
#include <cstdlib>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace icecore::inline v0 {
namespace {

#if defined(__x86_64__)
CpuLevel best_level() {
  __builtin_cpu_init();
  // What __builtin_cpu_supports knows includes whether the system saves the registers.
  unsigned a = 0, b = 0, c = 0, d = 0, extended = 0;
  if (__get_cpuid(1, &a, &b, &c, &d) == 0) return CpuLevel::kV2;
  const bool half_and_movbe = (c >> 29 & 1) != 0 && (c >> 22 & 1) != 0;
  if (__get_cpuid(0x80000001, &a, &b, &extended, &d) == 0) return CpuLevel::kV2;
  const bool lzcnt = (extended >> 5 & 1) != 0;
  const bool v3 = half_and_movbe && lzcnt && __builtin_cpu_supports("avx2") != 0 &&
                  __builtin_cpu_supports("fma") != 0 && __builtin_cpu_supports("bmi") != 0 &&
                  __builtin_cpu_supports("bmi2") != 0;
  if (!v3) return CpuLevel::kV2;
  const bool v4 =
      __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
      __builtin_cpu_supports("avx512cd") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
      __builtin_cpu_supports("avx512vl") != 0;
  return v4 ? CpuLevel::kV4 : CpuLevel::kV3;
}
#else
CpuLevel best_level() {
  return CpuLevel::kV2;
}
#endif

}  // namespace

CpuLevel choose_cpu_level(CpuLevel best, std::string_view wanted) {
  if (wanted == "v2") return CpuLevel::kV2;
  if (wanted == "v3") return std::min(best, CpuLevel::kV3);
  return best;
}

CpuLevel cpu_level() {
  static const CpuLevel level = [] {
    const char* wanted = std::getenv("ICECORE_CPU_LEVEL");
    return choose_cpu_level(best_level(), wanted == nullptr ? "" : wanted);
  }();
  return level;
}

}  // namespace icecore::inline v0
