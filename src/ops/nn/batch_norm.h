// Batch normalisation over images with channels last.
#pragma once

#include <icecore/kernel.h>
#include <icecore/tensor.h>

#include <cstdint>
#include <span>
#include <vector>

namespace icecore::inline v0 {

// Images are float32, [pixels, channels] in memory. Parts of fixed size are summed on their own,
// and their sums in order, so that results do not depend on the threads.
std::vector<float> channel_means(KernelContext& context, const float* images, std::int64_t pixels,
                                 std::int64_t channels);
// The mean square distance from the means.
std::vector<float> channel_variances(KernelContext& context, const float* images,
                                     std::span<const float> means, std::int64_t pixels,
                                     std::int64_t channels);
// Sums of gradients, and of gradients times (image - mean).
struct ChannelSums {
  std::vector<float> plain, centered;
};
ChannelSums gradient_sums(KernelContext& context, const float* gradients, const float* images,
                          std::span<const float> means, std::int64_t pixels, std::int64_t channels);

// result = a[c] * x + b[c] * y + d[c]; y may be null.
void combine_channels(KernelContext& context, const float* x, const float* y,
                      std::span<const float> a, std::span<const float> b, std::span<const float> d,
                      std::int64_t pixels, float* result);

}  // namespace icecore::inline v0
