// Tensors as .npy files, which numpy.load reads.
#pragma once

#include <icecore/tensor.h>

#include <string>

#include "io/atomic_file.h"
#include "io/file_system.h"

namespace icecore::inline v0 {

// What stands before the values: magic, version 1.0, and the description of the array, padded to a
// multiple of 64 bytes, byte for byte as numpy.save writes it.
//
// Quantized types are written as their integers, bfloat16 as two bytes without a meaning ("<V2", as
// numpy with ml_dtypes writes it). Strings have the length of the longest ("|S5"); numpy drops NUL
// bytes at the end of an item when it is read, so items that end in NULs come back without them.
//
// INVALID_ARGUMENT for what numpy can't have: more than 64 dimensions, items over 2 GiB.
std::string npy_header(const Tensor& tensor);

// Writes header and values under `path`, replacing a file that is there. RESOURCE_EXHAUSTED where
// the disk hasn't the room (strings of very different lengths need much more than their bytes).
void write_npy(FileSystem& files, const std::string& path, const Tensor& tensor,
               Durability durability = Durability::kRename);

}  // namespace icecore::inline v0
