// Values of attributes as callers give them, against what an op's signature allows.
#pragma once

#include <icecore/attr_value.h>
#include <icecore/export.h>

#include <string>
#include <string_view>

#include "opdef/op_signature.h"

namespace icecore::inline v0 {

// The value as the attribute's kind: an int may stand for a float, an empty list is of any kind.
// TypeError or ValueError, in op_def_library's words, where it is of another kind or not allowed.
AttrValue attr_of_kind(const AttrValue& value, const AttrSignature& attr, std::string_view op);

// Why a node of a GraphDef may not have that value of the attribute's kind, in TensorFlow's words;
// "" where it may.
std::string why_refused(const AttrValue& value, const AttrSignature& attr);

// TypeError unless the attribute allows the type.
void check_type_allowed(DType type, const AttrSignature& attr, std::string_view parameter);

}  // namespace icecore::inline v0
