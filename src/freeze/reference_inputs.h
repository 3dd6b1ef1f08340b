// Which inputs of which ops must be a variable itself, not its value.
#pragma once

#include <cstddef>
#include <string_view>

#include <icecore/export.h>

namespace icecore::inline v0 {

// Whether input `index` of an op takes a reference (Ref(T) in the op's signature) that a variable
// gives: a graph in which a constant stands there does not load. Ops on queues, readers and other
// stateful handles, which no variable feeds, are left out.
ICECORE_API bool takes_variable_reference(std::string_view op, std::size_t index);

}  // namespace icecore::inline v0
