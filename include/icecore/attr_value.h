// The value of a node's attribute.
#pragma once

#include <icecore/dtype.h>
#include <icecore/export.h>
#include <icecore/shape.h>
#include <icecore/tensor.h>

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace icecore::inline v0 {

// The name of a function of the graph's library, which an attribute refers to.
struct FunctionName {
  std::string name;
  bool operator==(const FunctionName&) const = default;
};

// As AttrValue of attr_value.proto. Strings are bytes. An empty list may be held as any kind of
// list: which kind was meant is the op's signature's to say.
using AttrValue = std::variant<std::string, std::int64_t, float, bool, DType, Shape, Tensor,
                               FunctionName, std::vector<std::string>, std::vector<std::int64_t>,
                               std::vector<float>, std::vector<bool>, std::vector<DType>,
                               std::vector<Shape>, std::vector<Tensor>, std::vector<FunctionName>>;

// Attributes in the order given.
using AttrList = std::vector<std::pair<std::string, AttrValue>>;

}  // namespace icecore::inline v0
