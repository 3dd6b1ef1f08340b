#include "train/gradient_sums.h"

#include <icecore/array.h>
#include <icecore/math.h>

#include <algorithm>
#include <map>
#include <string>

namespace icecore::inline v0 {

IndexedSlices as_indexed_slices(GraphBuilder& graph, const Gradient& gradient) {
  if (const auto* slices = std::get_if<IndexedSlices>(&gradient)) return *slices;
  const Output tensor = std::get<Output>(gradient);
  const Output dims = shape(graph, tensor);
  return {tensor, range(graph, 0, subscript(graph, dims, 0)), dims};
}

GradientSums::Flows& GradientSums::flows(const Operation& op) {
  Flows& flows = flows_[op.id()];
  if (flows.collected.empty()) {
    flows.collected.resize(static_cast<std::size_t>(op.num_outputs()));
  }
  return flows;
}

void GradientSums::add(const Output& tensor, Gradient gradient) {
  if (std::holds_alternative<std::monostate>(gradient)) return;
  flows(tensor.op())
      .collected.at(static_cast<std::size_t>(tensor.index()))
      .push_back(std::move(gradient));
}

std::vector<Gradient>& GradientSums::of(const Operation& op) {
  Flows& found = flows(op);
  if (!found.summed) {
    found.summed = true;
    for (const std::vector<Gradient>& gradients : found.collected) {
      found.sums.push_back(sum(gradients));
    }
  }
  return found.sums;
}

Gradient GradientSums::of(const Output& tensor) {
  const auto found = flows_.find(tensor.op().id());
  if (found == flows_.end()) return std::monostate();
  return of(tensor.op()).at(static_cast<std::size_t>(tensor.index()));
}

Output GradientSums::add_n(const std::vector<Output>& tensors) {
  if (tensors.size() == 1) return tensors[0];
  return graph_.apply_op("AddN", {std::vector<Input>(tensors.begin(), tensors.end())}).output();
}

Gradient GradientSums::sum(const std::vector<Gradient>& gradients) {
  if (gradients.empty()) return std::monostate();
  if (gradients.size() == 1) return gradients[0];
  std::vector<Output> tensors;
  for (const Gradient& gradient : gradients) {
    if (const auto* tensor = std::get_if<Output>(&gradient)) tensors.push_back(*tensor);
  }
  if (tensors.size() == gradients.size()) {
    // First the terms of each device, where they are, then their sums (gradients_util.py).
    std::map<std::string, std::vector<Output>> by_device;
    for (const Output& tensor : tensors) by_device[tensor.op().device()].push_back(tensor);
    std::vector<Output> summands;
    for (const auto& [device, terms] : by_device) {
      const ScopeGuard beside = graph_.colocate_with(terms[0].op(), true);
      summands.push_back(add_n(terms));
    }
    return add_n(summands);
  }
  std::vector<Input> values, indices;
  std::optional<Output> shape;
  for (const Gradient& gradient : gradients) {
    const IndexedSlices slices = as_indexed_slices(graph_, gradient);
    if (values.empty()) shape = slices.dense_shape;
    values.emplace_back(slices.values);
    indices.emplace_back(slices.indices);
  }
  const Output joined_values = concat(graph_, values, 0);
  return IndexedSlices{joined_values, concat(graph_, indices, 0), shape};
}

}  // namespace icecore::inline v0
