// Softmax, LogSoftmax, and the losses made of them.
#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "base/thread_pool.h"
#include "ops/array/array_functions.h"
#include "ops/in_float32.h"
#include "ops/nn/nn_ops.h"
#include "ops/nn/real_types.h"
#include "ops/nn/window.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Code::kInvalidArgument, message);
}

template <typename T>
using Row = Eigen::Map<Eigen::Array<T, Eigen::Dynamic, 1>>;
template <typename T>
using ConstRow = Eigen::Map<const Eigen::Array<T, Eigen::Dynamic, 1>>;

Kernel for_type(const NodeInfo& node, Kernel kernel) {
  return is_short_float(node.type_attr("T")) ? in_float32(std::move(kernel)) : kernel;
}

std::int64_t row_grain(std::int64_t classes) {
  return std::max<std::int64_t>(1, 4096 / std::max<std::int64_t>(classes, 1));
}

template <typename T>
void softmax_rows(KernelContext& context, std::int64_t rows, std::int64_t classes, bool log,
                  const T* logits, T* result) {
  context.threads().parallel_for(rows, row_grain(classes),
                                 [&](std::int64_t begin, std::int64_t end) {
                                   for (std::int64_t row = begin; row < end; ++row) {
                                     const ConstRow<T> in(logits + row * classes, classes);
                                     Row<T> out(result + row * classes, classes);
                                     const T largest = in.maxCoeff();
                                     if (log) {
                                       out = (in - largest).exp();
                                       const T log_sum = std::log(out.sum());
                                       out = in - largest - log_sum;
                                     } else {
                                       out = (in - largest).exp();
                                       out *= T(1) / out.sum();
                                     }
                                   }
                                 });
}

void softmax(KernelContext& context, bool log) {
  const Tensor& logits = context.input(0);
  const int rank = logits.shape().rank();
  if (rank < 1) refuse("logits must have >= 1 dimension, got " + to_string(logits.shape()));
  Tensor result = context.allocate(logits.dtype(), logits.shape());
  if (result.num_elements() > 0) {
    const std::int64_t classes = logits.shape().dim(rank - 1);
    for_float_type(logits.dtype(), [&]<typename T>(T*) {
      softmax_rows<T>(context, logits.num_elements() / classes, classes, log,
                      logits.values<T>().data(), result.mutable_values<T>().data());
    });
  }
  context.set_output(0, std::move(result));
}

// A matrix that may have to be spread over rows or columns.
template <typename T>
struct Spread {
  const T* values;
  std::int64_t row_stride, column_stride;
  T at(std::int64_t row, std::int64_t column) const {
    return values[row * row_stride + column * column_stride];
  }
};

template <typename T>
Spread<T> spread(const Tensor& tensor) {
  std::int64_t rows = 1, columns = 1;
  const Shape& shape = tensor.shape();
  if (shape.rank() == 2) rows = shape.dim(0);
  if (shape.rank() >= 1) columns = shape.dim(shape.rank() - 1);
  return {tensor.values<T>().data(), rows == 1 ? 0 : columns, columns == 1 ? 0 : 1};
}

Shape spread_shape(const Tensor& logits, const Tensor& labels) {
  Shape shape;
  try {
    shape = broadcast_shapes(logits.shape(), labels.shape());
  } catch (const Error&) {
    refuse("logits and labels must be broadcastable: logits_size=" + to_string(logits.shape()) +
           " labels_size=" + to_string(labels.shape()));
  }
  if (shape.rank() != 2 || logits.shape().rank() > 2 || labels.shape().rank() > 2) {
    refuse("logits and labels must be either 2-dimensional, or broadcasted to be 2-dimensional");
  }
  return shape;
}

template <typename T>
void cross_entropy(KernelContext& context, const Shape& shape, const Tensor& logits_tensor,
                   const Tensor& labels_tensor, Tensor& loss_tensor, Tensor& backprop_tensor) {
  const std::int64_t classes = shape.dim(1);
  const Spread<T> logits = spread<T>(logits_tensor), labels = spread<T>(labels_tensor);
  T* loss = loss_tensor.mutable_values<T>().data();
  T* backprop = backprop_tensor.mutable_values<T>().data();
  context.threads().parallel_for(shape.dim(0), row_grain(classes),
                                 [&](std::int64_t begin, std::int64_t end) {
                                   Eigen::Array<T, Eigen::Dynamic, 1> shifted(classes);
                                   for (std::int64_t row = begin; row < end; ++row) {
                                     for (std::int64_t c = 0; c < classes; ++c)
                                       shifted[c] = logits.at(row, c);
                                     shifted -= shifted.maxCoeff();
                                     Row<T> out(backprop + row * classes, classes);
                                     out = shifted.exp();
                                     const T sum = out.sum();
                                     const T log_sum = std::log(sum);
                                     T total(0);
                                     for (std::int64_t c = 0; c < classes; ++c) {
                                       const T label = labels.at(row, c);
                                       total += label * (log_sum - shifted[c]);
                                       out[c] = out[c] / sum - label;
                                     }
                                     loss[row] = total;
                                   }
                                 });
}

template <typename T>
void sparse_cross_entropy(KernelContext& context, std::int64_t classes, const Tensor& logits_tensor,
                          const std::vector<std::int64_t>& labels, Tensor& loss_tensor,
                          Tensor& backprop_tensor) {
  const T* logits = logits_tensor.values<T>().data();
  T* loss = loss_tensor.mutable_values<T>().data();
  T* backprop = backprop_tensor.mutable_values<T>().data();
  context.threads().parallel_for(static_cast<std::int64_t>(labels.size()), row_grain(classes),
                                 [&](std::int64_t begin, std::int64_t end) {
                                   for (std::int64_t row = begin; row < end; ++row) {
                                     const ConstRow<T> in(logits + row * classes, classes);
                                     Row<T> out(backprop + row * classes, classes);
                                     const T largest = in.maxCoeff();
                                     out = (in - largest).exp();
                                     const T sum = out.sum();
                                     const std::int64_t label =
                                         labels[static_cast<std::size_t>(row)];
                                     loss[row] = std::log(sum) - (in[label] - largest);
                                     out /= sum;
                                     out[label] -= T(1);
                                   }
                                 });
}

void check_labels(const std::vector<std::int64_t>& labels, std::int64_t classes) {
  const auto bad = std::ranges::find_if(
      labels, [&](std::int64_t label) { return label < 0 || label >= classes; });
  if (bad == labels.end()) return;
  std::string message = "Received a label value of " + std::to_string(*bad) +
                        " which is outside the valid range of [0, " + std::to_string(classes) +
                        ").  Label values:";
  for (const std::int64_t label : labels) message += " " + std::to_string(label);
  refuse(message);
}

// vec, with a dimension of 1 at its end, times mat.
Output spread_mul(GraphBuilder& graph, const Output& vec, const Output& mat) {
  return expand_dims(graph, vec, -1) * mat;
}

bool is_zero(const GraphBuilder& graph, const Output& gradient) {
  const std::string op = gradient.op().type();
  if (op == "ZerosLike" || op == "Zeros") return true;
  const std::optional<Tensor> value = graph.constant_value(gradient);
  if (!value) return false;
  bool zero = true;
  if (value->dtype() == DType::kFloat32) {
    for (const float x : value->values<float>()) zero = zero && x == 0;
    return zero;
  }
  return std::ranges::all_of(value->bytes(), [](std::byte b) { return b == std::byte{0}; });
}

}  // namespace

void softmax_shape(ShapeContext& c) {
  c.set_output(0, with_rank_at_least(c.input(0), 1));
}

Kernel softmax_kernel(const NodeInfo& node) {
  return for_type(node, [](KernelContext& context) { softmax(context, false); });
}

Kernel log_softmax_kernel(const NodeInfo& node) {
  return for_type(node, [](KernelContext& context) { softmax(context, true); });
}

void softmax_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output gradient = c.gradient();
  const Output product = gradient * c.output(0);
  const Output sum = reduce_sum(graph, product, {.axis = -1, .keepdims = true});
  c.set(0, (gradient - sum) * c.output(0));
}

void log_softmax_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output gradient = c.gradient();
  const Output softmax = graph.apply_op("Exp", {c.output(0)}).output();
  const Output sum = reduce_sum(graph, gradient, {.axis = -1, .keepdims = true});
  c.set(0, gradient - sum * softmax);
}

void cross_entropy_shape(ShapeContext& c) {
  const auto refuse_rank = [](const std::string& rank) {
    throw Error(Code::kInvalidArgument,
                "Shape must be broadcasted with rank 2, but is rank " + rank, Misuse::kValue);
  };
  // What may be of rank 2 and equal is taken to be so; only else one is spread over the other.
  Shape shape;
  try {
    shape = merge_shapes(with_rank(c.input(0), 2), c.input(1));
  } catch (const Error&) {
    shape = broadcast_shapes(c.input(0), c.input(1));
  }
  if (!shape.has_rank()) refuse_rank("is unknown.");
  if (shape.rank() != 2) refuse_rank(std::to_string(shape.rank()));
  c.set_output(0, Shape{shape.dim(0)});
  c.set_output(1, shape);
}

Kernel cross_entropy_kernel(const NodeInfo& node) {
  return for_type(node, [](KernelContext& context) {
    const Tensor& logits = context.input(0);
    const Tensor& labels = context.input(1);
    const Shape shape = spread_shape(logits, labels);
    Tensor loss = context.allocate(logits.dtype(), Shape{shape.dim(0)});
    Tensor backprop = context.allocate(logits.dtype(), shape);
    if (backprop.num_elements() > 0) {
      for_float_type(logits.dtype(), [&]<typename T>(T*) {
        cross_entropy<T>(context, shape, logits, labels, loss, backprop);
      });
    } else {
      std::ranges::fill(loss.mutable_bytes(), std::byte{0});
    }
    context.set_output(0, std::move(loss));
    context.set_output(1, std::move(backprop));
  });
}

void cross_entropy_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output gradient = c.gradient(0);
  Output result = spread_mul(graph, gradient, c.output(1));
  if (const auto* second = std::get_if<Output>(&c.output_gradient(1));
      second != nullptr && !is_zero(graph, *second)) {
    const Output softmax = graph.apply_op("Softmax", {c.input(0)}).output();
    const Output rows = graph.apply_op("ExpandDims", {*second, 1}).output();
    const Output columns = graph.apply_op("ExpandDims", {softmax, 2}).output();
    const Output product = matmul(graph, rows, columns);
    const Output sums =
        graph.apply_op("Squeeze", {product}, {{"squeeze_dims", std::vector<std::int64_t>{1}}})
            .output();
    result = result + (*second - sums) * softmax;
  }
  c.set(0, result);
  const Output log_softmax = graph.apply_op("LogSoftmax", {c.input(0)}).output();
  c.set(1, spread_mul(graph, gradient, graph.apply_op("Neg", {log_softmax}).output()));
}

void sparse_cross_entropy_shape(ShapeContext& c) {
  const Shape features = with_rank(c.input(0), 2);
  const Shape labels = with_rank(c.input(1), 1);
  const std::int64_t batch = merge_dims(features.dim(0), labels.dim(0));
  c.set_output(0, Shape{batch});
  c.set_output(1, Shape{batch, features.dim(1)});
}

Kernel sparse_cross_entropy_kernel(const NodeInfo& node) {
  return for_type(node, [](KernelContext& context) {
    const Tensor& logits = context.input(0);
    const Tensor& labels = context.input(1);
    const std::string logits_shape = to_string(logits.shape());
    const std::string labels_shape = to_string(labels.shape());
    if (logits.shape().rank() != 2) refuse("logits must be 2-D, but got shape " + logits_shape);
    if (labels.shape().rank() != 1) refuse("labels must be 1-D, but got shape " + labels_shape);
    const std::int64_t batch = logits.shape().dim(0), classes = logits.shape().dim(1);
    if (batch != labels.shape().dim(0)) {
      refuse("logits and labels must have the same first dimension, got logits shape " +
             logits_shape + " and labels shape " + labels_shape);
    }
    if (classes <= 0) {
      refuse("Must have at least one class, but got logits shape " + logits_shape);
    }
    Tensor loss = context.allocate(logits.dtype(), Shape{batch});
    Tensor backprop = context.allocate(logits.dtype(), logits.shape());
    const std::vector<std::int64_t> indices = int_vector(labels);
    check_labels(indices, classes);
    for_float_type(logits.dtype(), [&]<typename T>(T*) {
      sparse_cross_entropy<T>(context, classes, logits, indices, loss, backprop);
    });
    context.set_output(0, std::move(loss));
    context.set_output(1, std::move(backprop));
  });
}

void sparse_cross_entropy_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output backprop =
      graph
          .apply_op("PreventGradient", {c.output(1)},
                    {{"message",
                      "Currently there is no way to take the second derivative of "
                      "sparse_softmax_cross_entropy_with_logits due to the fused implementation's "
                      "interaction with tf.gradients()"}})
          .output();
  c.set(0, spread_mul(graph, c.gradient(0), backprop));
}

}  // namespace icecore::inline v0
