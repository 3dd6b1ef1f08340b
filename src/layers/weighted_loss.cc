// Weights of losses (losses_impl.py, weights_broadcast_ops.py).
#include <icecore/array.h>
#include <icecore/losses.h>
#include <icecore/math.h>

#include "graph/builder_data.h"

namespace icecore::inline v0::losses {
namespace {

[[noreturn]] void refuse_weights(const Output& weights, const Output& values,
                                 const std::string& why) {
  refuse_as(Misuse::kValue, "weights can not be broadcast to values. " + why +
                                " values.shape=" + to_string(values.shape()) +
                                ". weights.shape=" + to_string(weights.shape()) + ".");
}

// Checks that the weights fit the values, as far as TensorFlow does it while the graph is built.
Operation assert_broadcastable(GraphBuilder& graph, const Input& weights_input,
                               const Input& values_input) {
  const ScopeGuard scope = graph.name_scope("assert_broadcastable");
  Output weights, values;
  {
    const ScopeGuard inner = graph.name_scope("weights");
    weights = graph.convert_to_tensor(weights_input, {}, inner.name());
    shape(graph, weights, DType::kInt32, "shape");
    rank(graph, weights, "rank");
  }
  {
    const ScopeGuard inner = graph.name_scope("values");
    values = graph.convert_to_tensor(values_input, {}, inner.name());
    shape(graph, values, DType::kInt32, "shape");
    rank(graph, values, "rank");
  }
  const Shape given = weights.shape(), wanted = values.shape();
  if (given.has_rank() && wanted.has_rank()) {
    if (given.rank() == 0) return graph.no_op("static_scalar_check_success");
    if (given.rank() != wanted.rank()) {
      refuse_weights(weights, values,
                     "values.rank=" + std::to_string(wanted.rank()) +
                         ". weights.rank=" + std::to_string(given.rank()) + ".");
    }
    if (given.is_fully_defined() && wanted.is_fully_defined()) {
      for (int i = 0; i < given.rank(); ++i) {
        if (given.dim(i) != 1 && given.dim(i) != wanted.dim(i)) {
          refuse_weights(weights, values, "Mismatch at dim " + std::to_string(i) + ".");
        }
      }
      return graph.no_op("static_dims_check_success");
    }
  }
  throw Error(Code::kUnimplemented, "weights of shape " + to_string(given) +
                                        " for losses of shape " + to_string(wanted) +
                                        ": whether they fit is only known when the graph is run");
}

Output broadcast_weights(GraphBuilder& graph, const Output& weights, const Output& values) {
  const ScopeGuard scope = graph.name_scope("broadcast_weights");
  if (weights.shape().is_fully_defined() && weights.shape() == values.shape()) return weights;
  const Operation fits = assert_broadcastable(graph, weights, values);
  const ScopeGuard after = graph.control_dependencies({fits});
  const Output one = ones_like(graph, values);
  return graph.apply_op("Mul", {Input(weights), Input(one)}, {}, scope.name()).output();
}

// How many of the losses have a weight that isn't 0.
Output num_present(GraphBuilder& graph, const Output& losses, const Output& weights) {
  const ScopeGuard scope = graph.name_scope("num_present");
  const Output equal = graph.apply_op("Equal", {Input(weights), Input(0.0)}).output();
  const Output zero = zeros_like(graph, weights);
  const Output one = ones_like(graph, weights);
  Output present = graph.apply_op("Select", {Input(equal), Input(zero), Input(one)}).output();
  present = broadcast_weights(graph, present, losses);
  return reduce_sum(graph, present, {.axis = {}, .keepdims = false, .name = scope.name()});
}

Output num_elements(GraphBuilder& graph, const Output& losses) {
  const ScopeGuard scope = graph.name_scope("num_elements");
  return cast(graph, size(graph, losses, DType::kInt32, scope.name()), losses.dtype());
}

// 0 where there are none.
Output safe_mean(GraphBuilder& graph, const Output& losses, const Output& count) {
  const Output total = reduce_sum(graph, losses);
  return graph.apply_op("DivNoNan", {Input(total), Input(count)}, {}, "value").output();
}

}  // namespace

Output compute_weighted_loss(GraphBuilder& graph, const Input& losses, const Options& options) {
  const ScopeGuard scope =
      graph.name_scope(options.scope.empty() ? "weighted_loss" : options.scope);
  const Operation fits = assert_broadcastable(graph, options.weights, losses);
  const ScopeGuard after = graph.control_dependencies({fits});
  const Output given = graph.convert_to_tensor(losses);
  const Output values = cast(graph, given, DType::kFloat32);
  const Output weights = cast(graph, options.weights, DType::kFloat32);
  Output loss = graph.apply_op("Mul", {Input(values), Input(weights)}).output();
  if (options.reduction != Reduction::kNone) loss = reduce_sum(graph, loss);
  switch (options.reduction) {
    case Reduction::kNone:
    case Reduction::kSum:
      break;
    case Reduction::kMean: {
      const Output spread = ones_like(graph, values) * weights;
      loss = safe_mean(graph, loss, reduce_sum(graph, spread));
      break;
    }
    case Reduction::kSumByNonzeroWeights:
      loss = safe_mean(graph, loss, num_present(graph, values, weights));
      break;
    case Reduction::kSumOverBatchSize:
      loss = safe_mean(graph, loss, num_elements(graph, values));
      break;
  }
  loss = cast(graph, loss, given.dtype());
  if (!options.loss_collection.empty()) {
    graph.add_to_collection(options.loss_collection, {loss});
  }
  return loss;
}

}  // namespace icecore::inline v0::losses
