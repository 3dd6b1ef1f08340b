// Shape, ShapeN, Size, Rank.
#include <icecore/gradient_context.h>

#include "ops/array/arguments.h"
#include "ops/array/array_ops.h"

namespace icecore::inline v0 {
namespace {

void shape_of_shapes(ShapeContext& c) {
  for (int i = 0; i < c.num_inputs(); ++i) {
    const Shape& input = c.input(i);
    c.set_output(i, Shape{input.has_rank() ? input.rank() : -1});
  }
}

Kernel shape_kernel(const NodeInfo& node) {
  const DType type = node.type_attr("out_type");
  return Kernel([type](KernelContext& c) {
    for (int i = 0; i < c.num_inputs(); ++i) {
      const Shape& shape = c.input(i).shape();
      c.set_output(i, ints_tensor(c, type, Shape{shape.rank()}, dims_of(shape)));
    }
  });
}

Kernel size_kernel(const NodeInfo& node) {
  const DType type = node.type_attr("out_type");
  return Kernel([type](KernelContext& c) {
    c.set_output(0, ints_tensor(c, type, Shape(), {c.input(0).num_elements()}));
  });
}

Kernel rank_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    c.set_output(0, ints_tensor(c, DType::kInt32, Shape(), {c.input(0).shape().rank()}));
  });
}

}  // namespace

const OpImplementation shape_op = {"Shape", shape_of_shapes, shape_kernel, not_differentiable};
const OpImplementation shape_n_op = {"ShapeN", shape_of_shapes, shape_kernel, not_differentiable};
const OpImplementation size_op = {"Size", scalar_shape, size_kernel, not_differentiable};
const OpImplementation rank_op = {"Rank", scalar_shape, rank_kernel, not_differentiable};

}  // namespace icecore::inline v0
