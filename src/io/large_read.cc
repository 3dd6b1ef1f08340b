#include "io/large_read.h"

#include <algorithm>
#include <future>
#include <system_error>
#include <vector>

#include "base/crc32c.h"

namespace icecore::inline v0 {
namespace {

constexpr std::uint64_t kPiece = std::uint64_t{1} << 20;
constexpr std::uint64_t kWorthTwoThreads = std::uint64_t{64} << 20;

// Runs `part` over both halves, the second one in a thread of its own. Gives the checksum of the
// whole where parts give theirs.
template <typename Part>
std::uint32_t in_halves(std::uint64_t size, const Part& part) {
  if (size < kWorthTwoThreads) return part(std::uint64_t{0}, size);
  const std::uint64_t half = size / 2 / kPiece * kPiece;
  std::future<std::uint32_t> second;
  try {
    second = std::async(std::launch::async, [&] { return part(half, size - half); });
  } catch (const std::system_error&) {
    return part(std::uint64_t{0}, size);  // The system has no thread to give.
  }
  // Its destructor waits for the thread, also when this half fails.
  const std::uint32_t first = part(std::uint64_t{0}, half);
  return crc32c_combine(first, second.get(), size - half);
}

}  // namespace

void read_large(const RandomAccessFile& file, std::uint64_t offset, std::span<std::byte> out) {
  in_halves(out.size(), [&](std::uint64_t begin, std::uint64_t size) {
    file.read(offset + begin, out.subspan(begin, size));
    return std::uint32_t{0};
  });
}

std::uint32_t read_with_crc(const RandomAccessFile& file, std::uint64_t offset,
                            std::span<std::byte> out) {
  return in_halves(out.size(), [&](std::uint64_t begin, std::uint64_t size) {
    std::uint32_t crc = 0;
    for (std::uint64_t at = begin; at < begin + size; at += kPiece) {
      const auto piece = out.subspan(at, std::min(kPiece, begin + size - at));
      file.read(offset + at, piece);
      crc = crc32c_extend(crc, piece);
    }
    return crc;
  });
}

std::uint32_t crc_of_range(const RandomAccessFile& file, std::uint64_t offset, std::uint64_t size,
                           const BytesRead& progress) {
  return in_halves(size, [&](std::uint64_t begin, std::uint64_t length) {
    // Kept by the thread: a checkpoint may have thousands of small tensors.
    thread_local std::vector<std::byte> buffer;
    buffer.resize(std::max<std::size_t>(buffer.size(), std::min(kPiece, length)));
    std::uint32_t crc = 0;
    for (std::uint64_t at = begin; at < begin + length; at += kPiece) {
      const auto piece = std::span(buffer).first(std::min(kPiece, begin + length - at));
      file.read(offset + at, piece);
      crc = crc32c_extend(crc, piece);
      if (progress) progress(piece.size());
    }
    return crc;
  });
}

std::string checksum_mismatch(std::uint32_t stored, std::uint32_t calculated) {
  return "Checksum does not match: stored " + std::to_string(stored) +
         " vs. calculated on the restored bytes " + std::to_string(calculated);
}

}  // namespace icecore::inline v0
