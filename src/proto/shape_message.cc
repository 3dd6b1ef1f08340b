#include "proto/shape_message.h"

#include <icecore/error.h>

#include <vector>

#include "proto/cursor.h"
#include "proto/fields.h"

namespace icecore::inline v0 {
namespace {

Shape decode(Cursor c) {
  std::vector<std::int64_t> dims;
  bool unknown_rank = false;
  while (c.next()) {
    if (c.field() == pb::TensorShapeProto::unknown_rank) unknown_rank = c.boolean();
    if (c.field() != pb::TensorShapeProto::dim) continue;
    std::int64_t size = 0;
    for (Cursor dim(c.text()); dim.next();) {
      if (dim.field() == pb::TensorShapeProto_Dim::size) size = dim.int64();
    }
    if (size < -1) {
      throw Error(Code::kDataLoss, "a shape has a dimension of " + std::to_string(size));
    }
    dims.push_back(size);
  }
  return unknown_rank ? Shape::unknown_rank() : Shape(dims);
}

}  // namespace

Shape decode_shape(const Span& shape) {
  return decode(Cursor(shape));
}
Shape decode_shape(std::string_view shape) {
  return decode(Cursor(shape));
}

Piece encode_shape(const Shape& shape) {
  Piece encoded;
  if (!shape.has_rank()) encoded.boolean(pb::TensorShapeProto::unknown_rank, true);
  for (const std::int64_t size : shape.dims()) {
    Piece dim;
    if (size != 0) dim.int64(pb::TensorShapeProto_Dim::size, size);
    encoded.message(pb::TensorShapeProto::dim, dim);
  }
  return encoded;
}

}  // namespace icecore::inline v0
