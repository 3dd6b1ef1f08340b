// The loops of pooling, over images with channels last.
#pragma once

#include <icecore/kernel.h>
#include <icecore/tensor.h>

#include <cstdint>

#include "ops/nn/window.h"

namespace icecore::inline v0 {

struct PoolingGeometry {
  std::int64_t batch = 0, channels = 0;
  Window rows, columns;

  Shape input_shape() const { return {batch, rows.in, columns.in, channels}; }
  Shape output_shape() const { return {batch, rows.out, columns.out, channels}; }
};

// Of a window's equal largest values the first in row-major order counts. Tensors are as large as
// the geometry says; results don't depend on the threads. The dtypes are all real numbers but half
// and bfloat16 (UNIMPLEMENTED).
void max_pool(KernelContext& context, const PoolingGeometry& geometry, const Tensor& input,
              Tensor& output);
// Along channels: groups of `group` neighbours become one.
void max_pool_channels(KernelContext& context, std::int64_t group, const Tensor& input,
                       Tensor& output);
// Also where: flat indices into one image, or into all of them. `where` is int32 or int64.
void max_pool_with_argmax(KernelContext& context, const PoolingGeometry& geometry, bool count_batch,
                          const Tensor& input, Tensor& output, Tensor& where);
// Adds gradients up where the largest values are.
void max_pool_gradient(KernelContext& context, const PoolingGeometry& geometry, const Tensor& input,
                       const Tensor& gradient, Tensor& result);
// Picks gradients of the input where the values are that `output` has as the largest; 0 where none
// is.
void max_pool_pick(KernelContext& context, const PoolingGeometry& geometry, const Tensor& input,
                   const Tensor& output, const Tensor& gradient, Tensor& result);

// float32 and float64; cells outside the image don't count.
void average_pool(KernelContext& context, const PoolingGeometry& geometry, const Tensor& input,
                  Tensor& output);
void average_pool_gradient(KernelContext& context, const PoolingGeometry& geometry,
                           const Tensor& gradient, Tensor& result);

}  // namespace icecore::inline v0
