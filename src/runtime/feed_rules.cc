#include "runtime/feed_rules.h"

#include <icecore/error.h>

namespace icecore::inline v0 {
namespace {

// As Python prints a shape: "(3,)", "(?, 2)".
std::string python_text(const Shape& shape) {
  if (!shape.has_rank()) return "<unknown>";
  std::string text = "(";
  for (int i = 0; i < shape.rank(); ++i) {
    text += (i == 0 ? "" : ", ") + (shape.dim(i) < 0 ? "?" : std::to_string(shape.dim(i)));
  }
  return text + (shape.rank() == 1 ? ",)" : ")");
}

bool fits(const Shape& wanted, const Shape& shape) {
  if (!wanted.has_rank()) return true;
  if (wanted.rank() != shape.rank()) return false;
  for (int i = 0; i < wanted.rank(); ++i) {
    if (wanted.dim(i) >= 0 && wanted.dim(i) != shape.dim(i)) return false;
  }
  return true;
}

}  // namespace

void check_feed(const FeedRule& rule, const Tensor& value) {
  if (rule.dtype && value.dtype() != *rule.dtype) {
    throw Error(Code::kInvalidArgument,
                "Cannot feed a value of dtype " + to_string(value.dtype()) + " for Tensor '" +
                    rule.name + "', whose dtype is " + to_string(*rule.dtype),
                Misuse::kType);
  }
  if (!fits(rule.shape, value.shape())) {
    throw Error(Code::kInvalidArgument,
                "Cannot feed value of shape " + python_text(value.shape()) + " for Tensor '" +
                    rule.name + "', which has shape '" + python_text(rule.shape) + "'",
                Misuse::kValue);
  }
}

}  // namespace icecore::inline v0
