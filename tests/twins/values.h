// What a run gives, as a script prints it.
#pragma once

#include <icecore/tensor.h>

#include <string>

namespace icecore::inline v0 {

// The elements in order: "1.5 -2.25", "yes no" of strings.
std::string elements_text(const Tensor& tensor);

}  // namespace icecore::inline v0
