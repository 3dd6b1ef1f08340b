#include "proto/text_numbers.h"

#include <charconv>
#include <cstdlib>
#include <string>
#include <system_error>

namespace icecore::inline v0 {

std::optional<std::uint64_t> parse_integer(std::string_view token) {
  int base = 10;
  if (token.starts_with("0x") || token.starts_with("0X")) {
    base = 16;
    token.remove_prefix(2);
  } else if (token.size() > 1 && token.front() == '0') {
    base = 8;
  }
  std::uint64_t value = 0;
  const char* const end = token.data() + token.size();
  const auto [stopped, failure] = std::from_chars(token.data(), end, value, base);
  if (failure != std::errc() || stopped != end) return {};
  return value;
}

std::optional<double> parse_decimal(std::string_view token) {
  if (token.ends_with('f') || token.ends_with('F')) token.remove_suffix(1);
  double value = 0;
  const char* const end = token.data() + token.size();
  const auto [stopped, failure] = std::from_chars(token.data(), end, value);
  if (stopped != end || failure == std::errc::invalid_argument) return {};
  // from_chars leaves open whether it was too large or too small.
  if (failure == std::errc::result_out_of_range)
    return std::strtod(std::string(token).c_str(), nullptr);
  return value;
}

}  // namespace icecore::inline v0
