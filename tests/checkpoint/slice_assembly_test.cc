#include "checkpoint/slice_assembly.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include <numeric>
#include <random>

namespace icecore::inline v0 {
namespace {

std::vector<TensorSlice> slices(std::initializer_list<const char*> texts) {
  std::vector<TensorSlice> all;
  for (const char* text : texts) all.push_back(TensorSlice::parse(text));
  return all;
}

Code refusal(const Shape& full, const std::vector<TensorSlice>& stored, const TensorSlice& target) {
  try {
    const auto chosen = parts_of(full, stored, target, "w");
    std::vector<TensorSlice> parts;
    for (const std::size_t i : chosen) parts.push_back(stored[i]);
    check_cover(full, parts, target, "w");
  } catch (const Error& error) {
    return error.code();
  }
  return Code{};
}

TEST(Slices, ChoosesThePartsThatAreNeeded) {
  const Shape full{4, 2};
  const auto stored = slices({"0,2:0,2", "2,2:0,1", "2,2:1,1"});
  EXPECT_EQ(parts_of(full, stored, TensorSlice::parse("-:-"), "w"),
            (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(parts_of(full, stored, TensorSlice::parse("3,1:1,1"), "w"),
            (std::vector<std::size_t>{2}));
  EXPECT_EQ(parts_of(full, stored, TensorSlice::parse("1,2:0,1"), "w"),
            (std::vector<std::size_t>{0, 1}));
}

TEST(Slices, ThatDontCoverAreInvalid) {
  EXPECT_EQ(refusal({4}, slices({"0,2"}), TensorSlice::full(1)), Code::kInvalidArgument);
  EXPECT_EQ(refusal({4}, {}, TensorSlice::full(1)), Code::kInvalidArgument);
  EXPECT_EQ(refusal({4}, slices({"0,2"}), TensorSlice::parse("0,2")), Code{});
  EXPECT_EQ(refusal({0, 5}, {}, TensorSlice::full(2)), Code{});
}

TEST(Slices, ThatOverlapAreDamage) {
  EXPECT_EQ(refusal({4}, slices({"0,3", "2,2"}), TensorSlice::full(1)), Code::kDataLoss);
  EXPECT_EQ(refusal({4}, slices({"-", "-"}), TensorSlice::full(1)), Code::kDataLoss);
  // As many elements as the whole has, but one twice and one not at all.
  EXPECT_EQ(refusal({2, 2}, slices({"0,1:-", "0,2:1,1"}), TensorSlice::full(2)), Code::kDataLoss);
  EXPECT_EQ(refusal({200, 2}, slices({"0,100:-", "50,100:-"}), TensorSlice::full(2)),
            Code::kDataLoss);
}

TEST(Slices, AreTheSameRegionHoweverTheyAreWritten) {
  EXPECT_TRUE(same_region(TensorSlice::parse("0,4:-"), TensorSlice::parse("-:0,2"), {4, 2}));
  EXPECT_FALSE(same_region(TensorSlice::parse("0,3:-"), TensorSlice::parse("-:0,2"), {4, 2}));
}

// Element by element, the slow way.
TEST(Slices, AreCopiedElementByElementRight) {
  std::mt19937 random(5);
  for (int round = 0; round < 500; ++round) {
    const int rank = static_cast<int>(random() % 4);
    std::vector<std::int64_t> dims;
    std::vector<TensorSlice::Extent> a, b;
    for (int i = 0; i < rank; ++i) {
      const auto dim = static_cast<std::int64_t>(1 + random() % 5);
      dims.push_back(dim);
      for (auto* extents : {&a, &b}) {
        if (random() % 3 == 0) {
          extents->push_back({});
          continue;
        }
        const auto start = static_cast<std::int64_t>(random() % static_cast<unsigned>(dim));
        extents->push_back(
            {start, 1 + static_cast<std::int64_t>(random() % static_cast<unsigned>(dim - start))});
      }
    }
    const Shape full(dims);
    const TensorSlice from(a), to(b);
    const auto elements = [&](const TensorSlice& slice) {
      return static_cast<std::size_t>(*slice.apply(full).num_elements());
    };
    // Where an element of the whole lies in a slice; nothing where it doesn't.
    const auto place = [&](const TensorSlice& slice,
                           const std::vector<std::int64_t>& at) -> std::optional<std::size_t> {
      const Shape shape = slice.apply(full);
      std::size_t index = 0;
      for (std::size_t i = 0; i < at.size(); ++i) {
        const std::int64_t inside = at[i] - slice.extents()[i].start;
        if (inside < 0 || inside >= shape.dim(static_cast<int>(i))) return std::nullopt;
        index = index * static_cast<std::size_t>(shape.dim(static_cast<int>(i))) +
                static_cast<std::size_t>(inside);
      }
      return index;
    };
    std::vector<int> part(elements(from)), expected(elements(to), -1), target(elements(to), -1);
    std::iota(part.begin(), part.end(), 0);
    for (std::int64_t i = 0; i < *full.num_elements(); ++i) {
      std::vector<std::int64_t> at(dims.size());
      std::int64_t rest = i;
      for (std::size_t d = dims.size(); d-- > 0; rest /= dims[d]) at[d] = rest % dims[d];
      const auto in_part = place(from, at), in_target = place(to, at);
      if (in_part && in_target) expected[*in_target] = part[*in_part];
    }
    copy_shared(full, from, std::as_bytes(std::span(part)), to,
                std::as_writable_bytes(std::span(target)), sizeof(int));
    ASSERT_EQ(target, expected) << to_string(full) << " " << to_string(from) << " to "
                                << to_string(to);
  }
}

}  // namespace
}  // namespace icecore::inline v0
