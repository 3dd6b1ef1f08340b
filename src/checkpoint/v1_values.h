// The values in a V1 entry: a TensorProto that has nothing but its value field (docs/formats.md,
// "V1").
#pragma once

#include <icecore/dtype.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace icecore::inline v0 {

// The least that `elements` values take in such a message; UNIMPLEMENTED for dtypes that V1 doesn't
// have. What an entry is too small for needn't be allocated.
std::uint64_t least_v1_size(DType dtype, std::uint64_t elements);

// Decodes exactly as many values as fit `out`, little-endian. DATA_LOSS where there are more or
// fewer, or one doesn't fit the dtype.
void decode_v1_values(std::string_view message, DType dtype, std::span<std::byte> out);
void decode_v1_strings(std::string_view message, std::span<std::string> out);

// Sum of the strings' lengths and how many there are.
struct V1StringSizes {
  std::uint64_t count = 0;
  std::uint64_t bytes = 0;
};
V1StringSizes v1_string_sizes(std::string_view message);

}  // namespace icecore::inline v0
