// StringSplit, StringSplitV2: the parts as a sparse matrix, a row for each string.
#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/strings/strings_ops.h"

namespace icecore::inline v0 {
namespace {

using Parts = std::vector<std::string_view>;

constexpr std::string_view kSpaces = " \t\n\v\f\r";

// Any character of `delimiters` splits; none of them: every character is a part.
Parts split_at_any(std::string_view text, std::string_view delimiters, bool skip_empty) {
  Parts parts;
  if (text.empty()) return parts;
  if (delimiters.empty()) {
    for (std::size_t i = 0; i < text.size(); ++i) parts.push_back(text.substr(i, 1));
    return parts;
  }
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(delimiters, begin), text.size());
    if (end > begin || !skip_empty) parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

// As Python's str.split: of no separator, at runs of white space.
Parts split_as_python(std::string_view text, std::string_view separator, std::int64_t most) {
  Parts parts;
  if (most == 0) return {text};
  std::int64_t splits = 0;
  if (separator.empty()) {
    for (;;) {
      text.remove_prefix(std::min(text.find_first_not_of(kSpaces), text.size()));
      if (most > 0 && splits == most) {
        parts.push_back(text);
        return parts;
      }
      if (text.empty()) return parts;
      const std::size_t end = std::min(text.find_first_of(kSpaces), text.size());
      parts.push_back(text.substr(0, end));
      text.remove_prefix(end);
      ++splits;
    }
  }
  for (;;) {
    const std::size_t end = text.find(separator);
    if (end == std::string_view::npos || (most > 0 && splits == most)) {
      parts.push_back(text);
      return parts;
    }
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + separator.size());
    ++splits;
  }
}

void split(
    KernelContext& c, const std::string& name,
    const std::function<Parts(std::string_view text, std::string_view separator)>& function) {
  const Tensor& input = c.input(0);
  if (input.shape().rank() != 1) {
    refuse("input must be a vector, got shape: " + to_string(input.shape()));
  }
  if (c.input(1).shape().rank() != 0) {
    refuse(name + " must be a scalar, got shape: " + to_string(c.input(1).shape()));
  }
  const std::string& separator = c.input(1).strings()[0];
  std::vector<std::int64_t> indices;
  Parts all;
  std::int64_t widest = 0;
  for (std::size_t row = 0; row < input.strings().size(); ++row) {
    const Parts parts = function(input.strings()[row], separator);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      indices.push_back(static_cast<std::int64_t>(row));
      indices.push_back(static_cast<std::int64_t>(i));
      all.push_back(parts[i]);
    }
    widest = std::max(widest, static_cast<std::int64_t>(parts.size()));
  }
  const auto count = static_cast<std::int64_t>(all.size());
  Tensor values = c.allocate(DType::kString, Shape{count});
  std::ranges::copy(all, values.mutable_strings().begin());
  c.set_output(0, ints_tensor(c, DType::kInt64, Shape{count, 2}, indices));
  c.set_output(1, std::move(values));
  c.set_output(2, ints_tensor(c, DType::kInt64, Shape{2}, {input.num_elements(), widest}));
}

}  // namespace

void string_split_shape(ShapeContext& c) {
  with_rank(c.input(0), 1);
  with_rank(c.input(1), 0);
  c.set_output(0, Shape{-1, 2});
  c.set_output(1, Shape{-1});
  c.set_output(2, Shape{2});
}

Kernel string_split_kernel(const NodeInfo& node) {
  return Kernel([skip_empty = node.bool_attr("skip_empty")](KernelContext& c) {
    split(c, "delimiter", [&](std::string_view text, std::string_view delimiters) {
      return split_at_any(text, delimiters, skip_empty);
    });
  });
}

Kernel string_split_v2_kernel(const NodeInfo& node) {
  return Kernel([most = node.int_attr("maxsplit")](KernelContext& c) {
    split(c, "sep", [&](std::string_view text, std::string_view separator) {
      return split_as_python(text, separator, most);
    });
  });
}

}  // namespace icecore::inline v0
