#include "progress.h"

namespace nb = nanobind;

namespace icecore::python {

Progress progress_from(nb::handle function) {
  return [function](std::uint64_t done, std::uint64_t total) {
    const nb::gil_scoped_acquire gil;
    if (PyErr_CheckSignals() != 0) throw nb::python_error();
    if (!function.is_none()) function(done, total);
  };
}

}  // namespace icecore::python
