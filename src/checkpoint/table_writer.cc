#include "checkpoint/table_writer.h"

#include <icecore/error.h>

#include <algorithm>

#include "base/crc32c.h"
#include "proto/wire_write.h"

namespace icecore::inline v0 {
namespace {

constexpr std::size_t kDataRestartInterval = 16;
constexpr std::size_t kIndexRestartInterval = 1;

std::size_t shared_beginning(std::string_view a, std::string_view b) {
  const std::size_t limit = std::min(a.size(), b.size());
  std::size_t shared = 0;
  while (shared < limit && a[shared] == b[shared]) ++shared;
  return shared;
}

}  // namespace

void BlockBuilder::add(std::string_view key, std::string_view value) {
  std::size_t shared = 0;
  if (count_ == restart_interval_) {
    restarts_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    count_ = 0;
  } else {
    shared = shared_beginning(last_key_, key);
  }
  append_varint(bytes_, shared);
  append_varint(bytes_, key.size() - shared);
  append_varint(bytes_, value.size());
  bytes_.append(key.substr(shared));
  bytes_.append(value);
  last_key_.assign(key);
  ++count_;
}

std::string BlockBuilder::finish() {
  for (const std::uint32_t restart : restarts_) append_fixed(bytes_, restart);
  append_fixed(bytes_, static_cast<std::uint32_t>(restarts_.size()));
  std::string block = std::move(bytes_);
  bytes_.clear();
  last_key_.clear();
  restarts_ = {0};
  count_ = 0;
  return block;
}

std::string separator_key(std::string_view last, std::string_view next) {
  const std::size_t shared = shared_beginning(last, next);
  // One that is the beginning of the other can't be shortened.
  if (shared == std::min(last.size(), next.size())) return std::string(last);
  const auto byte = static_cast<unsigned char>(last[shared]);
  if (byte == 0xff || byte + 1 >= static_cast<unsigned char>(next[shared])) {
    return std::string(last);
  }
  std::string key(last.substr(0, shared + 1));
  key.back() = static_cast<char>(byte + 1);
  return key;
}

std::string successor_key(std::string_view last) {
  for (std::size_t i = 0; i < last.size(); ++i) {
    const auto byte = static_cast<unsigned char>(last[i]);
    if (byte == 0xff) continue;
    std::string key(last.substr(0, i + 1));
    key.back() = static_cast<char>(byte + 1);
    return key;
  }
  return std::string(last);
}

TableWriter::TableWriter(ByteSink sink, std::size_t block_size)
    : sink_(std::move(sink)),
      block_size_(block_size),
      data_(kDataRestartInterval),
      index_(kIndexRestartInterval) {}

void TableWriter::write(std::string_view bytes) {
  sink_(std::as_bytes(std::span(bytes)));
  offset_ += bytes.size();
}

BlockHandle TableWriter::write_block(std::string block) {
  const BlockHandle handle{offset_, block.size()};
  block += static_cast<char>(kBlockPlain);
  append_fixed(block, crc32c_mask(crc32c(std::as_bytes(std::span(block)))));
  write(block);
  return handle;
}

void TableWriter::end_block() {
  pending_handle_ = write_block(data_.finish());
  pending_ = true;
}

void TableWriter::add(std::string_view key, std::string_view value) {
  if (any_ && key <= last_key_) {
    throw Error(Code::kInvalidArgument, "a table's keys must ascend: '" + std::string(key) +
                                            "' comes after '" + last_key_ + "'");
  }
  if (pending_) {
    std::string handle;
    append_handle(handle, pending_handle_);
    index_.add(separator_key(last_key_, key), handle);
    pending_ = false;
  }
  data_.add(key, value);
  last_key_.assign(key);
  any_ = true;
  if (data_.size() >= block_size_) end_block();
}

void TableWriter::finish() {
  if (!data_.empty()) end_block();
  Footer footer;
  footer.metaindex = write_block(BlockBuilder(kDataRestartInterval).finish());
  if (pending_) {
    std::string handle;
    append_handle(handle, pending_handle_);
    index_.add(successor_key(last_key_), handle);
    pending_ = false;
  }
  footer.index = write_block(index_.finish());
  write(encode_footer(footer));
}

}  // namespace icecore::inline v0
