// How ops of one run name what they share: a tensor array, a stack.
#pragma once

#include <icecore/error.h>
#include <icecore/kernel.h>

#include <memory>
#include <string>

#include "ops/run_services.h"
#include "ops/variable_cell.h"

namespace icecore::inline v0 {

// Something that lives as long as the run, or as a tensor that refers to it.
class StepObject : public Resource, public TensorObject {};

// Sets output 0 to a handle on the object: a resource tensor that holds it, or, in the old ops
// whose handles are strings, two strings under which the run's resources have it (as a reference to
// them in the oldest). `container` tells kinds of objects apart.
template <typename T>
void set_handle(KernelContext& c, std::string_view container, const std::string& name,
                std::shared_ptr<T> object);

// The object behind input 0. INVALID_ARGUMENT where the handle is another kind's, NOT_FOUND where a
// string names nothing.
template <typename T>
std::shared_ptr<T> find_object(const KernelContext& c);

// --- What follows is for the above ---------------------------------------------------------------

// Two strings, new in this run.
Tensor string_handle(KernelContext& c, std::string_view container, const std::string& name);
// The two strings of input 0, read through a reference where it is one.
std::pair<std::string, std::string> read_string_handle(const KernelContext& c);
void set_string_handle(KernelContext& c, Tensor handle);
[[noreturn]] void refuse_handle(const KernelContext& c);

template <typename T>
void set_handle(KernelContext& c, std::string_view container, const std::string& name,
                std::shared_ptr<T> object) {
  if (c.node().outputs().at(0).dtype == DType::kResource) {
    c.set_output(0, Tensor::of_objects(DType::kResource, Shape(), {std::move(object)}));
    return;
  }
  const Tensor handle = string_handle(c, container, name);
  c.services().step->template find_or_make<T>(handle.strings()[0], handle.strings()[1],
                                              [&] { return object; });
  set_string_handle(c, handle);
}

template <typename T>
std::shared_ptr<T> find_object(const KernelContext& c) {
  std::shared_ptr<T> object;
  if (c.node().inputs().at(0).dtype == DType::kResource) {
    const auto objects = c.input(0).objects();
    if (objects.size() == 1) object = std::dynamic_pointer_cast<T>(objects[0]);
    if (object == nullptr) refuse_handle(c);
    return object;
  }
  const auto [container, name] = read_string_handle(c);
  object = c.services().step->template find<T>(container, name);
  if (object == nullptr) {
    throw Error(Code::kNotFound, "'" + c.node().name() + "': there is no " + container + "/" +
                                     name + " in this run");
  }
  return object;
}

}  // namespace icecore::inline v0
