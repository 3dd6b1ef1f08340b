// Convolutions by loops of ours: for float64, and where oneDNN has nothing good.
#pragma once

#include <icecore/kernel.h>
#include <icecore/tensor.h>

#include "ops/nn/convolution.h"

namespace icecore::inline v0 {

// Images are [batch, rows, columns, channels], float32 or float64. Results don't depend on the
// threads. Whole results are written, zeros included.
void plain_forward(KernelContext& context, const ConvolutionGeometry& geometry, const Tensor& input,
                   const Tensor& filter, Tensor& output);
void plain_backward_input(KernelContext& context, const ConvolutionGeometry& geometry,
                          const Tensor& filter, const Tensor& gradient, Tensor& input_gradient);
void plain_backward_filter(KernelContext& context, const ConvolutionGeometry& geometry,
                           const Tensor& input, const Tensor& gradient, Tensor& filter_gradient);

}  // namespace icecore::inline v0
