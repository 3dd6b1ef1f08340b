// Writes a table, byte for byte as TensorFlow writes its .index and V1 files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <icecore/export.h>

#include "checkpoint/table_format.h"
#include "io/byte_source.h"

namespace icecore::inline v0 {

// Gathers entries that share the beginnings of their keys; every `restart_interval`-th stands
// alone.
class BlockBuilder {
 public:
  explicit BlockBuilder(std::size_t restart_interval) : restart_interval_(restart_interval) {}

  // Keys ascend.
  void add(std::string_view key, std::string_view value);
  bool empty() const { return count_ == 0; }
  // Bytes that finish() gives.
  std::size_t size() const { return bytes_.size() + 4 * restarts_.size() + 4; }
  // The block; the builder is empty afterwards.
  std::string finish();

 private:
  std::size_t restart_interval_;
  std::string bytes_;
  std::string last_key_;
  std::vector<std::uint32_t> restarts_ = {0};
  std::size_t count_ = 0;
};

// The shortest key that isn't less than `last` and is less than `next`, in the way that LevelDB
// shortens keys: what the index says of a block that ends in `last`.
ICECORE_API std::string separator_key(std::string_view last, std::string_view next);
// The same with nothing behind `last`.
ICECORE_API std::string successor_key(std::string_view last);

class ICECORE_API TableWriter {
 public:
  // A block is closed when it has reached `block_size`; TensorFlow's is the default.
  static constexpr std::size_t kBlockSize = std::size_t{256} << 10;
  explicit TableWriter(ByteSink sink, std::size_t block_size = kBlockSize);

  // Keys ascend strictly (else INVALID_ARGUMENT).
  void add(std::string_view key, std::string_view value);
  // Writes the rest; nothing may be added afterwards.
  void finish();

 private:
  BlockHandle write_block(std::string block);
  void write(std::string_view bytes);
  void end_block();

  ByteSink sink_;
  std::size_t block_size_;
  std::uint64_t offset_ = 0;
  std::string last_key_;
  bool any_ = false;
  BlockBuilder data_;
  BlockBuilder index_;
  // A block that was written but isn't in the index yet: its entry needs the next block's first
  // key.
  bool pending_ = false;
  BlockHandle pending_handle_;
};

}  // namespace icecore::inline v0
