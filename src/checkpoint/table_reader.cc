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

void KeyBudget::take(const TableBlock& block, const BlockHandle& handle) {
  for (const TableEntry& entry : block.entries()) used_ += entry.key.size();
  if (used_ > most_key_bytes(file_.size())) {
    damaged(file_, "with the block at byte " + std::to_string(handle.offset) +
                       " its keys would take " + std::to_string(used_) + " bytes");
  }
}

TableReader::TableReader(std::shared_ptr<const RandomAccessFile> file, std::size_t kept_bytes)
    : file_(std::move(file)), footer_(read_footer(*file_)), kept_bytes_(kept_bytes) {
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
  if (auto kept = find_kept(i)) return kept;
  auto block = std::make_shared<const TableBlock>(TableBlock::read(*file_, blocks_[i].handle));
  const std::vector<TableEntry>& entries = block->entries();
  if (!entries.empty() && (entries.back().key > blocks_[i].last_key ||
                           (i > 0 && entries.front().key <= blocks_[i - 1].last_key))) {
    damaged(*file_, "the block at byte " + std::to_string(blocks_[i].handle.offset) +
                        " has keys that its index places elsewhere");
  }
  keep(i, block);
  return block;
}

std::shared_ptr<const TableBlock> TableReader::find_kept(std::size_t i) const {
  const std::lock_guard lock(mutex_);
  const auto found = kept_numbers_.find(i);
  if (found == kept_numbers_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, found->second);
  return kept_.front().block;
}

void TableReader::keep(std::size_t i, const std::shared_ptr<const TableBlock>& block) const {
  const std::lock_guard lock(mutex_);
  if (kept_numbers_.contains(i)) return;  // Another thread read it meanwhile.
  kept_.push_front({i, block});
  kept_numbers_[i] = kept_.begin();
  kept_size_ += block->memory();
  while (kept_.size() > 1 && kept_size_ > kept_bytes_) {
    kept_size_ -= kept_.back().block->memory();
    kept_numbers_.erase(kept_.back().number);
    kept_.pop_back();
  }
}

std::optional<TableReader::Found> TableReader::find(std::string_view key) const {
  const auto place = std::lower_bound(
      blocks_.begin(), blocks_.end(), key,
      [](const IndexEntry& entry, std::string_view wanted) { return entry.last_key < wanted; });
  if (place == blocks_.end()) return std::nullopt;
  const auto number = static_cast<std::size_t>(place - blocks_.begin());
  auto holder = block(number);
  const std::size_t i = holder->lower_bound(key);
  if (i == holder->entries().size() || holder->entries()[i].key != key) return std::nullopt;
  const std::string_view value = holder->entries()[i].value;
  return Found{std::move(holder), value, number, i};
}

void TableReader::scan(
    const std::function<void(std::string_view key, std::string_view value)>& each) const {
  KeyBudget keys(*file_);
  for (std::size_t i = 0; i < block_count(); ++i) {
    const auto holder = block(i);
    keys.take(*holder, blocks_[i].handle);
    for (const TableEntry& entry : holder->entries()) each(entry.key, entry.value);
  }
}

}  // namespace icecore::inline v0
