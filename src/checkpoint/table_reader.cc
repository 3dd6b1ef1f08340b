#include "checkpoint/table_reader.h"

#include <icecore/error.h>

#include <algorithm>

#include "locate/sniff.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void damaged(const RandomAccessFile& file, const std::string& what) {
  throw Error(Code::kDataLoss, file.path() + " is damaged: " + what);
}

Footer read_footer(const RandomAccessFile& file) {
  if (file.size() < kFooterSize) {
    throw Error(Code::kDataLoss, file.path() + " is too short to be an sstable: it has " +
                                     std::to_string(file.size()) + " bytes (interrupted copy?)");
  }
  const std::string bytes = file.read_string(file.size() - kFooterSize, kFooterSize);
  const auto footer = parse_footer(bytes);
  if (!footer) {
    const Sniffed sniffed = sniff(file);
    const bool is_table = sniffed.content == Content::kTable;
    throw Error(Code::kDataLoss,
                file.path() + (is_table ? " is damaged: the footer in its last 48 bytes is broken"
                                        : " is not an sstable (bad magic number): it is " +
                                              describe(sniffed)));
  }
  return *footer;
}

// Blocks lie one behind the other, the index behind them and the footer at the end. That also keeps
// an index from naming a block twice, and with it the memory that a file can ask for.
std::uint64_t end_of(const RandomAccessFile& file, const BlockHandle& handle, std::uint64_t begin,
                     const char* what) {
  const std::uint64_t end = file.size() - kFooterSize;
  if (handle.offset < begin || handle.offset > end || handle.size > end - handle.offset ||
      kBlockTrailerSize > end - handle.offset - handle.size) {
    damaged(file, std::string(what) + " block of " + std::to_string(handle.size) +
                      " bytes at byte " + std::to_string(handle.offset) +
                      " doesn't fit between byte " + std::to_string(begin) + " and " +
                      std::to_string(end));
  }
  return handle.offset + handle.size + kBlockTrailerSize;
}

}  // namespace

TableReader::TableReader(std::shared_ptr<const RandomAccessFile> file)
    : file_(std::move(file)), footer_(read_footer(*file_)) {
  read_index();
}

void TableReader::read_index() {
  end_of(*file_, footer_.metaindex, 0, "its metaindex");
  end_of(*file_, footer_.index, 0, "its index");
  const TableBlock index = TableBlock::read(*file_, footer_.index);
  std::uint64_t end = 0;
  for (const TableEntry& entry : index.entries()) {
    std::string_view value = entry.value;
    const auto handle = take_handle(value);
    if (!handle || !value.empty()) damaged(*file_, "its index has a handle that can't be read");
    end = end_of(*file_, *handle, end, "its data");
    if (end > footer_.index.offset) damaged(*file_, "its index lies inside a data block");
    blocks_.push_back({std::string(entry.key), *handle});
  }
}

std::shared_ptr<const TableBlock> TableReader::block(std::size_t i) const {
  {
    const std::lock_guard lock(mutex_);
    if (kept_ != nullptr && kept_number_ == i) return kept_;
  }
  auto block = std::make_shared<const TableBlock>(TableBlock::read(*file_, blocks_[i].handle));
  const std::vector<TableEntry>& entries = block->entries();
  if (!entries.empty() && (entries.back().key > blocks_[i].last_key ||
                           (i > 0 && entries.front().key <= blocks_[i - 1].last_key))) {
    damaged(*file_, "the block at byte " + std::to_string(blocks_[i].handle.offset) +
                        " has keys that its index places elsewhere");
  }
  const std::lock_guard lock(mutex_);
  kept_number_ = i;
  kept_ = block;
  return block;
}

std::optional<TableReader::Found> TableReader::find(std::string_view key) const {
  const auto place = std::lower_bound(
      blocks_.begin(), blocks_.end(), key,
      [](const IndexEntry& entry, std::string_view wanted) { return entry.last_key < wanted; });
  if (place == blocks_.end()) return std::nullopt;
  auto holder = block(static_cast<std::size_t>(place - blocks_.begin()));
  const std::size_t i = holder->lower_bound(key);
  if (i == holder->entries().size() || holder->entries()[i].key != key) return std::nullopt;
  const std::string_view value = holder->entries()[i].value;
  return Found{std::move(holder), value};
}

void TableReader::scan(
    const std::function<void(std::string_view key, std::string_view value)>& each) const {
  for (std::size_t i = 0; i < block_count(); ++i) {
    const auto holder = block(i);
    for (const TableEntry& entry : holder->entries()) each(entry.key, entry.value);
  }
}

}  // namespace icecore::inline v0
