// ScatterUpdate, ScatterAdd and their kin, on references and on resources: rows of a variable by
// their indices.
#include <icecore/error.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/elements.h"
#include "ops/number_types.h"
#include "ops/state/state_ops.h"
#include "ops/state/variable_handle.h"

namespace icecore::inline v0 {
namespace {

enum class Change { kUpdate, kAdd, kSub, kMul, kDiv, kMin, kMax };

// Indices, and a row of updates for each or one scalar for all.
void check_scatter(const Shape& variable, const Shape& indices, const Shape& updates) {
  const Shape rows = part_of_shape(variable, 1);
  if (updates.has_rank() && updates.rank() == 0) return;
  merge_shapes(updates, join_shapes(indices, rows));
}

void scatter_shape(ShapeContext& c) {
  check_scatter(c.input(0), c.input(1), c.input(2));
  c.set_output(0, c.input(0));
}

void resource_scatter_shape(ShapeContext& c) {
  check_scatter(handle_shape(c, 0), c.input(1), c.input(2));
}

// "[0,2]", where row number `row` of the indices stands; "" of a scalar.
std::string place_of(const Shape& indices, std::int64_t row) {
  if (indices.rank() == 0) return "";
  std::vector<std::int64_t> place(static_cast<std::size_t>(indices.rank()));
  for (int d = indices.rank(); d-- > 0;) {
    place[static_cast<std::size_t>(d)] = row % indices.dim(d);
    row /= indices.dim(d);
  }
  return join_ints(place);
}

// Before anything is changed.
void check_indices(const std::vector<std::int64_t>& rows, const Shape& indices,
                   std::int64_t limit) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] >= 0 && rows[i] < limit) continue;
    refuse("indices" + place_of(indices, static_cast<std::int64_t>(i)) + " = " +
           std::to_string(rows[i]) + " is not in [0, " + std::to_string(limit) + ")");
  }
}

// Calls `each(target, source)` for all elements that meet. With one update for all, step is 0.
template <typename T, typename Each>
void over_rows(std::span<T> variable, std::span<const T> updates,
               const std::vector<std::int64_t>& rows, std::int64_t width, bool one_for_all,
               Each&& each) {
  const T* source = updates.data();
  for (const std::int64_t row : rows) {
    T* const target = variable.data() + row * width;
    for (std::int64_t i = 0; i < width; ++i) each(target[i], one_for_all ? source[0] : source[i]);
    if (!one_for_all) source += width;
  }
}

template <typename T>
void change_rows(Change change, std::span<T> variable, std::span<const T> updates,
                 const std::vector<std::int64_t>& rows, std::int64_t width, bool one_for_all) {
  const auto apply = [&](auto&& each) {
    over_rows(variable, updates, rows, width, one_for_all, each);
  };
  switch (change) {
    case Change::kAdd:
      return apply([](T& to, const T& from) { to = wrapping_add(to, from); });
    case Change::kSub:
      return apply([](T& to, const T& from) { to = wrapping_sub(to, from); });
    case Change::kMul:
      return apply([](T& to, const T& from) { to = wrapping_mul(to, from); });
    case Change::kDiv:
      if constexpr (std::is_integral_v<T>) {
        if (std::ranges::find(updates, T{0}) != updates.end()) refuse("Integer division by zero");
        return apply([](T& to, const T& from) {
          // The least number by -1 has no quotient.
          to = std::is_signed_v<T> && from == static_cast<T>(-1) ? wrapping_sub(T{0}, to)
                                                                 : static_cast<T>(to / from);
        });
      } else {
        return apply([](T& to, const T& from) { to = to / from; });
      }
    case Change::kMin:
    case Change::kMax:
      if constexpr (is_complex_number<T>) {
        throw Error(Code::kUnimplemented, "complex numbers have no order");
      } else if (change == Change::kMin) {
        return apply([](T& to, const T& from) { to = from < to ? from : to; });
      } else {
        return apply([](T& to, const T& from) { to = to < from ? from : to; });
      }
    case Change::kUpdate:
      break;
  }
}

void scatter(KernelContext& c, Change change) {
  const bool reference = !c.node().outputs().empty();
  const std::shared_ptr<VariableCell> cell = variable_input(c, 0);
  const Tensor& indices = c.input(1);
  const Tensor& updates = c.input(2);
  const std::vector<std::int64_t> rows = ints_of(indices);
  cell->update([&](Tensor& variable) {
    const Shape& shape = variable.shape();
    const Shape& given = updates.shape();
    if (variable.dtype() != updates.dtype()) {
      refuse("updates of " + to_string(updates.dtype()) + " can't change the variable '" +
             cell->name() + "' of " + to_string(variable.dtype()));
    }
    if (!reference && rows.empty()) return;
    if (shape.rank() < 1) refuse("params must be at least 1-D, got shape " + to_string(shape));
    const bool one_for_all = given.rank() == 0;
    if (!one_for_all && given != join_shapes(indices.shape(), part_of_shape(shape, 1))) {
      if (reference) {
        refuse(
            "Must have updates.shape = indices.shape + params.shape[1:] or updates.shape = "
            "[], got updates.shape " +
            to_string(given) + ", indices.shape " + to_string(indices.shape()) + ", params.shape " +
            to_string(shape));
      }
      refuse("shape of indices (" + to_string(indices.shape()) +
             ") is not compatible with the shape of updates (" + to_string(given) + ")");
    }
    check_indices(rows, indices.shape(), shape.dim(0));
    if (rows.empty() || variable.num_elements() == 0) return;
    const std::int64_t width = variable.num_elements() / shape.dim(0);
    if (change == Change::kUpdate) {
      visit_elements(variable.dtype(), [&]<typename T>(std::type_identity<T>) {
        over_rows(mutable_elements<T>(variable), elements<T>(updates), rows, width, one_for_all,
                  [](T& to, const T& from) { to = from; });
      });
    } else {
      visit_numbers(AllNumberTypes(), variable.dtype(), [&]<typename T>(std::type_identity<T>) {
        change_rows<T>(change, variable.mutable_values<T>(), updates.values<T>(), rows, width,
                       one_for_all);
      });
    }
  });
  give_reference_on(c);
}

template <Change change>
Kernel scatter_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) { scatter(c, change); });
}

template <Change change>
constexpr OpImplementation on_reference(std::string_view op) {
  return {op, scatter_shape, scatter_kernel<change>, not_differentiable};
}
template <Change change>
constexpr OpImplementation on_resource(std::string_view op) {
  return {op, resource_scatter_shape, scatter_kernel<change>};
}

}  // namespace

const OpImplementation scatter_update_op = on_reference<Change::kUpdate>("ScatterUpdate");
const OpImplementation scatter_add_op = on_reference<Change::kAdd>("ScatterAdd");
const OpImplementation scatter_sub_op = on_reference<Change::kSub>("ScatterSub");
const OpImplementation scatter_mul_op = on_reference<Change::kMul>("ScatterMul");
const OpImplementation scatter_div_op = on_reference<Change::kDiv>("ScatterDiv");
const OpImplementation scatter_min_op = on_reference<Change::kMin>("ScatterMin");
const OpImplementation scatter_max_op = on_reference<Change::kMax>("ScatterMax");
const OpImplementation resource_scatter_update_op =
    on_resource<Change::kUpdate>("ResourceScatterUpdate");
const OpImplementation resource_scatter_add_op = on_resource<Change::kAdd>("ResourceScatterAdd");
const OpImplementation resource_scatter_sub_op = on_resource<Change::kSub>("ResourceScatterSub");
const OpImplementation resource_scatter_mul_op = on_resource<Change::kMul>("ResourceScatterMul");
const OpImplementation resource_scatter_div_op = on_resource<Change::kDiv>("ResourceScatterDiv");
const OpImplementation resource_scatter_min_op = on_resource<Change::kMin>("ResourceScatterMin");
const OpImplementation resource_scatter_max_op = on_resource<Change::kMax>("ResourceScatterMax");

}  // namespace icecore::inline v0
