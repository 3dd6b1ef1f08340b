// Cast, Bitcast.
#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "ops/array/array_functions.h"
#include "ops/math/math_functions.h"
#include "ops/rows/row_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"
#include "ops/strided/strided_loop.h"

namespace icecore::inline v0 {
namespace {

// One after the other, piece by piece: half and bfloat16 go by way of float32, complex numbers by
// way of their parts.
struct Step {
  RowFunction row;
  std::size_t out_size;
};
struct Steps {
  std::vector<Step> steps;
  std::size_t in_size = 0;
  // Bits of the source's float to be cleared first (Truncate); 0: none.
  int cleared_bits = 0;
};

constexpr std::int64_t kPiece = 512;
constexpr std::size_t kLargestElement = 16;

// Clears low bits of the significands in place; a complex number is two of them.
void clear_bits(std::byte* values, std::int64_t count, const Steps& steps, DType from) {
  if (from == DType::kFloat32 || from == DType::kComplex64) {
    auto* const bits = reinterpret_cast<std::uint32_t*>(values);
    const std::int64_t words = from == DType::kFloat32 ? count : 2 * count;
    const std::uint32_t mask = ~std::uint32_t{0} << steps.cleared_bits;
    for (std::int64_t i = 0; i < words; ++i) {
      // Infinity and NaN stay what they are.
      if ((bits[i] & 0x7f800000u) != 0x7f800000u) bits[i] &= mask;
    }
    return;
  }
  auto* const bits = reinterpret_cast<std::uint64_t*>(values);
  const std::int64_t words = from == DType::kFloat64 ? count : 2 * count;
  const std::uint64_t mask = ~std::uint64_t{0} << steps.cleared_bits;
  constexpr std::uint64_t kExponent = std::uint64_t{0x7ff} << 52;
  for (std::int64_t i = 0; i < words; ++i) {
    if ((bits[i] & kExponent) != kExponent) bits[i] &= mask;
  }
}

struct CastCall {
  const Steps* steps;
  DType from;
};

void cast_row(const Row& row) {
  const CastCall& call = *static_cast<const CastCall*>(row.parameter);
  const Steps& steps = *call.steps;
  alignas(64) std::array<std::array<std::byte, kPiece * kLargestElement>, 2> buffers;
  for (std::int64_t begin = 0; begin < row.count; begin += kPiece) {
    const std::int64_t count = std::min(kPiece, row.count - begin);
    const std::byte* in = row.in[0] + begin * static_cast<std::ptrdiff_t>(steps.in_size);
    std::size_t free = 0;
    if (steps.cleared_bits != 0) {
      std::copy_n(in, static_cast<std::size_t>(count) * steps.in_size, buffers[0].data());
      clear_bits(buffers[0].data(), count, steps, call.from);
      in = buffers[0].data();
      free = 1;
    }
    for (std::size_t i = 0; i < steps.steps.size(); ++i) {
      const Step& step = steps.steps[i];
      Row part = {};
      part.in[0] = in;
      part.in_stride[0] = part.out_stride = 1;  // Contiguous.
      part.count = count;
      part.out = i + 1 == steps.steps.size()
                     ? row.out + begin * static_cast<std::ptrdiff_t>(step.out_size)
                     : buffers.at(free).data();
      step.row(part);
      in = part.out;
      free = 1 - free;
    }
  }
}

bool is_complex(DType dtype) {
  return dtype == DType::kComplex64 || dtype == DType::kComplex128;
}
bool is_short(DType dtype) {
  return dtype == DType::kFloat16 || dtype == DType::kBFloat16;
}
DType part_of(DType complex) {
  return complex == DType::kComplex64 ? DType::kFloat32 : DType::kFloat64;
}

// The dtypes that a value goes through, without the first.
std::vector<DType> path(DType from, DType to) {
  std::vector<DType> stations;
  DType now = from;
  const auto go = [&](DType next) {
    if (next == now) return;
    stations.push_back(next);
    now = next;
  };
  if (is_complex(from) && is_complex(to)) {
    go(to);
    return stations;
  }
  if (is_short(from)) go(DType::kFloat32);
  if (is_complex(from)) go(part_of(from));
  if (is_short(to)) go(DType::kFloat32);
  if (is_complex(to)) go(part_of(to));
  go(to);
  return stations;
}

int significand_bits(DType dtype) {
  switch (dtype) {
    case DType::kBFloat16:
      return 7;
    case DType::kFloat16:
      return 10;
    case DType::kFloat32:
    case DType::kComplex64:
      return 23;
    case DType::kFloat64:
    case DType::kComplex128:
      return 52;
    default:
      return 0;
  }
}

Kernel cast_kernel(const NodeInfo& node) {
  const DType from = node.inputs().at(0).dtype, to = node.outputs().at(0).dtype;
  if (from == to) {
    return [](KernelContext& context) { context.set_output(0, context.take_input(0)); };
  }
  Steps steps;
  steps.in_size = dtype_size(from);
  DType now = from;
  for (const DType next : path(from, to)) {
    const RowFunction row = find_cast_row(now, next);
    if (row == nullptr) {
      throw Error(Code::kUnimplemented, "'" + node.name() + "': Cast " +
                                            std::string(dtype_name(from)) + " to " +
                                            std::string(dtype_name(to)) + " is not supported");
    }
    steps.steps.push_back({row, dtype_size(next)});
    now = next;
  }
  if (node.bool_attr("Truncate") && !is_short(from)) {
    const int lost = significand_bits(from) - significand_bits(to);
    if (significand_bits(to) != 0 && lost > 0) steps.cleared_bits = lost;
  }
  return [steps = std::move(steps), from, to](KernelContext& context) {
    const Shape shape = context.input(0).shape();
    Tensor output = context.allocate(to, shape);
    const std::array<const std::byte*, 1> in = {context.input(0).bytes().data()};
    const std::array<SpreadOperand, 1> operands = {SpreadOperand{shape, steps.in_size}};
    const StridedLoop loop = StridedLoop::spreading(shape, dtype_size(to), operands);
    const bool direct = steps.steps.size() == 1 && steps.cleared_bits == 0;
    const CastCall call = {&steps, from};
    loop.run(context.threads(), 1, output.mutable_bytes().data(), in,
             direct ? steps.steps[0].row : cast_row, direct ? nullptr : &call);
    context.set_output(0, std::move(output));
  };
}

bool has_gradient(DType dtype) {
  return is_short(dtype) || is_complex(dtype) || dtype == DType::kFloat32 ||
         dtype == DType::kFloat64;
}

void cast_gradient(GradientContext& c) {
  const DType from = c.input(0).dtype();
  const Output gradient = c.gradient();
  if (has_gradient(from) && has_gradient(gradient.dtype())) {
    c.set(0, cast(c.graph(), gradient, from));
  }
}

// The shape of the same bytes as elements of another size.
Shape bitcast(const Shape& shape, std::size_t from, std::size_t to) {
  if (!shape.has_rank() || from == to) return shape;
  std::vector<std::int64_t> dims(shape.dims().begin(), shape.dims().end());
  if (from > to) {
    dims.push_back(static_cast<std::int64_t>(from / to));
    return Shape(dims);
  }
  const auto wanted = static_cast<std::int64_t>(to / from);
  if (dims.empty() || (dims.back() != wanted && dims.back() != -1)) {
    throw Error(Code::kInvalidArgument,
                dims.empty() ? "Cannot bitcast a scalar to a type of larger elements: it needs a "
                               "last dimension of " +
                                   std::to_string(wanted)
                             : "Cannot bitcast due to shape. " + std::to_string(dims.back()) +
                                   " does not match " + std::to_string(wanted));
  }
  dims.pop_back();
  return Shape(dims);
}

void bitcast_shape(ShapeContext& c) {
  const std::size_t from = dtype_size(c.node().inputs().at(0).dtype);
  const std::size_t to = dtype_size(c.node().outputs().at(0).dtype);
  if (from != 0 && to != 0) c.set_output(0, bitcast(c.input(0), from, to));
}

Kernel bitcast_kernel(const NodeInfo& node) {
  const DType from = node.inputs().at(0).dtype, to = node.outputs().at(0).dtype;
  if (dtype_size(from) == 0 || dtype_size(to) == 0) refuse_dtype(node, from);
  return [from, to](KernelContext& context) {
    const Tensor& input = context.input(0);
    Tensor output = context.allocate(to, bitcast(input.shape(), dtype_size(from), dtype_size(to)));
    std::ranges::copy(input.bytes(), output.mutable_bytes().begin());
    context.set_output(0, std::move(output));
  };
}

constexpr OpImplementation kOps[] = {
    {"Cast", unchanged_shape, cast_kernel, cast_gradient},
    {"Bitcast", bitcast_shape, bitcast_kernel},
};

}  // namespace

OpTable cast_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
