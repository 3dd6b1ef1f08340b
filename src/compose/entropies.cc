// Cross entropies (nn_ops.py, nn_impl.py).
#include <icecore/array.h>
#include <icecore/math.h>
#include <icecore/nn.h>

#include "compose/nodes.h"

namespace icecore::inline v0 {

Output sigmoid_cross_entropy_with_logits(GraphBuilder& graph, const Input& labels,
                                         const Input& logits, std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "logistic_loss");
  const Output x = graph.convert_to_tensor(logits, {}, "logits");
  const Output z = graph.convert_to_tensor(labels, {}, "labels");
  const auto refuse = [&] {
    refuse_as(Misuse::kValue, "logits and labels must have the same shape (" +
                                  to_string(x.shape()) + " vs " + to_string(z.shape()) + ")");
  };
  if (x.shape().has_rank() && z.shape().has_rank()) {
    if (x.shape().rank() != z.shape().rank()) refuse();
    for (int i = 0; i < x.shape().rank(); ++i) {
      const std::int64_t a = x.shape().dim(i), b = z.shape().dim(i);
      if (a >= 0 && b >= 0 && a != b) refuse();
    }
  }
  const Output zero = zeros_like(graph, x, x.dtype());
  const Output positive = add_node(graph, "GreaterEqual", {Input(x), Input(zero)});
  const Output relu = add_node(graph, "Select", {Input(positive), Input(x), Input(zero)});
  const Output minus = -x;
  const Output negative = add_node(graph, "Select", {Input(positive), Input(minus), Input(x)});
  const Output product = x * z;
  const Output linear = relu - product;
  const Output exponential = add_node(graph, "Exp", {Input(negative)});
  const Output logarithm = add_node(graph, "Log1p", {Input(exponential)});
  return add_node(graph, "Add", {Input(linear), Input(logarithm)}, {}, scope.name());
}

namespace {

// [values] packed into a vector, as a list of one tensor becomes one.
Output list_of(GraphBuilder& graph, const Output& value, std::string_view name) {
  return add_node(graph, "Pack", {std::vector<Input>{value}}, {}, name);
}

// All dimensions but the last made one.
Output flatten_outer(GraphBuilder& graph, const Output& x) {
  const Output count = rank(graph, x);
  const Output dims = shape(graph, x);
  const Output last = add_node(graph, "Sub", {Input(count), Input(1)});
  Output size;
  {
    const ScopeGuard scope = graph.name_scope("Slice");
    const Output begin = list_of(graph, last, "begin");
    size = slice(graph, dims, begin, std::vector<int>{1}, scope.name());
  }
  const Output wanted = concat(graph, {Input(std::vector<int>{-1}), Input(size)}, 0);
  const Output flat = reshape(graph, x, wanted);
  if (const Shape whole = x.shape(); whole.has_rank() && whole.rank() > 0) {
    std::vector<std::int64_t> outer(whole.dims().begin(), whole.dims().end());
    const std::int64_t classes = outer.back();
    outer.pop_back();
    if (const auto rows = Shape(outer).num_elements()) {
      graph.set_shape(flat, Shape({*rows, classes}));
    }
  }
  return flat;
}

}  // namespace

Output softmax_cross_entropy_with_logits_v2(GraphBuilder& graph, const Input& labels,
                                            const Input& logits, std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "softmax_cross_entropy_with_logits");
  const Output x = graph.convert_to_tensor(logits, {}, "logits");
  const Output given = graph.convert_to_tensor(labels, {}, "labels");
  const bool is_short = x.dtype() == DType::kFloat16 || x.dtype() == DType::kBFloat16;
  const Output precise = is_short ? cast(graph, x, DType::kFloat32) : x;
  const Output z = cast(graph, given, precise.dtype());
  const Output count = rank(graph, precise);
  const Output dims = shape(graph, precise);
  const Output flat = flatten_outer(graph, precise);
  const Output flat_labels = flatten_outer(graph, z);
  Output cost = graph
                    .apply_op("SoftmaxCrossEntropyWithLogits", {Input(flat), Input(flat_labels)},
                              {}, scope.name())
                    .output(0);
  const Output outer = add_node(graph, "Sub", {Input(count), Input(1)});
  Output rows;
  {
    const ScopeGuard inner = graph.name_scope("Slice");
    const Output begin = graph.convert_to_tensor(std::vector<int>{0}, {}, "begin");
    const Output size = list_of(graph, outer, "size");
    rows = slice(graph, dims, begin, size, inner.name());
  }
  cost = reshape(graph, cost, rows);
  if (const Shape whole = x.shape(); whole.has_rank() && whole.rank() > 0) {
    const auto all = whole.dims();
    graph.set_shape(cost, Shape(std::vector<std::int64_t>(all.begin(), all.end() - 1)));
  }
  return is_short ? cast(graph, cost, x.dtype()) : cost;
}

Output softmax_cross_entropy_with_logits(GraphBuilder& graph, const Input& labels,
                                         const Input& logits, std::string_view name) {
  std::string scope_name;
  Output fixed;
  {
    const ScopeGuard scope = scope_or(graph, name, "softmax_cross_entropy_with_logits_sg");
    scope_name = scope.name();
    fixed = add_node(graph, "StopGradient", {labels}, {}, "labels_stop_gradient");
  }
  return softmax_cross_entropy_with_logits_v2(graph, fixed, logits, scope_name);
}

Output sparse_softmax_cross_entropy_with_logits(GraphBuilder& graph, const Input& labels,
                                                const Input& logits, std::string_view name) {
  const std::string op_name(name);
  const ScopeGuard scope = scope_or(graph, name, "SparseSoftmaxCrossEntropyWithLogits");
  Output z = graph.convert_to_tensor(labels);
  const Output x = graph.convert_to_tensor(logits);
  Output precise = x.dtype() == DType::kFloat16 ? cast(graph, x, DType::kFloat32) : x;
  const Shape known = z.shape();
  const Output label_dims = shape(graph, z);
  const Shape& all = x.shape();
  std::optional<Shape> outer;
  if (all.has_rank()) {
    if (all.rank() == 0) {
      refuse_as(Misuse::kValue,
                "Logits cannot be scalars - received shape " + to_string(all) + ".");
    }
    if (known.has_rank() && known.rank() != all.rank() - 1) {
      refuse_as(Misuse::kValue, "Rank mismatch: Rank of labels (received " +
                                    std::to_string(known.rank()) +
                                    ") should equal rank of logits minus 1 (received " +
                                    std::to_string(all.rank()) + ").");
    }
    outer = Shape(std::vector<std::int64_t>(all.dims().begin(), all.dims().end() - 1));
  }
  const bool fully_known = known.is_fully_defined() && outer && outer->is_fully_defined();
  if (fully_known && known != *outer) {
    refuse_as(Misuse::kValue, "Shape mismatch: The shape of labels (received " + to_string(known) +
                                  ") should equal the shape of logits except for the last "
                                  "dimension (received " +
                                  to_string(all) + ").");
  }
  const auto cost_of = [&](const Output& rows, const Output& classes) {
    return graph
        .apply_op("SparseSoftmaxCrossEntropyWithLogits", {Input(rows), Input(classes)}, {}, op_name)
        .output(0);
  };
  const auto finish = [&](const Output& cost) {
    return x.dtype() == DType::kFloat16 ? cast(graph, cost, DType::kFloat16) : cost;
  };
  if (all.has_rank() && all.rank() == 2) return finish(cost_of(precise, z));
  if (!fully_known) {
    throw Error(Code::kUnimplemented,
                "sparse_softmax_cross_entropy_with_logits of logits of shape " + to_string(all) +
                    " and labels of shape " + to_string(known) +
                    ": shapes that aren't known must be those of a matrix and a vector");
  }
  const Output dims = shape(graph, x);
  const Output last = rank(graph, x) - 1;
  Output classes;
  {
    const Output behind = last + 1;
    const ScopeGuard inner = graph.name_scope("strided_slice");
    const auto stack = [&](const Output& value) {
      const ScopeGuard packed = graph.name_scope("stack");
      return Input(list_of(graph, value, packed.name()));
    };
    const Input begin = stack(last), end = stack(behind);
    const Input strides = graph.constant(vector_of({1}), "stack");
    classes = add_node(graph, "StridedSlice", {Input(dims), begin, end, strides},
                       {{"shrink_axis_mask", std::int64_t{1}}}, inner.name());
  }
  {
    const ScopeGuard inner = graph.name_scope("Reshape");
    const ScopeGuard packed = graph.name_scope("shape");
    const Output free = graph.constant(Tensor::scalar(std::int32_t{-1}), "0");
    const Output wanted =
        add_node(graph, "Pack", {std::vector<Input>{free, classes}}, {}, packed.name());
    precise = reshape(graph, precise, wanted, inner.name());
  }
  z = reshape(graph, z, Input(vector_of({-1})));
  const Output cost = reshape(graph, cost_of(precise, z), label_dims);
  graph.set_shape(cost, known);
  return finish(cost);
}

}  // namespace icecore::inline v0
