#include "ops/strided/strided_loop.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "base/thread_pool.h"

namespace icecore::inline v0 {
namespace {

using Dims = std::vector<std::int64_t>;

// Works with any strides, unlike the rows of ops/rows.
void add_row(const Row& row) {
  for (std::int64_t i = 0; i < row.count; ++i) {
    const auto x = *reinterpret_cast<const std::int32_t*>(row.in[0] + i * row.in_stride[0]);
    const auto y = *reinterpret_cast<const std::int32_t*>(row.in[1] + i * row.in_stride[1]);
    *reinterpret_cast<std::int32_t*>(row.out + i * row.out_stride) = x + y;
  }
}

StridedLoop loop_of(const Shape& out, const Shape& x, const Shape& y) {
  const std::array<SpreadOperand, 2> operands = {SpreadOperand{x, 4}, SpreadOperand{y, 4}};
  return StridedLoop::spreading(out, 4, operands);
}

std::vector<std::int32_t> counting(const Shape& shape, std::int32_t step) {
  std::vector<std::int32_t> values(static_cast<std::size_t>(shape.num_elements().value()));
  std::int32_t next = 0;
  for (std::int32_t& value : values) value = (next += step);
  return values;
}

// The value at a position of the output, by the rules of broadcasting.
std::int32_t at(const std::vector<std::int32_t>& values, const Shape& shape, const Shape& out,
                std::int64_t position) {
  std::int64_t index = 0, step = 1;
  for (int i = 1; i <= out.rank(); ++i) {
    const std::int64_t coordinate = position % out.dim(out.rank() - i);
    position /= out.dim(out.rank() - i);
    if (i > shape.rank()) continue;
    if (shape.dim(shape.rank() - i) != 1) index += coordinate * step;
    step *= shape.dim(shape.rank() - i);
  }
  return values[static_cast<std::size_t>(index)];
}

TEST(StridedLoop, DenseOperandsAreOneRow) {
  EXPECT_EQ(loop_of({2, 3, 4}, {2, 3, 4}, {2, 3, 4}).dims(), Dims{24});
  EXPECT_EQ(loop_of({2, 3, 4}, {2, 3, 4}, {}).dims(), Dims{24});
  EXPECT_EQ(loop_of({2, 3, 4}, {2, 3, 4}, {3, 4}).dims(), (Dims{2, 12}));
  EXPECT_EQ(loop_of({2, 3, 4}, {2, 3, 4}, {2, 1, 1}).dims(), (Dims{2, 12}));
  EXPECT_EQ(loop_of({1, 1}, {1, 1}, {1}).dims(), Dims{});
}

TEST(StridedLoop, EveryPartOfALoopGivesItsPartOfTheAnswer) {
  const Shape out{2, 3, 2, 4, 3};
  const std::vector<std::pair<Shape, Shape>> pairs = {
      {{2, 3, 2, 4, 3}, {}},           {{2, 3, 2, 4, 3}, {3}},
      {{2, 3, 2, 4, 1}, {4, 3}},       {{2, 1, 2, 1, 3}, {3, 1, 4, 1}},
      {{3, 1, 4, 3}, {2, 1, 2, 1, 1}}, {{2, 3, 2, 4, 3}, {2, 3, 1, 1, 3}}};
  for (const auto& [x_shape, y_shape] : pairs) {
    SCOPED_TRACE(to_string(x_shape) + " and " + to_string(y_shape));
    const std::vector<std::int32_t> x = counting(x_shape, 1), y = counting(y_shape, 1000);
    const StridedLoop loop = loop_of(out, x_shape, y_shape);
    const std::array<const std::byte*, 2> in = {reinterpret_cast<const std::byte*>(x.data()),
                                                reinterpret_cast<const std::byte*>(y.data())};
    ASSERT_EQ(loop.count(), 144);
    for (const std::int64_t part : {1, 5, 12, 144}) {
      std::vector<std::int32_t> sums(144, -1);
      for (std::int64_t begin = 0; begin < 144; begin += part) {
        loop.walk(begin, std::min<std::int64_t>(begin + part, 144),
                  reinterpret_cast<std::byte*>(sums.data()), in, add_row, nullptr);
      }
      for (std::int64_t i = 0; i < 144; ++i) {
        ASSERT_EQ(sums[static_cast<std::size_t>(i)],
                  at(x, x_shape, out, i) + at(y, y_shape, out, i))
            << i;
      }
    }
  }
}

TEST(StridedLoop, ThreadsShareALongLoop) {
  constexpr std::int64_t kRows = 300, kColumns = 1000;
  const std::vector<std::int32_t> x = counting({kRows, kColumns}, 1), y = counting({kColumns}, 3);
  std::vector<std::int32_t> sums(x.size(), -1);
  const std::array<const std::byte*, 2> in = {reinterpret_cast<const std::byte*>(x.data()),
                                              reinterpret_cast<const std::byte*>(y.data())};
  ThreadPool threads(3);
  loop_of({kRows, kColumns}, {kRows, kColumns}, {kColumns})
      .run(threads, 1, reinterpret_cast<std::byte*>(sums.data()), in, add_row);
  for (std::size_t i = 0; i < sums.size(); ++i) {
    ASSERT_EQ(sums[i], x[i] + y[i % static_cast<std::size_t>(kColumns)]) << i;
  }
}

TEST(StridedLoop, TransposedInputsAreReadByTheirStrides) {
  const std::vector<std::int32_t> x = counting({3, 2}, 1), y(6, 0);
  std::vector<std::int32_t> out(6);
  const Dims dims = {2, 3};
  const StridedLoop loop(dims, {12, 4}, {{4, 8}, {0, 0}});
  const std::array<const std::byte*, 2> in = {reinterpret_cast<const std::byte*>(x.data()),
                                              reinterpret_cast<const std::byte*>(y.data())};
  loop.walk(0, 6, reinterpret_cast<std::byte*>(out.data()), in, add_row, nullptr);
  EXPECT_EQ(out, (std::vector<std::int32_t>{1, 3, 5, 2, 4, 6}));
}

TEST(StridedLoop, NothingIsDoneWhereThereIsNothing) {
  const StridedLoop loop = loop_of({0, 3}, {0, 3}, {3});
  EXPECT_EQ(loop.count(), 0);
  ThreadPool threads(2);
  const std::array<const std::byte*, 2> in = {};
  loop.run(threads, 1, nullptr, in, [](const Row&) { ADD_FAILURE(); });
}

TEST(StridedLoop, StridesThatDontFitTheDimensionsAreRefused) {
  const Dims dims = {2, 3};
  EXPECT_THROW(StridedLoop(dims, {4}, {}), Error);
  EXPECT_THROW(StridedLoop(dims, {12, 4}, {{12, 4}, {12, 4}, {12, 4}, {12, 4}}), Error);
}

}  // namespace
}  // namespace icecore::inline v0
