// AsString, StringToNumber.
#include <icecore/error.h>

#include <algorithm>
#include <charconv>
#include <complex>
#include <cstdio>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "ops/array/arguments.h"
#include "ops/strings/strings_ops.h"

namespace icecore::inline v0 {
namespace {

// What a printf conversion is made of. Only these flags: any other character there could make
// printf read or write what isn't meant for it.
struct Format {
  std::string flag;
  int width = -1, precision = -1;
  char letter = 'd';
};

// More than any number needs; a graph doesn't get gigabytes for a few bytes of attributes.
constexpr std::int64_t kMostCharacters = 4096;

Format format_of(const NodeInfo& node) {
  const DType dtype = node.type_attr("T");
  const std::int64_t precision = node.int_attr("precision"), width = node.int_attr("width");
  const bool scientific = node.bool_attr("scientific"), shortest = node.bool_attr("shortest");
  const bool is_float = dtype == DType::kFloat32 || dtype == DType::kFloat64 ||
                        dtype == DType::kComplex64 || dtype == DType::kComplex128;
  Format format;
  format.flag = node.string_attr("fill");
  if (!is_float) {
    if (scientific || shortest) {
      refuse("scientific and shortest format not supported for datatype " + to_string(dtype));
    }
    if (precision >= 0) refuse("precision not supported for datatype " + to_string(dtype));
  }
  if (format.flag.size() > 1) refuse("Fill string must be one or fewer characters");
  if (format.flag.find_first_not_of("0 +-") != std::string::npos) {
    refuse("Fill argument not supported: " + format.flag);
  }
  if (scientific && shortest) refuse("Cannot select both scientific and shortest notation");
  if (std::max(width, precision) > kMostCharacters) {
    throw Error(
        Code::kResourceExhausted,
        "numbers of more than " + std::to_string(kMostCharacters) + " characters are asked for");
  }
  format.width = static_cast<int>(std::max<std::int64_t>(-1, width));
  format.precision = static_cast<int>(std::max<std::int64_t>(-1, precision));
  if (is_float) format.letter = shortest ? 'g' : scientific ? 'e' : 'f';
  return format;
}

// The conversion, with `size` (ll) before its letter.
std::string conversion(const Format& format, const char* size) {
  std::string text = "%";
  if (format.width > -1) text += format.flag + std::to_string(format.width);
  if (format.precision > -1) text += "." + std::to_string(format.precision);
  return text + size + format.letter;
}

template <typename T>
std::string print(const std::string& conversion, T value) {
  const int length = std::snprintf(nullptr, 0, conversion.c_str(), value);
  std::string text(static_cast<std::size_t>(std::max(0, length)), '\0');
  std::snprintf(text.data(), text.size() + 1, conversion.c_str(), value);
  return text;
}

template <typename T>
void print_ints(const Format& format, const Tensor& input, std::span<std::string> out) {
  const std::string how = conversion(format, "ll");
  const std::span<const T> values = input.values<T>();
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = print(how, static_cast<long long>(values[i]));
  }
}

template <typename T>
void print_floats(const Format& format, const Tensor& input, std::span<std::string> out,
                  bool complex) {
  const std::string how = conversion(format, "");
  const auto* values = reinterpret_cast<const T*>(input.bytes().data());
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = complex ? "(" + print(how, static_cast<double>(values[2 * i])) + "," +
                           print(how, static_cast<double>(values[2 * i + 1])) + ")"
                     : print(how, static_cast<double>(values[i]));
  }
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\n\v\f\r";
  const std::size_t begin = text.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

template <typename T>
std::optional<T> parse_int(std::string_view text) {
  text = trimmed(text);
  T value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template <typename T>
std::optional<T> parse_float(std::string_view text) {
  // TensorFlow reads numbers through a buffer of that size.
  if (text.size() >= 32) return std::nullopt;
  text = trimmed(text);
  const bool minus = text.starts_with('-');
  if (minus || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || text.starts_with('-') || text.starts_with('+')) return std::nullopt;
  const bool hex = text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
  const char* const end = text.data() + text.size();
  T value = 0;
  if (hex) {
    std::int64_t number = 0;
    const auto [stop, error] = std::from_chars(text.data() + 2, end, number, 16);
    if (error != std::errc() || stop != end) return std::nullopt;
    value = static_cast<T>(number);
  } else {
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error == std::errc::result_out_of_range) {
      // Too large, or too small to be told from zero.
      const std::size_t exponent = text.find_first_of("eE");
      const bool small = exponent != std::string_view::npos
                             ? text.substr(exponent + 1).starts_with('-')
                             : text.starts_with("0") || text.starts_with(".");
      value = small ? T{0} : std::numeric_limits<T>::infinity();
    } else if (error != std::errc()) {
      return std::nullopt;
    }
    if (stop != end) return std::nullopt;
  }
  return minus ? -value : value;
}

template <typename T>
void parse_all(const Tensor& input, Tensor& out) {
  const std::span<T> numbers = out.mutable_values<T>();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::string& text = input.strings()[i];
    std::optional<T> number;
    if constexpr (std::is_integral_v<T>) {
      number = parse_int<T>(text);
    } else {
      number = parse_float<T>(text);
    }
    if (!number) refuse("StringToNumberOp could not correctly convert string: " + text);
    numbers[i] = *number;
  }
}

}  // namespace

Kernel as_string_kernel(const NodeInfo& node) {
  return Kernel([format = format_of(node)](KernelContext& c) {
    const Tensor& input = c.input(0);
    Tensor out = c.allocate(DType::kString, input.shape());
    const std::span<std::string> strings = out.mutable_strings();
    switch (input.dtype()) {
      case DType::kInt8:
        print_ints<std::int8_t>(format, input, strings);
        break;
      case DType::kInt16:
        print_ints<std::int16_t>(format, input, strings);
        break;
      case DType::kInt32:
        print_ints<std::int32_t>(format, input, strings);
        break;
      case DType::kInt64:
        print_ints<std::int64_t>(format, input, strings);
        break;
      case DType::kBool:
        for (std::size_t i = 0; i < strings.size(); ++i) {
          strings[i] = input.values<std::uint8_t>()[i] != 0 ? "true" : "false";
        }
        break;
      case DType::kFloat32:
      case DType::kComplex64:
        print_floats<float>(format, input, strings, input.dtype() == DType::kComplex64);
        break;
      default:
        print_floats<double>(format, input, strings, input.dtype() == DType::kComplex128);
    }
    c.set_output(0, std::move(out));
  });
}

Kernel string_to_number_kernel(const NodeInfo& node) {
  return Kernel([dtype = node.type_attr("out_type")](KernelContext& c) {
    const Tensor& input = c.input(0);
    Tensor out = c.allocate(dtype, input.shape());
    switch (dtype) {
      case DType::kInt32:
        parse_all<std::int32_t>(input, out);
        break;
      case DType::kInt64:
        parse_all<std::int64_t>(input, out);
        break;
      case DType::kFloat32:
        parse_all<float>(input, out);
        break;
      default:
        parse_all<double>(input, out);
    }
    c.set_output(0, std::move(out));
  });
}

}  // namespace icecore::inline v0
