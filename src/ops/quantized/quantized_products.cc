// QuantizedMatMul, QuantizedConv2D: of bytes, to sums of 32 bits, which wrap around.
#include <string>
#include <utility>

#include "base/thread_pool.h"
#include "ops/array/arguments.h"
#include "ops/linalg/linalg_ops.h"
#include "ops/nn/convolution.h"
#include "ops/nn/nn_ops.h"
#include "ops/quantized/levels.h"
#include "ops/quantized/quantized_ops.h"

namespace icecore::inline v0 {
namespace {

using Byte = std::uint8_t;

void check_types(const NodeInfo& node, const char* first, const char* second, const char* sum) {
  if (node.type_attr(first) == DType::kQUInt8 && node.type_attr(second) == DType::kQUInt8 &&
      node.type_attr(sum) == DType::kQInt32) {
    return;
  }
  throw Error(Code::kUnimplemented, "'" + node.name() + "': there is no " + node.op() + " of " +
                                        to_string(node.type_attr(first)) + " and " +
                                        to_string(node.type_attr(second)) + " to " +
                                        to_string(node.type_attr(sum)));
}

// The byte that stands for zero, which may lie beyond bytes.
std::uint32_t zero_level(FloatRange range) {
  return static_cast<std::uint32_t>(unclamped_level<Byte>(0.0F, range));
}

struct Factor {
  const Byte* values;
  std::uint32_t zero;
  std::uint32_t operator[](std::int64_t i) const { return values[i] - zero; }
};

Factor factor_of(const KernelContext& c, int i, FloatRange range) {
  return {c.input(i).values<Byte>().data(), zero_level(range)};
}

// sums[j] += a * b[j], for a row of b.
void add_products(std::uint32_t a, const Factor& b, std::int64_t at, std::int64_t count,
                  std::uint32_t* sums) {
  for (std::int64_t j = 0; j < count; ++j) sums[j] += a * b[at + j];
}

void multiply(KernelContext& c, bool transpose_a, bool transpose_b) {
  const FloatRange range_a = range_input(c, 2), range_b = range_input(c, 4);
  if (!(range_a.max > range_a.min)) refuse("max_a must be larger than min_a.");
  if (!(range_b.max > range_b.min)) refuse("max_b must be larger than min_b.");
  const Shape &a = c.input(0).shape(), &b = c.input(1).shape();
  if (a.rank() != 2) refuse("In[0] is not a matrix");
  if (b.rank() != 2) refuse("In[1] is not a matrix");
  const std::int64_t depth = a.dim(transpose_a ? 0 : 1);
  if (depth != b.dim(transpose_b ? 1 : 0)) {
    refuse("Matrix size-incompatible: In[0]: " + to_string(a) + ", In[1]: " + to_string(b));
  }
  const std::int64_t rows = a.dim(transpose_a ? 1 : 0), columns = b.dim(transpose_b ? 0 : 1);
  const Factor left = factor_of(c, 0, range_a), right = factor_of(c, 1, range_b);
  Tensor output = c.allocate(DType::kQInt32, Shape{rows, columns});
  if (output.num_elements() > 0) {
    auto* const out = output.mutable_values<std::uint32_t>().data();
    c.threads().parallel_for(rows, 1, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t row = begin; row < end; ++row) {
        std::uint32_t* const sums = out + row * columns;
        std::fill_n(sums, columns, 0U);
        for (std::int64_t k = 0; k < depth; ++k) {
          const std::uint32_t factor = left[transpose_a ? k * rows + row : row * depth + k];
          if (!transpose_b) {
            add_products(factor, right, k * columns, columns, sums);
            continue;
          }
          for (std::int64_t j = 0; j < columns; ++j) sums[j] += factor * right[j * depth + k];
        }
      }
    });
  }
  c.set_output(0, std::move(output));
  set_range(c, 1, product_range<Byte, Byte, std::int32_t>(range_a, range_b));
}

// One output image row; cells beyond the image count as zero.
void convolve_row(const ConvolutionGeometry& g, const Factor& image, const Factor& filter,
                  std::int64_t row, std::uint32_t* out) {
  for (std::int64_t column = 0; column < g.columns.out; ++column, out += g.out_channels) {
    std::fill_n(out, g.out_channels, 0U);
    for (std::int64_t y = g.rows.first_cell(row); y < g.rows.last_cell(row); ++y) {
      for (std::int64_t x = g.columns.first_cell(column); x < g.columns.last_cell(column); ++x) {
        const std::int64_t from =
            (g.rows.at(row, y) * g.columns.in + g.columns.at(column, x)) * g.in_channels;
        const std::int64_t weights = (y * g.columns.size + x) * g.in_channels * g.out_channels;
        for (std::int64_t k = 0; k < g.in_channels; ++k) {
          add_products(image[from + k], filter, weights + k * g.out_channels, g.out_channels, out);
        }
      }
    }
  }
}

void convolve(KernelContext& c, const WindowAttrs& attrs) {
  const FloatRange images = range_input(c, 2), filters = range_input(c, 4);
  const Shape &input = c.input(0).shape(), &filter = c.input(1).shape();
  if (input.rank() != 4) refuse("input must be 4-dimensional" + to_string(input));
  if (filter.rank() != 4) refuse("filter must be 4-dimensional: " + to_string(filter));
  if (input.dim(3) != filter.dim(2)) {
    refuse("input and filter must have the same depth: " + std::to_string(input.dim(3)) + " vs " +
           std::to_string(filter.dim(2)));
  }
  const ConvolutionGeometry g = convolution_geometry(attrs, input, filter, false);
  Tensor output = c.allocate(DType::kQInt32, g.output_shape());
  if (output.num_elements() > 0) {
    auto* const out = output.mutable_values<std::uint32_t>().data();
    const Factor pixels = factor_of(c, 0, images), weights = factor_of(c, 1, filters);
    c.threads().parallel_for(g.batch * g.rows.out, 1, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i) {
        const Factor image{
            pixels.values + i / g.rows.out * g.rows.in * g.columns.in * g.in_channels, pixels.zero};
        convolve_row(g, image, weights, i % g.rows.out, out + i * g.columns.out * g.out_channels);
      }
    });
  }
  c.set_output(0, std::move(output));
  set_range(c, 1, product_range<Byte, Byte, std::int32_t>(images, filters));
}

}  // namespace

void quantized_mat_mul_shape(ShapeContext& c) {
  mat_mul_shape(c);
  scalars_beside(c, 2);
}

void quantized_conv2d_shape(ShapeContext& c) {
  conv2d_shape(c);
  scalars_beside(c, 2);
}

Kernel quantized_mat_mul_kernel(const NodeInfo& node) {
  check_types(node, "T1", "T2", "Toutput");
  return Kernel([transpose_a = node.bool_attr("transpose_a"),
                 transpose_b = node.bool_attr("transpose_b")](KernelContext& c) {
    multiply(c, transpose_a, transpose_b);
  });
}

Kernel quantized_conv2d_kernel(const NodeInfo& node) {
  check_types(node, "Tinput", "Tfilter", "out_type");
  const WindowAttrs attrs = WindowAttrs::of_convolution(node);
  if (attrs.strides[0] != attrs.strides[1]) {
    refuse(
        "Current implementation only supports equal length strides in the row and column "
        "dimensions.");
  }
  if (attrs.dilations[0] != 1 || attrs.dilations[1] != 1) {
    refuse(
        "Current implementation only supports dilated rate as 1 in the row and column "
        "dimensions.");
  }
  return Kernel([attrs](KernelContext& c) { convolve(c, attrs); });
}

}  // namespace icecore::inline v0
