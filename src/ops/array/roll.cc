// Roll: what leaves a dimension at its end comes in again at its beginning.
#include <icecore/gradient_context.h>

#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"

namespace icecore::inline v0 {
namespace {

void roll_shape(ShapeContext& c) {
  with_rank_at_least(c.input(0), 1);
  for (int i = 1; i <= 2; ++i) {
    const Shape& shape = c.input(i);
    if (shape.has_rank() && shape.rank() > 1) {
      refuse_shape("Shape must be at most rank 1 but is rank " + std::to_string(shape.rank()));
    }
  }
  merge_shapes(c.input(1), c.input(2));
  c.set_output(0, c.input(0));
}

// How far each dimension is moved, in [0, dim).
std::vector<std::int64_t> shifts(const KernelContext& c) {
  const Shape& shape = c.input(0).shape();
  const Shape& by = c.input(1).shape();
  const Shape& axis = c.input(2).shape();
  if (shape.rank() < 1) refuse("input must be 1-D or higher");
  if (by.rank() > 1) {
    refuse("shift must be a scalar or a 1-D vector. Found: " + to_string(by));
  }
  if (axis.rank() > 1) {
    refuse("axis must be a scalar or a 1-D vector. Found: " + to_string(axis));
  }
  if (by != axis) refuse("shift and axis must have the same size");
  const std::vector<std::int64_t> moves = ints_of(c.input(1)), axes = ints_of(c.input(2));
  std::vector<std::int64_t> sums(static_cast<std::size_t>(shape.rank()), 0);
  for (std::size_t i = 0; i < moves.size(); ++i) {
    const auto d = static_cast<std::size_t>(resolve_axis(
        axes[i], shape.rank(), "axis " + std::to_string(axes[i]) + " is out of range"));
    const std::int64_t dim = std::max<std::int64_t>(shape.dim(static_cast<int>(d)), 1);
    sums[d] = (sums[d] + moves[i] % dim + dim) % dim;
  }
  return sums;
}

Kernel roll_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& input = c.input(0);
    const std::vector<std::int64_t> moves = shifts(c);
    std::vector<std::size_t> moved;
    for (std::size_t d = 0; d < moves.size(); ++d) {
      if (moves[d] != 0) moved.push_back(d);
    }
    if (moved.empty()) {
      c.set_output(0, c.take_input(0));
      return;
    }
    // One dimension after the other: each in two pieces, which change places.
    Tensor from = input.view();
    for (const std::size_t d : moved) {
      Tensor out = c.allocate(input.dtype(), input.shape());
      const std::vector<std::int64_t> strides = row_major_strides(input.shape());
      const std::int64_t dim = input.shape().dim(static_cast<int>(d)), move = moves[d];
      for (const bool first : {true, false}) {
        Box box;
        for (std::size_t k = 0; k < strides.size(); ++k) {
          box.dims.push_back({input.shape().dim(static_cast<int>(k)), strides[k], strides[k]});
        }
        box.dims[d].size = first ? dim - move : move;
        (first ? box.to : box.from) += (first ? move : dim - move) * strides[d];
        copy_box(c.threads(), from, out, std::move(box));
      }
      from = std::move(out);
    }
    c.set_output(0, std::move(from));
  });
}

void roll_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output back = add_node(graph, "Neg", {Input(c.input(1))});
  c.set(0, add_node(graph, "Roll", {Input(c.gradient()), Input(back), Input(c.input(2))}));
}

}  // namespace

const OpImplementation roll_op = {"Roll", roll_shape, roll_kernel, roll_gradient};

}  // namespace icecore::inline v0
