// tf.gradients as gradients_util.py builds it: the same nodes in the same order.
#include <icecore/array.h>
#include <icecore/control_flow.h>
#include <icecore/error.h>
#include <icecore/gradients.h>

#include <algorithm>
#include <deque>
#include <unordered_map>
#include <unordered_set>

#include "graph/builder_data.h"
#include "train/gate.h"
#include "train/gradient_sums.h"

namespace icecore::inline v0 {
namespace {

// Whether a gradient flows through tensors of the dtype.
bool is_trainable(DType dtype) {
  switch (dtype) {
    case DType::kFloat16:
    case DType::kFloat32:
    case DType::kFloat64:
    case DType::kComplex64:
    case DType::kComplex128:
    case DType::kResource:
    case DType::kVariant:
      return true;
    default:
      return false;
  }
}

bool is_backpropagatable(DType dtype) {
  return is_trainable(dtype) || dtype == DType::kBFloat16;
}

bool is_exit(const std::string& type) {
  return type == "Exit" || type == "RefExit";
}

bool is_switch(const std::string& type) {
  return type == "Switch" || type == "RefSwitch";
}

// A loop's results lie between what is differentiated and what it is differentiated by.
[[noreturn]] void refuse_loop(const Operation& exit) {
  const std::shared_ptr<ControlFlowContext> loop = exit.control_flow_context();
  throw Error(Code::kUnimplemented,
              "gradients through while loops aren't there yet: " +
                  (loop == nullptr ? "" : "the loop '" + loop->name() + "', whose result is ") +
                  "'" + exit.name() + "', lies between what is differentiated and the variables");
}

bool is_none(const Gradient& gradient) {
  return std::holds_alternative<std::monostate>(gradient);
}

// Before anything is added to the graph: all of them are tensors of it.
void check_tensors(const GraphBuilder& graph, const std::vector<Output>& tensors,
                   const char* what) {
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const std::string name = std::string(what) + "[" + std::to_string(i) + "]";
    if (!tensors[i].valid()) {
      throw Error(Code::kInvalidArgument, name + " is an empty Output, of no graph",
                  Misuse::kValue);
    }
    if (&tensors[i].op().graph().data() != &graph.data()) {
      throw Error(Code::kInvalidArgument,
                  name + ", '" + tensors[i].name() + "', is a tensor of another graph",
                  Misuse::kValue);
    }
  }
}

class Backpropagation {
 public:
  Backpropagation(GraphBuilder& graph, const std::vector<Output>& ys, const std::vector<Output>& xs,
                  const GradientsOptions& options)
      : graph_(graph), ys_(ys), xs_(xs), options_(options), sums_(graph) {}

  std::vector<Gradient> run() {
    const ScopeGuard scope = graph_.name_scope(options_.name);
    graph_.unique_name("uid");  // TensorFlow draws one for each call; later names count it.
    const std::vector<Output> initial = initial_gradients();
    find_ops_between();
    for (std::size_t i = 0; i < ys_.size(); ++i) sums_.add(ys_[i], initial[i]);
    std::unordered_set<int> queued;
    std::deque<Operation> queue;
    for (const Output& y : ys_) {
      const Operation op = y.op();
      if (pending_[op.id()] == 0 && reached_.contains(op.id()) && queued.insert(op.id()).second) {
        queue.push_back(op);
      }
    }
    const std::unordered_set<int> stops = stop_ops();
    while (!queue.empty()) {
      const Operation op = queue.front();
      queue.pop_front();
      differentiate(op, stops.contains(op.id()));
      for (const Output& input : op.inputs()) {
        if (--pending_[input.op().id()] == 0) queue.push_back(input.op());
      }
    }
    std::vector<Gradient> gradients;
    gradients.reserve(xs_.size());
    for (const Output& x : xs_) gradients.push_back(sums_.of(x));
    return gradients;
  }

 private:
  std::vector<Output> initial_gradients() {
    if (!options_.grad_ys.empty() && options_.grad_ys.size() != ys_.size()) {
      throw Error(Code::kInvalidArgument,
                  "Passed " + std::to_string(options_.grad_ys.size()) + " grad_ys for " +
                      std::to_string(ys_.size()) + " ys",
                  Misuse::kValue);
    }
    std::vector<Output> gradients;
    for (std::size_t i = 0; i < ys_.size(); ++i) {
      const ScopeGuard beside = maybe_colocate(ys_[i].op());
      const std::string name = "grad_ys_" + std::to_string(i);
      if (!options_.grad_ys.empty()) {
        gradients.push_back(graph_.identity(options_.grad_ys[i], name));
        continue;
      }
      const DType dtype = ys_[i].dtype();
      if (dtype == DType::kComplex64 || dtype == DType::kComplex128) {
        throw Error(
            Code::kInvalidArgument,
            "Gradients of complex tensors must set grad_ys (y.dtype = " + to_string(dtype) + ")",
            Misuse::kType);
      }
      const Output dims = shape(graph_, ys_[i]);
      const Output one = graph_.convert_to_tensor(1, dtype, name);
      gradients.push_back(graph_.apply_op("Fill", {Input(dims), Input(one)}).output());
    }
    return gradients;
  }

  ScopeGuard maybe_colocate(const Operation& op) {
    return options_.colocate_gradients_with_ops ? graph_.colocate_with(op) : ScopeGuard();
  }

  // reached_: ops that some x leads to; pending_: for ops between xs and ys how many uses of their
  // outputs are still to be differentiated.
  void find_ops_between() {
    std::unordered_map<int, std::vector<int>> consumers;  // By backpropagatable outputs only.
    for (const Operation& op : graph_.operations()) {
      for (const Output& input : op.inputs()) {
        if (is_backpropagatable(input.dtype())) consumers[input.op().id()].push_back(op.id());
      }
    }
    std::deque<int> forward;
    for (const Output& x : xs_) forward.push_back(x.op().id());
    while (!forward.empty()) {
      const int id = forward.front();
      forward.pop_front();
      if (!reached_.insert(id).second) continue;
      const std::vector<int>& next = consumers[id];
      forward.insert(forward.end(), next.begin(), next.end());
    }
    std::unordered_set<int> between;
    std::vector<Operation> between_list;
    std::deque<Operation> backward;
    for (const Output& y : ys_) backward.push_back(y.op());
    while (!backward.empty()) {
      const Operation op = backward.front();
      backward.pop_front();
      if (!reached_.contains(op.id()) || !between.insert(op.id()).second) continue;
      between_list.push_back(op);
      for (const Output& input : op.inputs()) backward.push_back(input.op());
    }
    for (const Operation& op : between_list) {
      if (is_exit(op.type())) refuse_loop(op);
      for (const Output& input : op.inputs()) {
        if (between.contains(input.op().id())) ++pending_[input.op().id()];
      }
    }
  }

  // The xs that no other x leads to, and what the caller named.
  std::unordered_set<int> stop_ops() {
    std::unordered_set<int> stops;
    for (const Output& x : xs_) {
      bool stop = true;
      for (const Output& input : x.op().inputs()) stop = stop && pending_[input.op().id()] <= 0;
      if (stop) stops.insert(x.op().id());
    }
    for (const Output& tensor : options_.stop_gradients) stops.insert(tensor.op().id());
    return stops;
  }

  void differentiate(const Operation& op, bool stop) {
    const ScopeGuard beside = maybe_colocate(op);
    std::vector<Gradient>& flowed = sums_.of(op);
    bool any = false;
    for (const Gradient& gradient : flowed) any = any || !is_none(gradient);
    check_loop_variable(op);
    if (!any || stop) return;
    const CustomGradient custom =
        options_.custom_gradient ? options_.custom_gradient(op) : CustomGradient();
    const OpImplementation* implementation = graph_.ops().find(op.type());
    if (!custom && (implementation == nullptr || implementation->gradient == nullptr)) {
      throw Error(
          Code::kInvalidArgument,
          "No gradient defined for operation '" + op.name() + "' (op type: " + op.type() + ")",
          Misuse::kLookup);
    }
    if (!custom && implementation->gradient == not_differentiable) return;
    std::vector<Gradient> output_gradients = flowed;
    for (std::size_t i = 0; i < output_gradients.size(); ++i) {
      const Output output = op.output(static_cast<int>(i));
      if (is_none(output_gradients[i]) && is_trainable(output.dtype())) {
        output_gradients[i] = zeros_like(output);
      }
    }
    const ScopeGuard scope = graph_.name_scope(op.name() + "_grad");
    GradientContext context(graph_, op, std::move(output_gradients));
    custom ? custom(context) : implementation->gradient(context);
    std::vector<Gradient> gradients = context.input_gradients();
    if (options_.gate_gradients) gate(gradients);
    for (std::size_t i = 0; i < gradients.size(); ++i) {
      const Output input = op.input(static_cast<int>(i));
      const Output* dense = std::get_if<Output>(&gradients[i]);
      if (dense != nullptr && input.dtype() != DType::kResource) {
        graph_.set_shape(*dense, input.shape());
      }
      sums_.add(input, gradients[i]);
    }
  }

  // Within a loop's body there are gradients by what the body is given, but not by the values with
  // which the loop begins.
  void check_loop_variable(const Operation& op) const {
    if (!is_switch(op.type())) return;
    const std::shared_ptr<ControlFlowContext> context = op.control_flow_context();
    if (context == nullptr || !context->is_while() || context != graph_.control_flow_context()) {
      return;
    }
    std::deque<Operation> queue{op};
    std::unordered_set<int> visited;
    std::string target;
    while (!queue.empty() && target.empty()) {
      const Operation current = queue.front();
      queue.pop_front();
      if (!visited.insert(current.id()).second) continue;
      for (const Output& x : xs_) {
        if (x.op() == current) target = current.name();
      }
      for (const Output& input : current.inputs()) queue.push_back(input.op());
    }
    throw Error(Code::kInvalidArgument,
                "Cannot compute gradient inside while loop with respect to op '" + target +
                    "'. We do not support taking the gradient wrt or through the initial value of "
                    "a loop variable. Gradients can be computed through loop invariants or wrt the "
                    "input parameters to the loop body.",
                Misuse::kValue);
  }

  // What an output gets on which nothing depends (control_flow_state.ZerosLikeOutsideLoop).
  Output zeros_like(const Output& output) {
    const Operation op = output.op();
    const auto branch = std::dynamic_pointer_cast<CondContext>(
        is_switch(op.type()) ? op.control_flow_context() : nullptr);
    if (branch == nullptr) {
      if (output.dtype() == DType::kResource) return zeros_like_variable(output, output);
      return graph_.apply_op("ZerosLike", {Input(output)}, {}, "zeros_like").output();
    }
    // Only where the other branch is taken: its side of another Switch waits for that.
    const Operation other = graph_.apply_op("Switch", {op.input(0), branch->pred(graph_)});
    const Output value = other.output(1 - branch->branch());
    const Output pivot = graph_.identity(value);
    if (output.dtype() == DType::kResource) {
      const ScopeGuard after = graph_.control_dependencies({pivot.op()});
      return zeros_like_variable(value, output);
    }
    const Output dims = graph_.apply_op("Shape", {Input(value)}).output();
    const ScopeGuard after = graph_.control_dependencies({pivot.op()});
    return zeros(graph_, dims, output.dtype());
  }

  Output zeros_like_variable(const Output& handle, const Output& of) {
    const BuilderNode& node = graph_.data().node(of.op().id());
    const auto index = static_cast<std::size_t>(of.index());
    const DType dtype = index < node.handles.size() && node.handles[index]
                            ? node.handles[index]->dtype
                            : DType::kFloat32;
    return zeros(graph_, graph_.apply_op("VariableShape", {Input(handle)}).output(), dtype);
  }

  // All of an op's gradients before any, where it has more than one.
  void gate(std::vector<Gradient>& gradients) {
    const auto count = std::ranges::count_if(
        gradients, [](const Gradient& gradient) { return !is_none(gradient); });
    if (count < 2) return;
    const ScopeGuard anywhere = graph_.device(std::nullopt);
    const ScopeGuard free = without_colocation(graph_);
    gate_together(graph_, gradients);
  }

  GraphBuilder& graph_;
  const std::vector<Output>&ys_, &xs_;
  const GradientsOptions& options_;
  GradientSums sums_;
  std::unordered_set<int> reached_;
  std::unordered_map<int, int> pending_;
};

}  // namespace

std::vector<Gradient> gradients(GraphBuilder& graph, const std::vector<Output>& ys,
                                const std::vector<Output>& xs, const GradientsOptions& options) {
  check_tensors(graph, ys, "ys");
  check_tensors(graph, xs, "xs");
  check_tensors(graph, options.grad_ys, "grad_ys");
  check_tensors(graph, options.stop_gradients, "stop_gradients");
  return Backpropagation(graph, ys, xs, options).run();
}

}  // namespace icecore::inline v0
