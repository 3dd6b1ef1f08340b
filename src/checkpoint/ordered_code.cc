#include "checkpoint/ordered_code.h"

#include <bit>
#include <vector>

namespace icecore::inline v0 {
namespace {

// A signed number of n bytes holds 7n - 1 bits and its sign.
int signed_length(std::int64_t value) {
  const auto magnitude = static_cast<std::uint64_t>(value < 0 ? ~value : value);
  return static_cast<int>(std::bit_width(magnitude)) / 7 + 1;
}

}  // namespace

void append_ordered_number(std::string& key, std::uint64_t value) {
  const int bytes = (static_cast<int>(std::bit_width(value)) + 7) / 8;
  key += static_cast<char>(bytes);
  for (int i = bytes - 1; i >= 0; --i) key += static_cast<char>(value >> (8 * i));
}

void append_ordered_string(std::string& key, std::string_view value) {
  for (const char byte : value) {
    key += byte;
    if (byte == '\0') key += '\xff';
    if (byte == '\xff') key += '\0';
  }
  key += '\0';
  key += '\1';
}

void append_ordered_signed(std::string& key, std::int64_t value) {
  const int length = signed_length(value);
  // Sign-extended to ten bytes, the last `length` of which are written under a header of `length`
  // bits that differ from the sign.
  unsigned char bytes[10];
  for (int i = 0; i < 10; ++i) {
    const int shift = 8 * (9 - i);
    bytes[i] = static_cast<unsigned char>(shift >= 64 ? (value < 0 ? 0xff : 0) : value >> shift);
  }
  unsigned char* first = bytes + 10 - length;
  for (int bit = 0; bit < length; ++bit) {
    first[bit / 8] = static_cast<unsigned char>(first[bit / 8] ^ (0x80 >> (bit % 8)));
  }
  key.append(reinterpret_cast<const char*>(first), static_cast<std::size_t>(length));
}

std::optional<std::uint64_t> take_ordered_number(std::string_view& key) {
  if (key.empty()) return std::nullopt;
  const auto bytes = static_cast<std::size_t>(static_cast<unsigned char>(key[0]));
  if (bytes > 8 || key.size() < 1 + bytes || (bytes > 0 && key[1] == '\0')) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = 1; i <= bytes; ++i) {
    value = value << 8 | static_cast<unsigned char>(key[i]);
  }
  key.remove_prefix(1 + bytes);
  return value;
}

std::optional<std::string> take_ordered_string(std::string_view& key) {
  std::string value;
  for (std::size_t i = 0; i + 1 < key.size(); ++i) {
    const char byte = key[i];
    if (byte != '\0' && byte != '\xff') {
      value += byte;
      continue;
    }
    const char second = key[++i];
    if (byte == '\0' && second == '\1') {
      key.remove_prefix(i + 1);
      return value;
    }
    if (second != (byte == '\0' ? '\xff' : '\0')) return std::nullopt;
    value += byte;
  }
  return std::nullopt;
}

std::optional<std::int64_t> take_ordered_signed(std::string_view& key) {
  if (key.empty()) return std::nullopt;
  const bool negative = (key[0] & '\x80') == 0;
  const auto flip = static_cast<unsigned char>(negative ? 0xff : 0);
  const auto byte_at = [&](std::size_t i) {
    return static_cast<unsigned char>(static_cast<unsigned char>(key[i]) ^ flip);
  };
  auto length = static_cast<std::size_t>(std::countl_one(byte_at(0)));
  if (length == 8 && key.size() > 1) {
    length += static_cast<std::size_t>(std::countl_one(byte_at(1)));
  }
  if (length > 10 || key.size() < length) return std::nullopt;
  // The value without its header, as a non-negative number (negatives are inverted).
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < length; ++i) {
    unsigned char byte = byte_at(i);
    const std::size_t header = length > 8 * i ? length - 8 * i : 0;
    byte = static_cast<unsigned char>(header >= 8 ? 0 : byte & (0xff >> header));
    if (value >> 55 != 0) return std::nullopt;
    value = value << 8 | byte;
  }
  const auto result = static_cast<std::int64_t>(negative ? ~value : value);
  // One encoding a number.
  if (signed_length(result) != static_cast<int>(length) || (result < 0) != negative) {
    return std::nullopt;
  }
  key.remove_prefix(length);
  return result;
}

std::string slice_key(std::string_view name, const TensorSlice& slice) {
  std::string key;
  append_ordered_number(key, 0);
  append_ordered_string(key, name);
  append_ordered_number(key, slice.extents().size());
  for (const TensorSlice::Extent& extent : slice.extents()) {
    append_ordered_signed(key, extent.start);
    append_ordered_signed(key, extent.length);
  }
  return key;
}

std::optional<SliceKey> parse_slice_key(std::string_view key) {
  if (take_ordered_number(key) != 0) return std::nullopt;
  auto name = take_ordered_string(key);
  if (!name) return std::nullopt;
  const auto rank = take_ordered_number(key);
  // Two bytes at least for each dimension.
  if (!rank || *rank > key.size() / 2) return std::nullopt;
  std::vector<TensorSlice::Extent> extents(static_cast<std::size_t>(*rank));
  for (TensorSlice::Extent& extent : extents) {
    const auto start = take_ordered_signed(key);
    const auto length = start ? take_ordered_signed(key) : std::nullopt;
    if (!length) return std::nullopt;
    extent = {*start, *length};
  }
  if (!key.empty()) return std::nullopt;
  return SliceKey{std::move(*name), TensorSlice(std::move(extents))};
}

}  // namespace icecore::inline v0
