#include <icecore/error.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <bit>
#include <cmath>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "base/thread_pool.h"
#include "ops/audio/audio_ops.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Code::kInvalidArgument, message);
}

// The discrete Fourier transform of as many values as a power of two.
class Fourier {
 public:
  explicit Fourier(std::size_t size) : roots_(size / 2) {
    for (std::size_t i = 0; i < roots_.size(); ++i) {
      const double angle =
          -2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(size);
      roots_[i] = {std::cos(angle), std::sin(angle)};
    }
  }

  void transform(std::vector<std::complex<double>>& values) const {
    const std::size_t size = values.size();
    for (std::size_t i = 1, reversed = 0; i < size; ++i) {
      std::size_t bit = size >> 1;
      for (; (reversed & bit) != 0; bit >>= 1) reversed ^= bit;
      reversed ^= bit;
      if (i < reversed) std::swap(values[i], values[reversed]);
    }
    for (std::size_t half = 1; half < size; half *= 2) {
      const std::size_t step = size / (2 * half);
      for (std::size_t start = 0; start < size; start += 2 * half) {
        for (std::size_t i = 0; i < half; ++i) {
          const std::complex<double> root = roots_[i * step];
          const std::complex<double> x = values[start + i], y = values[start + i + half];
          const std::complex<double> turned(root.real() * y.real() - root.imag() * y.imag(),
                                            root.real() * y.imag() + root.imag() * y.real());
          values[start + i] = x + turned;
          values[start + i + half] = x - turned;
        }
      }
    }
  }

 private:
  std::vector<std::complex<double>> roots_;
};

struct Attrs {
  std::int64_t window, stride;
  bool squared;
};

std::int64_t transform_size(std::int64_t window) {
  return static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(window)));
}

std::int64_t frames_of(std::int64_t samples, const Attrs& attrs) {
  return samples < attrs.window ? 0 : 1 + (samples - attrs.window) / attrs.stride;
}

void compute(KernelContext& context, const Attrs& attrs) {
  const Tensor& input = context.input(0);
  if (input.shape().rank() != 2) {
    refuse("input must be 2-dimensional" + to_string(input.shape()));
  }
  const std::int64_t samples = input.shape().dim(0), channels = input.shape().dim(1);
  const std::int64_t frames = frames_of(samples, attrs), size = transform_size(attrs.window);
  const std::int64_t width = 1 + size / 2;
  Tensor result = context.allocate(DType::kFloat32, Shape{channels, frames, width});
  if (result.num_elements() > 0) {
    std::vector<double> window(static_cast<std::size_t>(attrs.window));  // Hann's, periodic.
    for (std::size_t i = 0; i < window.size(); ++i) {
      window[i] = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) /
                                       static_cast<double>(attrs.window));
    }
    const Fourier fourier(static_cast<std::size_t>(size));
    const float* in = input.values<float>().data();
    float* out = result.mutable_values<float>().data();
    context.threads().parallel_for(channels * frames, 4, [&](std::int64_t begin, std::int64_t end) {
      std::vector<std::complex<double>> values;
      for (std::int64_t row = begin; row < end; ++row) {
        const std::int64_t channel = row / frames, start = row % frames * attrs.stride;
        values.assign(static_cast<std::size_t>(size), {});
        for (std::size_t i = 0; i < window.size(); ++i) {
          const std::int64_t at = (start + static_cast<std::int64_t>(i)) * channels + channel;
          values[i] = static_cast<double>(in[at]) * window[i];
        }
        fourier.transform(values);
        for (std::int64_t i = 0; i < width; ++i) {
          const auto power = static_cast<float>(std::norm(values[static_cast<std::size_t>(i)]));
          out[row * width + i] = attrs.squared ? power : std::sqrt(power);
        }
      }
    });
  }
  context.set_output(0, std::move(result));
}

}  // namespace

void audio_spectrogram_shape(ShapeContext& c) {
  const Shape input = with_rank(c.input(0), 2);
  const Attrs attrs{c.node().int_attr("window_size"), c.node().int_attr("stride"), false};
  if (attrs.window < 1 || attrs.window > std::numeric_limits<std::int32_t>::max() ||
      attrs.stride < 1) {
    throw Error(Code::kInvalidArgument, "window_size and stride must be positive", Misuse::kValue);
  }
  const std::int64_t frames = input.dim(0) < 0 ? -1 : frames_of(input.dim(0), attrs);
  c.set_output(0, Shape{input.dim(1), frames, 1 + transform_size(attrs.window) / 2});
}

Kernel audio_spectrogram_kernel(const NodeInfo& node) {
  const Attrs attrs{node.int_attr("window_size"), node.int_attr("stride"),
                    node.bool_attr("magnitude_squared")};
  if (attrs.window < 2 || attrs.window > std::numeric_limits<std::int32_t>::max() ||
      attrs.stride < 1) {
    refuse("Spectrogram initialization failed for window size " + std::to_string(attrs.window) +
           " and stride " + std::to_string(attrs.stride));
  }
  return [attrs](KernelContext& context) { compute(context, attrs); };
}

}  // namespace icecore::inline v0
