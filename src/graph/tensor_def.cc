#include "graph/tensor_def.h"

#include <icecore/error.h>

#include "proto/cursor.h"
#include "proto/fields.h"

namespace icecore::inline v0 {
TensorFacts tensor_facts(const Span& tensor) {
  TensorFacts facts;
  for (Cursor c(tensor); c.next();) {
    if (c.field() == pb::TensorProto::dtype) {
      const std::int64_t number = c.int64();
      const std::optional<DType> dtype = dtype_of_number(number);
      if (!dtype) {
        throw Error(Code::kUnimplemented,
                    "a constant has the unknown dtype " + std::to_string(number));
      }
      facts.dtype = *dtype;
    }
    if (c.field() == pb::TensorProto::tensor_shape) facts.shape = decode_shape(c.bytes());
  }
  return facts;
}

Piece tensor_of_content(DType dtype, const Shape& shape, ByteSource content) {
  Piece tensor;
  tensor.varint(pb::TensorProto::dtype, static_cast<std::uint64_t>(dtype));
  tensor.message(pb::TensorProto::tensor_shape, encode_shape(shape));
  if (content.size() > 0) tensor.hole(pb::TensorProto::tensor_content, std::move(content));
  return tensor;
}

Piece tensor_of_strings(const Tensor& strings) {
  Piece tensor;
  tensor.varint(pb::TensorProto::dtype, static_cast<std::uint64_t>(DType::kString));
  tensor.message(pb::TensorProto::tensor_shape, encode_shape(strings.shape()));
  for (const std::string& item : strings.strings()) {
    tensor.text(pb::TensorProto::string_val, item);
  }
  return tensor;
}

}  // namespace icecore::inline v0
