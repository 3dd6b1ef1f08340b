// Tensors as numpy prints arrays.
#pragma once

#include <icecore/export.h>
#include <icecore/tensor.h>

#include <cstdint>
#include <string>

namespace icecore::inline v0 {

// numpy.set_printoptions, and its defaults.
struct TensorTextOptions {
  std::int64_t threshold = 1000;  // Above so many elements, only the edges of each dimension.
  std::int64_t edge_items = 3;    // How many there, at each end; at least 1.
  std::int64_t line_width = 75;   // Characters; an element that is longer has a line of its own.
  int precision = 8;              // The most digits after the point.
};

// str() of the array that TensorFlow gives for the tensor, as numpy 2.4 prints it, without a
// newline at the end: "[[1. 2.]\n [3. 4.]]". A scalar is printed as numpy prints the number, and
// any tensor without elements as "[]". Strings are Python's bytes ("[b'hi' b'']"), bfloat16 is
// printed as ml_dtypes prints it, quantized values as their integers.
ICECORE_API std::string tensor_text(const Tensor& tensor, const TensorTextOptions& options = {});
// The same with the defaults.
ICECORE_API std::string to_string(const Tensor& tensor);

}  // namespace icecore::inline v0
