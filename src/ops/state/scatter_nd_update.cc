// ScatterNdUpdate, ScatterNdAdd, ScatterNdSub, on references and on resources: slices of a variable
// by their indices in several dimensions.
#include <icecore/shape_context.h>

#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/box_copy.h"
#include "ops/array/elements.h"
#include "ops/array/nd_index.h"
#include "ops/number_types.h"
#include "ops/state/state_ops.h"
#include "ops/state/variable_handle.h"

namespace icecore::inline v0 {
namespace {

enum class Change { kUpdate, kAdd, kSub };

// Nobody's rank may be 0.
void check_ranks(const Shape& variable, const Shape& indices, const Shape& updates) {
  with_rank_at_least(variable, 1);
  with_rank_at_least(indices, 1);
  with_rank_at_least(updates, 1);
  check_nd_updates(variable, indices, updates);
}

void scatter_nd_shape(ShapeContext& c) {
  check_ranks(c.input(0), c.input(1), c.input(2));
  c.set_output(0, c.input(0));
}

void resource_scatter_nd_shape(ShapeContext& c) {
  check_ranks(handle_shape(c, 0, "T"), c.input(1), c.input(2));
}

// INVALID_ARGUMENT where the three don't go together; how deep an index reaches.
std::int64_t check_run(const Shape& variable, const Shape& indices, const Shape& updates) {
  if (variable.rank() < 1) refuse("Output must be at least 1-D, got shape: " + to_string(variable));
  if (indices.rank() < 1) refuse("Indices must be at least 1-D, got shape: " + to_string(indices));
  const int outer = indices.rank() - 1;
  const std::int64_t depth = indices.dim(outer);
  if (outer > 0 && updates.rank() > 0 && updates.dim(0) != indices.dim(0)) {
    refuse("The outermost dimension of updates and indices must match. Got indices.shape " +
           to_string(indices) + ", updates.shape " + to_string(updates));
  }
  const bool fits =
      depth <= variable.rank() &&
      updates == join_shapes(part_of_shape(indices, 0, outer), part_of_shape(variable, depth));
  if (!fits) {
    refuse(
        "Must have updates.shape = indices.shape[:batch_dim] + params_shape[slice_dim:], got "
        "updates.shape: " +
        to_string(updates) + ", indices.shape: " + to_string(indices) +
        ", params_shape: " + to_string(variable) + ", slice_dim: " + std::to_string(depth) +
        ", and batch_dim: " + std::to_string(outer));
  }
  return depth;
}

template <typename T, typename Each>
void over_slices(std::span<T> variable, std::span<const T> updates,
                 const std::vector<std::int64_t>& places, std::int64_t width, Each&& each) {
  const T* source = updates.data();
  for (const std::int64_t place : places) {
    T* const target = variable.data() + place * width;
    for (std::int64_t i = 0; i < width; ++i) each(target[i], source[i]);
    source += width;
  }
}

void scatter_nd(KernelContext& c, Change change) {
  const std::shared_ptr<VariableCell> cell = variable_input(c, 0);
  const Tensor& indices = c.input(1);
  const Tensor& updates = c.input(2);
  cell->update([&](Tensor& variable) {
    const Shape& shape = variable.shape();
    if (variable.dtype() != updates.dtype()) {
      refuse("updates of " + to_string(updates.dtype()) + " can't change the variable '" +
             cell->name() + "' of " + to_string(variable.dtype()));
    }
    const std::int64_t depth = check_run(shape, indices.shape(), updates.shape());
    std::int64_t rows = 1;
    for (int d = 0; d + 1 < indices.shape().rank(); ++d) {
      rows = multiply_sizes(rows, indices.shape().dim(d));
    }
    const std::int64_t width = count_elements(shape, static_cast<int>(depth), shape.rank());
    if (rows == 0) return;
    const std::vector<std::int64_t> places = nd_places(indices, shape, rows, depth, "shape");
    if (width == 0 || variable.num_elements() == 0) return;
    if (change == Change::kUpdate) {
      visit_elements(variable.dtype(), [&]<typename T>(std::type_identity<T>) {
        over_slices(mutable_elements<T>(variable), elements<T>(updates), places, width,
                    [](T& to, const T& from) { to = from; });
      });
      return;
    }
    visit_numbers(AllNumberTypes(), variable.dtype(), [&]<typename T>(std::type_identity<T>) {
      const std::span<T> target = variable.mutable_values<T>();
      if (change == Change::kAdd) {
        over_slices(target, updates.values<T>(), places, width,
                    [](T& to, const T& from) { to = wrapping_add(to, from); });
      } else {
        over_slices(target, updates.values<T>(), places, width,
                    [](T& to, const T& from) { to = wrapping_sub(to, from); });
      }
    });
  });
  give_reference_on(c);
}

template <Change change>
Kernel scatter_nd_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) { scatter_nd(c, change); });
}

}  // namespace

const OpImplementation scatter_nd_update_op = {
    "ScatterNdUpdate", scatter_nd_shape, scatter_nd_kernel<Change::kUpdate>, not_differentiable};
const OpImplementation scatter_nd_add_op = {"ScatterNdAdd", scatter_nd_shape,
                                            scatter_nd_kernel<Change::kAdd>, not_differentiable};
const OpImplementation scatter_nd_sub_op = {"ScatterNdSub", scatter_nd_shape,
                                            scatter_nd_kernel<Change::kSub>, not_differentiable};
const OpImplementation resource_scatter_nd_update_op = {
    "ResourceScatterNdUpdate", resource_scatter_nd_shape, scatter_nd_kernel<Change::kUpdate>};
const OpImplementation resource_scatter_nd_add_op = {
    "ResourceScatterNdAdd", resource_scatter_nd_shape, scatter_nd_kernel<Change::kAdd>};
const OpImplementation resource_scatter_nd_sub_op = {
    "ResourceScatterNdSub", resource_scatter_nd_shape, scatter_nd_kernel<Change::kSub>};

}  // namespace icecore::inline v0
