// What a graph keeps of its variable scopes (variable_scope.py: _VariableStore,
// _VariableScopeStore).
#pragma once

#include <icecore/variable.h>

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/builder_data.h"
#include "graph/stored_items.h"

namespace icecore::inline v0 {

struct StoredPartitions {
  Shape shape;
  DType dtype = DType::kInvalid;
  std::vector<std::int64_t> partitions;
  int axis = 0;
  std::vector<StoredVariable> parts;
};

struct ScopeState {
  // Those that get_variable() made, by their whole names.
  std::unordered_map<std::string, StoredVariable> variables;
  std::unordered_map<std::string, StoredPartitions> partitioned;
  // The scope that stands. Another object for each that is opened, so that references stay valid.
  std::shared_ptr<VariableScope> current = std::make_shared<VariableScope>();
  // How often a scope of that name has been opened since the one around it was: what makes default
  // names unique.
  std::map<std::string, int> opened;

  static ScopeState& of(const GraphBuilder& graph) { return graph.data().extra<ScopeState>(); }
};

}  // namespace icecore::inline v0
