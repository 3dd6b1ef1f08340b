#include "proto/tensor_values.h"

#include <icecore/error.h>

#include <cstring>

#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/packed.h"

namespace icecore::inline v0 {
namespace {

// The list that holds values of a dtype, and the bytes that one item of it fills.
struct ListField {
  std::uint32_t field = 0;
  WireType wire = WireType::kVarint;
  std::size_t item_size = 0;
};

ListField list_field(DType dtype) {
  switch (dtype) {
    case DType::kFloat32:
      return {pb::TensorProto::float_val, WireType::kFixed32, 4};
    case DType::kFloat64:
      return {pb::TensorProto::double_val, WireType::kFixed64, 8};
    // Complex values are pairs of items: real, imaginary.
    case DType::kComplex64:
      return {pb::TensorProto::scomplex_val, WireType::kFixed32, 4};
    case DType::kComplex128:
      return {pb::TensorProto::dcomplex_val, WireType::kFixed64, 8};
    case DType::kInt64:
      return {pb::TensorProto::int64_val, WireType::kVarint, 8};
    case DType::kUInt64:
      return {pb::TensorProto::uint64_val, WireType::kVarint, 8};
    case DType::kUInt32:
      return {pb::TensorProto::uint32_val, WireType::kVarint, 4};
    case DType::kBool:
      return {pb::TensorProto::bool_val, WireType::kVarint, 1};
    case DType::kFloat16:
    case DType::kBFloat16:
      return {pb::TensorProto::half_val, WireType::kVarint, 2};
    default:
      return {pb::TensorProto::int_val, WireType::kVarint, dtype_size(dtype)};
  }
}

}  // namespace

std::size_t read_value_list(const Span& tensor_proto, DType dtype, std::span<std::byte> out) {
  const ListField list = list_field(dtype);
  std::size_t at = 0;
  const auto put = [&](std::uint64_t bits) {
    if (dtype == DType::kBool) bits = bits != 0 ? 1 : 0;  // Any number but 0 is true.
    if (list.item_size > out.size() - at) {
      throw Error(Code::kInvalidArgument, "more values than the " +
                                              std::to_string(out.size() / dtype_size(dtype)) +
                                              " of the shape");
    }
    std::memcpy(out.data() + at, &bits, list.item_size);
    at += list.item_size;
  };
  for (Cursor c(tensor_proto); c.next();) {
    if (c.field() != list.field) continue;
    if (c.wire_type() == WireType::kBytes) {
      for_each_packed(c.bytes(), list.wire, put);
    } else if (list.wire == WireType::kVarint) {
      put(c.varint());
    } else {
      put(list.wire == WireType::kFixed32 ? c.fixed32() : c.fixed64());
    }
  }
  if (at % dtype_size(dtype) != 0) {
    throw Error(Code::kInvalidArgument, "half a complex value");
  }
  return at / dtype_size(dtype);
}

std::vector<std::string> read_string_list(const Span& tensor_proto) {
  std::vector<std::string> items;
  for (Cursor c(tensor_proto); c.next();) {
    if (c.field() == pb::TensorProto::string_val) items.push_back(c.bytes().read());
  }
  return items;
}

}  // namespace icecore::inline v0
