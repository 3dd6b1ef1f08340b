// What the files of the extension share: each binds one concept.
#pragma once

#include <nanobind/nanobind.h>

namespace nb = nanobind;

namespace icecore::python {

void bind_errors(nb::module_& m);
void bind_tensors(nb::module_& m);
void bind_signatures(nb::module_& m);
void bind_checkpoints(nb::module_& m);
void bind_graph_files(nb::module_& m);
void bind_freeze(nb::module_& m);
void bind_handles(nb::module_& m);
void bind_graph_builder(nb::module_& m);
void bind_variables(nb::module_& m);
void bind_control_flow(nb::module_& m);
void bind_gradients(nb::module_& m);
void bind_sessions(nb::module_& m);
void bind_savers(nb::module_& m);

}  // namespace icecore::python
