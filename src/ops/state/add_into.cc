#include "ops/state/add_into.h"

#include "base/thread_pool.h"
#include "ops/number_types.h"

namespace icecore::inline v0 {
namespace {

constexpr std::int64_t kGrain = 1 << 16;

}  // namespace

void add_into(ThreadPool& threads, Tensor& to, const Tensor& from, bool subtract) {
  visit_numbers(AllNumberTypes(), to.dtype(), [&]<typename T>(std::type_identity<T>) {
    T* const target = to.mutable_values<T>().data();
    const T* const source = from.values<T>().data();
    threads.parallel_for(to.num_elements(), kGrain, [&](std::int64_t begin, std::int64_t end) {
      if (subtract) {
        for (std::int64_t i = begin; i < end; ++i) target[i] = wrapping_sub(target[i], source[i]);
      } else {
        for (std::int64_t i = begin; i < end; ++i) target[i] = wrapping_add(target[i], source[i]);
      }
    });
  });
}

}  // namespace icecore::inline v0
