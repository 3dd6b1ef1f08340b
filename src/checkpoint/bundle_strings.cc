#include "checkpoint/bundle_strings.h"

#include <icecore/error.h>

#include <algorithm>
#include <limits>

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

// Checksums take a length as an integer of 32 bits, of 64 above that, in the writer's byte order.
class LengthsCrc {
 public:
  explicit LengthsCrc(bool big_endian) : big_endian_(big_endian) {}

  void add(std::uint64_t length) {
    std::string bytes;
    if (length <= std::numeric_limits<std::uint32_t>::max()) {
      append_fixed(bytes, static_cast<std::uint32_t>(length));
    } else {
      append_fixed(bytes, length);
    }
    if (big_endian_) std::ranges::reverse(bytes);
    pending_ += bytes;
    if (pending_.size() >= kBatch) flush();
  }
  std::uint32_t value() {
    flush();
    return crc_;
  }

 private:
  static constexpr std::size_t kBatch = 4096;
  void flush() {
    crc_ = extend(crc_, pending_);
    pending_.clear();
  }

  bool big_endian_;
  std::string pending_;
  std::uint32_t crc_ = 0;
};

[[noreturn]] void damaged(const std::string& what) {
  throw Error(Code::kDataLoss, what);
}

}  // namespace

StringLengths read_string_lengths(const RandomAccessFile& file, const BundleEntry& entry,
                                  bool big_endian) {
  StringLengths result;
  // A valid entry has a byte at least for each item, so the file holds what this allocates for.
  result.lengths.reserve(entry.num_elements());
  LengthsCrc lengths_crc(big_endian);
  RangeReader pieces(file, entry.offset, entry.size);
  for (std::uint64_t i = 0; i < entry.num_elements(); ++i) {
    std::uint64_t length = 0;
    if (!pieces.take_varint(length) || length > pieces.left() ||
        result.items_size > pieces.left() - length) {
      damaged("the length of item " + std::to_string(i) + " doesn't fit its " +
              std::to_string(entry.size) + " bytes");
    }
    result.lengths.push_back(length);
    result.items_size += length;
    lengths_crc.add(length);
  }
  std::string word;
  if (!pieces.take(4, word) || pieces.left() != result.items_size) {
    damaged("its items' lengths don't add up to its " + std::to_string(entry.size) + " bytes");
  }
  std::uint32_t masked = load_u32(word.data());
  if (big_endian) masked = __builtin_bswap32(masked);
  const std::uint32_t stored = crc32c_unmask(masked);
  if (stored != lengths_crc.value()) {
    damaged("the lengths of its items: " + checksum_mismatch(stored, lengths_crc.value()));
  }
  result.items_offset = entry.offset + entry.size - result.items_size;
  result.crc = extend(lengths_crc.value(), word);
  return result;
}

void read_strings(const RandomAccessFile& file, const BundleEntry& entry, bool big_endian,
                  std::span<std::string> out) {
  const StringLengths lengths = read_string_lengths(file, entry, big_endian);
  RangeReader pieces(file, lengths.items_offset, lengths.items_size);
  std::uint32_t crc = lengths.crc;
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].reserve(lengths.lengths[i]);
    pieces.take(lengths.lengths[i], out[i]);
    crc = extend(crc, out[i]);
  }
  if (crc != entry.crc) damaged(checksum_mismatch(entry.crc, crc));
}

EncodedStrings encode_strings(std::span<const std::string> items) {
  EncodedStrings encoded;
  LengthsCrc lengths_crc(false);
  for (const std::string& item : items) {
    append_varint(encoded.lengths, item.size());
    lengths_crc.add(item.size());
    encoded.size += item.size();
  }
  std::string word;
  append_fixed(word, crc32c_mask(lengths_crc.value()));
  encoded.crc = extend(lengths_crc.value(), word);
  encoded.lengths += word;
  encoded.size += encoded.lengths.size();
  for (const std::string& item : items) encoded.crc = extend(encoded.crc, item);
  return encoded;
}

}  // namespace icecore::inline v0
