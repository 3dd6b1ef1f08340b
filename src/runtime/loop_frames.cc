#include "runtime/loop_frames.h"

namespace icecore::inline v0 {

void Frame::add_iteration() {
  auto iteration = std::make_unique<Iteration>();
  iteration->inputs.resize(static_cast<std::size_t>(plan->num_inputs));
  iteration->pending = plan->pending;
  iteration->dead_inputs.resize(plan->nodes.size());
  iterations.push_back(std::move(iteration));
}

LoopFrames::LoopFrames(const Plan& plan) : plan_(plan), outermost_(make(0, nullptr, 0)) {}

std::unique_ptr<Frame> LoopFrames::make(int index, Frame* parent, int iteration) const {
  auto frame = std::make_unique<Frame>();
  frame->plan = &plan_.frames[static_cast<std::size_t>(index)];
  frame->index = index;
  frame->parent = parent;
  frame->parent_iteration = iteration;
  frame->pending_enters = frame->plan->num_enters;
  frame->add_iteration();
  return frame;
}

Frame& LoopFrames::child(Frame& parent, int iteration, int frame) {
  std::unique_ptr<Frame>& found = children_[{&parent, iteration, frame}];
  if (found == nullptr) {
    found = make(frame, &parent, iteration);
    ++parent.iteration(iteration).outstanding;
  }
  return *found;
}

void LoopFrames::erase(Frame& frame) {
  children_.erase({frame.parent, frame.parent_iteration, frame.index});
}

}  // namespace icecore::inline v0
