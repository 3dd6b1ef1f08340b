// Tables made by hand: sound ones, and ones that no writer writes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checkpoint/table_format.h"
#include "checkpoint/table_reader.h"
#include "io/memory_file_system.h"

namespace icecore::inline v0 {

using Entries = std::vector<std::pair<std::string, std::string>>;

// As TensorFlow writes it, with another block size.
std::string sound_table(const Entries& entries, std::size_t block_size = 262144);

// A block out of its parts: any entries, any restarts.
struct RawEntry {
  std::uint64_t shared;
  std::string tail;
  std::string value;
};
std::string raw_block(const std::vector<RawEntry>& entries,
                      const std::vector<std::uint32_t>& restarts = {0});

// A block with its type and a right checksum, as it stands in a file.
std::string with_trailer(const std::string& block, std::uint8_t type = kBlockPlain);

// A table of these data blocks, which have their trailers; each has its index key.
std::string table_of_blocks(const std::vector<std::pair<std::string, std::string>>& key_and_block);
// The same with an index of the caller's, right checksums included.
std::string table_of(const std::string& data, const std::vector<RawEntry>& index);
std::string encoded_handle(std::uint64_t offset, std::uint64_t size);

// Reads a table of these bytes, called "t".
std::unique_ptr<TableReader> read_table(const std::string& bytes);
Entries all_entries(const TableReader& table);

// A bundle "b" of one shard: an index of encoded entries, a data file.
MemoryFileSystem& put_bundle(MemoryFileSystem& files, const Entries& entries,
                             const std::string& data, const std::string& header = "");

}  // namespace icecore::inline v0
