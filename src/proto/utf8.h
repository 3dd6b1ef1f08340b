// UTF-8, checked and written.
#pragma once

#include <icecore/export.h>

#include <string>
#include <string_view>

namespace icecore::inline v0 {

// Whether the bytes are well-formed UTF-8: no overlong forms, no surrogates, nothing above 10FFFF.
ICECORE_API bool is_utf8(std::string_view bytes);
// Appends a code point up to 10FFFF.
ICECORE_API void append_utf8(std::string& text, char32_t code_point);

}  // namespace icecore::inline v0
