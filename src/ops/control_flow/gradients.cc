// Gradients of branches (control_flow_grad.py): what went through a Switch comes back through a
// Merge, and the reverse.
#include <icecore/array.h>
#include <icecore/control_flow.h>
#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/math.h>

#include <algorithm>

#include "ops/control_flow/control_flow_ops.h"

namespace icecore::inline v0 {
namespace {

bool is_none(const Gradient& gradient) {
  return std::holds_alternative<std::monostate>(gradient);
}

[[noreturn]] void refuse_loop(const Operation& op, const ControlFlowContext& loop) {
  throw Error(Code::kUnimplemented, "gradients through while loops aren't there yet: '" +
                                        op.name() + "' is a loop variable of '" + loop.name() +
                                        "'");
}

std::vector<Output> parts(const IndexedSlices& slices) {
  std::vector<Output> tensors{slices.values, slices.indices};
  if (slices.dense_shape) tensors.push_back(*slices.dense_shape);
  return tensors;
}

IndexedSlices of_parts(const std::vector<Output>& tensors) {
  IndexedSlices slices{tensors.at(0), tensors.at(1), std::nullopt};
  if (tensors.size() > 2) slices.dense_shape = tensors[2];
  return slices;
}

// A tensor as slices is all of its rows.
IndexedSlices as_slices(GraphBuilder& graph, const Gradient& gradient) {
  if (const auto* slices = std::get_if<IndexedSlices>(&gradient)) return *slices;
  const Output tensor = std::get<Output>(gradient);
  const Output dims = graph.apply_op("Shape", {Input(tensor)}).output();
  return {tensor, range(graph, 0, subscript(graph, dims, 0)), dims};
}

// What there is when the predicate doesn't hold, and what there is when it does.
std::pair<Gradient, Gradient> switched(GraphBuilder& graph, const Gradient& gradient,
                                       const Output& pred, std::string_view name,
                                       bool beside_it = true) {
  const auto* dense = std::get_if<Output>(&gradient);
  if (dense != nullptr && beside_it) return switch_ref_or_tensor(graph, *dense, pred, name);
  if (dense != nullptr) {
    const Operation made = graph.apply_op("Switch", {*dense, pred}, {}, name);
    return {made.output(0), made.output(1)};
  }
  const auto& slices = std::get<IndexedSlices>(gradient);
  const ScopeGuard beside =
      beside_it ? graph.colocate_with(slices.values.op(), true) : ScopeGuard();
  const ScopeGuard scope = graph.name_scope(name);
  std::vector<Output> when_false, when_true;
  for (const Output& part : parts(slices)) {
    const Operation made = graph.apply_op("Switch", {part, pred});
    when_false.push_back(made.output(0));
    when_true.push_back(made.output(1));
  }
  return {of_parts(when_false), of_parts(when_true)};
}

Gradient merged(GraphBuilder& graph, const Gradient& a, const Gradient& b, std::string_view name) {
  const auto* dense_a = std::get_if<Output>(&a);
  const auto* dense_b = std::get_if<Output>(&b);
  if (dense_a != nullptr && dense_b != nullptr) {
    return merge(graph, {*dense_a, *dense_b}, name).first;
  }
  const ScopeGuard scope = graph.name_scope(name);
  IndexedSlices slices_a = as_slices(graph, a), slices_b = as_slices(graph, b);
  if (slices_a.indices.dtype() != slices_b.indices.dtype()) {
    for (IndexedSlices* slices : {&slices_a, &slices_b}) {
      slices->indices = cast(graph, slices->indices, DType::kInt64);
    }
  }
  const std::vector<Output> parts_a = parts(slices_a), parts_b = parts(slices_b);
  std::vector<Output> together;
  for (std::size_t i = 0; i < std::min(parts_a.size(), parts_b.size()); ++i) {
    const std::vector<Input> both{parts_a[i], parts_b[i]};
    together.push_back(graph.apply_op("Merge", {both}).output(0));
  }
  return of_parts(together);
}

void set(GradientContext& c, int input, const Gradient& gradient) {
  if (const auto* dense = std::get_if<Output>(&gradient)) c.set(input, *dense);
  if (const auto* slices = std::get_if<IndexedSlices>(&gradient)) c.set(input, *slices);
}

}  // namespace

void switch_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const std::shared_ptr<ControlFlowContext> context = c.op().control_flow_context();
  if (context != nullptr && context->is_while()) refuse_loop(c.op(), *context);
  const Gradient &when_false = c.output_gradient(0), &when_true = c.output_gradient(1);
  if (is_none(when_false) || is_none(when_true)) return;
  if (context != nullptr) {
    set(c, 0, merged(graph, when_false, when_true, "cond_grad"));
    return;
  }
  const Gradient from_false = switched(graph, when_false, c.input(1), "Switch", false).first;
  const Gradient from_true = switched(graph, when_true, c.input(1), "Switch", false).second;
  set(c, 0, merged(graph, from_false, from_true, "Merge"));
}

void merge_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Gradient& gradient = c.output_gradient(0);
  if (is_none(gradient)) return;
  const std::shared_ptr<ControlFlowContext> context = output_context(c.input(0).op());
  if (context != nullptr && context->is_while()) refuse_loop(c.op(), *context);
  if (const auto* branch = dynamic_cast<const CondContext*>(context.get())) {
    const auto [when_false, when_true] =
        switched(graph, gradient, branch->pred(graph), "cond_grad");
    set(c, 0, when_false);
    if (c.op().num_inputs() > 1) set(c, 1, when_true);
    return;
  }
  std::vector<Output> came_from;
  for (int i = 0; i < c.op().num_inputs(); ++i) {
    came_from.push_back(graph.apply_op("Equal", {c.output(1), i}).output());
  }
  for (int i = 0; i < c.op().num_inputs(); ++i) {
    set(c, i, switched(graph, gradient, came_from[static_cast<std::size_t>(i)], "Switch").second);
  }
}

// Within one pass of a loop what comes from outside, or from the pass before, is just that.
void same_gradient(GradientContext& c) {
  set(c, 0, c.output_gradient(0));
}

}  // namespace icecore::inline v0
