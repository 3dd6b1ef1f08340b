// What a Saver saves, sorted by key (saveable_object_util.py).
#pragma once

#include <icecore/saver.h>

#include <functional>
#include <string>
#include <vector>

namespace icecore::inline v0 {

// One tensor of it: a variable, or a part of one.
struct SaveableTensor {
  std::string key;
  std::string slice_spec;  // "" of a whole variable.
  DType dtype = DType::kInvalid;
  Shape shape;         // Of the variable, as far as it is known.
  std::string device;  // Of the variable.
  bool is_resource = false;
  Output target;  // What is assigned to: the reference, or the handle.
  // The tensor that is saved. Of a part of a resource variable each call adds nodes that read it,
  // as in TensorFlow.
  std::function<Output()> tensor;
};

// INVALID_ARGUMENT (ValueError, TypeError) as the Saver's constructor says.
std::vector<SaveableTensor> sorted_saveables(const GraphBuilder& graph, const VarList& var_list);

// Assigns a restored value to it: an Assign, or an Identity and an AssignVariableOp on the
// variable's device.
Operation restore_saveable(GraphBuilder& graph, const SaveableTensor& saveable, Output value,
                           bool validate_shape);

}  // namespace icecore::inline v0
