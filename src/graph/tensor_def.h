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

// TensorProto of a fixed-size dtype whose little-endian row-major bytes are `content`.
ICECORE_API Piece tensor_of_content(DType dtype, const Shape& shape, ByteSource content);
// TensorProto of any tensor, stored as TensorFlow 1.15.5's make_tensor_proto does it: more than one
// element of most numbers as tensor_content; one element, and half, bfloat16, uint16, bool, complex
// and strings as typed lists. UNIMPLEMENTED for resources and variants.
ICECORE_API Piece encode_tensor(const Tensor& tensor);
// TensorProto of that shape whose elements are all the one of `scalar`, which is stored once where
// TensorFlow stores it once.
ICECORE_API Piece encode_filled(const Tensor& scalar, const Shape& shape);
// TensorProto of a string tensor.
ICECORE_API Piece tensor_of_strings(const Tensor& strings);

}  // namespace icecore::inline v0
