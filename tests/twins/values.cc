#include "twins/values.h"

#include <sstream>

#include "graph/number_tensor.h"

namespace icecore::inline v0 {

std::string elements_text(const Tensor& tensor) {
  std::ostringstream text;
  for (std::int64_t i = 0; i < tensor.num_elements(); ++i) {
    if (i > 0) text << ' ';
    if (tensor.dtype() == DType::kString) {
      text << tensor.strings()[static_cast<std::size_t>(i)];
    } else {
      text << number_at(tensor, i).d;
    }
  }
  return text.str();
}

}  // namespace icecore::inline v0
