// DecodeRaw, EncodeBase64, DecodeBase64.
#include <algorithm>
#include <string>
#include <string_view>

#include "base/bools.h"
#include "ops/array/arguments.h"
#include "ops/strings/strings_ops.h"

namespace icecore::inline v0 {
namespace {

// The alphabet for web addresses.
constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string to_base64(std::string_view bytes, bool pad) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k <= count; ++k) text += kDigits[group >> (18 - 6 * k) & 63];
    if (pad) text.append(3 - count, '=');
  }
  return text;
}

std::string from_base64(std::string_view text) {
  // Only whole groups of four end with padding.
  if (text.size() % 4 == 0) {
    if (text.ends_with("==")) {
      text.remove_suffix(2);
    } else if (text.ends_with('=')) {
      text.remove_suffix(1);
    }
  }
  if (text.size() % 4 == 1) refuse("Base64 string length cannot be 1 modulo 4.");
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 4) {
    const std::size_t count = std::min<std::size_t>(4, text.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const std::size_t digit = k < count ? kDigits.find(text[i + k]) : 0;
      if (digit == std::string_view::npos) refuse("Invalid character found in base64.");
      group = group << 6 | static_cast<std::uint32_t>(digit);
    }
    for (std::size_t k = 0; k + 1 < count; ++k) {
      bytes += static_cast<char>(group >> (16 - 8 * k) & 255);
    }
  }
  return bytes;
}

}  // namespace

void decode_raw_shape(ShapeContext& c) {
  c.set_output(0, join_shapes(c.input(0), Shape{-1}));
}

Kernel decode_raw_kernel(const NodeInfo& node) {
  if (dtype_size(node.type_attr("out_type")) == 0) {
    refuse("DecodeRaw gives numbers, no " + to_string(node.type_attr("out_type")));
  }
  return Kernel([dtype = node.type_attr("out_type"),
                 little = node.bool_attr("little_endian")](KernelContext& c) {
    const Tensor& input = c.input(0);
    const auto strings = input.strings();
    const std::size_t size = strings.empty() ? 0 : strings[0].size();
    for (std::size_t i = 0; i < strings.size(); ++i) {
      if (strings[i].size() != size) {
        refuse("DecodeRaw requires input strings to all be the same size, but element " +
               std::to_string(i) + " has size " + std::to_string(size) +
               " != " + std::to_string(strings[i].size()));
      }
    }
    const std::size_t width = dtype_size(dtype);
    if (size % width != 0) {
      refuse("Input to DecodeRaw has length " + std::to_string(size) +
             " that is not a multiple of " + std::to_string(width) + ", the size of " +
             to_string(dtype));
    }
    Tensor out = c.allocate(
        dtype, join_shapes(input.shape(), Shape{static_cast<std::int64_t>(size / width)}));
    std::byte* to = out.mutable_bytes().data();
    for (const std::string& text : strings) {
      for (std::size_t at = 0; at < size; at += width, to += width) {
        const auto* from = reinterpret_cast<const std::byte*>(text.data()) + at;
        if (little) {
          std::copy_n(from, width, to);
        } else {
          std::reverse_copy(from, from + width, to);
        }
      }
    }
    if (dtype == DType::kBool) normalise_bools(out.mutable_bytes());
    c.set_output(0, std::move(out));
  });
}

Kernel encode_base64_kernel(const NodeInfo& node) {
  return Kernel([pad = node.bool_attr("pad")](KernelContext& c) {
    Tensor out = c.allocate(DType::kString, c.input(0).shape());
    const auto strings = c.input(0).strings();
    std::ranges::transform(strings, out.mutable_strings().begin(),
                           [&](const std::string& bytes) { return to_base64(bytes, pad); });
    c.set_output(0, std::move(out));
  });
}

Kernel decode_base64_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    Tensor out = c.allocate(DType::kString, c.input(0).shape());
    const auto strings = c.input(0).strings();
    std::ranges::transform(strings, out.mutable_strings().begin(), from_base64);
    c.set_output(0, std::move(out));
  });
}

}  // namespace icecore::inline v0
