// TopK, TopKV2, InTopK, InTopKV2.
#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
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

// Larger first, of equal ones the lower index; no number is neither larger nor smaller, and stays
// where its index puts it (by which std::sort may be led astray, but not out of its range: the
// order below is total).
template <typename T>
struct Before {
  const T* row;
  bool operator()(std::int32_t a, std::int32_t b) const {
    const T x = row[a], y = row[b];
    if constexpr (std::is_floating_point_v<T>) {
      const bool x_nan = std::isnan(x), y_nan = std::isnan(y);
      if (x_nan || y_nan) return x_nan != y_nan ? y_nan : a < b;
    }
    if (x != y) return x > y;
    return a < b;
  }
};

template <typename T>
void top_rows(KernelContext& context, std::int64_t columns, std::int64_t k, const Tensor& input,
              Tensor& values, Tensor& indices) {
  const T* in = input.values<T>().data();
  T* out = values.mutable_values<T>().data();
  std::int32_t* where = indices.mutable_values<std::int32_t>().data();
  const std::int64_t rows = input.num_elements() / columns;
  context.threads().parallel_for(
      rows, std::max<std::int64_t>(1, 2048 / columns), [&](std::int64_t begin, std::int64_t end) {
        std::vector<std::int32_t> order(static_cast<std::size_t>(columns));
        for (std::int64_t row = begin; row < end; ++row) {
          const Before<T> before{in + row * columns};
          std::iota(order.begin(), order.end(), 0);
          if (k == 1) {
            order[0] = *std::min_element(order.begin(), order.end(), before);
          } else {
            std::partial_sort(order.begin(), order.begin() + k, order.end(), before);
          }
          for (std::int64_t i = 0; i < k; ++i) {
            const std::int32_t index = order[static_cast<std::size_t>(i)];
            where[row * k + i] = index;
            out[row * k + i] = before.row[index];
          }
        }
      });
}

void top_k(KernelContext& context, std::int64_t k) {
  const Tensor& input = context.input(0);
  const int rank = input.shape().rank();
  if (k < 0) refuse("Need k >= 0, got " + std::to_string(k));
  if (rank < 1) refuse("input must be >= 1-D, got shape " + to_string(input.shape()));
  const std::int64_t columns = input.shape().dim(rank - 1);
  if (columns < k) {
    refuse("input must have at least k columns. Had " + std::to_string(columns) + ", needed " +
           std::to_string(k));
  }
  if (columns > std::numeric_limits<std::int32_t>::max()) {
    refuse("Rows with so many columns have no int32 indices: " + std::to_string(columns));
  }
  std::vector<std::int64_t> dims(input.shape().dims().begin(), input.shape().dims().end());
  dims.back() = k;
  Tensor values = context.allocate(input.dtype(), Shape(dims));
  Tensor indices = context.allocate(DType::kInt32, Shape(dims));
  if (values.num_elements() > 0) {
    for_real_type(input.dtype(), [&]<typename T>(T*) {
      top_rows<T>(context, columns, k, input, values, indices);
    });
  }
  context.set_output(0, std::move(values));
  context.set_output(1, std::move(indices));
}

std::int64_t scalar_int(const Tensor& tensor, const char* name) {
  if (tensor.shape().rank() != 0) {
    refuse(std::string(name) + " must be scalar, got shape " + to_string(tensor.shape()));
  }
  return int_vector(tensor)[0];
}

void in_top_k(KernelContext& context, std::optional<std::int64_t> attr) {
  const Tensor& predictions = context.input(0);
  const Tensor& targets = context.input(1);
  if (predictions.shape().rank() != 2) refuse("predictions must be 2-dimensional");
  if (targets.shape().rank() != 1) refuse("targets must be 1-dimensional");
  const std::int64_t batch = predictions.shape().dim(0), classes = predictions.shape().dim(1);
  if (batch != targets.shape().dim(0)) {
    refuse("First dimension of predictions " + std::to_string(batch) +
           " must match length of targets " + std::to_string(targets.shape().dim(0)));
  }
  const std::int64_t k = attr ? *attr : scalar_int(context.input(2), "k");
  Tensor result = context.allocate(DType::kBool, Shape{batch});
  auto out = result.mutable_values<bool>();
  const std::vector<std::int64_t> labels = int_vector(targets);
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const float* scores =
        predictions.values<float>().data() + static_cast<std::int64_t>(row) * classes;
    const std::int64_t label = labels[row];
    bool can_say = label >= 0 && label < classes && std::isfinite(scores[label]);
    std::int64_t better = 0;
    for (std::int64_t c = 0; can_say && c < classes && better <= k; ++c) {
      if (!std::isfinite(scores[c]))
        can_say = false;
      else if (scores[c] > scores[label])
        ++better;
    }
    out[row] = can_say && better < k;
  }
  context.set_output(0, std::move(result));
}

}  // namespace

void top_k_shape(ShapeContext& c) {
  const Shape input = with_rank_at_least(c.input(0), 1);
  std::int64_t k = -1;
  if (c.num_inputs() >= 2) {
    const Shape shape = with_rank(c.input(1), 0);
    if (const auto value = c.constant_ints(1); value && value->size() == 1) {
      k = value->front();
      if (k < 0) {
        throw Error(Code::kInvalidArgument,
                    "Dimension size, given by scalar input 1, must be non-negative but is " +
                        std::to_string(k),
                    Misuse::kValue);
      }
    }
  } else {
    k = c.node().int_attr("k");
    if (k < 0) {
      throw Error(Code::kInvalidArgument, "Need k >= 0, got " + std::to_string(k), Misuse::kValue);
    }
  }
  if (!input.has_rank()) return;
  std::vector<std::int64_t> dims(input.dims().begin(), input.dims().end());
  if (dims.back() >= 0 && k >= 0 && dims.back() < k) {
    throw Error(Code::kInvalidArgument,
                "input must have last dimension >= k = " + std::to_string(k) + " but is " +
                    std::to_string(dims.back()),
                Misuse::kValue);
  }
  dims.back() = k;
  c.set_output(0, Shape(dims));
  c.set_output(1, Shape(dims));
}

Kernel top_k_kernel(const NodeInfo& node) {
  std::optional<std::int64_t> attr;
  if (node.has_attr("k")) attr = node.int_attr("k");
  Kernel kernel = [attr](KernelContext& context) {
    top_k(context, attr ? *attr : scalar_int(context.input(1), "k"));
  };
  return is_short_float(node.type_attr("T")) ? in_float32(std::move(kernel)) : kernel;
}

void top_k_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const auto size = [&](const Output& shape) {
    if (shape.shape().has_rank() && shape.shape().is_fully_defined()) {
      return graph.constant(
          Tensor::scalar<std::int32_t>(static_cast<std::int32_t>(*shape.shape().num_elements())),
          "Size");
    }
    return graph.apply_op("Size", {shape}, {{"out_type", DType::kInt32}}).output();
  };
  const auto cast = [&](const Output& x, DType dtype) {
    return graph.apply_op("Cast", {x}, {{"DstT", dtype}}).output();
  };
  const auto last_dim = [&](const Output& shape) {
    const Output wide = cast(shape, DType::kInt64);
    const Output last = graph.apply_op("Sub", {size(shape), 1}, {}, "sub").output();
    return graph.apply_op("GatherV2", {wide, last, 0}).output();
  };
  const Output in_shape = icecore::shape(graph, c.input(0));
  const Output index_shape = icecore::shape(graph, c.output(1));
  const Output index_last = last_dim(index_shape);
  Output two_dims;
  {
    ScopeGuard scope = graph.name_scope("stack");
    const std::string name = scope.name();
    const Output any = graph.constant(Tensor::scalar<std::int64_t>(-1), "0");
    two_dims = graph.apply_op("Pack", {std::vector<Input>{any, index_last}}, {}, name).output();
  }
  const Output matrix = graph.apply_op("Reshape", {c.output(1), two_dims}).output();
  const Output in_last = last_dim(in_shape);
  const Output matrix_shape = icecore::shape(graph, matrix);
  Output outer;
  {
    ScopeGuard scope = graph.name_scope("strided_slice");
    const std::string name = scope.name();
    const auto at = [&](std::int32_t value, const char* what) {
      return graph.constant(Tensor::of<std::int32_t>(Shape{1}, {value}), what);
    };
    const Output stack = at(0, "stack"), stack_1 = at(1, "stack_1"), stack_2 = at(1, "stack_2");
    outer = graph
                .apply_op("StridedSlice", {matrix_shape, stack, stack_1, stack_2},
                          {{"shrink_axis_mask", std::int64_t{1}}}, name)
                .output();
  }
  const Output limit = cast(outer, DType::kInt64) * in_last;
  Output starts;
  {
    ScopeGuard scope = graph.name_scope("range");
    const std::string name = scope.name();
    const Output start = graph.constant(Tensor::scalar<std::int32_t>(0), "start");
    const Output wide = cast(start, DType::kInt64);
    starts = graph.apply_op("Range", {wide, limit, in_last}, {}, name).output();
  }
  const Output column = graph.apply_op("ExpandDims", {starts, -1}).output();
  const Output flat = matrix + cast(column, DType::kInt32);
  const Output indices = graph.apply_op("Reshape", {flat, std::vector<int>{-1}}).output();
  const Output rows = graph.apply_op("ExpandDims", {indices, -1}).output();
  const Output values = graph.apply_op("Reshape", {c.gradient(0), std::vector<int>{-1}}).output();
  const Output all_axes = graph.constant(Tensor::of<std::int32_t>(Shape{1}, {0}));
  const Output product =
      graph.apply_op("Prod", {in_shape, all_axes}, {{"keep_dims", false}}).output();
  const Output total =
      graph.apply_op("Pack", {std::vector<Input>{product}}, {}, "ScatterNd/shape").output();
  const Output scattered = graph.apply_op("ScatterNd", {rows, values, total}).output();
  c.set(0, graph.apply_op("Reshape", {scattered, in_shape}).output());
  if (c.op().num_inputs() > 1) {
    c.set(1, graph.constant(Tensor::scalar<std::int32_t>(0), "zeros"));
  }
}

void in_top_k_shape(ShapeContext& c) {
  const std::int64_t batch =
      merge_dims(with_rank(c.input(0), 2).dim(0), with_rank(c.input(1), 1).dim(0));
  c.set_output(0, Shape{batch});
}

Kernel in_top_k_kernel(const NodeInfo& node) {
  std::optional<std::int64_t> attr;
  if (node.has_attr("k")) attr = node.int_attr("k");
  return [attr](KernelContext& context) { in_top_k(context, attr); };
}

}  // namespace icecore::inline v0
