// A node as its op sees it: attributes with their defaults, and the types of what goes in and out.
#pragma once

#include <icecore/attr_value.h>
#include <icecore/dtype.h>
#include <icecore/export.h>
#include <icecore/shape.h>
#include <icecore/tensor.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

struct OpSignature;
class Span;

// The type of one input or output. A reference is a variable itself, not its value.
struct ArgType {
  DType dtype = DType::kInvalid;
  bool is_reference = false;
  bool operator==(const ArgType&) const = default;
};

// What shape functions, kernels and gradient functions are told of a node. An attribute that the
// node lacks has its op's default, as TensorFlow fills it in on import.
//
// Cheap to copy. Threads: const functions may be called from any thread.
class ICECORE_API NodeInfo {
 public:
  // `node` is an encoded NodeDef of the op that `signature` describes. INVALID_ARGUMENT where an
  // attribute that the types hang on is missing or of another kind, with the node's name.
  NodeInfo(const Span& node, std::shared_ptr<const OpSignature> signature);

  const std::string& name() const;
  const std::string& op() const;
  const std::string& device() const;
  const OpSignature& signature() const;
  // What goes into input i, counting tensors, as the node writes it: "x", "split:1". Empty where
  // the node has fewer.
  std::string input_name(std::size_t i) const;

  // One for each tensor, lists of the signature spread out, control inputs left out.
  const std::vector<ArgType>& inputs() const;
  const std::vector<ArgType>& outputs() const;
  // Where the tensors of the signature's argument begin, and how many there are. INTERNAL where the
  // signature has no argument of that name.
  std::pair<std::size_t, std::size_t> input_range(std::string_view argument) const;
  std::pair<std::size_t, std::size_t> output_range(std::string_view argument) const;

  // Whether the node or its op's signature has a value for it.
  bool has_attr(std::string_view attr) const;
  // INVALID_ARGUMENT, with the node's name, where there is none.
  AttrValue attr(std::string_view attr) const;
  // The same of one kind; INVALID_ARGUMENT also where it is of another.
  std::string string_attr(std::string_view attr) const;
  std::int64_t int_attr(std::string_view attr) const;
  float float_attr(std::string_view attr) const;
  bool bool_attr(std::string_view attr) const;
  DType type_attr(std::string_view attr) const;
  Shape shape_attr(std::string_view attr) const;
  Tensor tensor_attr(std::string_view attr) const;
  std::vector<std::string> strings_attr(std::string_view attr) const;
  std::vector<std::int64_t> ints_attr(std::string_view attr) const;
  std::vector<float> floats_attr(std::string_view attr) const;
  std::vector<DType> types_attr(std::string_view attr) const;
  std::vector<Shape> shapes_attr(std::string_view attr) const;

 private:
  struct Data;
  std::shared_ptr<const Data> data_;
};

}  // namespace icecore::inline v0
