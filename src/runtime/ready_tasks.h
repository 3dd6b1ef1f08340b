// Nodes of a run that are about to run, in order.
#pragma once

#include <cstddef>
#include <vector>

#include "runtime/loop_frames.h"
#include "runtime/plan.h"

namespace icecore::inline v0 {

// A node that has all it waits for.
struct Task {
  const PlanNode* node;
  Frame* frame;
  int iteration;
  bool dead;
};

// Tasks in the order in which they came.
class ReadyTasks {
 public:
  bool empty() const { return first_ == tasks_.size(); }
  void push(const Task& task) { tasks_.push_back(task); }
  Task pop() {
    const Task task = tasks_[first_++];
    if (first_ == tasks_.size()) {
      tasks_.clear();
      first_ = 0;
    } else if (first_ >= 1024 && first_ * 2 >= tasks_.size()) {
      tasks_.erase(tasks_.begin(), tasks_.begin() + static_cast<std::ptrdiff_t>(first_));
      first_ = 0;
    }
    return task;
  }

 private:
  std::vector<Task> tasks_;
  std::size_t first_ = 0;
};

}  // namespace icecore::inline v0
