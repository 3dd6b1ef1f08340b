// Whether bytes can be a message of a given type.
#pragma once

#include <icecore/export.h>

#include <optional>
#include <string>

#include "proto/blob.h"
#include "proto/schema.h"

namespace icecore::inline v0 {

// Why the bytes can't be such a message ("NodeDef.op: text that isn't UTF-8"), or nothing where
// they can: every field that the schema knows has its wire type, lists of numbers end where a
// number ends, strings are UTF-8, messages inside hold to their schemas and are nested at most 100
// deep. What protobuf would parse has no conflict, except that protobuf takes a known field of
// another wire type for an unknown one. Unknown fields are no conflict. Values that were left in
// their file aren't read.
ICECORE_API std::optional<std::string> conflict(const Span& message, const MessageSchema& schema);

}  // namespace icecore::inline v0
