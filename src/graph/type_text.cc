#include "graph/type_text.h"

namespace icecore::inline v0 {

std::string type_text(const ArgType& type) {
  std::string text(dtype_name(type.dtype));
  if (type.dtype == DType::kFloat32) text = "float";
  if (type.dtype == DType::kFloat64) text = "double";
  if (type.dtype == DType::kFloat16) text = "half";
  return type.is_reference ? text + "_ref" : text;
}

}  // namespace icecore::inline v0
