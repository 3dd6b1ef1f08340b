#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <complex>
#include <string>
#include <type_traits>
#include <vector>

#include "base/thread_pool.h"
#include "ops/array/array_functions.h"
#include "ops/in_float32.h"
#include "ops/nn/nn_ops.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Code::kInvalidArgument, message);
}

// BiasAddV1 has no data format.
bool channels_first(const NodeInfo& node) {
  return node.has_attr("data_format") && node.string_attr("data_format") == "NCHW";
}

// A tensor as [outer, channels, inner].
struct Layout {
  std::int64_t outer = 1, channels = 1, inner = 1;
};

Layout layout_of(const Tensor& tensor, bool nchw) {
  const Shape& shape = tensor.shape();
  if (shape.rank() < 2) refuse("Input tensor must be at least 2D: " + to_string(shape));
  const int channel_dim = nchw ? 1 : shape.rank() - 1;
  Layout layout;
  layout.channels = shape.dim(channel_dim);
  for (int i = 0; i < channel_dim; ++i) layout.outer *= shape.dim(i);
  for (int i = channel_dim + 1; i < shape.rank(); ++i) layout.inner *= shape.dim(i);
  return layout;
}

template <typename T>
T sum_of(T x, T y) {
  if constexpr (std::is_integral_v<T>) {
    using Bits = std::make_unsigned_t<T>;  // Overflow wraps around.
    return static_cast<T>(static_cast<Bits>(x) + static_cast<Bits>(y));
  } else {
    return x + y;
  }
}

constexpr std::int64_t kLeastWork = 1 << 14;

template <typename T>
void add_bias(KernelContext& context, const Layout& layout, const Tensor& value, const Tensor& bias,
              Tensor& result) {
  const T* in = value.values<T>().data();
  const T* add = bias.values<T>().data();
  T* out = result.mutable_values<T>().data();
  const std::int64_t row = layout.channels * layout.inner;
  const std::int64_t grain = kLeastWork / std::max<std::int64_t>(std::min(row, kLeastWork), 1);
  context.threads().parallel_for(layout.outer, grain, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t o = begin; o < end; ++o) {
      const T* from = in + o * row;
      T* to = out + o * row;
      if (layout.inner == 1) {
        for (std::int64_t c = 0; c < layout.channels; ++c) to[c] = sum_of(from[c], add[c]);
        continue;
      }
      for (std::int64_t c = 0; c < layout.channels; ++c) {
        for (std::int64_t i = 0; i < layout.inner; ++i) {
          to[c * layout.inner + i] = sum_of(from[c * layout.inner + i], add[c]);
        }
      }
    }
  });
}

// The sum over all but the channels. Parts of fixed size are summed on their own, and their sums in
// order, so that the result doesn't depend on the threads.
template <typename T>
void sum_to_channels(KernelContext& context, const Layout& layout, const Tensor& value,
                     Tensor& result) {
  const T* in = value.values<T>().data();
  auto out = result.mutable_values<T>();
  std::ranges::fill(out, T(0));
  if (value.num_elements() == 0) return;
  const std::int64_t row = layout.channels * layout.inner;
  const std::int64_t rows_of_part = std::max<std::int64_t>(16, (std::int64_t{1} << 15) / row);
  const std::int64_t parts = (layout.outer + rows_of_part - 1) / rows_of_part;
  std::vector<T> sums(static_cast<std::size_t>(parts * layout.channels), T(0));
  context.threads().parallel_for(parts, 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t part = begin; part < end; ++part) {
      T* sum = sums.data() + part * layout.channels;
      const std::int64_t last = std::min(layout.outer, (part + 1) * rows_of_part);
      for (std::int64_t o = part * rows_of_part; o < last; ++o) {
        const T* from = in + o * row;
        if (layout.inner == 1) {
          for (std::int64_t c = 0; c < layout.channels; ++c) sum[c] = sum_of(sum[c], from[c]);
          continue;
        }
        for (std::int64_t c = 0; c < layout.channels; ++c) {
          T inner(0);
          for (std::int64_t i = 0; i < layout.inner; ++i) {
            inner = sum_of(inner, from[c * layout.inner + i]);
          }
          sum[c] = sum_of(sum[c], inner);
        }
      }
    }
  });
  for (std::int64_t part = 0; part < parts; ++part) {
    for (std::int64_t c = 0; c < layout.channels; ++c) {
      T& sum = out[static_cast<std::size_t>(c)];
      sum = sum_of(sum, sums[static_cast<std::size_t>(part * layout.channels + c)]);
    }
  }
}

// Calls work with a null pointer to the type of the dtype's elements.
template <typename Work>
void for_type(DType dtype, const Work& work) {
  switch (dtype) {
    case DType::kFloat32:
      return work(static_cast<float*>(nullptr));
    case DType::kFloat64:
      return work(static_cast<double*>(nullptr));
    case DType::kInt32:
    case DType::kUInt32:
      return work(static_cast<std::uint32_t*>(nullptr));
    case DType::kInt64:
    case DType::kUInt64:
      return work(static_cast<std::uint64_t*>(nullptr));
    case DType::kInt16:
    case DType::kUInt16:
      return work(static_cast<std::uint16_t*>(nullptr));
    case DType::kInt8:
    case DType::kUInt8:
      return work(static_cast<std::uint8_t*>(nullptr));
    case DType::kComplex64:
      return work(static_cast<std::complex<float>*>(nullptr));
    case DType::kComplex128:
      return work(static_cast<std::complex<double>*>(nullptr));
    default:
      throw Error(Code::kUnimplemented, "no bias of " + to_string(dtype));
  }
}

}  // namespace

void bias_add_shape(ShapeContext& c) {
  const bool nchw = channels_first(c.node());
  const Shape input = with_rank_at_least(c.input(0), nchw ? 3 : 2);
  const std::int64_t bias = with_rank(c.input(1), 1).dim(0);
  if (!input.has_rank()) return;
  std::vector<std::int64_t> dims(input.dims().begin(), input.dims().end());
  std::int64_t& channels = nchw ? dims[1] : dims.back();
  channels = merge_dims(channels, bias);
  c.set_output(0, Shape(dims));
}

Kernel bias_add_kernel(const NodeInfo& node) {
  Kernel kernel = [nchw = channels_first(node)](KernelContext& context) {
    const Tensor value = context.input(0);
    const Tensor bias = context.input(1);
    if (nchw && (value.shape().rank() < 3 || value.shape().rank() > 5)) {
      refuse("Only ranks up to 5 supported: " + to_string(value.shape()));
    }
    const Layout layout = layout_of(value, nchw);
    if (bias.shape().rank() != 1) refuse("Biases must be 1D: " + to_string(bias.shape()));
    if (bias.shape().dim(0) != layout.channels) {
      refuse("Must provide as many biases as the last dimension of the input tensor: " +
             to_string(bias.shape()) + " vs. " + to_string(value.shape()));
    }
    Tensor result = context.allocate(value.dtype(), value.shape());
    for_type(value.dtype(),
             [&]<typename T>(T*) { add_bias<T>(context, layout, value, bias, result); });
    context.set_output(0, std::move(result));
  };
  return is_short_float(node.type_attr("T")) ? in_float32(std::move(kernel)) : kernel;
}

void bias_add_gradient(GradientContext& c) {
  c.set(0, c.gradient());
  c.set(1,
        c.graph()
            .apply_op("BiasAddGrad", {c.gradient()}, {{"data_format", c.op().attr("data_format")}})
            .output());
}

void bias_add_v1_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output gradient = c.gradient();
  c.set(0, gradient);
  Output rank;
  if (gradient.shape().has_rank()) {
    rank = graph.constant(Tensor::scalar<std::int32_t>(gradient.shape().rank()), "Rank");
  } else {
    rank = graph.apply_op("Rank", {gradient}).output();
  }
  const Output last = graph.apply_op("Sub", {rank, 1}, {}, "sub").output();
  ScopeGuard scope = graph.name_scope("range");
  const std::string name = scope.name();
  const Output axes = graph.apply_op("Range", {0, last, 1}, {}, name).output();
  scope.leave();
  c.set(1, reduce_sum(graph, gradient, {.axis = axes}));
}

void bias_add_grad_shape(ShapeContext& c) {
  const bool nchw = channels_first(c.node());
  const Shape input = with_rank_at_least(c.input(0), nchw ? 3 : 2);
  if (!input.has_rank()) {
    c.set_output(0, Shape{-1});
  } else {
    c.set_output(0, Shape{nchw ? input.dim(1) : input.dim(input.rank() - 1)});
  }
}

Kernel bias_add_grad_kernel(const NodeInfo& node) {
  Kernel kernel = [nchw = channels_first(node)](KernelContext& context) {
    const Tensor& value = context.input(0);
    const Layout layout = layout_of(value, nchw);
    Tensor result = context.allocate(value.dtype(), Shape{layout.channels});
    for_type(value.dtype(),
             [&]<typename T>(T*) { sum_to_channels<T>(context, layout, value, result); });
    context.set_output(0, std::move(result));
  };
  return is_short_float(node.type_attr("T")) ? in_float32(std::move(kernel)) : kernel;
}

void bias_add_grad_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output gradient = c.gradient();
  const bool nchw = channels_first(c.op().info());
  const Output shape = icecore::shape(graph, c.input(0));
  const Output bias_shape = icecore::shape(graph, gradient);
  const auto ones_like = [&](const Output& x) {
    ScopeGuard scope = graph.name_scope("ones_like");
    const std::string name = scope.name();
    const Output ones_shape = icecore::shape(graph, x);
    const Output one = graph.constant(Tensor::scalar<std::int32_t>(1));
    return graph.apply_op("Fill", {ones_shape, one}, {{"index_type", DType::kInt32}}, name)
        .output();
  };
  const auto concat = [&](std::vector<Input> parts) {
    ScopeGuard scope = graph.name_scope("concat");
    const std::string name = scope.name();
    return graph.apply_op("ConcatV2", {std::move(parts), 0}, {}, name).output();
  };
  Output expanded_shape, multiples;
  if (nchw) {
    const Output first = ones_like(subscript(graph, shape, std::nullopt, 1));
    const Output rest = ones_like(subscript(graph, shape, 2, std::nullopt));
    expanded_shape = concat({first, bias_shape, rest});
    const Output head = subscript(graph, shape, std::nullopt, 1);
    const Output tail = subscript(graph, shape, 2, std::nullopt);
    multiples = concat({head, std::vector<int>{1}, tail});
  } else {
    const Output first = ones_like(subscript(graph, shape, std::nullopt, -1));
    expanded_shape = concat({first, bias_shape});
    multiples = concat({subscript(graph, shape, std::nullopt, -1), std::vector<int>{1}});
  }
  const Output expanded = graph.apply_op("Reshape", {gradient, expanded_shape}).output();
  c.set(0, graph.apply_op("Tile", {expanded, multiples}).output());
}

}  // namespace icecore::inline v0
