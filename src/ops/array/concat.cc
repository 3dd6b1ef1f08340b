// Concat, ConcatV2, ConcatOffset.
#include <icecore/gradient_context.h>

#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"

namespace icecore::inline v0 {
namespace {

// Values are the inputs [first, last), the axis is input `axis_input`.
void concat_shape(ShapeContext& c, int first, int last, int axis_input) {
  with_rank(c.input(axis_input), 0);
  const auto axis_value = c.constant_ints(axis_input);
  if (!axis_value) {
    int rank = -1;
    for (int i = first; i < last && rank < 0; ++i) {
      if (c.input(i).has_rank()) rank = c.input(i).rank();
    }
    if (rank < 0) return;
    if (rank == 0) refuse_shape("Can't concatenate scalars (use tf.stack instead)");
    for (int i = first; i < last; ++i) with_rank(c.input(i), rank);
    c.set_output(0, unknown_dims(rank));
    return;
  }
  const std::int64_t axis = axis_value->front();
  if (axis < -kMostDims || axis >= kMostDims) {
    refuse_shape("concat dimension " + std::to_string(axis) + " is out of range");
  }
  const int least_rank = static_cast<int>(axis < 0 ? -axis : axis + 1);
  Shape before, after;
  std::int64_t middle = 0;
  for (int i = last - 1; i >= first; --i) {
    const Shape& input = with_rank_at_least(c.input(i), least_rank);
    const Shape input_before = part_of_shape(input, 0, axis);
    const Shape input_after = axis == -1 ? Shape() : part_of_shape(input, axis + 1);
    const int at = static_cast<int>(axis < 0 ? axis + input.rank() : axis);
    const std::int64_t dim = input.has_rank() ? input.dim(at) : -1;
    if (i == last - 1) {
      before = input_before;
      after = input_after;
      middle = dim;
    } else {
      before = merge_shapes(input_before, before);
      after = merge_shapes(input_after, after);
      middle = add_dims(middle, dim);
    }
  }
  c.set_output(0, join_shapes(join_shapes(before, Shape{middle}), after));
}

void concat_v1_shape(ShapeContext& c) {
  concat_shape(c, 1, c.num_inputs(), 0);
}
void concat_v2_shape(ShapeContext& c) {
  concat_shape(c, 0, c.num_inputs() - 1, c.num_inputs() - 1);
}

void concat(KernelContext& c, int first, int last, const Tensor& axis_tensor,
            const std::string& axis_name) {
  if (axis_tensor.shape().rank() != 0) {
    refuse(axis_name + " tensor should be a scalar integer, but got shape " +
           to_string(axis_tensor.shape()));
  }
  const std::int64_t axis_value = ints_of(axis_tensor).front();
  const Shape shape = c.input(first).shape();
  const int rank = shape.rank();
  const int axis = resolve_axis(axis_value, rank,
                                "ConcatOp : Expected concatenating dimensions in the range [" +
                                    std::to_string(-rank) + ", " + std::to_string(rank) +
                                    "), but got " + std::to_string(axis_value));
  std::int64_t sum = 0;
  for (int i = first; i < last; ++i) {
    const Shape& other = c.input(i).shape();
    const std::string shapes = "shape[0] = " + to_string(shape) + " vs. shape[" +
                               std::to_string(i - first) + "] = " + to_string(other);
    if (other.rank() != rank) {
      refuse("ConcatOp : Ranks of all input tensors should match: " + shapes);
    }
    for (int d = 0; d < rank; ++d) {
      if (d != axis && other.dim(d) != shape.dim(d)) {
        refuse("ConcatOp : Dimensions of inputs should match: " + shapes);
      }
    }
    sum = add_sizes(sum, other.dim(axis));
  }
  Tensor out = c.allocate(c.input(first).dtype(), with_dim(shape, axis, sum));
  const std::int64_t inner = count_elements(shape, axis + 1, rank);
  const std::int64_t outer = count_elements(shape, 0, axis);
  std::int64_t at = 0;
  for (int i = first; i < last; ++i) {
    const std::int64_t row = c.input(i).shape().dim(axis) * inner;
    copy_box(c.threads(), c.input(i), out, {0, at, {{outer, row, sum * inner}, {row, 1, 1}}});
    at += row;
  }
  c.set_output(0, std::move(out));
}

Kernel concat_v1_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) { concat(c, 1, c.num_inputs(), c.input(0), "concat_dim"); });
}
Kernel concat_v2_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    concat(c, 0, c.num_inputs() - 1, c.input(c.num_inputs() - 1), "axis");
  });
}

// Gradients of slices whose rows are spread over the values: array_grad._ConcatGradHelper.
void concat_slices_gradient(GradientContext& c, const IndexedSlices& slices, int first, int last,
                            int axis_input) {
  GraphBuilder& graph = c.graph();
  const Output axis_tensor = c.input(axis_input);
  const Output rank = icecore::rank(graph, c.input(first));
  const Output axis = add_node(graph, "FloorMod", {Input(axis_tensor), Input(rank)}, {}, "mod");
  const std::optional<Tensor> known = graph.constant_value(axis_tensor);
  if (!known)
    refuse_shape("Can only compute IndexedSlices gradient with statically-known concat_dim");
  std::int64_t value = ints_of(*known).front();
  if (value < 0) {
    icecore::rank(graph, c.input(first));  // TensorFlow asks again.
    const Shape shape = c.input(first).shape();
    if (!shape.has_rank()) {
      refuse_shape(
          "Can only compute IndexedSlices gradient with negative concat_dim when first value rank "
          "is statically-known.");
    }
    value += shape.rank();
  }
  std::vector<Output> sizes;
  for (int i = first; i < last; ++i) sizes.push_back(icecore::shape(graph, c.input(i)));
  if (value > 0) {
    // Every value gets all rows, each with its own columns.
    const Output shape_of_shape = icecore::shape(graph, sizes[0]);
    const Output zeros_before =
        add_node(graph, "Fill", {Input(expand_dims(graph, axis, 0)), Input(0)});
    const Output behind = add_node(
        graph, "Sub",
        {Input(add_node(graph, "Sub", {Input(shape_of_shape), Input(axis)}, {}, "sub")), Input(1)},
        {}, "sub");
    const Output zeros_behind = add_node(graph, "Fill", {Input(behind), Input(0)});
    const Output mask =
        concat(graph, {Input(zeros_before), Input(std::vector<int>{1}), Input(zeros_behind)}, 0);
    Output begin = add_node(graph, "Fill", {Input(shape_of_shape), Input(0)});
    for (int i = first; i < last; ++i) {
      const Output size = sizes[static_cast<std::size_t>(i - first)];
      const Output columns = add_node(
          graph, "Slice", {Input(size), Input(std::vector<int>{1}), Input(std::vector<int>{-1})});
      const Output extent = concat(graph, {Input(std::vector<int>{-1}), Input(columns)}, 0);
      const Output values =
          add_node(graph, "Slice", {Input(slices.values), Input(begin), Input(extent)});
      c.set(i, IndexedSlices{values, slices.indices, size});
      const Output step = add_node(graph, "Mul", {Input(size), Input(mask)}, {}, "mul");
      begin = add_node(graph, "Add", {Input(begin), Input(step)}, {}, "Add");
    }
    return;
  }
  // Each value gets the rows that it has.
  const DType type = slices.indices.dtype();
  Output start = graph.constant(scalar_of(type, 0));
  for (int i = first; i < last; ++i) {
    const Output size = sizes[static_cast<std::size_t>(i - first)];
    const Output count = cast(graph, gather(graph, size, axis), type);
    const Output end = add_node(graph, "AddV2", {Input(start), Input(count)}, {}, "add");
    const Output from = add_node(graph, "GreaterEqual", {Input(slices.indices), Input(start)});
    const Output to = add_node(graph, "Less", {Input(slices.indices), Input(end)});
    const Output both = add_node(graph, "LogicalAnd", {Input(from), Input(to)});
    const Output places = add_node(graph, "Where", {Input(both)});
    const Output selected = add_node(graph, "Squeeze", {Input(places)},
                                     {{"squeeze_dims", std::vector<std::int64_t>{1}}});
    const Output rows = add_node(
        graph, "Sub", {Input(gather(graph, slices.indices, selected)), Input(start)}, {}, "sub");
    c.set(i, IndexedSlices{gather(graph, slices.values, selected), rows, size});
    start = end;
  }
}

void concat_gradient(GradientContext& c, int first, int last, int axis_input) {
  GraphBuilder& graph = c.graph();
  if (const auto* slices = std::get_if<IndexedSlices>(&c.output_gradient())) {
    concat_slices_gradient(c, *slices, first, last, axis_input);
    return;
  }
  const Output gradient = c.gradient();
  const Output rank = icecore::rank(graph, c.input(first));
  const Output axis =
      add_node(graph, "FloorMod", {Input(c.input(axis_input)), Input(rank)}, {}, "mod");
  // As many Shapes as are constants; where one isn't, ShapeN of all instead.
  std::vector<Output> sizes;
  bool known = true;
  for (int i = first; known && i < last; ++i) {
    const Output shape = icecore::shape(graph, c.input(i));
    known = shape.op().type() == "Const";
    sizes.push_back(shape);
  }
  if (!known) {
    std::vector<Input> values;
    for (int i = first; i < last; ++i) values.emplace_back(c.input(i));
    sizes = graph.apply_op("ShapeN", {values}).outputs();
  }
  // From 17 values on one Split is faster than as many slices, TensorFlow found.
  if (sizes.size() > 16) {
    const Output all = stack(graph, {sizes.begin(), sizes.end()}, 1);
    const Output begin = stack(graph, {Input(axis), Input(0)}, 0, "Slice/begin");
    const Output row =
        add_node(graph, "Slice", {Input(all), Input(begin), Input(std::vector<int>{1, -1})});
    const Output lengths = add_node(graph, "Squeeze", {Input(row)});
    const Operation split =
        graph.apply_op("SplitV", {Input(gradient), Input(lengths), Input(axis)},
                       {{"num_split", static_cast<std::int64_t>(sizes.size())}}, "split");
    for (int i = first; i < last; ++i) c.set(i, split.output(i - first));
    return;
  }
  const std::vector<Input> shapes(sizes.begin(), sizes.end());
  const Operation offsets = graph.apply_op("ConcatOffset", {Input(axis), shapes});
  for (int i = first; i < last; ++i) {
    c.set(i, add_node(graph, "Slice",
                      {Input(gradient), Input(offsets.output(i - first)),
                       Input(sizes[static_cast<std::size_t>(i - first)])}));
  }
}

void concat_v1_gradient(GradientContext& c) {
  concat_gradient(c, 1, c.op().num_inputs(), 0);
}
void concat_v2_gradient(GradientContext& c) {
  concat_gradient(c, 0, c.op().num_inputs() - 1, c.op().num_inputs() - 1);
}

void concat_offset_shape(ShapeContext& c) {
  for (int i = 1; i < c.num_inputs(); ++i) c.set_output(i - 1, c.input(i));
}

Kernel concat_offset_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    if (c.input(0).shape().rank() != 0) {
      refuse("Concat dim tensor should be a scalar integer, but got shape " +
             to_string(c.input(0).shape()));
    }
    for (int i = 1; i < c.num_inputs(); ++i) {
      if (c.input(i).shape().rank() != 1) {
        refuse("input " + std::to_string(i) + " should be a vector, but got shape " +
               to_string(c.input(i).shape()));
      }
    }
    const std::vector<std::int64_t> first = ints_of(c.input(1));
    const auto rank = static_cast<std::int64_t>(first.size());
    const std::int64_t value = ints_of(c.input(0)).front();
    const std::int64_t axis = value < 0 ? value + rank : value;
    if (axis < 0 || axis >= rank) {
      refuse("Concat dim is out of range: " + std::to_string(value) + " vs. " +
             std::to_string(rank));
    }
    std::int64_t offset = 0;
    for (int i = 1; i < c.num_inputs(); ++i) {
      const std::vector<std::int64_t> dims = ints_of(c.input(i));
      if (dims.size() != first.size()) {
        refuse("input " + std::to_string(i - 1) + " should contain " + std::to_string(rank) +
               " elements, but got " + std::to_string(dims.size()));
      }
      std::vector<std::int64_t> offsets(dims.size(), 0);
      for (std::size_t d = 0; d < dims.size(); ++d) {
        if (static_cast<std::int64_t>(d) == axis) {
          offsets[d] = offset;
        } else if (dims[d] != first[d]) {
          refuse("All dimensions except " + std::to_string(axis) + " must match. Input " +
                 std::to_string(i - 1) + " has shape " + join_ints(dims, " ") +
                 " and doesn't match input 0 with shape " + join_ints(first, " ") + ".");
        }
      }
      c.set_output(i - 1, ints_tensor(c, DType::kInt32, Shape{rank}, offsets));
      offset += dims[static_cast<std::size_t>(axis)];
    }
  });
}

}  // namespace

const OpImplementation concat_op = {"Concat", concat_v1_shape, concat_v1_kernel,
                                    concat_v1_gradient};
const OpImplementation concat_v2_op = {"ConcatV2", concat_v2_shape, concat_v2_kernel,
                                       concat_v2_gradient};
const OpImplementation concat_offset_op = {"ConcatOffset", concat_offset_shape,
                                           concat_offset_kernel, not_differentiable};

}  // namespace icecore::inline v0
