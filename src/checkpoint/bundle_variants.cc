#include "checkpoint/bundle_variants.h"

#include <icecore/error.h>

#include <algorithm>
#include <string>

#include "base/byte_order.h"
#include "base/crc32c.h"
#include "checkpoint/range_reader.h"
#include "io/large_read.h"
#include "proto/wire_write.h"

namespace icecore::inline v0 {
namespace {

std::uint32_t extend(std::uint32_t crc, std::string_view bytes) {
  return crc32c_extend(crc, std::as_bytes(std::span(bytes)));
}

[[noreturn]] void damaged(std::uint64_t item, const std::string& what) {
  throw Error(Code::kDataLoss, "its variant " + std::to_string(item) + ": " + what);
}

}  // namespace

void check_variants(const RandomAccessFile& file, const BundleEntry& entry, bool big_endian) {
  constexpr std::uint64_t kPiece = std::uint64_t{256} << 10;
  RangeReader range(file, entry.offset, entry.size);
  std::uint32_t crc = 0;  // Runs over all items, their lengths and the checksums between them.
  std::string bytes;
  for (std::uint64_t i = 0; i < entry.num_elements(); ++i) {
    std::uint64_t length = 0;
    if (!range.take_varint(length) || length > range.left() || range.left() - length < 4) {
      damaged(i, "its length doesn't fit the tensor's " + std::to_string(entry.size) + " bytes");
    }
    bytes.clear();
    append_fixed(bytes, length);
    if (big_endian) std::ranges::reverse(bytes);
    crc = extend(crc, bytes);
    for (std::uint64_t left = length; left > 0; left -= bytes.size()) {
      bytes.clear();
      range.take(std::min(kPiece, left), bytes);
      crc = extend(crc, bytes);
    }
    bytes.clear();
    range.take(4, bytes);
    std::uint32_t masked = load_u32(bytes.data());
    if (big_endian) masked = __builtin_bswap32(masked);
    const std::uint32_t stored = crc32c_unmask(masked);
    if (stored != crc) damaged(i, checksum_mismatch(stored, crc));
    crc = extend(crc, bytes);
  }
  if (range.left() != 0) {
    throw Error(Code::kDataLoss,
                "its variants don't add up to its " + std::to_string(entry.size) + " bytes");
  }
  if (crc != entry.crc) throw Error(Code::kDataLoss, checksum_mismatch(entry.crc, crc));
}

}  // namespace icecore::inline v0
