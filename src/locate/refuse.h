// What to say of a file that isn't what it was passed as.
#pragma once

#include <string>

#include "locate/sniff.h"

namespace icecore::inline v0 {

// Of a file where a V1 table, or any file of a checkpoint, is needed: INVALID_ARGUMENT that says
// what it is and what to do, DATA_LOSS where it is a damaged one.
[[noreturn]] void refuse(const std::string& path, const Sniffed& sniffed);

// Of P.index.
[[noreturn]] void refuse_index(const std::string& path, const Sniffed& sniffed);

}  // namespace icecore::inline v0
