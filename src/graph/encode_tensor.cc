// TensorProto as TensorFlow's make_tensor_proto stores values (tf-rules 7).
#include <icecore/error.h>

#include <complex>
#include <memory>

#include "graph/tensor_def.h"
#include "proto/fields.h"
#include "proto/wire_write.h"

namespace icecore::inline v0 {
namespace {

namespace TensorProto = pb::TensorProto;

// Whether more than one element goes into tensor_content.
bool stored_as_content(DType dtype) {
  switch (dtype) {
    case DType::kFloat32:
    case DType::kFloat64:
    case DType::kInt8:
    case DType::kInt16:
    case DType::kInt32:
    case DType::kInt64:
    case DType::kUInt8:
    case DType::kUInt32:
    case DType::kUInt64:
    case DType::kQInt8:
    case DType::kQUInt8:
    case DType::kQInt16:
    case DType::kQUInt16:
    case DType::kQInt32:
      return true;
    default:
      return false;
  }
}

template <typename T>
std::string varints(const Tensor& tensor) {
  std::string bytes;
  for (const T value : tensor.values<T>()) {
    append_varint(bytes, static_cast<std::uint64_t>(static_cast<std::int64_t>(value)));
  }
  return bytes;
}

std::string raw(const Tensor& tensor) {
  return {reinterpret_cast<const char*>(tensor.bytes().data()), tensor.bytes().size()};
}

// The packed field of a dtype's typed list.
std::pair<std::uint32_t, std::string> typed_list(const Tensor& tensor) {
  switch (tensor.dtype()) {
    case DType::kFloat32:
      return {TensorProto::float_val, raw(tensor)};
    case DType::kFloat64:
      return {TensorProto::double_val, raw(tensor)};
    case DType::kComplex64:
      return {TensorProto::scomplex_val, raw(tensor)};
    case DType::kComplex128:
      return {TensorProto::dcomplex_val, raw(tensor)};
    case DType::kInt32:
    case DType::kQInt32:
      return {TensorProto::int_val, varints<std::int32_t>(tensor)};
    case DType::kInt16:
    case DType::kQInt16:
      return {TensorProto::int_val, varints<std::int16_t>(tensor)};
    case DType::kInt8:
    case DType::kQInt8:
      return {TensorProto::int_val, varints<std::int8_t>(tensor)};
    case DType::kUInt16:
    case DType::kQUInt16:
      return {TensorProto::int_val, varints<std::uint16_t>(tensor)};
    case DType::kUInt8:
    case DType::kQUInt8:
      return {TensorProto::int_val, varints<std::uint8_t>(tensor)};
    case DType::kInt64:
      return {TensorProto::int64_val, varints<std::int64_t>(tensor)};
    case DType::kUInt32:
      return {TensorProto::uint32_val, varints<std::uint32_t>(tensor)};
    case DType::kUInt64:
      return {TensorProto::uint64_val, varints<std::uint64_t>(tensor)};
    case DType::kBool:
      return {TensorProto::bool_val, varints<std::uint8_t>(tensor)};
    case DType::kFloat16:
    case DType::kBFloat16:
      return {TensorProto::half_val, varints<std::uint16_t>(tensor)};
    default:
      throw Error(Code::kUnimplemented,
                  "a tensor of dtype " + to_string(tensor.dtype()) + " can't stand in a graph");
  }
}

}  // namespace

Piece encode_tensor(const Tensor& tensor) {
  if (tensor.dtype() == DType::kString) return tensor_of_strings(tensor);
  if (tensor.num_elements() > 1 && stored_as_content(tensor.dtype())) {
    // Large ones are the tensor's own buffer, which lives as long as the message; small ones are
    // copied, so that the message is in one piece.
    if (tensor.bytes().size() <= 4096) {
      Piece small = tensor_of_content(tensor.dtype(), tensor.shape(), ByteSource());
      small.text(TensorProto::tensor_content, raw(tensor));
      return small;
    }
    return tensor_of_content(
        tensor.dtype(), tensor.shape(),
        ByteSource::memory(std::make_shared<const Tensor>(tensor), tensor.bytes()));
  }
  Piece piece;
  piece.varint(TensorProto::dtype, static_cast<std::uint64_t>(tensor.dtype()));
  piece.message(TensorProto::tensor_shape, encode_shape(tensor.shape()));
  if (tensor.num_elements() > 0) {
    const auto [field, packed] = typed_list(tensor);
    piece.text(field, packed);
  }
  return piece;
}

Piece encode_filled(const Tensor& scalar, const Shape& shape) {
  if (scalar.num_elements() != 1) {
    throw Error(Code::kInvalidArgument, "a tensor is filled with one element, not with " +
                                            std::to_string(scalar.num_elements()));
  }
  Piece piece;
  piece.varint(TensorProto::dtype, static_cast<std::uint64_t>(scalar.dtype()));
  piece.message(TensorProto::tensor_shape, encode_shape(shape));
  if (shape.num_elements() == 0) return piece;
  if (scalar.dtype() == DType::kString) {
    return piece.text(TensorProto::string_val, scalar.strings()[0]);
  }
  const auto [field, packed] = typed_list(scalar);
  return piece.text(field, packed);
}

}  // namespace icecore::inline v0
