// Small tensors of numbers, element by element, whatever their dtype.
#pragma once

#include <icecore/export.h>
#include <icecore/tensor.h>

#include <cstdint>
#include <optional>

namespace icecore::inline v0 {

// Ints keep all their bits; uint64 beyond int64 as its bits.
struct Number {
  bool integral = true;
  std::int64_t i = 0;
  double d = 0;
  static Number of_int(std::int64_t value) { return {true, value, static_cast<double>(value)}; }
  static Number of_double(double value) { return {false, 0, value}; }
};

// Floats, ints, bool.
ICECORE_API bool is_number(DType dtype);

// Ints with and without sign; not bool.
ICECORE_API bool is_integer(DType dtype);

// Of a tensor of numbers; i is below its number of elements.
ICECORE_API Number number_at(const Tensor& tensor, std::int64_t i);
// As C++ converts, but that a bool is whether the number isn't 0, and a float out of an int's range
// is the lowest int, as x86 does it.
ICECORE_API void set_number(Tensor& tensor, std::int64_t i, const Number& number);

// numpy's astype; nothing where one of the types has no numbers.
ICECORE_API std::optional<Tensor> converted(const Tensor& tensor, DType dtype);

}  // namespace icecore::inline v0
