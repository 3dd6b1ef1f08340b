#include "graph/type_text.h"

#include "base/cpp_type_name.h"

namespace icecore::inline v0 {

std::string type_text(const ArgType& type) {
  const std::string text(cpp_type_name(type.dtype));
  return type.is_reference ? text + "_ref" : text;
}

std::string python_text(const Shape& shape) {
  if (!shape.has_rank()) return "<unknown>";
  std::string text = "(";
  for (int i = 0; i < shape.rank(); ++i) {
    if (i > 0) text += ", ";
    text += shape.dim(i) < 0 ? "?" : std::to_string(shape.dim(i));
  }
  return text + (shape.rank() == 1 ? ",)" : ")");
}

}  // namespace icecore::inline v0
