// StringFormat.
#include <icecore/shape_context.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/core/print_values.h"
#include "ops/strings/strings_ops.h"

namespace icecore::inline v0 {
namespace {

// Without a separator the text falls into its characters.
std::vector<std::string> split(const std::string& text, const std::string& separator) {
  std::vector<std::string> pieces;
  std::size_t begin = 0;
  for (;;) {
    std::size_t end = separator.empty() ? begin + 1 : text.find(separator, begin);
    if (end >= text.size()) end = std::string::npos;
    pieces.push_back(text.substr(begin, end - begin));
    if (end == std::string::npos) return pieces;
    begin = end + separator.size();
  }
}

// What stands around the inputs: one piece more than they are. INVALID_ARGUMENT otherwise.
std::vector<std::string> pieces_of(const NodeInfo& node) {
  std::vector<std::string> pieces =
      split(node.string_attr("template"), node.string_attr("placeholder"));
  if (pieces.size() != node.inputs().size() + 1) {
    refuse("num placeholders in template and num inputs must match: " +
           std::to_string(pieces.size() - 1) + " vs. " + std::to_string(node.inputs().size()));
  }
  return pieces;
}

}  // namespace

void string_format_shape(ShapeContext& c) {
  while_building([&] { return pieces_of(c.node()); });
  c.set_output(0, Shape());
}

Kernel string_format_kernel(const NodeInfo& node) {
  return Kernel(
      [pieces = pieces_of(node), summarize = node.int_attr("summarize")](KernelContext& c) {
        std::string text = pieces.front();
        for (int i = 0; i < c.num_inputs(); ++i) {
          text += format_values(c.input(i), summarize);
          text += pieces[static_cast<std::size_t>(i) + 1];
        }
        Tensor out = c.allocate(DType::kString, Shape());
        out.mutable_strings()[0] = std::move(text);
        c.set_output(0, std::move(out));
      });
}

}  // namespace icecore::inline v0
