// ResourceGather, ResourceGatherNd: as GatherV2 and GatherNd on a variable's value.
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>

#include <array>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/nd_index.h"
#include "ops/state/state_ops.h"
#include "ops/state/variable_handle.h"

namespace icecore::inline v0 {
namespace {

void resource_gather_shape(ShapeContext& c) {
  const std::int64_t batch_dims = c.node().int_attr("batch_dims");
  if (batch_dims < 0 || batch_dims >= kMostDims) {
    refuse_shape("batch_dims is negative (" + std::to_string(batch_dims) + ")");
  }
  const int rank = static_cast<int>(batch_dims);
  const Shape params = with_rank_at_least(handle_shape(c, 0), rank + 1);
  const Shape indices = with_rank_at_least(c.input(1), rank);
  const Shape middle = join_shapes(part_of_shape(params, 0, rank), part_of_shape(indices, rank));
  c.set_output(0, join_shapes(middle, part_of_shape(params, rank + 1)));
}

void resource_gather_nd_shape(ShapeContext& c) {
  set_gather_nd_shape(c, handle_shape(c, 0));
}

// What reads a variable's value like any tensor.
Kernel on_value(Kernel kernel, std::optional<std::int64_t> axis) {
  return Kernel([compute = std::move(kernel.compute), axis](KernelContext& c) {
    std::array<Value, 3> inputs;
    Value output;
    inputs[0] = {variable_input(c, 0)->read(), nullptr, true};
    inputs[1] = {c.take_input(1), nullptr, true};
    if (axis) inputs[2] = {Tensor::scalar(*axis), nullptr, true};
    if (inputs[0].tensor.dtype() != c.node().type_attr("dtype")) {
      refuse("Trying to read variable with wrong dtype. Expected " +
             to_string(c.node().type_attr("dtype")) + " got " +
             to_string(inputs[0].tensor.dtype()));
    }
    KernelContext inner(c.node(), {inputs.data(), axis ? std::size_t{3} : std::size_t{2}},
                        {&output, 1}, c.services());
    compute(inner);
    c.set_output(0, std::move(output.tensor));
  });
}

Kernel resource_gather_kernel(const NodeInfo& node) {
  return on_value(gather_v2_op.kernel(node), node.int_attr("batch_dims"));
}

Kernel resource_gather_nd_kernel(const NodeInfo& node) {
  return on_value(gather_nd_op.kernel(node), std::nullopt);
}

// resource_variable_ops.variable_shape.
Output variable_shape_of(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Operation handle = c.input(0).op();
  if (handle.type() == "VarHandleOp") {
    const Shape shape = handle.info().shape_attr("shape");
    if (shape.is_fully_defined()) {
      std::vector<std::int32_t> dims;
      for (const std::int64_t dim : shape.dims()) dims.push_back(static_cast<std::int32_t>(dim));
      return graph.constant(Tensor::of<std::int32_t>(Shape{shape.rank()}, dims));
    }
  }
  return add_node(graph, "VariableShape", {Input(c.input(0))});
}

void resource_gather_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output shape = variable_shape_of(c);
  const Output size = expand_dims(graph, icecore::size(graph, c.input(1)), 0);
  const Output rest = subscript(graph, shape, 1, std::nullopt);
  const Output values_shape = concat(graph, {Input(size), Input(rest)}, 0);
  const Output values = reshape(graph, c.gradient(), values_shape);
  const Output indices = reshape(graph, c.input(1), size);
  c.set(0, IndexedSlices{values, indices, shape});
}

}  // namespace

const OpImplementation resource_gather_op = {"ResourceGather", resource_gather_shape,
                                             resource_gather_kernel, resource_gather_gradient};
const OpImplementation resource_gather_nd_op = {"ResourceGatherNd", resource_gather_nd_shape,
                                                resource_gather_nd_kernel};

}  // namespace icecore::inline v0
