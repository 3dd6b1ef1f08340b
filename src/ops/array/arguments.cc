#include "ops/array/arguments.h"

#include <algorithm>
#include <limits>

namespace icecore::inline v0 {
namespace {

template <typename T>
std::vector<std::int64_t> widen(const Tensor& tensor) {
  const std::span<const T> values = tensor.values<T>();
  return {values.begin(), values.end()};
}

}  // namespace

void refuse(const std::string& message) {
  throw Error(Code::kInvalidArgument, message);
}

void refuse_shape(const std::string& message) {
  throw Error(Code::kInvalidArgument, message, Misuse::kValue);
}

std::vector<std::int64_t> ints_of(const Tensor& tensor) {
  switch (tensor.dtype()) {
    case DType::kInt32:
      return widen<std::int32_t>(tensor);
    case DType::kInt64:
      return widen<std::int64_t>(tensor);
    case DType::kUInt8:
      return widen<std::uint8_t>(tensor);
    default:
      refuse("integers are expected where a tensor is of " + to_string(tensor.dtype()));
  }
}

std::int64_t int_of(const Tensor& tensor, std::string_view name) {
  if (tensor.shape().rank() != 0) {
    refuse(std::string(name) + " must be a scalar, got shape " + to_string(tensor.shape()));
  }
  return ints_of(tensor).front();
}

void check_rank(const Tensor& tensor, int rank, std::string_view name) {
  if (tensor.shape().rank() != rank) {
    refuse(std::string(name) + " must be " + std::to_string(rank) + "-D, not shape " +
           to_string(tensor.shape()));
  }
}

Tensor ints_tensor(const KernelContext& c, DType dtype, const Shape& shape,
                   const std::vector<std::int64_t>& values) {
  Tensor tensor = c.allocate(dtype, shape);
  if (dtype == DType::kInt64) {
    std::ranges::copy(values, tensor.mutable_values<std::int64_t>().begin());
    return tensor;
  }
  const std::span<std::int32_t> ints = tensor.mutable_values<std::int32_t>();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] > std::numeric_limits<std::int32_t>::max() ||
        values[i] < std::numeric_limits<std::int32_t>::min()) {
      refuse(std::to_string(values[i]) + " doesn't fit int32: ask for int64");
    }
    ints[i] = static_cast<std::int32_t>(values[i]);
  }
  return tensor;
}

std::int64_t add_sizes(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) {
    refuse("a size is too large: " + std::to_string(a) + " + " + std::to_string(b));
  }
  return sum;
}

std::int64_t multiply_sizes(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) {
    refuse("a size is too large: " + std::to_string(a) + " * " + std::to_string(b));
  }
  return product;
}

std::string join_ints(const std::vector<std::int64_t>& ints, std::string_view separator) {
  std::string text = "[";
  for (std::size_t i = 0; i < ints.size(); ++i) {
    if (i > 0) text += separator;
    text += std::to_string(ints[i]);
  }
  return text + "]";
}

int resolve_axis(std::int64_t axis, int rank, const std::string& message) {
  if (axis < -rank || axis >= rank) refuse(message);
  return static_cast<int>(axis < 0 ? axis + rank : axis);
}

std::vector<std::int64_t> dims_of(const Shape& shape) {
  return {shape.dims().begin(), shape.dims().end()};
}

Shape part_of_shape(const Shape& shape, std::int64_t begin) {
  return part_of_shape(shape, begin, std::numeric_limits<std::int64_t>::max());
}

Shape part_of_shape(const Shape& shape, std::int64_t begin, std::int64_t end) {
  if (!shape.has_rank()) {
    return begin == 0 && end == std::numeric_limits<std::int64_t>::max() ? shape
                                                                         : Shape::unknown_rank();
  }
  const std::int64_t rank = shape.rank();
  begin = std::min(begin, rank);
  end = std::min(end, rank);
  if (begin < 0) begin += rank;
  if (end < 0) end += rank;
  if (begin < 0 || end < begin) {
    refuse_shape("Subshape must have computed start <= end, but is " + std::to_string(end) +
                 " and " + std::to_string(begin));
  }
  return Shape(std::vector<std::int64_t>(shape.dims().begin() + begin, shape.dims().begin() + end));
}

Shape join_shapes(const Shape& a, const Shape& b) {
  if (!a.has_rank() || !b.has_rank()) return Shape::unknown_rank();
  std::vector<std::int64_t> dims = dims_of(a);
  dims.insert(dims.end(), b.dims().begin(), b.dims().end());
  return Shape(dims);
}

Shape with_dim(const Shape& shape, int i, std::int64_t dim) {
  if (!shape.has_rank()) return shape;
  std::vector<std::int64_t> dims = dims_of(shape);
  dims.at(static_cast<std::size_t>(i)) = dim;
  return Shape(dims);
}

Shape unknown_dims(std::int64_t rank) {
  if (rank < 0 || rank > kMostDims) {
    refuse_shape("a tensor can't have " + std::to_string(rank) + " dimensions");
  }
  return Shape(std::vector<std::int64_t>(static_cast<std::size_t>(rank), -1));
}

std::int64_t add_dims(std::int64_t a, std::int64_t b) {
  if (a < 0 || b < 0) return -1;
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) {
    refuse_shape("Dimension size overflow from adding " + std::to_string(a) + " and " +
                 std::to_string(b));
  }
  return sum;
}

std::int64_t multiply_dims(std::int64_t a, std::int64_t b) {
  if (a == 0 || b == 0) return 0;
  if (a < 0 || b < 0) return -1;
  std::int64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) {
    refuse_shape("Negative dimension size caused by overflow when multiplying " +
                 std::to_string(a) + " and " + std::to_string(b));
  }
  return product;
}

std::int64_t divide_dim(std::int64_t dim, std::int64_t by) {
  if (by <= 0) refuse_shape("Divisor must be positive but is " + std::to_string(by));
  if (dim < 0) return -1;
  if (dim % by != 0) {
    refuse_shape("Dimension size must be evenly divisible by " + std::to_string(by) + " but is " +
                 std::to_string(dim));
  }
  return dim / by;
}

}  // namespace icecore::inline v0
