// What training minimizes (tf.losses): losses of a batch, weighted, reduced, and kept in a
// collection.
#pragma once

#include <icecore/export.h>
#include <icecore/graph_builder.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0::losses {  // NOLINT(modernize-concat-nested-namespaces)

enum class Reduction {
  kNone,  // The weighted losses, one each.
  kSum,
  kMean,  // By the sum of the weights.
  kSumOverBatchSize,
  kSumByNonzeroWeights,  // By how many have a weight that isn't 0.
};

struct Options {
  // A number, or a tensor whose shape fits the losses'; how it fits must be known (UNIMPLEMENTED
  // else).
  Input weights = 1.0;
  std::string scope = {};
  // The collection that the loss joins; none where it is empty.
  std::string loss_collection = std::string(GraphKeys::kLosses);
  Reduction reduction = Reduction::kSumByNonzeroWeights;
};

// tf.losses.compute_weighted_loss.
ICECORE_API Output compute_weighted_loss(GraphBuilder& graph, const Input& losses,
                                         const Options& options = {});
// tf.losses.absolute_difference, mean_squared_error. ValueError where the shapes differ.
ICECORE_API Output absolute_difference(GraphBuilder& graph, const Input& labels,
                                       const Input& predictions, const Options& options = {});
ICECORE_API Output mean_squared_error(GraphBuilder& graph, const Input& labels,
                                      const Input& predictions, const Options& options = {});
// tf.losses.sigmoid_cross_entropy, softmax_cross_entropy; labels smoothed where asked.
ICECORE_API Output sigmoid_cross_entropy(GraphBuilder& graph, const Input& labels,
                                         const Input& logits, double label_smoothing = 0,
                                         const Options& options = {});
ICECORE_API Output softmax_cross_entropy(GraphBuilder& graph, const Input& onehot_labels,
                                         const Input& logits, const Options& options = {});
// tf.losses.sparse_softmax_cross_entropy: labels of one rank less than the logits.
ICECORE_API Output sparse_softmax_cross_entropy(GraphBuilder& graph, const Input& labels,
                                                const Input& logits, const Options& options = {});

// tf.losses.get_losses, get_regularization_losses.
ICECORE_API std::vector<Output> get_losses(const GraphBuilder& graph, std::string_view scope = {});
ICECORE_API std::vector<Output> get_regularization_losses(const GraphBuilder& graph,
                                                          std::string_view scope = {});
// tf.losses.get_total_loss: the sum of the losses, and of those of regularizers. ValueError where
// there are none.
ICECORE_API Output get_total_loss(GraphBuilder& graph, bool add_regularization_losses = true,
                                  std::string_view name = "total_loss");

}  // namespace icecore::inline v0::losses
