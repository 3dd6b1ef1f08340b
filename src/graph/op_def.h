// OpDef messages: the signatures that functions and meta graphs bring along.
#pragma once

#include <icecore/export.h>

#include <string>

#include "proto/blob.h"

namespace icecore::inline v0 {

// As parse_op_signature() reads it.
ICECORE_API std::string signature_text(const Span& op_def);

}  // namespace icecore::inline v0
