// Images of any number type as float32.
#pragma once

#include <icecore/kernel.h>
#include <icecore/tensor.h>

#include <cstdint>

#include "base/thread_pool.h"
#include "ops/in_float32.h"
#include "ops/nn/real_types.h"

namespace icecore::inline v0 {

inline Tensor pixels_as_float32(const KernelContext& context, const Tensor& images) {
  if (images.dtype() == DType::kFloat32) return images;
  if (is_short_float(images.dtype())) return to_float32(context, images);
  Tensor result = context.allocate(DType::kFloat32, images.shape());
  for_real_type(images.dtype(), [&]<typename T>(T*) {
    const T* in = images.values<T>().data();
    float* out = result.mutable_values<float>().data();
    context.threads().parallel_for(images.num_elements(), 1 << 14,
                                   [&](std::int64_t begin, std::int64_t end) {
                                     for (std::int64_t i = begin; i < end; ++i)
                                       out[i] = static_cast<float>(in[i]);
                                   });
  });
  return result;
}

}  // namespace icecore::inline v0
