#include "layers/layer.h"

#include <algorithm>

namespace icecore::inline v0::layers {
namespace {

// Opened once, so that its names are taken, and entered again for whatever the layer makes.
VariableScope taken_scope(GraphBuilder& graph, std::string_view kind, const std::string& name,
                          bool reuse, bool has_variables) {
  VariableScopeOptions unique;
  unique.default_name = name.empty() ? std::string(kind) : name;
  const bool named = (has_variables && !name.empty()) || reuse;
  const ScopeGuard scope =
      named ? variable_scope(graph, unique.default_name) : variable_scope(graph, "", unique);
  return current_variable_scope(graph);
}

VariableScopeOptions entering(bool reuse) {
  VariableScopeOptions options;
  options.auxiliary_name_scope = false;
  if (reuse) options.reuse = Reuse::kTrue;
  return options;
}

}  // namespace

LayerScope::LayerScope(GraphBuilder& graph, std::string_view kind, const std::string& name,
                       bool reuse, bool has_variables)
    : graph_(graph), scope_(taken_scope(graph, kind, name, reuse, has_variables)), reuse_(reuse) {
  open_.guards.push_back(variable_scope(graph, scope_, entering(reuse)));
  open_.guards.push_back(graph.name_scope(scope_.original_name_scope));
}

Variable LayerScope::weight(std::string_view name, const Shape& shape, const Weight& weight) {
  const std::vector<Variable> before = global_variables(graph_);
  const ScopeGuard scope = variable_scope(graph_, scope_, entering(reuse_));
  const ScopeGuard names = graph_.name_scope(scope_.original_name_scope);
  GetVariableOptions options;
  options.dtype = weight.dtype;
  options.initializer =
      weight.initializer ? weight.initializer : current_variable_scope(graph_).initializer;
  options.trainable = weight.trainable;
  const Variable variable = get_variable(graph_, name, shape, options);
  // The losses of variables that were there have been added already.
  if (weight.regularizer && std::ranges::find(before, variable) == before.end()) {
    const ScopeGuard inner = graph_.name_scope(std::string(name) + "/Regularizer");
    if (const std::optional<Output> loss = (*weight.regularizer)(graph_, variable)) {
      graph_.add_to_collection(GraphKeys::kRegularizationLosses, {*loss});
    }
  }
  return variable;
}

std::string padding_of(const std::string& padding) {
  std::string upper = padding;
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  if (upper != "SAME" && upper != "VALID") {
    refuse_as(Misuse::kValue,
              "The `padding` argument must be one of \"valid\", \"same\". "
              "Received: " +
                  padding);
  }
  return upper;
}

Activation activation(std::string op) {
  return [op = std::move(op)](GraphBuilder& graph, const Output& x) {
    return graph.apply_op(op, {Input(x)}).output();
  };
}

}  // namespace icecore::inline v0::layers
