#include "ops/rows/cpu_level.h"

#include <gtest/gtest.h>

namespace icecore::inline v0 {
namespace {

TEST(CpuLevel, TheBestIsTakenWhereNothingIsWanted) {
  EXPECT_EQ(choose_cpu_level(CpuLevel::kV4, ""), CpuLevel::kV4);
  EXPECT_EQ(choose_cpu_level(CpuLevel::kV2, ""), CpuLevel::kV2);
}

TEST(CpuLevel, AWishCanOnlyLowerIt) {
  EXPECT_EQ(choose_cpu_level(CpuLevel::kV4, "v3"), CpuLevel::kV3);
  EXPECT_EQ(choose_cpu_level(CpuLevel::kV3, "v2"), CpuLevel::kV2);
  EXPECT_EQ(choose_cpu_level(CpuLevel::kV2, "v4"), CpuLevel::kV2);
  EXPECT_EQ(choose_cpu_level(CpuLevel::kV2, "v3"), CpuLevel::kV2);
}

TEST(CpuLevel, OtherWishesAreIgnored) {
  EXPECT_EQ(choose_cpu_level(CpuLevel::kV3, "avx2"), CpuLevel::kV3);
}

}  // namespace
}  // namespace icecore::inline v0
