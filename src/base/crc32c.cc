#include "base/crc32c.h"

#include <isa-l/crc.h>

#include <algorithm>
#include <array>

namespace icecore::inline v0 {
namespace {

// ISA-L takes an int length.
constexpr std::size_t kPieceLimit = std::size_t{1} << 30;

// A 32x32 matrix over GF(2): what appending zero bits does to a CRC.
using Matrix = std::array<std::uint32_t, 32>;

std::uint32_t times(const Matrix& matrix, std::uint32_t vector) {
  std::uint32_t sum = 0;
  for (std::size_t bit = 0; vector != 0; ++bit, vector >>= 1) {
    if (vector & 1) sum ^= matrix[bit];
  }
  return sum;
}

Matrix squared(const Matrix& matrix) {
  Matrix result;
  std::transform(matrix.begin(), matrix.end(), result.begin(),
                 [&](std::uint32_t column) { return times(matrix, column); });
  return result;
}

// The matrix that appends one zero byte.
Matrix one_zero_byte() {
  constexpr std::uint32_t kReflectedPolynomial = 0x82f63b78u;
  Matrix one_bit;
  one_bit[0] = kReflectedPolynomial;
  for (std::size_t bit = 1; bit < 32; ++bit) one_bit[bit] = std::uint32_t{1} << (bit - 1);
  return squared(squared(squared(one_bit)));
}

}  // namespace

std::uint32_t crc32c_extend(std::uint32_t crc, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const std::span<const std::byte> piece = bytes.first(std::min(bytes.size(), kPieceLimit));
    // The library's signature lacks a const; it only reads. It works on the inverted register.
    auto* data = const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(piece.data()));
    crc = ~crc32_iscsi(data, static_cast<int>(piece.size()), ~crc);
    bytes = bytes.subspan(piece.size());
  }
  return crc;
}

std::uint32_t crc32c_combine(std::uint32_t crc_a, std::uint32_t crc_b, std::uint64_t length_b) {
  Matrix zeros = one_zero_byte();
  for (; length_b != 0; length_b >>= 1) {
    if (length_b & 1) crc_a = times(zeros, crc_a);
    zeros = squared(zeros);
  }
  return crc_a ^ crc_b;
}

}  // namespace icecore::inline v0
