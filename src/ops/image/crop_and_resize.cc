#include <icecore/error.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/thread_pool.h"
#include "ops/image/image_ops.h"
#include "ops/image/pixels.h"
#include "ops/nn/window.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Code::kInvalidArgument, message);
}

// Places along one side of a box, in pixels of the image.
struct Side {
  float from, to;
  std::int64_t image, crop;

  float place(std::int64_t i) const {
    const auto last = static_cast<float>(image - 1);
    if (crop <= 1) return static_cast<float>(0.5 * static_cast<double>(from + to) * last);
    const float step = (to - from) * last / static_cast<float>(crop - 1);
    return from * last + static_cast<float>(i) * step;
  }
  // Also of what is no number.
  bool outside(float place) const {
    return !(place >= 0 && place <= static_cast<float>(image - 1));
  }
};

void crop(KernelContext& context, bool nearest, float outside) {
  const Tensor& image_tensor = context.input(0);
  const Tensor& boxes_tensor = context.input(1);
  const Tensor& indices_tensor = context.input(2);
  const Shape& shape = image_tensor.shape();
  if (shape.rank() != 4) refuse("input image must be 4-D" + to_string(shape));
  const std::int64_t batch = shape.dim(0), rows = shape.dim(1), columns = shape.dim(2);
  const std::int64_t depth = shape.dim(3);
  if (rows <= 0 || columns <= 0) refuse("image dimensions must be positive");
  std::int64_t boxes = 0;
  if (boxes_tensor.num_elements() > 0 || indices_tensor.num_elements() > 0) {
    if (boxes_tensor.shape().rank() != 2) {
      refuse("boxes must be 2-D" + to_string(boxes_tensor.shape()));
    }
    boxes = boxes_tensor.shape().dim(0);
    if (boxes_tensor.shape().dim(1) != 4) refuse("boxes must have 4 columns");
    if (indices_tensor.shape().rank() != 1) {
      refuse("box_index must be 1-D" + to_string(indices_tensor.shape()));
    }
    if (indices_tensor.num_elements() != boxes) refuse("box_index has incompatible shape");
  }
  const Tensor& size = context.input(3);
  if (size.shape().rank() != 1) refuse("crop_size must be 1-D" + to_string(size.shape()));
  if (size.num_elements() != 2)
    refuse("crop_size must have two elements" + to_string(size.shape()));
  const std::vector<std::int64_t> crop_size = int_vector(size);
  const std::int64_t height = crop_size[0], width = crop_size[1];
  if (height <= 0 || width <= 0) refuse("crop dimensions must be positive");
  const std::vector<std::int64_t> indices = int_vector(indices_tensor);
  for (std::size_t i = 0; i < indices.size(); ++i) {
    if (indices[i] >= 0 && indices[i] < batch) continue;
    throw Error(Code::kOutOfRange, "box_index has values outside [0, batch_size)");
  }
  const Tensor images = pixels_as_float32(context, image_tensor);
  Tensor result = context.allocate(DType::kFloat32, Shape{boxes, height, width, depth});
  const float* in = images.values<float>().data();
  const float* corners = boxes_tensor.values<float>().data();
  float* out = result.mutable_values<float>().data();
  context.threads().parallel_for(boxes * height, 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t line = begin; line < end; ++line) {
      const std::int64_t b = line / height;
      const float* box = corners + b * 4;
      const Side vertical{box[0], box[2], rows, height}, horizontal{box[1], box[3], columns, width};
      const float* image = in + indices[static_cast<std::size_t>(b)] * rows * columns * depth;
      const float y = vertical.place(line % height);
      for (std::int64_t i = 0; i < width; ++i) {
        float* to = out + (line * width + i) * depth;
        const float x = horizontal.place(i);
        if (vertical.outside(y) || horizontal.outside(x)) {
          std::fill_n(to, depth, outside);
          continue;
        }
        const auto pixel = [&](float row, float column) {
          return image +
                 (static_cast<std::int64_t>(row) * columns + static_cast<std::int64_t>(column)) *
                     depth;
        };
        if (nearest) {
          std::copy_n(pixel(std::round(y), std::round(x)), depth, to);
          continue;
        }
        const float top = std::floor(y), left = std::floor(x);
        const float* p00 = pixel(top, left);
        const float* p01 = pixel(top, std::ceil(x));
        const float* p10 = pixel(std::ceil(y), left);
        const float* p11 = pixel(std::ceil(y), std::ceil(x));
        for (std::int64_t c = 0; c < depth; ++c) {
          const float upper = p00[c] + (p01[c] - p00[c]) * (x - left);
          const float lower = p10[c] + (p11[c] - p10[c]) * (x - left);
          to[c] = upper + (lower - upper) * (y - top);
        }
      }
    }
  });
  context.set_output(0, std::move(result));
}

}  // namespace

void crop_and_resize_shape(ShapeContext& c) {
  const Shape image = with_rank(c.input(0), 4);
  const Shape boxes = with_rank(c.input(1), 2);
  const std::int64_t count = merge_dims(boxes.dim(0), with_rank(c.input(2), 1).dim(0));
  merge_dims(boxes.dim(1), 4);
  merge_dims(with_rank(c.input(3), 1).dim(0), 2);
  std::int64_t height = -1, width = -1;
  if (const auto size = c.constant_ints(3); size && size->size() == 2) {
    height = std::max<std::int64_t>((*size)[0], -1);
    width = std::max<std::int64_t>((*size)[1], -1);
  }
  c.set_output(0, Shape{count, height, width, image.dim(3)});
}

Kernel crop_and_resize_kernel(const NodeInfo& node) {
  const std::string method = node.string_attr("method");
  if (method != "bilinear" && method != "nearest") {
    refuse("method must be 'bilinear' or 'nearest'" + method);
  }
  return [nearest = method == "nearest", outside = node.float_attr("extrapolation_value")](
             KernelContext& context) { crop(context, nearest, outside); };
}

}  // namespace icecore::inline v0
