// QuantizedBiasAdd, QuantizedMaxPool, QuantizedAvgPool, QuantizedRelu, QuantizedRelu6,
// QuantizedReshape.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/thread_pool.h"
#include "ops/array/arguments.h"
#include "ops/array/array_ops.h"
#include "ops/nn/nn_ops.h"
#include "ops/nn/window.h"
#include "ops/quantized/levels.h"
#include "ops/quantized/quantized_ops.h"

namespace icecore::inline v0 {
namespace {

using Byte = std::uint8_t;

struct PoolAttrs {
  WindowAttrs windows;
  std::vector<std::int64_t> ksize;
};

PoolAttrs pool_attrs(const NodeInfo& node) {
  PoolAttrs attrs;
  attrs.windows.padding = padding_of(node);
  attrs.ksize = node.ints_attr("ksize");
  const std::vector<std::int64_t> strides = node.ints_attr("strides");
  if (attrs.ksize.size() != 4) refuse("Sliding window ksize field must specify 4 dimensions");
  if (strides.size() != 4) refuse("Sliding window strides field must specify 4 dimensions");
  if (attrs.ksize[0] != 1 || strides[0] != 1) {
    throw Error(Code::kUnimplemented, "Pooling is not yet supported on the batch dimension.");
  }
  if (attrs.ksize[3] != 1 || strides[3] != 1) {
    throw Error(Code::kUnimplemented, "Non-spatial pooling is not yet supported.");
  }
  for (std::size_t i = 1; i < 3; ++i) {
    if (attrs.ksize[i] <= 0) refuse("Sliding window ksize must be positive");
    if (strides[i] <= 0) refuse("Sliding window strides must be positive");
    attrs.windows.strides[i - 1] = strides[i];
  }
  return attrs;
}

// Calls `pool` with where the cells of each output's window are in the input (of channel 0), and
// where the output's channel 0 is.
template <typename Pool>
Tensor pool_windows(const KernelContext& c, const PoolAttrs& attrs, const Pool& pool) {
  const Shape& input = c.input(0).shape();
  if (input.rank() != 4) refuse("tensor_in must be 4-dimensional, not " + to_string(input));
  const Window rows = make_window(attrs.windows, 0, input.dim(1), attrs.ksize[1]);
  const Window columns = make_window(attrs.windows, 1, input.dim(2), attrs.ksize[2]);
  const std::int64_t channels = input.dim(3);
  Tensor output = c.allocate(DType::kQUInt8, Shape{input.dim(0), rows.out, columns.out, channels});
  if (output.num_elements() == 0) return output;
  const Byte* const in = c.input(0).values<Byte>().data();
  Byte* const out = output.mutable_values<Byte>().data();
  c.threads().parallel_for(input.dim(0) * rows.out, 1, [&](std::int64_t begin, std::int64_t end) {
    std::vector<const Byte*> cells;
    for (std::int64_t i = begin; i < end; ++i) {
      const std::int64_t row = i % rows.out;
      const Byte* const image = in + i / rows.out * rows.in * columns.in * channels;
      for (std::int64_t column = 0; column < columns.out; ++column) {
        cells.clear();
        for (std::int64_t y = rows.first_cell(row); y < rows.last_cell(row); ++y) {
          for (std::int64_t x = columns.first_cell(column); x < columns.last_cell(column); ++x) {
            cells.push_back(image +
                            (rows.at(row, y) * columns.in + columns.at(column, x)) * channels);
          }
        }
        Byte* const to = out + (i * columns.out + column) * channels;
        for (std::int64_t channel = 0; channel < channels; ++channel) {
          to[channel] = pool(cells, channel);
        }
      }
    }
  });
  return output;
}

Byte largest(const std::vector<const Byte*>& cells, std::int64_t channel) {
  Byte most = 0;
  for (const Byte* cell : cells) most = std::max(most, cell[channel]);
  return most;
}

// Rounded down, as TensorFlow divides ints.
Byte average(const std::vector<const Byte*>& cells, std::int64_t channel) {
  std::size_t sum = 0;
  for (const Byte* cell : cells) sum += cell[channel];
  return cells.empty() ? Byte{0} : static_cast<Byte>(sum / cells.size());
}

template <typename Pool>
Kernel pool_kernel(const NodeInfo& node, Pool pool) {
  return Kernel([attrs = pool_attrs(node), pool](KernelContext& c) {
    const FloatRange range = range_input(c, 1);
    c.set_output(0, pool_windows(c, attrs, pool));
    set_range(c, 1, range);
  });
}

// Values between zero's level and, where there is one, that of the largest float.
Kernel relu_kernel(const NodeInfo& node, bool six) {
  if (node.type_attr("Tinput") != node.type_attr("out_type")) {
    throw Error(Code::kUnimplemented, "'" + node.name() + "': there is no " + node.op() + " of " +
                                          to_string(node.type_attr("Tinput")) + " to " +
                                          to_string(node.type_attr("out_type")));
  }
  return Kernel([six](KernelContext& c) {
    const FloatRange range = range_input(c, 1);
    Tensor output = c.allocate(c.input(0).dtype(), c.input(0).shape());
    visit_quantized(output.dtype(), [&]<typename T>(std::type_identity<T>) {
      const T least = level_of<T>(0.0F, range);
      const T most = six ? level_of<T>(6.0F, range) : std::numeric_limits<T>::max();
      const T* const in = c.input(0).values<T>().data();
      T* const out = output.mutable_values<T>().data();
      for_numbers(c, output.num_elements(), [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) out[i] = std::min(std::max(in[i], least), most);
      });
    });
    c.set_output(0, std::move(output));
    set_range(c, 1, range);
  });
}

// A range for sums of both: symmetric, with room for as many sums as 17 bits count.
FloatRange sum_range(FloatRange a, FloatRange b) {
  const float most = std::max({a.max, -a.min, b.max, -b.min}) * static_cast<float>(1 << 17);
  return {-most, most};
}

template <typename T>
FloatRange add_bias(const KernelContext& c, Tensor& output) {
  using Sum = std::int32_t;
  const FloatRange from = range_input(c, 2), bias = range_input(c, 4);
  const FloatRange range = sum_range(from, bias);
  const ManyLevels<Sum> level(range);
  const auto zero = static_cast<std::uint32_t>(level_of<Sum>(0.0F, range));
  std::vector<std::uint32_t> biases;
  const ManyFloats<T> bias_value(bias), value(from);
  for (const T number : c.input(1).values<T>()) {
    biases.push_back(static_cast<std::uint32_t>(level(bias_value(number))) + zero);
  }
  const T* const in = c.input(0).values<T>().data();
  auto* const out = output.mutable_values<std::uint32_t>().data();
  const auto channels = static_cast<std::int64_t>(biases.size());
  for_numbers(c, output.num_elements(), [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      out[i] = static_cast<std::uint32_t>(level(value(in[i]))) +
               biases[static_cast<std::size_t>(i % channels)];
    }
  });
  return range;
}

}  // namespace

void quantized_bias_add_shape(ShapeContext& c) {
  bias_add_shape(c);
  scalars_beside(c, 2);
}

void quantized_max_pool_shape(ShapeContext& c) {
  max_pool_shape(c);
  scalars_beside(c, 1);
}

void quantized_avg_pool_shape(ShapeContext& c) {
  avg_pool_shape(c);
  scalars_beside(c, 1);
}

void quantized_reshape_shape(ShapeContext& c) {
  reshape_op.shape(c);
  scalars_beside(c, 2);
}

Kernel quantized_max_pool_kernel(const NodeInfo& node) {
  return pool_kernel(node, largest);
}

Kernel quantized_avg_pool_kernel(const NodeInfo& node) {
  return pool_kernel(node, average);
}

Kernel quantized_relu_kernel(const NodeInfo& node) {
  return relu_kernel(node, false);
}

Kernel quantized_relu6_kernel(const NodeInfo& node) {
  return relu_kernel(node, true);
}

Kernel quantized_reshape_kernel(const NodeInfo& node) {
  return Kernel([reshape = reshape_op.kernel(node)](KernelContext& c) {
    const FloatRange range = range_input(c, 2);
    reshape.compute(c);
    set_range(c, 1, range);
  });
}

Kernel quantized_bias_add_kernel(const NodeInfo& node) {
  const DType dtype = node.type_attr("T1");
  if (node.type_attr("T2") != dtype || node.type_attr("out_type") != DType::kQInt32) {
    throw Error(Code::kUnimplemented, "'" + node.name() + "': there is no QuantizedBiasAdd of " +
                                          to_string(dtype) + " and " +
                                          to_string(node.type_attr("T2")) + " to " +
                                          to_string(node.type_attr("out_type")));
  }
  return Kernel([](KernelContext& c) {
    const Shape &input = c.input(0).shape(), &bias = c.input(1).shape();
    if (input.rank() < 2) refuse("Input tensor must be at least 2D: " + to_string(input));
    if (bias.rank() != 1) refuse("Biases must be 1D: " + to_string(bias));
    if (bias.dim(0) != input.dim(input.rank() - 1)) {
      refuse("Must provide as many biases as the last dimension of the input tensor: " +
             to_string(bias) + " vs. " + to_string(input));
    }
    Tensor output = c.allocate(DType::kQInt32, input);
    FloatRange range;
    visit_quantized(c.input(0).dtype(),
                    [&]<typename T>(std::type_identity<T>) { range = add_bias<T>(c, output); });
    c.set_output(0, std::move(output));
    set_range(c, 1, range);
  });
}

}  // namespace icecore::inline v0
