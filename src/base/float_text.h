// Floating-point numbers as text, digit for digit as TensorFlow's Python prints them.
#pragma once

#include <icecore/export.h>

#include <string>

namespace icecore::inline v0 {

// Python's repr: the fewest digits that read back as the same double, an exponent below 1e-4 and
// from 1e16 on. "0.1", "1e-05", "1.5e+300", "16777216.0", "-0.0", "inf", "nan".
ICECORE_API std::string python_repr(double value);

// As protobuf's Python text format prints a float: of the decimals with six digits, then seven,
// and so on, the first that reads back as the same float32, in the form of python_repr. "0.1",
// "123456790.0", "3.4028235e+38". Of a denormal that may be more digits than the fewest
// ("1.4013e-45").
ICECORE_API std::string shortest_float(float value);

}  // namespace icecore::inline v0
