// Reads a table: TensorFlow's .index and V1 files.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <icecore/export.h>

#include "checkpoint/table_block.h"
#include "io/file_system.h"

namespace icecore::inline v0 {

// Counts the bytes of a table's keys, block by block, for who keeps them all.
class KeyBudget {
 public:
  explicit KeyBudget(const RandomAccessFile& file) : file_(file) {}
  // DATA_LOSS, naming the block, where its keys are too many.
  void take(const TableBlock& block, const BlockHandle& handle);

 private:
  const RandomAccessFile& file_;
  std::uint64_t used_ = 0;
};

// Opening reads the footer and the index block; data blocks are read when needed, each verified
// whole. A damaged block is DATA_LOSS wherever it lies, never an absent entry.
//
// Threads: const functions may be called concurrently.
class ICECORE_API TableReader {
 public:
  // DATA_LOSS where the file is no table or its index is damaged. Decoded blocks are kept, those
  // that were used last, as long as they take less than `kept_bytes`; the last one always.
  explicit TableReader(std::shared_ptr<const RandomAccessFile> file, std::size_t kept_bytes = 0);

  const RandomAccessFile& file() const { return *file_; }
  const std::string& path() const { return file_->path(); }

  // Data blocks, in the order of their keys and of the file.
  std::size_t block_count() const { return blocks_.size(); }
  const BlockHandle& block_handle(std::size_t i) const { return blocks_[i].handle; }
  const Footer& footer() const { return footer_; }

  // The block, decoded. DATA_LOSS where it is damaged or its keys belong to other blocks.
  std::shared_ptr<const TableBlock> block(std::size_t i) const;

  // An entry and the block that it lies in. block(block_number)->entries()[entry_number] is it, so
  // who doesn't want to keep the block can have it again.
  struct Found {
    std::shared_ptr<const TableBlock> block;
    std::string_view value;
    std::size_t block_number;
    std::size_t entry_number;
  };
  std::optional<Found> find(std::string_view key) const;

  // All entries, by key. DATA_LOSS where their keys would take more than most_key_bytes() of the
  // file, so that a caller may copy them.
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

  struct Kept {
    std::size_t number;
    std::shared_ptr<const TableBlock> block;
  };
  std::shared_ptr<const TableBlock> find_kept(std::size_t i) const;
  void keep(std::size_t i, const std::shared_ptr<const TableBlock>& block) const;

  std::size_t kept_bytes_;
  mutable std::mutex mutex_;      // Guards what follows.
  mutable std::list<Kept> kept_;  // The one used last is the first.
  mutable std::unordered_map<std::size_t, std::list<Kept>::iterator> kept_numbers_;
  mutable std::size_t kept_size_ = 0;
};

}  // namespace icecore::inline v0
