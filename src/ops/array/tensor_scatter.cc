// TensorScatterUpdate, TensorScatterAdd, TensorScatterSub: ScatterNd into a copy of a tensor.
#include <icecore/gradient_context.h>

#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/elements.h"
#include "ops/array/nd_index.h"
#include "ops/math/math_functions.h"
#include "ops/number_types.h"

namespace icecore::inline v0 {
namespace {

enum class Change { kUpdate, kAdd, kSub };

void tensor_scatter_shape(ShapeContext& c) {
  const Shape& tensor = with_rank_at_least(c.input(0), 1);
  const Shape& indices = with_rank_at_least(c.input(1), 1);
  const Shape& updates = with_rank_at_least(c.input(2), 1);
  if (tensor.num_elements() == 0 &&
      (indices.num_elements().value_or(0) > 0 || updates.num_elements().value_or(0) > 0)) {
    refuse_shape("Indices and updates specified for empty output shape");
  }
  check_nd_updates(tensor, indices, updates);
  c.set_output(0, c.input(0));
}

// Each slice of the updates with the one that it goes to.
template <typename T, typename Each>
void over_slices(std::span<T> tensor, std::span<const T> updates,
                 const std::vector<std::int64_t>& places, std::int64_t width, Each&& each) {
  const T* from = updates.data();
  for (const std::int64_t place : places) {
    T* const to = tensor.data() + place * width;
    for (std::int64_t i = 0; i < width; ++i) each(to[i], from[i]);
    from += width;
  }
}

void change_slices(Tensor& tensor, const Tensor& updates, const std::vector<std::int64_t>& places,
                   std::int64_t width, Change change) {
  if (change == Change::kUpdate) {
    visit_elements(tensor.dtype(), [&]<typename T>(std::type_identity<T>) {
      over_slices(mutable_elements<T>(tensor), elements<T>(updates), places, width,
                  [](T& to, const T& from) { to = from; });
    });
    return;
  }
  visit_numbers(AllNumberTypes(), tensor.dtype(), [&]<typename T>(std::type_identity<T>) {
    const bool add = change == Change::kAdd;
    over_slices(tensor.mutable_values<T>(), updates.values<T>(), places, width,
                [add](T& to, const T& from) {
                  to = add ? wrapping_add(to, from) : wrapping_sub(to, from);
                });
  });
}

template <Change kChange>
Kernel tensor_scatter_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& indices = c.input(1);
    const Tensor& updates = c.input(2);
    const Shape shape = c.input(0).shape();
    const NdSlices slices = check_nd_run(shape, indices.shape(), updates.shape());
    if (c.input(0).num_elements() == 0 && slices.count > 0 && updates.num_elements() > 0) {
      refuse("Indices and updates specified for empty output shape");
    }
    const std::vector<std::int64_t> places =
        nd_places(indices, shape, slices.count, slices.depth, "shape");
    Tensor out = c.take_input(0);
    if (!out.is_unique()) {
      const Tensor from = std::move(out);
      out = c.allocate(from.dtype(), shape);
      visit_elements(from.dtype(), [&]<typename T>(std::type_identity<T>) {
        std::ranges::copy(elements<T>(from), mutable_elements<T>(out).begin());
      });
    }
    change_slices(out, updates, places, slices.width, kChange);
    c.set_output(0, std::move(out));
  });
}

Output identity(GraphBuilder& graph, const Output& x) {
  return add_node(graph, "Identity", {Input(x)});
}

Output updates_gradient(GradientContext& c) {
  return add_node(c.graph(), "GatherNd", {Input(c.gradient()), Input(c.input(1))});
}

void update_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output updates = updates_gradient(c);
  const Output tensor = identity(graph, c.gradient());
  const Output none = zeros_like(graph, c.input(2), c.gradient().dtype());
  c.set(0, add_node(graph, "TensorScatterUpdate", {Input(tensor), Input(c.input(1)), Input(none)}));
  c.set(2, updates);
}

void add_gradient(GradientContext& c) {
  const Output updates = updates_gradient(c);
  c.set(0, identity(c.graph(), c.gradient()));
  c.set(2, updates);
}

void sub_gradient(GradientContext& c) {
  const Output updates = updates_gradient(c);
  c.set(0, identity(c.graph(), c.gradient()));
  c.set(2, MathNodes(c.graph()).neg(updates));
}

}  // namespace

const OpImplementation tensor_scatter_update_op = {"TensorScatterUpdate", tensor_scatter_shape,
                                                   tensor_scatter_kernel<Change::kUpdate>,
                                                   update_gradient};
const OpImplementation tensor_scatter_add_op = {"TensorScatterAdd", tensor_scatter_shape,
                                                tensor_scatter_kernel<Change::kAdd>, add_gradient};
const OpImplementation tensor_scatter_sub_op = {"TensorScatterSub", tensor_scatter_shape,
                                                tensor_scatter_kernel<Change::kSub>, sub_gradient};

}  // namespace icecore::inline v0
