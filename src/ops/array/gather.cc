// Gather, GatherV2: rows by their indices.
#include <icecore/gradient_context.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "base/thread_pool.h"
#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"
#include "ops/array/elements.h"

namespace icecore::inline v0 {
namespace {

constexpr std::int64_t kGrain = 1 << 15;  // Elements that are worth a thread.

void gather_shape(ShapeContext& c) {
  const Shape& params = with_rank_at_least(c.input(0), 1);
  c.set_output(0, join_shapes(c.input(1), part_of_shape(params, 1)));
}

void gather_v2_shape(ShapeContext& c) {
  const Shape& params = with_rank_at_least(c.input(0), 1);
  const Shape& indices = c.input(1);
  with_rank(c.input(2), 0);
  const auto axis_value = c.constant_ints(2);
  if (!axis_value) {
    if (params.has_rank() && indices.has_rank()) {
      c.set_output(0, unknown_dims(params.rank() + indices.rank() - 1));
    }
    return;
  }
  const std::int64_t axis = axis_value->front();
  const std::int64_t batch_dims = c.node().int_attr("batch_dims");
  for (const std::int64_t value : {axis, batch_dims}) {
    if (value < -kMostDims || value >= kMostDims) {
      refuse_shape("axis and batch_dims must be less than the rank, not " + std::to_string(value));
    }
    with_rank_at_least(params, static_cast<int>(value < 0 ? -value : value + 1));
  }
  Shape out = join_shapes(part_of_shape(params, 0, axis), part_of_shape(indices, batch_dims));
  if (axis != -1) out = join_shapes(out, part_of_shape(params, axis + 1));
  c.set_output(0, out);
}

// "[1,2]" of the item-th element of a tensor, for messages.
std::string place_in(const Shape& shape, std::int64_t item) {
  std::vector<std::int64_t> place(static_cast<std::size_t>(shape.rank()));
  for (std::size_t d = place.size(); d-- > 0;) {
    place[d] = item % shape.dim(static_cast<int>(d));
    item /= shape.dim(static_cast<int>(d));
  }
  return place.empty() ? "" : join_ints(place);
}

template <typename Index>
void check_indices(const Tensor& indices, std::int64_t limit) {
  const std::span<const Index> values = indices.values<Index>();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] < 0 || values[i] >= limit) {
      refuse("indices" + place_in(indices.shape(), static_cast<std::int64_t>(i)) + " = " +
             std::to_string(values[i]) + " is not in [0, " + std::to_string(limit) + ")");
    }
  }
}

// params is [batch, outer, limit, inner], indices [batch, count].
template <typename T, typename Index>
void gather(ThreadPool& threads, const Tensor& params, const Tensor& indices, Tensor& out,
            std::int64_t batch, std::int64_t outer, std::int64_t limit, std::int64_t inner) {
  const T* const source = elements<T>(params).data();
  T* const target = mutable_elements<T>(out).data();
  const Index* const index = indices.values<Index>().data();
  const std::int64_t count = indices.num_elements() / batch;
  threads.parallel_for(
      batch * outer * count, std::max<std::int64_t>(1, kGrain / inner),
      [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row) {
          const std::int64_t block = row / count;
          const auto at = static_cast<std::int64_t>(index[block / outer * count + row % count]);
          const T* const from = source + (block * limit + at) * inner;
          if constexpr (std::is_trivially_copyable_v<T>) {
            std::memcpy(target + row * inner, from, static_cast<std::size_t>(inner) * sizeof(T));
          } else {
            std::copy_n(from, inner, target + row * inner);
          }
        }
      });
}

void gather(KernelContext& c, std::int64_t axis_value, std::int64_t batch_value) {
  const Tensor& params = c.input(0);
  const Tensor& indices = c.input(1);
  const int rank = params.shape().rank(), indices_rank = indices.shape().rank();
  if (rank == 0) refuse("params must be at least 1 dimensional");
  const int axis =
      resolve_axis(axis_value, rank,
                   "Expected axis in the range [" + std::to_string(-rank) + ", " +
                       std::to_string(rank) + "), but got " + std::to_string(axis_value));
  int batch_dims = 0;
  if (batch_value != 0) {
    batch_dims = resolve_axis(batch_value, indices_rank,
                              "Expected batch_dims in the range [" + std::to_string(-indices_rank) +
                                  ", " + std::to_string(indices_rank) + "), but got " +
                                  std::to_string(batch_value));
    if (batch_dims >= rank) {
      refuse("batch_dims (" + std::to_string(batch_dims) + ") must be less than rank(params) (" +
             std::to_string(rank) + ").");
    }
    if (axis < batch_dims) {
      refuse("batch_dims (" + std::to_string(batch_dims) +
             ") must be less than or equal to axis (" + std::to_string(axis) + ").");
    }
    for (int d = 0; d < batch_dims; ++d) {
      if (indices.shape().dim(d) != params.shape().dim(d)) {
        refuse("params.shape[" + std::to_string(d) + "]: " + std::to_string(params.shape().dim(d)) +
               " should be equal to indices.shape[" + std::to_string(d) +
               "]: " + std::to_string(indices.shape().dim(d)));
      }
    }
  }
  const std::vector<std::int64_t> indices_dims = dims_of(indices.shape());
  std::vector<std::int64_t> dims = dims_of(params.shape());
  dims.erase(dims.begin() + axis);
  dims.insert(dims.begin() + axis, indices_dims.begin() + batch_dims, indices_dims.end());
  if (dims.size() > static_cast<std::size_t>(kMostDims))
    refuse("the result has too many dimensions");
  Tensor out = c.allocate(params.dtype(), Shape(dims));
  const std::int64_t limit = params.shape().dim(axis);
  const bool wide = indices.dtype() == DType::kInt64;
  wide ? check_indices<std::int64_t>(indices, limit) : check_indices<std::int32_t>(indices, limit);
  if (out.num_elements() > 0) {
    const std::int64_t batch = count_elements(params.shape(), 0, batch_dims);
    const std::int64_t outer = count_elements(params.shape(), batch_dims, axis);
    const std::int64_t inner = count_elements(params.shape(), axis + 1, rank);
    visit_elements(params.dtype(), [&]<typename T>(std::type_identity<T>) {
      wide ? gather<T, std::int64_t>(c.threads(), params, indices, out, batch, outer, limit, inner)
           : gather<T, std::int32_t>(c.threads(), params, indices, out, batch, outer, limit, inner);
    });
  }
  c.set_output(0, std::move(out));
}

Kernel gather_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) { gather(c, 0, 0); });
}

Kernel gather_v2_kernel(const NodeInfo& node) {
  const std::int64_t batch_dims = node.has_attr("batch_dims") ? node.int_attr("batch_dims") : 0;
  return Kernel([batch_dims](KernelContext& c) {
    if (c.input(2).shape().rank() != 0) refuse("axis must be scalar");
    gather(c, ints_of(c.input(2)).front(), batch_dims);
  });
}

// The shape of params, made beside them.
Output params_shape(GradientContext& c) {
  const ScopeGuard colocate = c.graph().colocate_with(c.input(0).op());
  return cast(c.graph(), icecore::shape(c.graph(), c.input(0), DType::kInt64), DType::kInt32);
}

IndexedSlices slices_of(GradientContext& c, const Output& shape, const Output& size) {
  GraphBuilder& graph = c.graph();
  const Output rest = subscript(graph, shape, 1, std::nullopt);
  const Output values_shape = concat(graph, {Input(size), Input(rest)}, 0);
  const Output values = reshape(graph, c.gradient(), values_shape);
  const Output indices = reshape(graph, c.input(1), size);
  return {values, indices, shape};
}

void gather_gradient(GradientContext& c) {
  const Output shape = params_shape(c);
  const Output size = expand_dims(c.graph(), icecore::size(c.graph(), c.input(1)), 0);
  c.set(0, slices_of(c, shape, size));
}

// tf.concat whose item `scalar_at` is a list of one scalar, which becomes a Pack of its own.
Output concat_with_scalar(GraphBuilder& graph, std::vector<Input> values, std::size_t scalar_at) {
  const ScopeGuard scope = graph.name_scope("concat");
  values[scalar_at] = stack(graph, {values[scalar_at]}, 0, "values_" + std::to_string(scalar_at));
  return add_node(graph, "ConcatV2", {values, Input(0)}, {}, scope.name());
}

// array_grad._GetBatchIndices: indices into the batches laid end to end.
Output batch_indices(GradientContext& c, const Output& shape, Output indices, int batch_dims) {
  GraphBuilder& graph = c.graph();
  const DType type = indices.dtype();
  const int rank = indices.shape().rank();
  Output whole_shape = cast(graph, shape, type);
  const auto scalar = [&](std::int64_t value, std::string_view name) {
    const ScopeGuard scope = graph.name_scope(name);
    return graph.constant(scalar_of(type, static_cast<double>(value)), scope.name());
  };
  Output step = scalar(1, "ones");
  Output result = indices;
  for (int d = batch_dims; d > 0; --d) {
    const Output size = subscript(graph, whole_shape, d - 1);
    step =
        add_node(graph, "Mul", {Input(step), Input(subscript(graph, whole_shape, d))}, {}, "mul");
    const Output zero = scalar(0, "zeros"), one = scalar(1, "ones");
    Output offsets = range(graph, zero, size, one);
    offsets = add_node(graph, "Mul", {Input(offsets), Input(step)}, {}, "mul");
    std::vector<Input> dims(static_cast<std::size_t>(rank), Input(1));
    dims[static_cast<std::size_t>(d - 1)] = size;
    const Output offsets_shape = stack(graph, dims);
    result = add_node(graph, "AddV2",
                      {Input(result), Input(reshape(graph, offsets, offsets_shape))}, {}, "add");
  }
  return result;
}

// array_grad._BatchGatherGrad.
Output batch_gather_gradient(GradientContext& c, const Output& shape, Output values, Output indices,
                             int batch_dims, Output axis_size) {
  GraphBuilder& graph = c.graph();
  const Output size = expand_dims(graph, icecore::size(graph, indices), 0);
  Output outer_shape, flat_shape;
  if (batch_dims > 0) {
    const Output values_shape = icecore::shape(graph, values);
    outer_shape = subscript(graph, values_shape, std::nullopt, batch_dims);
    const Output rest = subscript(graph, values_shape, batch_dims, std::nullopt);
    const Output inner_shape = subscript(graph, rest, 1, std::nullopt);
    const Output batch = add_node(graph, "Prod", {Input(outer_shape), Input(std::vector<int>{0})});
    flat_shape = concat(graph, {Input(std::vector<int>{-1}), Input(inner_shape)}, 0);
    axis_size = add_node(graph, "Mul", {Input(axis_size), Input(batch)}, {}, "mul");
    indices = batch_indices(c, shape, indices, batch_dims);
    values = reshape(graph, values, flat_shape);
  }
  indices = reshape(graph, indices, size);
  Output gradient =
      add_node(graph, "UnsortedSegmentSum", {Input(values), Input(indices), Input(axis_size)});
  if (batch_dims > 0) {
    gradient = reshape(graph, gradient, concat(graph, {Input(outer_shape), Input(flat_shape)}, 0));
  }
  return gradient;
}

void gather_v2_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output shape = params_shape(c);
  const Output size = expand_dims(graph, icecore::size(graph, c.input(1)), 0);
  const Output axis = c.input(2);
  std::int64_t batch_dims = c.op().info().int_attr("batch_dims");
  if (batch_dims < 0) {
    const Shape indices = c.input(1).shape();
    if (!indices.has_rank()) refuse_shape("batch_dims is negative and indices have no known rank");
    batch_dims += indices.rank();
  }
  const std::optional<Tensor> known = graph.constant_value(axis);
  if (known && ints_of(*known).front() == 0) {
    c.set(0, slices_of(c, shape, size));
    return;
  }
  if (batch_dims > 0 &&
      (!c.input(1).shape().has_rank() || batch_dims >= c.input(1).shape().rank())) {
    refuse_shape("batch_dims of '" + c.op().name() + "' must be less than the rank of indices");
  }
  // The axis is brought to the front (behind the batch), and back afterwards.
  const auto batch = static_cast<int>(batch_dims);
  const Output outer_shape = subscript(graph, shape, std::nullopt, axis);
  const Output inner_shape =
      subscript(graph, subscript(graph, shape, axis, std::nullopt), 1, std::nullopt);
  const Output values_shape =
      concat(graph, {Input(outer_shape), Input(std::vector<int>{-1}), Input(inner_shape)}, 0);
  const Output values_dims = icecore::size(graph, values_shape);
  const Output axis_dims = icecore::size(graph, outer_shape);
  const Output batches = range(graph, 0, batch, 1);
  const Output between = range(graph, batch, axis_dims, 1);
  const Output behind_axis = add_node(graph, "AddV2", {Input(axis_dims), Input(1)}, {}, "add");
  const Output inner = range(graph, behind_axis, values_dims, 1);
  const Output values = reshape(graph, c.gradient(), values_shape);
  const Output order = concat_with_scalar(
      graph, {Input(batches), Input(axis_dims), Input(between), Input(inner)}, 1);
  const Output turned = transpose(graph, values, order);
  const Output axis_size = subscript(graph, shape, axis);
  const Output gradient = batch_gather_gradient(c, shape, turned, c.input(1), batch, axis_size);
  const Output moved = add_node(graph, "AddV2", {Input(between), Input(1)}, {}, "add");
  const Output back = concat(
      graph, {Input(batches), Input(moved), Input(std::vector<int>{batch}), Input(inner)}, 0);
  c.set(0, transpose(graph, gradient, back));
}

}  // namespace

const OpImplementation gather_op = {"Gather", gather_shape, gather_kernel, gather_gradient};
const OpImplementation gather_v2_op = {"GatherV2", gather_v2_shape, gather_v2_kernel,
                                       gather_v2_gradient};

}  // namespace icecore::inline v0
