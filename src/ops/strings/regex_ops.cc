// RegexFullMatch, RegexReplace, and those whose pattern is an attribute.
#include <icecore/shape_context.h>

#include <memory>
#include <string>
#include <utility>

#include "ops/array/arguments.h"
#include "ops/strings/regex.h"
#include "ops/strings/strings_ops.h"

namespace icecore::inline v0 {
namespace {

void match_all(KernelContext& c, const Regex& regex) {
  Tensor output = c.allocate(DType::kBool, c.input(0).shape());
  auto* to = output.mutable_values<std::uint8_t>().data();
  for (const std::string& text : c.input(0).strings()) *to++ = regex.matches_all(text) ? 1 : 0;
  c.set_output(0, std::move(output));
}

// What takes a match's place: text, in which \1 is the first group, \0 the whole, and \\ a
// backslash.
class Rewrite {
 public:
  Rewrite(std::string text, int groups) : text_(std::move(text)) {
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (text_[i] != '\\') continue;
      const char next = ++i < text_.size() ? text_[i] : '\0';
      if (next != '\\' && (next < '0' || next > '9')) {
        refuse("Invalid rewrite pattern: " + text_);
      }
      if (next != '\\' && next - '0' > groups) {
        refuse("Invalid rewrite pattern: " + text_ + ", which names group " + std::string(1, next) +
               " of " + std::to_string(groups));
      }
    }
  }

  void append(const std::string& text, const Regex::Captures& captures, std::string& to) const {
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (text_[i] != '\\' || text_[++i] == '\\') {
        to += text_[i];
        continue;
      }
      const auto group = static_cast<std::size_t>(text_[i] - '0') * 2;
      if (captures[group] == Regex::kNowhere) continue;
      to += text.substr(captures[group], captures[group + 1] - captures[group]);
    }
  }

 private:
  std::string text_;
};

std::string replace(const std::string& text, const Regex& regex, const Rewrite& rewrite, bool all) {
  std::string result;
  Regex::Captures found;
  std::size_t at = 0, last = Regex::kNowhere;
  while (at <= text.size() && regex.search(text, at, found)) {
    result += text.substr(at, found[0] - at);
    if (found[0] == found[1] && found[0] == last) {
      // Nothing, just behind the last match, isn't another one.
      if (found[0] == text.size()) return result;
      const std::size_t size = Regex::character_size(text, found[0]);
      result += text.substr(found[0], size);
      at = found[0] + size;
      continue;
    }
    rewrite.append(text, found, result);
    at = last = found[1];
    if (!all) break;
  }
  if (at < text.size()) result += text.substr(at);
  return result;
}

void replace_all(KernelContext& c, const Regex& regex, const Rewrite& rewrite, bool all) {
  Tensor output = c.allocate(DType::kString, c.input(0).shape());
  std::string* to = output.mutable_strings().data();
  for (const std::string& text : c.input(0).strings()) *to++ = replace(text, regex, rewrite, all);
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
  return Kernel([](KernelContext& c) { match_all(c, Regex(scalar_input(c, 1, "Pattern"))); });
}

Kernel static_regex_full_match_kernel(const NodeInfo& node) {
  return Kernel([regex = std::make_shared<Regex>(node.string_attr("pattern"))](KernelContext& c) {
    match_all(c, *regex);
  });
}

Kernel regex_replace_kernel(const NodeInfo& node) {
  return Kernel([all = node.bool_attr("replace_global")](KernelContext& c) {
    const Regex regex(scalar_input(c, 1, "Pattern"));
    replace_all(c, regex, Rewrite(scalar_input(c, 2, "Rewrite"), regex.groups()), all);
  });
}

Kernel static_regex_replace_kernel(const NodeInfo& node) {
  const auto regex = std::make_shared<Regex>(node.string_attr("pattern"));
  return Kernel([regex, rewrite = Rewrite(node.string_attr("rewrite"), regex->groups()),
                 all = node.bool_attr("replace_global")](KernelContext& c) {
    replace_all(c, *regex, rewrite, all);
  });
}

}  // namespace icecore::inline v0
