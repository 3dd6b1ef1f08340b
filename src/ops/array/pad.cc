// Pad, PadV2.
#include <icecore/gradient_context.h>

#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"
#include "ops/array/elements.h"
#include "ops/array/paddings.h"

namespace icecore::inline v0 {
namespace {

Kernel pad_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& input = c.input(0);
    const Tensor& paddings_tensor = c.input(1);
    Shape shape = input.shape();
    // Old graphs pad scalars as vectors of one.
    if (shape.rank() == 0 && paddings_tensor.shape() == Shape{1, 2}) shape = Shape{1};
    const std::vector<std::int64_t> paddings = paddings_of(paddings_tensor, shape, " ");
    std::vector<std::int64_t> dims = dims_of(shape);
    bool same = true;
    for (std::size_t d = 0; d < dims.size(); ++d) {
      const std::int64_t before = paddings[2 * d], after = paddings[2 * d + 1];
      if (before < 0 || after < 0) {
        refuse("Paddings must be non-negative: " + std::to_string(before) + " " +
               std::to_string(after));
      }
      same = same && before == 0 && after == 0;
      dims[d] = add_sizes(add_sizes(dims[d], before), after);
    }
    if (c.num_inputs() == 3 && c.input(2).shape().rank() != 0) {
      refuse("constant_values must be a scalar. Found: " + to_string(c.input(2).shape()));
    }
    if (same) {
      c.set_output(0, c.take_input(0).reshaped(shape));
      return;
    }
    Tensor out = c.allocate(input.dtype(), Shape(dims));
    if (c.num_inputs() == 3) {
      fill(c.threads(), out, c.input(2));
    } else {
      fill_zeros(c.threads(), out);
    }
    const std::vector<std::int64_t> from = row_major_strides(shape);
    const std::vector<std::int64_t> to = row_major_strides(out.shape());
    Box box;
    for (std::size_t d = 0; d < dims.size(); ++d) {
      box.to += paddings[2 * d] * to[d];
      box.dims.push_back({shape.dim(static_cast<int>(d)), from[d], to[d]});
    }
    copy_box(c.threads(), input, out, std::move(box));
    c.set_output(0, std::move(out));
  });
}

void pad_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output x = c.input(0), paddings = c.input(1);
  // The columns of what stands before, as a vector.
  const Output rank = icecore::rank(graph, x);
  const Output size = stack(graph, {Input(rank), Input(1)});
  const Output before =
      add_node(graph, "Slice", {Input(paddings), Input(std::vector<int>{0, 0}), Input(size)});
  const Output begin = reshape(graph, before, std::vector<int>{-1});
  const Output sizes = icecore::shape(graph, x);
  c.set(0, add_node(graph, "Slice", {Input(c.gradient()), Input(begin), Input(sizes)}));
}

}  // namespace

const OpImplementation pad_op = {"Pad", pad_shape, pad_kernel, pad_gradient};
const OpImplementation pad_v2_op = {"PadV2", pad_shape, pad_kernel, pad_gradient};

}  // namespace icecore::inline v0
