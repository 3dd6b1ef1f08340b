// Files being written that must go if a signal ends the program.
#pragma once

#include <string>

#include <icecore/export.h>

namespace icecore::inline v0 {

// Remembers a file of the machine's file system, by the path it was created under, until forgotten.
// Best effort: beyond 64 files at a time, and for paths of 4096 bytes or more, nothing happens.
// Threads: may be called concurrently.
void remember_unfinished(const std::string& path) noexcept;
// Nothing happens where it isn't remembered.
void forget_unfinished(const std::string& path) noexcept;

// For programs, once at their start: a signal that asks the program to end (SIGINT, SIGTERM,
// SIGHUP, SIGQUIT, SIGPIPE, SIGXCPU, SIGXFSZ) removes the files remembered and then ends it as if
// there were no handler. Signals that the program's parent had it ignore stay ignored. A library
// must leave that choice to its user, so nothing calls it but the program.
ICECORE_API void remove_unfinished_on_signals();

}  // namespace icecore::inline v0
