// The rules of dead values and iterations are those of TensorFlow's executor: a value is dead that
// comes out of the branch not taken; what takes a dead value doesn't run and gives dead values;
// Merge gives the first value that lives; a dead NextIteration ends a loop.
#include "runtime/executor.h"

#include <icecore/error.h>

#include <exception>
#include <memory>
#include <mutex>
#include <new>
#include <span>
#include <string>

#include "ops/variable_cell.h"
#include "runtime/async_tasks.h"
#include "runtime/loop_frames.h"
#include "runtime/ready_tasks.h"

namespace icecore::inline v0 {
namespace {

class Executor {
 public:
  Executor(const Plan& plan, const std::vector<Tensor>& feeds, RunServices& services,
           const std::function<void()>& poll)
      : plan_(plan),
        feeds_(feeds),
        services_(services),
        poll_(poll),
        frames_(plan),
        results_(plan.nodes.size() - static_cast<std::size_t>(plan.first_fetch)) {}

  std::vector<Tensor> run() {
    Frame& outermost = frames_.outermost();
    for (const int id : outermost.plan->nodes) {
      const PlanNode& node = plan_.nodes[static_cast<std::size_t>(id)];
      if (node.num_inputs == 0 && node.num_controls == 0) {
        push({&node, &outermost, 0, false});
      }
    }
    try {
      loop();
    } catch (...) {
      services_.cancellation->cancel();
      async_.wait_for_all();
      throw;
    }
    return fetched();
  }

 private:
  void push(Task task) {
    ++task.frame->iteration(task.iteration).outstanding;
    // What only reads a variable goes before what changes it, where nothing says otherwise.
    (task.node->changes_variable ? changes_ : ready_).push(task);
  }

  void loop() {
    for (;;) {
      if (services_.cancellation->cancelled()) {
        throw Error(Code::kCancelled, "the run was cancelled");
      }
      if (poll_) poll_();
      ReadyTasks& next = ready_.empty() ? changes_ : ready_;
      if (!next.empty()) {
        process(next.pop());
      } else if (async_.any()) {
        finish(async_.next(poll_));
      } else {
        return;
      }
    }
  }

  std::span<Value> inputs_of(const Task& task) {
    Iteration& iteration = task.frame->iteration(task.iteration);
    return std::span(iteration.inputs)
        .subspan(static_cast<std::size_t>(task.node->first_input),
                 static_cast<std::size_t>(task.node->num_inputs));
  }

  // References are read where the node wants the value.
  static void read_references(const PlanNode& node, std::span<Value> inputs) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (inputs[i].reference == nullptr || node.takes_reference[i]) continue;
      inputs[i].tensor = inputs[i].reference->read();
      inputs[i].reference = nullptr;
    }
  }

  // Those that aren't there are empty already.
  static void clear(std::span<Value> values) {
    for (Value& value : values) {
      if (value.present) value = Value();
    }
  }

  void process(const Task& task) {
    const PlanNode& node = *task.node;
    const std::span<Value> inputs = inputs_of(task);
    // Nested calls don't happen.
    const auto count = static_cast<std::size_t>(node.num_outputs);
    if (outputs_.size() < count) outputs_.resize(count);
    const std::span<Value> outputs = std::span(outputs_).first(count);
    if (!task.dead) {
      try {
        read_references(node, inputs);
        if (node.kernel != nullptr && node.kernel->kernel.compute_async) {
          async_.start(task, inputs, services_);
          return;
        }
        compute(task, inputs, outputs);
      } catch (...) {
        fail(node);
      }
    } else if (node.kind == NodeKind::kFetch) {
      throw Error(Code::kInvalidArgument,
                  "Retval[" + std::to_string(&node - plan_.nodes.data() - plan_.first_fetch) +
                      "] does not have value: '" + node.name +
                      "' lies in a branch that wasn't taken");
    }
    clear(inputs);
    propagate(task, outputs);
    clear(outputs);
    end(task);
  }

  void compute(const Task& task, std::span<Value> inputs, std::span<Value> outputs) {
    const PlanNode& node = *task.node;
    switch (node.kind) {
      case NodeKind::kKernel: {
        if (node.hands_reference_on && inputs[0].reference != nullptr) {
          if (!inputs[0].reference->is_initialized()) inputs[0].reference->read();
          outputs[0] = std::move(inputs[0]);
          break;
        }
        KernelContext context(node.kernel->info, inputs, outputs, services_);
        if (node.kernel->kernel.serial) {
          const std::lock_guard lock(node.kernel->serial);
          node.kernel->kernel.compute(context);
        } else {
          node.kernel->kernel.compute(context);
        }
        if (context.error()) std::rethrow_exception(context.error());
        check_present(node, outputs);
        break;
      }
      case NodeKind::kSwitch: {
        const Tensor& taken = inputs[1].tensor;
        if (taken.dtype() != DType::kBool || taken.shape().rank() != 0) {
          throw Error(Code::kInvalidArgument, "The second input must be a boolean scalar");
        }
        outputs[taken.values<bool>()[0] ? 1 : 0] = std::move(inputs[0]);
        break;
      }
      case NodeKind::kMerge:
        for (std::size_t i = 0; i < inputs.size(); ++i) {
          if (!inputs[i].present) continue;
          outputs[0] = std::move(inputs[i]);
          outputs[1] = {Tensor::scalar(static_cast<std::int32_t>(i)), nullptr, true};
          break;
        }
        break;
      case NodeKind::kFeed:
        outputs[0] = {feeds_[static_cast<std::size_t>(&node - plan_.nodes.data())], nullptr, true};
        break;
      case NodeKind::kFetch:
        results_[static_cast<std::size_t>(&node - plan_.nodes.data() - plan_.first_fetch)] =
            std::move(inputs[0]);
        break;
      default:
        if (!outputs.empty()) outputs[0] = std::move(inputs[0]);
    }
  }

  static void check_present(const PlanNode& node, std::span<const Value> outputs) {
    for (const Value& output : outputs) {
      if (output.present) continue;
      throw Error(Code::kInternal, "the kernel of '" + node.name + "' left an output unset");
    }
  }

  // Throws what is being handled again, with the node's name and op. What happens in a run is never
  // misuse, whatever a function that checks arguments of builders, too, calls it.
  [[noreturn]] static void fail(const PlanNode& node) {
    const std::string where = "\n\t [[node " + node.name + " (op " + node.op + ")]]";
    try {
      throw;
    } catch (const Error& error) {
      throw Error(error.code(), error.message() + where);
    } catch (const std::bad_alloc&) {
      throw Error(Code::kResourceExhausted, "no memory left" + where);
    } catch (const std::exception& error) {
      throw Error(Code::kInternal, error.what() + where);
    }
  }

  void finish(const std::shared_ptr<AsyncTask>& async) {
    const PlanNode& node = *async->task.node;
    try {
      if (async->context->error()) std::rethrow_exception(async->context->error());
      check_present(node, async->outputs);
    } catch (...) {
      fail(node);
    }
    propagate(async->task, async->outputs);
    end(async->task);
  }

  void propagate(const Task& task, std::span<Value> outputs) {
    const PlanNode& node = *task.node;
    Frame* frame = task.frame;
    int iteration = task.iteration;
    switch (node.kind) {
      case NodeKind::kEnter:
      case NodeKind::kConstantEnter: {
        Frame& child = frames_.child(*frame, iteration, node.child_frame);
        if (node.kind == NodeKind::kConstantEnter) {
          child.constants.emplace_back(static_cast<int>(&node - plan_.nodes.data()), outputs[0]);
          for (int i = child.first_iteration; i <= child.newest(); ++i) {
            std::vector<Value> copies(outputs.begin(), outputs.end());
            activate_all(node, child, i, task.dead, copies);
          }
        } else {
          activate_all(node, child, 0, task.dead, outputs);
        }
        --child.pending_enters;
        release(child);
        return;
      }
      case NodeKind::kExit:
        if (task.dead) {
          if (iteration == frame->newest()) {
            frame->dead_exits.push_back(static_cast<int>(&node - plan_.nodes.data()));
          }
          return;
        }
        activate_all(node, *frame->parent, frame->parent_iteration, false, outputs);
        return;
      case NodeKind::kNextIteration:
        if (task.dead) return;
        if (iteration == frame->newest()) begin_iteration(*frame);
        activate_all(node, *frame, iteration + 1, false, outputs);
        return;
      default:
        activate_all(node, *frame, iteration, task.dead, outputs);
    }
  }

  void begin_iteration(Frame& frame) {
    frame.add_iteration();
    frame.dead_exits.clear();
    for (const auto& [id, value] : frame.constants) {
      std::vector<Value> outputs = {value};
      activate_all(plan_.nodes[static_cast<std::size_t>(id)], frame, frame.newest(), !value.present,
                   outputs);
    }
  }

  void activate_all(const PlanNode& node, Frame& frame, int iteration, bool dead,
                    std::span<Value> outputs) {
    for (const PlanEdge& edge : node.edges) activate(node, edge, frame, iteration, dead, outputs);
  }

  void activate(const PlanNode& source, const PlanEdge& edge, Frame& frame, int number, bool dead,
                std::span<Value> outputs) {
    const PlanNode& target = plan_.nodes[static_cast<std::size_t>(edge.target)];
    Iteration& iteration = frame.iteration(number);
    const auto slot = static_cast<std::size_t>(target.slot);
    int& pending = iteration.pending[slot];
    const bool is_control = edge.output < 0;
    const bool alive = is_control ? !dead : outputs[static_cast<std::size_t>(edge.output)].present;
    bool takes_value = !is_control && alive, is_ready = false, is_dead = false;
    if (target.kind == NodeKind::kMerge) {
      if (is_control) {
        pending -= 2;
        is_dead = iteration.dead_inputs[slot] == target.num_inputs;
        is_ready = pending == 0 || (pending == 1 && is_dead);
      } else if (alive) {
        // The lowest bit says that no value has come yet; only the first one counts.
        takes_value = (pending & 1) != 0;
        is_ready = pending == 1;
        pending &= ~1;
      } else {
        const bool dead_loop =
            source.kind == NodeKind::kEnter || source.kind == NodeKind::kConstantEnter;
        is_dead = ++iteration.dead_inputs[slot] == target.num_inputs || dead_loop;
        is_ready = pending == 1 && is_dead;
      }
    } else {
      if (!alive) ++iteration.dead_inputs[slot];
      is_ready = --pending == 0;
      is_dead = iteration.dead_inputs[slot] > 0 && target.kind != NodeKind::kControlTrigger;
    }
    if (takes_value) {
      Value& output = outputs[static_cast<std::size_t>(edge.output)];
      Value& input = iteration.inputs[static_cast<std::size_t>(target.first_input + edge.input)];
      if (edge.last) {
        input = std::move(output);
        output.present = true;  // Control edges may follow, and ask.
      } else {
        input = output;
      }
    }
    if (is_ready) push({&target, &frame, number, is_dead});
  }

  void end(const Task& task) {
    --task.frame->iteration(task.iteration).outstanding;
    release(*task.frame);
  }

  // Drops the iterations in which nothing can happen any more, and then the loop.
  void release(Frame& frame) {
    if (frame.parent == nullptr) return;
    while (!frame.iterations.empty() && frame.iterations.front()->outstanding == 0 &&
           (frame.first_iteration > 0 || frame.pending_enters == 0)) {
      frame.drop_first_iteration();
    }
    if (!frame.iterations.empty()) return;
    Frame& parent = *frame.parent;
    const int iteration = frame.parent_iteration;
    for (const int id : frame.dead_exits) {
      const PlanNode& node = plan_.nodes[static_cast<std::size_t>(id)];
      std::vector<Value> nothing(1);
      activate_all(node, parent, iteration, true, nothing);
    }
    frames_.erase(frame);
    --parent.iteration(iteration).outstanding;
    release(parent);
  }

  std::vector<Tensor> fetched() {
    std::vector<Tensor> tensors;
    for (std::size_t i = 0; i < results_.size(); ++i) {
      const Value& result = results_[i];
      if (!result.present) {
        const PlanNode& node = plan_.nodes[static_cast<std::size_t>(plan_.first_fetch) + i];
        throw Error(Code::kInvalidArgument,
                    "'" + node.name +
                        "' never got its value: a node before it waits "
                        "for itself, or for a loop that doesn't come to it");
      }
      tensors.push_back(result.reference == nullptr ? result.tensor : result.reference->read());
    }
    return tensors;
  }

  const Plan& plan_;
  const std::vector<Tensor>& feeds_;
  RunServices& services_;
  const std::function<void()>& poll_;
  LoopFrames frames_;
  ReadyTasks ready_, changes_;
  std::vector<Value> outputs_;  // Of the node that runs, and empty ones behind them.
  std::vector<Value> results_;
  AsyncTasks async_;
};

}  // namespace

std::vector<Tensor> execute(const Plan& plan, const std::vector<Tensor>& feeds,
                            RunServices& services, const std::function<void()>& poll) {
  return Executor(plan, feeds, services, poll).run();
}

}  // namespace icecore::inline v0
