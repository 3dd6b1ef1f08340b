#include "train/gradient_sums.h"

#include <icecore/array.h>
#include <icecore/error.h>
#include <icecore/math.h>

#include <algorithm>
#include <map>
#include <string>

namespace icecore::inline v0 {

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

// One tensor makes all of them tensors (math_ops.add_n).
Output GradientSums::dense_sum(const std::vector<Gradient>& gradients) {
  const ScopeGuard scope = graph_.name_scope("AddN");
  std::vector<Input> summands;
  for (const Gradient& gradient : gradients) {
    if (const auto* tensor = std::get_if<Output>(&gradient)) {
      summands.emplace_back(*tensor);
      continue;
    }
    const auto& slices = std::get<IndexedSlices>(gradient);
    if (!slices.dense_shape) {
      throw Error(Code::kInvalidArgument,
                  "Tensor conversion requested for IndexedSlices without dense_shape: " +
                      slices.values.name(),
                  Misuse::kValue);
    }
    const Output rows = subscript(graph_, *slices.dense_shape, 0);
    summands.emplace_back(graph_
                              .apply_op("UnsortedSegmentSum", {slices.values, slices.indices, rows},
                                        {}, "inputs_" + std::to_string(summands.size()))
                              .output());
  }
  return graph_.apply_op("AddN", {summands}, {}, scope.name()).output();
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
  if (!tensors.empty()) return dense_sum(gradients);
  std::vector<Input> values, indices;
  std::optional<Output> shape;
  std::vector<IndexedSlices> all;
  bool same_type = true;
  for (const Gradient& gradient : gradients) {
    all.push_back(std::get<IndexedSlices>(gradient));
    same_type = same_type && all.back().indices.dtype() == all[0].indices.dtype();
  }
  for (const IndexedSlices& slices : all) {
    if (values.empty()) shape = slices.dense_shape;
    values.emplace_back(slices.values);
    indices.emplace_back(same_type ? slices.indices : cast(graph_, slices.indices, DType::kInt64));
  }
  const Output joined_values = concat(graph_, values, 0);
  return IndexedSlices{joined_values, concat(graph_, indices, 0), shape};
}

}  // namespace icecore::inline v0
