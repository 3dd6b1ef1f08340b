// Reads .npy files.
#pragma once

#include <icecore/tensor.h>

#include <string>

#include "io/file_system.h"

namespace icecore::inline v0 {

// Versions 1 to 3 of the format, either byte order, C and Fortran order. Byte strings ("|S5") and
// Python's text ("<U5", as UTF-8) become string tensors; NULs at an item's end are padding.
//
// INVALID_ARGUMENT for what is no .npy file or holds what no tensor has (objects, dates); DATA_LOSS
// where it is shorter or longer than it says.
Tensor read_npy(const FileSystem& files, const std::string& path);

}  // namespace icecore::inline v0
