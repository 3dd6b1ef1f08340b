// Substr.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/strided/spread_walk.h"
#include "ops/strings/strings_ops.h"
#include "ops/strings/utf8.h"

namespace icecore::inline v0 {
namespace {

// The byte that is `count` characters behind `at`; none where the text ends before.
std::optional<std::size_t> forward(std::string_view text, std::size_t at, std::int64_t count) {
  for (; count > 0 && at < text.size(); --count) {
    ++at;
    while (at < text.size() && is_trail_byte(text[at])) ++at;
  }
  if (count > 0) return std::nullopt;
  return at;
}

std::optional<std::string_view> part_in_characters(std::string_view text, std::int64_t position,
                                                   std::int64_t length) {
  std::optional<std::size_t> begin;
  if (position >= 0) {
    begin = forward(text, 0, position);
  } else {
    std::size_t at = text.size();
    std::int64_t count = position;
    for (; count < 0 && at > 0; ++count) {
      --at;
      while (at > 0 && is_trail_byte(text[at])) --at;
    }
    if (count == 0) begin = at;
  }
  if (!begin) return std::nullopt;
  const std::size_t end = forward(text, *begin, length).value_or(text.size());
  return text.substr(*begin, end - *begin);
}

std::optional<std::string_view> part_in_bytes(std::string_view text, std::int64_t position,
                                              std::int64_t length) {
  const auto size = static_cast<std::int64_t>(text.size());
  if (position < -size || position > size) return std::nullopt;
  const auto begin = static_cast<std::size_t>(position < 0 ? position + size : position);
  // A negative length reaches to the end.
  return text.substr(begin, length < 0 ? std::string_view::npos : static_cast<std::size_t>(length));
}

}  // namespace

bool is_utf8_unit(const NodeInfo& node) {
  const std::string unit = node.string_attr("unit");
  if (unit != "BYTE" && unit != "UTF8_CHAR") {
    refuse("Invalid unit \"" + unit + "\": Should be one of: BYTE, UTF8_CHAR");
  }
  return unit == "UTF8_CHAR";
}

void substr_shape(ShapeContext& c) {
  const Shape& position = c.input(1);
  const Shape& length = c.input(2);
  if (position.has_rank() && length.has_rank() && position.rank() != length.rank()) {
    refuse_shape("pos and len must have same rank");
  }
  if (position.has_rank() && length.has_rank()) merge_shapes(position, length);
  c.set_output(0, broadcast_shapes(c.input(0), position));
}

Kernel substr_kernel(const NodeInfo& node) {
  return Kernel([in_characters = is_utf8_unit(node)](KernelContext& c) {
    const Tensor& input = c.input(0);
    const Tensor& position = c.input(1);
    const Tensor& length = c.input(2);
    if (position.shape() != length.shape()) {
      refuse("pos and len should have the same shape, got: " + to_string(position.shape()) +
             " vs. " + to_string(length.shape()));
    }
    Shape shape;
    try {
      shape = broadcast_shapes(input.shape(), position.shape());
    } catch (const Error&) {
      refuse("Incompatible shapes: " + to_string(input.shape()) + " vs. " +
             to_string(position.shape()));
    }
    const std::vector<std::int64_t> positions = ints_of(position), lengths = ints_of(length);
    SpreadWalk of_input(shape, input.shape()), of_position(shape, position.shape());
    Tensor out = c.allocate(DType::kString, shape);
    const std::span<std::string> strings = out.mutable_strings();
    for (std::size_t i = 0; i < strings.size(); ++i) {
      const std::string& text = input.strings()[of_input.place()];
      const std::size_t at = of_position.place();
      const auto part = in_characters ? part_in_characters(text, positions[at], lengths[at])
                                      : part_in_bytes(text, positions[at], lengths[at]);
      if (!part) {
        refuse("pos " + std::to_string(positions[at]) + " out of range for string" +
               (in_characters ? "" : " b'" + text + "'") + " at index " + std::to_string(i));
      }
      strings[i] = *part;
      of_input.advance();
      of_position.advance();
    }
    c.set_output(0, std::move(out));
  });
}

}  // namespace icecore::inline v0
