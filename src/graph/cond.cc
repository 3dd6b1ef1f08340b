// tf.cond, as control_flow_ops.py builds it.
#include <icecore/control_flow.h>

#include <algorithm>

#include "graph/control_flow_data.h"

namespace icecore::inline v0 {
namespace {

bool is_loop_exit(const Operation& op) {
  return op.type() == "Exit" || op.type() == "RefExit";
}

}  // namespace

CondContext::CondContext(std::string name, std::shared_ptr<ControlFlowContext> outer,
                         const Output& pred, const Output& pivot, int branch)
    : ControlFlowContext(std::move(name), std::move(outer)),
      pred_(key_of(pred)),
      pivot_(key_of(pivot)),
      branch_(branch) {
  add_name(pred.name());
  set_external_value(pred.name(), pred);
  add_name(pivot.name());
}

std::shared_ptr<CondContext> CondContext::make(GraphBuilder& graph, const Output& pred,
                                               const Output& pivot, int branch,
                                               std::string_view name) {
  auto context = std::make_shared<CondContext>(graph.unique_name(name),
                                               graph.control_flow_context(), pred, pivot, branch);
  adopt(graph, context);
  set_control_flow_context(pivot.op(), context);
  return context;
}

Output CondContext::add_value(GraphBuilder& graph, const Output& value) {
  if (holds(value)) return external_value(graph, value).value_or(value);
  Output result = value;
  add_name(value.name());
  if (outer() != nullptr) {
    result = outer()->add_value(graph, value);
    add_name(result.name());
    set_external_value(result.name(), result);
  }
  {
    const ScopeGuard none = graph.no_control_dependencies();
    const auto [when_false, when_true] = switch_ref_or_tensor(graph, result, pred(graph));
    result = branch_ == 1 ? when_true : when_false;
    if (outer() != nullptr) outer()->add_inner_op(graph, result.op());
  }
  graph.data().not_fetchable.insert(result.op().id());
  set_control_flow_context(result.op(), shared_from_this());
  add_name_outwards(result.name());
  set_external_value(value.name(), result);
  return result;
}

void CondContext::add_op(GraphBuilder& graph, const Operation& op) {
  if (op.num_inputs() == 0) {
    remove_external_control_edges(op);
    const std::vector<Operation> controls = op.control_inputs();
    const bool inside = std::ranges::any_of(controls, [&](const Operation& control) {
      return contains(control.control_flow_context().get());
    });
    if (!inside) graph.add_control_input(op, pivot(graph).op());
  } else {
    for (int i = 0; i < op.num_inputs(); ++i) {
      const Output outside = op.input(i);
      if (op.type() == "Merge" && outside.op().type() == "NextIteration") continue;
      const Output inside = add_value(graph, outside);
      if (inside != outside) graph.update_input(op, i, inside);
    }
    remove_external_control_edges(op);
    if (is_function_call(graph, op)) graph.add_control_input(op, pivot(graph).op());
  }
  for (const Output& output : op.outputs()) add_name_outwards(output.name());
  if (outer() != nullptr || !is_loop_exit(op)) graph.data().not_fetchable.insert(op.id());
  if (outer() != nullptr) outer()->add_inner_op(graph, op);
}

Output CondContext::process_output(GraphBuilder& graph, const Output& value) {
  if (holds(value)) return external_value(graph, value).value_or(value);
  Output result = value;
  add_name(value.name());
  if (outer() != nullptr) {
    result = outer()->add_value(graph, value);
    add_name(result.name());
    set_external_value(result.name(), result);
  }
  const auto [when_false, when_true] = switch_ref_or_tensor(graph, result, pred(graph));
  result = branch_ == 1 ? when_true : when_false;
  set_external_value(value.name(), result);
  return result;
}

namespace {

std::vector<Output> build_branch(GraphBuilder& graph, const std::shared_ptr<CondContext>& context,
                                 const Branch& branch) {
  const ScopeGuard inside = enter_context(graph, context);
  const std::vector<BranchResult> made = branch();
  std::vector<Output> results;
  for (const BranchResult& result : made) {
    if (const auto* operation = std::get_if<Operation>(&result)) {
      results.push_back(graph.with_dependencies({*operation}, context->pivot(graph)));
    } else {
      results.push_back(
          context->process_output(graph, graph.convert_to_tensor(std::get<Input>(result))));
    }
  }
  if (context->outer() != nullptr) {
    for (const Output& result : results) context->outer()->add_name(result.name());
  }
  return results;
}

struct CondContexts {
  std::vector<std::shared_ptr<CondContext>> all;
};

}  // namespace

std::vector<Output> cond(GraphBuilder& graph, const Input& pred, const Branch& true_fn,
                         const Branch& false_fn, std::string_view name) {
  const ScopeGuard scope = graph.name_scope(name.empty() ? "cond" : name);
  const Operation split = graph.apply_op("Switch", {pred, pred}, {}, "Switch");
  const Output pivot_true = graph.identity(split.output(1), "switch_t");
  const Output pivot_false = graph.identity(split.output(0), "switch_f");
  const Output pred_id = graph.identity(pred, "pred_id");
  for (const Operation& op : {split, pivot_true.op(), pivot_false.op(), pred_id.op()}) {
    graph.data().not_fetchable.insert(op.id());
  }
  const auto context_true = CondContext::make(graph, pred_id, pivot_true, 1);
  const std::vector<Output> when_true = build_branch(graph, context_true, true_fn);
  const auto context_false = CondContext::make(graph, pred_id, pivot_false, 0);
  const std::vector<Output> when_false = build_branch(graph, context_false, false_fn);
  if (when_true.size() != when_false.size()) {
    refuse_as(Misuse::kValue, "Incompatible return values of true_fn and false_fn: they give " +
                                  std::to_string(when_true.size()) + " and " +
                                  std::to_string(when_false.size()) + " results");
  }
  if (when_true.empty()) {
    refuse_as(Misuse::kValue, "true_fn and false_fn must return at least one result.");
  }
  for (std::size_t i = 0; i < when_true.size(); ++i) {
    if (when_true[i].dtype() == when_false[i].dtype()) continue;
    refuse_as(Misuse::kValue, "Outputs of true_fn and false_fn must have the same type: " +
                                  to_string(when_true[i].dtype()) + ", " +
                                  to_string(when_false[i].dtype()));
  }
  std::vector<Output> merged;
  for (std::size_t i = 0; i < when_true.size(); ++i) {
    merged.push_back(merge(graph, {when_false[i], when_true[i]}).first);
  }
  if (context_true->outer() == nullptr) {
    add_cond_context(graph, context_true);
    add_cond_context(graph, context_false);
  }
  return merged;
}

std::vector<std::shared_ptr<CondContext>> cond_contexts(const GraphBuilder& graph) {
  return graph.data().extra<CondContexts>().all;
}

void add_cond_context(GraphBuilder& graph, std::shared_ptr<CondContext> context) {
  graph.data().extra<CondContexts>().all.push_back(std::move(context));
}

}  // namespace icecore::inline v0
