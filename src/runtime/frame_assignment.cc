#include <icecore/error.h>

#include <deque>
#include <map>
#include <utility>

#include "runtime/plan.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void refuse(const PlanNode& node) {
  throw Error(Code::kInvalidArgument,
              "Invalid loop structure: '" + node.name + "' would run in two loops at once");
}

}  // namespace

void assign_frames(Plan& plan, const std::vector<std::string>& frame_names) {
  plan.frames.assign(1, FramePlan());
  std::map<std::pair<int, std::string>, int> known;  // Parent and name.
  std::vector<int> assigned(plan.nodes.size(), -1);
  std::deque<int> queue;
  const auto reach = [&](int node, int frame) {
    int& mine = assigned[static_cast<std::size_t>(node)];
    if (mine == -1) {
      mine = frame;
      queue.push_back(node);
    } else if (mine != frame) {
      refuse(plan.nodes[static_cast<std::size_t>(node)]);
    }
  };
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const PlanNode& node = plan.nodes[i];
    if (node.num_inputs == 0 && node.num_controls == 0) reach(static_cast<int>(i), 0);
  }
  while (!queue.empty()) {
    const int id = queue.front();
    queue.pop_front();
    PlanNode& node = plan.nodes[static_cast<std::size_t>(id)];
    node.frame = assigned[static_cast<std::size_t>(id)];
    int next = node.frame;
    if (node.kind == NodeKind::kEnter || node.kind == NodeKind::kConstantEnter) {
      const std::string& name = frame_names[static_cast<std::size_t>(id)];
      const auto [found, is_new] =
          known.try_emplace({node.frame, name}, static_cast<int>(plan.frames.size()));
      if (is_new) {
        FramePlan frame;
        frame.name = name;
        frame.parent = node.frame;
        plan.frames.push_back(std::move(frame));
      }
      node.child_frame = found->second;
      ++plan.frames[static_cast<std::size_t>(node.child_frame)].num_enters;
      next = node.child_frame;
    } else if (node.kind == NodeKind::kExit) {
      next = plan.frames[static_cast<std::size_t>(node.frame)].parent;
      if (next == -1) refuse(node);
    }
    for (const PlanEdge& edge : node.edges) reach(edge.target, next);
  }
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    PlanNode& node = plan.nodes[i];
    if (assigned[i] == -1) {
      throw Error(Code::kInvalidArgument,
                  "node '" + node.name +
                      "' lies in a circle that nothing leads into: it would "
                      "wait for itself");
    }
    FramePlan& frame = plan.frames[static_cast<std::size_t>(node.frame)];
    node.slot = static_cast<int>(frame.nodes.size());
    frame.nodes.push_back(static_cast<int>(i));
    frame.pending.push_back(node.kind == NodeKind::kMerge ? 2 * node.num_controls + 1
                                                          : node.num_controls + node.num_inputs);
    node.first_input = frame.num_inputs;
    frame.num_inputs += node.num_inputs;
  }
}

}  // namespace icecore::inline v0
