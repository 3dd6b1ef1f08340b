// The messages of a V1 table: what is in it, and one slice's values (docs/formats.md, "V1").
#pragma once

#include <icecore/dtype.h>
#include <icecore/export.h>
#include <icecore/shape.h>
#include <icecore/tensor_slice.h>

#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

// A tensor that exists is valid: its size fits 63 bits and its slices lie inside its shape.
struct V1Tensor {
  std::string name;
  DType dtype = DType::kInvalid;
  Shape shape;
  std::vector<TensorSlice> slices;  // As their keys have them.
};

// Of the entry under the empty key. DATA_LOSS, or INVALID_ARGUMENT where its versions exclude this
// reader; `file` is named in messages.
ICECORE_API std::vector<V1Tensor> parse_v1_meta(std::string_view message, const std::string& file);

// Of an entry under a slice key: the TensorProto that holds the values. DATA_LOSS where it says
// that it is another tensor's or slice's.
ICECORE_API std::string_view parse_v1_slice(std::string_view message, std::string_view name,
                                            const TensorSlice& slice);

}  // namespace icecore::inline v0
