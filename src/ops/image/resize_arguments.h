// What all ways of resizing images take, and what their gradients are made with.
#pragma once

#include <icecore/gradient_context.h>
#include <icecore/node_info.h>
#include <icecore/tensor.h>

#include <array>
#include <cstdint>
#include <string>

namespace icecore::inline v0 {

// INVALID_ARGUMENT.
[[noreturn]] void refuse_resize(const std::string& message);

struct ResizeAttrs {
  bool align_corners, half_pixel_centers;
};
ResizeAttrs resize_attrs(const NodeInfo& node);

// How far an output row or column is from the next, in rows or columns of the input.
float resize_scale(const ResizeAttrs& attrs, std::int64_t in, std::int64_t out);

struct ResizeSizes {
  std::int64_t batch, in_rows, in_columns, out_rows, out_columns, channels;
};
// Of images that are to be resized to `size`, checked.
ResizeSizes resize_sizes(const Tensor& images, const Tensor& size);
// Rows and columns.
std::array<std::int64_t, 2> wanted_size(const Tensor& size);

// The node of that op which takes the gradient back to the images.
Output resize_back_node(GradientContext& c, const char* op, const Output& second);

}  // namespace icecore::inline v0
