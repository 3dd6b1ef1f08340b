#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/tensor_slice.h>

namespace icecore::inline v0 {
namespace {

TEST(TensorSlice, ParsesWhatItPrints) {
  for (const char* text : {"", "-", "0,2:-", "2,2:0,2", "-:-:-", "7,1"}) {
    EXPECT_EQ(to_string(TensorSlice::parse(text)), text);
  }
}

TEST(TensorSlice, RefusesWhatIsNoSlice) {
  for (const char* text : {"0", ":", "0,0", "-1,2", "1,-2", "a,b", "0,2:", "0,2,3", "0, 2"}) {
    EXPECT_THROW(TensorSlice::parse(text), Error) << text;
  }
}

TEST(TensorSlice, AnExplicitExtentThatCoversTheDimensionIsNotAFullOne) {
  EXPECT_NE(TensorSlice::parse("0,4"), TensorSlice::full(1));
  EXPECT_FALSE(TensorSlice::parse("0,4").is_full());
  EXPECT_EQ(TensorSlice::parse("0,4").apply({4}), Shape({4}));
}

TEST(TensorSlice, GivesTheShapeOfItsPart) {
  EXPECT_EQ(TensorSlice::parse("1,2:-").apply({4, 5}), Shape({2, 5}));
  EXPECT_EQ(TensorSlice().apply(Shape()), Shape());
}

TEST(TensorSlice, RefusesToLeaveTheTensor) {
  EXPECT_THROW(TensorSlice::parse("3,2").apply({4}), Error);
  EXPECT_THROW(TensorSlice::parse("5,1").apply({4}), Error);
  EXPECT_THROW(TensorSlice::parse("1,9223372036854775807").apply({4}), Error);
  EXPECT_THROW(TensorSlice::parse("-").apply({4, 4}), Error);
}

TEST(TensorSlice, IntersectsWithinTheTensor) {
  const Shape full({10, 4});
  const TensorSlice a = TensorSlice::parse("2,5:-"), b = TensorSlice::parse("5,5:1,2");
  EXPECT_EQ(to_string(a.intersect(b, full).value()), "5,2:1,2");
  EXPECT_EQ(a.intersect(TensorSlice::parse("7,3:-"), full), std::nullopt);
}

TEST(ShapeAndSlice, ReadsWhatSaveV2Takes) {
  const ShapeAndSlice part = ShapeAndSlice::parse("4 2 0,2:-");
  EXPECT_EQ(part.full_shape, Shape({4, 2}));
  EXPECT_EQ(part.slice.apply(part.full_shape), Shape({2, 2}));
  EXPECT_THROW(ShapeAndSlice::parse("4 2 0,5:-"), Error);
  EXPECT_THROW(ShapeAndSlice::parse("4 x -:-"), Error);
}

}  // namespace
}  // namespace icecore::inline v0
