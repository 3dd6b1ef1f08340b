#include "checkpoint/wanted_tensor.h"

#include <icecore/error.h>
#include <icecore/tensor_slice.h>

#include "base/cpp_type_name.h"

namespace icecore::inline v0 {
namespace {

bool is_v2(const Checkpoint& checkpoint) {
  return checkpoint.format() == CheckpointFormat::kV2;
}

void check_part(const Checkpoint& checkpoint, const WantedTensor& wanted) {
  const std::string fault = part_fault(checkpoint, wanted);
  if (!fault.empty()) throw Error(Code::kInvalidArgument, fault);
}

}  // namespace

std::string missing_text(const Checkpoint& checkpoint, const std::string& name) {
  return is_v2(checkpoint)
             ? "Key " + name + " not found in checkpoint"
             : "Tensor name \"" + name + "\" not found in checkpoint files " + checkpoint.prefix();
}

std::string dtype_fault(const Checkpoint& checkpoint, const WantedTensor& wanted) {
  const DType stored = checkpoint.find(wanted.key)->dtype;
  if (!wanted.dtype || *wanted.dtype == stored) return "";
  const std::string expected(cpp_type_name(*wanted.dtype)), found(cpp_type_name(stored));
  return is_v2(checkpoint)
             ? "tensor_name = " + wanted.name + "; expected dtype " + expected +
                   " does not equal original dtype " + found
             : "Expected to restore a tensor of type " + expected + ", got a tensor of type " +
                   found + " instead: tensor_name = " + wanted.name;
}

std::string part_fault(const Checkpoint& checkpoint, const WantedTensor& wanted) {
  if (wanted.shape_and_slice.empty()) return "";
  const Shape& stored = checkpoint.find(wanted.key)->shape;
  const Shape whole = ShapeAndSlice::parse(wanted.shape_and_slice).full_shape;
  if (whole == stored) return "";
  return "tensor_name = " + wanted.name + "; shape in shape_and_slice spec " + to_string(whole) +
         " does not match the shape stored in checkpoint: " + to_string(stored);
}

Shape wanted_shape(const Checkpoint& checkpoint, const WantedTensor& wanted) {
  check_part(checkpoint, wanted);
  const Shape& stored = checkpoint.find(wanted.key)->shape;
  if (wanted.shape_and_slice.empty()) return stored;
  return ShapeAndSlice::parse(wanted.shape_and_slice).slice.apply(stored);
}

Tensor read_wanted(const Checkpoint& checkpoint, const WantedTensor& wanted) {
  check_part(checkpoint, wanted);
  if (wanted.shape_and_slice.empty()) return checkpoint.read(wanted.key);
  return checkpoint.read(wanted.key, ShapeAndSlice::parse(wanted.shape_and_slice).slice);
}

}  // namespace icecore::inline v0
