// The escapes of protobuf's text format.
#pragma once

#include <icecore/export.h>

#include <cstddef>
#include <span>
#include <string>

namespace icecore::inline v0 {

// Appends the bytes as they stand between double quotes: \n, \r, \t, \", \', \\, and three octal
// digits for the other control characters and everything beyond ASCII.
ICECORE_API void append_escaped(std::string& text, std::span<const std::byte> bytes);

}  // namespace icecore::inline v0
