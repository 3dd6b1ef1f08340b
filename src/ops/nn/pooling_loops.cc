#include "ops/nn/pooling_loops.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

#include "base/thread_pool.h"
#include "ops/nn/real_types.h"

namespace icecore::inline v0 {
namespace {

// Calls cell(input pixel) for the cells of output pixel `pixel` that lie in the image, row by row.
template <typename Cell>
void for_cells(const PoolingGeometry& g, std::int64_t pixel, const Cell& cell) {
  const std::int64_t column = pixel % g.columns.out;
  const std::int64_t row = pixel / g.columns.out % g.rows.out;
  const std::int64_t image = pixel / g.columns.out / g.rows.out;
  const std::int64_t row_begin = std::max<std::int64_t>(0, g.rows.at(row, 0));
  const std::int64_t row_end = std::min(g.rows.in, g.rows.at(row, g.rows.size));
  const std::int64_t column_begin = std::max<std::int64_t>(0, g.columns.at(column, 0));
  const std::int64_t column_end = std::min(g.columns.in, g.columns.at(column, g.columns.size));
  for (std::int64_t i = row_begin; i < row_end; ++i) {
    for (std::int64_t j = column_begin; j < column_end; ++j) {
      cell((image * g.rows.in + i) * g.columns.in + j);
    }
  }
}

// Calls work(pixel) for all output pixels.
template <typename Work>
void for_pixels(KernelContext& context, const PoolingGeometry& g, const Work& work) {
  const std::int64_t rows = g.batch * g.rows.out;
  context.threads().parallel_for(rows, 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t pixel = begin * g.columns.out; pixel < end * g.columns.out; ++pixel) {
      work(pixel);
    }
  });
}

// The same, but each image's by one thread.
template <typename Work>
void for_images(KernelContext& context, const PoolingGeometry& g, const Work& work) {
  context.threads().parallel_for(g.batch, 1, [&](std::int64_t begin, std::int64_t end) {
    const std::int64_t pixels = g.rows.out * g.columns.out;
    auto own = work;  // With its own scratch memory.
    for (std::int64_t pixel = begin * pixels; pixel < end * pixels; ++pixel) own(pixel);
  });
}

// For each channel the largest value under an output pixel, and the input pixel that has it.
template <typename T>
class Largest {
 public:
  explicit Largest(std::int64_t channels)
      : values(static_cast<std::size_t>(channels)), pixels(static_cast<std::size_t>(channels)) {}

  void look(const PoolingGeometry& g, const T* input, std::int64_t pixel) {
    bool first = true;
    for_cells(g, pixel, [&](std::int64_t in) {
      const T* from = input + in * g.channels;
      for (std::size_t c = 0; c < values.size(); ++c) {
        if (first || from[c] > values[c]) {
          values[c] = from[c];
          pixels[c] = in;
        }
      }
      first = false;
    });
    if (first) std::ranges::fill(pixels, -1);
  }

  std::vector<T> values;
  std::vector<std::int64_t> pixels;
};

template <typename T>
void clear(Tensor& tensor) {
  std::ranges::fill(tensor.mutable_values<T>(), T(0));
}

template <typename T>
T sum_of(T x, T y) {
  if constexpr (std::is_integral_v<T>) {
    using Bits = std::make_unsigned_t<T>;
    return static_cast<T>(static_cast<Bits>(x) + static_cast<Bits>(y));
  } else {
    return x + y;
  }
}

}  // namespace

void max_pool(KernelContext& context, const PoolingGeometry& g, const Tensor& input,
              Tensor& output) {
  for_real_type(input.dtype(), [&]<typename T>(T*) {
    const T* in = input.values<T>().data();
    T* out = output.mutable_values<T>().data();
    for_pixels(context, g, [&](std::int64_t pixel) {
      T* to = out + pixel * g.channels;
      std::fill_n(to, g.channels, std::numeric_limits<T>::lowest());
      for_cells(g, pixel, [&](std::int64_t in_pixel) {
        const T* from = in + in_pixel * g.channels;
        for (std::int64_t c = 0; c < g.channels; ++c) to[c] = to[c] < from[c] ? from[c] : to[c];
      });
    });
  });
}

void max_pool_channels(KernelContext& context, std::int64_t group, const Tensor& input,
                       Tensor& output) {
  for_real_type(input.dtype(), [&]<typename T>(T*) {
    const T* in = input.values<T>().data();
    T* out = output.mutable_values<T>().data();
    context.threads().parallel_for(
        output.num_elements(), 4096, [&](std::int64_t begin, std::int64_t end) {
          for (std::int64_t i = begin; i < end; ++i) {
            out[i] = *std::max_element(in + i * group, in + (i + 1) * group);
          }
        });
  });
}

void max_pool_with_argmax(KernelContext& context, const PoolingGeometry& g, bool count_batch,
                          const Tensor& input, Tensor& output, Tensor& where) {
  const bool wide = where.dtype() == DType::kInt64;
  std::int64_t* where64 = wide ? where.mutable_values<std::int64_t>().data() : nullptr;
  std::int32_t* where32 = wide ? nullptr : where.mutable_values<std::int32_t>().data();
  for_real_type(input.dtype(), [&]<typename T>(T*) {
    const T* in = input.values<T>().data();
    T* out = output.mutable_values<T>().data();
    const std::int64_t image = g.rows.in * g.columns.in;
    context.threads().parallel_for(
        g.batch * g.rows.out, 1, [&](std::int64_t begin, std::int64_t end) {
          Largest<T> largest(g.channels);
          for (std::int64_t pixel = begin * g.columns.out; pixel < end * g.columns.out; ++pixel) {
            largest.look(g, in, pixel);
            for (std::int64_t c = 0; c < g.channels; ++c) {
              const auto channel = static_cast<std::size_t>(c);
              const std::int64_t to = pixel * g.channels + c;
              const std::int64_t from = largest.pixels[channel];
              const std::int64_t index = (count_batch ? from : from % image) * g.channels + c;
              out[to] = largest.values[channel];
              if (wide) {
                where64[to] = index;
              } else {
                where32[to] = static_cast<std::int32_t>(index);
              }
            }
          }
        });
  });
}

void max_pool_gradient(KernelContext& context, const PoolingGeometry& g, const Tensor& input,
                       const Tensor& gradient, Tensor& result) {
  for_real_type(input.dtype(), [&]<typename T>(T*) {
    const T* in = input.values<T>().data();
    const T* from = gradient.values<T>().data();
    clear<T>(result);
    T* to = result.mutable_values<T>().data();
    for_images(context, g, [&, largest = Largest<T>(g.channels)](std::int64_t pixel) mutable {
      largest.look(g, in, pixel);
      for (std::int64_t c = 0; c < g.channels; ++c) {
        const std::int64_t at = largest.pixels[static_cast<std::size_t>(c)];
        if (at < 0) continue;
        T& sum = to[at * g.channels + c];
        sum = sum_of(sum, from[pixel * g.channels + c]);
      }
    });
  });
}

void max_pool_pick(KernelContext& context, const PoolingGeometry& g, const Tensor& input,
                   const Tensor& output, const Tensor& gradient, Tensor& result) {
  for_real_type(input.dtype(), [&]<typename T>(T*) {
    const T* in = input.values<T>().data();
    const T* of = output.values<T>().data();
    const T* from = gradient.values<T>().data();
    T* to = result.mutable_values<T>().data();
    for_images(context, g, [&, found = std::vector<std::int64_t>()](std::int64_t pixel) mutable {
      found.assign(static_cast<std::size_t>(g.channels), -1);
      for_cells(g, pixel, [&](std::int64_t in_pixel) {
        for (std::int64_t c = 0; c < g.channels; ++c) {
          std::int64_t& at = found[static_cast<std::size_t>(c)];
          if (at < 0 && in[in_pixel * g.channels + c] == of[pixel * g.channels + c]) at = in_pixel;
        }
      });
      for (std::int64_t c = 0; c < g.channels; ++c) {
        const std::int64_t at = found[static_cast<std::size_t>(c)];
        to[pixel * g.channels + c] = at < 0 ? T(0) : from[at * g.channels + c];
      }
    });
  });
}

namespace {

template <typename T>
void average(KernelContext& context, const PoolingGeometry& g, const T* in, T* out) {
  for_pixels(context, g, [&](std::int64_t pixel) {
    T* to = out + pixel * g.channels;
    std::fill_n(to, g.channels, T(0));
    std::int64_t count = 0;
    for_cells(g, pixel, [&](std::int64_t in_pixel) {
      const T* from = in + in_pixel * g.channels;
      for (std::int64_t c = 0; c < g.channels; ++c) to[c] += from[c];
      ++count;
    });
    if (count == 0) return;
    for (std::int64_t c = 0; c < g.channels; ++c) to[c] /= static_cast<T>(count);
  });
}

template <typename T>
void spread(KernelContext& context, const PoolingGeometry& g, const T* gradient, T* result) {
  for_images(context, g, [&](std::int64_t pixel) {
    const T* from = gradient + pixel * g.channels;
    std::int64_t count = 0;
    for_cells(g, pixel, [&](std::int64_t) { ++count; });
    if (count == 0) return;
    const T share = T(1) / static_cast<T>(count);
    for_cells(g, pixel, [&](std::int64_t in_pixel) {
      T* to = result + in_pixel * g.channels;
      for (std::int64_t c = 0; c < g.channels; ++c) to[c] += from[c] * share;
    });
  });
}

}  // namespace

void average_pool(KernelContext& context, const PoolingGeometry& geometry, const Tensor& input,
                  Tensor& output) {
  if (input.dtype() == DType::kFloat64) {
    average(context, geometry, input.values<double>().data(),
            output.mutable_values<double>().data());
  } else {
    average(context, geometry, input.values<float>().data(), output.mutable_values<float>().data());
  }
}

void average_pool_gradient(KernelContext& context, const PoolingGeometry& geometry,
                           const Tensor& gradient, Tensor& result) {
  if (gradient.dtype() == DType::kFloat64) {
    clear<double>(result);
    spread(context, geometry, gradient.values<double>().data(),
           result.mutable_values<double>().data());
  } else {
    clear<float>(result);
    spread(context, geometry, gradient.values<float>().data(),
           result.mutable_values<float>().data());
  }
}

}  // namespace icecore::inline v0
