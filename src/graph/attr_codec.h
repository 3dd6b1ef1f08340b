// AttrValue messages and the values they hold.
#pragma once

#include <icecore/attr_value.h>
#include <icecore/export.h>

#include <string_view>

#include "opdef/op_signature.h"
#include "proto/blob.h"
#include "proto/piece.h"

namespace icecore::inline v0 {

// The value in an encoded AttrValue; `kind` ("list(int)", from the signature) says what an empty
// list is of, and may be empty where no signature is known. DATA_LOSS where the message is damaged,
// INVALID_ARGUMENT where nothing is set or it is a placeholder.
ICECORE_API AttrValue decode_attr(const Span& attr_value, std::string_view kind = {});

ICECORE_API Piece encode_attr(const AttrValue& value);

// A default as the signatures' text writes it (1, "NHWC", (1, 1), float) for an attribute of that
// kind.
ICECORE_API AttrValue parse_default(std::string_view text, std::string_view kind);

// No values, of a kind such as "list(type)"; of an unknown kind ints.
AttrValue empty_list(std::string_view kind);

// "int", "list(type)", … of the value; of an empty list the kind it is held as.
ICECORE_API std::string_view attr_kind(const AttrValue& value);

}  // namespace icecore::inline v0
