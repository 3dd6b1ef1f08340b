#include "graph/tensor_def.h"

#include <icecore/error.h>

#include <algorithm>
#include <cstring>

#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/tensor_values.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void misfit(const TensorFacts& facts, const std::string& what) {
  throw Error(Code::kInvalidArgument, "a constant of dtype " + to_string(facts.dtype) +
                                          " and shape " + to_string(facts.shape) + " holds " +
                                          what);
}

// Strings as tensor_content: the lengths of all as varints, then the bytes of all.
std::vector<std::string> split_content(const std::string& content, std::int64_t count) {
  std::vector<std::uint64_t> lengths;
  std::size_t at = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    std::uint64_t length = 0;
    for (unsigned shift = 0;; shift += 7) {
      if (at == content.size() || shift >= 70) {
        throw Error(Code::kDataLoss, "a constant's strings are cut short");
      }
      const auto byte = static_cast<unsigned char>(content[at++]);
      length |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) break;
    }
    lengths.push_back(length);
  }
  std::vector<std::string> items;
  for (const std::uint64_t length : lengths) {
    if (length > content.size() - at) {
      throw Error(Code::kDataLoss, "a constant's strings are cut short");
    }
    items.push_back(content.substr(at, length));
    at += length;
  }
  return items;
}

Tensor decode_strings(const Span& encoded, const Span& content, const TensorFacts& facts,
                      std::int64_t count) {
  std::vector<std::string> items;
  if (!content.empty()) items = split_content(content.read(), count);
  if (content.empty()) items = read_string_list(encoded);
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
  if (facts.dtype == DType::kString) return decode_strings(encoded, content, facts, *count);

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
  std::size_t at = 0;
  try {
    at = read_value_list(encoded, facts.dtype, out) * element;
  } catch (const Error& error) {
    if (error.code() != Code::kInvalidArgument) throw;
    misfit(facts, error.message());
  }
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
