// Resizing by a few weighted neighbours (bilinear, bicubic) or by the nearest one, and back.
#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "base/thread_pool.h"
#include "ops/image/image_ops.h"
#include "ops/image/pixels.h"
#include "ops/in_float32.h"
#include "ops/nn/real_types.h"
#include "ops/nn/window.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Code::kInvalidArgument, message);
}

struct Attrs {
  bool align_corners, half_pixel_centers;
};

Attrs attrs_of(const NodeInfo& node) {
  const Attrs attrs{node.bool_attr("align_corners"),
                    node.has_attr("half_pixel_centers") && node.bool_attr("half_pixel_centers")};
  if (attrs.align_corners && attrs.half_pixel_centers) {
    refuse("If half_pixel_centers is True, align_corners must be False.");
  }
  return attrs;
}

float scale_of(const Attrs& attrs, std::int64_t in, std::int64_t out) {
  return attrs.align_corners && out > 1 ? static_cast<float>(in - 1) / static_cast<float>(out - 1)
                                        : static_cast<float>(in) / static_cast<float>(out);
}

// What an output row or column is made of.
struct Taps {
  int count = 0;
  std::array<std::int64_t, 4> index{};
  std::array<float, 4> weight{};
};

using MakeTaps = Taps (*)(const Attrs&, float scale, std::int64_t out, std::int64_t in_size);

float place_of(const Attrs& attrs, float scale, std::int64_t out) {
  if (attrs.half_pixel_centers) return (static_cast<float>(out) + 0.5F) * scale - 0.5F;
  return static_cast<float>(out) * scale;
}

Taps bilinear_taps(const Attrs& attrs, float scale, std::int64_t out, std::int64_t in_size) {
  const float place = place_of(attrs, scale, out);
  const float floor = std::floor(place);
  const float share = place - floor;
  Taps taps;
  taps.count = 2;
  taps.index[0] = std::clamp<std::int64_t>(static_cast<std::int64_t>(floor), 0, in_size - 1);
  taps.index[1] =
      std::clamp<std::int64_t>(static_cast<std::int64_t>(std::ceil(place)), 0, in_size - 1);
  taps.weight = {1.0F - share, share, 0, 0};
  return taps;
}

// The cubic kernel at a distance below 1, and from 1 to 2.
float near_weight(double a, float x) {
  return static_cast<float>(((a + 2) * x - (a + 3)) * x * x + 1);
}
float far_weight(double a, float x) {
  x += 1.0F;
  return static_cast<float>(((a * x - 5 * a) * x + 8 * a) * x - 4 * a);
}

Taps bicubic_taps(const Attrs& attrs, float scale, std::int64_t out, std::int64_t in_size) {
  const float place = place_of(attrs, scale, out);
  const float floor = std::floor(place);
  const auto at = static_cast<std::int64_t>(floor);
  // TensorFlow looks weights up in a table of so many steps.
  constexpr float kSteps = 1024;
  const float offset = std::nearbyint((place - floor) * kSteps) / kSteps;
  const double a = attrs.half_pixel_centers ? -0.5 : -0.75;
  Taps taps;
  taps.count = 4;
  taps.weight = {far_weight(a, offset), near_weight(a, offset), near_weight(a, 1.0F - offset),
                 far_weight(a, 1.0F - offset)};
  float sum = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::int64_t wanted = at - 1 + static_cast<std::int64_t>(i);
    taps.index[i] = std::clamp<std::int64_t>(wanted, 0, in_size - 1);
    // Outside the image nothing counts; without half-pixel centers the border's pixels do.
    if (attrs.half_pixel_centers && taps.index[i] != wanted) taps.weight[i] = 0;
    sum += taps.weight[i];
  }
  if (attrs.half_pixel_centers && std::abs(sum) >= 1000.0F * std::numeric_limits<float>::min()) {
    for (float& weight : taps.weight) weight *= 1.0F / sum;
  }
  return taps;
}

struct Sizes {
  std::int64_t batch, in_rows, in_columns, out_rows, out_columns, channels;
};

std::array<std::int64_t, 2> wanted_size(const Tensor& size) {
  if (size.shape().rank() != 1) refuse("shape_t must be 1-dimensional" + to_string(size.shape()));
  if (size.num_elements() != 2) refuse("shape_t must have two elements" + to_string(size.shape()));
  const std::vector<std::int64_t> dims = int_vector(size);
  return {dims[0], dims[1]};
}

Sizes checked_sizes(const Tensor& images, const Tensor& size) {
  const Shape& shape = images.shape();
  if (shape.rank() != 4) refuse("input must be 4-dimensional" + to_string(shape));
  const auto [rows, columns] = wanted_size(size);
  if (rows <= 0 || columns <= 0) refuse("output dimensions must be positive");
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  if (shape.dim(1) > kMost || shape.dim(2) > kMost) {
    refuse("input sizes must be between 0 and max int32");
  }
  if (shape.dim(3) <= 0) refuse("image must have at least one channel");
  if (shape.dim(1) <= 0 || shape.dim(2) <= 0) refuse("input image must be of non-zero size");
  return {shape.dim(0), shape.dim(1), shape.dim(2), rows, columns, shape.dim(3)};
}

std::vector<Taps> all_taps(MakeTaps make, const Attrs& attrs, std::int64_t in, std::int64_t out) {
  const float scale = scale_of(attrs, in, out);
  std::vector<Taps> taps(static_cast<std::size_t>(out));
  for (std::int64_t i = 0; i < out; ++i) {
    taps[static_cast<std::size_t>(i)] = make(attrs, scale, i, in);
  }
  return taps;
}

void resize(KernelContext& context, const Attrs& attrs, MakeTaps make) {
  const Tensor& input = context.input(0);
  const Sizes s = checked_sizes(input, context.input(1));
  const Tensor images = pixels_as_float32(context, input);
  Tensor result =
      context.allocate(DType::kFloat32, Shape{s.batch, s.out_rows, s.out_columns, s.channels});
  if (result.num_elements() == 0) {  // Of no image any size may be asked for.
    context.set_output(0, std::move(result));
    return;
  }
  const std::vector<Taps> rows = all_taps(make, attrs, s.in_rows, s.out_rows);
  const std::vector<Taps> columns = all_taps(make, attrs, s.in_columns, s.out_columns);
  const float* in = images.values<float>().data();
  float* out = result.mutable_values<float>().data();
  context.threads().parallel_for(
      s.batch * s.out_rows, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row) {
          const Taps& across = rows[static_cast<std::size_t>(row % s.out_rows)];
          const float* image = in + row / s.out_rows * s.in_rows * s.in_columns * s.channels;
          for (std::int64_t column = 0; column < s.out_columns; ++column) {
            const Taps& along = columns[static_cast<std::size_t>(column)];
            float* to = out + (row * s.out_columns + column) * s.channels;
            for (std::int64_t c = 0; c < s.channels; ++c) {
              float sum = 0;
              for (int i = 0; i < across.count; ++i) {
                const auto y = static_cast<std::size_t>(i);
                const float* line = image + across.index[y] * s.in_columns * s.channels + c;
                float part = 0;
                for (int j = 0; j < along.count; ++j) {
                  const auto x = static_cast<std::size_t>(j);
                  part += along.weight[x] * line[along.index[x] * s.channels];
                }
                sum += across.weight[y] * part;
              }
              to[c] = sum;
            }
          }
        }
      });
  context.set_output(0, std::move(result));
}

template <typename T>
void add_back(KernelContext& context, const Attrs& attrs, MakeTaps make, const Sizes& s,
              const float* from, T* sums) {
  const std::vector<Taps> rows = all_taps(make, attrs, s.in_rows, s.out_rows);
  const std::vector<Taps> columns = all_taps(make, attrs, s.in_columns, s.out_columns);
  context.threads().parallel_for(s.batch, 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t row = begin * s.out_rows; row < end * s.out_rows; ++row) {
      const Taps& across = rows[static_cast<std::size_t>(row % s.out_rows)];
      T* image = sums + row / s.out_rows * s.in_rows * s.in_columns * s.channels;
      for (std::int64_t column = 0; column < s.out_columns; ++column) {
        const Taps& along = columns[static_cast<std::size_t>(column)];
        const float* gradient = from + (row * s.out_columns + column) * s.channels;
        for (int i = 0; i < across.count * along.count; ++i) {
          const auto y = static_cast<std::size_t>(i / along.count);
          const auto x = static_cast<std::size_t>(i % along.count);
          T* to = image + (across.index[y] * s.in_columns + along.index[x]) * s.channels;
          for (std::int64_t c = 0; c < s.channels; ++c) {
            to[c] += static_cast<T>(gradient[c] * across.weight[y] * along.weight[x]);
          }
        }
      }
    }
  });
}

void resize_back(KernelContext& context, const Attrs& attrs, MakeTaps make) {
  const Tensor& gradients = context.input(0);
  const Tensor& original = context.input(1);
  if (gradients.shape().rank() != 4) {
    refuse("input_grad must be 4-dimensional" + to_string(gradients.shape()));
  }
  if (original.shape().rank() != 4) {
    refuse("original_image must be 4-dimensional" + to_string(original.shape()));
  }
  const auto g = gradients.shape().dims(), o = original.shape().dims();
  const Sizes s{g[0], o[1], o[2], g[1], g[2], g[3]};
  const DType dtype = original.dtype();
  Tensor result = context.allocate(is_short_float(dtype) ? DType::kFloat32 : dtype,
                                   Shape{s.batch, s.in_rows, s.in_columns, s.channels});
  for_float_type(result.dtype(), [&]<typename T>(T*) {
    auto sums = result.mutable_values<T>();
    std::ranges::fill(sums, T(0));
    if (sums.empty() || gradients.num_elements() == 0) return;
    add_back<T>(context, attrs, make, s, gradients.values<float>().data(), sums.data());
  });
  context.set_output(0, from_float32(context, result, dtype));
}

// Which input row or column is nearest to each output's.
std::vector<std::int64_t> nearest(const Attrs& attrs, std::int64_t in, std::int64_t out) {
  const float scale = scale_of(attrs, in, out);
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

void resize_nearest(KernelContext& context, const Attrs& attrs) {
  const Tensor& images = context.input(0);
  const Sizes s = checked_sizes(images, context.input(1));
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

void resize_nearest_back(KernelContext& context, const Attrs& attrs) {
  const Tensor& gradients = context.input(0);
  const Shape& shape = gradients.shape();
  if (shape.rank() != 4) refuse("input must be 4-dimensional" + to_string(shape));
  const auto [rows, columns] = wanted_size(context.input(1));
  if (rows <= 0 || columns <= 0) refuse("Dimensions of output must be positive");
  const Sizes s{shape.dim(0), rows, columns, shape.dim(1), shape.dim(2), shape.dim(3)};
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

Kernel made(const NodeInfo& node, void (*run)(KernelContext&, const Attrs&, MakeTaps),
            MakeTaps taps) {
  return [attrs = attrs_of(node), run, taps](KernelContext& context) { run(context, attrs, taps); };
}

Output back_node(GradientContext& c, const char* op, const Output& second) {
  return c.graph()
      .apply_op(op, {c.gradient(), second},
                {{"align_corners", c.op().attr("align_corners")},
                 {"half_pixel_centers", c.op().info().bool_attr("half_pixel_centers")}})
      .output();
}

void set_size(ShapeContext& c, const Shape& images) {
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

}  // namespace

void resize_shape(ShapeContext& c) {
  set_size(c, with_rank(c.input(0), 4));
}

void resize_like_shape(ShapeContext& c) {
  c.set_output(0, c.input(1));
}

void resize_nearest_grad_shape(ShapeContext& c) {
  set_size(c, with_rank(c.input(0), 4));
}

Kernel resize_bilinear_kernel(const NodeInfo& node) {
  return made(node, resize, bilinear_taps);
}

Kernel resize_bilinear_grad_kernel(const NodeInfo& node) {
  return made(node, resize_back, bilinear_taps);
}

Kernel resize_bicubic_kernel(const NodeInfo& node) {
  return made(node, resize, bicubic_taps);
}

Kernel resize_bicubic_grad_kernel(const NodeInfo& node) {
  return made(node, resize_back, bicubic_taps);
}

Kernel resize_nearest_kernel(const NodeInfo& node) {
  return [attrs = attrs_of(node)](KernelContext& context) { resize_nearest(context, attrs); };
}

Kernel resize_nearest_grad_kernel(const NodeInfo& node) {
  Kernel kernel = [attrs = attrs_of(node)](KernelContext& context) {
    resize_nearest_back(context, attrs);
  };
  return is_short_float(node.type_attr("T")) ? in_float32(std::move(kernel)) : kernel;
}

void resize_bilinear_gradient(GradientContext& c) {
  c.set(0, back_node(c, "ResizeBilinearGrad", c.input(0)));
}

void resize_bicubic_gradient(GradientContext& c) {
  const DType dtype = c.input(0).dtype();
  if (dtype != DType::kFloat32 && dtype != DType::kFloat64) return;
  c.set(0, back_node(c, "ResizeBicubicGrad", c.input(0)));
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
  c.set(0, back_node(c, "ResizeNearestNeighborGrad", size));
}

}  // namespace icecore::inline v0
