// LookupTableFind, LookupTableSize, LookupTableInsert, LookupTableImport, LookupTableExport, of
// both versions, and LookupTableRemoveV2.
#include <icecore/shape_context.h>

#include <string>
#include <utility>

#include "ops/array/arguments.h"
#include "ops/lookup/lookup_ops.h"
#include "ops/lookup/lookup_table.h"

namespace icecore::inline v0 {
namespace {

void check_handle(ShapeContext& c) {
  if (c.node().inputs().at(0).dtype == DType::kResource) {
    with_rank(c.input(0), 0);
  } else {
    merge_dims(with_rank(c.input(0), 1).dim(0), 2);
  }
}

Kernel change_kernel(void (LookupTable::*change)(const Tensor&, const Tensor&)) {
  return Kernel([change](KernelContext& c) {
    const auto table = table_input(c);
    check_table_types(*table, c.input(1).dtype(), c.input(2).dtype());
    check_same_shape(c.input(1), c.input(2));
    ((*table).*change)(c.input(1), c.input(2));
  });
}

}  // namespace

void table_find_shape(ShapeContext& c) {
  check_handle(c);
  const Shape& missing = c.input(2);
  if (missing.has_rank() && missing.rank() > 1) {
    refuse_shape("Shape must be at most rank 1 but is rank " + std::to_string(missing.rank()));
  }
  // Of tables that are initialized once TensorFlow tells no shape.
  const auto& handle = c.input_handle(0);
  if (!handle) return;
  if (handle->dtype != c.node().type_attr("Tout")) {
    refuse_shape("Trying to read value with wrong dtype. Expected " + to_string(handle->dtype) +
                 " got " + to_string(c.node().type_attr("Tout")));
  }
  c.set_output(0, join_shapes(c.input(1), handle->shape));
}

void table_size_shape(ShapeContext& c) {
  check_handle(c);
  c.set_output(0, Shape());
}

void table_change_shape(ShapeContext& c) {
  check_handle(c);
}

void table_import_shape(ShapeContext& c) {
  check_handle(c);
  merge_shapes(with_rank(c.input(1), 1), c.input(2));
}

void table_export_shape(ShapeContext& c) {
  check_handle(c);
  c.set_output(0, Shape{-1});
  if (c.input_handle(0)) c.set_output(1, join_shapes(Shape{-1}, c.input_handle(0)->shape));
}

void table_remove_shape(ShapeContext& c) {
  check_handle(c);
  with_rank_at_least(c.input(1), 1);
}

Kernel table_find_kernel(const NodeInfo& node) {
  return Kernel([dtype = node.type_attr("Tout")](KernelContext& c) {
    const auto table = table_input(c);
    const Tensor &keys = c.input(1), &missing = c.input(2);
    check_table_types(*table, keys.dtype(), dtype);
    if (missing.shape() != Shape()) {
      refuse("Expected shape [] for default value, got " + to_string(missing.shape()));
    }
    Tensor values = c.allocate(dtype, keys.shape());
    table->find(keys, missing, values);
    c.set_output(0, std::move(values));
  });
}

Kernel table_size_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) { c.set_output(0, Tensor::scalar(table_input(c)->size())); });
}

Kernel table_insert_kernel(const NodeInfo&) {
  return change_kernel(&LookupTable::insert);
}

Kernel table_import_kernel(const NodeInfo&) {
  return change_kernel(&LookupTable::import);
}

Kernel table_export_kernel(const NodeInfo& node) {
  return Kernel(
      [key = node.type_attr("Tkeys"), value = node.type_attr("Tvalues")](KernelContext& c) {
        const auto table = table_input(c);
        check_table_types(*table, key, value);
        auto [keys, values] = table->entries();
        c.set_output(0, std::move(keys));
        c.set_output(1, std::move(values));
      });
}

Kernel table_remove_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const auto table = table_input(c);
    check_table_types(*table, c.input(1).dtype(), table->value_dtype());
    table->remove(c.input(1));
  });
}

}  // namespace icecore::inline v0
