#include "ops/state/state_ops.h"

#include <icecore/error.h>

namespace icecore::inline v0 {

Shape handle_shape(const ShapeContext& c, int i, std::string_view type_attr) {
  const std::optional<HandleInfo>& handle = c.input_handle(i);
  if (!handle || handle->dtype == DType::kInvalid) return Shape::unknown_rank();
  const DType dtype = c.node().type_attr(type_attr);
  if (handle->dtype != dtype) {
    throw Error(Code::kInvalidArgument,
                "Trying to read variable with wrong dtype. Expected " + to_string(handle->dtype) +
                    " got " + to_string(dtype),
                Misuse::kValue);
  }
  return handle->shape;
}

OpTable state_ops() {
  static const OpImplementation table[] = {
      assign_add_op,
      assign_add_variable_op,
      assign_op,
      assign_sub_op,
      assign_sub_variable_op,
      assign_variable_op,
      count_up_to_op,
      destroy_resource_op,
      is_variable_initialized_op,
      read_variable_op,
      resource_count_up_to_op,
      resource_gather_nd_op,
      resource_gather_op,
      resource_scatter_add_op,
      resource_scatter_div_op,
      resource_scatter_max_op,
      resource_scatter_min_op,
      resource_scatter_mul_op,
      resource_scatter_nd_add_op,
      resource_scatter_nd_sub_op,
      resource_scatter_nd_update_op,
      resource_scatter_sub_op,
      resource_scatter_update_op,
      scatter_add_op,
      scatter_div_op,
      scatter_max_op,
      scatter_min_op,
      scatter_mul_op,
      scatter_nd_add_op,
      scatter_nd_sub_op,
      scatter_nd_update_op,
      scatter_sub_op,
      scatter_update_op,
      var_handle_op,
      var_is_initialized_op,
      variable_op,
      variable_shape_op,
      variable_v2_op,
  };
  return table;
}

}  // namespace icecore::inline v0
