// Variant tensors in a V2 data file: their checksums (docs/formats.md, "Data files"). What the
// variants hold isn't read.
#pragma once

#include "checkpoint/bundle_entry.h"
#include "io/file_system.h"

namespace icecore::inline v0 {

// The entry's range must lie in the file. DATA_LOSS where an item or a checksum is wrong.
void check_variants(const RandomAccessFile& file, const BundleEntry& entry, bool big_endian);

}  // namespace icecore::inline v0
