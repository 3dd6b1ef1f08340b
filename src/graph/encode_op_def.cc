#include "graph/attr_codec.h"
#include "graph/op_def.h"
#include "proto/fields.h"

namespace icecore::inline v0 {
namespace {

Piece encode_arg(const ArgSignature& arg) {
  namespace Def = pb::OpDef_ArgDef;
  Piece piece;
  piece.text(Def::name, arg.name);
  if (arg.type != DType::kInvalid) piece.int64(Def::type, static_cast<std::int64_t>(arg.type));
  piece.text_if_any(Def::type_attr, arg.type_attr);
  piece.text_if_any(Def::number_attr, arg.number_attr);
  piece.text_if_any(Def::type_list_attr, arg.type_list_attr);
  if (arg.is_reference) piece.boolean(Def::is_ref, true);
  return piece;
}

// Types, or quoted strings: a list of them, as the attribute's own list would be written.
AttrValue allowed_values(const AttrSignature& attr) {
  std::string text = "(";
  for (const std::string_view value : attr.allowed) {
    if (text.size() > 1) text += ", ";
    text += value;
  }
  const bool types = attr.kind.find("type") != std::string_view::npos;
  return parse_default(text + ")", types ? "list(type)" : "list(string)");
}

Piece encode_attr_def(const AttrSignature& attr) {
  namespace Def = pb::OpDef_AttrDef;
  Piece piece;
  piece.text(Def::name, attr.name);
  piece.text(Def::type, attr.kind);
  if (attr.default_value) {
    piece.message(Def::default_value, encode_attr(parse_default(*attr.default_value, attr.kind)));
  }
  if (attr.minimum) {
    piece.boolean(Def::has_minimum, true);
    if (*attr.minimum != 0) piece.int64(Def::minimum, *attr.minimum);
  }
  if (!attr.allowed.empty()) {
    piece.message(Def::allowed_values, encode_attr(allowed_values(attr)));
  }
  return piece;
}

}  // namespace

Piece encode_op_def(const OpSignature& signature) {
  namespace Def = pb::OpDef;
  Piece piece;
  piece.text(Def::name, signature.name);
  for (const ArgSignature& arg : signature.inputs) piece.message(Def::input_arg, encode_arg(arg));
  for (const ArgSignature& arg : signature.outputs) piece.message(Def::output_arg, encode_arg(arg));
  for (const AttrSignature& attr : signature.attrs) piece.message(Def::attr, encode_attr_def(attr));
  if (signature.deprecated_since) {
    Piece deprecation;
    deprecation.int64(pb::OpDeprecation::version, *signature.deprecated_since);
    piece.message(Def::deprecation, deprecation);
  }
  if (signature.is_aggregate) piece.boolean(Def::is_aggregate, true);
  if (signature.is_stateful) piece.boolean(Def::is_stateful, true);
  if (signature.is_commutative) piece.boolean(Def::is_commutative, true);
  if (signature.allows_uninitialized_input) piece.boolean(Def::allows_uninitialized_input, true);
  return piece;
}

}  // namespace icecore::inline v0
