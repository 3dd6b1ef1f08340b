// protobuf's text format, read.
#pragma once

#include <icecore/export.h>

#include <string_view>

#include "proto/blob.h"
#include "proto/schema.h"

namespace icecore::inline v0 {

// The message that the text describes, encoded as protobuf serialises it: fields in number order,
// numbers of a list packed, zero scalars outside oneofs absent; the entries of a map stand in the
// order of the text.
//
// Takes all of the format: comments, `name { }`, `name: { }` and `name < >`, lists in brackets,
// commas and semicolons between fields, strings in both quotes and joined, every escape, integers
// in three bases, enum values by name or number, `[type.googleapis.com/…] { }` in a
// google.protobuf.Any. As text_format.Merge does (which TensorFlow reads graphs with), the last
// value of a field that stands there twice counts, and messages merge.
//
// INVALID_ARGUMENT with line:column, what was found and the nearest name for what the schema
// lacks, for values of the wrong kind, and for messages nested more than 100 deep. Time and memory
// are proportional to the text.
ICECORE_API Span parse_text(std::string_view text, const MessageSchema& schema);

}  // namespace icecore::inline v0
