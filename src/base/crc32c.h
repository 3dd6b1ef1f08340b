// CRC-32C (Castagnoli), the checksum of TensorFlow's files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace icecore::inline v0 {

// The CRC of A followed by B is crc32c_extend(crc32c(A), B); the CRC of nothing is 0.
std::uint32_t crc32c_extend(std::uint32_t crc, std::span<const std::byte> bytes);
inline std::uint32_t crc32c(std::span<const std::byte> bytes) {
  return crc32c_extend(0, bytes);
}

// The CRC of A followed by B from those of A and of B, and B's length: lets threads work on parts.
std::uint32_t crc32c_combine(std::uint32_t crc_a, std::uint32_t crc_b, std::uint64_t length_b);

// Files hold CRCs masked, so that a CRC over bytes that hold a CRC stays sound
// (docs/formats.md, "Checksums").
constexpr std::uint32_t kCrcMaskDelta = 0xa282ead8u;
constexpr std::uint32_t crc32c_mask(std::uint32_t crc) {
  return ((crc >> 15) | (crc << 17)) + kCrcMaskDelta;
}
constexpr std::uint32_t crc32c_unmask(std::uint32_t masked) {
  const std::uint32_t rotated = masked - kCrcMaskDelta;
  return (rotated >> 17) | (rotated << 15);
}

}  // namespace icecore::inline v0
