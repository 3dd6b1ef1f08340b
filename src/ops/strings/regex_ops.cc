// RegexFullMatch, RegexReplace, and those whose pattern is an attribute. The language is RE2's, by
// RE2 itself: time is linear in the text, whatever the pattern.
#include <icecore/shape_context.h>
#include <re2/re2.h>

#include <memory>
#include <string>
#include <utility>

#include "ops/array/arguments.h"
#include "ops/strings/strings_ops.h"

namespace icecore::inline v0 {
namespace {

// Safe to use on many threads at once.
using Regex = std::shared_ptr<const re2::RE2>;

Regex regex_of(const std::string& pattern) {
  auto regex = std::make_shared<const re2::RE2>(pattern, re2::RE2::Quiet);
  if (!regex->ok()) refuse("Invalid pattern: " + pattern + ", error: " + regex->error());
  return regex;
}

void match_all(KernelContext& c, const Regex& regex) {
  Tensor output = c.allocate(DType::kBool, c.input(0).shape());
  auto* to = output.mutable_values<std::uint8_t>().data();
  for (const std::string& text : c.input(0).strings()) {
    *to++ = re2::RE2::FullMatch(text, *regex) ? 1 : 0;
  }
  c.set_output(0, std::move(output));
}

// What takes a match's place: text, in which \1 is the first group, \0 the whole, and \\ a
// backslash. TensorFlow logs what is wrong with it, and replaces nothing.
void check_rewrite(const Regex& regex, const std::string& rewrite) {
  std::string why;
  if (!regex->CheckRewriteString(rewrite, &why)) {
    refuse("Invalid rewrite pattern: " + rewrite + ", error: " + why);
  }
}

void replace_all(KernelContext& c, const Regex& regex, const std::string& rewrite, bool all) {
  Tensor output = c.allocate(DType::kString, c.input(0).shape());
  std::string* to = output.mutable_strings().data();
  for (const std::string& text : c.input(0).strings()) {
    *to = text;
    if (all) {
      re2::RE2::GlobalReplace(to, *regex, rewrite);
    } else {
      re2::RE2::Replace(to, *regex, rewrite);
    }
    ++to;
  }
  c.set_output(0, std::move(output));
}

const std::string& scalar_input(const KernelContext& c, int i, const char* name) {
  if (c.input(i).shape().rank() != 0) {
    refuse(std::string(name) + " must be scalar, but received " + to_string(c.input(i).shape()));
  }
  return c.input(i).strings()[0];
}

}  // namespace

void regex_shape(ShapeContext& c) {
  for (int i = 1; i < c.num_inputs(); ++i) with_rank(c.input(i), 0);
  c.set_output(0, c.input(0));
}

Kernel regex_full_match_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) { match_all(c, regex_of(scalar_input(c, 1, "Pattern"))); });
}

Kernel static_regex_full_match_kernel(const NodeInfo& node) {
  return Kernel(
      [regex = regex_of(node.string_attr("pattern"))](KernelContext& c) { match_all(c, regex); });
}

Kernel regex_replace_kernel(const NodeInfo& node) {
  return Kernel([all = node.bool_attr("replace_global")](KernelContext& c) {
    const Regex regex = regex_of(scalar_input(c, 1, "Pattern"));
    const std::string& rewrite = scalar_input(c, 2, "Rewrite");
    check_rewrite(regex, rewrite);
    replace_all(c, regex, rewrite, all);
  });
}

Kernel static_regex_replace_kernel(const NodeInfo& node) {
  const Regex regex = regex_of(node.string_attr("pattern"));
  const std::string rewrite(node.string_attr("rewrite"));
  check_rewrite(regex, rewrite);
  return Kernel([regex, rewrite, all = node.bool_attr("replace_global")](KernelContext& c) {
    replace_all(c, regex, rewrite, all);
  });
}

}  // namespace icecore::inline v0
