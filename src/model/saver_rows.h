// What a graph's own Saver nodes say: which values go under which keys, and where values read back
// go (tf-rules 4, 10b).
#pragma once

#include <icecore/dtype.h>
#include <icecore/graph.h>
#include <icecore/shape.h>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/meta_graph.h"

namespace icecore::inline v0 {

// One tensor that is saved.
struct SaveRow {
  std::string key;
  std::string shape_and_slice;  // "" for a whole tensor.
  std::string tensor;           // What the save op is given: "w:0", "r/Read/ReadVariableOp:0".
  std::string variable;         // The node of the variable that this is the value of; "" of others.
  bool is_resource = false;
};

// In the order of the data file. NOT_FOUND where the graph lacks the save op; UNIMPLEMENTED where
// it writes several shards or V1.
ICECORE_API std::vector<SaveRow> save_rows(const Graph& graph, std::string_view save_tensor);

// One tensor that is read.
struct RestoredRow {
  std::string key;
  std::string shape_and_slice;
  std::string tensor;  // What it is in the graph: "save/RestoreV2:3".
  DType dtype = DType::kInvalid;
  // The variable that it is assigned to; "" where it goes to other nodes.
  std::string variable;
  bool validate_shape = true;
  bool reshape = false;
  // The variable's own, as far as its node says.
  std::optional<Shape> variable_shape;
};

struct RestorePlan {
  std::vector<RestoredRow> rows;     // In the order of the nodes.
  std::vector<std::string> targets;  // Nodes that take rows without a variable: tables' imports.
};

// What the restore op does. NOT_FOUND where the graph lacks it.
ICECORE_API RestorePlan restore_plan(const Graph& graph, std::string_view restore_op);

// By variable node: what the restore op of the saver assigns to it. Empty where the graph lacks
// that op. Without a saver, the op that TensorFlow's first Saver makes, "save/restore_all", is
// tried.
ICECORE_API std::unordered_map<std::string, RestoredRow> restore_rows(const MetaGraph& meta);

// The variable whose value a tensor is: "w:0", "w/read:0", "r/Read/ReadVariableOp:0". Nothing where
// it is computed.
ICECORE_API std::optional<std::string> variable_behind(const Graph& graph, std::string_view tensor);

}  // namespace icecore::inline v0
