// Which entry of a checkpoint each variable of a graph is restored from.
#pragma once

#include <string>
#include <unordered_map>

#include "model/meta_graph.h"

namespace icecore::inline v0 {

struct RestoreRow {
  std::string key;              // The name in the checkpoint.
  std::string shape_and_slice;  // "" for the whole tensor, else as SaveV2 takes it ("4 2 0,2:-").
};

// By variable node: what the restore op of the saver assigns to it (tf-rules: from restore_op_name
// over control inputs to each Assign or AssignVariableOp, back through Identity and Reshape to an
// output of RestoreV2, Restore or RestoreSlice). Empty where the graph lacks that op. Without a
// saver, the op that TensorFlow's first Saver makes, "save/restore_all", is tried.
ICECORE_API std::unordered_map<std::string, RestoreRow> restore_rows(const MetaGraph& meta);

}  // namespace icecore::inline v0
