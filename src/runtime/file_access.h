// Which files a graph's own ops may touch.
#pragma once

#include <string>
#include <string_view>

namespace icecore::inline v0 {

// Whether `path` lies in `folder`, links and dots resolved; a file that isn't there yet lies where
// its folder is.
bool lies_in(std::string_view path, const std::string& folder);

}  // namespace icecore::inline v0
