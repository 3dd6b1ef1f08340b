#include "base/allocator.h"

#include <icecore/error.h>
#include <sys/mman.h>

#include <cstdlib>
#include <limits>
#include <memory>
#include <string>
#include <utility>

namespace icecore::inline v0 {
namespace {

constexpr std::size_t kAlignment = 64;       // A cache line, and the widest vector.
constexpr std::size_t kHugePage = 2u << 20;  // What MADV_HUGEPAGE wants its ranges aligned to.
constexpr std::size_t kLargeBuffer = 4 * kHugePage;

// What malloc gave, and where the tensor's bytes begin in it.
struct Block {
  void* whole;
  std::byte* bytes;
};

// Large ones begin at a huge page. The others have room for shared_ptr's counts in front of their
// bytes: so a tensor is one piece of memory, and a piece of malloc's, which is quick to have where
// it is small, as aligned_alloc's isn't.
Block take(std::size_t size) {
  void* whole = nullptr;
  if (size < kLargeBuffer) {
    whole = std::malloc(size + 2 * kAlignment);
  } else if (size <= std::numeric_limits<std::size_t>::max() - kHugePage) {
    const std::size_t rounded = (size + kHugePage - 1) / kHugePage * kHugePage;
    whole = std::aligned_alloc(kHugePage, rounded);
    if (whole != nullptr) ::madvise(whole, rounded, MADV_HUGEPAGE);  // Failure changes nothing.
  }
  if (whole == nullptr) {
    throw Error(Code::kResourceExhausted,
                "no memory for a tensor of " + std::to_string(size) + " bytes");
  }
  if (size >= kLargeBuffer) return {whole, static_cast<std::byte*>(whole)};
  void* bytes = static_cast<std::byte*>(whole) + kAlignment;
  std::size_t room = size + kAlignment;
  return {whole, static_cast<std::byte*>(std::align(kAlignment, size, bytes, room))};
}

// Gives shared_ptr the first bytes of a block for its counts, and takes back the whole.
template <typename T>
struct CountsInFront {
  using value_type = T;
  explicit CountsInFront(void* whole) : whole(whole) {}
  template <typename U>
  CountsInFront(const CountsInFront<U>& other) : whole(other.whole) {}

  T* allocate(std::size_t) {
    static_assert(sizeof(T) <= kAlignment && alignof(T) <= alignof(std::max_align_t));
    return static_cast<T*>(whole);
  }
  void deallocate(T*, std::size_t) { std::free(whole); }
  template <typename U>
  bool operator==(const CountsInFront<U>& other) const {
    return whole == other.whole;
  }

  void* whole;
};

// `at_end` is called when nobody holds the bytes any more, or where this throws.
template <typename AtEnd>
std::shared_ptr<std::byte[]> share(const Block& block, std::size_t size, AtEnd at_end) {
  if (size >= kLargeBuffer) {
    return {block.bytes, [at_end = std::move(at_end)](std::byte* bytes) {
              std::free(bytes);
              at_end();
            }};
  }
  return {block.bytes, [at_end = std::move(at_end)](std::byte*) { at_end(); },
          CountsInFront<std::byte>(block.whole)};
}

}  // namespace

std::shared_ptr<std::byte[]> allocate_buffer(std::size_t size) {
  if (size == 0) return nullptr;
  return share(take(size), size, [] {});
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
  Block block = {};
  try {
    block = take(size);
  } catch (...) {
    in_use_ -= size;
    throw;
  }
  return share(block, size, [self = shared_from_this(), size] { self->in_use_ -= size; });
}

}  // namespace icecore::inline v0
