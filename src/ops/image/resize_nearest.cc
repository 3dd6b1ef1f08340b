// Resizing by the nearest pixel, and back.
#include <icecore/gradient_context.h>
#include <icecore/kernel.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

#include "base/thread_pool.h"
#include "ops/image/image_ops.h"
#include "ops/image/resize_arguments.h"
#include "ops/in_float32.h"
#include "ops/nn/real_types.h"

namespace icecore::inline v0 {
namespace {

// Which input row or column is nearest to each output's.
std::vector<std::int64_t> nearest(const ResizeAttrs& attrs, std::int64_t in, std::int64_t out) {
  const float scale = resize_scale(attrs, in, out);
  std::vector<std::int64_t> indices(static_cast<std::size_t>(out));
  for (std::int64_t i = 0; i < out; ++i) {
    const float place = attrs.half_pixel_centers ? (static_cast<float>(i) + 0.5F) * scale
                                                 : static_cast<float>(i) * scale;
    const float whole = attrs.align_corners ? std::round(place) : std::floor(place);
    indices[static_cast<std::size_t>(i)] =
        std::clamp<std::int64_t>(static_cast<std::int64_t>(whole), 0, in - 1);
  }
  return indices;
}

void resize_nearest(KernelContext& context, const ResizeAttrs& attrs) {
  const Tensor& images = context.input(0);
  const ResizeSizes s = resize_sizes(images, context.input(1));
  Tensor result =
      context.allocate(images.dtype(), Shape{s.batch, s.out_rows, s.out_columns, s.channels});
  if (result.num_elements() == 0) {
    context.set_output(0, std::move(result));
    return;
  }
  const std::vector<std::int64_t> rows = nearest(attrs, s.in_rows, s.out_rows);
  const std::vector<std::int64_t> columns = nearest(attrs, s.in_columns, s.out_columns);
  const std::int64_t pixel = s.channels * static_cast<std::int64_t>(dtype_size(images.dtype()));
  const std::byte* in = images.bytes().data();
  std::byte* out = result.mutable_bytes().data();
  context.threads().parallel_for(
      s.batch * s.out_rows, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row) {
          const std::int64_t in_row =
              row / s.out_rows * s.in_rows + rows[static_cast<std::size_t>(row % s.out_rows)];
          for (std::int64_t column = 0; column < s.out_columns; ++column) {
            const std::int64_t from =
                in_row * s.in_columns + columns[static_cast<std::size_t>(column)];
            std::memcpy(out + (row * s.out_columns + column) * pixel, in + from * pixel,
                        static_cast<std::size_t>(pixel));
          }
        }
      });
  context.set_output(0, std::move(result));
}

void resize_nearest_back(KernelContext& context, const ResizeAttrs& attrs) {
  const Tensor& gradients = context.input(0);
  const Shape& shape = gradients.shape();
  if (shape.rank() != 4) refuse_resize("input must be 4-dimensional" + to_string(shape));
  const auto [rows, columns] = wanted_size(context.input(1));
  if (rows <= 0 || columns <= 0) refuse_resize("Dimensions of output must be positive");
  const ResizeSizes s{shape.dim(0), rows, columns, shape.dim(1), shape.dim(2), shape.dim(3)};
  Tensor result = context.allocate(gradients.dtype(), Shape{s.batch, rows, columns, s.channels});
  for_real_type(gradients.dtype(), [&]<typename T>(T*) {
    auto sums = result.mutable_values<T>();
    std::ranges::fill(sums, T(0));
    if (sums.empty() || gradients.num_elements() == 0) return;
    const std::vector<std::int64_t> to_row = nearest(attrs, s.in_rows, s.out_rows);
    const std::vector<std::int64_t> to_column = nearest(attrs, s.in_columns, s.out_columns);
    const T* from = gradients.values<T>().data();
    for (std::int64_t row = 0; row < s.batch * s.out_rows; ++row) {
      const std::int64_t in_row =
          row / s.out_rows * s.in_rows + to_row[static_cast<std::size_t>(row % s.out_rows)];
      for (std::int64_t column = 0; column < s.out_columns; ++column) {
        T* to = sums.data() +
                (in_row * s.in_columns + to_column[static_cast<std::size_t>(column)]) * s.channels;
        const T* gradient = from + (row * s.out_columns + column) * s.channels;
        for (std::int64_t c = 0; c < s.channels; ++c) {
          to[c] = static_cast<T>(to[c] + gradient[c]);  // Small ints wrap around.
        }
      }
    }
  });
  context.set_output(0, std::move(result));
}

}  // namespace

Kernel resize_nearest_kernel(const NodeInfo& node) {
  return [attrs = resize_attrs(node)](KernelContext& context) { resize_nearest(context, attrs); };
}

Kernel resize_nearest_grad_kernel(const NodeInfo& node) {
  Kernel kernel = [attrs = resize_attrs(node)](KernelContext& context) {
    resize_nearest_back(context, attrs);
  };
  return is_short_float(node.type_attr("T")) ? in_float32(std::move(kernel)) : kernel;
}

void resize_nearest_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Shape shape = c.input(0).shape();
  Output size;
  if (shape.has_rank() && shape.rank() == 4 && shape.dim(1) >= 0 && shape.dim(2) >= 0) {
    size = graph.constant(
        Tensor::of<std::int32_t>(Shape{2}, {static_cast<std::int32_t>(shape.dim(1)),
                                            static_cast<std::int32_t>(shape.dim(2))}),
        "ResizeNearestNeighborGrad/size");
  } else {
    const Output whole = graph.apply_op("Shape", {c.input(0)}).output();
    ScopeGuard scope = graph.name_scope("strided_slice");
    const std::string name = scope.name();
    const auto at = [&](std::int32_t value, const char* what) {
      return graph.constant(Tensor::of<std::int32_t>(Shape{1}, {value}), what);
    };
    const Output begin = at(1, "stack"), end = at(3, "stack_1"), step = at(1, "stack_2");
    size = graph.apply_op("StridedSlice", {whole, begin, end, step}, {}, name).output();
  }
  c.set(0, resize_back_node(c, "ResizeNearestNeighborGrad", size));
}

}  // namespace icecore::inline v0
