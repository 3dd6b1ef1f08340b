// A NodeDef, decoded into views of its bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <icecore/dtype.h>
#include <icecore/shape.h>

#include "proto/blob.h"
#include "proto/piece.h"

namespace icecore::inline v0 {

// The views are valid as long as the Span that was decoded (or any other of its blob) lives.
struct ICECORE_API NodeDef {
  std::string_view name, op, device;
  std::vector<std::string_view> inputs;
  // AttrValues in the order met; of a repeated key the last one counts, as in any protobuf map.
  std::vector<std::pair<std::string_view, Span>> attrs;

  // The AttrValue under that key; null where there is none.
  const Span* attr(std::string_view key) const;
};

ICECORE_API NodeDef decode_node(const Span& node);

// The ops that hold a variable: Variable (TensorFlow before 0.12), VariableV2, VarHandleOp.
ICECORE_API bool is_variable(std::string_view op);

// Only the name, for building indexes.
ICECORE_API std::string_view node_name(const Span& node);

// The node without its device, every other byte as it was.
ICECORE_API Span without_device(const Span& node);

// The node that an input names, and how: "a" and "a:1" are data, "^a" is control.
struct InputName {
  std::string_view node;
  std::int64_t output = 0;
  bool control = false;
};
ICECORE_API InputName parse_input(std::string_view input);

// AttrValues; each gives nothing where the value is of another kind.
ICECORE_API std::optional<DType> attr_type(const Span* value);
ICECORE_API std::optional<Shape> attr_shape(const Span* value);
ICECORE_API std::optional<std::int64_t> attr_int(const Span* value);
ICECORE_API std::optional<Span> attr_tensor(const Span* value);
// The bytes of a string.
ICECORE_API std::string attr_bytes(const Span* value);
// The strings of a list(string).
ICECORE_API std::vector<std::string> attr_strings(const Span* value);

// Writes a NodeDef, fields in number order.
class ICECORE_API NodeWriter {
 public:
  NodeWriter(std::string_view name, std::string_view op);
  NodeWriter& input(std::string_view input);
  NodeWriter& attr(std::string_view key, const Span& attr_value);
  NodeWriter& attr(std::string_view key, const Piece& attr_value);
  Span finish() { return node_.finish(); }

 private:
  Piece node_;
};

// AttrValue{type}.
ICECORE_API Piece type_value(DType dtype);

}  // namespace icecore::inline v0
