// How far a long write or read is.
#pragma once

#include <cstdint>
#include <functional>

namespace icecore::inline v0 {

// Told the bytes done and the bytes in all, by the thread that works. An exception ends the work as
// any failure does: nothing half-written is left, nothing is half-restored, and it goes on to the
// caller. Empty: nobody is told.
using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

}  // namespace icecore::inline v0
