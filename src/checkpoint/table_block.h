// One block of a table, decoded and checked whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checkpoint/table_format.h"
#include "io/file_system.h"

namespace icecore::inline v0 {

struct TableEntry {
  std::string_view key;
  std::string_view value;
};

// How many bytes the keys of a block, or of a whole table, of `stored` bytes may take in full:
// sharing beginnings, and Snappy on top of it, would let a small file ask for gigabytes
// (docs/formats.md, "Bounds").
std::uint64_t most_key_bytes(std::uint64_t stored);

// A block that exists is sound: its checksum is right, every entry lies inside it and keys ascend.
// Immutable; views stay valid as long as it lives.
class TableBlock {
 public:
  // Reads and verifies the block. DATA_LOSS names the file, the offset and what is wrong; nothing
  // is allocated that the file's bytes can't fill. The handle must lie in the file.
  static TableBlock read(const RandomAccessFile& file, const BlockHandle& handle);

  TableBlock(TableBlock&&) noexcept = default;
  TableBlock& operator=(TableBlock&&) noexcept = default;

  const std::vector<TableEntry>& entries() const { return entries_; }
  // Bytes of memory that it takes, about.
  std::size_t memory() const {
    return bytes_.size() + keys_.size() + entries_.size() * sizeof(TableEntry);
  }
  // The first entry whose key isn't less than `key`; entries().size() where there is none.
  std::size_t lower_bound(std::string_view key) const;

 private:
  TableBlock() = default;
  void decode(const RandomAccessFile& file, const BlockHandle& handle);

  std::vector<char> bytes_;  // Not strings: short ones would move with the object.
  std::vector<char> keys_;   // Those that share a beginning with the one before, one after another.
  std::vector<TableEntry> entries_;
};

}  // namespace icecore::inline v0
