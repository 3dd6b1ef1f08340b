// Tells TensorFlow's three graph messages apart by their first fields.
#pragma once

#include "io/file_system.h"
#include "locate/sniff.h"

namespace icecore::inline v0 {

// kGraphDef, kMetaGraphDef, kSavedModel, kOnnx, or kUnknown where the first fields are none of
// them. Reads a few hundred bytes. A file that is cut counts as what its beginning is.
Content peek_message(const RandomAccessFile& file);

}  // namespace icecore::inline v0
