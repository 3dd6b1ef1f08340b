// A checkpoint that is being written over (docs/saver.md, "Saving to the same prefix again").
//
// Two files can't be replaced in one step. So whoever writes a V2 checkpoint over another first
// gives the old files second names, those of the prefix P.icecore-previous, and takes these away
// once both new files are in place. Where the writing stopped in between, the old set is whole
// under these names.
#pragma once

#include <string>
#include <string_view>

#include <icecore/export.h>

#include "io/file_system.h"

namespace icecore::inline v0 {

// "P" -> "P.icecore-previous"
ICECORE_API std::string previous_prefix(const std::string& prefix);
ICECORE_API bool is_previous_prefix(std::string_view prefix);
// And back; other prefixes as they are.
ICECORE_API std::string without_previous(const std::string& prefix);

// Whether what counts as P is the set under its second names: that set is whole, and P.index isn't
// newer. (The new index is put in place last, and differs from the old one wherever any value does.
// So what was written to P later, by whatever program, counts.)
ICECORE_API bool previous_set_counts(const FileSystem& files, const std::string& prefix);

}  // namespace icecore::inline v0
