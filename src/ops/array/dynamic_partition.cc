// DynamicPartition.
#include <icecore/gradient_context.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"
#include "ops/array/elements.h"
#include "ops/array/nd_index.h"

namespace icecore::inline v0 {
namespace {

void dynamic_partition_shape(ShapeContext& c) {
  const Shape& data = c.input(0);
  const Shape& partitions = c.input(1);
  if (!partitions.has_rank()) return;
  if (data.has_rank()) {
    with_rank_at_least(data, partitions.rank());
    merge_shapes(part_of_shape(data, 0, partitions.rank()), partitions);
  }
  const Shape out = join_shapes(Shape{-1}, part_of_shape(data, partitions.rank()));
  for (std::size_t i = 0; i < c.outputs().size(); ++i) c.set_output(static_cast<int>(i), out);
}

Kernel dynamic_partition_kernel(const NodeInfo& node) {
  const auto count = static_cast<std::int64_t>(node.outputs().size());
  return Kernel([count](KernelContext& c) {
    const Tensor& data = c.input(0);
    const Shape& shape = data.shape();
    const Shape& prefix = c.input(1).shape();
    if (shape.rank() < prefix.rank() || part_of_shape(shape, 0, prefix.rank()) != prefix) {
      refuse("data.shape must start with partitions.shape, got data.shape = " + to_string(shape) +
             ", partitions.shape = " + to_string(prefix));
    }
    const std::span<const std::int32_t> partitions = c.input(1).values<std::int32_t>();
    std::vector<std::int64_t> sizes(static_cast<std::size_t>(count), 0);
    for (std::size_t i = 0; i < partitions.size(); ++i) {
      if (partitions[i] < 0 || partitions[i] >= count) {
        const auto place = index_of_element(static_cast<std::int64_t>(i), prefix);
        refuse("partitions" + (place.empty() ? "" : join_ints(place)) + " = " +
               std::to_string(partitions[i]) + " is not in [0, " + std::to_string(count) + ")");
      }
      ++sizes[static_cast<std::size_t>(partitions[i])];
    }
    const Shape row = part_of_shape(shape, prefix.rank());
    const std::int64_t inner = count_elements(row, 0, row.rank());
    std::vector<Tensor> outs;
    for (const std::int64_t size : sizes) {
      outs.push_back(c.allocate(data.dtype(), join_shapes(Shape{size}, row)));
    }
    visit_elements(data.dtype(), [&]<typename T>(std::type_identity<T>) {
      std::vector<T*> to;
      for (Tensor& out : outs) to.push_back(mutable_elements<T>(out).data());
      const T* from = elements<T>(data).data();
      for (const std::int32_t partition : partitions) {
        T*& place = to[static_cast<std::size_t>(partition)];
        std::copy_n(from, inner, place);
        place += inner;
        from += inner;
      }
    });
    for (std::size_t i = 0; i < outs.size(); ++i) {
      c.set_output(static_cast<int>(i), std::move(outs[i]));
    }
  });
}

void dynamic_partition_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output data = c.input(0), indices = c.input(1);
  const Output prefix = icecore::shape(graph, indices);
  // The number of rows, and each row's number, sent the same ways.
  const Output axes = graph.constant(Tensor::of<std::int32_t>(Shape{1}, {0}));
  const Output rows = add_node(graph, "Prod", {Input(prefix), Input(axes)});
  const Output numbers = reshape(graph, range(graph, 0, Input(rows), 1), prefix);
  const Operation partitioned =
      graph.apply_op("DynamicPartition", {Input(numbers), Input(indices)},
                     {{"num_partitions", c.op().info().attr("num_partitions")}});
  std::vector<Input> places, gradients;
  for (int i = 0; i < c.op().num_outputs(); ++i) {
    places.emplace_back(partitioned.output(i));
    gradients.emplace_back(c.gradient(i));
  }
  const Output stitched = add_node(graph, "DynamicStitch", {places, gradients});
  c.set(0, reshape(graph, stitched, icecore::shape(graph, data)));
}

}  // namespace

const OpImplementation dynamic_partition_op = {"DynamicPartition", dynamic_partition_shape,
                                               dynamic_partition_kernel,
                                               dynamic_partition_gradient};

}  // namespace icecore::inline v0
