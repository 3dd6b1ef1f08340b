#include "runtime/plan_builder.h"

#include <icecore/error.h>

#include <algorithm>
#include <map>
#include <set>

#include "graph/attr_codec.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"

namespace icecore::inline v0 {
namespace {

NodeKind kind_of(std::string_view op, bool constant_enter) {
  if (op == "NoOp") return NodeKind::kForward;
  if (op == "ControlTrigger") return NodeKind::kControlTrigger;
  if (op == "LoopCond") return NodeKind::kForward;
  if (op.starts_with("Ref")) op.remove_prefix(3);
  if (op == "Switch") return NodeKind::kSwitch;
  if (op == "Merge") return NodeKind::kMerge;
  if (op == "Enter") return constant_enter ? NodeKind::kConstantEnter : NodeKind::kEnter;
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
    add_edges();
    add_fetches();
    check_outputs();
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

  void need(int node) {
    if (needed_.insert(node).second) todo_.push_back(node);
  }

  void find_needed() {
    for (const std::string& fetch : request_.fetches) {
      if (is_tensor(fetch)) {
        const NodeOutput tensor = nodes_.find_tensor(fetch);
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
      for (const NodeOutput& input : nodes_.inputs(node)) {
        if (!is_fed(input)) need(input.node);
      }
    }
  }

  bool is_fed(const NodeOutput& tensor) const {
    return tensor.output >= 0 && feeds_.contains({tensor.node, tensor.output});
  }

  PlanNode& add(PlanNode node, std::string frame_name = {}) {
    plan_->nodes.push_back(std::move(node));
    frame_names_.push_back(std::move(frame_name));
    return plan_->nodes.back();
  }

  void add_feeds() {
    for (const std::string& feed : request_.feeds) {
      PlanNode node;
      node.kind = NodeKind::kFeed;
      node.name = feed;
      node.num_outputs = 1;
      add(std::move(node));
    }
    plan_->num_feeds = static_cast<int>(request_.feeds.size());
  }

  void add_nodes() {
    for (const int id : needed_) {
      const Span& encoded = nodes_.graph().data().nodes[static_cast<std::size_t>(id)];
      const NodeDef def = decode_node(encoded);
      const bool constant = attr_bool(def.attr("is_constant"));
      PlanNode node;
      node.kind = kind_of(def.op, constant);
      node.name = def.name;
      for (const NodeOutput& input : nodes_.inputs(id)) {
        ++(input.output < 0 ? node.num_controls : node.num_inputs);
      }
      std::string frame_name;
      if (node.kind == NodeKind::kKernel) {
        node.kernel = kernels_.get(id, encoded, missing_);
        if (node.kernel != nullptr) describe(node);
      } else {
        describe_control_flow(node, def);
        frame_name = attr_bytes(def.attr("frame_name"));
      }
      plan_ids_[id] = static_cast<int>(plan_->nodes.size());
      add(std::move(node), std::move(frame_name));
    }
  }

  static bool attr_bool(const Span* value) {
    if (value == nullptr) return false;
    const AttrValue attr = decode_attr(*value);
    const bool* flag = std::get_if<bool>(&attr);
    return flag != nullptr && *flag;
  }

  static void describe(PlanNode& node) {
    const NodeInfo& info = node.kernel->info;
    node.num_outputs = static_cast<int>(info.outputs().size());
    for (const ArgType& input : info.inputs()) node.takes_reference.push_back(input.is_reference);
    check_count(node, info.inputs().size());
  }

  static void check_count(const PlanNode& node, std::size_t wanted) {
    if (static_cast<std::size_t>(node.num_inputs) == wanted) return;
    throw Error(Code::kInvalidArgument, "node '" + node.name + "' has " +
                                            std::to_string(node.num_inputs) +
                                            " inputs where its op takes " + std::to_string(wanted));
  }

  // What goes through is passed on as it is, references included.
  static void describe_control_flow(PlanNode& node, const NodeDef& def) {
    switch (node.kind) {
      case NodeKind::kSwitch:
        node.num_outputs = 2;
        check_count(node, 2);
        break;
      case NodeKind::kMerge:
        node.num_outputs = 2;
        if (node.num_inputs == 0) check_count(node, 1);
        break;
      case NodeKind::kControlTrigger:
        check_count(node, 0);
        break;
      default:
        node.num_outputs = def.op == "NoOp" ? 0 : 1;
        check_count(node, def.op == "NoOp" ? 0 : 1);
    }
    node.takes_reference.assign(static_cast<std::size_t>(node.num_inputs),
                                def.op.starts_with("Ref"));
  }

  void connect(const NodeOutput& source, int target, int input) {
    if (is_fed(source)) {
      plan_->nodes[static_cast<std::size_t>(feeds_.at({source.node, source.output}))]
          .edges.push_back({0, target, input});
    } else {
      plan_->nodes[static_cast<std::size_t>(plan_ids_.at(source.node))].edges.push_back(
          {source.output, target, input});
    }
  }

  void add_edges() {
    for (const int id : needed_) {
      int input = 0;
      for (const NodeOutput& source : nodes_.inputs(id)) {
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
      add(std::move(node));
      connect(fetch, id, 0);
    }
    plan_->num_fetches = static_cast<int>(plan_->nodes.size()) - plan_->first_fetch;
  }

  void check_outputs() const {
    for (const PlanNode& node : plan_->nodes) {
      for (const PlanEdge& edge : node.edges) {
        if (edge.output < node.num_outputs) continue;
        throw Error(Code::kInvalidArgument, "output " + std::to_string(edge.output) + " of '" +
                                                node.name + "' is asked for, which has " +
                                                std::to_string(node.num_outputs));
      }
    }
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
  std::vector<std::string> frame_names_;
  MissingKernels missing_;
  std::shared_ptr<Plan> plan_ = std::make_shared<Plan>();
};

}  // namespace

std::shared_ptr<const Plan> build_plan(GraphNodes& nodes, SessionKernels& kernels,
                                       const RunRequest& request) {
  return PlanBuilder(nodes, kernels, request).build();
}

}  // namespace icecore::inline v0
