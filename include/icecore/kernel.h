// Kernels: what computes an op.
#pragma once

#include <icecore/dtype.h>
#include <icecore/export.h>
#include <icecore/node_info.h>
#include <icecore/shape.h>
#include <icecore/tensor.h>

#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace icecore::inline v0 {

class KernelContext;
class ThreadPool;
class VariableCell;
struct RunServices;

// A kernel is made once for each node of a Session (by its op's KernelFactory), before the node
// runs first, and lives as long as the Session: state that it keeps (a random generator's counter)
// goes on from run to run. It may be called by several threads at once, unless it says `serial`.
struct Kernel {
  std::function<void(KernelContext&)> compute;
  // Instead of `compute`, for ops that wait for something (queues, host functions): it starts the
  // work, returns, and calls `done` when the outputs are set, from any thread. What it throws
  // before it returns counts as failure; afterwards it fails by context.fail() before done().
  std::function<void(KernelContext&, std::function<void()> done)> compute_async;
  bool serial = false;

  Kernel() = default;
  template <std::invocable<KernelContext&> F>
  Kernel(F function) : compute(std::move(function)) {}
};

// What goes along an edge: a tensor, or a reference to a variable (VariableV2's output).
struct Value {
  Tensor tensor;
  std::shared_ptr<VariableCell> reference;
  bool present = false;  // False: a dead value, or an output that wasn't set.
};

// What a kernel sees of one run of its node.
class ICECORE_API KernelContext {
 public:
  // `outputs` are as many as the node has, and not present yet.
  KernelContext(const NodeInfo& node, std::span<Value> inputs, std::span<Value> outputs,
                RunServices& services)
      : node_(node), inputs_(inputs), outputs_(outputs), services_(services) {}

  const NodeInfo& node() const { return node_; }
  int num_inputs() const { return static_cast<int>(inputs_.size()); }
  // A reference input of a signature that takes a value has been read already.
  const Tensor& input(int i) const { return inputs_[static_cast<std::size_t>(i)].tensor; }
  // Hands the input over; where nobody else holds it, it may be changed in place.
  Tensor take_input(int i) { return std::move(inputs_[static_cast<std::size_t>(i)].tensor); }
  // Of an input that is a reference. INTERNAL where it isn't.
  const std::shared_ptr<VariableCell>& input_reference(int i) const;

  // From the Session's allocator. RESOURCE_EXHAUSTED beyond its limit; INVALID_ARGUMENT where the
  // shape is too large to count.
  Tensor allocate(DType dtype, const Shape& shape) const;
  // Input i itself where nobody else holds it and dtype and byte size fit; else as allocate(). The
  // input's values must be read before the output's are written at the same index, or not at all:
  // input(i) is a view of the output's memory then, which may not be kept.
  Tensor reuse_or_allocate(int i, DType dtype, const Shape& shape);

  void set_output(int i, Tensor value);
  void set_output_reference(int i, std::shared_ptr<VariableCell> cell);
  void fail(std::exception_ptr error) { error_ = std::move(error); }

  ThreadPool& threads() const;
  RunServices& services() const { return services_; }

  // What was set so far.
  std::span<const Value> outputs() const { return outputs_; }
  const std::exception_ptr& error() const { return error_; }

 private:
  Value& output_of(int i);

  const NodeInfo& node_;
  std::span<Value> inputs_, outputs_;
  RunServices& services_;
  std::exception_ptr error_;
};

}  // namespace icecore::inline v0
