// Functions of Python that are told how far a long write or read is.
#pragma once

#include <icecore/progress.h>
#include <nanobind/nanobind.h>

namespace icecore::python {

// Calls `function`, where it isn't None, with (bytes done, bytes in all). A Ctrl-C, or an exception
// of the function, ends the work. To be used while the caller holds on to `function`.
Progress progress_from(nanobind::handle function);

}  // namespace icecore::python
