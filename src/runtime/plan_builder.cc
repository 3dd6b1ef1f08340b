#include "runtime/plan_builder.h"

#include <icecore/error.h>

#include <algorithm>
#include <map>
#include <set>

#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "ops/core/core_ops.h"
#include "runtime/edge_types.h"

namespace icecore::inline v0 {
namespace {

bool is_placeholder(std::string_view op) {
  return op == "Placeholder" || op == "PlaceholderV2";
}

NodeKind kind_of(std::string_view op) {
  if (op == "NoOp") return NodeKind::kForward;
  if (op == "ControlTrigger") return NodeKind::kControlTrigger;
  if (op == "LoopCond") return NodeKind::kForward;
  if (op.starts_with("Ref")) op.remove_prefix(3);
  if (op == "Switch") return NodeKind::kSwitch;
  if (op == "Merge") return NodeKind::kMerge;
  if (op == "Enter") return NodeKind::kEnter;
  if (op == "Exit") return NodeKind::kExit;
  if (op == "NextIteration") return NodeKind::kNextIteration;
  return NodeKind::kKernel;
}

class PlanBuilder {
 public:
  PlanBuilder(GraphNodes& nodes, SessionKernels& kernels, const RunRequest& request)
      : nodes_(nodes), kernels_(kernels), request_(request) {}

  std::shared_ptr<const Plan> build() {
    find_feeds();
    find_needed();
    add_feeds();
    add_nodes();
    missing_.refuse_if_any();
    refuse_unfed();
    add_edges();
    add_fetches();
    mark_last_edges();
    assign_frames(*plan_, frame_names_);
    return plan_;
  }

 private:
  void find_feeds() {
    for (std::size_t i = 0; i < request_.feeds.size(); ++i) {
      const NodeOutput tensor = nodes_.find_tensor(request_.feeds[i]);
      if (!feeds_.emplace(std::pair(tensor.node, tensor.output), static_cast<int>(i)).second) {
        throw Error(Code::kInvalidArgument, "'" + request_.feeds[i] + "' is fed twice");
      }
    }
  }

  // Whether the name asks for a tensor; an operation's name asks for the operation.
  static bool is_tensor(const std::string& name) { return name.find(':') != std::string::npos; }

  // A placeholder that is fed is no longer run, not even by who only waits for it.
  void need(int node) {
    if (is_fed_placeholder(node)) return;
    if (needed_.insert(node).second) todo_.push_back(node);
  }

  bool is_fed_placeholder(int node) const {
    return feeds_.contains({node, 0}) && is_placeholder(decode(node).op);
  }

  NodeDef decode(int node) const {
    return decode_node(nodes_.graph().data().nodes[static_cast<std::size_t>(node)]);
  }

  // The node's inputs without those that need no waiting.
  std::vector<NodeOutput> inputs(int node) {
    std::vector<NodeOutput> inputs = nodes_.inputs(node);
    std::erase_if(inputs, [&](const NodeOutput& input) {
      return input.output < 0 && is_fed_placeholder(input.node);
    });
    return inputs;
  }

  void find_needed() {
    for (const std::string& fetch : request_.fetches) {
      if (is_tensor(fetch)) {
        const NodeOutput tensor = nodes_.find_tensor(fetch);
        type_in_graph(tensor, fetch);  // Says where the node has fewer outputs.
        fetches_.push_back(tensor);
        if (!is_fed(tensor)) need(tensor.node);
      } else {
        fetches_.push_back({nodes_.find_node(fetch), -1});
        need(fetches_.back().node);
      }
    }
    for (const std::string& target : request_.targets) need(nodes_.find_node(target));
    while (!todo_.empty()) {
      const int node = todo_.back();
      todo_.pop_back();
      for (const NodeOutput& input : inputs(node)) {
        if (!is_fed(input)) need(input.node);
      }
    }
  }

  bool is_fed(const NodeOutput& tensor) const {
    return tensor.output >= 0 && feeds_.contains({tensor.node, tensor.output});
  }

  void add(PlanNode node, NodeTypes types, std::string frame_name = {}) {
    types.name = node.name;
    plan_->nodes.push_back(std::move(node));
    types_.push_back(std::move(types));
    frame_names_.push_back(std::move(frame_name));
  }

  void add_feeds() {
    for (const std::string& feed : request_.feeds) {
      const NodeOutput tensor = nodes_.find_tensor(feed);
      PlanNode node;
      node.kind = NodeKind::kFeed;
      node.name = nodes_.name(tensor.node);
      node.op = "feed";
      node.num_outputs = 1;
      plan_->feed_types.push_back(type_in_graph(tensor, feed));
      add(std::move(node), {"", {}, {{plan_->feed_types.back(), false}}});
    }
  }

  // kInvalid where nobody knows the op; NOT_FOUND where it has no such output.
  DType type_in_graph(const NodeOutput& tensor, const std::string& name) const {
    const Span& encoded = nodes_.graph().data().nodes[static_cast<std::size_t>(tensor.node)];
    const auto signature = kernels_.ops().signature(decode_node(encoded).op);
    if (signature == nullptr) return DType::kInvalid;
    const std::vector<ArgType> outputs = NodeInfo(encoded, signature).outputs();
    const auto index = static_cast<std::size_t>(tensor.output);
    if (index >= outputs.size()) {
      throw Error(Code::kNotFound, "'" + name + "' isn't there: the operation has " +
                                       std::to_string(outputs.size()) +
                                       (outputs.size() == 1 ? " output" : " outputs"));
    }
    return outputs[index].dtype;
  }

  void add_nodes() {
    for (const int id : needed_) {
      const Span& encoded = nodes_.graph().data().nodes[static_cast<std::size_t>(id)];
      const NodeDef def = decode_node(encoded);
      PlanNode node;
      node.kind = kind_of(def.op);
      node.name = def.name;
      node.op = def.op;
      for (const NodeOutput& input : inputs(id)) {
        ++(input.output < 0 ? node.num_controls : node.num_inputs);
      }
      std::string frame_name;
      NodeTypes types;
      if (node.kind == NodeKind::kKernel) {
        node.kernel = kernels_.get(id, encoded, missing_);
        if (node.kernel != nullptr) {
          types = describe(node, node.kernel->info);
          note_unfed(node);
        }
      } else if (const auto signature = kernels_.ops().signature(def.op)) {
        const NodeInfo info(encoded, signature);
        types = describe(node, info);
        if (node.kind == NodeKind::kEnter) {
          if (info.bool_attr("is_constant")) node.kind = NodeKind::kConstantEnter;
          frame_name = info.string_attr("frame_name");
        }
      }
      plan_ids_[id] = static_cast<int>(plan_->nodes.size());
      add(std::move(node), std::move(types), std::move(frame_name));
    }
  }

  static NodeTypes describe(PlanNode& node, const NodeInfo& info) {
    node.num_outputs = static_cast<int>(info.outputs().size());
    node.hands_reference_on = node.op == "Identity";
    for (const ArgType& input : info.inputs()) {
      node.takes_reference.push_back(input.is_reference || node.hands_reference_on);
      node.changes_variable = node.changes_variable || input.is_reference;
    }
    node.changes_variable = node.changes_variable && node.kind == NodeKind::kKernel &&
                            node.op != "IsVariableInitialized" && node.op != "RefIdentity";
    const std::size_t wanted = info.inputs().size();
    if (static_cast<std::size_t>(node.num_inputs) != wanted ||
        (node.kind == NodeKind::kMerge && wanted == 0)) {
      throw Error(Code::kInvalidArgument, "node '" + node.name + "' has " +
                                              std::to_string(node.num_inputs) +
                                              " inputs where its op takes " +
                                              std::to_string(std::max<std::size_t>(wanted, 1)));
    }
    return {"", info.inputs(), info.outputs()};
  }

  // A placeholder that waits for nothing would surely run. (One that waits may stand in a branch
  // that isn't taken.)
  void note_unfed(const PlanNode& node) {
    if (is_placeholder(node.op) && node.num_controls == 0) {
      unfed_ += (unfed_.empty() ? "" : "\n") + unfed_placeholder(node.kernel->info);
    }
  }

  void refuse_unfed() const {
    if (!unfed_.empty()) throw Error(Code::kInvalidArgument, unfed_);
  }

  void connect(const NodeOutput& source, int target, int input) {
    const bool fed = is_fed(source);
    const int from = fed ? feeds_.at({source.node, source.output}) : plan_ids_.at(source.node);
    const auto index = static_cast<std::size_t>(from);
    const int output = fed ? 0 : source.output;
    if (output >= 0) {
      NodeTypes& types = types_[index];
      check_edge(types, output, types_[static_cast<std::size_t>(target)], input);
      if (fed && types.outputs[0].dtype == DType::kInvalid) {
        types.outputs[0].dtype =
            types_[static_cast<std::size_t>(target)].inputs[static_cast<std::size_t>(input)].dtype;
        plan_->feed_types[index] = types.outputs[0].dtype;
      }
    }
    plan_->nodes[index].edges.push_back({output, target, input});
  }

  void add_edges() {
    for (const int id : needed_) {
      int input = 0;
      for (const NodeOutput& source : inputs(id)) {
        connect(source, plan_ids_.at(id), source.output < 0 ? -1 : input++);
      }
    }
  }

  void add_fetches() {
    plan_->first_fetch = static_cast<int>(plan_->nodes.size());
    std::map<std::pair<int, int>, int> known;
    for (std::size_t i = 0; i < fetches_.size(); ++i) {
      const NodeOutput& fetch = fetches_[i];
      if (fetch.output < 0) {
        plan_->fetch_nodes.push_back(-1);
        continue;
      }
      const int id = static_cast<int>(plan_->nodes.size());
      const auto [found, is_new] = known.try_emplace({fetch.node, fetch.output}, id);
      plan_->fetch_nodes.push_back(found->second);
      if (!is_new) continue;
      PlanNode node;
      node.kind = NodeKind::kFetch;
      node.name = request_.fetches[i];
      node.num_inputs = 1;
      node.takes_reference = {true};
      add(std::move(node), {"", {type_of(fetch)}, {}});
      connect(fetch, id, 0);
    }
  }

  // What a fetch will see.
  ArgType type_of(const NodeOutput& tensor) const {
    const int source =
        is_fed(tensor) ? feeds_.at({tensor.node, tensor.output}) : plan_ids_.at(tensor.node);
    const std::vector<ArgType>& outputs = types_[static_cast<std::size_t>(source)].outputs;
    const auto index = static_cast<std::size_t>(is_fed(tensor) ? 0 : tensor.output);
    return index < outputs.size() ? outputs[index] : ArgType();
  }

  void mark_last_edges() {
    for (PlanNode& node : plan_->nodes) {
      std::vector<bool> seen(static_cast<std::size_t>(node.num_outputs));
      for (auto edge = node.edges.rbegin(); edge != node.edges.rend(); ++edge) {
        if (edge->output < 0) continue;
        edge->last = !seen[static_cast<std::size_t>(edge->output)];
        seen[static_cast<std::size_t>(edge->output)] = true;
      }
    }
  }

  GraphNodes& nodes_;
  SessionKernels& kernels_;
  const RunRequest& request_;
  std::map<std::pair<int, int>, int> feeds_;  // Tensor to feed.
  std::vector<NodeOutput> fetches_;
  std::set<int> needed_;  // In the graph's order.
  std::vector<int> todo_;
  std::map<int, int> plan_ids_;
  std::vector<NodeTypes> types_;  // Of each node of the plan.
  std::vector<std::string> frame_names_;
  MissingKernels missing_;
  std::string unfed_;  // Lines of a message.
  std::shared_ptr<Plan> plan_ = std::make_shared<Plan>();
};

}  // namespace

std::shared_ptr<const Plan> build_plan(GraphNodes& nodes, SessionKernels& kernels,
                                       const RunRequest& request) {
  return PlanBuilder(nodes, kernels, request).build();
}

}  // namespace icecore::inline v0
