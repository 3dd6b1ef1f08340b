#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/shape.h>

#include <array>
#include <utility>

namespace icecore::inline v0 {
namespace {

TEST(Shape, CountsElements) {
  EXPECT_EQ(Shape().num_elements(), 1);
  EXPECT_EQ(Shape({2, 3}).num_elements(), 6);
  EXPECT_EQ(Shape({2, -1}).num_elements(), std::nullopt);
  EXPECT_EQ(Shape::unknown_rank().num_elements(), std::nullopt);
}

TEST(Shape, AnEmptyDimensionWinsOverAnOverflow) {
  constexpr std::int64_t kHuge = std::int64_t{1} << 62;
  EXPECT_EQ(Shape({kHuge, kHuge}).num_elements(), std::nullopt);
  EXPECT_EQ(Shape({kHuge, kHuge, 0}).num_elements(), 0);
}

TEST(Shape, PrintsUnknownsAsQuestionMarks) {
  EXPECT_EQ(to_string(Shape()), "[]");
  EXPECT_EQ(to_string(Shape({-1, 224, 224, 3})), "[?,224,224,3]");
  EXPECT_EQ(to_string(Shape::unknown_rank()), "<unknown>");
}

TEST(Shape, RefusesDimensionsBelowMinusOne) {
  EXPECT_THROW(Shape({-2}), Error);
}

TEST(Shape, AScalarIsNotAnUnknownRank) {
  EXPECT_NE(Shape(), Shape::unknown_rank());
}

TEST(Shape, CopiesAndMovesKeepFewAndManyDimensions) {
  const std::array<Shape, 5> shapes = {Shape(), Shape({7}), Shape({1, 2, 3, 4}),
                                       Shape({1, 2, 3, 4, 5, 6}), Shape::unknown_rank()};
  for (const Shape& from : shapes) {
    for (const Shape& before : shapes) {
      Shape to = before;
      to = from;
      EXPECT_EQ(to, from) << to_string(before);
      Shape moved = before;
      moved = std::move(to);
      EXPECT_EQ(moved, from) << to_string(before);
      const Shape made = std::move(moved);
      EXPECT_EQ(made, from) << to_string(before);
      EXPECT_EQ(made == before, &from == &before) << to_string(made) << to_string(before);
    }
  }
}

}  // namespace
}  // namespace icecore::inline v0
