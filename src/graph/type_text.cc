#include "graph/type_text.h"

namespace icecore::inline v0 {

std::string type_text(const ArgType& type) {
  std::string text(dtype_name(type.dtype));
  if (type.dtype == DType::kFloat32) text = "float";
  if (type.dtype == DType::kFloat64) text = "double";
  if (type.dtype == DType::kFloat16) text = "half";
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
