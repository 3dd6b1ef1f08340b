// TensorShapeProto, in which graphs and checkpoints write shapes.
#pragma once

#include <icecore/shape.h>

#include <string_view>

#include "proto/blob.h"
#include "proto/piece.h"

namespace icecore::inline v0 {

// DATA_LOSS where a dimension is below -1.
ICECORE_API Shape decode_shape(const Span& shape);
ICECORE_API Shape decode_shape(std::string_view shape);
// A dimension of 0 is an empty message, as TensorFlow writes it.
ICECORE_API Piece encode_shape(const Shape& shape);

}  // namespace icecore::inline v0
