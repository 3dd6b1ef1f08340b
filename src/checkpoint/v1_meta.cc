#include "checkpoint/v1_meta.h"

#include <icecore/error.h>

#include "base/quoted.h"
#include "checkpoint/bundle_entry.h"
#include "checkpoint/stored_shape.h"
#include "proto/cursor.h"
#include "proto/fields.h"

namespace icecore::inline v0 {
namespace {

V1Tensor parse_tensor(std::string_view message) {
  V1Tensor tensor;
  std::int64_t dtype = 0;
  for (Cursor c(message); c.next();) {
    switch (c.field()) {
      case pb::SavedSliceMeta::name:
        tensor.name = c.text();
        break;
      case pb::SavedSliceMeta::shape:
        tensor.shape = parse_stored_shape(c.text());
        break;
      case pb::SavedSliceMeta::type:
        dtype = c.int64();
        break;
      case pb::SavedSliceMeta::slice:
        tensor.slices.push_back(parse_slice(c.text()));
        break;
    }
  }
  try {
    tensor.dtype = parse_stored_dtype(dtype);
  } catch (const Error& error) {
    throw error.with_context(quoted(tensor.name));
  }
  if (!tensor.shape.num_elements() ||
      (dtype_size(tensor.dtype) != 0 && !fixed_size(tensor.dtype, tensor.shape))) {
    throw Error(Code::kDataLoss, quoted(tensor.name) + ": its shape " + to_string(tensor.shape) +
                                     " has more elements than can be");
  }
  for (const TensorSlice& slice : tensor.slices) check_slice_fits(slice, tensor.shape);
  return tensor;
}

}  // namespace

std::vector<V1Tensor> parse_v1_meta(std::string_view message, const std::string& file) {
  std::vector<V1Tensor> tensors;
  bool has_meta = false;
  try {
    for (Cursor c(message); c.next();) {
      if (c.field() != pb::SavedTensorSlices::meta) continue;
      has_meta = true;
      for (Cursor meta(c.text()); meta.next();) {
        switch (meta.field()) {
          case pb::SavedTensorSliceMeta::tensor:
            tensors.push_back(parse_tensor(meta.text()));
            break;
          case pb::SavedTensorSliceMeta::versions:
            check_versions(meta.text(), file);
            break;
        }
      }
    }
  } catch (const Error& error) {
    if (error.code() != Code::kDataLoss) throw;
    throw error.with_context(file + " is damaged: its list of tensors can't be read");
  }
  if (!has_meta) {
    throw Error(Code::kDataLoss,
                file + " has no list of tensors: it is a table, but no V1 checkpoint");
  }
  return tensors;
}

std::string_view parse_v1_slice(std::string_view message, std::string_view name,
                                const TensorSlice& slice) {
  std::string_view values;
  bool has_values = false;
  for (Cursor c(message); c.next();) {
    if (c.field() != pb::SavedTensorSlices::data) continue;
    for (Cursor data(c.text()); data.next();) {
      switch (data.field()) {
        case pb::SavedSlice::name:
          if (const auto stored = data.text(); stored != name) {
            throw Error(Code::kDataLoss, "it says that it is " + quoted(stored));
          }
          break;
        case pb::SavedSlice::slice:
          if (const TensorSlice stored = parse_slice(data.text()); stored != slice) {
            throw Error(Code::kDataLoss, "it says that it is the part " + to_string(stored));
          }
          break;
        case pb::SavedSlice::data:
          values = data.text();
          has_values = true;
          break;
      }
    }
  }
  if (!has_values) throw Error(Code::kDataLoss, "it has no values");
  return values;
}

}  // namespace icecore::inline v0
