// Making folders that others may make at the same time.
#pragma once

#include <string>

#include <icecore/export.h>

#include "io/file_system.h"

namespace icecore::inline v0 {

// Makes the folder where it is missing, but none above it. Nothing is wrong where another program
// makes it meanwhile; ALREADY_EXISTS where something else has its name. "" is there always.
ICECORE_API void make_folder(FileSystem& files, const std::string& folder);
// The same with those above it (os.makedirs).
ICECORE_API void make_folders(FileSystem& files, const std::string& folder);

}  // namespace icecore::inline v0
