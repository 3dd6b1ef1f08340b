#include "runtime/loop_frames.h"

namespace icecore::inline v0 {

void Frame::add_iteration() {
  std::unique_ptr<Iteration> iteration;
  if (spare.empty()) {
    iteration = std::make_unique<Iteration>();
    iteration->inputs.resize(static_cast<std::size_t>(plan->num_inputs));
  } else {
    iteration = std::move(spare.back());
    spare.pop_back();
  }
  iteration->pending = plan->pending;
  iteration->dead_inputs.assign(plan->nodes.size(), 0);
  iterations.push_back(std::move(iteration));
}

void Frame::drop_first_iteration() {
  // What waited for an input that never came (a Merge's second one) may still hold the first.
  for (Value& value : iterations.front()->inputs) {
    if (value.present) value = Value();
  }
  spare.push_back(std::move(iterations.front()));
  iterations.pop_front();
  ++first_iteration;
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
