// A byte string as Python prints it.
#pragma once

#include <string>
#include <string_view>

namespace icecore::inline v0 {

// repr(b'…'): printable ASCII as it is, \t \n \r \\ and the quote escaped, other bytes as \x00. In
// double quotes where the string holds single ones and no double ones.
std::string bytes_repr(std::string_view bytes);

}  // namespace icecore::inline v0
