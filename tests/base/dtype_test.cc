#include <gtest/gtest.h>
#include <icecore/dtype.h>

namespace icecore::inline v0 {
namespace {

TEST(DType, NamesGoBothWays) {
  for (int number = 0; number <= 23; ++number) {
    const auto dtype = dtype_of_number(number);
    ASSERT_TRUE(dtype) << number;
    EXPECT_EQ(dtype_of_name(dtype_name(*dtype)), dtype);
    EXPECT_EQ(dtype_of_name(dtype_enum_name(*dtype)), dtype);
  }
  EXPECT_EQ(dtype_of_name("float"), std::nullopt);
}

TEST(DType, ReferenceTypesAreTheirTypes) {
  EXPECT_EQ(dtype_of_number(101), DType::kFloat32);
  EXPECT_EQ(dtype_of_number(123), DType::kUInt64);
  EXPECT_EQ(dtype_of_number(100), std::nullopt);
  EXPECT_EQ(dtype_of_number(24), std::nullopt);
  EXPECT_EQ(dtype_of_number(-1), std::nullopt);
}

TEST(DType, HalfAndBfloat16AreTensorFlowsNumbers) {
  EXPECT_EQ(dtype_name(static_cast<DType>(19)), "float16");
  EXPECT_EQ(dtype_enum_name(DType::kFloat16), "DT_HALF");
  EXPECT_EQ(dtype_name(static_cast<DType>(14)), "bfloat16");
}

TEST(DType, ComplexValuesSwapByHalves) {
  EXPECT_EQ(dtype_size(DType::kComplex128), 16u);
  EXPECT_EQ(dtype_swap_unit(DType::kComplex128), 8u);
  EXPECT_EQ(dtype_swap_unit(DType::kFloat64), 8u);
  EXPECT_EQ(dtype_size(DType::kString), 0u);
}

}  // namespace
}  // namespace icecore::inline v0
