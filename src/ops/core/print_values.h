// Tensors as messages of a run show them.
#pragma once

#include <icecore/tensor.h>

#include <cstdint>
#include <string>

namespace icecore::inline v0 {

// The first `most` values (negative: all) and "..." where there are more, as TensorFlow's
// SummarizeValue shows them: "1 2 3...", "[1 2][3 4]".
std::string print_values(const Tensor& tensor, std::int64_t most);

// As numpy shows an array, as StringFormat does: all brackets, a line for each row, and of each
// dimension the first and last so many (negative: all). "[[0 1 2 ... 7 8 9]\n [10 11 ...".
std::string format_values(const Tensor& tensor, std::int64_t at_ends);

}  // namespace icecore::inline v0
