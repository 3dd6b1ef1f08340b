#include "ops/image/resize_arguments.h"

#include <icecore/error.h>
#include <icecore/shape_context.h>

#include <limits>
#include <vector>

#include "ops/image/image_ops.h"
#include "ops/nn/window.h"

namespace icecore::inline v0 {

[[noreturn]] void refuse_resize(const std::string& message) {
  throw Error(Code::kInvalidArgument, message);
}

ResizeAttrs resize_attrs(const NodeInfo& node) {
  const ResizeAttrs attrs{
      node.bool_attr("align_corners"),
      node.has_attr("half_pixel_centers") && node.bool_attr("half_pixel_centers")};
  if (attrs.align_corners && attrs.half_pixel_centers) {
    refuse_resize("If half_pixel_centers is True, align_corners must be False.");
  }
  return attrs;
}

float resize_scale(const ResizeAttrs& attrs, std::int64_t in, std::int64_t out) {
  return attrs.align_corners && out > 1 ? static_cast<float>(in - 1) / static_cast<float>(out - 1)
                                        : static_cast<float>(in) / static_cast<float>(out);
}

std::array<std::int64_t, 2> wanted_size(const Tensor& size) {
  if (size.shape().rank() != 1) {
    refuse_resize("shape_t must be 1-dimensional" + to_string(size.shape()));
  }
  if (size.num_elements() != 2) {
    refuse_resize("shape_t must have two elements" + to_string(size.shape()));
  }
  const std::vector<std::int64_t> dims = int_vector(size);
  return {dims[0], dims[1]};
}

ResizeSizes resize_sizes(const Tensor& images, const Tensor& size) {
  const Shape& shape = images.shape();
  if (shape.rank() != 4) refuse_resize("input must be 4-dimensional" + to_string(shape));
  const auto [rows, columns] = wanted_size(size);
  if (rows <= 0 || columns <= 0) refuse_resize("output dimensions must be positive");
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  if (shape.dim(1) > kMost || shape.dim(2) > kMost) {
    refuse_resize("input sizes must be between 0 and max int32");
  }
  if (shape.dim(3) <= 0) refuse_resize("image must have at least one channel");
  if (shape.dim(1) <= 0 || shape.dim(2) <= 0) refuse_resize("input image must be of non-zero size");
  return {shape.dim(0), shape.dim(1), shape.dim(2), rows, columns, shape.dim(3)};
}

Output resize_back_node(GradientContext& c, const char* op, const Output& second) {
  return c.graph()
      .apply_op(op, {c.gradient(), second},
                {{"align_corners", c.op().attr("align_corners")},
                 {"half_pixel_centers", c.op().info().bool_attr("half_pixel_centers")}})
      .output();
}

void resize_shape(ShapeContext& c) {
  const Shape images = with_rank(c.input(0), 4);
  merge_dims(with_rank(c.input(1), 1).dim(0), 2);
  std::int64_t rows = -1, columns = -1;
  if (const auto size = c.constant_ints(1); size && size->size() == 2) {
    rows = (*size)[0];
    columns = (*size)[1];
    if (rows < 0 || columns < 0) {
      throw Error(Code::kInvalidArgument, "Dimensions of a size must be >= 0", Misuse::kValue);
    }
  }
  c.set_output(0, Shape{images.dim(0), rows, columns, images.dim(3)});
}

}  // namespace icecore::inline v0
