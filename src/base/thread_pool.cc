#include "base/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>
#include <vector>

namespace icecore::inline v0 {
namespace {

// One parallel_for: parts are taken until none is left, by whoever comes.
struct Loop {
  std::int64_t count, part;
  const std::function<void(std::int64_t, std::int64_t)>* work;
  std::atomic<std::int64_t> next = 0;
  std::mutex mutex;
  std::condition_variable ended;
  std::int64_t unfinished;  // Parts; guarded by mutex.
  std::exception_ptr error;

  void help() {
    for (;;) {
      const std::int64_t begin = next.fetch_add(part);
      if (begin >= count) return;
      std::exception_ptr thrown;
      try {
        (*work)(begin, std::min(begin + part, count));
      } catch (...) {
        thrown = std::current_exception();
      }
      const std::lock_guard lock(mutex);
      if (thrown && !error) error = thrown;
      if (--unfinished == 0) ended.notify_all();
    }
  }
};

}  // namespace

struct ThreadPool::Data {
  int size = 1;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::function<void()>> tasks;
  bool ending = false;
  std::vector<std::thread> threads;

  void run() {
    for (;;) {
      std::function<void()> task;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return ending || !tasks.empty(); });
        if (tasks.empty()) return;
        task = std::move(tasks.front());
        tasks.pop_front();
      }
      task();
    }
  }
};

ThreadPool::ThreadPool(int threads) : data_(std::make_unique<Data>()) {
  if (threads <= 0) threads = static_cast<int>(std::thread::hardware_concurrency());
  // Where the machine gives no more threads, there are fewer: results don't depend on how many.
  try {
    for (int i = 1; i < threads; ++i) {
      data_->threads.emplace_back([data = data_.get()] { data->run(); });
    }
  } catch (const std::system_error&) {
  } catch (const std::bad_alloc&) {
  }
  data_->size = static_cast<int>(data_->threads.size()) + 1;
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(data_->mutex);
    data_->ending = true;
  }
  data_->changed.notify_all();
  for (std::thread& thread : data_->threads) thread.join();
}

int ThreadPool::size() const {
  return data_->size;
}

void ThreadPool::parallel_for(std::int64_t count, std::int64_t grain,
                              const std::function<void(std::int64_t, std::int64_t)>& work) {
  if (count <= 0) return;
  grain = std::max<std::int64_t>(grain, 1);
  const std::int64_t most = (count + grain - 1) / grain;
  const std::int64_t helpers = std::min<std::int64_t>(data_->size, most) - 1;
  if (helpers <= 0) {
    work(0, count);
    return;
  }
  // Some more parts than threads, so that a slow one doesn't hold up all.
  const std::int64_t parts = std::min<std::int64_t>(most, 4 * (helpers + 1));
  auto loop = std::make_shared<Loop>();
  loop->count = count;
  loop->part = (count + parts - 1) / parts;
  loop->unfinished = (count + loop->part - 1) / loop->part;
  loop->work = &work;
  {
    const std::lock_guard lock(data_->mutex);
    for (std::int64_t i = 0; i < helpers; ++i) data_->tasks.emplace_back([loop] { loop->help(); });
  }
  data_->changed.notify_all();
  loop->help();
  std::unique_lock lock(loop->mutex);
  loop->ended.wait(lock, [&] { return loop->unfinished == 0; });
  if (loop->error) std::rethrow_exception(loop->error);
}

}  // namespace icecore::inline v0
