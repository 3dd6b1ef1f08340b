// RGBToHSV, HSVToRGB, AdjustHue, AdjustSaturation, AdjustContrastv2.
#include <icecore/error.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "base/thread_pool.h"
#include "ops/array/arguments.h"
#include "ops/image/image_ops.h"

namespace icecore::inline v0 {
namespace {

template <typename T>
using Pixel = std::array<T, 3>;

// Output 0 from input 0, pixel by pixel.
template <typename T, typename Function>
void each_pixel(KernelContext& c, Function&& function) {
  const Tensor& input = c.input(0);
  Tensor out = c.allocate(input.dtype(), input.shape());
  const T* const from = input.values<T>().data();
  T* const to = out.mutable_values<T>().data();
  c.threads().parallel_for(
      input.num_elements() / 3, 1 << 12, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin * 3; i < end * 3; i += 3) {
          const Pixel<T> pixel = function(Pixel<T>{from[i], from[i + 1], from[i + 2]});
          std::copy_n(pixel.begin(), 3, to + i);
        }
      });
  c.set_output(0, std::move(out));
}

// Hue, saturation and value, all in [0, 1].
template <typename T>
Pixel<T> to_hsv(const Pixel<T>& rgb) {
  const auto [red, green, blue] = rgb;
  const T value = std::max({red, green, blue});
  const T range = value - std::min({red, green, blue});
  const T saturation = value > 0 ? range / value : T(0);
  if (!(range > 0)) return {T(0), saturation, value};
  const T norm = T(1) / range * (T(1) / T(6));
  T hue;
  if (red == value) {
    hue = norm * (green - blue);
  } else if (green == value) {
    hue = norm * (blue - red) + T(2) / T(6);
  } else {
    hue = norm * (red - green) + T(4) / T(6);
  }
  return {hue < 0 ? hue + T(1) : hue, saturation, value};
}

// Of any hue; one beyond [0, 1] isn't turned round.
template <typename T>
Pixel<T> to_rgb(const Pixel<T>& hsv) {
  const auto [hue, saturation, value] = hsv;
  const T sixths = hue * T(6);
  const auto channel = [&](T share) {
    return ((T(1) - saturation) + saturation * std::clamp(share, T(0), T(1))) * value;
  };
  return {channel(std::abs(sixths - T(3)) - T(1)), channel(T(2) - std::abs(sixths - T(2))),
          channel(T(2) - std::abs(sixths - T(4)))};
}

void check_colours(const KernelContext& c) {
  const Shape& shape = c.input(0).shape();
  if (shape.rank() < 1) refuse("input must be at least 1D" + to_string(shape));
  const std::int64_t channels = shape.dim(shape.rank() - 1);
  if (channels != 3) {
    throw Error(Code::kFailedPrecondition, "input must have 3 channels but input only has " +
                                               std::to_string(channels) + " channels.");
  }
}

// Of an image and a scalar, called `name`.
float adjustment(const KernelContext& c, const std::string& name) {
  const Shape& shape = c.input(0).shape();
  if (shape.rank() < 3) refuse("input must be at least 3-D, got shape" + to_string(shape));
  if (c.input(1).shape().rank() != 0) {
    refuse(name + " must be scalar: " + to_string(c.input(1).shape()));
  }
  return c.input(1).item<float>();
}

void check_three_channels(const KernelContext& c) {
  const Shape& shape = c.input(0).shape();
  const std::int64_t channels = shape.dim(shape.rank() - 1);
  if (channels != 3) {
    refuse("input must have 3 channels but instead has " + std::to_string(channels) + " channels.");
  }
}

// How far a channel is on the way from the least to the greatest.
float level(float hue, float centre) {
  const float away = std::abs(hue - centre);
  return std::clamp(2 - std::min(away, 6 - away), 0.0f, 1.0f);
}

// The hue turned by so many sixths; least and greatest channel stay.
Pixel<float> turn_hue(const Pixel<float>& rgb, float sixths) {
  const auto [least, most] = std::minmax({rgb[0], rgb[1], rgb[2]});
  if (!(least < most)) return rgb;
  const float range = most - least;
  float hue;
  if (rgb[0] == most) {
    hue = (rgb[1] - rgb[2]) / range;
  } else if (rgb[1] == most) {
    hue = (rgb[2] - rgb[0]) / range + 2;
  } else {
    hue = (rgb[0] - rgb[1]) / range + 4;
  }
  hue = std::fmod(hue + sixths, 6.0f);
  if (hue < 0) hue += 6;
  return {least + range * level(hue, 0), least + range * level(hue, 2),
          least + range * level(hue, 4)};
}

// Mean of each channel over one image, added in halves as TensorFlow does: the upper half of what
// is left onto the lower.
std::vector<float> channel_means(const float* image, std::int64_t pixels, std::int64_t channels) {
  std::vector<float> sums(image, image + pixels * channels);
  for (std::int64_t left = pixels; left > 1; left -= left / 2) {
    const std::int64_t upper = left / 2, lower = left - upper;
    for (std::int64_t i = 0; i < upper * channels; ++i) {
      sums[static_cast<std::size_t>(i)] += sums[static_cast<std::size_t>(lower * channels + i)];
    }
  }
  sums.resize(static_cast<std::size_t>(channels));
  for (float& sum : sums) sum *= 1.0f / static_cast<float>(pixels);
  return sums;
}

void adjust_contrast(KernelContext& c) {
  const Tensor& images = c.input(0);
  const Shape& shape = images.shape();
  if (shape.rank() < 3) refuse("input must be at least 3-D, got shape" + to_string(shape));
  if (c.input(1).shape().rank() != 0) {
    refuse("contrast_factor must be scalar: " + to_string(c.input(1).shape()));
  }
  const float factor = c.input(1).item<float>();
  Tensor out = c.allocate(images.dtype(), shape);
  if (out.num_elements() > 0) {
    const int rank = shape.rank();
    const std::int64_t channels = shape.dim(rank - 1);
    const std::int64_t pixels = shape.dim(rank - 3) * shape.dim(rank - 2), size = pixels * channels;
    const float* const from = images.values<float>().data();
    float* const to = out.mutable_values<float>().data();
    c.threads().parallel_for(
        images.num_elements() / size, 1, [&](std::int64_t begin, std::int64_t end) {
          for (std::int64_t image = begin; image < end; ++image) {
            const std::vector<float> means = channel_means(from + image * size, pixels, channels);
            for (std::int64_t i = 0; i < size; ++i) {
              const float mean = means[static_cast<std::size_t>(i % channels)];
              to[image * size + i] = mean + factor * (from[image * size + i] - mean);
            }
          }
        });
  }
  c.set_output(0, std::move(out));
}

}  // namespace

void colours_shape(ShapeContext& c) {
  const Shape shape = with_rank_at_least(c.input(0), 1);
  if (!shape.has_rank()) return;
  const int last = shape.rank() - 1;
  if (shape.dim(last) >= 0 && shape.dim(last) != 3) {
    refuse_shape("Dimension must be 3 but is " + std::to_string(shape.dim(last)));
  }
  c.set_output(0, with_dim(shape, last, 3));
}

void adjusted_image_shape(ShapeContext& c) {
  c.set_output(0, with_rank_at_least(c.input(0), 3));
}

void adjust_contrast_shape(ShapeContext& c) {
  with_rank(c.input(1), 0);
  adjusted_image_shape(c);
}

Kernel rgb_to_hsv_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    check_colours(c);
    if (c.input(0).dtype() == DType::kFloat64) {
      each_pixel<double>(c, to_hsv<double>);
    } else {
      each_pixel<float>(c, to_hsv<float>);
    }
  });
}

Kernel hsv_to_rgb_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    check_colours(c);
    if (c.input(0).dtype() == DType::kFloat64) {
      each_pixel<double>(c, to_rgb<double>);
    } else {
      each_pixel<float>(c, to_rgb<float>);
    }
  });
}

Kernel adjust_hue_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const float delta = adjustment(c, "delta");
    check_three_channels(c);
    each_pixel<float>(c, [delta](const Pixel<float>& rgb) { return turn_hue(rgb, delta * 6); });
  });
}

Kernel adjust_saturation_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const float scale = adjustment(c, "scale");
    check_three_channels(c);
    each_pixel<float>(c, [scale](const Pixel<float>& rgb) {
      Pixel<float> hsv = to_hsv(rgb);
      hsv[1] = std::min(1.0f, std::max(0.0f, hsv[1] * scale));
      return to_rgb(hsv);
    });
  });
}

Kernel adjust_contrast_kernel(const NodeInfo&) {
  return Kernel(adjust_contrast);
}

}  // namespace icecore::inline v0
