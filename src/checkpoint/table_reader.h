// Reads a table: TensorFlow's .index and V1 files.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <icecore/export.h>

#include "checkpoint/table_block.h"
#include "io/file_system.h"

namespace icecore::inline v0 {

// Opening reads the footer and the index block; data blocks are read when needed, each verified
// whole. A damaged block is DATA_LOSS wherever it lies, never an absent entry.
//
// Threads: const functions may be called concurrently.
class ICECORE_API TableReader {
 public:
  // DATA_LOSS where the file is no table or its index is damaged.
  explicit TableReader(std::shared_ptr<const RandomAccessFile> file);

  const RandomAccessFile& file() const { return *file_; }
  const std::string& path() const { return file_->path(); }

  // Data blocks, in the order of their keys and of the file.
  std::size_t block_count() const { return blocks_.size(); }
  const BlockHandle& block_handle(std::size_t i) const { return blocks_[i].handle; }
  const Footer& footer() const { return footer_; }

  // The block, decoded. DATA_LOSS where it is damaged or its keys belong to other blocks. The block
  // read last is kept.
  std::shared_ptr<const TableBlock> block(std::size_t i) const;

  // An entry and the block that it lies in.
  struct Found {
    std::shared_ptr<const TableBlock> block;
    std::string_view value;
  };
  std::optional<Found> find(std::string_view key) const;

  // All entries, by key.
  void scan(const std::function<void(std::string_view key, std::string_view value)>& each) const;

 private:
  struct IndexEntry {
    std::string last_key;  // Not less than the block's keys, less than the next block's.
    BlockHandle handle;
  };
  void read_index();

  std::shared_ptr<const RandomAccessFile> file_;
  Footer footer_;
  std::vector<IndexEntry> blocks_;

  mutable std::mutex mutex_;  // Guards the block that is kept.
  mutable std::size_t kept_number_ = 0;
  mutable std::shared_ptr<const TableBlock> kept_;
};

}  // namespace icecore::inline v0
