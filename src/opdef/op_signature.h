// The signature of an op: what it takes and gives, and what it is told by attributes.
#pragma once

#include <icecore/dtype.h>
#include <icecore/export.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

// An input or output. Its type is fixed (`type`), named by an attribute (`type_attr`), or a list of
// types (`type_list_attr`: as many tensors as the list has). With `number_attr` it stands for as
// many tensors of one type as that attribute says.
struct ArgSignature {
  std::string_view name;
  bool is_reference = false;  // A variable itself, not its value.
  DType type = DType::kInvalid;
  std::string_view type_attr, type_list_attr, number_attr;

  // Whether it may stand for other than one tensor.
  bool is_list() const { return !type_list_attr.empty() || !number_attr.empty(); }
};

struct AttrSignature {
  std::string_view name;
  std::string_view kind;                  // OpDef.AttrDef.type: "type", "int", "list(shape)", …
  std::vector<std::string_view> allowed;  // Types or quoted strings; empty: any.
  std::optional<std::int64_t> minimum;    // Of an int, or of a list's length.
  std::optional<std::string_view>
      default_value;  // As the data writes it: 1, "NHWC", (1, 1), float.
};

// Views of the text that it was parsed from.
struct OpSignature {
  std::string_view name;
  std::vector<ArgSignature> inputs, outputs;
  std::vector<AttrSignature> attrs;
  bool is_stateful = false;
  bool is_commutative = false;
  bool is_aggregate = false;
  bool allows_uninitialized_input = false;
  std::optional<std::int64_t> deprecated_since;  // GraphDef version.

  // Null where there is none of that name.
  const AttrSignature* attr(std::string_view attr_name) const;

  // Whether the op's input `index` (counting tensors, not inputs of the signature) takes a
  // reference. A list takes all that the inputs behind it leave: right wherever one list at most
  // stands before the input in question.
  bool takes_reference(std::size_t index) const;
};

// NAME(INPUTS) -> (OUTPUTS) {ATTRIBUTES} [FLAGS], as the data files beside this one explain at
// their heads. INVALID_ARGUMENT where the text isn't that.
ICECORE_API OpSignature parse_op_signature(std::string_view text);

}  // namespace icecore::inline v0
