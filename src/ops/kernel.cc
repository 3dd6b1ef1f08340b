#include <icecore/error.h>
#include <icecore/kernel.h>

#include <string>

#include "base/allocator.h"
#include "ops/run_services.h"

namespace icecore::inline v0 {

const std::shared_ptr<VariableCell>& KernelContext::input_reference(int i) const {
  const std::shared_ptr<VariableCell>& cell = inputs_[static_cast<std::size_t>(i)].reference;
  if (cell == nullptr) {
    throw Error(Code::kInternal, "input " + std::to_string(i) + " of '" + node_.name() +
                                     "' isn't a reference to a variable");
  }
  return cell;
}

Tensor KernelContext::allocate(DType dtype, const Shape& shape) const {
  return Tensor(dtype, shape, services_.allocator);
}

Tensor KernelContext::reuse_or_allocate(int i, DType dtype, const Shape& shape) {
  Tensor& candidate = inputs_[static_cast<std::size_t>(i)].tensor;
  if (candidate.dtype() == dtype && candidate.num_elements() == shape.num_elements() &&
      candidate.is_unique()) {
    // The output is the sole owner now, as it must be to be written; input(i) can still be read.
    Tensor output = std::move(candidate);
    candidate = output.view();
    return output.shape() == shape ? output : output.reshaped(shape);
  }
  return allocate(dtype, shape);
}

Value& KernelContext::output_of(int i) {
  if (i < 0 || static_cast<std::size_t>(i) >= outputs_.size()) {
    throw Error(Code::kInternal,
                "'" + node_.name() + "' has no output " + std::to_string(i) + " that could be set");
  }
  return outputs_[static_cast<std::size_t>(i)];
}

void KernelContext::set_output(int i, Tensor value) {
  Value& output = output_of(i);
  // What strings hold isn't the allocator's; but no tensor of them may be larger than what it has
  // left: else strings that are joined with themselves soon fill the machine's memory.
  if (value.dtype() == DType::kString && services_.allocator != nullptr) {
    services_.allocator->charge(value.byte_size());
  }
  output.tensor = std::move(value);
  output.present = true;
}

void KernelContext::set_output_reference(int i, std::shared_ptr<VariableCell> cell) {
  Value& output = output_of(i);
  output.reference = std::move(cell);
  output.present = true;
}

ThreadPool& KernelContext::threads() const {
  return *services_.threads;
}

}  // namespace icecore::inline v0
