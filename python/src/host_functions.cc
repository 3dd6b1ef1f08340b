#include "host_functions.h"

#include <icecore/error.h>

#include "convert.h"

namespace icecore::python {
namespace {

// TensorFlow's code for an exception of a py_func.
Code code_of(const nb::python_error& error) {
  if (nb::hasattr(error.value(), "error_code")) {  // One of ours.
    return static_cast<Code>(nb::cast<int>(error.value().attr("error_code")));
  }
  if (error.matches(PyExc_ValueError) || error.matches(PyExc_TypeError)) {
    return Code::kInvalidArgument;
  }
  if (error.matches(PyExc_StopIteration)) return Code::kOutOfRange;
  if (error.matches(PyExc_MemoryError)) return Code::kResourceExhausted;
  if (error.matches(PyExc_NotImplementedError)) return Code::kUnimplemented;
  return Code::kUnknown;
}

std::vector<Tensor> call(nb::handle function, std::span<const Tensor> inputs) {
  nb::list arguments;
  for (const Tensor& input : inputs) arguments.append(value_of(input));
  const nb::object result = function(*arguments);
  std::vector<Tensor> outputs;
  if (result.is_none()) return outputs;
  if (!PyList_Check(result.ptr()) && !PyTuple_Check(result.ptr())) {
    outputs.push_back(tensor_from(result));
    return outputs;
  }
  for (const nb::object& item : items_of(result)) outputs.push_back(tensor_from(item));
  return outputs;
}

}  // namespace

void Raised::set(nb::python_error&& error) {
  const std::lock_guard lock(mutex_);
  if (value_ != nullptr) return;
  value_ = error.value().inc_ref().ptr();
}

nb::object Raised::take() {
  const std::lock_guard lock(mutex_);
  return nb::steal(std::exchange(value_, nullptr));
}

HostFunction host_function(nb::object function, std::shared_ptr<Raised> raised) {
  // Copies of a HostFunction are made and dropped on threads without the GIL.
  const std::shared_ptr<PyObject> held(function.release().ptr(), [](PyObject* object) {
    if (!Py_IsInitialized()) return;
    const nb::gil_scoped_acquire gil;
    Py_DECREF(object);
  });
  return [held, raised = std::move(raised)](std::span<const Tensor> inputs) {
    const nb::gil_scoped_acquire gil;
    try {
      return call(held.get(), inputs);
    } catch (nb::python_error& error) {
      const Code code = code_of(error);
      const nb::object value = nb::borrow(error.value());
      std::string message = nb::str(value).c_str();
      // What icecore.tf finds wrong with a result is the node's own failure, not the function's.
      if (!nb::hasattr(value, "is_whole_message")) {
        message.insert(0, std::string(Py_TYPE(value.ptr())->tp_name) + ": ");
      }
      raised->set(std::move(error));
      throw Error(code, message);
    }
  };
}

}  // namespace icecore::python
