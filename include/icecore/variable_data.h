// What a variable of a graph is: the nodes that belong to it.
#pragma once

#include <icecore/export.h>
#include <icecore/graph_builder.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace icecore::inline v0 {

// Where a part of a partitioned variable lies in the whole (SaveSliceInfo).
struct SaveSliceInfo {
  std::string full_name;
  std::vector<std::int64_t> full_shape, offset, shape;
  // "4 2 0,2:0,2", as SaveV2's shape_and_slices wants it.
  ICECORE_API std::string spec() const;
};

// What a Variable is (icecore/graph_builder.h).
struct VariableData {
  Output ref;
  std::optional<Output> initial_value;
  Operation initializer;
  Output snapshot;  // w/read; of a resource variable r/Read/ReadVariableOp.
  bool is_resource = false;
  bool trainable = true;
  std::optional<SaveSliceInfo> save_slice;
  std::int64_t synchronization = 0, aggregation = 0;  // Numbers of VariableDef's enums.
};

}  // namespace icecore::inline v0
