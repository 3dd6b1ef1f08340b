// Mel-frequency cepstral coefficients.
#include <icecore/error.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <string>
#include <vector>

#include "base/thread_pool.h"
#include "ops/audio/audio_ops.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Code::kInvalidArgument, message);
}

struct Attrs {
  double upper, lower;
  std::int64_t bands, coefficients;
};

double mel(double frequency) {
  return 1127.0 * std::log1p(frequency / 700.0);
}

// Triangles that overlap halfway, of equal width on the mel scale.
class MelBands {
 public:
  MelBands(const Attrs& attrs, std::int64_t bins, double rate)
      : bands_(attrs.bands), band_of_(static_cast<std::size_t>(bins)), weights_(band_of_.size()) {
    const double low = mel(attrs.lower);
    const double spacing = (mel(attrs.upper) - low) / static_cast<double>(bands_ + 1);
    std::vector<double> centers(static_cast<std::size_t>(bands_ + 1));
    for (std::size_t i = 0; i < centers.size(); ++i) {
      centers[i] = low + spacing * static_cast<double>(i + 1);
    }
    const double hertz = 0.5 * rate / static_cast<double>(bins - 1);
    const auto index = [&](double x) {
      return static_cast<std::int64_t>(std::min(x, 2147483647.0));
    };
    start_ = index(1.5 + attrs.lower / hertz);
    end_ = index(attrs.upper / hertz);
    std::int64_t band = 0;
    for (std::int64_t i = start_; i <= std::min(end_, bins - 1); ++i) {
      const double at = mel(static_cast<double>(i) * hertz);
      while (band < bands_ && centers[static_cast<std::size_t>(band)] < at) ++band;
      const auto right = static_cast<std::size_t>(band);
      const double left = band > 0 ? centers[right - 1] : low;
      band_of_[static_cast<std::size_t>(i)] = band - 1;
      weights_[static_cast<std::size_t>(i)] = (centers[right] - at) / (centers[right] - left);
    }
  }

  // Nothing where the spectrum ends below the upper limit.
  std::vector<double> logarithms(const float* spectrum) const {
    constexpr double kFloor = 1e-12;
    if (end_ >= static_cast<std::int64_t>(band_of_.size())) return {};
    std::vector<double> sums(static_cast<std::size_t>(bands_));
    for (std::int64_t i = start_; i <= end_; ++i) {
      const double value = std::sqrt(static_cast<double>(spectrum[i]));
      const double weighted = value * weights_[static_cast<std::size_t>(i)];
      const std::int64_t band = band_of_[static_cast<std::size_t>(i)];
      if (band >= 0) sums[static_cast<std::size_t>(band)] += weighted;
      if (band + 1 < bands_) sums[static_cast<std::size_t>(band + 1)] += value - weighted;
    }
    for (double& sum : sums) sum = std::log(sum < kFloor ? kFloor : sum);
    return sums;
  }

 private:
  std::int64_t bands_, start_ = 0, end_ = 0;
  std::vector<std::int64_t>
      band_of_;  // The band whose downward slope a bin lies on; -1: before all.
  std::vector<double> weights_;
};

void compute(KernelContext& context, const Attrs& attrs) {
  const Tensor& spectrogram = context.input(0);
  const Tensor& rate_tensor = context.input(1);
  if (spectrogram.shape().rank() != 3) {
    refuse("spectrogram must be 3-dimensional" + to_string(spectrogram.shape()));
  }
  if (rate_tensor.shape().rank() != 0) {
    refuse("Input sample_rate should be a scalar tensor, got " + to_string(rate_tensor.shape()) +
           " instead.");
  }
  const std::int32_t rate = rate_tensor.item<std::int32_t>();
  const std::int64_t channels = spectrogram.shape().dim(0), frames = spectrogram.shape().dim(1);
  const std::int64_t bins = spectrogram.shape().dim(2);
  const bool possible = rate > 0 && bins >= 2 && attrs.lower >= 0 && attrs.upper > attrs.lower &&
                        attrs.bands >= 1 && attrs.coefficients >= 1 &&
                        attrs.coefficients <= attrs.bands;
  if (!possible) {
    refuse("Mfcc initialization failed for channel count " + std::to_string(bins) +
           " and sample rate " + std::to_string(rate));
  }
  Tensor result = context.allocate(DType::kFloat32, Shape{channels, frames, attrs.coefficients});
  if (result.num_elements() > 0) {
    const MelBands bands(attrs, bins, rate);
    std::vector<double> cosines(static_cast<std::size_t>(attrs.coefficients * attrs.bands));
    const double scale = std::sqrt(2.0 / static_cast<double>(attrs.bands));
    const double angle = std::numbers::pi / static_cast<double>(attrs.bands);
    for (std::int64_t i = 0; i < attrs.coefficients; ++i) {
      for (std::int64_t j = 0; j < attrs.bands; ++j) {
        cosines[static_cast<std::size_t>(i * attrs.bands + j)] =
            scale * std::cos(static_cast<double>(i) * angle * (static_cast<double>(j) + 0.5));
      }
    }
    const float* in = spectrogram.values<float>().data();
    float* out = result.mutable_values<float>().data();
    context.threads().parallel_for(
        channels * frames, 16, [&](std::int64_t begin, std::int64_t end) {
          for (std::int64_t row = begin; row < end; ++row) {
            const std::vector<double> logs = bands.logarithms(in + row * bins);
            for (std::int64_t i = 0; i < attrs.coefficients; ++i) {
              double sum = 0;
              for (std::size_t j = 0; j < logs.size(); ++j) {
                sum += cosines[static_cast<std::size_t>(i * attrs.bands) + j] * logs[j];
              }
              out[row * attrs.coefficients + i] = static_cast<float>(sum);
            }
          }
        });
  }
  context.set_output(0, std::move(result));
}

}  // namespace

void mfcc_shape(ShapeContext& c) {
  const Shape spectrogram = with_rank(c.input(0), 3);
  with_rank(c.input(1), 0);
  c.set_output(
      0, Shape{spectrogram.dim(0), spectrogram.dim(1), c.node().int_attr("dct_coefficient_count")});
}

Kernel mfcc_kernel(const NodeInfo& node) {
  constexpr std::int64_t kMost = 1 << 20;  // A table of both sizes is made.
  const Attrs attrs{
      node.float_attr("upper_frequency_limit"), node.float_attr("lower_frequency_limit"),
      node.int_attr("filterbank_channel_count"), node.int_attr("dct_coefficient_count")};
  if (attrs.bands > kMost ||
      (attrs.coefficients > 0 && attrs.bands > kMost * 64 / attrs.coefficients)) {
    refuse("filterbank_channel_count is too large: " + std::to_string(attrs.bands));
  }
  return [attrs](KernelContext& context) { compute(context, attrs); };
}

}  // namespace icecore::inline v0
