#include "ops/nn/winograd_loops.h"

#include <algorithm>
#include <cstddef>

namespace icecore::inline v0 {
namespace {

#if defined(__x86_64__)
#define ICECORE_WIDE __attribute__((target("avx2,fma")))
#else
#define ICECORE_WIDE
#endif

constexpr std::int64_t kLanes = 8;
// Numbers as they lie anywhere in memory.
using Vector =
    float __attribute__((vector_size(kLanes * sizeof(float)), aligned(sizeof(float)), may_alias));

[[gnu::always_inline]] ICECORE_WIDE inline Vector& vector_at(float* values) {
  return *reinterpret_cast<Vector*>(values);
}
[[gnu::always_inline]] ICECORE_WIDE inline const Vector& vector_at(const float* values) {
  return *reinterpret_cast<const Vector*>(values);
}

// So many input channels are added up at once: their part of a panel (16 KB) stays in the
// first-level cache while tiles pass by.
constexpr std::int64_t kDepth = 256;

// Two vectors are a panel.
constexpr std::int64_t kPair = kWinogradPanel / kLanes;
static_assert(kPair == 2);

// Sums of `rows` tiles and a panel stay in registers: 12 of 16 for six tiles.
constexpr std::int64_t kMostRows = 6;

template <int kRows>
[[gnu::always_inline]] ICECORE_WIDE inline void multiply_rows(const float* inputs,
                                                              std::int64_t inputs_row,
                                                              const float* panel,
                                                              std::int64_t depth, float* products,
                                                              std::int64_t products_row, bool add) {
  Vector sums[kRows][kPair];
#pragma GCC unroll 6
  for (int row = 0; row < kRows; ++row) {
#pragma GCC unroll 2
    for (int i = 0; i < kPair; ++i) {
      sums[row][i] = add ? vector_at(products + row * products_row + i * kLanes) : Vector{};
    }
  }
  for (std::int64_t k = 0; k < depth; ++k) {
    const Vector first = vector_at(panel + k * kWinogradPanel);
    const Vector second = vector_at(panel + k * kWinogradPanel + kLanes);
#pragma GCC unroll 6
    for (int row = 0; row < kRows; ++row) {
      const float input = inputs[row * inputs_row + k];
      sums[row][0] += input * first;
      sums[row][1] += input * second;
    }
  }
#pragma GCC unroll 6
  for (int row = 0; row < kRows; ++row) {
#pragma GCC unroll 2
    for (int i = 0; i < kPair; ++i) {
      vector_at(products + row * products_row + i * kLanes) = sums[row][i];
    }
  }
}

ICECORE_WIDE void multiply_some_rows(std::int64_t rows, const float* inputs,
                                     std::int64_t inputs_row, const float* panel,
                                     std::int64_t depth, float* products, std::int64_t products_row,
                                     bool add) {
  switch (rows) {
    case 1:
      return multiply_rows<1>(inputs, inputs_row, panel, depth, products, products_row, add);
    case 2:
      return multiply_rows<2>(inputs, inputs_row, panel, depth, products, products_row, add);
    case 3:
      return multiply_rows<3>(inputs, inputs_row, panel, depth, products, products_row, add);
    case 4:
      return multiply_rows<4>(inputs, inputs_row, panel, depth, products, products_row, add);
    case 5:
      return multiply_rows<5>(inputs, inputs_row, panel, depth, products, products_row, add);
    default:
      return multiply_rows<6>(inputs, inputs_row, panel, depth, products, products_row, add);
  }
}

// Where the weights of an input channel begin in a plane: parts of kDepth channels, in each the
// panels one after the other, in each panel the channels.
struct FilterPlace {
  std::int64_t panel0, panel_stride;

  FilterPlace(const WinogradChannels& channels, std::int64_t in) {
    const std::int64_t begin = in / kDepth * kDepth;
    const std::int64_t depth = std::min(kDepth, channels.in - begin);
    panel0 = begin * channels.padded_out() + (in - begin) * kWinogradPanel;
    panel_stride = depth * kWinogradPanel;
  }
};

}  // namespace

ICECORE_WIDE void transform_filter(const WinogradChannels& channels, const float* filter,
                                   std::int64_t begin, std::int64_t end, float* result) {
  const std::int64_t plane_size = channels.in * channels.padded_out();
  const std::int64_t cell_size = channels.in * channels.out;
  for (std::int64_t in = begin; in < end; ++in) {
    const FilterPlace place(channels, in);
    for (std::int64_t out = 0; out < channels.padded_out(); out += kLanes) {
      float* to =
          result + place.panel0 + out / kWinogradPanel * place.panel_stride + out % kWinogradPanel;
      if (out >= channels.out) {
        for (std::int64_t plane = 0; plane < kWinogradPlanes; ++plane) {
          vector_at(to + plane * plane_size) = Vector{};
        }
        continue;
      }
      Vector columns[4][3];
      for (int j = 0; j < 3; ++j) {
        const float* from = filter + in * channels.out + out + j * cell_size;
        const Vector top = vector_at(from), middle = vector_at(from + 3 * cell_size),
                     bottom = vector_at(from + 6 * cell_size);
        columns[0][j] = top;
        columns[1][j] = 0.5F * ((top + bottom) + middle);
        columns[2][j] = 0.5F * ((top + bottom) - middle);
        columns[3][j] = bottom;
      }
      for (int i = 0; i < 4; ++i) {
        const Vector left = columns[i][0], middle = columns[i][1], right = columns[i][2];
        float* row = to + 4 * i * plane_size;
        vector_at(row) = left;
        vector_at(row + plane_size) = 0.5F * ((left + right) + middle);
        vector_at(row + 2 * plane_size) = 0.5F * ((left + right) - middle);
        vector_at(row + 3 * plane_size) = right;
      }
    }
  }
}

ICECORE_WIDE void transform_input(const std::array<const float*, 16>& pixels,
                                  const WinogradPlanes& to, std::int64_t tile,
                                  std::int64_t channels) {
  for (std::int64_t channel = 0; channel < channels; channel += kLanes) {
    Vector columns[4][4];
#pragma GCC unroll 4
    for (std::size_t j = 0; j < 4; ++j) {
      const Vector a = vector_at(pixels[j] + channel), b = vector_at(pixels[4 + j] + channel),
                   c = vector_at(pixels[8 + j] + channel), d = vector_at(pixels[12 + j] + channel);
      columns[0][j] = a - c;
      columns[1][j] = b + c;
      columns[2][j] = c - b;
      columns[3][j] = b - d;
    }
#pragma GCC unroll 4
    for (int i = 0; i < 4; ++i) {
      const Vector a = columns[i][0], b = columns[i][1], c = columns[i][2], d = columns[i][3];
      float* row = to.at(4 * i, tile) + channel;
      vector_at(row) = a - c;
      vector_at(row + to.stride) = b + c;
      vector_at(row + 2 * to.stride) = c - b;
      vector_at(row + 3 * to.stride) = b - d;
    }
  }
}

ICECORE_WIDE void multiply_plane(const WinogradChannels& channels, std::int64_t plane,
                                 const float* filter, const WinogradPlanes& inputs,
                                 const WinogradPlanes& products, std::int64_t begin,
                                 std::int64_t end) {
  const float* weights = filter + plane * channels.in * channels.padded_out();
  for (std::int64_t in = 0; in < channels.in; in += kDepth) {
    const std::int64_t depth = std::min(kDepth, channels.in - in);
    const FilterPlace place(channels, in);
    for (std::int64_t out = 0; out < channels.padded_out(); out += kWinogradPanel) {
      const float* panel = weights + place.panel0 + out / kWinogradPanel * place.panel_stride;
      for (std::int64_t tile = begin; tile < end; tile += kMostRows) {
        multiply_some_rows(std::min(kMostRows, end - tile), inputs.at(plane, tile) + in, inputs.row,
                           panel, depth, products.at(plane, tile) + out, products.row, in > 0);
      }
    }
  }
}

ICECORE_WIDE void transform_products(const WinogradPlanes& from, std::int64_t tile,
                                     std::int64_t channels, const std::array<float*, 4>& results) {
  for (std::int64_t channel = 0; channel < channels; channel += kLanes) {
    Vector columns[2][4];
#pragma GCC unroll 4
    for (int j = 0; j < 4; ++j) {
      const float* at = from.at(j, tile) + channel;
      const Vector a = vector_at(at), b = vector_at(at + 4 * from.stride),
                   c = vector_at(at + 8 * from.stride), d = vector_at(at + 12 * from.stride);
      columns[0][j] = a + b + c;
      columns[1][j] = b - c - d;
    }
#pragma GCC unroll 2
    for (std::size_t i = 0; i < 2; ++i) {
      const Vector a = columns[i][0], b = columns[i][1], c = columns[i][2], d = columns[i][3];
      if (results[2 * i] != nullptr) vector_at(results[2 * i] + channel) = a + b + c;
      if (results[2 * i + 1] != nullptr) vector_at(results[2 * i + 1] + channel) = b - c - d;
    }
  }
}

}  // namespace icecore::inline v0
