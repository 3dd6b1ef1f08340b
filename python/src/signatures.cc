// The signatures of TensorFlow's ops.
#include <icecore/op_set.h>
#include <nanobind/stl/optional.h>

#include "annotations.h"
#include "bindings.h"
#include "convert.h"
#include "graph/attr_codec.h"
#include "opdef/builtin_ops.h"
#include "raise.h"

namespace icecore::python {
namespace {

nb::object arguments(const std::vector<ArgSignature>& args) {
  nb::list list;
  for (const ArgSignature& arg : args) {
    nb::dict made;
    made["name"] = str_of(arg.name);
    made["is_reference"] = arg.is_reference;
    made["is_list"] = arg.is_list();
    if (arg.type != DType::kInvalid) made["type"] = static_cast<int>(arg.type);
    if (!arg.type_attr.empty()) made["type_attr"] = str_of(arg.type_attr);
    if (!arg.type_list_attr.empty()) made["type_list_attr"] = str_of(arg.type_list_attr);
    if (!arg.number_attr.empty()) made["number_attr"] = str_of(arg.number_attr);
    list.append(made);
  }
  return list;
}

Given<"dict[str, typing.Any] | None"> signature_of(std::string_view op) {
  const std::optional<OpSignature> signature = find_builtin_op(op);
  if (!signature) return nb::none();
  nb::dict made;
  made["name"] = str_of(signature->name);
  made["inputs"] = arguments(signature->inputs);
  made["outputs"] = arguments(signature->outputs);
  nb::list attrs;
  for (const AttrSignature& attr : signature->attrs) {
    nb::dict one;
    one["name"] = str_of(attr.name);
    one["kind"] = str_of(attr.kind);
    if (!attr.allowed.empty()) {
      nb::list allowed;
      for (const std::string_view value : attr.allowed) allowed.append(str_of(value));
      one["allowed"] = allowed;
    }
    if (attr.minimum) one["minimum"] = *attr.minimum;
    if (attr.default_value) {
      one["default"] = attr_to_python(parse_default(*attr.default_value, attr.kind));
    }
    attrs.append(one);
  }
  made["attrs"] = attrs;
  made["is_stateful"] = signature->is_stateful;
  return nb::object(made);
}

using Names = Given<"list[str]">;

}  // namespace

void bind_signatures(nb::module_& m) {
  m.def(
      "op_names",
      []() -> Names {
        nb::list names;
        for (const BuiltinOp& op : builtin_ops()) names.append(str_of(op.name));
        return nb::object(names);
      },
      "The names of all ops that have a signature, sorted.");
  m.def(
      "op_signature", &signature_of, nb::arg("op"),
      "A dict of the op's signature, or None: name, inputs and outputs (name, type, type_attr,\n"
      "type_list_attr, number_attr, is_list, is_reference), attrs (name, kind, default, allowed,\n"
      "minimum), is_stateful.");
  m.def(
      "implemented_ops",
      []() -> Names {
        nb::list names;
        for (const OpImplementation* op : standard_ops().all()) {
          if (op->kernel != nullptr) names.append(str_of(op->op));
        }
        return nb::object(names);
      },
      "The names of the ops that a Session can run, sorted.");
}

}  // namespace icecore::python
