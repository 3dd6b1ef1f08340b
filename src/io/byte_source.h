// Bytes that can be copied somewhere without being held: the payload of a tensor on its way from a
// checkpoint to a graph file.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include <icecore/export.h>

#include "io/file_system.h"

namespace icecore::inline v0 {

// Takes pieces in order.
using ByteSink = std::function<void(std::span<const std::byte>)>;

// A size that is known and a way to produce that many bytes, as often as asked. Cheap to copy.
// Threads: const functions may be called concurrently.
class ICECORE_API ByteSource {
 public:
  ByteSource();  // No bytes.

  // Bytes in memory, kept by the source.
  static ByteSource memory(std::string bytes);
  // Bytes that `owner` keeps, where they are.
  static ByteSource memory(std::shared_ptr<const void> owner, std::span<const std::byte> bytes);

  // A range of a file that stays open as long as the source. The range must lie in the file (else
  // OUT_OF_RANGE). With `expected_crc` (unmasked), copying ends in DATA_LOSS "Checksum does not
  // match" if the bytes differ from it. `what` names the thing in that message.
  static ByteSource file(std::shared_ptr<const RandomAccessFile> file, std::uint64_t offset,
                         std::uint64_t size, std::optional<std::uint32_t> expected_crc = {},
                         std::string what = {});

  // Bytes made when needed and dropped afterwards; `make` must give exactly `size` bytes
  // (else INTERNAL).
  static ByteSource deferred(std::uint64_t size, std::function<std::string()> make);

  std::uint64_t size() const;

  // Gives all bytes to the sink, in pieces of at most 1 MiB where they come from a file.
  void copy_to(const ByteSink& sink) const;

  // Fills `out`, which has size() bytes (else INTERNAL); straight from a file where they lie in
  // one.
  void copy_into(std::span<std::byte> out) const;

  // All bytes at once; RESOURCE_EXHAUSTED above `limit`.
  std::string read(std::uint64_t limit = 1ull << 31) const;

  // `length` bytes from `offset` (OUT_OF_RANGE beyond the end), unverified where they come from a
  // file.
  std::string read_range(std::uint64_t offset, std::uint64_t length) const;

  class Impl;

 private:
  explicit ByteSource(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace icecore::inline v0
