// The state of a run: the values that wait at nodes, by loop and iteration.
#pragma once

#include <icecore/kernel.h>

#include <deque>
#include <map>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "runtime/plan.h"

namespace icecore::inline v0 {

// One pass through a loop's body, or the only one through the outermost frame.
struct Iteration {
  std::vector<Value> inputs;
  std::vector<int> pending;      // By slot, as FramePlan::pending.
  std::vector<int> dead_inputs;  // By slot.
  int outstanding = 0;           // Nodes that are ready or running, and loops entered from here.
};

struct Frame {
  const FramePlan* plan = nullptr;
  int index = 0;  // Of the FramePlan.
  Frame* parent = nullptr;
  int parent_iteration = 0;
  std::deque<std::unique_ptr<Iteration>> iterations;
  std::vector<std::unique_ptr<Iteration>> spare;  // Over, and kept for the ones to come.
  int first_iteration = 0;                        // The number of iterations.front().
  int pending_enters = 0;
  std::vector<std::pair<int, Value>> constants;  // Of Enter nodes that feed every iteration.
  std::vector<int> dead_exits;                   // Exit nodes that got nothing in the newest one.

  int newest() const { return first_iteration + static_cast<int>(iterations.size()) - 1; }
  Iteration& iteration(int number) {
    return *iterations.at(static_cast<std::size_t>(number - first_iteration));
  }
  void add_iteration();
  void drop_first_iteration();
};

// All frames of a run.
class LoopFrames {
 public:
  explicit LoopFrames(const Plan& plan);

  Frame& outermost() { return *outermost_; }
  // The frame that an Enter leads to from there, made when it is first entered.
  Frame& child(Frame& parent, int iteration, int frame);
  void erase(Frame& frame);

 private:
  std::unique_ptr<Frame> make(int index, Frame* parent, int iteration) const;

  const Plan& plan_;
  std::unique_ptr<Frame> outermost_;
  std::map<std::tuple<Frame*, int, int>, std::unique_ptr<Frame>> children_;
};

}  // namespace icecore::inline v0
