// The names that someone who mistyped one may have meant.
#pragma once

#include <icecore/export.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

// At most `most` of the candidates, best first; none that has nothing in common with `wanted`. A
// candidate counts as near when it differs in few letters, when one contains the other, or when
// both end in the same path components ("conv1/weights" and "model/conv1/weights").
ICECORE_API std::vector<std::string> nearest_names(std::string_view wanted,
                                                   std::span<const std::string_view> candidates,
                                                   std::size_t most);

}  // namespace icecore::inline v0
