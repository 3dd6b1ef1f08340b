// Stack*: what a loop's gradient takes from its forward run, last in first out.
#include <icecore/gradient_context.h>

#include <limits>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/data_flow/data_flow_ops.h"
#include "ops/data_flow/step_handle.h"

namespace icecore::inline v0 {
namespace {

// Thread-safe.
class Stack : public StepObject {
 public:
  Stack(std::string name, DType dtype, std::size_t limit)
      : name_(std::move(name)), dtype_(dtype), limit_(limit) {}

  void push(Tensor value) {
    const std::lock_guard lock(mutex_);
    check_open();
    if (value.dtype() != dtype_) {
      refuse("Must have type " + to_string(dtype_) + " but got " + to_string(value.dtype()));
    }
    if (values_.size() >= limit_) {
      refuse("Stack[" + name_ + "] overflowed its max_size (" + std::to_string(limit_) + ")");
    }
    values_.push_back(std::move(value));
  }

  Tensor pop() {
    const std::lock_guard lock(mutex_);
    check_open();
    if (values_.empty()) refuse("Stack[" + name_ + "] is empty when calling Pop().");
    Tensor value = std::move(values_.back());
    values_.pop_back();
    return value;
  }

  void close() {
    const std::lock_guard lock(mutex_);
    values_.clear();
    closed_ = true;
  }

 private:
  void check_open() const {
    if (closed_) refuse("Stack[" + name_ + "] has already been closed.");
  }

  std::mutex mutex_;
  std::string name_;
  DType dtype_;
  std::size_t limit_;
  bool closed_ = false;
  std::vector<Tensor> values_;
};

}  // namespace

void stack_shape(ShapeContext& c) {
  c.set_output(0, Shape{2});
}

void stack_push_shape(ShapeContext& c) {
  c.set_output(0, c.input(1));
}

Kernel stack_kernel(const NodeInfo& node) {
  std::string name = node.string_attr("stack_name");
  if (name.empty()) name = node.name();
  return Kernel([name, dtype = node.type_attr("elem_type")](KernelContext& c) {
    std::int32_t limit = std::numeric_limits<std::int32_t>::max();
    if (c.num_inputs() > 0) {
      if (c.input(0).shape().rank() != 0) {
        refuse("Stack size must be a scalar, but had shape: " + to_string(c.input(0).shape()));
      }
      const std::int32_t size = c.input(0).item<std::int32_t>();
      if (size >= 0) limit = size;  // A negative one is none.
    }
    set_handle(c, "_stacks", name,
               std::make_shared<Stack>(name, dtype, static_cast<std::size_t>(limit)));
  });
}

Kernel stack_push_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    find_object<Stack>(c)->push(c.input(1));
    c.set_output(0, c.take_input(1));
  });
}

Kernel stack_pop_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) { c.set_output(0, find_object<Stack>(c)->pop()); });
}

Kernel stack_close_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) { find_object<Stack>(c)->close(); });
}

}  // namespace icecore::inline v0
