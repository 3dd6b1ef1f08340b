// Tensors as messages of a run show them.
#pragma once

#include <icecore/tensor.h>

#include <cstdint>
#include <string>

namespace icecore::inline v0 {

// The first `most` values (negative: all) and "..." where there are more, as TensorFlow's
// SummarizeValue shows them: "1 2 3...", "[1 2][3 4]".
std::string print_values(const Tensor& tensor, std::int64_t most);

}  // namespace icecore::inline v0
