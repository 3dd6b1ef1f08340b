// What may be fed to a tensor.
#pragma once

#include <icecore/dtype.h>
#include <icecore/shape.h>
#include <icecore/tensor.h>

#include <optional>
#include <string>

namespace icecore::inline v0 {

struct FeedRule {
  std::string name;
  std::optional<DType> dtype;  // Nothing where the op isn't known.
  Shape shape = Shape::unknown_rank();
};

// INVALID_ARGUMENT where dtype or shape are others than the tensor's.
void check_feed(const FeedRule& rule, const Tensor& value);

}  // namespace icecore::inline v0
