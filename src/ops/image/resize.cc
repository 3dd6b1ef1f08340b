// Resizing by a few weighted neighbours (bilinear, bicubic), and back.
#include <icecore/gradient_context.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "base/thread_pool.h"
#include "ops/image/image_ops.h"
#include "ops/image/pixels.h"
#include "ops/image/resize_arguments.h"
#include "ops/in_float32.h"
#include "ops/nn/real_types.h"

namespace icecore::inline v0 {
namespace {

// What an output row or column is made of.
struct Taps {
  int count = 0;
  std::array<std::int64_t, 4> index{};
  std::array<float, 4> weight{};
};

using MakeTaps = Taps (*)(const ResizeAttrs&, float scale, std::int64_t out, std::int64_t in_size);

float place_of(const ResizeAttrs& attrs, float scale, std::int64_t out) {
  if (attrs.half_pixel_centers) return (static_cast<float>(out) + 0.5F) * scale - 0.5F;
  return static_cast<float>(out) * scale;
}

Taps bilinear_taps(const ResizeAttrs& attrs, float scale, std::int64_t out, std::int64_t in_size) {
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

Taps bicubic_taps(const ResizeAttrs& attrs, float scale, std::int64_t out, std::int64_t in_size) {
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

std::vector<Taps> all_taps(MakeTaps make, const ResizeAttrs& attrs, std::int64_t in,
                           std::int64_t out) {
  const float scale = resize_scale(attrs, in, out);
  std::vector<Taps> taps(static_cast<std::size_t>(out));
  for (std::int64_t i = 0; i < out; ++i) {
    taps[static_cast<std::size_t>(i)] = make(attrs, scale, i, in);
  }
  return taps;
}

void resize(KernelContext& context, const ResizeAttrs& attrs, MakeTaps make) {
  const Tensor& input = context.input(0);
  const ResizeSizes s = resize_sizes(input, context.input(1));
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
void add_back(KernelContext& context, const ResizeAttrs& attrs, MakeTaps make, const ResizeSizes& s,
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

void resize_back(KernelContext& context, const ResizeAttrs& attrs, MakeTaps make) {
  const Tensor& gradients = context.input(0);
  const Tensor& original = context.input(1);
  if (gradients.shape().rank() != 4) {
    refuse_resize("input_grad must be 4-dimensional" + to_string(gradients.shape()));
  }
  if (original.shape().rank() != 4) {
    refuse_resize("original_image must be 4-dimensional" + to_string(original.shape()));
  }
  const auto g = gradients.shape().dims(), o = original.shape().dims();
  const ResizeSizes s{g[0], o[1], o[2], g[1], g[2], g[3]};
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

Kernel made(const NodeInfo& node, void (*run)(KernelContext&, const ResizeAttrs&, MakeTaps),
            MakeTaps taps) {
  return [attrs = resize_attrs(node), run, taps](KernelContext& context) {
    run(context, attrs, taps);
  };
}

}  // namespace

void resize_like_shape(ShapeContext& c) {
  c.set_output(0, c.input(1));
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

void resize_bilinear_gradient(GradientContext& c) {
  c.set(0, resize_back_node(c, "ResizeBilinearGrad", c.input(0)));
}

void resize_bicubic_gradient(GradientContext& c) {
  const DType dtype = c.input(0).dtype();
  if (dtype != DType::kFloat32 && dtype != DType::kFloat64) return;
  c.set(0, resize_back_node(c, "ResizeBicubicGrad", c.input(0)));
}

}  // namespace icecore::inline v0
