// Where: the indices of what isn't zero.
#include <icecore/gradient_context.h>

#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_ops.h"
#include "ops/array/elements.h"

namespace icecore::inline v0 {
namespace {

void where_shape(ShapeContext& c) {
  c.set_output(0, Shape{-1, c.input(0).has_rank() ? c.input(0).rank() : -1});
}

// The bits that make a value differ from zero: all but the signs of floats, since -0 is zero.
Bytes16 value_bits(DType dtype) {
  constexpr std::uint64_t kAll = ~std::uint64_t{0};
  switch (dtype) {
    case DType::kFloat32:
      return {0x7fffffff, 0};
    case DType::kFloat16:
    case DType::kBFloat16:
      return {0x7fff, 0};
    case DType::kFloat64:
      return {kAll >> 1, 0};
    case DType::kComplex64:
      return {0x7fffffff7fffffff, 0};
    case DType::kComplex128:
      return {kAll >> 1, kAll >> 1};
    default:
      return {kAll, kAll};
  }
}

template <typename T>
std::vector<std::int64_t> places_of(const Tensor& input) {
  const Bytes16 bits = value_bits(input.dtype());
  const std::span<const T> values = elements<T>(input);
  std::vector<std::int64_t> places;
  for (std::size_t i = 0; i < values.size(); ++i) {
    bool is_set = false;
    if constexpr (std::is_same_v<T, std::string>) {
      is_set = !values[i].empty();
    } else if constexpr (std::is_same_v<T, Bytes16>) {
      is_set = (values[i].low & bits.low) != 0 || (values[i].high & bits.high) != 0;
    } else {
      is_set = (values[i] & bits.low) != 0;
    }
    if (is_set) places.push_back(static_cast<std::int64_t>(i));
  }
  return places;
}

Kernel where_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& input = c.input(0);
    const Shape& shape = input.shape();
    if (shape.rank() == 0) refuse("WhereOp : Unhandled input dimensions: 0");
    const auto rank = static_cast<std::size_t>(shape.rank());
    const std::vector<std::int64_t> places = visit_elements(
        input.dtype(), [&]<typename T>(std::type_identity<T>) { return places_of<T>(input); });
    Tensor out =
        c.allocate(DType::kInt64, Shape{static_cast<std::int64_t>(places.size()), shape.rank()});
    std::int64_t* row = out.mutable_values<std::int64_t>().data();
    for (std::int64_t place : places) {
      for (std::size_t d = rank; d-- > 0;) {
        row[d] = place % shape.dim(static_cast<int>(d));
        place /= shape.dim(static_cast<int>(d));
      }
      row += rank;
    }
    c.set_output(0, std::move(out));
  });
}

}  // namespace

const OpImplementation where_op = {"Where", where_shape, where_kernel, not_differentiable};

}  // namespace icecore::inline v0
