#include "ops/data_flow/data_flow_ops.h"

#include <icecore/shape_context.h>

namespace icecore::inline v0 {

// Gradients flow through the newest ones only: Python's gradient functions of the older make nodes
// of the newest, which don't take their handles.
OpTable data_flow_ops() {
  static constexpr OpImplementation kTable[] = {
      {"Stack", stack_shape, stack_kernel, not_differentiable},
      {"StackClose", no_outputs, stack_close_kernel, not_differentiable},
      {"StackCloseV2", no_outputs, stack_close_kernel, not_differentiable},
      {"StackPop", unknown_shape, stack_pop_kernel, not_differentiable},
      {"StackPopV2", unknown_shape, stack_pop_kernel, not_differentiable},
      {"StackPush", stack_push_shape, stack_push_kernel, not_differentiable},
      {"StackPushV2", stack_push_shape, stack_push_kernel, not_differentiable},
      {"StackV2", stack_shape, stack_kernel, not_differentiable},
      {"TensorArray", tensor_array_shape, tensor_array_kernel, not_differentiable},
      {"TensorArrayClose", no_outputs, tensor_array_close_kernel, not_differentiable},
      {"TensorArrayCloseV2", no_outputs, tensor_array_close_kernel, not_differentiable},
      {"TensorArrayCloseV3", no_outputs, tensor_array_close_kernel, not_differentiable},
      {"TensorArrayConcat", tensor_array_concat_shape, tensor_array_concat_kernel},
      {"TensorArrayConcatV2", tensor_array_concat_shape, tensor_array_concat_kernel},
      {"TensorArrayConcatV3", tensor_array_concat_shape, tensor_array_concat_kernel,
       tensor_array_concat_gradient},
      {"TensorArrayGather", tensor_array_gather_shape, tensor_array_gather_kernel},
      {"TensorArrayGatherV2", tensor_array_gather_shape, tensor_array_gather_kernel},
      {"TensorArrayGatherV3", tensor_array_gather_shape, tensor_array_gather_kernel,
       tensor_array_gather_gradient},
      {"TensorArrayGrad", tensor_array_gradient_shape, tensor_array_gradient_kernel,
       not_differentiable},
      {"TensorArrayGradV2", tensor_array_gradient_shape, tensor_array_gradient_kernel,
       not_differentiable},
      {"TensorArrayGradV3", tensor_array_gradient_shape, tensor_array_gradient_kernel,
       not_differentiable},
      {"TensorArrayGradWithShape", tensor_array_gradient_shape, tensor_array_gradient_kernel,
       not_differentiable},
      {"TensorArrayRead", tensor_array_read_shape, tensor_array_read_kernel},
      {"TensorArrayReadV2", tensor_array_read_shape, tensor_array_read_kernel},
      {"TensorArrayReadV3", tensor_array_read_shape, tensor_array_read_kernel,
       tensor_array_read_gradient},
      {"TensorArrayScatter", tensor_array_scatter_shape, tensor_array_scatter_kernel},
      {"TensorArrayScatterV2", tensor_array_scatter_shape, tensor_array_scatter_kernel},
      {"TensorArrayScatterV3", tensor_array_scatter_shape, tensor_array_scatter_kernel,
       tensor_array_scatter_gradient},
      {"TensorArraySize", tensor_array_size_shape, tensor_array_size_kernel, not_differentiable},
      {"TensorArraySizeV2", tensor_array_size_shape, tensor_array_size_kernel, not_differentiable},
      {"TensorArraySizeV3", tensor_array_size_shape, tensor_array_size_kernel, not_differentiable},
      {"TensorArraySplit", tensor_array_split_shape, tensor_array_split_kernel},
      {"TensorArraySplitV2", tensor_array_split_shape, tensor_array_split_kernel},
      {"TensorArraySplitV3", tensor_array_split_shape, tensor_array_split_kernel,
       tensor_array_split_gradient},
      {"TensorArrayV2", tensor_array_shape, tensor_array_kernel, not_differentiable},
      {"TensorArrayV3", tensor_array_shape, tensor_array_kernel, not_differentiable},
      {"TensorArrayWrite", tensor_array_write_shape, tensor_array_write_kernel},
      {"TensorArrayWriteV2", tensor_array_write_shape, tensor_array_write_kernel},
      {"TensorArrayWriteV3", tensor_array_write_shape, tensor_array_write_kernel,
       tensor_array_write_gradient},
  };
  return kTable;
}

}  // namespace icecore::inline v0
