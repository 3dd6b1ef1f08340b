// Finding nodes of a builder's graph.
#include <charconv>

#include "base/nearest.h"
#include "base/quoted.h"
#include "graph/builder_data.h"

namespace icecore::inline v0 {
namespace {

// " Did you mean 'a' or 'b'?", or nothing.
std::string nearest_text(const BuilderData& graph, std::string_view wanted) {
  std::vector<std::string_view> names;
  for (const BuilderNode& node : graph.nodes) names.push_back(node.name);
  const std::vector<std::string> nearest = nearest_names(wanted, names, 3);
  if (nearest.empty()) return {};
  std::string text = " Did you mean ";
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    if (i > 0) text += i + 1 == nearest.size() ? " or " : ", ";
    text += quoted(nearest[i]);
  }
  return text + "?";
}

}  // namespace

GraphBuilder::GraphBuilder(OpSet ops) : data_(std::make_shared<BuilderData>(std::move(ops))) {}

const OpSet& GraphBuilder::ops() const {
  return data_->ops;
}

int GraphBuilder::node_of(const Output& output) const {
  if (output.graph_ != data_) {
    refuse_as(Misuse::kValue, output.valid() ? "Tensor " + quoted(output.name()) +
                                                   " is not an element of this graph."
                                             : "a tensor of no graph stands where one is needed");
  }
  return output.node_;
}

int GraphBuilder::node_of(const Operation& operation) const {
  if (operation.graph_ != data_) {
    refuse_as(Misuse::kValue,
              operation.valid()
                  ? "Operation " + quoted(operation.name()) + " is not an element of this graph."
                  : "an operation of no graph stands where one is needed");
  }
  return operation.node_;
}

int GraphBuilder::num_operations() const {
  return static_cast<int>(data_->nodes.size());
}

std::vector<Operation> GraphBuilder::operations() const {
  std::vector<Operation> all;
  all.reserve(data_->nodes.size());
  for (int i = 0; i < num_operations(); ++i) all.push_back(Operation(data_, i));
  return all;
}

Operation GraphBuilder::operation(int id) const {
  if (id < 0 || id >= num_operations()) {
    refuse_as(Misuse::kKey, "the graph has " + std::to_string(num_operations()) +
                                " operations, and none with the id " + std::to_string(id));
  }
  return Operation(data_, id);
}

std::optional<Operation> GraphBuilder::find_operation(std::string_view name) const {
  const auto found = data_->by_name.find(name);
  if (found == data_->by_name.end()) return std::nullopt;
  return Operation(data_, found->second);
}

Operation GraphBuilder::get_operation_by_name(std::string_view name) const {
  if (name.find(':') != std::string_view::npos) {
    refuse_as(Misuse::kValue,
              "Name " + quoted(name) + " appears to refer to a Tensor, not a Operation.");
  }
  if (auto found = find_operation(name)) return *std::move(found);
  refuse_as(Misuse::kKey, "The name " + quoted(name) + " refers to an Operation not in the graph." +
                              nearest_text(*data_, name));
}

Output GraphBuilder::get_tensor_by_name(std::string_view name) const {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) {
    refuse_as(Misuse::kValue,
              "The name " + quoted(name) +
                  (data_->by_name.contains(name) ? " refers to an Operation, not a Tensor."
                                                 : " looks like an (invalid) Operation name, not a "
                                                   "Tensor.") +
                  " Tensor names must be of the form \"<op_name>:<output_index>\".");
  }
  const std::string_view op = name.substr(0, colon), digits = name.substr(colon + 1);
  int index = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (failure != std::errc() || end != digits.data() + digits.size()) {
    refuse_as(Misuse::kValue,
              "The name " + quoted(name) +
                  " looks a like a Tensor name, but is not a valid one. Tensor names "
                  "must be of the form \"<op_name>:<output_index>\".");
  }
  const std::optional<Operation> found = find_operation(op);
  const std::string missing = "The name " + quoted(name) +
                              " refers to a Tensor which does not exist. The operation, " +
                              quoted(op) + ", ";
  if (!found) {
    refuse_as(Misuse::kKey, missing + "does not exist in the graph." + nearest_text(*data_, op));
  }
  if (index < 0 || index >= found->num_outputs()) {
    refuse_as(Misuse::kKey, missing + "exists but only has " +
                                std::to_string(found->num_outputs()) + " outputs.");
  }
  return found->output(index);
}

}  // namespace icecore::inline v0
