// AddN, AccumulateNV2.
#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <array>

#include "base/thread_pool.h"
#include "ops/math/math_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/element_row.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

// Elements that stay in a core's cache while all addends are gone through.
constexpr std::int64_t kPiece = 4096;

void check_shapes(const KernelContext& context) {
  const Shape& shape = context.input(0).shape();
  for (int i = 1; i < context.num_inputs(); ++i) {
    if (context.input(i).shape() == shape) continue;
    throw Error(Code::kInvalidArgument,
                "'" + context.node().name() +
                    "': Inputs to operation must have the same size and shape. Input 0: " +
                    to_string(shape) + " != input " + std::to_string(i) + ": " +
                    to_string(context.input(i).shape()));
  }
}

Kernel add_n_kernel(const NodeInfo& node) {
  const DType dtype = node.outputs().at(0).dtype;
  const ElementRow add(RowOp::kAdd, dtype);
  if (!add || node.inputs().empty()) refuse_dtype(node, dtype);
  return [add, dtype](KernelContext& context) {
    check_shapes(context);
    if (context.num_inputs() == 1) {
      context.set_output(0, context.take_input(0));
      return;
    }
    const Shape shape = context.input(0).shape();
    std::vector<const std::byte*> in;
    for (int i = 0; i < context.num_inputs(); ++i) in.push_back(context.input(i).bytes().data());
    // Only the first two are read before the output is written.
    Tensor output = context.reuse_or_allocate(context.input(0).is_unique() ? 0 : 1, dtype, shape);
    std::byte* const out = output.mutable_bytes().data();
    const std::array<SpreadOperand, 2> operands = {SpreadOperand{shape, dtype_size(dtype)},
                                                   SpreadOperand{shape, dtype_size(dtype)}};
    const StridedLoop loop = StridedLoop::spreading(shape, dtype_size(dtype), operands);
    const auto work = [&](std::int64_t first, std::int64_t last) {
      for (std::int64_t begin = first; begin < last; begin += kPiece) {
        const std::int64_t end = std::min(begin + kPiece, last);
        add.walk(loop, begin, end, out, std::array{in[0], in[1]});
        for (std::size_t i = 2; i < in.size(); ++i) {
          add.walk(loop, begin, end, out, std::array<const std::byte*, 2>{out, in[i]});
        }
      }
    };
    context.threads().parallel_for(loop.count(), kPiece, work);
    context.set_output(0, std::move(output));
  };
}

void add_n_gradient(GradientContext& c) {
  const Gradient& gradient = c.output_gradient();
  for (int i = 0; i < c.op().num_inputs(); ++i) {
    if (const auto* slices = std::get_if<IndexedSlices>(&gradient)) {
      c.set(i, *slices);
    } else {
      c.set(i, c.gradient());
    }
  }
}

// Which input doesn't agree with those after it is told: many are added at once.
void add_n_shape(ShapeContext& c) {
  Shape shape = c.input(c.num_inputs() - 1);
  for (int i = c.num_inputs() - 2; i >= 0; --i) {
    try {
      shape = merge_shapes(c.input(i), shape);
    } catch (const Error& error) {
      throw Error(Code::kInvalidArgument, error.message() + "\n\tFrom merging shape " +
                                              std::to_string(i) + " with other shapes.");
    }
  }
  c.set_output(0, shape);
}

void explicit_shape(ShapeContext& c) {
  c.set_output(0, c.node().shape_attr("shape"));
}

constexpr OpImplementation kOps[] = {
    {"AddN", add_n_shape, add_n_kernel, add_n_gradient},
    {"AccumulateNV2", explicit_shape, add_n_kernel, add_n_gradient},
};

}  // namespace

OpTable add_n_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
