// Groups of operations.
#pragma once

#include <icecore/graph_builder.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace icecore::inline v0 {

// GraphBuilder::group of operations that count as being on the devices given.
ICECORE_API Operation group_by_device(
    GraphBuilder& graph, const std::vector<std::pair<Operation, std::string>>& operations,
    std::string_view name);

}  // namespace icecore::inline v0
