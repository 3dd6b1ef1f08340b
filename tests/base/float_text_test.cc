#include "base/float_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace icecore {
namespace {

// Expected values are what Python 3.7 prints.
TEST(FloatText, ADoubleIsPrintedAsPythonsRepr) {
  EXPECT_EQ(python_repr(0.1), "0.1");
  EXPECT_EQ(python_repr(1.0), "1.0");
  EXPECT_EQ(python_repr(-2.5), "-2.5");
  EXPECT_EQ(python_repr(123.456), "123.456");
  EXPECT_EQ(python_repr(1574000000.25), "1574000000.25");
  EXPECT_EQ(python_repr(1574000001.0), "1574000001.0");
  EXPECT_EQ(python_repr(1573999999.1234567), "1573999999.1234567");
  EXPECT_EQ(python_repr(0.1f), "0.10000000149011612");
  EXPECT_EQ(python_repr(1e30f), "1.0000000150474662e+30");
  EXPECT_EQ(python_repr(1e-8f), "9.99999993922529e-09");
}

TEST(FloatText, AnExponentStandsWherePythonPutsOne) {
  EXPECT_EQ(python_repr(1e-4), "0.0001");
  EXPECT_EQ(python_repr(1.5e-4), "0.00015");
  EXPECT_EQ(python_repr(1e-5), "1e-05");
  EXPECT_EQ(python_repr(1.25e-5), "1.25e-05");
  EXPECT_EQ(python_repr(1e15), "1000000000000000.0");
  EXPECT_EQ(python_repr(1234567890123456.0), "1234567890123456.0");
  EXPECT_EQ(python_repr(1e16), "1e+16");
  EXPECT_EQ(python_repr(1.5e300), "1.5e+300");
  EXPECT_EQ(python_repr(5e-324), "5e-324");
}

TEST(FloatText, ZerosAndWhatIsNoNumber) {
  EXPECT_EQ(python_repr(0.0), "0.0");
  EXPECT_EQ(python_repr(-0.0), "-0.0");
  EXPECT_EQ(python_repr(std::numeric_limits<double>::infinity()), "inf");
  EXPECT_EQ(python_repr(-std::numeric_limits<double>::infinity()), "-inf");
  EXPECT_EQ(python_repr(std::nan("")), "nan");
  EXPECT_EQ(shortest_float(-0.0f), "-0.0");
  EXPECT_EQ(shortest_float(-std::numeric_limits<float>::infinity()), "-inf");
  EXPECT_EQ(shortest_float(std::nanf("")), "nan");
}

TEST(FloatText, AFloatHasTheDigitsThatTellItFromOtherFloats) {
  EXPECT_EQ(shortest_float(0.1f), "0.1");
  EXPECT_EQ(shortest_float(123456789.0f), "123456790.0");
  EXPECT_EQ(shortest_float(1e-8f), "1e-08");
  EXPECT_EQ(shortest_float(std::numeric_limits<float>::max()), "3.4028235e+38");
  EXPECT_EQ(shortest_float(16777216.0f), "16777216.0");
  EXPECT_EQ(shortest_float(1.0f / 3), "0.33333334");
}

// protobuf starts with six digits, also where fewer would do.
TEST(FloatText, ADenormalHasSixDigits) {
  EXPECT_EQ(shortest_float(std::numeric_limits<float>::denorm_min()), "1.4013e-45");
}

}  // namespace
}  // namespace icecore
