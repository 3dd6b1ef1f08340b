#include "ops/array/elements.h"

#include <algorithm>
#include <cstring>

#include "base/thread_pool.h"

namespace icecore::inline v0 {
namespace {

constexpr std::int64_t kGrainBytes = 256 << 10;

}  // namespace

void refuse_elements(DType dtype) {
  throw Error(Code::kUnimplemented, "tensors of " + to_string(dtype) + " can't be taken apart");
}

void fill(ThreadPool& threads, Tensor& to, const Tensor& value) {
  if (to.num_elements() == 0) return;
  visit_elements(to.dtype(), [&]<typename T>(std::type_identity<T>) {
    const std::span<T> out = mutable_elements<T>(to);
    const T& element = elements<T>(value)[0];
    threads.parallel_for(to.num_elements(), kGrainBytes / static_cast<std::int64_t>(sizeof(T)),
                         [&](std::int64_t begin, std::int64_t end) {
                           std::fill(out.begin() + begin, out.begin() + end, element);
                         });
  });
}

void fill_zeros(ThreadPool& threads, Tensor& to) {
  if (to.dtype() == DType::kString) return;  // New ones are empty.
  const std::span<std::byte> bytes = to.mutable_bytes();
  threads.parallel_for(static_cast<std::int64_t>(bytes.size()), kGrainBytes,
                       [&](std::int64_t begin, std::int64_t end) {
                         std::memset(bytes.data() + begin, 0,
                                     static_cast<std::size_t>(end - begin));
                       });
}

}  // namespace icecore::inline v0
