// What outputs and operations say of themselves.
#include <algorithm>

#include "base/quoted.h"
#include "graph/builder_data.h"
#include "graph/node_def.h"

namespace icecore::inline v0 {
namespace {

// INVALID_ARGUMENT of a handle that was never set: a caller's mistake, and none to crash by.
const BuilderNode& node_of(const Output& output, const std::shared_ptr<BuilderData>& graph,
                           int node) {
  if (!output.valid()) refuse_as(Misuse::kValue, "an empty Output, of no graph, is no tensor");
  return graph->node(node);
}

const BuilderNode& node_of(const Operation& operation, const std::shared_ptr<BuilderData>& graph) {
  if (!operation.valid()) {
    refuse_as(Misuse::kValue, "an empty Operation, of no graph, is no operation");
  }
  return graph->node(operation.id());
}

}  // namespace

Operation Output::op() const {
  node_of(*this, graph_, node_);
  return Operation(graph_, node_);
}

std::string Output::name() const {
  return node_of(*this, graph_, node_).name + ":" + std::to_string(index_);
}

DType Output::dtype() const {
  return node_of(*this, graph_, node_).info->outputs().at(static_cast<std::size_t>(index_)).dtype;
}

bool Output::is_reference() const {
  return node_of(*this, graph_, node_)
      .info->outputs()
      .at(static_cast<std::size_t>(index_))
      .is_reference;
}

Shape Output::shape() const {
  return node_of(*this, graph_, node_).shapes.at(static_cast<std::size_t>(index_));
}

std::string Operation::name() const {
  return node_of(*this, graph_).name;
}

std::string Operation::type() const {
  return std::string(node_of(*this, graph_).signature->name);
}

std::string Operation::device() const {
  return node_of(*this, graph_).device;
}

int Operation::num_inputs() const {
  return static_cast<int>(node_of(*this, graph_).inputs.size());
}

int Operation::num_outputs() const {
  return static_cast<int>(node_of(*this, graph_).shapes.size());
}

Output Operation::input(int i) const {
  if (i < 0 || i >= num_inputs()) {
    refuse_as(Misuse::kValue, quoted(name()) + " has " + std::to_string(num_inputs()) +
                                  " inputs, and no input " + std::to_string(i));
  }
  const Endpoint& input = node_of(*this, graph_).inputs[static_cast<std::size_t>(i)];
  return Output(graph_, input.node, input.index);
}

Output Operation::output(int i) const {
  if (i < 0 || i >= num_outputs()) {
    refuse_as(Misuse::kValue, quoted(name()) + " has " + std::to_string(num_outputs()) +
                                  " outputs, and no output " + std::to_string(i));
  }
  return Output(graph_, node_, i);
}

std::vector<Output> Operation::inputs() const {
  std::vector<Output> all;
  for (const Endpoint& input : node_of(*this, graph_).inputs) {
    all.push_back(Output(graph_, input.node, input.index));
  }
  return all;
}

std::vector<Output> Operation::outputs() const {
  std::vector<Output> all;
  for (int i = 0; i < num_outputs(); ++i) all.push_back(Output(graph_, node_, i));
  return all;
}

std::vector<Operation> Operation::control_inputs() const {
  std::vector<Operation> all;
  for (const int id : node_of(*this, graph_).control_inputs) all.push_back(Operation(graph_, id));
  return all;
}

std::vector<Operation> Operation::consumers() const {
  std::vector<int> ids = node_of(*this, graph_).consumers;
  std::ranges::sort(ids);
  const auto repeats = std::ranges::unique(ids);
  ids.erase(repeats.begin(), repeats.end());
  std::vector<Operation> all;
  for (const int id : ids) all.push_back(Operation(graph_, id));
  return all;
}

NodeInfo Operation::info() const {
  return *node_of(*this, graph_).info;
}

bool Operation::has_attr(std::string_view attr) const {
  return node_of(*this, graph_).info->has_attr(attr);
}

AttrValue Operation::attr(std::string_view attr) const {
  if (!has_attr(attr)) {
    refuse_as(Misuse::kValue,
              "Operation " + quoted(name()) + " has no attr named " + quoted(attr) + ".");
  }
  return node_of(*this, graph_).info->attr(attr);
}

std::vector<std::string> Operation::colocation_groups() const {
  constexpr std::string_view kPrefix = "loc:@";
  std::vector<std::string> groups;
  const BuilderNode& node = node_of(*this, graph_);
  for (const std::string& text : attr_strings(decode_node(node.encoded).attr("_class"))) {
    if (text.starts_with(kPrefix)) groups.push_back(text.substr(kPrefix.size()));
  }
  if (groups.empty()) groups.push_back(node.name);
  return groups;
}

std::shared_ptr<ControlFlowContext> Operation::control_flow_context() const {
  return node_of(*this, graph_).context;
}

GraphBuilder Operation::graph() const {
  node_of(*this, graph_);
  return GraphBuilder(graph_);
}

}  // namespace icecore::inline v0
