#include <icecore/error.h>

#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "runtime/plan.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void refuse(const PlanNode& node, const std::string& why) {
  throw Error(Code::kInvalidArgument, "Invalid loop structure: '" + node.name + "' " + why);
}

// Only a NextIteration may lead back.
void refuse_circles(const Plan& plan) {
  std::vector<int> waits(plan.nodes.size());
  const auto leads_on = [](const PlanNode& node) { return node.kind != NodeKind::kNextIteration; };
  for (const PlanNode& node : plan.nodes) {
    if (!leads_on(node)) continue;
    for (const PlanEdge& edge : node.edges) ++waits[static_cast<std::size_t>(edge.target)];
  }
  std::vector<std::size_t> todo;
  for (std::size_t i = 0; i < waits.size(); ++i) {
    if (waits[i] == 0) todo.push_back(i);
  }
  while (!todo.empty()) {
    const PlanNode& node = plan.nodes[todo.back()];
    todo.pop_back();
    if (!leads_on(node)) continue;
    for (const PlanEdge& edge : node.edges) {
      const auto target = static_cast<std::size_t>(edge.target);
      if (--waits[target] == 0) todo.push_back(target);
    }
  }
  for (std::size_t i = 0; i < waits.size(); ++i) {
    if (waits[i] == 0) continue;
    throw Error(Code::kInvalidArgument,
                "the graph has a circle: '" + plan.nodes[i].name + "' would wait for itself");
  }
}

// A gradient's loops count passes beside the loop's own condition, by names that say so.
bool is_counter(const PlanNode& node) {
  return node.name.find("LoopCounter") != std::string::npos;
}

// What only makes sense inside a loop, or outside.
void check_places(const Plan& plan) {
  std::vector<const PlanNode*> conditions(plan.frames.size());
  for (const PlanNode& node : plan.nodes) {
    const FramePlan& frame = plan.frames[static_cast<std::size_t>(node.frame)];
    if (node.kind == NodeKind::kNextIteration && node.frame == 0) {
      refuse(node, "stands outside of any loop");
    }
    if (node.kind == NodeKind::kFetch && node.frame != 0) {
      throw Error(Code::kInvalidArgument,
                  "Operation '" + node.name.substr(0, node.name.find(':')) +
                      "' has been marked as not fetchable: it stands in the loop '" + frame.name +
                      "', which gives it a value in each pass",
                  Misuse::kValue);
    }
    if (node.op == "LoopCond" && !is_counter(node)) {
      const PlanNode*& condition = conditions[static_cast<std::size_t>(node.frame)];
      if (condition != nullptr) {
        refuse(node, "is a second condition of the loop '" + frame.name + "', beside '" +
                         condition->name + "'");
      }
      condition = &node;
    }
  }
}

}  // namespace

void assign_frames(Plan& plan, const std::vector<std::string>& frame_names) {
  refuse_circles(plan);
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
      refuse(plan.nodes[static_cast<std::size_t>(node)], "would run in two loops at once");
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
      if (next == -1) refuse(node, "stands outside of any loop");
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
  check_places(plan);
}

}  // namespace icecore::inline v0
