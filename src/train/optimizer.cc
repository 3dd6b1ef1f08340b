// What all optimizers share (optimizer.py).
#include <icecore/array.h>
#include <icecore/gradients.h>
#include <icecore/optimizers.h>

#include <algorithm>
#include <array>

#include "graph/builder_data.h"
#include "graph/type_text.h"
#include "train/gate.h"
#include "train/slots.h"
#include "variables/get_variable.h"

namespace icecore::inline v0 {
namespace {

void check_type(DType dtype, const std::string& name) {
  constexpr std::array kTypes = {DType::kFloat32, DType::kFloat64, DType::kFloat16,
                                 DType::kBFloat16};
  if (std::ranges::find(kTypes, dtype) != kTypes.end()) return;
  std::string expected;
  for (const DType type : kTypes)
    expected += (expected.empty() ? "tf." : ", tf.") + to_string(type);
  refuse_as(Misuse::kValue, "Invalid type tf." + to_string(dtype) + " for " + name +
                                ", expected: [" + expected + "].");
}

// As Python prints a list of variables.
std::string text_of(const GradientsAndVariables& pairs) {
  std::string text;
  for (const auto& [gradient, variable] : pairs) {
    text += text.empty() ? "" : ", ";
    text += "\"<tf.Variable '" + variable.name() + "' shape=" + python_text(variable.shape()) +
            " dtype=" + to_string(variable.dtype()) + (variable.is_resource() ? "" : "_ref") +
            ">\"";
  }
  return "[" + text + "]";
}

bool has_gradient(const GradientAndVariable& pair) {
  return !std::holds_alternative<std::monostate>(pair.gradient);
}

std::pair<const BuilderData*, std::string> key_of(const Variable& variable) {
  return {&variable.graph().data(), variable.op().name()};
}

Operation count_up(GraphBuilder& graph, const Variable& global_step, std::string_view name) {
  const ScopeGuard beside = graph.colocate_with(global_step.op());
  if (!global_step.is_resource()) {
    return graph.apply_op("AssignAdd", {Input(global_step.ref()), Input(1)}, {}, name);
  }
  const Output one = graph.convert_to_tensor(1, global_step.dtype());
  return graph.apply_op("AssignAddVariableOp", {Input(global_step.ref()), Input(one)}, {}, name);
}

void add_to_train_ops(GraphBuilder& graph, const Operation& operation) {
  for (const CollectionItem& item : graph.collection(GraphKeys::kTrainOp)) {
    const auto* known = std::get_if<Operation>(&item.value);
    if (known != nullptr && *known == operation) return;
  }
  graph.add_to_collection(GraphKeys::kTrainOp, {operation});
}

}  // namespace

Optimizer::Optimizer(std::string name, bool use_locking)
    : name_(std::move(name)), use_locking_(use_locking) {
  if (name_.empty()) refuse_as(Misuse::kValue, "Must specify the optimizer name");
}

Optimizer::~Optimizer() = default;

Operation Optimizer::minimize(const Output& loss, const MinimizeOptions& options) {
  const GradientsAndVariables pairs =
      compute_gradients(loss, {options.var_list, options.gate_gradients,
                               options.colocate_gradients_with_ops, options.grad_loss});
  if (std::ranges::none_of(pairs, has_gradient)) {
    refuse_as(Misuse::kValue,
              "No gradients provided for any variable, check your graph for ops that do not "
              "support gradients, between variables " +
                  text_of(pairs) + " and loss Tensor(\"" + loss.name() + "\", shape=" +
                  python_text(loss.shape()) + ", dtype=" + to_string(loss.dtype()) + ").");
  }
  return apply_gradients(pairs, {options.global_step, options.name});
}

GradientsAndVariables Optimizer::compute_gradients(const Output& loss,
                                                   const ComputeGradientsOptions& options) {
  if (!loss.valid()) refuse_as(Misuse::kValue, "the loss is an empty Output, of no graph");
  GraphBuilder graph = loss.op().graph();
  check_type(loss.dtype(), loss.name());
  if (options.grad_loss) check_type(options.grad_loss->dtype(), options.grad_loss->name());
  const std::vector<Variable> variables =
      options.var_list ? *options.var_list : trainable_variables(graph);
  if (variables.empty()) refuse_as(Misuse::kValue, "No variables to optimize.");
  std::vector<Output> references;
  references.reserve(variables.size());
  for (const Variable& variable : variables) references.push_back(variable.ref());
  GradientsOptions how;
  if (options.grad_loss) how.grad_ys.push_back(*options.grad_loss);
  how.gate_gradients = options.gate_gradients == GateGradients::kOp;
  how.colocate_gradients_with_ops = options.colocate_gradients_with_ops;
  std::vector<Gradient> found = gradients(graph, {loss}, references, how);
  if (options.gate_gradients == GateGradients::kGraph) gate_together(graph, found);
  GradientsAndVariables pairs;
  pairs.reserve(variables.size());
  for (std::size_t i = 0; i < variables.size(); ++i) {
    pairs.push_back({std::move(found.at(i)), variables[i]});
    if (has_gradient(pairs.back())) check_type(variables[i].dtype(), variables[i].name());
  }
  return pairs;
}

Operation Optimizer::apply_gradients(const GradientsAndVariables& pairs,
                                     const ApplyGradientsOptions& options) {
  if (pairs.empty()) refuse_as(Misuse::kValue, "No variables provided.");
  std::vector<Variable> variables;
  for (const GradientAndVariable& pair : pairs) {
    if (has_gradient(pair)) variables.push_back(pair.variable);
  }
  if (variables.empty()) {
    refuse_as(Misuse::kValue, "No gradients provided for any variable: " + text_of(pairs) + ".");
  }
  GraphBuilder graph = variables[0].graph();
  {
    const ScopeGuard top = graph.init_scope();
    create_slots(graph, variables);
  }
  const ScopeGuard scope = graph.name_scope(options.name.empty() ? name_ : options.name);
  prepare(graph);
  std::vector<Operation> updates;
  for (const GradientAndVariable& pair : pairs) {
    if (!has_gradient(pair)) continue;
    const ScopeGuard inner = graph.name_scope("update_" + pair.variable.op().name());
    const ScopeGuard beside = graph.colocate_with(pair.variable.op());
    updates.push_back(update(pair.gradient, pair.variable));
  }
  Operation applied;
  if (options.global_step) {
    const ScopeGuard after = graph.control_dependencies({finish(graph, updates, "update")});
    applied = count_up(graph, *options.global_step, scope.name());
  } else {
    applied = finish(graph, updates, scope.name());
  }
  add_to_train_ops(graph, applied);
  return applied;
}

Operation Optimizer::update(const Gradient& gradient, const Variable& variable) {
  if (const auto* dense = std::get_if<Output>(&gradient)) return apply_dense(*dense, variable);
  return apply_sparse_duplicate_indices(std::get<IndexedSlices>(gradient), variable);
}

void Optimizer::create_slots(GraphBuilder&, const std::vector<Variable>&) {}

void Optimizer::prepare(GraphBuilder&) {}

Operation Optimizer::apply_sparse_duplicate_indices(const IndexedSlices& slices,
                                                    const Variable& variable) {
  GraphBuilder graph = variable.graph();
  const Operation unique = graph.apply_op("Unique", {Input(slices.indices)});
  const Output count = subscript(graph, shape(graph, unique.output(0)), 0);
  const Output summed = graph
                            .apply_op("UnsortedSegmentSum",
                                      {Input(slices.values), Input(unique.output(1)), Input(count)})
                            .output();
  return apply_sparse({summed, unique.output(0), slices.dense_shape}, variable);
}

Operation Optimizer::finish(GraphBuilder& graph, const std::vector<Operation>& updates,
                            std::string_view name) {
  return graph.group(updates, name);
}

Operation Optimizer::update_op(std::string_view op, const Variable& variable,
                               const std::vector<UpdateInput>& inputs, AttrList attrs) {
  GraphBuilder graph = variable.graph();
  std::vector<OpInput> all = {Input(variable.ref())};
  for (const UpdateInput& input : inputs) {
    const auto* beside = std::get_if<Variable>(&input);
    all.emplace_back(beside == nullptr ? std::get<Input>(input) : Input(beside->ref()));
  }
  attrs.emplace_back("use_locking", use_locking_);
  return graph.apply_op((variable.is_resource() ? "Resource" : "") + std::string(op), all, attrs);
}

const Variable* Optimizer::find_slot(const Variable& variable, std::string_view slot) const {
  const auto slots = slots_.find(slot);
  if (slots == slots_.end()) return nullptr;
  const auto found = slots->second.find(key_of(variable));
  return found == slots->second.end() ? nullptr : &found->second;
}

std::optional<Variable> Optimizer::get_slot(const Variable& variable, std::string_view slot) const {
  const Variable* found = find_slot(variable, slot);
  return found == nullptr ? std::nullopt : std::optional<Variable>(*found);
}

Variable Optimizer::slot(const Variable& variable, std::string_view slot) const {
  if (const Variable* found = find_slot(variable, slot)) return *found;
  throw Error(Code::kInternal, "the optimizer '" + name_ + "' has made no slot '" +
                                   std::string(slot) + "' of '" + variable.op().name() + "'");
}

std::vector<std::string> Optimizer::get_slot_names() const {
  std::vector<std::string> names;
  for (const auto& [name, slots] : slots_) names.push_back(name);
  return names;
}

std::vector<Variable> Optimizer::variables(const GraphBuilder& graph) const {
  std::vector<Variable> found;
  const auto collect = [&](const Slots& slots) {
    for (const auto& [key, variable] : slots) {
      if (key.first == &graph.data()) found.push_back(variable);
    }
  };
  collect(non_slots_);
  for (const auto& [name, slots] : slots_) collect(slots);
  std::ranges::stable_sort(found, {}, [](const Variable& variable) { return variable.name(); });
  return found;
}

Variable Optimizer::get_or_make_slot(const Variable& variable, std::string_view slot,
                                     const std::function<Variable()>& make) {
  if (const Variable* found = find_slot(variable, slot)) return *found;
  return slots_[std::string(slot)].emplace(key_of(variable), make()).first->second;
}

Variable Optimizer::zeros_slot(const Variable& variable, std::string_view slot) {
  return get_or_make_slot(variable, slot,
                          [&] { return create_zeros_slot(SlotOwner(variable), name_); });
}

Variable Optimizer::slot_with_initializer(const Variable& variable, const Initializer& initializer,
                                          std::string_view slot) {
  return get_or_make_slot(variable, slot, [&] {
    return create_slot(SlotOwner(variable), initializer, variable.dtype(), name_);
  });
}

Variable Optimizer::slot_with_value(const Variable& variable, const Output& value,
                                    std::string_view slot) {
  return get_or_make_slot(variable, slot,
                          [&] { return create_slot(SlotOwner(variable), value, name_); });
}

Variable Optimizer::slot_with_function(const Variable& variable,
                                       const std::function<Output()>& value,
                                       std::string_view slot) {
  return get_or_make_slot(variable, slot,
                          [&] { return create_slot(SlotOwner(variable), value, name_); });
}

Variable Optimizer::create_non_slot_variable(const Input& value, std::string_view name,
                                             const Variable& beside) {
  GraphBuilder graph = beside.graph();
  const VariableKey key{&graph.data(), std::string(name)};
  if (const auto found = non_slots_.find(key); found != non_slots_.end()) return found->second;
  const ScopeGuard colocated = graph.colocate_with(beside.op());
  const Variable made = make_variable(
      graph, value,
      {.name = std::string(name), .trainable = false, .use_resource = beside.is_resource()});
  return non_slots_.emplace(key, made).first->second;
}

Variable Optimizer::non_slot_variable(const GraphBuilder& graph, std::string_view name) const {
  const auto found = non_slots_.find(VariableKey{&graph.data(), std::string(name)});
  if (found != non_slots_.end()) return found->second;
  throw Error(Code::kInternal,
              "the optimizer '" + name_ + "' has made no variable '" + std::string(name) + "'");
}

}  // namespace icecore::inline v0
