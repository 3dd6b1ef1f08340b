// The inner loops of convolutions by minimal filtering (winograd.h).
#pragma once

#include <array>
#include <cstdint>

namespace icecore::inline v0 {

// A tile of 4 x 4 pixels, a filter of 3 x 3 and a tile of 2 x 2 results become, or are made of,
// planes: one number for each of 4 x 4 positions.
constexpr std::int64_t kWinogradPlanes = 16;
// So many output channels' weights lie side by side.
constexpr std::int64_t kWinogradPanel = 16;

// Both numbers of channels are multiples of 8.
struct WinogradChannels {
  std::int64_t in = 0, out = 0;
  // `out` rounded up to whole panels: the length of a row of products.
  std::int64_t padded_out() const {
    return (out + kWinogradPanel - 1) / kWinogradPanel * kWinogradPanel;
  }
  std::int64_t filter_size() const { return kWinogradPlanes * in * padded_out(); }
};

// Planes of tiles, each a matrix of a row a tile. A plane begins one cache line after the end of
// the one before, so that a tile's planes don't fall into the same sets of the cache.
struct WinogradPlanes {
  float* values = nullptr;
  std::int64_t row = 0;     // Numbers in a row.
  std::int64_t stride = 0;  // From plane to plane.

  static std::int64_t stride_of(std::int64_t tiles, std::int64_t row) { return tiles * row + 16; }
  float* at(std::int64_t plane, std::int64_t tile) const {
    return values + plane * stride + tile * row;
  }
};

// Filter [3, 3, in, out] to the order in which products read it: planes of panels of rows. Of input
// channels [begin, end).
void transform_filter(const WinogradChannels& channels, const float* filter, std::int64_t begin,
                      std::int64_t end, float* result);

// Pixels of `channels` numbers each to a tile of the planes.
void transform_input(const std::array<const float*, 16>& pixels, const WinogradPlanes& to,
                     std::int64_t tile, std::int64_t channels);

// Rows [begin, end) of one plane: products = inputs * the plane's filter.
void multiply_plane(const WinogradChannels& channels, std::int64_t plane, const float* filter,
                    const WinogradPlanes& inputs, const WinogradPlanes& products,
                    std::int64_t begin, std::int64_t end);

// A tile of the planes to results of `channels` numbers each; null where none is wanted.
void transform_products(const WinogradPlanes& from, std::int64_t tile, std::int64_t channels,
                        const std::array<float*, 4>& results);

}  // namespace icecore::inline v0
