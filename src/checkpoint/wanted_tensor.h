// One tensor of a checkpoint as a restore op reads it, and TensorFlow's words for what is wrong.
#pragma once

#include <icecore/checkpoint.h>
#include <icecore/export.h>

#include <optional>
#include <string>

namespace icecore::inline v0 {

struct WantedTensor {
  std::string name;             // What it is called in messages.
  std::string key;              // Under which the checkpoint has it; mostly the same.
  std::string shape_and_slice;  // "" for the whole tensor, else as SaveV2 takes it ("4 2 0,2:-").
  std::optional<DType> dtype;   // Nothing: any.
};

// "Key w not found in checkpoint", and what TensorFlow says of V1.
ICECORE_API std::string missing_text(const Checkpoint& checkpoint, const std::string& name);

// Of tensors that the checkpoint has. "" where nothing is wrong.
ICECORE_API std::string dtype_fault(const Checkpoint& checkpoint, const WantedTensor& wanted);
ICECORE_API std::string part_fault(const Checkpoint& checkpoint, const WantedTensor& wanted);
// INVALID_ARGUMENT says part_fault().
ICECORE_API Shape wanted_shape(const Checkpoint& checkpoint, const WantedTensor& wanted);
ICECORE_API Tensor read_wanted(const Checkpoint& checkpoint, const WantedTensor& wanted);

}  // namespace icecore::inline v0
