// Ops as Python's op functions make them (op_def_library._apply_op_helper).
#include <icecore/error.h>

#include <algorithm>
#include <map>

#include "base/quoted.h"
#include "graph/attr_codec.h"
#include "graph/attr_values.h"
#include "graph/builder_data.h"

namespace icecore::inline v0 {
namespace {

// One op that is being made: its inputs as they are converted, and the attributes that follow from
// them.
class OpCall {
 public:
  OpCall(GraphBuilder& graph, std::shared_ptr<const OpSignature> signature,
         const std::vector<OpInput>& all_inputs, const AttrList& given)
      : graph_(graph),
        signature_(std::move(signature)),
        op_(signature_->name),
        all_inputs_(all_inputs),
        given_(given) {
    for (const AttrSignature& attr : signature_->attrs) {
      if (attr.kind == "type" && attr.default_value) {
        default_types_[attr.name] = std::get<DType>(parse_default(*attr.default_value, attr.kind));
      }
    }
    used_.resize(given.size());
  }

  void add(const ArgSignature& arg, const OpInput& value) {
    std::vector<Output> values;
    if (arg.is_list()) {
      const auto* list = std::get_if<std::vector<Input>>(&value);
      if (list == nullptr) {
        refuse_as(Misuse::kType, "Expected list for " + quoted(arg.name) + " argument to " +
                                     quoted(op_) + " Op, not a single value.");
      }
      values = convert_list(arg, *list);
    } else {
      const auto* single = std::get_if<Input>(&value);
      if (single == nullptr) {
        refuse_as(Misuse::kType, "Expected a single tensor for " + quoted(arg.name) +
                                     " argument to " + quoted(op_) + " Op, not a list.");
      }
      values.push_back(convert_one(arg, *single));
    }
    infer(arg, values);
    if (arg.is_reference &&
        !std::ranges::all_of(values, [](const Output& v) { return v.is_reference(); })) {
      refuse_as(Misuse::kType, quoted(op_) + " Op requires that input " + quoted(arg.name) +
                                   " be a mutable tensor (e.g.: a tf.Variable)");
    }
    inputs_.insert(inputs_.end(), values.begin(), values.end());
  }

  // The attributes in the signature's order, then those beyond it, whose names begin with "_".
  EncodedAttrs finish_attrs(const std::vector<std::optional<Span>>& defaults) {
    EncodedAttrs attrs;
    for (std::size_t i = 0; i < signature_->attrs.size(); ++i) {
      const AttrSignature& attr = signature_->attrs[i];
      const AttrValue* given = take_given(attr.name);
      const auto inferred = inferred_.find(attr.name);
      if (inferred != inferred_.end()) {
        if (given != nullptr && !same(attr_of_kind(*given, attr, op_), inferred->second.value)) {
          refuse_as(Misuse::kType, "Should not specify value for inferred attr " +
                                       quoted(attr.name) + ": it differs from what argument " +
                                       quoted(inferred->second.from) + " says.");
        }
        attrs.emplace_back(attr.name, encode_attr(inferred->second.value).finish());
      } else if (given != nullptr) {
        attrs.emplace_back(attr.name, encode_attr(attr_of_kind(*given, attr, op_)).finish());
      } else if (defaults[i]) {
        attrs.emplace_back(attr.name, *defaults[i]);
      } else {
        refuse_as(Misuse::kType, "No argument for attr " + std::string(attr.name));
      }
    }
    for (std::size_t i = 0; i < given_.size(); ++i) {
      if (used_[i]) continue;
      if (!given_[i].first.starts_with('_')) {
        refuse_as(Misuse::kType, "apply_op() got unexpected keyword arguments: " + given_[i].first);
      }
      attrs.emplace_back(given_[i].first, encode_attr(given_[i].second).finish());
    }
    return attrs;
  }

  const std::vector<Output>& inputs() const { return inputs_; }

 private:
  struct Inferred {
    AttrValue value;
    std::string from;  // The argument that says so.
  };

  static bool same(const AttrValue& a, const AttrValue& b) {
    return encode_attr(a).bytes() == encode_attr(b).bytes();
  }

  const AttrValue* take_given(std::string_view attr) {
    const AttrValue* value = nullptr;
    for (std::size_t i = 0; i < given_.size(); ++i) {
      if (given_[i].first != attr) continue;
      used_[i] = true;
      value = &given_[i].second;
    }
    return value;
  }

  const AttrSignature& attr(std::string_view name) const {
    const AttrSignature* found = signature_->attr(name);
    if (found == nullptr) {
      refuse_as(Misuse::kType, "the op " + quoted(op_) + " has no attribute " + quoted(name));
    }
    return *found;
  }

  std::optional<DType> inferred_type(std::string_view attr) const {
    const auto found = inferred_.find(attr);
    if (found == inferred_.end()) return std::nullopt;
    return std::get<DType>(found->second.value);
  }

  std::optional<DType> default_type(std::string_view attr) const {
    const auto found = default_types_.find(attr);
    if (found == default_types_.end()) return std::nullopt;
    return found->second;
  }

  // Before an attribute is inferred: what a symbolic input behind, of the same attribute, has. So a
  // plain number may stand first ("1 + x"), as Python's operators allow it.
  std::optional<DType> wanted_by_others(std::string_view type_attr) const {
    for (std::size_t i = 0; i < all_inputs_.size() && i < signature_->inputs.size(); ++i) {
      if (signature_->inputs[i].type_attr != type_attr) continue;
      const auto* single = std::get_if<Input>(&all_inputs_[i]);
      if (single == nullptr) continue;
      if (const std::optional<DType> own = symbolic_dtype(*single)) return own;
    }
    return std::nullopt;
  }

  // Converts to `dtype`, or to what it is by itself; `preferred` is tried first where there is
  // none.
  Output convert(const Input& value, std::optional<DType> dtype, std::optional<DType> preferred,
                 std::string_view name, bool as_reference) {
    if (const auto* variable = std::get_if<Input::VariablePointer>(&value.value());
        variable != nullptr && as_reference && !Variable(*variable).is_resource()) {
      return graph_.convert_to_tensor(Input(Variable(*variable).ref()), dtype, name);
    }
    if (!dtype && preferred && !symbolic_dtype(value)) {
      try {
        return graph_.convert_to_tensor(value, preferred, name);
      } catch (const Error& error) {
        if (error.misuse() != Misuse::kType && error.misuse() != Misuse::kValue) throw;
      }
    }
    return graph_.convert_to_tensor(value, dtype, name);
  }

  Output convert_one(const ArgSignature& arg, const Input& value) {
    std::optional<DType> dtype, preferred;
    if (arg.type != DType::kInvalid) {
      dtype = arg.type;
    } else if (dtype = inferred_type(arg.type_attr); !dtype) {
      preferred = default_type(arg.type_attr);
      // An attribute that the caller gives outright says what numbers become.
      if (const AttrValue* given = take_given(arg.type_attr);
          given != nullptr && std::holds_alternative<DType>(*given) && !symbolic_dtype(value)) {
        preferred = std::get<DType>(*given);
      } else if (std::holds_alternative<Input::Numbers>(value.value())) {
        if (const auto wanted = wanted_by_others(arg.type_attr)) preferred = wanted;
      }
    }
    if (const std::optional<DType> own = symbolic_dtype(value); own && dtype && *own != *dtype) {
      const std::string prefix = "Input " + quoted(arg.name) + " of " + quoted(op_) +
                                 " Op has type " + to_string(*own) + " that does not match";
      if (arg.type != DType::kInvalid) {
        refuse_as(Misuse::kType, prefix + " expected type of " + to_string(arg.type) + ".");
      }
      refuse_as(Misuse::kType, prefix + " type " + to_string(*dtype) + " of argument " +
                                   quoted(inferred_.find(arg.type_attr)->second.from) + ".");
    }
    try {
      return convert(value, dtype, preferred, arg.name, arg.is_reference);
    } catch (const Error& error) {
      if (!dtype || error.misuse() != Misuse::kType) throw;
      refuse_as(Misuse::kType, "Expected " + to_string(*dtype) + " passed to parameter " +
                                   quoted(arg.name) + " of op " + quoted(op_) +
                                   ". Error: " + error.message());
    }
  }

  std::vector<Output> convert_list(const ArgSignature& arg, const std::vector<Input>& values) {
    std::optional<DType> dtype, preferred;
    if (arg.type != DType::kInvalid) {
      dtype = arg.type;
    } else if (!arg.number_attr.empty()) {
      dtype = inferred_type(arg.type_attr);
      for (const Input& value : values) {
        if (dtype) break;
        if (const auto* output = std::get_if<Output>(&value.value());
            output != nullptr && output->valid()) {
          dtype = output->dtype();
        }
      }
      if (!dtype) preferred = default_type(arg.type_attr);
    }
    std::vector<Output> outputs;
    bool match = true;
    for (std::size_t i = 0; i < values.size() && match; ++i) {
      try {
        outputs.push_back(convert(values[i], dtype, preferred,
                                  std::string(arg.name) + "_" + std::to_string(i),
                                  arg.is_reference));
      } catch (const Error& error) {
        if (error.misuse() != Misuse::kType && error.misuse() != Misuse::kValue) throw;
        match = false;
      }
    }
    if (match && !arg.number_attr.empty()) {
      match = std::ranges::all_of(
          outputs, [&](const Output& output) { return output.dtype() == outputs.front().dtype(); });
    }
    if (!match) refuse_list(arg, values, dtype);
    return outputs;
  }

  [[noreturn]] void refuse_list(const ArgSignature& arg, const std::vector<Input>& values,
                                std::optional<DType> dtype) {
    std::string observed;
    for (const Input& value : values) {
      if (!observed.empty()) observed += ", ";
      if (const auto* output = std::get_if<Output>(&value.value())) {
        observed += output->valid() ? dtype_name(output->dtype()) : "<NOT CONVERTIBLE TO TENSOR>";
      } else if (const std::optional<DType> own = symbolic_dtype(value)) {
        observed += dtype_name(*own);
      } else if (const auto* tensor = std::get_if<Tensor>(&value.value())) {
        observed += dtype_name(tensor->dtype());
      } else {
        observed += std::get<Input::Numbers>(value.value()).integral ? "int32" : "float32";
      }
    }
    const std::string prefix = "Tensors in list passed to " + quoted(arg.name) + " of " +
                               quoted(op_) + " Op have types [" + observed + "]";
    if (arg.number_attr.empty()) refuse_as(Misuse::kType, prefix + " that are invalid.");
    if (arg.type != DType::kInvalid) {
      refuse_as(Misuse::kType,
                prefix + " that do not match expected type " + to_string(arg.type) + ".");
    }
    if (inferred_type(arg.type_attr)) {
      refuse_as(Misuse::kType, prefix + " that do not match type " + to_string(*dtype) +
                                   " inferred from earlier arguments.");
    }
    refuse_as(Misuse::kType, prefix + " that don't all match.");
  }

  void infer(const ArgSignature& arg, const std::vector<Output>& values) {
    if (!arg.number_attr.empty()) infer_number(arg, values.size());
    if (!arg.type_list_attr.empty()) {
      std::vector<DType> types;
      for (const Output& value : values) types.push_back(value.dtype());
      infer_type_list(arg, std::move(types));
    }
    if (arg.type_attr.empty()) return;
    if (values.empty()) {
      if (inferred_type(arg.type_attr)) return;
      // TensorFlow doesn't know it either, but for a type that the caller gives.
      if (take_given(arg.type_attr) != nullptr) return;
      refuse_as(Misuse::kType,
                "Don't know how to infer type variable from empty input list passed "
                "to input " +
                    quoted(arg.name) + " of " + quoted(op_) + " Op.");
    }
    const DType type = values.front().dtype();
    if (const std::optional<DType> before = inferred_type(arg.type_attr)) {
      if (*before == type) return;
      refuse_as(Misuse::kType,
                "Input " + quoted(arg.name) + " of " + quoted(op_) + " Op has type " +
                    to_string(type) + " that does not match type " + to_string(*before) +
                    " of argument " + quoted(inferred_.find(arg.type_attr)->second.from) + ".");
    }
    check_type_allowed(type, attr(arg.type_attr), arg.name);
    inferred_[arg.type_attr] = {type, std::string(arg.name)};
  }

  void infer_number(const ArgSignature& arg, std::size_t size) {
    const auto count = static_cast<std::int64_t>(size);
    const std::string prefix = "List argument " + quoted(arg.name) + " to " + quoted(op_) +
                               " Op with length " + std::to_string(count);
    if (const auto found = inferred_.find(arg.number_attr); found != inferred_.end()) {
      const auto before = std::get<std::int64_t>(found->second.value);
      if (before == count) return;
      refuse_as(Misuse::kValue, prefix + " must match length " + std::to_string(before) +
                                    " of argument " + quoted(found->second.from) + ".");
    }
    const std::optional<std::int64_t> minimum = attr(arg.number_attr).minimum;
    if (minimum && count < *minimum) {
      refuse_as(Misuse::kValue,
                prefix + " shorter than minimum length " + std::to_string(*minimum) + ".");
    }
    inferred_[arg.number_attr] = {count, std::string(arg.name)};
  }

  void infer_type_list(const ArgSignature& arg, std::vector<DType> types) {
    if (const auto found = inferred_.find(arg.type_list_attr); found != inferred_.end()) {
      const auto& before = std::get<std::vector<DType>>(found->second.value);
      if (before == types) return;
      const auto list = [](const std::vector<DType>& all) {
        std::string text;
        for (const DType type : all) text += (text.empty() ? "" : ", ") + to_string(type);
        return text;
      };
      refuse_as(Misuse::kType, "Input " + quoted(arg.name) + " of " + quoted(op_) +
                                   " Op has type list of " + list(types) +
                                   " that does not match type list " + list(before) +
                                   " of argument " + quoted(found->second.from) + ".");
    }
    for (const DType type : types) check_type_allowed(type, attr(arg.type_list_attr), arg.name);
    inferred_[arg.type_list_attr] = {std::move(types), std::string(arg.name)};
  }

  GraphBuilder& graph_;
  std::shared_ptr<const OpSignature> signature_;
  std::string_view op_;
  const std::vector<OpInput>& all_inputs_;
  const AttrList& given_;
  std::vector<bool> used_;  // Of given_.
  std::map<std::string_view, DType> default_types_;
  std::map<std::string_view, Inferred> inferred_;
  std::vector<Output> inputs_;
};

void check_not_removed(const BuilderData& graph, const OpSignature& signature) {
  if (!signature.deprecated_since || graph.producer < *signature.deprecated_since) return;
  throw Error(Code::kUnimplemented,
              "Op " + std::string(signature.name) + " is not available in GraphDef version " +
                  std::to_string(graph.producer) + ". It has been removed in version " +
                  std::to_string(*signature.deprecated_since) + ".");
}

}  // namespace

Operation GraphBuilder::apply_op(std::string_view op, const std::vector<OpInput>& inputs,
                                 const AttrList& attrs, std::string_view name) {
  BuilderData& graph = *data_;
  graph.check_not_finalized();
  std::shared_ptr<const OpSignature> signature = graph.signature_of(op);
  check_not_removed(graph, *signature);
  const ScopeGuard scope = name_scope(name.empty() ? op : name);
  if (inputs.size() != signature->inputs.size()) {
    refuse_as(Misuse::kType,
              inputs.size() < signature->inputs.size()
                  ? "No argument for input " + std::string(signature->inputs[inputs.size()].name)
                  : "the op " + quoted(op) + " takes " + std::to_string(signature->inputs.size()) +
                        " arguments, not " + std::to_string(inputs.size()));
  }
  OpCall call(*this, signature, inputs, attrs);
  for (std::size_t i = 0; i < inputs.size(); ++i) call.add(signature->inputs[i], inputs[i]);
  NewNode made;
  made.attrs = call.finish_attrs(graph.defaults_of(signature));
  for (const Output& input : call.inputs()) made.inputs.push_back({node_of(input), input.index_});
  // A node stands where the variables stand that it changes. As in TensorFlow, tensors are counted
  // here as if no argument were a list.
  ScopeStack colocations;
  const std::size_t both = std::min(signature->inputs.size(), call.inputs().size());
  for (std::size_t i = 0; i < both; ++i) {
    if (!signature->inputs[i].is_reference) continue;
    colocations.guards.push_back(colocate_with(call.inputs()[i].op()));
  }
  made.signature = std::move(signature);
  made.name = graph.node_name(scope.name());
  return Operation(data_, graph.create(std::move(made)));
}

}  // namespace icecore::inline v0
