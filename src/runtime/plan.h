// What a run does: the nodes that the fetches need, compiled once.
#pragma once

#include <icecore/kernel.h>
#include <icecore/node_info.h>

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace icecore::inline v0 {

// A node's kernel, as a Session keeps it: shared by all plans that have the node.
struct NodeKernel {
  NodeKernel(NodeInfo info, Kernel kernel) : info(std::move(info)), kernel(std::move(kernel)) {}
  NodeInfo info;
  Kernel kernel;
  std::mutex serial;  // Held while a kernel runs that says so.
};

enum class NodeKind : std::uint8_t {
  kKernel,
  kForward,  // Gives its input on, or nothing (NoOp): no kernel is called.
  kControlTrigger,
  kSwitch,
  kMerge,
  kEnter,
  kConstantEnter,
  kExit,
  kNextIteration,
  kFeed,
  kFetch,
};

// From a node's output (-1: when it is done) to a node's input (-1: to wait for it).
struct PlanEdge {
  int output;
  int target;
  int input;
  bool last = false;  // No later edge takes the same output: the value may be moved.
};

struct PlanNode {
  NodeKind kind = NodeKind::kKernel;
  std::string name, op;  // For messages.
  NodeKernel* kernel = nullptr;
  int num_inputs = 0;
  int num_outputs = 0;
  int num_controls = 0;
  // Whether input i wants the reference itself, where one comes along.
  std::vector<bool> takes_reference;
  // An Identity: what a reference holds is read by whoever takes it, when it does. In TensorFlow
  // the Identity shares the variable's buffer, so updates in between show (moving averages of
  // weights after the step that changed them rely on it).
  bool hands_reference_on = false;
  bool changes_variable = false;  // Takes a reference to change what it holds.
  std::vector<PlanEdge> edges;
  int frame = 0;         // Which FramePlan it runs in.
  int child_frame = -1;  // Of an Enter: the frame that it enters.
  int slot = 0;          // Among the nodes of the frame.
  int first_input = 0;   // Among the inputs of the frame's nodes.
};

// The nodes of one loop, or (frame 0) those outside of all.
struct FramePlan {
  std::string name;
  int parent = -1;
  std::vector<int> nodes;  // By slot.
  int num_inputs = 0;
  int num_enters = 0;  // Enter nodes that lead here.
  // By slot: what a node waits for. Of a Merge: twice its control inputs, and one for a value.
  std::vector<int> pending;
};

struct Plan {
  std::vector<PlanNode> nodes;    // In the graph's order; feeds first, fetches last.
  std::vector<FramePlan> frames;  // Frame 0 is the outermost.
  // By feed: what its tensor is, or where its op isn't known what the nodes that take it want;
  // kInvalid where nobody says.
  std::vector<DType> feed_types;
  int first_fetch = 0;           // Fetch i is node first_fetch + i; they end the row.
  std::vector<int> fetch_nodes;  // For each fetch asked for: its fetch node; -1: an operation.
};

// Says for each node in which frame it runs, from its Enters and Exits. INVALID_ARGUMENT "Invalid
// loop structure" where a node would run in two, or a loop has two conditions; also where a node
// would wait for itself, and for a fetch from inside a loop.
void assign_frames(Plan& plan, const std::vector<std::string>& frame_names);

}  // namespace icecore::inline v0
