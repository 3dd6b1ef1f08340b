// Memory for tensors, counted.
#pragma once

#include <icecore/export.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace icecore::inline v0 {

// Buffers aligned to 64 bytes (large ones to 2 MiB, on huge pages where the system has them). Those
// of a limited allocator count against it until they are freed; they keep it alive. Thread-safe.
class ICECORE_API Allocator : public std::enable_shared_from_this<Allocator> {
 public:
  explicit Allocator(std::uint64_t limit) : limit_(limit) {}

  // RESOURCE_EXHAUSTED beyond the limit or where the system has no more.
  std::shared_ptr<std::byte[]> allocate(std::size_t size);
  // Counts memory that is taken elsewhere (the strings of a tensor) until the result is gone.
  std::shared_ptr<void> charge(std::size_t size);
  std::uint64_t in_use() const { return in_use_; }

 private:
  void count(std::size_t size);

  std::uint64_t limit_;
  std::atomic<std::uint64_t> in_use_ = 0;
};

// The same without a limit.
ICECORE_API std::shared_ptr<std::byte[]> allocate_buffer(std::size_t size);

}  // namespace icecore::inline v0
