// tf.while_loop, as control_flow_ops.py builds it.
#include <icecore/control_flow.h>
#include <icecore/error.h>

#include <algorithm>

#include "base/quoted.h"
#include "graph/control_flow_data.h"
#include "graph/type_text.h"

namespace icecore::inline v0 {
namespace {

bool is_enter(const Operation& op) {
  const std::string type = op.type();
  return type == "Enter" || type == "RefEnter";
}

bool is_constant_enter(const Operation& op) {
  return is_enter(op) && std::get<bool>(op.attr("is_constant"));
}

// Whether each tensor of `shape` is one of `general`.
bool is_within(const Shape& shape, const Shape& general) {
  if (!general.has_rank()) return true;
  if (!shape.has_rank() || shape.rank() != general.rank()) return false;
  for (int i = 0; i < general.rank(); ++i) {
    if (general.dim(i) >= 0 && general.dim(i) != shape.dim(i)) return false;
  }
  return true;
}

// A set of ops that knows no shapes has nothing to say of their invariance.
bool knows_shapes(const GraphBuilder& graph) {
  const OpImplementation* const merge = graph.ops().find("Merge");
  return merge != nullptr && merge->shape != nullptr;
}

void prevent_feeding(const Output& output) {
  output.op().graph().data().extra<NotFeedable>().nodes.insert(output.op().id());
}

}  // namespace

std::shared_ptr<WhileContext> WhileContext::make(GraphBuilder& graph,
                                                 const WhileLoopOptions& options,
                                                 const std::optional<Output>& maximum_iterations,
                                                 std::string_view name) {
  auto context = std::make_shared<WhileContext>(graph.unique_name(name),
                                                graph.control_flow_context(), options);
  if (maximum_iterations) context->maximum_iterations_ = key_of(*maximum_iterations);
  adopt(graph, context);
  return context;
}

std::vector<Output> WhileContext::loop_enters(const GraphBuilder& graph) const {
  std::vector<Output> outputs;
  for (const TensorKey& key : enters_) outputs.push_back(output_of(graph, key));
  return outputs;
}

std::vector<Output> WhileContext::loop_exits(const GraphBuilder& graph) const {
  std::vector<Output> outputs;
  for (const TensorKey& key : exits_) outputs.push_back(output_of(graph, key));
  return outputs;
}

std::optional<Operation> WhileContext::control_pivot(const GraphBuilder& graph) const {
  const std::optional<TensorKey>& pivot = pivot_for_body_ ? pivot_for_body_ : pivot_for_pred_;
  if (!pivot) return std::nullopt;
  return output_of(graph, *pivot).op();
}

Output WhileContext::enter(GraphBuilder& graph, const Output& value, bool is_constant) {
  const Output entered = graph
                             .apply_op(value.is_reference() ? "RefEnter" : "Enter", {value},
                                       {{"frame_name", name()},
                                        {"is_constant", is_constant},
                                        {"parallel_iterations", parallel_iterations_}})
                             .output();
  if (is_constant) graph.set_shape(entered, value.shape());
  prevent_feeding(entered);
  return entered;
}

// An Enter stands in the loop, and waits for what the scopes around the loop ask for.
void WhileContext::fix_enter(GraphBuilder& graph, const Operation& enter) {
  BuilderData& data = graph.data();
  const Endpoint input = data.node(enter.id()).inputs.at(0);
  const std::vector<int> controls = data.control_inputs_for({input});
  const ControlFlowContext* const outer_loop =
      outer() == nullptr ? nullptr : outer()->while_context();
  set_control_flow_context(enter, shared_from_this());
  for (const int id : controls) {
    const Operation control = graph.operation(id);
    const std::shared_ptr<ControlFlowContext> from = output_context(control);
    // Only what lies around, and within the loop around.
    const ControlFlowContext* around = outer().get();
    while (around != from.get() && around != nullptr && around != outer_loop) {
      around = around->outer().get();
    }
    if (around == from.get()) graph.add_control_input(enter, control);
  }
  data.record_seen(enter.id());
}

Output WhileContext::add_value(GraphBuilder& graph, const Output& value) {
  const bool is_new = !holds(value) && value.op().control_flow_context().get() != this;
  if (!is_new) return external_value(graph, value).value_or(value);
  add_name(value.name());
  Output result = value;
  if (outer() != nullptr) result = outer()->add_value(graph, value);
  {
    const ScopeGuard none = graph.no_control_dependencies();
    result = enter(graph, result, true);
    if (outer() != nullptr) outer()->add_inner_op(graph, result.op());
  }
  fix_enter(graph, result.op());
  add_name(result.name());
  set_external_value(value.name(), result);
  return result;
}

// Whether nothing that happens in a pass is needed for the op, so that it would run too early.
bool WhileContext::is_free(const GraphBuilder& graph, const Operation& op) const {
  if (!op.control_inputs().empty()) return false;
  return is_function_call(graph, op) || std::ranges::all_of(op.inputs(), [](const Output& input) {
           return is_constant_enter(input.op());
         });
}

void WhileContext::add_op(GraphBuilder& graph, const Operation& op) {
  std::vector<Operation> external;
  if (op.num_inputs() == 0) {
    external = remove_external_control_edges(op);
    if (op.control_inputs().empty()) {
      if (const auto pivot = control_pivot(graph)) graph.add_control_input(op, *pivot);
    }
  } else {
    for (int i = 0; i < op.num_inputs(); ++i) {
      const Output outside = op.input(i);
      const Output inside = add_value(graph, outside);
      if (inside != outside) graph.update_input(op, i, inside);
    }
    external = remove_external_control_edges(op);
    if (is_free(graph, op)) {
      if (const auto pivot = control_pivot(graph)) graph.add_control_input(op, *pivot);
    }
  }
  for (const Output& output : op.outputs()) add_name(output.name());
  if (!external.empty()) {
    // What it was to wait for outside is waited for inside, by its value.
    std::vector<Operation> inside;
    {
      const ScopeGuard none = graph.no_control_dependencies();
      const ScopeGuard here = enter_context(graph, shared_from_this());
      for (const Operation& control : external) {
        if (control.num_outputs() == 0) continue;
        inside.push_back(graph.identity(control.output(0)).op());
      }
    }
    for (const Operation& control : inside) graph.add_control_input(op, control);
  }
  const std::string type = op.type();
  if (outer() != nullptr || (type != "Exit" && type != "RefExit")) {
    graph.data().not_fetchable.insert(op.id());
    graph.data().extra<NotFeedable>().nodes.insert(op.id());
  }
  if (outer() != nullptr) outer()->add_inner_op(graph, op);
}

std::vector<Output> WhileContext::make_enters(GraphBuilder& graph,
                                              const std::vector<Output>& loop_vars,
                                              const std::vector<Shape>& shape_invariants) {
  // The contexts around bring the variables in, not this one.
  std::unordered_set<std::string> names;
  for (const Output& variable : loop_vars) names.insert(variable.name());
  set_names(std::move(names));
  std::vector<Output> real = loop_vars;
  if (outer() != nullptr) {
    for (Output& variable : real) variable = outer()->add_value(graph, variable);
  }
  std::vector<Output> enters;
  {
    const ScopeGuard none = graph.no_control_dependencies();
    for (const Output& variable : real) enters.push_back(enter(graph, variable, false));
    for (const Output& entered : enters) {
      if (outer() != nullptr) outer()->add_inner_op(graph, entered.op());
    }
  }
  std::optional<Operation> pivot;
  for (ControlFlowContext* around = outer().get(); around != nullptr && !pivot;
       around = around->outer().get()) {
    pivot = around->control_pivot(graph);
  }
  for (std::size_t i = 0; i < enters.size(); ++i) {
    if (pivot && is_constant_enter(real[i].op())) graph.add_control_input(enters[i].op(), *pivot);
  }
  for (std::size_t i = 0; i < enters.size(); ++i) {
    if (knows_shapes(graph) && !is_within(real[i].shape(), shape_invariants[i])) {
      refuse_as(Misuse::kValue,
                "The shape invariant specified for " + real[i].name() +
                    " is not compatible with the initial shape of the loop variable. It enters the "
                    "loop with shape " +
                    python_text(real[i].shape()) + ", but the specified shape invariant is " +
                    python_text(shape_invariants[i]) + ".");
    }
    graph.set_shape(enters[i], shape_invariants[i]);
  }
  names.clear();
  for (const Output& entered : enters) {
    fix_enter(graph, entered.op());
    names.insert(entered.name());
  }
  set_names(std::move(names));
  return enters;
}

void WhileContext::add_back_edge(GraphBuilder& graph, const Output& merged,
                                 const Output& next) const {
  const Output around =
      graph.apply_op(next.is_reference() ? "RefNextIteration" : "NextIteration", {next}).output();
  if (knows_shapes(graph) && !is_within(around.shape(), merged.shape())) {
    const Output initial = merged.op().input(0).op().input(0);
    refuse_as(Misuse::kValue,
              "Input tensor " + quoted(initial.name()) + " enters the loop with shape " +
                  python_text(initial.shape()) + ", but has shape " + python_text(around.shape()) +
                  " after one iteration. To allow the shape to vary across iterations, use the "
                  "`shape_invariants` argument of tf.while_loop to specify a less-specific shape.");
  }
  graph.update_input(merged.op(), 1, around);
}

std::vector<Output> WhileContext::build(
    GraphBuilder& graph, const std::function<Input(const std::vector<Output>&)>& cond,
    const std::function<std::vector<Input>(const std::vector<Output>&)>& body,
    const std::vector<Output>& loop_vars, const std::vector<Shape>& shape_invariants) {
  const ScopeGuard inside = enter_context(graph, shared_from_this());
  const std::vector<Output> enters = make_enters(graph, loop_vars, shape_invariants);
  for (const Output& entered : enters) enters_.push_back(key_of(entered));
  std::vector<Output> merged;
  for (const Output& entered : enters) merged.push_back(merge(graph, {entered, entered}).first);
  pivot_for_pred_ = key_of(merged[0]);

  const Output holds = graph.convert_to_tensor(cond(merged));
  const Output pivot = graph.apply_op("LoopCond", {holds}, {}, "LoopCond").output();
  pivot_ = key_of(pivot);
  std::vector<std::pair<Output, Output>> switched;
  for (const Output& value : merged) switched.push_back(switch_ref_or_tensor(graph, value, pivot));
  std::vector<Output> in_body;
  for (const auto& [leaves, stays] : switched) {
    in_body.push_back(stays.is_reference() ? graph.apply_op("RefIdentity", {stays}).output()
                                           : graph.identity(stays));
  }
  pivot_for_body_ = key_of(in_body[0]);

  const std::vector<Input> made = body(in_body);
  if (made.size() != merged.size()) {
    refuse_as(Misuse::kValue, "Number of inputs and outputs of body must match loop_vars: " +
                                  std::to_string(merged.size()) + ", " +
                                  std::to_string(made.size()));
  }
  std::vector<Output> next;
  for (const Input& value : made) next.push_back(graph.convert_to_tensor(value));
  for (std::size_t i = 0; i < next.size(); ++i) add_back_edge(graph, merged[i], next[i]);

  std::vector<Output> exits;
  for (const auto& [leaves, stays] : switched) {
    exits.push_back(graph.apply_op(leaves.is_reference() ? "RefExit" : "Exit", {leaves}).output());
    exits_.push_back(key_of(exits.back()));
  }
  if (outer() != nullptr) {
    for (const Output& exit : exits) outer()->add_name(exit.name());
  }
  return exits;
}

namespace {

struct WhileContexts {
  std::vector<std::shared_ptr<WhileContext>> all;
};

// The loop variables, the condition and the body, with what counts the passes where there is a most
// of them.
struct Loop {
  std::vector<Input> variables;
  LoopCondition cond;
  LoopBody body;
  std::vector<Shape> shape_invariants;
};

void count_passes(GraphBuilder& graph, Loop& loop, const Output& maximum) {
  const Tensor zero =
      maximum.dtype() == DType::kInt64 ? Tensor::scalar<std::int64_t>(0) : Tensor::scalar(0);
  loop.variables.insert(loop.variables.begin(), graph.constant(zero, "iteration_counter"));
  if (!loop.shape_invariants.empty()) {
    loop.shape_invariants.insert(loop.shape_invariants.begin(), Shape());
  }
  loop.cond = [graph, maximum, cond = loop.cond](const std::vector<Output>& variables) mutable {
    const Output fewer = graph.apply_op("Less", {variables[0], maximum}).output();
    const Input holds = cond({variables.begin() + 1, variables.end()});
    return Input(graph.apply_op("LogicalAnd", {fewer, holds}).output());
  };
  loop.body = [graph, body = loop.body](const std::vector<Output>& variables) mutable {
    std::vector<Input> next{graph.apply_op("AddV2", {variables[0], 1}, {}, "add").output()};
    std::vector<Input> rest = body({variables.begin() + 1, variables.end()});
    std::ranges::move(rest, std::back_inserter(next));
    return next;
  };
}

}  // namespace

std::vector<Output> while_loop(GraphBuilder& graph, const LoopCondition& cond, const LoopBody& body,
                               const std::vector<Input>& loop_vars,
                               const WhileLoopOptions& options) {
  if (options.parallel_iterations < 1) {
    refuse_as(Misuse::kType, "parallel_iterations must be a positive integer.");
  }
  const ScopeGuard scope = graph.name_scope(options.name.empty() ? "while" : options.name);
  if (loop_vars.empty()) refuse_as(Misuse::kValue, "No loop variables provided");
  if (!options.shape_invariants.empty() && options.shape_invariants.size() != loop_vars.size()) {
    refuse_as(Misuse::kValue,
              "There are " + std::to_string(loop_vars.size()) + " loop variables, and " +
                  std::to_string(options.shape_invariants.size()) + " shape invariants");
  }
  Loop loop{loop_vars, cond, body, options.shape_invariants};
  std::optional<Output> maximum;
  if (options.maximum_iterations) {
    maximum = graph.convert_to_tensor(*options.maximum_iterations, {}, "maximum_iterations");
    if (maximum->shape() != Shape()) {
      refuse_as(Misuse::kValue,
                "maximum_iterations must be a scalar, saw shape: " + python_text(maximum->shape()));
    }
    if (maximum->dtype() != DType::kInt32 && maximum->dtype() != DType::kInt64) {
      refuse_as(Misuse::kType,
                "maximum_iterations must be an int, saw " + to_string(maximum->dtype()));
    }
    count_passes(graph, loop, *maximum);
  }
  const auto context = WhileContext::make(graph, options, maximum);
  if (context->outer() == nullptr) add_while_context(graph, context);
  std::vector<Output> variables;
  for (const Input& variable : loop.variables) {
    variables.push_back(graph.convert_to_tensor(variable));
  }
  if (loop.shape_invariants.empty()) {
    for (const Output& variable : variables) loop.shape_invariants.push_back(variable.shape());
  }
  std::vector<Output> results =
      context->build(graph, loop.cond, loop.body, variables, loop.shape_invariants);
  if (maximum) results.erase(results.begin());
  return results;
}

std::vector<std::shared_ptr<WhileContext>> while_contexts(const GraphBuilder& graph) {
  return graph.data().extra<WhileContexts>().all;
}

void add_while_context(GraphBuilder& graph, std::shared_ptr<WhileContext> context) {
  graph.data().extra<WhileContexts>().all.push_back(std::move(context));
}

}  // namespace icecore::inline v0
