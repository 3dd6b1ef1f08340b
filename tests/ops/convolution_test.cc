// Convolutions in all the ways in which they are computed, beside sums in float64.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/thread_pool.h"
#include "ops/rows/cpu_level.h"
#include "ops/run_op.h"
#include "proto/schema.h"
#include "proto/text_parser.h"

namespace icecore::inline v0 {
namespace {

struct Case {
  std::int64_t batch, rows, columns, in, out;
  std::string padding;  // SAME or VALID; else explicit ones of 0, 1, 2 and 3.

  std::int64_t before_rows() const { return padding == "SAME" ? 1 : 0; }
  std::int64_t before_columns() const { return padding == "SAME" ? 1 : padding == "VALID" ? 0 : 2; }
  std::int64_t out_rows() const {
    return padding == "SAME" ? rows : padding == "VALID" ? rows - 2 : rows - 1;
  }
  std::int64_t out_columns() const {
    return padding == "SAME" ? columns : padding == "VALID" ? columns - 2 : columns + 3;
  }
  std::string name() const {
    return padding + " of " + std::to_string(rows) + " x " + std::to_string(columns) + ", " +
           std::to_string(in) + " to " + std::to_string(out) + " channels";
  }
  std::string node() const {
    std::string attrs = R"(name: "c" op: "Conv2D" attr { key: "T" value { type: DT_FLOAT } })"
                        R"( attr { key: "strides" value { list { i: 1 i: 1 i: 1 i: 1 } } })"
                        R"( attr { key: "padding" value { s: ")" +
                        padding + "\" } }";
    if (padding == "EXPLICIT") {
      attrs +=
          R"( attr { key: "explicit_paddings" value { list { i: 0 i: 0 i: 0 i: 1 i: 2 i: 3 i: 0 i: 0 } } })";
    }
    return attrs;
  }
};

// Between -1/2 and 1/2.
Tensor numbers(const Shape& shape, std::uint32_t state) {
  Tensor tensor(DType::kFloat32, shape);
  for (float& value : tensor.mutable_values<float>()) {
    state = state * 1664525 + 1013904223;
    value = static_cast<float>(state >> 8) / 16777216.0F - 0.5F;
  }
  return tensor;
}

Tensor computed(const Case& c, const Tensor& images, const Tensor& filter, int threads) {
  ThreadPool pool(threads);
  TestServices services;
  services.get().threads = &pool;
  return run_node(parse_text(c.node(), *find_message("NodeDef")), {images, filter}, services.get())
      .at(0);
}

// One result, and the root of the sum of its products' squares.
struct Exact {
  double value = 0, size = 0;
};
Exact exact(const Case& c, const Tensor& images, const Tensor& filter, std::int64_t image,
            std::int64_t row, std::int64_t column, std::int64_t out) {
  Exact sum;
  for (std::int64_t i = 0; i < 3; ++i) {
    for (std::int64_t j = 0; j < 3; ++j) {
      const std::int64_t y = row + i - c.before_rows(), x = column + j - c.before_columns();
      if (y < 0 || y >= c.rows || x < 0 || x >= c.columns) continue;
      for (std::int64_t in = 0; in < c.in; ++in) {
        const auto pixel =
            static_cast<std::size_t>(((image * c.rows + y) * c.columns + x) * c.in + in);
        const auto weight = static_cast<std::size_t>(((i * 3 + j) * c.in + in) * c.out + out);
        const double product = static_cast<double>(images.values<float>()[pixel]) *
                               static_cast<double>(filter.values<float>()[weight]);
        sum.value += product;
        sum.size += product * product;
      }
    }
  }
  sum.size = std::sqrt(sum.size);
  return sum;
}

// Every result is within some units of the last place of its products; one that is missing, or
// of another pixel, is off by about `size`.
void expect_exact(const Case& c, const Tensor& images, const Tensor& filter, const Tensor& result) {
  ASSERT_EQ(result.shape(), (Shape{c.batch, c.out_rows(), c.out_columns(), c.out}));
  const auto values = result.values<float>();
  std::size_t at = 0;
  double worst = 0;
  for (std::int64_t image = 0; image < c.batch; ++image) {
    for (std::int64_t row = 0; row < c.out_rows(); ++row) {
      for (std::int64_t column = 0; column < c.out_columns(); ++column) {
        for (std::int64_t out = 0; out < c.out; ++out, ++at) {
          const Exact sum = exact(c, images, filter, image, row, column, out);
          const double error = std::abs(static_cast<double>(values[at]) - sum.value);
          worst = std::max(worst, error / (sum.size + 1e-6));
        }
      }
    }
  }
  EXPECT_LT(worst, 2e-5);
}

// First what minimal filtering is for, then what is left to oneDNN. Sizes around those at which
// minimal filtering begins (winograd.cc), odd ones, panels that aren't full, depths beyond a part
// of a panel, blocks for each thread and one for all.
const std::vector<Case> kCases = {
    {1, 14, 14, 32, 32, "SAME"},   {1, 11, 13, 40, 32, "SAME"},     {1, 13, 11, 32, 56, "VALID"},
    {2, 9, 10, 48, 16, "SAME"},    {1, 12, 12, 32, 40, "EXPLICIT"}, {1, 8, 34, 288, 32, "SAME"},
    {3, 27, 29, 32, 32, "VALID"},  {1, 9, 9, 33, 34, "SAME"},       {1, 5, 6, 64, 64, "SAME"},
    {2, 14, 13, 24, 16, "VALID"},  {1, 1, 70, 32, 32, "SAME"},      {1, 12, 14, 3, 32, "SAME"},
    {1, 12, 12, 32, 8, "EXPLICIT"}};

TEST(Convolutions, AreTheSumsOfTheirProducts) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.name());
    const Tensor images = numbers(Shape{c.batch, c.rows, c.columns, c.in}, 1);
    const Tensor filter = numbers(Shape{3, 3, c.in, c.out}, 2);
    expect_exact(c, images, filter, computed(c, images, filter, 2));
  }
}

// By minimal filtering: oneDNN may divide sums by its threads.
TEST(Convolutions, AreTheSameBitsWithAnyNumberOfThreads) {
  for (const Case& c : std::span(kCases).first(7)) {
    SCOPED_TRACE(c.name());
    const Tensor images = numbers(Shape{c.batch, c.rows, c.columns, c.in}, 3);
    const Tensor filter = numbers(Shape{3, 3, c.in, c.out}, 4);
    const Tensor one = computed(c, images, filter, 1);
    for (const int threads : {2, 3, 7}) {
      const Tensor result = computed(c, images, filter, threads);
      if (cpu_level() == CpuLevel::kV3) {
        EXPECT_TRUE(std::ranges::equal(result.bytes(), one.bytes())) << threads << " threads";
      } else {
        expect_exact(c, images, filter, result);
      }
    }
  }
}

// A kernel keeps what it made of a filter while it is given the same one, and only then: filters
// that are held, that change, and that come back.
TEST(Convolutions, SeeThatTheFilterIsAnotherOne) {
  for (const Case& c : {kCases[0], kCases[7]}) {  // By minimal filtering, and by oneDNN.
    SCOPED_TRACE(c.name());
    TestServices services;
    OneKernel kernel(parse_text(c.node(), *find_message("NodeDef")));
    const Tensor images = numbers(Shape{c.batch, c.rows, c.columns, c.in}, 5);
    const Tensor first = numbers(Shape{3, 3, c.in, c.out}, 6);
    const Tensor second = numbers(Shape{3, 3, c.in, c.out}, 7);
    for (const Tensor& filter : {first, first, second, second, first, second}) {
      expect_exact(c, images, filter, kernel.run({images, filter}, services.get()).at(0));
    }
  }
}

}  // namespace
}  // namespace icecore::inline v0
