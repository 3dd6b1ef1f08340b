// Variables: reading, assigning, adding to them, by reference and by handle.
#pragma once

#include <icecore/op_set.h>
#include <icecore/shape_context.h>

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable state_ops();

// What a resource input's handle says. INVALID_ARGUMENT where the node's attribute says another
// dtype; unknown where nothing is known of the handle.
Shape handle_shape(const ShapeContext& c, int i, std::string_view type_attr = "dtype");

// Each stands in the file that is named after it or its kin.
extern const OpImplementation variable_op, variable_v2_op,
    is_variable_initialized_op;                                         // variable.cc
extern const OpImplementation assign_op, assign_add_op, assign_sub_op;  // assign.cc
extern const OpImplementation var_handle_op, var_is_initialized_op, read_variable_op,
    destroy_resource_op, variable_shape_op;  // resource_variable.cc
extern const OpImplementation assign_variable_op, assign_add_variable_op,
    assign_sub_variable_op;                                               // assign_variable.cc
extern const OpImplementation resource_gather_op, resource_gather_nd_op;  // resource_gather.cc
extern const OpImplementation scatter_update_op, scatter_add_op, scatter_sub_op, scatter_mul_op,
    scatter_div_op, scatter_min_op, scatter_max_op, resource_scatter_update_op,
    resource_scatter_add_op, resource_scatter_sub_op, resource_scatter_mul_op,
    resource_scatter_div_op, resource_scatter_min_op, resource_scatter_max_op;  // scatter.cc
extern const OpImplementation scatter_nd_update_op, scatter_nd_add_op, scatter_nd_sub_op,
    resource_scatter_nd_update_op, resource_scatter_nd_add_op,
    resource_scatter_nd_sub_op;                                         // scatter_nd_update.cc
extern const OpImplementation count_up_to_op, resource_count_up_to_op;  // count_up_to.cc

}  // namespace icecore::inline v0
