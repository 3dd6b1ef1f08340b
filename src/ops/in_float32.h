// Kernels of half and bfloat16 that compute in float32.
#pragma once

#include <icecore/kernel.h>
#include <icecore/tensor.h>

namespace icecore::inline v0 {

// Half and bfloat16 as float32; other dtypes as they are.
Tensor to_float32(const KernelContext& context, const Tensor& tensor);
// Float32 rounded to the nearest half or bfloat16; where `dtype` is neither, as it is.
Tensor from_float32(const KernelContext& context, const Tensor& tensor, DType dtype);

constexpr bool is_short_float(DType dtype) {
  return dtype == DType::kFloat16 || dtype == DType::kBFloat16;
}

// A kernel that gives `kernel` its half and bfloat16 inputs as float32, and rounds its outputs to
// what the node says. `kernel` must go by the dtypes of its inputs, not by the node's.
Kernel in_float32(Kernel kernel);

}  // namespace icecore::inline v0
