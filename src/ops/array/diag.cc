// Diag, DiagPart.
#include <icecore/gradient_context.h>

#include <string>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"
#include "ops/array/elements.h"

namespace icecore::inline v0 {
namespace {

void diag_shape(ShapeContext& c) {
  const Shape& diagonal = with_rank_at_least(c.input(0), 1);
  c.set_output(0, join_shapes(diagonal, diagonal));
}

Kernel diag_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& diagonal = c.input(0);
    if (diagonal.shape().rank() == 0) refuse("Input must be at least rank 1, got 0");
    Tensor out = c.allocate(diagonal.dtype(), join_shapes(diagonal.shape(), diagonal.shape()));
    fill_zeros(c.threads(), out);
    const std::int64_t count = diagonal.num_elements();
    copy_box(c.threads(), diagonal, out, {0, 0, {{count, 1, count + 1}}});
    c.set_output(0, std::move(out));
  });
}

void diag_gradient(GradientContext& c) {
  c.set(0, add_node(c.graph(), "DiagPart", {Input(c.gradient())}));
}

void diag_part_shape(ShapeContext& c) {
  const Shape& input = c.input(0);
  if (!input.has_rank()) return;
  if (input.rank() % 2 != 0 || input.rank() == 0) {
    refuse_shape("Input must have even and non-zero rank, input rank is " +
                 std::to_string(input.rank()));
  }
  const int half = input.rank() / 2;
  std::vector<std::int64_t> dims;
  for (int d = 0; d < half; ++d) dims.push_back(merge_dims(input.dim(d), input.dim(d + half)));
  c.set_output(0, Shape(dims));
}

Kernel diag_part_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& input = c.input(0);
    const Shape& shape = input.shape();
    if (shape.rank() % 2 != 0 || shape.rank() == 0) {
      refuse("The rank of the tensor should be even and positive, got shape " + to_string(shape));
    }
    const int half = shape.rank() / 2;
    for (int d = 0; d < half; ++d) {
      if (shape.dim(d) != shape.dim(d + half)) {
        refuse("Invalid shape " + to_string(shape) + ": dimensions " + std::to_string(d) + " and " +
               std::to_string(d + half) + " do not match.");
      }
    }
    Tensor out = c.allocate(input.dtype(), part_of_shape(shape, 0, half));
    const std::int64_t count = out.num_elements();
    copy_box(c.threads(), input, out, {0, 0, {{count, count + 1, 1}}});
    c.set_output(0, std::move(out));
  });
}

void diag_part_gradient(GradientContext& c) {
  c.set(0, add_node(c.graph(), "Diag", {Input(c.gradient())}));
}

}  // namespace

const OpImplementation diag_op = {"Diag", diag_shape, diag_kernel, diag_gradient};
const OpImplementation diag_part_op = {"DiagPart", diag_part_shape, diag_part_kernel,
                                       diag_part_gradient};

}  // namespace icecore::inline v0
