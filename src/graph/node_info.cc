#include <icecore/error.h>
#include <icecore/node_info.h>

#include <algorithm>
#include <utility>

#include "graph/attr_codec.h"
#include "graph/node_def.h"
#include "opdef/op_signature.h"

namespace icecore::inline v0 {

struct NodeInfo::Data {
  Span encoded;
  NodeDef def;  // Views of `encoded`.
  std::string name, op, device;
  std::shared_ptr<const OpSignature> signature;
  std::vector<ArgType> inputs, outputs;
  std::vector<std::size_t> input_begins, output_begins;  // Of each argument, and the end.

  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(Code::kInvalidArgument, "node '" + name + "' (op " + op + ") " + what);
  }

  AttrValue attr(std::string_view key) const {
    const AttrSignature* declared = signature->attr(key);
    const std::string_view kind = declared == nullptr ? std::string_view() : declared->kind;
    if (const Span* value = def.attr(key)) {
      try {
        return decode_attr(*value, kind);
      } catch (const Error& error) {
        throw error.with_context("attribute '" + std::string(key) + "' of node '" + name + "'");
      }
    }
    if (declared == nullptr || !declared->default_value) {
      refuse("lacks the attribute '" + std::string(key) + "'");
    }
    return parse_default(*declared->default_value, kind);
  }

  template <typename T>
  T typed(std::string_view key) const {
    AttrValue value = attr(key);
    T* held = std::get_if<T>(&value);
    if (held == nullptr) {
      refuse("has an attribute '" + std::string(key) + "' of kind " +
             std::string(attr_kind(value)) + ", which is another than its op's");
    }
    return std::move(*held);
  }

  // The types of the tensors that one argument stands for.
  void append(const ArgSignature& arg, std::vector<ArgType>& types) const {
    // More than any real node has; what a file claims beyond it would only take memory.
    constexpr std::int64_t kMostTensors = 1 << 20;
    if (!arg.type_list_attr.empty()) {
      for (const DType type : typed<std::vector<DType>>(arg.type_list_attr)) {
        types.push_back({type, arg.is_reference});
      }
      return;
    }
    const DType type = arg.type_attr.empty() ? arg.type : typed<DType>(arg.type_attr);
    const std::int64_t count = arg.number_attr.empty() ? 1 : typed<std::int64_t>(arg.number_attr);
    if (count < 0 || count > kMostTensors) {
      refuse("has " + std::to_string(count) + " as its attribute '" + std::string(arg.number_attr) +
             "', which counts tensors");
    }
    types.insert(types.end(), static_cast<std::size_t>(count), {type, arg.is_reference});
  }

  void append_all(const std::vector<ArgSignature>& args, std::vector<ArgType>& types,
                  std::vector<std::size_t>& begins) const {
    for (const ArgSignature& arg : args) {
      begins.push_back(types.size());
      append(arg, types);
    }
    begins.push_back(types.size());
  }

  std::pair<std::size_t, std::size_t> range(const std::vector<ArgSignature>& args,
                                            const std::vector<std::size_t>& begins,
                                            std::string_view argument) const {
    const auto found = std::ranges::find(args, argument, &ArgSignature::name);
    if (found == args.end()) {
      throw Error(Code::kInternal,
                  "the op " + op + " has no argument '" + std::string(argument) + "'");
    }
    const auto i = static_cast<std::size_t>(found - args.begin());
    return {begins[i], begins[i + 1] - begins[i]};
  }
};

NodeInfo::NodeInfo(const Span& node, std::shared_ptr<const OpSignature> signature) {
  auto data = std::make_shared<Data>();
  data->encoded = node;
  data->def = decode_node(data->encoded);
  data->name = data->def.name;
  data->op = data->def.op;
  data->device = data->def.device;
  data->signature = std::move(signature);
  data->append_all(data->signature->inputs, data->inputs, data->input_begins);
  data->append_all(data->signature->outputs, data->outputs, data->output_begins);
  data_ = std::move(data);
}

const std::string& NodeInfo::name() const {
  return data_->name;
}
const std::string& NodeInfo::op() const {
  return data_->op;
}
const std::string& NodeInfo::device() const {
  return data_->device;
}
const OpSignature& NodeInfo::signature() const {
  return *data_->signature;
}
std::string NodeInfo::input_name(std::size_t i) const {
  const auto& inputs = data_->def.inputs;
  return i < inputs.size() ? std::string(inputs[i]) : std::string();
}
const std::vector<ArgType>& NodeInfo::inputs() const {
  return data_->inputs;
}
const std::vector<ArgType>& NodeInfo::outputs() const {
  return data_->outputs;
}

std::pair<std::size_t, std::size_t> NodeInfo::input_range(std::string_view argument) const {
  return data_->range(data_->signature->inputs, data_->input_begins, argument);
}

std::pair<std::size_t, std::size_t> NodeInfo::output_range(std::string_view argument) const {
  return data_->range(data_->signature->outputs, data_->output_begins, argument);
}

bool NodeInfo::has_attr(std::string_view attr) const {
  if (data_->def.attr(attr) != nullptr) return true;
  const AttrSignature* declared = data_->signature->attr(attr);
  return declared != nullptr && declared->default_value.has_value();
}

AttrValue NodeInfo::attr(std::string_view attr) const {
  return data_->attr(attr);
}
std::string NodeInfo::string_attr(std::string_view attr) const {
  return data_->typed<std::string>(attr);
}
std::int64_t NodeInfo::int_attr(std::string_view attr) const {
  return data_->typed<std::int64_t>(attr);
}
float NodeInfo::float_attr(std::string_view attr) const {
  return data_->typed<float>(attr);
}
bool NodeInfo::bool_attr(std::string_view attr) const {
  return data_->typed<bool>(attr);
}
DType NodeInfo::type_attr(std::string_view attr) const {
  return data_->typed<DType>(attr);
}
Shape NodeInfo::shape_attr(std::string_view attr) const {
  return data_->typed<Shape>(attr);
}
Tensor NodeInfo::tensor_attr(std::string_view attr) const {
  return data_->typed<Tensor>(attr);
}
std::vector<std::string> NodeInfo::strings_attr(std::string_view attr) const {
  return data_->typed<std::vector<std::string>>(attr);
}
std::vector<std::int64_t> NodeInfo::ints_attr(std::string_view attr) const {
  return data_->typed<std::vector<std::int64_t>>(attr);
}
std::vector<float> NodeInfo::floats_attr(std::string_view attr) const {
  return data_->typed<std::vector<float>>(attr);
}
std::vector<DType> NodeInfo::types_attr(std::string_view attr) const {
  return data_->typed<std::vector<DType>>(attr);
}
std::vector<Shape> NodeInfo::shapes_attr(std::string_view attr) const {
  return data_->typed<std::vector<Shape>>(attr);
}

}  // namespace icecore::inline v0
