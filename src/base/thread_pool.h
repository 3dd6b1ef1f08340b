// Threads that a piece of work is spread over.
#pragma once

#include <icecore/export.h>

#include <cstdint>
#include <functional>
#include <memory>

namespace icecore::inline v0 {

// Threads: parallel_for may be called by several threads at once, and from inside itself.
class ICECORE_API ThreadPool {
 public:
  // `threads` counts the caller's: 1 starts none. 0: as many as the machine has.
  explicit ThreadPool(int threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int size() const;

  // Calls work(begin, end) for parts of [0, count) until all is done, here and on other threads. A
  // part has at least `grain` items, so that small work stays here. What is thrown by a part is
  // thrown again here, after the others ended. Results must not depend on where the parts begin.
  void parallel_for(std::int64_t count, std::int64_t grain,
                    const std::function<void(std::int64_t begin, std::int64_t end)>& work);

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

}  // namespace icecore::inline v0
