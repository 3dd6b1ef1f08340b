#include "ops/nn/winograd.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "base/thread_pool.h"
#include "ops/nn/winograd_loops.h"
#include "ops/rows/cpu_level.h"

namespace icecore::inline v0 {
namespace {

// Tiles that are worked on together: few enough for their planes to stay in the second-level cache
// or near it, many enough to make reading the filter worth it.
constexpr std::int64_t kBlock = 192;
// Fewer tiles than that wait for the filter, which is 16/9 times as large as for direct sums.
constexpr std::int64_t kFewestTiles = 16;
// With fewer channels the transformations cost more than they save.
constexpr std::int64_t kFewestChannels = 16;

std::int64_t tile_rows(const ConvolutionGeometry& g) {
  return (g.rows.out + 1) / 2;
}
std::int64_t tile_columns(const ConvolutionGeometry& g) {
  return (g.columns.out + 1) / 2;
}
std::int64_t tile_count(const ConvolutionGeometry& g) {
  return g.batch * tile_rows(g) * tile_columns(g);
}

bool is_plain(const Window& window) {
  return window.size == 3 && window.stride == 1 && window.dilation == 1;
}

class Forward {
 public:
  Forward(KernelContext& context, const ConvolutionGeometry& g, const float* images,
          const float* filter, float* results)
      : context_(context),
        g_(g),
        channels_{g.in_channels, g.out_channels},
        images_(images),
        filter_(filter),
        results_(results),
        outside_(static_cast<std::size_t>(g.in_channels)) {}

  void run() {
    const std::int64_t tiles = tile_count(g_), threads = context_.threads().size();
    if (tiles < threads * kBlock / 2) return run_together(tiles);
    // Equal shares for all threads, which take some of them one after the other.
    std::int64_t blocks = (tiles + kBlock - 1) / kBlock;
    const std::int64_t shares = blocks < 4 * threads ? threads : 4 * threads;
    blocks = (blocks + shares - 1) / shares * shares;
    const std::int64_t size = (tiles + blocks - 1) / blocks;
    context_.threads().parallel_for(blocks, 1, [&](std::int64_t begin, std::int64_t end) {
      const Block block(*this, size);
      for (std::int64_t i = begin; i < end; ++i) {
        const std::int64_t first = i * size, count = std::min(size, tiles - first);
        if (count <= 0) break;
        take_tiles(block, first, 0, count);
        for (std::int64_t plane = 0; plane < kWinogradPlanes; ++plane) {
          multiply_plane(channels_, plane, filter_, block.inputs, block.products, 0, count);
        }
        put_tiles(block, first, 0, count);
      }
    });
  }

 private:
  // Room for the planes of some tiles.
  struct Block {
    Block(const Forward& forward, std::int64_t tiles) {
      inputs.row = forward.channels_.in;
      products.row = forward.channels_.padded_out();
      inputs.stride = WinogradPlanes::stride_of(tiles, inputs.row);
      products.stride = WinogradPlanes::stride_of(tiles, products.row);
      room = forward.context_.allocate(DType::kFloat32,
                                       Shape{kWinogradPlanes, inputs.stride + products.stride});
      inputs.values = room.mutable_values<float>().data();
      products.values = inputs.values + kWinogradPlanes * inputs.stride;
    }
    Tensor room;
    WinogradPlanes inputs, products;
  };

  // All threads work on one block: too few tiles for a block a thread.
  void run_together(std::int64_t tiles) {
    const Block block(*this, tiles);
    ThreadPool& threads = context_.threads();
    constexpr std::int64_t kGrain = 8;
    threads.parallel_for(tiles, kGrain, [&](std::int64_t begin, std::int64_t end) {
      take_tiles(block, 0, begin, end);
    });
    threads.parallel_for(kWinogradPlanes, 1, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t plane = begin; plane < end; ++plane) {
        multiply_plane(channels_, plane, filter_, block.inputs, block.products, 0, tiles);
      }
    });
    threads.parallel_for(tiles, kGrain, [&](std::int64_t begin, std::int64_t end) {
      put_tiles(block, 0, begin, end);
    });
  }

  // Where a tile's results begin.
  struct Place {
    std::int64_t image, row, column;
  };
  Place place_of(std::int64_t tile) const {
    const std::int64_t columns = tile_columns(g_), rows = tile_rows(g_);
    return {tile / columns / rows, tile / columns % rows * 2, tile % columns * 2};
  }

  // Tiles [begin, end) of a block whose tile 0 is the picture's `first`.
  void take_tiles(const Block& block, std::int64_t first, std::int64_t begin,
                  std::int64_t end) const {
    std::array<const float*, 16> pixels;
    for (std::int64_t tile = begin; tile < end; ++tile) {
      const Place place = place_of(first + tile);
      for (std::int64_t i = 0; i < 4; ++i) {
        const std::int64_t row = place.row + i - g_.rows.before;
        for (std::int64_t j = 0; j < 4; ++j) {
          const std::int64_t column = place.column + j - g_.columns.before;
          const bool inside = row >= 0 && row < g_.rows.in && column >= 0 && column < g_.columns.in;
          pixels[static_cast<std::size_t>(4 * i + j)] =
              inside ? images_ + ((place.image * g_.rows.in + row) * g_.columns.in + column) *
                                     channels_.in
                     : outside_.data();
        }
      }
      transform_input(pixels, block.inputs, tile, channels_.in);
    }
  }

  void put_tiles(const Block& block, std::int64_t first, std::int64_t begin,
                 std::int64_t end) const {
    std::array<float*, 4> results;
    for (std::int64_t tile = begin; tile < end; ++tile) {
      const Place place = place_of(first + tile);
      for (std::int64_t i = 0; i < 4; ++i) {
        const std::int64_t row = place.row + i / 2, column = place.column + i % 2;
        const bool inside = row < g_.rows.out && column < g_.columns.out;
        results[static_cast<std::size_t>(i)] =
            inside ? results_ + ((place.image * g_.rows.out + row) * g_.columns.out + column) *
                                    channels_.out
                   : nullptr;
      }
      transform_products(block.products, tile, channels_.out, results);
    }
  }

  KernelContext& context_;
  const ConvolutionGeometry& g_;
  WinogradChannels channels_;
  const float* images_;
  const float* filter_;
  float* results_;
  std::vector<float> outside_;  // A pixel of the padding.
};

}  // namespace

bool is_for_winograd(const ConvolutionGeometry& g) {
  // Where vectors are twice as wide, oneDNN's direct sums have back what these loops would save;
  // older CPUs don't know their instructions.
  if (cpu_level() != CpuLevel::kV3) return false;
  if (g.nchw || g.depthwise || !is_plain(g.rows) || !is_plain(g.columns)) return false;
  if (g.in_channels < kFewestChannels || g.out_channels < kFewestChannels) return false;
  return g.in_channels % 8 == 0 && g.out_channels % 8 == 0 && tile_count(g) >= kFewestTiles;
}

Tensor winograd_filter(KernelContext& context, const ConvolutionGeometry& g, const Tensor& filter) {
  const WinogradChannels channels{g.in_channels, g.out_channels};
  Tensor result = context.allocate(DType::kFloat32, Shape{channels.filter_size()});
  const float* from = filter.values<float>().data();
  float* to = result.mutable_values<float>().data();
  const std::int64_t grain = std::max<std::int64_t>(1, (1 << 14) / channels.out);
  context.threads().parallel_for(channels.in, grain, [&](std::int64_t begin, std::int64_t end) {
    transform_filter(channels, from, begin, end, to);
  });
  return result;
}

void winograd_forward(KernelContext& context, const ConvolutionGeometry& g, const Tensor& images,
                      const Tensor& filter, Tensor& result) {
  Forward(context, g, images.values<float>().data(), filter.values<float>().data(),
          result.mutable_values<float>().data())
      .run();
}

}  // namespace icecore::inline v0
