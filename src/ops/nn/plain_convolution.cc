#include "ops/nn/plain_convolution.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/thread_pool.h"
#include "ops/linalg/gemm.h"

namespace icecore::inline v0 {
namespace {

// Calls cell(row cell, column cell, input pixel) for the window's cells that lie in the image.
template <typename Cell>
void for_cells(const ConvolutionGeometry& g, std::int64_t image, std::int64_t row,
               std::int64_t column, const Cell& cell) {
  const std::int64_t row_end = g.rows.last_cell(row);
  const std::int64_t column_begin = g.columns.first_cell(column);
  const std::int64_t column_end = g.columns.last_cell(column);
  for (std::int64_t i = g.rows.first_cell(row); i < row_end; ++i) {
    const std::int64_t in_row = image * g.rows.in + g.rows.at(row, i);
    for (std::int64_t j = column_begin; j < column_end; ++j) {
      cell(i, j, in_row * g.columns.in + g.columns.at(column, j));
    }
  }
}

// --- One filter over all channels: rows of patches times the filter as a matrix ------------------

std::int64_t patch_size(const ConvolutionGeometry& g) {
  return g.rows.size * g.columns.size * g.in_channels;
}

// The patches under a row of outputs, [columns, patch].
template <typename T>
void gather_patches(const ConvolutionGeometry& g, std::int64_t image_row, const T* input,
                    T* patches) {
  const std::int64_t depth = g.in_channels, size = patch_size(g);
  std::fill_n(patches, g.columns.out * size, T(0));
  for (std::int64_t column = 0; column < g.columns.out; ++column) {
    T* patch = patches + column * size;
    for_cells(g, image_row / g.rows.out, image_row % g.rows.out, column,
              [&](std::int64_t i, std::int64_t j, std::int64_t pixel) {
                std::copy_n(input + pixel * depth, depth, patch + (i * g.columns.size + j) * depth);
              });
  }
}

template <typename T>
void forward(KernelContext& context, const ConvolutionGeometry& g, const T* input, const T* filter,
             T* output) {
  const std::int64_t size = patch_size(g);
  context.threads().parallel_for(
      g.batch * g.rows.out, 1, [&](std::int64_t begin, std::int64_t end) {
        std::vector<T> patches(static_cast<std::size_t>(g.columns.out * size));
        for (std::int64_t row = begin; row < end; ++row) {
          gather_patches(g, row, input, patches.data());
          MatrixProduct product{.m = g.columns.out, .n = g.out_channels, .k = size};
          product.a = patches.data();
          product.b = filter;
          product.c = output + row * g.columns.out * g.out_channels;
          product.a_stride = size;
          product.b_stride = product.c_stride = g.out_channels;
          multiply_matrices_here(dtype_of<T>(), product);
        }
      });
}

template <typename T>
void backward_input(KernelContext& context, const ConvolutionGeometry& g, const T* filter,
                    const T* gradient, T* result) {
  const std::int64_t size = patch_size(g), depth = g.in_channels;
  // Windows overlap within an image, never across.
  context.threads().parallel_for(g.batch, 1, [&](std::int64_t begin, std::int64_t end) {
    std::vector<T> patches(static_cast<std::size_t>(g.columns.out * size));
    for (std::int64_t row = begin * g.rows.out; row < end * g.rows.out; ++row) {
      MatrixProduct product{.m = g.columns.out, .n = size, .k = g.out_channels};
      product.a = gradient + row * g.columns.out * g.out_channels;
      product.b = filter;
      product.c = patches.data();
      product.a_stride = product.b_stride = g.out_channels;
      product.c_stride = size;
      product.transpose_b = true;
      multiply_matrices_here(dtype_of<T>(), product);
      for (std::int64_t column = 0; column < g.columns.out; ++column) {
        const T* patch = patches.data() + column * size;
        for_cells(g, row / g.rows.out, row % g.rows.out, column,
                  [&](std::int64_t i, std::int64_t j, std::int64_t pixel) {
                    const T* from = patch + (i * g.columns.size + j) * depth;
                    T* to = result + pixel * depth;
                    for (std::int64_t c = 0; c < depth; ++c) to[c] += from[c];
                  });
      }
    }
  });
}

template <typename T>
void backward_filter(KernelContext& context, const ConvolutionGeometry& g, const T* input,
                     const T* gradient, T* result) {
  const std::int64_t size = patch_size(g);
  std::vector<T> patches(static_cast<std::size_t>(g.columns.out * size));
  for (std::int64_t row = 0; row < g.batch * g.rows.out; ++row) {
    gather_patches(g, row, input, patches.data());
    MatrixProduct product{.m = size, .n = g.out_channels, .k = g.columns.out};
    product.a = patches.data();
    product.b = gradient + row * g.columns.out * g.out_channels;
    product.c = result;
    product.a_stride = size;
    product.b_stride = product.c_stride = g.out_channels;
    product.transpose_a = true;
    product.add = true;
    multiply_matrices(context, dtype_of<T>(), product);
  }
}

// --- Filters of its own for each channel
// ----------------------------------------------------------

template <typename T>
void depthwise_forward(KernelContext& context, const ConvolutionGeometry& g, const T* input,
                       const T* filter, T* output) {
  const std::int64_t depth = g.in_channels, out = g.out_channels, multiplier = out / depth;
  context.threads().parallel_for(
      g.batch * g.rows.out, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t pixel = begin * g.columns.out; pixel < end * g.columns.out; ++pixel) {
          T* to = output + pixel * out;
          const std::int64_t row = pixel / g.columns.out;
          for_cells(g, row / g.rows.out, row % g.rows.out, pixel % g.columns.out,
                    [&](std::int64_t i, std::int64_t j, std::int64_t in_pixel) {
                      const T* from = input + in_pixel * depth;
                      const T* weights = filter + (i * g.columns.size + j) * out;
                      if (multiplier == 1) {
                        for (std::int64_t c = 0; c < depth; ++c) to[c] += from[c] * weights[c];
                        return;
                      }
                      for (std::int64_t c = 0; c < depth; ++c) {
                        for (std::int64_t m = 0; m < multiplier; ++m) {
                          to[c * multiplier + m] += from[c] * weights[c * multiplier + m];
                        }
                      }
                    });
        }
      });
}

template <typename T>
void depthwise_backward_input(KernelContext& context, const ConvolutionGeometry& g, const T* filter,
                              const T* gradient, T* result) {
  const std::int64_t depth = g.in_channels, out = g.out_channels, multiplier = out / depth;
  context.threads().parallel_for(g.batch, 1, [&](std::int64_t begin, std::int64_t end) {
    const std::int64_t pixels = g.rows.out * g.columns.out;
    for (std::int64_t pixel = begin * pixels; pixel < end * pixels; ++pixel) {
      const T* from = gradient + pixel * out;
      const std::int64_t row = pixel / g.columns.out;
      for_cells(g, row / g.rows.out, row % g.rows.out, pixel % g.columns.out,
                [&](std::int64_t i, std::int64_t j, std::int64_t in_pixel) {
                  T* to = result + in_pixel * depth;
                  const T* weights = filter + (i * g.columns.size + j) * out;
                  for (std::int64_t c = 0; c < depth; ++c) {
                    for (std::int64_t m = 0; m < multiplier; ++m) {
                      to[c] += from[c * multiplier + m] * weights[c * multiplier + m];
                    }
                  }
                });
    }
  });
}

template <typename T>
void depthwise_backward_filter(KernelContext& context, const ConvolutionGeometry& g, const T* input,
                               const T* gradient, T* result) {
  const std::int64_t depth = g.in_channels, out = g.out_channels, multiplier = out / depth;
  // Each cell of the filter is summed by one thread, over all pixels in order.
  context.threads().parallel_for(
      g.rows.size * g.columns.size, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t cell = begin; cell < end; ++cell) {
          const std::int64_t i = cell / g.columns.size, j = cell % g.columns.size;
          T* to = result + cell * out;
          for (std::int64_t pixel = 0; pixel < g.batch * g.rows.out * g.columns.out; ++pixel) {
            const std::int64_t column = pixel % g.columns.out;
            const std::int64_t row = pixel / g.columns.out % g.rows.out;
            const std::int64_t image = pixel / g.columns.out / g.rows.out;
            const std::int64_t in_row = g.rows.at(row, i), in_column = g.columns.at(column, j);
            if (in_row < 0 || in_row >= g.rows.in || in_column < 0 || in_column >= g.columns.in) {
              continue;
            }
            const T* from =
                input + ((image * g.rows.in + in_row) * g.columns.in + in_column) * depth;
            const T* upstream = gradient + pixel * out;
            for (std::int64_t c = 0; c < depth; ++c) {
              for (std::int64_t m = 0; m < multiplier; ++m) {
                to[c * multiplier + m] += from[c] * upstream[c * multiplier + m];
              }
            }
          }
        }
      });
}

using std::byte;

void clear(Tensor& tensor) {
  std::ranges::fill(tensor.mutable_bytes(), byte{0});
}

}  // namespace

void plain_forward(KernelContext& context, const ConvolutionGeometry& geometry, const Tensor& input,
                   const Tensor& filter, Tensor& output) {
  clear(output);
  const auto run = [&]<typename T>(T*) {
    (geometry.depthwise ? depthwise_forward<T>
                        : forward<T>)(context, geometry, input.values<T>().data(),
                                      filter.values<T>().data(), output.mutable_values<T>().data());
  };
  if (input.dtype() == DType::kFloat64) return run(static_cast<double*>(nullptr));
  run(static_cast<float*>(nullptr));
}

void plain_backward_input(KernelContext& context, const ConvolutionGeometry& geometry,
                          const Tensor& filter, const Tensor& gradient, Tensor& input_gradient) {
  clear(input_gradient);
  const auto run = [&]<typename T>(T*) {
    (geometry.depthwise ? depthwise_backward_input<T>
                        : backward_input<T>)(context, geometry, filter.values<T>().data(),
                                             gradient.values<T>().data(),
                                             input_gradient.mutable_values<T>().data());
  };
  if (filter.dtype() == DType::kFloat64) return run(static_cast<double*>(nullptr));
  run(static_cast<float*>(nullptr));
}

void plain_backward_filter(KernelContext& context, const ConvolutionGeometry& geometry,
                           const Tensor& input, const Tensor& gradient, Tensor& filter_gradient) {
  clear(filter_gradient);
  const auto run = [&]<typename T>(T*) {
    (geometry.depthwise ? depthwise_backward_filter<T>
                        : backward_filter<T>)(context, geometry, input.values<T>().data(),
                                              gradient.values<T>().data(),
                                              filter_gradient.mutable_values<T>().data());
  };
  if (input.dtype() == DType::kFloat64) return run(static_cast<double*>(nullptr));
  run(static_cast<float*>(nullptr));
}

}  // namespace icecore::inline v0
