#include "checkpoint/table_block.h"

#include <icecore/error.h>
#include <snappy.h>

#include <algorithm>
#include <cstring>
#include <span>

#include "base/byte_order.h"
#include "base/crc32c.h"

namespace icecore::inline v0 {
namespace {

// Snappy's densest element gives 64 bytes for 3: a larger claim is damage.
constexpr std::uint64_t kSnappyExpansion = 22;
// Longer keys than any writer's: a name and, in V1 and of slices, the extents of 254 dimensions.
constexpr std::uint64_t kMaxKeySize = std::uint64_t{64} << 10;

[[noreturn]] void damaged(const RandomAccessFile& file, const BlockHandle& handle,
                          const std::string& what) {
  throw Error(Code::kDataLoss, file.path() + " is damaged in the block of " +
                                   std::to_string(handle.size) + " bytes at byte " +
                                   std::to_string(handle.offset) + ": " + what);
}

std::vector<char> read_verified(const RandomAccessFile& file, const BlockHandle& handle) {
  if (handle.size > file.size() || kBlockTrailerSize > file.size() - handle.size ||
      handle.offset > file.size() - handle.size - kBlockTrailerSize) {
    damaged(file, handle,
            "truncated block read: the file has only " + std::to_string(file.size()) + " bytes");
  }
  std::vector<char> bytes(handle.size + kBlockTrailerSize);
  file.read(handle.offset, std::as_writable_bytes(std::span(bytes)));

  const char* trailer = bytes.data() + handle.size;
  const std::uint32_t stored = crc32c_unmask(load_u32(trailer + 1));
  const std::uint32_t calculated = crc32c(std::as_bytes(std::span(bytes)).first(handle.size + 1));
  if (stored != calculated) {
    damaged(file, handle,
            "block checksum mismatch: stored " + std::to_string(stored) + " vs. calculated " +
                std::to_string(calculated));
  }
  const auto type = static_cast<std::uint8_t>(*trailer);
  bytes.resize(handle.size);
  if (type == kBlockPlain) return bytes;
  if (type != kBlockSnappy) damaged(file, handle, "bad block type " + std::to_string(type));

  std::size_t size = 0;
  if (!snappy::GetUncompressedLength(bytes.data(), bytes.size(), &size) ||
      size > bytes.size() * kSnappyExpansion) {
    damaged(file, handle,
            "corrupted compressed block contents: its size can't be " + std::to_string(size) +
                " bytes");
  }
  std::vector<char> plain(size);
  if (!snappy::RawUncompress(bytes.data(), bytes.size(), plain.data())) {
    damaged(file, handle, "corrupted compressed block contents");
  }
  return plain;
}

// An entry as the block has it: how much of the last key it shares, and the rest of it.
struct RawEntry {
  std::uint64_t shared;
  std::string_view tail;
  std::string_view value;
};

}  // namespace

std::uint64_t most_key_bytes(std::uint64_t stored) {
  // Writers restart the sharing every 16 entries, so without compression full keys take at most 16
  // times what is stored. TensorFlow doesn't compress and closes blocks at 256 KiB: 4 MiB of keys.
  // The floor is for writers that do: Snappy makes long names that are much alike nearly free.
  constexpr std::uint64_t kExpansion = 64;
  constexpr std::uint64_t kFloor = std::uint64_t{16} << 20;
  return std::max(kFloor, stored > UINT64_MAX / kExpansion ? UINT64_MAX : stored * kExpansion);
}

TableBlock TableBlock::read(const RandomAccessFile& file, const BlockHandle& handle) {
  TableBlock block;
  block.bytes_ = read_verified(file, handle);
  block.decode(file, handle);
  return block;
}

void TableBlock::decode(const RandomAccessFile& file, const BlockHandle& handle) {
  const std::string_view all(bytes_.data(), bytes_.size());
  if (all.size() < 4) damaged(file, handle, "bad block contents: too short");
  const std::uint64_t restarts = load_u32(all.data() + all.size() - 4);
  if (restarts > (all.size() - 4) / 4) {
    damaged(file, handle, "bad block contents: " + std::to_string(restarts) + " restart points");
  }
  const std::size_t entries_size = all.size() - 4 - 4 * static_cast<std::size_t>(restarts);
  std::size_t next_restart = 0;
  const auto restart_at = [&](std::size_t i) {
    return load_u32(all.data() + entries_size + 4 * i);
  };

  std::vector<RawEntry> raw;
  std::uint64_t last_key_size = 0, keys_size = 0;
  std::string_view rest = all.substr(0, entries_size);
  while (!rest.empty()) {
    const std::size_t at = entries_size - rest.size();
    const auto shared = take_varint(rest);
    const auto unshared = shared ? take_varint(rest) : std::nullopt;
    const auto value_size = unshared ? take_varint(rest) : std::nullopt;
    if (!value_size || *shared > last_key_size || *unshared > rest.size() ||
        *value_size > rest.size() - *unshared) {
      damaged(file, handle, "bad entry at its byte " + std::to_string(at));
    }
    // Readers jump to restart points, so an entry there must stand alone.
    if (next_restart < restarts && restart_at(next_restart) == at) {
      if (*shared != 0) {
        damaged(file, handle, "the entry at its byte " + std::to_string(at) + " lacks its key");
      }
      ++next_restart;
    }
    last_key_size = *shared + *unshared;
    if (last_key_size > kMaxKeySize) {
      damaged(file, handle,
              "the key of the entry at its byte " + std::to_string(at) + " would have " +
                  std::to_string(last_key_size) + " bytes");
    }
    if (*shared != 0) keys_size += last_key_size;
    raw.push_back({*shared, rest.substr(0, *unshared), rest.substr(*unshared, *value_size)});
    rest.remove_prefix(*unshared + *value_size);
  }
  // An empty block has one restart point, at 0.
  if (raw.empty() && restarts == 1 && restart_at(0) == 0) next_restart = 1;
  if (next_restart != restarts) {
    damaged(file, handle, "restart point " + std::to_string(next_restart) + " is no entry's");
  }
  if (keys_size > most_key_bytes(handle.size)) {
    damaged(file, handle, "its keys would take " + std::to_string(keys_size) + " bytes");
  }

  keys_.reserve(keys_size);  // Never reallocated: entries point into it.
  entries_.reserve(raw.size());
  std::string_view last;
  for (const RawEntry& entry : raw) {
    std::string_view key = entry.tail;
    if (entry.shared != 0) {
      const std::size_t begin = keys_.size();
      keys_.insert(keys_.end(), last.begin(), last.begin() + static_cast<long>(entry.shared));
      keys_.insert(keys_.end(), entry.tail.begin(), entry.tail.end());
      key = {keys_.data() + begin, keys_.size() - begin};
    }
    if (!entries_.empty() && key <= last) {
      damaged(file, handle,
              "entries " + std::to_string(entries_.size() - 1) + " and " +
                  std::to_string(entries_.size()) + " are out of order");
    }
    entries_.push_back({key, entry.value});
    last = key;
  }
}

std::size_t TableBlock::lower_bound(std::string_view key) const {
  const auto found = std::lower_bound(
      entries_.begin(), entries_.end(), key,
      [](const TableEntry& entry, std::string_view wanted) { return entry.key < wanted; });
  return static_cast<std::size_t>(found - entries_.begin());
}

}  // namespace icecore::inline v0
