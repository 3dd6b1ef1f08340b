#include "runtime/async_tasks.h"

#include <chrono>
#include <utility>

namespace icecore::inline v0 {

void AsyncTasks::start(const Task& task, std::span<Value> inputs, RunServices& services) {
  auto async = std::make_shared<AsyncTask>();
  async->task = task;
  for (Value& input : inputs) async->inputs.push_back(std::exchange(input, Value()));
  async->outputs.resize(static_cast<std::size_t>(task.node->num_outputs));
  async->context = std::make_unique<KernelContext>(task.node->kernel->info, async->inputs,
                                                   async->outputs, services);
  ++running_;
  try {
    task.node->kernel->kernel.compute_async(*async->context, [this, async] {
      const std::lock_guard lock(mutex_);
      finished_.push_back(async);
      one_finished_.notify_one();
    });
  } catch (...) {
    --running_;
    throw;
  }
}

std::shared_ptr<AsyncTask> AsyncTasks::next(const std::function<void()>& poll) {
  std::unique_lock lock(mutex_);
  const auto is_one_there = [&] { return !finished_.empty(); };
  while (poll && !one_finished_.wait_for(lock, std::chrono::milliseconds(50), is_one_there)) {
    lock.unlock();
    poll();
    lock.lock();
  }
  one_finished_.wait(lock, is_one_there);
  std::shared_ptr<AsyncTask> async = std::move(finished_.front());
  finished_.pop_front();
  --running_;
  return async;
}

void AsyncTasks::wait_for_all() {
  while (running_ > 0) next({});
}

}  // namespace icecore::inline v0
