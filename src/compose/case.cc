// tf.case and tf.Assert, as control_flow_ops.py builds them.
#include <icecore/array.h>
#include <icecore/case.h>
#include <icecore/math.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/quoted.h"
#include "compose/nodes.h"

namespace icecore::inline v0 {
namespace {

Operation plain_assert(GraphBuilder& graph, const Input& condition, const std::vector<Input>& data,
                       std::int64_t summarize) {
  return graph.apply_op("Assert", {condition, data}, {{"summarize", summarize}}, "Assert");
}

std::vector<Input> as_inputs(const std::vector<Output>& outputs) {
  return {outputs.begin(), outputs.end()};
}

Operation assert_at_most_n_true(GraphBuilder& graph, const std::vector<Output>& predicates, int n,
                                std::string_view message) {
  const Output together = stack(graph, as_inputs(predicates), 0, "preds_c");
  const Output count =
      reduce_sum(graph, cast(graph, together, DType::kInt32), {.name = "num_true_conds"});
  const Output few =
      add_node(graph, "LessEqual", {count, graph.constant(Tensor::scalar(n), "n_true_conds")});
  std::string names;
  for (const Output& predicate : predicates) {
    names += (names.empty() ? "" : ", ") + predicate.name();
  }
  return assert_that(graph, few,
                     {std::string(message) + ": more than " + std::to_string(n) + " conditions (" +
                          names + ") evaluated as True:",
                      together},
                     static_cast<std::int64_t>(predicates.size()));
}

}  // namespace

Operation assert_that(GraphBuilder& graph, const Input& condition, const std::vector<Input>& data,
                      std::int64_t summarize, std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "Assert");
  std::vector<Output> tensors;
  for (const Input& item : data) tensors.push_back(graph.convert_to_tensor(item));
  const bool cheap = std::ranges::all_of(tensors, [](const Output& tensor) {
    return tensor.dtype() == DType::kString || tensor.dtype() == DType::kInt32;
  });
  if (cheap) return plain_assert(graph, condition, data, summarize);
  const Output holds = graph.convert_to_tensor(condition, {}, "Condition");
  return cond(
             graph, holds, [&] { return std::vector<BranchResult>{graph.no_op()}; },
             [&] { return std::vector<BranchResult>{plain_assert(graph, holds, data, summarize)}; },
             "AssertGuard")
      .at(0)
      .op();
}

std::vector<Output> case_of(GraphBuilder& graph,
                            const std::vector<std::pair<Output, Branch>>& branches,
                            const CaseOptions& options) {
  std::vector<Output> predicates;
  for (const auto& [predicate, branch] : branches) {
    if (predicate.dtype() != DType::kBool) {
      refuse_as(Misuse::kType, "pred must be Tensor of type bool: " + predicate.name());
    }
    predicates.push_back(predicate);
  }
  if (branches.empty()) refuse_as(Misuse::kValue, "case needs at least one predicate");
  const ScopeGuard scope = scope_or(graph, options.name, "case");
  Branch chosen = options.default_fn;
  if (!chosen) {
    // The last one is what is left, once it is sure that nothing else holds.
    const auto [predicate, branch] = branches.back();
    const std::vector<Output> all = predicates;
    predicates.pop_back();
    chosen = [&graph, all, predicates, predicate = predicate, branch = branch,
              last = branches.size() - 1] {
      const Output together = stack(graph, as_inputs(all), 0, "preds_c");
      const Operation none = assert_at_most_n_true(
          graph, predicates, 0,
          "Implementation error: selected default action #" + std::to_string(last) +
              " was called, but some of other predicates are True: ");
      const Operation this_one = assert_that(
          graph, predicate, {"Input error: None of conditions evaluated as True:", together});
      const ScopeGuard after = graph.control_dependencies({none, this_one});
      return branch();
    };
  }
  for (std::size_t i = predicates.size(); i-- > 0;) {
    chosen = [&graph, predicate = predicates[i], taken = branches[i].second,
              other = std::move(chosen)] {
      std::vector<BranchResult> results;
      for (Output& result : cond(graph, predicate, taken, other)) {
        results.emplace_back(Input(std::move(result)));
      }
      return results;
    };
  }
  const auto build = [&] {
    std::vector<Output> outputs;
    for (BranchResult& result : chosen()) {
      if (const auto* operation = std::get_if<Operation>(&result)) {
        refuse_as(Misuse::kType, "the operation " + quoted(operation->name()) +
                                     " is no result of a case of one branch");
      }
      outputs.push_back(graph.convert_to_tensor(std::get<Input>(result)));
    }
    return outputs;
  };
  if (!options.exclusive) return build();
  const ScopeGuard after = graph.control_dependencies(
      {assert_at_most_n_true(graph, predicates, 1, "Input error: exclusive=True")});
  return build();
}

}  // namespace icecore::inline v0
