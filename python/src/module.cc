// icecore._core: the C++ library in Python. The package's faces (icecore, icecore.tf) stand on it.
#include "bindings.h"

NB_MODULE(_core, m) {
  m.doc() =
      "Icecore's C++ library. `icecore` and `icecore.tf`, which stand on it, are what programs "
      "use.";
  nb::set_leak_warnings(false);  // What a program still holds when it ends is no leak.
  icecore::python::bind_errors(m);
  icecore::python::bind_tensors(m);
  icecore::python::bind_signatures(m);
  icecore::python::bind_checkpoints(m);
  icecore::python::bind_graph_files(m);
  icecore::python::bind_freeze(m);
  icecore::python::bind_handles(m);
  icecore::python::bind_graph_builder(m);
  icecore::python::bind_variables(m);
  icecore::python::bind_control_flow(m);
  icecore::python::bind_gradients(m);
  icecore::python::bind_sessions(m);
  icecore::python::bind_savers(m);
}
