// The geometry of a convolution over images, and how it is computed.
#pragma once

#include <icecore/kernel.h>
#include <icecore/tensor.h>

#include <cstdint>
#include <memory>

#include "ops/nn/window.h"

namespace icecore::inline v0 {

struct ConvolutionGeometry {
  bool nchw = false;
  std::int64_t batch = 0, in_channels = 0, out_channels = 0;
  // Each input channel has filters of its own; the filter is [rows, columns, in, multiplier].
  // Otherwise it is [rows, columns, in, out].
  bool depthwise = false;
  Window rows, columns;

  bool operator==(const ConvolutionGeometry&) const = default;
  Shape input_shape() const { return image_shape(nchw, batch, rows.in, columns.in, in_channels); }
  Shape output_shape() const {
    return image_shape(nchw, batch, rows.out, columns.out, out_channels);
  }
  Shape filter_shape() const;
};

// From the shapes of images and filter; INVALID_ARGUMENT where they don't belong together.
ConvolutionGeometry convolution_geometry(const WindowAttrs& attrs, const Shape& input,
                                         const Shape& filter, bool depthwise);

// Computes convolutions of one node; keeps what can be kept from run to run: oneDNN's primitives,
// and the filter in oneDNN's order where it stays the same. Tensors are float32 or float64, as
// large as the geometry says. Thread-safe.
class Convolution {
 public:
  Convolution();
  ~Convolution();

  Tensor forward(KernelContext& context, const ConvolutionGeometry& geometry, const Tensor& input,
                 const Tensor& filter);
  Tensor backward_input(KernelContext& context, const ConvolutionGeometry& geometry,
                        const Tensor& filter, const Tensor& gradient);
  Tensor backward_filter(KernelContext& context, const ConvolutionGeometry& geometry,
                         const Tensor& input, const Tensor& gradient);

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

}  // namespace icecore::inline v0
