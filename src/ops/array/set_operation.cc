// DenseToDenseSetOperation: rows as sets.
#include <icecore/kernel.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_ops.h"
#include "ops/array/elements.h"
#include "ops/number_types.h"

namespace icecore::inline v0 {
namespace {

enum class SetOperation { kMinus, kReverseMinus, kIntersection, kUnion };

SetOperation set_operation_of(const std::string& name) {
  if (name == "a-b") return SetOperation::kMinus;
  if (name == "b-a") return SetOperation::kReverseMinus;
  if (name == "intersection") return SetOperation::kIntersection;
  if (name == "union") return SetOperation::kUnion;
  refuse("Invalid set_operation " + name + ".");
}

void check_groups(const Shape& a, const Shape& b) {
  for (int d = 0; d < a.rank() - 1; ++d) {
    if (a.dim(d) >= 0 && b.dim(d) >= 0 && a.dim(d) != b.dim(d)) {
      refuse("Mismatched group shapes of " + to_string(a) + " and " + to_string(b) +
             ", whose last dimension is that of the sets");
    }
  }
}

void set_operation_shape(ShapeContext& c) {
  const Shape a = with_rank_at_least(c.input(0), 2);
  Shape b = with_rank_at_least(c.input(1), 2);
  std::int64_t rank = -1;
  if (a.has_rank()) {
    b = with_rank(b, a.rank());
    rank = a.rank();
    if (b.has_rank()) while_building([&] { check_groups(a, b); });
  } else if (b.has_rank()) {
    rank = b.rank();
  }
  c.set_output(0, Shape{-1, rank});
  c.set_output(1, Shape{-1});
  c.set_output(2, Shape{rank});
}

template <typename T>
std::vector<T> set_of(std::span<const T> row) {
  std::vector<T> set(row.begin(), row.end());
  std::ranges::sort(set);
  set.erase(std::unique(set.begin(), set.end()), set.end());
  return set;
}

template <typename T>
std::vector<T> combined(const std::vector<T>& a, const std::vector<T>& b, SetOperation operation) {
  std::vector<T> result;
  const auto to = std::back_inserter(result);
  switch (operation) {
    case SetOperation::kMinus:
      std::ranges::set_difference(a, b, to);
      break;
    case SetOperation::kReverseMinus:
      std::ranges::set_difference(b, a, to);
      break;
    case SetOperation::kIntersection:
      std::ranges::set_intersection(a, b, to);
      break;
    case SetOperation::kUnion:
      std::ranges::set_union(a, b, to);
      break;
  }
  return result;
}

// Where the row of that number stands, dimension by dimension, and then the place in its set.
void append_index(const Shape& shape, std::int64_t row, std::int64_t place,
                  std::vector<std::int64_t>& indices) {
  const std::size_t begin = indices.size();
  indices.push_back(place);
  for (int d = shape.rank() - 2; d >= 0; --d) {
    indices.push_back(row % shape.dim(d));
    row /= shape.dim(d);
  }
  std::reverse(indices.begin() + static_cast<std::ptrdiff_t>(begin), indices.end());
}

template <typename T>
void combine_rows(KernelContext& c, SetOperation operation) {
  const Shape shape = c.input(0).shape();
  const auto width = [](const Tensor& x) {
    return static_cast<std::size_t>(x.shape().dim(x.shape().rank() - 1));
  };
  const std::size_t a_width = width(c.input(0)), b_width = width(c.input(1));
  std::int64_t rows = 1;
  for (int d = 0; d < shape.rank() - 1; ++d) rows = multiply_sizes(rows, shape.dim(d));
  // No rows of nothing are gone through, which may be countless.
  if (c.input(0).num_elements() == 0 && c.input(1).num_elements() == 0) rows = 0;
  const std::span<const T> a = elements<T>(c.input(0)), b = elements<T>(c.input(1));
  std::vector<std::int64_t> indices;
  std::vector<T> values;
  std::int64_t longest = 0;
  for (std::int64_t row = 0; row < rows; ++row) {
    const auto place = static_cast<std::size_t>(row);
    const std::vector<T> set = combined(set_of(a.subspan(place * a_width, a_width)),
                                        set_of(b.subspan(place * b_width, b_width)), operation);
    longest = std::max(longest, static_cast<std::int64_t>(set.size()));
    for (std::size_t i = 0; i < set.size(); ++i) {
      append_index(shape, row, static_cast<std::int64_t>(i), indices);
      values.push_back(set[i]);
    }
  }
  const auto count = static_cast<std::int64_t>(values.size());
  c.set_output(0, ints_tensor(c, DType::kInt64, Shape{count, shape.rank()}, indices));
  Tensor found = c.allocate(c.input(0).dtype(), Shape{count});
  std::ranges::copy(values, mutable_elements<T>(found).begin());
  c.set_output(1, std::move(found));
  std::vector<std::int64_t> dims = dims_of(shape);
  dims.back() = longest;
  c.set_output(2, ints_tensor(c, DType::kInt64, Shape{shape.rank()}, dims));
}

using SetIntTypes =
    NumberTypes<std::int8_t, std::int16_t, std::int32_t, std::int64_t, std::uint8_t, std::uint16_t>;

Kernel set_operation_kernel(const NodeInfo& node) {
  return Kernel([operation =
                     set_operation_of(node.string_attr("set_operation"))](KernelContext& c) {
    const Shape& a = c.input(0).shape();
    const Shape& b = c.input(1).shape();
    for (const Shape& shape : {a, b}) {
      if (shape.rank() < 2) {
        refuse("Shape " + to_string(shape) + " has rank " + std::to_string(shape.rank()) + " < 2");
      }
    }
    if (a.rank() != b.rank())
      refuse("Ranks of " + to_string(a) + " and " + to_string(b) + " differ");
    check_groups(a, b);
    if (c.input(0).dtype() == DType::kString) {
      combine_rows<std::string>(c, operation);
    } else {
      visit_numbers(SetIntTypes(), c.input(0).dtype(),
                    [&]<typename T>(std::type_identity<T>) { combine_rows<T>(c, operation); });
    }
  });
}

}  // namespace

const OpImplementation set_operation_op = {"DenseToDenseSetOperation", set_operation_shape,
                                           set_operation_kernel, not_differentiable};

}  // namespace icecore::inline v0
