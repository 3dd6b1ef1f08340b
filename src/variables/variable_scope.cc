// Variable scopes (variable_scope.py: variable_scope, _pure_variable_scope).
#include "variables/scope_state.h"

namespace icecore::inline v0 {
namespace {

std::string inside(const std::string& outer, std::string_view name) {
  return outer.empty() ? std::string(name) : outer + "/" + std::string(name);
}

void apply(const VariableScopeOptions& options, VariableScope& scope) {
  if (options.initializer) scope.initializer = options.initializer;
  if (options.regularizer) scope.regularizer = options.regularizer;
  if (options.partitioner) scope.partitioner = options.partitioner;
  if (options.use_resource) scope.use_resource = *options.use_resource;
  if (options.dtype) scope.dtype = *options.dtype;
}

bool asks_for_reuse(const VariableScopeOptions& options) {
  return options.reuse == Reuse::kTrue || options.reuse == Reuse::kAuto;
}

// The name scope that a variable scope opens; with auxiliary_name_scope off, the one that stands.
ScopeGuard open_name_scope(GraphBuilder& graph, std::string_view name, bool auxiliary) {
  return graph.name_scope(auxiliary ? std::string(name) : graph.current_name_scope());
}

void close_subscopes(ScopeState& state, const std::string& name) {
  const std::string prefix = name + "/";
  for (auto at = state.opened.lower_bound(prefix);
       at != state.opened.end() && at->first.starts_with(prefix); ++at) {
    at->second = 0;
  }
}

// A name that no scope has within the current one: "unit", "unit_1", …
std::string unique_scope(const ScopeState& state, const std::string& prefix) {
  const std::string whole = inside(state.current->name, prefix);
  const auto is_open = [&](const std::string& name) {
    const auto found = state.opened.find(name);
    return found != state.opened.end() && found->second > 0;
  };
  if (!is_open(whole)) return prefix;
  int i = 1;
  while (is_open(whole + "_" + std::to_string(i))) ++i;
  return prefix + "_" + std::to_string(i);
}

// Leaves the variable scope, then its name scope. `close` sets the counts back.
ScopeGuard entered(const GraphBuilder& graph, std::shared_ptr<VariableScope> scope,
                   std::optional<ScopeGuard> name_scope,
                   std::function<void(ScopeState& state)> close) {
  ScopeState& state = ScopeState::of(graph);
  std::shared_ptr<VariableScope> before = std::exchange(state.current, std::move(scope));
  std::string opened = name_scope ? name_scope->name() : std::string();
  // A ScopeGuard can't be copied, as std::function wants it.
  auto held = std::make_shared<std::optional<ScopeGuard>>(std::move(name_scope));
  return ScopeGuard(std::move(opened), [graph, before = std::move(before), held = std::move(held),
                                        close = std::move(close)] {
    ScopeState& now = ScopeState::of(graph);
    close(now);
    now.current = before;
    held->reset();
  });
}

ScopeGuard enter_named(GraphBuilder& graph, const std::string& name,
                       const VariableScopeOptions& options, std::optional<ScopeGuard> name_scope) {
  ScopeState& state = ScopeState::of(graph);
  auto scope = std::make_shared<VariableScope>(*state.current);
  scope->name = inside(state.current->name, name);
  scope->original_name_scope = name_scope ? name_scope->name() : name;
  if (asks_for_reuse(options)) scope->reuse = options.reuse;
  apply(options, *scope);
  ++state.opened[scope->name];
  const std::string whole = scope->name;
  return entered(graph, std::move(scope), std::move(name_scope),
                 [whole](ScopeState& now) { close_subscopes(now, whole); });
}

}  // namespace

ScopeGuard variable_scope(GraphBuilder& graph, std::string_view name,
                          const VariableScopeOptions& options) {
  if (!name.empty() || options.default_name.empty()) {
    std::optional<ScopeGuard> name_scope;
    if (!name.empty() || !options.auxiliary_name_scope) {
      name_scope = open_name_scope(graph, name, options.auxiliary_name_scope);
    }
    return enter_named(graph, std::string(name), options, std::move(name_scope));
  }
  if (asks_for_reuse(options)) {
    refuse_as(Misuse::kValue, "reuse=True cannot be used without a name_or_scope");
  }
  ScopeGuard name_scope =
      open_name_scope(graph, options.default_name, options.auxiliary_name_scope);
  const std::string unique = unique_scope(ScopeState::of(graph), options.default_name);
  return enter_named(graph, unique, options, std::move(name_scope));
}

ScopeGuard variable_scope(GraphBuilder& graph, const VariableScope& scope,
                          const VariableScopeOptions& options) {
  auto opened = std::make_shared<VariableScope>(scope);
  if (asks_for_reuse(options)) opened->reuse = options.reuse;
  apply(options, *opened);
  const std::string last = scope.name.substr(scope.name.rfind('/') + 1);
  std::optional<ScopeGuard> name_scope;
  if (!last.empty() || !options.auxiliary_name_scope) {
    name_scope = open_name_scope(graph, last, options.auxiliary_name_scope);
  }
  ScopeState& state = ScopeState::of(graph);
  ++state.opened[scope.name];
  return entered(graph, std::move(opened), std::move(name_scope),
                 [counts = state.opened](ScopeState& now) { now.opened = counts; });
}

VariableScope& current_variable_scope(GraphBuilder& graph) {
  return *ScopeState::of(graph).current;
}

}  // namespace icecore::inline v0
