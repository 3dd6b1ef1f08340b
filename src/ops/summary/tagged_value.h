// The beginning of a summary's value.
#pragma once

#include <string_view>

#include "proto/fields.h"
#include "proto/piece.h"

namespace icecore::inline v0 {

inline Piece tagged_value(std::string_view tag) {
  Piece value;
  value.text_if_any(pb::Summary_Value::tag, tag);
  return value;
}

}  // namespace icecore::inline v0
