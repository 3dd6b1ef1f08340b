#include "runtime/check_frozen.h"

#include <icecore/checkpoint.h>
#include <icecore/error.h>
#include <icecore/session.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

#include "graph/attr_codec.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "graph/number_tensor.h"
#include "graph/prune.h"
#include "io/posix_file_system.h"
#include "model/model_file.h"
#include "opdef/builtin_ops.h"
#include "runtime/restore_variables.h"
#include "runtime/trial_feeds.h"

namespace icecore::inline v0 {
namespace {

constexpr double kTolerance = 1e-5;

// How many tensors an output of the signature stands for at this node.
std::int64_t tensors_of(const ArgSignature& output, const NodeDef& node) {
  if (!output.number_attr.empty()) return attr_int(node.attr(output.number_attr)).value_or(0);
  if (output.type_list_attr.empty()) return 1;
  const Span* types = node.attr(output.type_list_attr);
  if (types == nullptr) return 0;
  const AttrValue value = decode_attr(*types, "list(type)");
  const auto* list = std::get_if<std::vector<DType>>(&value);
  return list == nullptr ? 0 : static_cast<std::int64_t>(list->size());
}

// The tensors that the outputs' nodes give.
std::vector<std::string> tensors_of(const Graph& graph, const std::vector<std::string>& outputs) {
  constexpr std::int64_t kMost = 1000;
  std::vector<std::string> names;
  for (const std::string& given : outputs) {
    const auto found = graph.find(given);
    const NodeDef node = decode_node(
        graph.data().nodes[found ? *found : graph.find(parse_input(given).node).value()]);
    const std::optional<OpSignature> op = find_builtin_op(node.op);
    std::int64_t count = op ? 0 : 1;
    if (op) {
      for (const ArgSignature& output : op->outputs) count += tensors_of(output, node);
    }
    for (std::int64_t i = 0; i < std::min(count, kMost); ++i) {
      names.push_back(std::string(node.name) + ":" + std::to_string(i));
    }
  }
  return names;
}

// Nodes that draw other numbers at each run; with a seed they draw the same in each Session.
std::optional<std::string> unseeded_node(const Graph& graph) {
  for (const Span& encoded : graph.data().nodes) {
    const NodeDef node = decode_node(encoded);
    const std::optional<OpSignature> op = find_builtin_op(node.op);
    if (!op || !op->is_stateful || node.attr("seed") == nullptr) continue;
    if (attr_int(node.attr("seed")).value_or(0) == 0 &&
        attr_int(node.attr("seed2")).value_or(0) == 0) {
      return std::string(node.name);
    }
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
    Session session(meta_.graph, {.intra_op_threads = request_.threads});
    restore(session);
    if (!try_sizes(session)) return result_;
    for (const Feed& feed : feeds_) {
      result_.fed.push_back({feed.tensor.name(), feed.value.dtype(), feed.value.shape()});
    }
    Session frozen(frozen_, {.intra_op_threads = request_.threads});
    const std::vector<Tensor> got = frozen.run(feeds_, fetches_);
    for (std::size_t i = 0; i < names_.size(); ++i) {
      result_.outputs.push_back(compared(names_[i], expected_[i], got[i]));
    }
    const std::optional<std::string> random =
        result_.differs() ? unseeded_node(frozen_) : std::nullopt;
    if (random) {
      result_.outputs.clear();
      result_.obstacle = "'" + *random + "' draws numbers without a seed";
    }
    return result_;
  }

 private:
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

  // Feeds with which the first graph runs, and what it gives.
  bool try_sizes(Session& session) {
    for (const TrialSizes& sizes : sizes_to_try(frozen_)) {
      try {
        feeds_.clear();
        for (auto& [name, value] : trial_feeds(frozen_, sizes)) feeds_.push_back({name, value});
        expected_ = session.run(feeds_, fetches_);
        result_.obstacle.clear();
        return true;
      } catch (const Error& error) {
        if (result_.obstacle.empty()) result_.obstacle = error.message();
        if (error.code() == Code::kUnimplemented) return false;
      }
    }
    return false;
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
