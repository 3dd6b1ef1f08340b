#include "base/allocator.h"

#include <icecore/error.h>
#include <sys/mman.h>

#include <cstdlib>
#include <string>

namespace icecore::inline v0 {
namespace {

constexpr std::size_t kAlignment = 64;       // A cache line, and the widest vector.
constexpr std::size_t kHugePage = 2u << 20;  // What MADV_HUGEPAGE wants its ranges aligned to.
constexpr std::size_t kLargeBuffer = 4 * kHugePage;

std::byte* take(std::size_t size) {
  const bool large = size >= kLargeBuffer;
  const std::size_t alignment = large ? kHugePage : kAlignment;
  const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
  void* memory = rounded < size ? nullptr : std::aligned_alloc(alignment, rounded);
  if (memory == nullptr) {
    throw Error(Code::kResourceExhausted,
                "no memory for a tensor of " + std::to_string(size) + " bytes");
  }
  if (large) ::madvise(memory, rounded, MADV_HUGEPAGE);  // A wish: failure changes nothing.
  return static_cast<std::byte*>(memory);
}

}  // namespace

std::shared_ptr<std::byte[]> allocate_buffer(std::size_t size) {
  if (size == 0) return nullptr;
  return {take(size), [](std::byte* bytes) { std::free(bytes); }};
}

void Allocator::count(std::size_t size) {
  const std::uint64_t before = in_use_.fetch_add(size);
  if (before > limit_ || size > limit_ - before) {
    in_use_ -= size;
    throw Error(Code::kResourceExhausted, "no memory for a tensor of " + std::to_string(size) +
                                              " bytes: " + std::to_string(before) +
                                              " of the limit of " + std::to_string(limit_) +
                                              " are in use");
  }
}

std::shared_ptr<void> Allocator::charge(std::size_t size) {
  count(size);
  return {this, [self = shared_from_this(), size](void*) { self->in_use_ -= size; }};
}

std::shared_ptr<std::byte[]> Allocator::allocate(std::size_t size) {
  if (size == 0) return nullptr;
  count(size);
  std::byte* memory = nullptr;
  try {
    memory = take(size);
  } catch (...) {
    in_use_ -= size;
    throw;
  }
  return {memory, [self = shared_from_this(), size](std::byte* bytes) {
            std::free(bytes);
            self->in_use_ -= size;
          }};
}

}  // namespace icecore::inline v0
