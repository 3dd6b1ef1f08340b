// TensorProto: what graphs say of values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <icecore/dtype.h>
#include <icecore/shape.h>
#include <icecore/tensor.h>

#include "proto/blob.h"
#include "proto/piece.h"
#include "proto/shape_message.h"

namespace icecore::inline v0 {

// dtype and shape of a TensorProto, without its values.
struct TensorFacts {
  DType dtype = DType::kInvalid;
  Shape shape;
};
ICECORE_API TensorFacts tensor_facts(const Span& tensor);

// The values, however they are stored: as tensor_content, or as a typed list, where a short list
// repeats its last value and an empty one means zeros. INVALID_ARGUMENT where they don't fit the
// shape; UNIMPLEMENTED for resources and variants. Nothing is allocated beyond `limit` bytes of
// values (RESOURCE_EXHAUSTED), since a list of one value may stand for any number.
ICECORE_API Tensor decode_tensor(const Span& tensor, std::uint64_t limit = std::uint64_t{1} << 33);

// TensorProto of a fixed-size dtype whose little-endian row-major bytes are `content`.
ICECORE_API Piece tensor_of_content(DType dtype, const Shape& shape, ByteSource content);
// TensorProto of a string tensor.
ICECORE_API Piece tensor_of_strings(const Tensor& strings);

}  // namespace icecore::inline v0
