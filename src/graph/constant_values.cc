#include "graph/constant_values.h"

#include <icecore/error.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "base/bools.h"
#include "graph/tensor_def.h"
#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/tensor_values.h"

namespace icecore::inline v0 {
namespace {

// What a TensorProto spells out; the last value of a list stands for the elements that it lacks.
struct Stored {
  TensorFacts facts;
  std::uint64_t count = 0;           // Elements of the shape.
  Span content;                      // All values of a fixed size; or empty.
  std::vector<std::byte> listed;     // Those of a list.
  std::vector<std::string> strings;  // Those of a string tensor.
};

[[noreturn]] void misfit(const TensorFacts& facts, const std::string& what) {
  throw Error(Code::kInvalidArgument, "a constant of dtype " + to_string(facts.dtype) +
                                          " and shape " + to_string(facts.shape) + " holds " +
                                          what);
}

[[noreturn]] void too_large(const TensorFacts& facts) {
  throw Error(Code::kResourceExhausted,
              "a constant of shape " + to_string(facts.shape) +
                  " repeats a value more often than is reasonable; it isn't spelled out");
}

// Strings as tensor_content: the lengths of all as varints, then the bytes of all.
std::vector<std::string> split_content(const std::string& content, std::uint64_t count) {
  std::vector<std::uint64_t> lengths;
  std::size_t at = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
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

std::vector<std::byte> read_list(const Span& encoded, const TensorFacts& facts,
                                 std::uint64_t count) {
  // Each value of a list has a byte at least, so that more than this can't be there.
  const std::uint64_t element = dtype_size(facts.dtype);
  std::vector<std::byte> values(std::min(count, encoded.size()) * element);
  try {
    values.resize(read_value_list(encoded, facts.dtype, values) * element);
  } catch (const Error& error) {
    if (error.code() != Code::kInvalidArgument) throw;
    misfit(facts, error.message());
  }
  return values;
}

Stored read_stored(const Span& encoded) {
  Stored stored;
  stored.facts = tensor_facts(encoded);
  const TensorFacts& facts = stored.facts;
  const std::optional<std::int64_t> count = facts.shape.num_elements();
  if (!count) misfit(facts, "no values that fit");
  stored.count = static_cast<std::uint64_t>(*count);
  Span content;
  for (Cursor c(encoded); c.next();) {
    if (c.field() == pb::TensorProto::tensor_content) content = c.bytes();
  }
  if (facts.dtype == DType::kString) {
    stored.strings =
        content.empty() ? read_string_list(encoded) : split_content(content.read(), stored.count);
    if (stored.strings.size() > stored.count) {
      misfit(facts, std::to_string(stored.strings.size()) + " strings");
    }
    return stored;
  }
  const std::uint64_t element = dtype_size(facts.dtype);
  if (element == 0) {
    throw Error(Code::kUnimplemented,
                "a constant of dtype " + to_string(facts.dtype) + " has no values to read");
  }
  std::uint64_t size = 0;
  if (__builtin_mul_overflow(stored.count, element, &size)) too_large(facts);
  if (content.empty()) {
    stored.listed = read_list(encoded, facts, stored.count);
  } else if (content.size() != size) {
    misfit(facts,
           std::to_string(content.size()) + " bytes of content, expected " + std::to_string(size));
  }
  stored.content = std::move(content);
  return stored;
}

std::uint64_t size_of(const Stored& stored) {
  if (stored.facts.dtype != DType::kString) return stored.count * dtype_size(stored.facts.dtype);
  std::uint64_t size = 0;
  for (const std::string& item : stored.strings) size += item.size();
  const std::uint64_t last = stored.strings.empty() ? 0 : stored.strings.back().size();
  std::uint64_t repeated = 0;
  if (__builtin_mul_overflow(stored.count - stored.strings.size(), last, &repeated) ||
      __builtin_add_overflow(size, repeated, &size)) {
    too_large(stored.facts);
  }
  return size;
}

// Gives `size` bytes that repeat `unit`.
void repeat(std::span<const std::byte> unit, std::uint64_t size, const ByteSink& sink) {
  if (size == 0 || unit.empty()) return;
  constexpr std::size_t kChunk = std::size_t{64} << 10;
  std::vector<std::byte> chunk(std::max<std::size_t>(kChunk / unit.size(), 1) * unit.size());
  for (std::size_t at = 0; at < chunk.size(); at += unit.size()) {
    std::memcpy(chunk.data() + at, unit.data(), unit.size());
  }
  for (; size > 0; size -= std::min<std::uint64_t>(size, chunk.size())) {
    sink(std::span(chunk).first(std::min<std::uint64_t>(size, chunk.size())));
  }
}

void copy_strings(const Stored& stored, const ByteSink& sink) {
  std::uint64_t given = 0;
  for (const std::string& item : stored.strings) {
    if (!item.empty()) sink(std::as_bytes(std::span(item)));
    given += item.size();
  }
  if (stored.strings.empty()) return;
  repeat(std::as_bytes(std::span(stored.strings.back())), size_of(stored) - given, sink);
}

void copy_stored(const Stored& stored, const ByteSink& sink) {
  if (stored.facts.dtype == DType::kString) return copy_strings(stored, sink);
  if (!stored.content.empty()) return stored.content.copy_to(sink);
  if (!stored.listed.empty()) sink(stored.listed);
  const std::vector<std::byte> zero(dtype_size(stored.facts.dtype), std::byte{0});
  const std::span<const std::byte> last =
      stored.listed.empty() ? std::span(zero) : std::span(stored.listed).last(zero.size());
  repeat(last, size_of(stored) - stored.listed.size(), sink);
}

}  // namespace

Tensor decode_tensor(const Span& tensor_proto) {
  const Stored stored = read_stored(tensor_proto);
  // An item of a list takes a byte at least and becomes eight, or a string of its own.
  constexpr std::uint64_t kFromByte = sizeof(std::string);
  const std::uint64_t allowed = tensor_proto.size() * kFromByte + kMostRepeated;
  const bool strings = stored.facts.dtype == DType::kString;
  if (size_of(stored) > allowed || (strings && stored.count > allowed / sizeof(std::string))) {
    too_large(stored.facts);
  }
  Tensor tensor(stored.facts.dtype, stored.facts.shape);
  if (strings) {
    const std::span<std::string> out = tensor.mutable_strings();
    for (std::size_t i = 0; i < out.size() && !stored.strings.empty(); ++i) {
      out[i] = stored.strings[std::min(i, stored.strings.size() - 1)];
    }
    return tensor;
  }
  if (!stored.content.empty()) {
    stored.content.source().copy_into(tensor.mutable_bytes());
  } else {
    std::byte* to = tensor.mutable_bytes().data();
    copy_stored(stored, [&](std::span<const std::byte> piece) {
      std::memcpy(to, piece.data(), piece.size());
      to += piece.size();
    });
  }
  if (tensor.dtype() == DType::kBool) normalise_bools(tensor.mutable_bytes());
  return tensor;
}

void copy_values(const Span& tensor_proto, const ByteSink& sink) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 33;
  const Stored stored = read_stored(tensor_proto);
  if (size_of(stored) > kMost) too_large(stored.facts);
  copy_stored(stored, sink);
}

std::uint64_t values_size(const Span& tensor_proto) {
  return size_of(read_stored(tensor_proto));
}

}  // namespace icecore::inline v0
