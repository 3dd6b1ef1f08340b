#include <icecore/losses.h>
#include <icecore/math.h>
#include <icecore/nn.h>

#include "graph/builder_data.h"

namespace icecore::inline v0::losses {
namespace {

void check_same_shape(const Output& a, const Output& b) {
  const Shape x = a.shape(), y = b.shape();
  if (!x.has_rank() || !y.has_rank()) return;
  bool same = x.rank() == y.rank();
  for (int i = 0; same && i < x.rank(); ++i) {
    same = x.dim(i) < 0 || y.dim(i) < 0 || x.dim(i) == y.dim(i);
  }
  if (!same) {
    refuse_as(Misuse::kValue,
              "Shapes " + to_string(x) + " and " + to_string(y) + " are incompatible");
  }
}

// The same options within the scope that has been opened.
Options within(const ScopeGuard& scope, const Options& options) {
  Options inner = options;
  inner.scope = scope.name();
  return inner;
}

ScopeGuard open(GraphBuilder& graph, const Options& options, std::string_view name) {
  return graph.name_scope(options.scope.empty() ? name : options.scope);
}

}  // namespace

Output absolute_difference(GraphBuilder& graph, const Input& labels, const Input& predictions,
                           const Options& options) {
  const ScopeGuard scope = open(graph, options, "absolute_difference");
  const Output y = cast(graph, predictions, DType::kFloat32);
  const Output z = cast(graph, labels, DType::kFloat32);
  check_same_shape(y, z);
  const Output difference = graph.apply_op("Sub", {Input(y), Input(z)}).output();
  const Output losses = graph.apply_op("Abs", {Input(difference)}).output();
  return compute_weighted_loss(graph, losses, within(scope, options));
}

Output mean_squared_error(GraphBuilder& graph, const Input& labels, const Input& predictions,
                          const Options& options) {
  const ScopeGuard scope = open(graph, options, "mean_squared_error");
  const Output y = cast(graph, predictions, DType::kFloat32);
  const Output z = cast(graph, labels, DType::kFloat32);
  check_same_shape(y, z);
  const Output losses = graph.apply_op("SquaredDifference", {Input(y), Input(z)}).output();
  return compute_weighted_loss(graph, losses, within(scope, options));
}

Output sigmoid_cross_entropy(GraphBuilder& graph, const Input& labels, const Input& logits,
                             double label_smoothing, const Options& options) {
  const ScopeGuard scope = open(graph, options, "sigmoid_cross_entropy_loss");
  const Output x = graph.convert_to_tensor(logits);
  Output z = cast(graph, labels, x.dtype());
  check_same_shape(x, z);
  if (label_smoothing > 0) z = z * (1 - label_smoothing) + 0.5 * label_smoothing;
  const Output losses = sigmoid_cross_entropy_with_logits(graph, z, x, "xentropy");
  return compute_weighted_loss(graph, losses, within(scope, options));
}

Output softmax_cross_entropy(GraphBuilder& graph, const Input& onehot_labels, const Input& logits,
                             const Options& options) {
  const ScopeGuard scope = open(graph, options, "softmax_cross_entropy_loss");
  const Output x = graph.convert_to_tensor(logits);
  const Output z = cast(graph, onehot_labels, x.dtype());
  check_same_shape(x, z);
  const Output fixed =
      graph.apply_op("StopGradient", {Input(z)}, {}, "labels_stop_gradient").output();
  const Output losses = softmax_cross_entropy_with_logits_v2(graph, fixed, x, "xentropy");
  return compute_weighted_loss(graph, losses, within(scope, options));
}

Output sparse_softmax_cross_entropy(GraphBuilder& graph, const Input& labels, const Input& logits,
                                    const Options& options) {
  const ScopeGuard scope = open(graph, options, "sparse_softmax_cross_entropy_loss");
  Options inner = within(scope, options);
  Output z, x;
  {
    // Labels of the logits' rank would be squeezed here.
    const ScopeGuard squeezing = graph.name_scope("remove_squeezable_dimensions");
    x = graph.convert_to_tensor(logits);
    z = graph.convert_to_tensor(labels);
  }
  inner.weights = graph.convert_to_tensor(options.weights);
  const Output losses = sparse_softmax_cross_entropy_with_logits(graph, z, x, "xentropy");
  return compute_weighted_loss(graph, losses, inner);
}

namespace {

std::vector<Output> tensors_in(const GraphBuilder& graph, std::string_view collection,
                               std::string_view scope) {
  std::vector<Output> found;
  for (const CollectionItem& item : graph.collection(collection, scope)) {
    if (const auto* output = std::get_if<Output>(&item.value)) found.push_back(*output);
  }
  return found;
}

}  // namespace

std::vector<Output> get_losses(const GraphBuilder& graph, std::string_view scope) {
  return tensors_in(graph, GraphKeys::kLosses, scope);
}

std::vector<Output> get_regularization_losses(const GraphBuilder& graph, std::string_view scope) {
  return tensors_in(graph, GraphKeys::kRegularizationLosses, scope);
}

Output get_total_loss(GraphBuilder& graph, bool add_regularization_losses, std::string_view name) {
  std::vector<Output> losses = get_losses(graph);
  if (add_regularization_losses) {
    for (Output& loss : get_regularization_losses(graph)) losses.push_back(std::move(loss));
  }
  if (losses.empty()) {
    refuse_as(Misuse::kValue,
              "inputs must be a list of at least one Tensor/IndexedSlices with the same dtype and "
              "shape");
  }
  if (losses.size() == 1) return graph.identity(losses[0], name);
  return graph.apply_op("AddN", {std::vector<Input>(losses.begin(), losses.end())}, {}, name)
      .output();
}

}  // namespace icecore::inline v0::losses
