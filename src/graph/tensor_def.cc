#include "graph/tensor_def.h"

#include <icecore/error.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>

#include "base/byte_order.h"
#include "proto/cursor.h"
#include "proto/fields.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void misfit(const TensorFacts& facts, const std::string& what) {
  throw Error(Code::kInvalidArgument, "a constant of dtype " + to_string(facts.dtype) +
                                          " and shape " + to_string(facts.shape) + " holds " +
                                          what);
}

// The typed list that holds values of a dtype, and how an item is stored there.
struct ListField {
  std::uint32_t field = 0;
  WireType wire = WireType::kVarint;
  std::size_t item_size = 0;  // Of the value, in the tensor.
};

ListField list_field(DType dtype) {
  switch (dtype) {
    case DType::kFloat32:
      return {pb::TensorProto::float_val, WireType::kFixed32, 4};
    case DType::kFloat64:
      return {pb::TensorProto::double_val, WireType::kFixed64, 8};
    // Complex values are stored as pairs (real, imaginary).
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

// Calls `item` with the raw bits of each item of a repeated field, packed or not.
void for_each_item(Cursor& c, WireType wire, const std::function<void(std::uint64_t)>& item) {
  if (c.wire_type() != WireType::kBytes) {
    if (wire == WireType::kVarint) item(c.varint());
    if (wire == WireType::kFixed32) item(c.fixed32());
    if (wire == WireType::kFixed64) item(c.fixed64());
    return;
  }
  const std::string packed = c.bytes().read();
  const auto* at = reinterpret_cast<const unsigned char*>(packed.data());
  const auto* const end = at + packed.size();
  while (at < end) {
    if (wire == WireType::kVarint) {
      std::uint64_t value = 0;
      for (unsigned shift = 0;; shift += 7) {
        if (at == end || shift >= 70) {
          throw Error(Code::kDataLoss, "a constant's list of values is cut short");
        }
        value |= std::uint64_t{*at & 0x7fu} << shift;
        if (*at++ < 0x80) break;
      }
      item(value);
      continue;
    }
    const std::ptrdiff_t size = wire == WireType::kFixed32 ? 4 : 8;
    if (end - at < size) throw Error(Code::kDataLoss, "a constant's list of values is cut short");
    item(size == 4 ? load_u32(at) : load_u64(at));
    at += size;
  }
}

Tensor decode_strings(const Span& encoded, const TensorFacts& facts, std::int64_t count) {
  std::vector<std::string> items;
  for (Cursor c(encoded); c.next();) {
    if (c.field() == pb::TensorProto::string_val) items.push_back(c.bytes().read());
  }
  if (static_cast<std::int64_t>(items.size()) > count) {
    misfit(facts, std::to_string(items.size()) + " strings");
  }
  Tensor tensor(DType::kString, facts.shape);
  const std::span<std::string> out = tensor.mutable_strings();
  for (std::size_t i = 0; i < out.size() && !items.empty(); ++i) {
    out[i] = items[std::min(i, items.size() - 1)];
  }
  return tensor;
}

}  // namespace

Shape decode_shape(const Span& encoded) {
  std::vector<std::int64_t> dims;
  bool unknown_rank = false;
  for (Cursor c(encoded); c.next();) {
    if (c.field() == pb::TensorShapeProto::unknown_rank) unknown_rank = c.boolean();
    if (c.field() != pb::TensorShapeProto::dim) continue;
    std::int64_t size = 0;
    for (Cursor dim(c.bytes()); dim.next();) {
      if (dim.field() == pb::TensorShapeProto_Dim::size) size = dim.int64();
    }
    if (size < -1) {
      throw Error(Code::kDataLoss, "a shape has a dimension of " + std::to_string(size));
    }
    dims.push_back(size);
  }
  return unknown_rank ? Shape::unknown_rank() : Shape(std::move(dims));
}

Piece encode_shape(const Shape& shape) {
  Piece encoded;
  if (!shape.has_rank())
    return std::move(encoded.boolean(pb::TensorShapeProto::unknown_rank, true));
  for (const std::int64_t size : shape.dims()) {
    Piece dim;
    if (size != 0) dim.int64(pb::TensorShapeProto_Dim::size, size);
    encoded.message(pb::TensorShapeProto::dim, dim);
  }
  return encoded;
}

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

Tensor decode_tensor(const Span& encoded, std::uint64_t limit) {
  const TensorFacts facts = tensor_facts(encoded);
  const std::optional<std::int64_t> count = facts.shape.num_elements();
  if (!count) misfit(facts, "no values that fit");
  const std::size_t element =
      facts.dtype == DType::kString ? sizeof(std::string) : dtype_size(facts.dtype);
  if (element == 0) {
    throw Error(Code::kUnimplemented,
                "a constant of dtype " + to_string(facts.dtype) + " has no values to read");
  }
  if (static_cast<std::uint64_t>(*count) > limit / element) {
    throw Error(Code::kResourceExhausted, "a constant of shape " + to_string(facts.shape) +
                                              " is over the limit of " + std::to_string(limit) +
                                              " bytes");
  }
  Span content;
  for (Cursor c(encoded); c.next();) {
    if (c.field() == pb::TensorProto::tensor_content) content = c.bytes();
  }
  if (facts.dtype == DType::kString) return decode_strings(encoded, facts, *count);

  Tensor tensor(facts.dtype, facts.shape);
  const std::span<std::byte> out = tensor.mutable_bytes();
  if (!content.empty()) {
    if (content.size() != out.size()) {
      misfit(facts, std::to_string(content.size()) + " bytes of content, expected " +
                        std::to_string(out.size()));
    }
    std::size_t at = 0;
    content.copy_to([&](std::span<const std::byte> piece) {
      std::memcpy(out.data() + at, piece.data(), piece.size());
      at += piece.size();
    });
    return tensor;
  }
  const ListField list = list_field(facts.dtype);
  std::size_t at = 0;
  for (Cursor c(encoded); c.next();) {
    if (c.field() != list.field) continue;
    for_each_item(c, list.wire, [&](std::uint64_t bits) {
      if (at + list.item_size > out.size()) misfit(facts, "more values than that");
      std::memcpy(out.data() + at, &bits, list.item_size);
      at += list.item_size;
    });
  }
  if (at % element != 0) misfit(facts, "half a complex value");
  if (at == 0) {
    std::fill(out.begin(), out.end(), std::byte{0});
    return tensor;
  }
  for (; at < out.size(); at += element) {
    std::memcpy(out.data() + at, out.data() + at - element, element);
  }
  return tensor;
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
