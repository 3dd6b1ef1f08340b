// Kernels that go on beside a run.
#pragma once

#include <icecore/kernel.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "ops/run_services.h"
#include "runtime/ready_tasks.h"

namespace icecore::inline v0 {

struct AsyncTask {
  Task task;
  std::vector<Value> inputs, outputs;
  std::unique_ptr<KernelContext> context;
};

// Used by the thread of the run; the kernels may finish on any. Lives until all have finished.
class AsyncTasks {
 public:
  bool any() const { return running_ > 0; }
  // Starts the task's kernel with the inputs, which are taken.
  void start(const Task& task, std::span<Value> inputs, RunServices& services);
  // Waits until a kernel has finished; meanwhile calls `poll`, where there is one, now and then.
  std::shared_ptr<AsyncTask> next(const std::function<void()>& poll);
  void wait_for_all();

 private:
  int running_ = 0;
  std::mutex mutex_;
  std::condition_variable one_finished_;
  std::deque<std::shared_ptr<AsyncTask>> finished_;  // Guarded by mutex_.
};

}  // namespace icecore::inline v0
