// Numbers of protobuf's text format.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace icecore::inline v0 {

// "12", "0x1F", "017" (octal); nothing where it is no integer or takes more than 64 bits.
std::optional<std::uint64_t> parse_integer(std::string_view token);

// "1", "1.5", ".5", "1e-3", with or without an f behind it; too large is infinite. Nothing where
// it is no number.
std::optional<double> parse_decimal(std::string_view token);

}  // namespace icecore::inline v0
