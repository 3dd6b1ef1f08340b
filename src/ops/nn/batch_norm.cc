#include "ops/nn/batch_norm.h"

#include <algorithm>
#include <cstddef>

#include "base/thread_pool.h"

namespace icecore::inline v0 {
namespace {

// `add` adds a pixel to `width` sums; the sum over all pixels.
template <typename Add>
std::vector<float> sum_pixels(KernelContext& context, std::int64_t pixels, std::int64_t width,
                              const Add& add) {
  const std::int64_t of_part = std::max<std::int64_t>(16, 8192 / std::max<std::int64_t>(width, 1));
  const std::int64_t parts = (pixels + of_part - 1) / of_part;
  std::vector<float> sums(static_cast<std::size_t>(parts * width));
  context.threads().parallel_for(parts, 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t part = begin; part < end; ++part) {
      float* sum = sums.data() + part * width;
      const std::int64_t last = std::min(pixels, (part + 1) * of_part);
      for (std::int64_t pixel = part * of_part; pixel < last; ++pixel) add(pixel, sum);
    }
  });
  // Pairs of parts, pairs of those, …
  for (std::int64_t step = 1; step < parts; step *= 2) {
    for (std::int64_t part = 0; part + step < parts; part += 2 * step) {
      float* to = sums.data() + part * width;
      const float* from = to + step * width;
      for (std::int64_t c = 0; c < width; ++c) to[c] += from[c];
    }
  }
  sums.resize(static_cast<std::size_t>(width));
  return sums;
}

}  // namespace

std::vector<float> channel_means(KernelContext& context, const float* images, std::int64_t pixels,
                                 std::int64_t channels) {
  std::vector<float> means =
      sum_pixels(context, pixels, channels, [&](std::int64_t pixel, float* sum) {
        const float* from = images + pixel * channels;
        for (std::int64_t c = 0; c < channels; ++c) sum[c] += from[c];
      });
  for (float& mean : means) mean /= static_cast<float>(pixels);
  return means;
}

std::vector<float> channel_variances(KernelContext& context, const float* images,
                                     std::span<const float> means, std::int64_t pixels,
                                     std::int64_t channels) {
  std::vector<float> variances =
      sum_pixels(context, pixels, channels, [&](std::int64_t pixel, float* sum) {
        const float* from = images + pixel * channels;
        const float* mean = means.data();
        for (std::int64_t c = 0; c < channels; ++c) {
          const float centered = from[c] - mean[c];
          sum[c] += centered * centered;
        }
      });
  for (float& variance : variances) variance /= static_cast<float>(pixels);
  return variances;
}

ChannelSums gradient_sums(KernelContext& context, const float* gradients, const float* images,
                          std::span<const float> means, std::int64_t pixels,
                          std::int64_t channels) {
  const std::vector<float> sums =
      sum_pixels(context, pixels, 2 * channels, [&](std::int64_t pixel, float* sum) {
        const float* gradient = gradients + pixel * channels;
        const float* image = images + pixel * channels;
        const float* mean = means.data();
        float* centered = sum + channels;
        for (std::int64_t c = 0; c < channels; ++c) {
          sum[c] += gradient[c];
          centered[c] += gradient[c] * (image[c] - mean[c]);
        }
      });
  return {{sums.begin(), sums.begin() + channels}, {sums.begin() + channels, sums.end()}};
}

void combine_channels(KernelContext& context, const float* x, const float* y,
                      std::span<const float> a, std::span<const float> b, std::span<const float> d,
                      std::int64_t pixels, float* result) {
  const auto channels = static_cast<std::int64_t>(a.size());
  const std::int64_t grain = std::max<std::int64_t>(1, 8192 / std::max<std::int64_t>(channels, 1));
  context.threads().parallel_for(pixels, grain, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t pixel = begin; pixel < end; ++pixel) {
      const float* of_x = x + pixel * channels;
      float* to = result + pixel * channels;
      if (y == nullptr) {
        for (std::int64_t c = 0; c < channels; ++c) to[c] = a.data()[c] * of_x[c] + d.data()[c];
        continue;
      }
      const float* of_y = y + pixel * channels;
      for (std::int64_t c = 0; c < channels; ++c) {
        to[c] = a.data()[c] * of_x[c] + b.data()[c] * of_y[c] + d.data()[c];
      }
    }
  });
}

}  // namespace icecore::inline v0
