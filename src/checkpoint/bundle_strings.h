// String tensors in a V2 data file: lengths, their checksum, the items (docs/formats.md,
// "Strings").
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "checkpoint/bundle_entry.h"
#include "io/file_system.h"

namespace icecore::inline v0 {

// The lengths of an entry's items, verified; what the item bytes are and where.
struct StringLengths {
  std::vector<std::uint64_t> lengths;
  std::uint64_t items_offset = 0;  // In the data file.
  std::uint64_t items_size = 0;    // Sum of the lengths.
  std::uint32_t crc = 0;  // Over lengths and their checksum word: the entry's continues it.
};

// The entry's range must lie in the file. DATA_LOSS where the lengths or their checksum are wrong.
StringLengths read_string_lengths(const RandomAccessFile& file, const BundleEntry& entry,
                                  bool big_endian);

// All items; DATA_LOSS where their checksum is wrong. `out` has as many items as the entry.
void read_strings(const RandomAccessFile& file, const BundleEntry& entry, bool big_endian,
                  std::span<std::string> out);

// Of what to write: the bytes in the data file before the items, and the entry's checksum.
struct EncodedStrings {
  std::string lengths;  // Varints and the checksum word.
  std::uint64_t size = 0;
  std::uint32_t crc = 0;
};
EncodedStrings encode_strings(std::span<const std::string> items);

}  // namespace icecore::inline v0
