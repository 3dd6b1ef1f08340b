// OpDef messages: the signatures that functions and meta graphs bring along.
#pragma once

#include <icecore/export.h>

#include <string>

#include "opdef/op_signature.h"
#include "proto/blob.h"
#include "proto/piece.h"

namespace icecore::inline v0 {

// As parse_op_signature() reads it.
ICECORE_API std::string signature_text(const Span& op_def);

// The OpDef of a signature, as stripped_op_list has it: without documentation.
ICECORE_API Piece encode_op_def(const OpSignature& signature);

}  // namespace icecore::inline v0
