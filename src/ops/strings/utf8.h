// Characters of several bytes.
#pragma once

#include <icecore/node_info.h>

namespace icecore::inline v0 {

// Whether a byte goes on with a character.
inline bool is_trail_byte(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

// Whether the node counts characters (unit UTF8_CHAR) and not bytes. INVALID_ARGUMENT where it says
// neither.
bool is_utf8_unit(const NodeInfo& node);

}  // namespace icecore::inline v0
