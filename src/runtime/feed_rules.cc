#include "runtime/feed_rules.h"

#include <icecore/error.h>

#include "base/shape_match.h"
#include "graph/type_text.h"

namespace icecore::inline v0 {

void check_feed(const FeedRule& rule, const Tensor& value) {
  if (rule.dtype && value.dtype() != *rule.dtype) {
    throw Error(Code::kInvalidArgument,
                "Cannot feed a value of dtype " + to_string(value.dtype()) + " for Tensor '" +
                    rule.name + "', whose dtype is " + to_string(*rule.dtype),
                Misuse::kType);
  }
  if (!allows(rule.shape, value.shape())) {
    throw Error(Code::kInvalidArgument,
                "Cannot feed value of shape " + python_text(value.shape()) + " for Tensor '" +
                    rule.name + "', which has shape '" + python_text(rule.shape) + "'",
                Misuse::kValue);
  }
}

}  // namespace icecore::inline v0
