// StringLength, StringLower, StringUpper, StringStrip.
#include <icecore/error.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "ops/array/arguments.h"
#include "ops/strings/strings_ops.h"
#include "ops/strings/utf8.h"

namespace icecore::inline v0 {
namespace {

template <typename Function>
Kernel each_string(Function function) {
  return Kernel([function](KernelContext& c) {
    const Tensor& input = c.input(0);
    Tensor out = c.allocate(DType::kString, input.shape());
    const std::span<std::string> strings = out.mutable_strings();
    for (std::size_t i = 0; i < strings.size(); ++i) strings[i] = function(input.strings()[i]);
    c.set_output(0, std::move(out));
  });
}

// Changes ASCII letters; of other ones only Unicode's tables know, which aren't here.
Kernel change_case(const NodeInfo& node, char first, char last, int step) {
  const std::string encoding = node.string_attr("encoding");
  if (!encoding.empty() && encoding != "utf-8") {
    refuse("only utf-8 or '' (no encoding) is supported, received " + encoding);
  }
  return each_string([=, unicode = !encoding.empty()](std::string text) {
    for (char& letter : text) {
      if (unicode && static_cast<unsigned char>(letter) >= 128) {
        throw Error(Code::kUnimplemented, "letters beyond ASCII have no upper and lower case here");
      }
      if (letter >= first && letter <= last) letter = static_cast<char>(letter + step);
    }
    return text;
  });
}

}  // namespace

Kernel string_length_kernel(const NodeInfo& node) {
  return Kernel([in_characters = is_utf8_unit(node)](KernelContext& c) {
    const Tensor& input = c.input(0);
    std::vector<std::int64_t> lengths;
    for (const std::string& text : input.strings()) {
      lengths.push_back(in_characters
                            ? std::ranges::count_if(text, [](char b) { return !is_trail_byte(b); })
                            : static_cast<std::int64_t>(text.size()));
    }
    c.set_output(0, ints_tensor(c, DType::kInt32, input.shape(), lengths));
  });
}

Kernel string_lower_kernel(const NodeInfo& node) {
  return change_case(node, 'A', 'Z', 'a' - 'A');
}
Kernel string_upper_kernel(const NodeInfo& node) {
  return change_case(node, 'a', 'z', 'A' - 'a');
}

Kernel string_strip_kernel(const NodeInfo&) {
  return each_string([](const std::string& text) {
    constexpr std::string_view kSpaces = " \t\n\v\f\r";
    const std::size_t begin = text.find_first_not_of(kSpaces);
    if (begin == std::string::npos) return std::string();
    return text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
  });
}

}  // namespace icecore::inline v0
