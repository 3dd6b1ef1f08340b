// Convolutions with filters of 3 x 3 by minimal filtering.
//
// A tile of 2 x 2 results of one channel takes 16 products an input channel where sums of the
// filter's nine weights take 36: F(2x2, 3x3) of A. Lavin and S. Gray, "Fast Algorithms for
// Convolutional Neural Networks", 2015, after S. Winograd. Tiles of the picture and the filter are
// transformed, multiplied plane by plane as matrices, and the products transformed back. All
// factors are halves and ones, so results are as near to the exact ones as those of direct sums;
// larger tiles would save more and lose digits. An infinity among the pixels makes NaN of all four
// results of its tiles.
#pragma once

#include <icecore/kernel.h>
#include <icecore/tensor.h>

#include "ops/nn/convolution.h"

namespace icecore::inline v0 {

// Whether this is the fastest way here. A matter of the geometry and the CPU alone: the same graph
// computes the same bits in every run, with any number of threads.
bool is_for_winograd(const ConvolutionGeometry& g);

// The filter [3, 3, in, out] as winograd_forward() wants it, 16/9 times as large.
Tensor winograd_filter(KernelContext& context, const ConvolutionGeometry& g, const Tensor& filter);

// `filter` is what winograd_filter() made; `result` has g.output_shape(). All float32.
void winograd_forward(KernelContext& context, const ConvolutionGeometry& g, const Tensor& images,
                      const Tensor& filter, Tensor& result);

}  // namespace icecore::inline v0
