// Types and shapes as TensorFlow writes them in its messages.
#pragma once

#include <icecore/node_info.h>
#include <icecore/shape.h>

#include <string>

namespace icecore::inline v0 {

// "float", "double", "half", "int32", …; of a reference "float_ref".
ICECORE_API std::string type_text(const ArgType& type);
// As Python prints a shape: "(3,)", "(?, 2)".
ICECORE_API std::string python_text(const Shape& shape);

}  // namespace icecore::inline v0
