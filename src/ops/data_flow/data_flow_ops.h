// Ops that keep tensors from one node to another: tensor arrays, stacks.
#pragma once

#include <icecore/op_set.h>

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable data_flow_ops();

// tensor_array_ops.cc
void tensor_array_shape(ShapeContext& c);
void tensor_array_gradient_shape(ShapeContext& c);
void tensor_array_write_shape(ShapeContext& c);
void tensor_array_read_shape(ShapeContext& c);
void tensor_array_gather_shape(ShapeContext& c);
void tensor_array_scatter_shape(ShapeContext& c);
void tensor_array_concat_shape(ShapeContext& c);
void tensor_array_split_shape(ShapeContext& c);
void tensor_array_size_shape(ShapeContext& c);
Kernel tensor_array_kernel(const NodeInfo& node);
Kernel tensor_array_gradient_kernel(const NodeInfo& node);
Kernel tensor_array_write_kernel(const NodeInfo& node);
Kernel tensor_array_read_kernel(const NodeInfo& node);
Kernel tensor_array_size_kernel(const NodeInfo& node);
Kernel tensor_array_close_kernel(const NodeInfo& node);

// tensor_array_rows.cc
Kernel tensor_array_gather_kernel(const NodeInfo& node);
Kernel tensor_array_scatter_kernel(const NodeInfo& node);
Kernel tensor_array_concat_kernel(const NodeInfo& node);
Kernel tensor_array_split_kernel(const NodeInfo& node);

// tensor_array_gradients.cc
void tensor_array_read_gradient(GradientContext& c);
void tensor_array_write_gradient(GradientContext& c);
void tensor_array_gather_gradient(GradientContext& c);
void tensor_array_scatter_gradient(GradientContext& c);
void tensor_array_concat_gradient(GradientContext& c);
void tensor_array_split_gradient(GradientContext& c);

// stack.cc
void stack_shape(ShapeContext& c);
void stack_push_shape(ShapeContext& c);
Kernel stack_kernel(const NodeInfo& node);
Kernel stack_push_kernel(const NodeInfo& node);
Kernel stack_pop_kernel(const NodeInfo& node);
Kernel stack_close_kernel(const NodeInfo& node);

}  // namespace icecore::inline v0
