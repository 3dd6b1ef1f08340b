// Functions of Python that graphs call.
#pragma once

#include <icecore/host_function.h>
#include <nanobind/nanobind.h>

#include <exception>
#include <memory>
#include <mutex>

namespace icecore::python {

// What the functions of a run raised: the run's own error says it too, but in words alone.
class Raised {
 public:
  void set(nanobind::python_error&& error);
  // The exception's object, once; with the GIL held.
  nanobind::object take();

 private:
  std::mutex mutex_;
  PyObject* value_ = nullptr;
};

// Called with numpy arrays; gives an array or a list of them. Takes the GIL for the time of the
// call. `dtypes` aren't known here: what the function gives has numpy's.
HostFunction host_function(nanobind::object function, std::shared_ptr<Raised> raised);

}  // namespace icecore::python
