// Keys that sort as what they stand for: how slices are named in tables (docs/formats.md, "Slice
// keys").
#pragma once

#include <icecore/export.h>
#include <icecore/tensor_slice.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace icecore::inline v0 {

// Each appends one value; numbers are non-negative, signed ones aren't.
ICECORE_API void append_ordered_number(std::string& key, std::uint64_t value);
ICECORE_API void append_ordered_string(std::string& key, std::string_view value);
ICECORE_API void append_ordered_signed(std::string& key, std::int64_t value);

// Each takes one value off the front; nothing where the bytes are none.
ICECORE_API std::optional<std::uint64_t> take_ordered_number(std::string_view& key);
ICECORE_API std::optional<std::string> take_ordered_string(std::string_view& key);
ICECORE_API std::optional<std::int64_t> take_ordered_signed(std::string_view& key);

// The key of a slice of a tensor: number 0, the name, the rank, then start and length of each
// dimension. A full extent (0, -1) and an explicit one of the same reach have different keys.
ICECORE_API std::string slice_key(std::string_view name, const TensorSlice& slice);

struct SliceKey {
  std::string name;
  TensorSlice slice;
};
// Nothing where it is no such key.
ICECORE_API std::optional<SliceKey> parse_slice_key(std::string_view key);

// Such keys begin with this byte, and names never do.
inline bool is_slice_key(std::string_view key) {
  return key.starts_with('\0');
}

}  // namespace icecore::inline v0
