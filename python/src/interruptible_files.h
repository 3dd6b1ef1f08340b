// The machine's files, in whose long reads and writes a Ctrl-C is noticed.
#pragma once

#include "io/file_system.h"

namespace icecore::python {

// Looks for a signal no more than ten times a second; what its handler raises is thrown. To be
// called without the GIL. Only Python's main thread finds one.
void check_signals();

// Reads and writes go in pieces, between which check_signals() is called.
FileSystem& interruptible_files();

}  // namespace icecore::python
