// Types as TensorFlow's C++ core writes them in its messages.
#pragma once

#include <icecore/node_info.h>

#include <string>

namespace icecore::inline v0 {

// "float", "double", "half", "int32", …; of a reference "float_ref".
ICECORE_API std::string type_text(const ArgType& type);

}  // namespace icecore::inline v0
