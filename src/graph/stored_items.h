// What a graph keeps of itself: tensors, operations and variables of its own.
#pragma once

#include <icecore/export.h>
#include <icecore/graph_builder.h>
#include <icecore/variable_data.h>

#include <memory>

namespace icecore::inline v0 {

// Handles keep their graph alive; a graph that held handles on itself would never be freed. So what
// a BuilderData or its extras keep are handles that don't, and who asks is given ones that do.

// The same tensor or operation of the same graph, held through `graph`.
ICECORE_API Output rebound(const Output& output, const GraphBuilder& graph);
ICECORE_API Operation rebound(const Operation& operation, const GraphBuilder& graph);

// A variable, kept. As long as somebody holds a handle on it, get() gives one that is equal.
class ICECORE_API StoredVariable {
 public:
  explicit StoredVariable(const Variable& variable);
  Variable get(const GraphBuilder& graph) const;

 private:
  mutable std::weak_ptr<const VariableData> held_;
  std::shared_ptr<const VariableData> kept_;
};

// An item of a collection, kept.
class ICECORE_API StoredItem {
 public:
  explicit StoredItem(CollectionItem item);
  CollectionItem get(const GraphBuilder& graph) const;

 private:
  std::variant<CollectionItem, StoredVariable> kept_;
};

}  // namespace icecore::inline v0
