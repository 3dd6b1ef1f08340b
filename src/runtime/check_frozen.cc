#include "runtime/check_frozen.h"

#include <icecore/checkpoint.h>
#include <icecore/error.h>
#include <icecore/node_info.h>
#include <icecore/op_set.h>
#include <icecore/session.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "graph/number_tensor.h"
#include "graph/prune.h"
#include "io/posix_file_system.h"
#include "model/model_file.h"
#include "opdef/op_signature.h"
#include "runtime/restore_variables.h"
#include "runtime/trial_feeds.h"

namespace icecore::inline v0 {
namespace {

constexpr double kTolerance = 1e-5;

// What the op's signature says of a node; nothing of an op that nobody knows.
std::optional<NodeInfo> info_of(const Span& encoded, const OpSet& ops) {
  std::shared_ptr<const OpSignature> signature = ops.signature(decode_node(encoded).op);
  if (signature == nullptr) return std::nullopt;
  return NodeInfo(encoded, std::move(signature));
}

// The tensors that the outputs' nodes give.
std::vector<std::string> tensors_of(const Graph& graph, const std::vector<std::string>& outputs) {
  constexpr std::size_t kMost = 1000;
  std::vector<std::string> names;
  for (const std::string& given : outputs) {
    const auto found = graph.find(given);
    const std::size_t node = found ? *found : graph.find(parse_input(given).node).value();
    const std::optional<NodeInfo> info = info_of(graph.data().nodes[node], standard_ops());
    const std::size_t count = info ? std::min(info->outputs().size(), kMost) : 1;
    for (std::size_t i = 0; i < count; ++i) {
      names.push_back(std::string(graph.data().names[node]) + ":" + std::to_string(i));
    }
  }
  return names;
}

bool has_seed(const OpSignature& op) {
  return std::ranges::any_of(op.attrs, [](const auto& attr) { return attr.name == "seed"; });
}

// Nodes that draw numbers: with a seed the same in each Session, else others at each run.
std::vector<NodeInfo> random_nodes(const Graph& graph) {
  std::vector<NodeInfo> nodes;
  for (const Span& encoded : graph.data().nodes) {
    const std::shared_ptr<const OpSignature> op = standard_ops().signature(decode_node(encoded).op);
    if (op == nullptr || !op->is_stateful || !has_seed(*op)) continue;
    nodes.emplace_back(encoded, op);
  }
  return nodes;
}

std::optional<std::string> unseeded_node(const Graph& graph) {
  for (const NodeInfo& node : random_nodes(graph)) {
    const bool seeded =
        node.int_attr("seed") != 0 || (node.has_attr("seed2") && node.int_attr("seed2") != 0);
    if (!seeded) return node.name();
  }
  return std::nullopt;
}

bool same_bytes(const Tensor& a, const Tensor& b) {
  return a.dtype() == DType::kString ? std::ranges::equal(a.strings(), b.strings())
                                     : std::ranges::equal(a.bytes(), b.bytes());
}

CheckedTensor compared(const std::string& name, const Tensor& expected, const Tensor& got) {
  CheckedTensor checked{name, expected.dtype(), expected.shape()};
  if (expected.dtype() != got.dtype() || expected.shape() != got.shape()) {
    checked.equal = false;
    return checked;
  }
  if (same_bytes(expected, got)) return checked;
  const std::optional<Tensor> left = converted(expected, DType::kFloat64);
  const std::optional<Tensor> right = converted(got, DType::kFloat64);
  if (!left || !right) {
    checked.equal = false;
    return checked;
  }
  const std::span<const double> as = left->values<double>(), bs = right->values<double>();
  for (std::size_t i = 0; i < as.size(); ++i) {
    const double a = as[i], b = bs[i];
    if (a == b || (std::isnan(a) && std::isnan(b))) continue;
    const double difference = std::abs(a - b);
    if (!(difference <= kTolerance * std::max(1.0, std::abs(a)))) checked.equal = false;
    checked.largest_difference = std::max(checked.largest_difference, difference);
  }
  return checked;
}

bool has_elements(const std::vector<Tensor>& tensors) {
  return std::ranges::any_of(tensors,
                             [](const Tensor& tensor) { return tensor.num_elements() > 0; });
}

class Check {
 public:
  explicit Check(const CheckFrozenRequest& request)
      : request_(request),
        model_(load_model(posix_file_system(), request.graph)),
        meta_(model_.meta_graph(request.tags)),
        frozen_(load_model(posix_file_system(), request.frozen).meta_graph().graph),
        names_(tensors_of(frozen_, request.outputs)),
        fetches_(names_.begin(), names_.end()) {}

  CheckFrozenResult run() {
    if (names_.empty()) {
      result_.obstacle = "the outputs give no values";
      return result_;
    }
    if (!try_sizes()) return result_;
    for (const Feed& feed : feeds_) {
      result_.fed.push_back({feed.tensor.name(), feed.value.dtype(), feed.value.shape()});
    }
    Session frozen(frozen_, options());
    const std::vector<Tensor> got = frozen.run(feeds_, fetches_);
    for (std::size_t i = 0; i < names_.size(); ++i) {
      result_.outputs.push_back(compared(names_[i], expected_[i], got[i]));
    }
    const std::optional<std::string> random =
        result_.differs() ? unseeded_node(frozen_) : std::nullopt;
    if (random) {
      result_.outputs.clear();
      result_.obstacle = "'" + *random + "' draws numbers without a seed";
    } else if (!result_.differs() && !has_elements(expected_)) {
      result_.outputs.clear();
      result_.obstacle = "no output has any elements, whatever was fed: nothing could be compared";
    }
    return result_;
  }

 private:
  SessionOptions options() const { return {.intra_op_threads = request_.threads}; }

  // The variables of the first graph, from the checkpoint; it was there for the freeze.
  void restore(Session& session) {
    std::vector<std::string> nodes;
    for (const std::string& name : names_) nodes.emplace_back(parse_input(name).node);
    const Graph needed = prune(meta_.graph, nodes);
    if (!has_variables(needed)) return;
    const std::string path =
        request_.checkpoint.empty() ? model_.checkpoint.value_or("") : request_.checkpoint;
    restore_variables(meta_, Checkpoint::open(path), needed, session);
  }

  // Feeds with which the first graph runs, and what it gives: something that has elements, where
  // any of them gives that. Where it draws numbers, what a run that failed has drawn mustn't count:
  // each run has a Session of its own then.
  bool try_sizes() {
    const bool draws = !random_nodes(frozen_).empty();
    std::optional<Session> session;
    for (const TrialSizes& sizes : sizes_to_try(frozen_)) {
      if (!session || draws) restore(session.emplace(meta_.graph, options()));
      try {
        std::vector<Feed> feeds;
        for (auto& [name, value] : trial_feeds(frozen_, sizes)) feeds.push_back({name, value});
        std::vector<Tensor> values = session->run(feeds, fetches_);
        const bool enough = has_elements(values);
        if (!enough && !expected_.empty()) continue;
        feeds_ = std::move(feeds);
        expected_ = std::move(values);
        if (enough) break;
      } catch (const Error& error) {
        if (result_.obstacle.empty()) result_.obstacle = error.message();
        if (error.code() == Code::kUnimplemented) break;
      }
    }
    if (expected_.empty()) return false;
    result_.obstacle.clear();
    return true;
  }

  const CheckFrozenRequest& request_;
  const ModelFile model_;
  const MetaGraph& meta_;
  const Graph frozen_;
  const std::vector<std::string> names_;
  const std::vector<TensorName> fetches_;
  std::vector<Feed> feeds_;
  std::vector<Tensor> expected_;
  CheckFrozenResult result_;
};

}  // namespace

CheckFrozenResult check_frozen(const CheckFrozenRequest& request) {
  return Check(request).run();
}

}  // namespace icecore::inline v0

void icecore_check_frozen(const icecore::CheckFrozenRequest& request,
                          icecore::CheckFrozenResult& result) {
  result = icecore::check_frozen(request);
}
