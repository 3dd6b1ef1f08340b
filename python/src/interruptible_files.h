// The machine's files, in whose long reads and writes a Ctrl-C is noticed.
#pragma once

#include <chrono>

#include "io/file_system.h"

namespace icecore::python {

// Looks for a signal, unless the thread has done so within the interval: whoever has the GIL keeps
// it for some milliseconds. What the signal's handler raises is thrown. To be called without the
// GIL. Only Python's main thread finds one.
void check_signals(std::chrono::milliseconds interval);

// Reads and writes go in pieces, between which check_signals() is called.
FileSystem& interruptible_files();

}  // namespace icecore::python
