// Values that become constants, and the few nodes that the builder makes itself.
#include <algorithm>
#include <cmath>
#include <map>

#include "base/float_text.h"
#include "base/floating.h"
#include "base/quoted.h"
#include "graph/attr_codec.h"
#include "graph/builder_data.h"
#include "graph/group_by_device.h"
#include "graph/number_tensor.h"
#include "graph/tensor_def.h"
#include "proto/fields.h"
#include "proto/piece.h"

namespace icecore::inline v0 {

Input::Input(std::string text) : value_(Tensor::scalar(std::move(text))) {}

namespace {

template <typename As, typename T>
Input::Numbers vector_of(const std::vector<T>& numbers) {
  return {Shape({static_cast<std::int64_t>(numbers.size())}),
          std::vector<As>(numbers.begin(), numbers.end())};
}

}  // namespace

Input::Input(const std::vector<std::int64_t>& numbers) : value_(vector_of<std::int64_t>(numbers)) {}
Input::Input(const std::vector<int>& numbers) : value_(vector_of<std::int64_t>(numbers)) {}
Input::Input(const std::vector<double>& numbers) : value_(vector_of<double>(numbers)) {}
Input::Input(const std::vector<float>& numbers) : value_(vector_of<double>(numbers)) {}

Input::Value Input::value_of(std::int64_t number) {
  return Numbers(Shape(), std::vector<std::int64_t>{number});
}

Input::Value Input::value_of(double number) {
  return Numbers(Shape(), std::vector<double>{number});
}

double Input::Numbers::number(std::size_t i) const {
  return integral ? static_cast<double>(ints.at(i)) : reals.at(i);
}

std::int64_t Input::Numbers::whole(std::size_t i) const {
  if (integral) return ints.at(i);
  const double value = reals.at(i);
  if (value >= -0x1p63 && value < 0x1p63) return static_cast<std::int64_t>(value);
  refuse_as(Misuse::kValue, python_repr(value) + " is no whole number of 64 bits");
}

namespace {

bool is_complex(DType dtype) {
  return dtype == DType::kComplex64 || dtype == DType::kComplex128;
}

// As Python's: ints are int32 where they fit, other numbers float32; an empty list is float32.
DType natural_type(const Input::Numbers& numbers) {
  if (!numbers.integral || numbers.ints.empty()) return DType::kFloat32;
  const bool fits = std::ranges::all_of(
      numbers.ints, [](std::int64_t value) { return std::in_range<std::int32_t>(value); });
  return fits ? DType::kInt32 : DType::kInt64;
}

[[noreturn]] void refuse(const Input::Numbers& numbers, DType dtype) {
  refuse_as(Misuse::kType, "Expected " + to_string(dtype) + ", got " +
                               (numbers.integral ? std::to_string(numbers.whole(0))
                                                 : python_repr(numbers.number(0))) +
                               " of type '" + (numbers.integral ? "int" : "float") + "' instead.");
}

Tensor tensor_of(const Input::Numbers& numbers, DType dtype) {
  Tensor tensor(is_complex(dtype) || is_number(dtype) ? dtype : DType::kFloat32, numbers.shape);
  const auto count = static_cast<std::int64_t>(numbers.count());
  if (tensor.num_elements() != count) {
    refuse_as(Misuse::kValue, "a constant of shape " + to_string(numbers.shape) + " is given " +
                                  std::to_string(count) + " values");
  }
  if (is_complex(dtype)) {
    for (std::size_t i = 0; i < numbers.count(); ++i) {
      if (dtype == DType::kComplex64) {
        tensor.mutable_values<std::complex<float>>()[i] = static_cast<float>(numbers.number(i));
      } else {
        tensor.mutable_values<std::complex<double>>()[i] = numbers.number(i);
      }
    }
    return tensor;
  }
  // Python takes no float for an int, and no number for a bool or a string; an empty list is any.
  const bool fits = count == 0 || (is_number(dtype) && dtype != DType::kBool &&
                                   (numbers.integral || is_floating(dtype)));
  if (!fits) refuse(numbers, dtype);
  for (std::int64_t i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    set_number(tensor, i,
               numbers.integral ? Number::of_int(numbers.whole(at))
                                : Number::of_double(numbers.number(at)));
  }
  return tensor;
}

}  // namespace

Output GraphBuilder::constant(const Tensor& value, std::string_view name) {
  BuilderData& graph = *data_;
  graph.check_not_finalized();
  NewNode made;
  made.signature = graph.signature_of("Const");
  made.attrs.emplace_back("value", encode_attr(value).finish());
  made.attrs.emplace_back("dtype", encode_attr(value.dtype()).finish());
  made.name = graph.node_name(name.empty() ? "Const" : name);
  return Output(data_, graph.create(std::move(made)), 0);
}

Output filled_constant(GraphBuilder& graph, const Tensor& scalar, const Shape& shape,
                       std::string_view name) {
  BuilderData& data = graph.data();
  data.check_not_finalized();
  NewNode made;
  made.signature = data.signature_of("Const");
  Piece value;
  value.message(pb::AttrValue::tensor, encode_filled(scalar, shape));
  made.attrs.emplace_back("value", value.finish());
  made.attrs.emplace_back("dtype", encode_attr(scalar.dtype()).finish());
  made.name = data.node_name(name.empty() ? "Const" : name);
  return graph.operation(data.create(std::move(made))).output();
}

Output GraphBuilder::convert_to_tensor(const Input& value, std::optional<DType> dtype,
                                       std::string_view name) {
  if (const auto* output = std::get_if<Output>(&value.value())) {
    node_of(*output);
    if (dtype && output->dtype() != *dtype) {
      refuse_as(Misuse::kValue, "Tensor conversion requested dtype " + to_string(*dtype) +
                                    " for Tensor with dtype " + to_string(output->dtype()) + ": " +
                                    quoted(output->name()));
    }
    return *output;
  }
  if (const auto* data = std::get_if<Input::VariablePointer>(&value.value())) {
    const Variable variable(*data);
    node_of(variable.ref());
    if (dtype && variable.dtype() != *dtype) {
      refuse_as(Misuse::kValue, "Incompatible type conversion requested to type " +
                                    quoted(dtype_name(*dtype)) + " for variable of type " +
                                    quoted(dtype_name(variable.dtype())));
    }
    return variable.value();
  }
  if (const auto* tensor = std::get_if<Tensor>(&value.value())) {
    if (!dtype) return constant(*tensor, name);
    const std::optional<Tensor> wanted = converted(*tensor, *dtype);
    if (!wanted) {
      refuse_as(Misuse::kType, "Expected " + to_string(*dtype) + ", got a tensor of type " +
                                   to_string(tensor->dtype()) + " instead.");
    }
    return constant(*wanted, name);
  }
  const auto& numbers = std::get<Input::Numbers>(value.value());
  return constant(tensor_of(numbers, dtype.value_or(natural_type(numbers))), name);
}

Output GraphBuilder::placeholder(DType dtype, const Shape& shape, std::string_view name) {
  return apply_op("Placeholder", {}, {{"dtype", dtype}, {"shape", shape}}, name).output();
}

Operation GraphBuilder::no_op(std::string_view name) {
  return apply_op("NoOp", {}, {}, name);
}

Output GraphBuilder::identity(const Input& input, std::string_view name) {
  return apply_op("Identity", {input}, {}, name).output();
}

Operation GraphBuilder::group(const std::vector<Operation>& operations, std::string_view name) {
  std::vector<std::pair<Operation, std::string>> placed;
  placed.reserve(operations.size());
  for (const Operation& operation : operations) placed.emplace_back(operation, operation.device());
  return group_by_device(*this, placed, name);
}

Operation group_by_device(GraphBuilder& graph,
                          const std::vector<std::pair<Operation, std::string>>& operations,
                          std::string_view name) {
  const ScopeGuard scope = graph.name_scope(name.empty() ? "group_deps" : name);
  if (operations.empty()) return graph.no_op(scope.name());
  std::map<std::string, std::vector<Operation>> by_device;
  for (const auto& [operation, device] : operations) by_device[device].push_back(operation);
  const auto grouped = [&](const std::string& device_name, const std::vector<Operation>& members,
                           std::string_view node) {
    const ScopeGuard after = graph.control_dependencies(members);
    const ScopeGuard on = graph.device(device_name);
    return graph.no_op(node);
  };
  if (by_device.size() == 1) {
    return grouped(by_device.begin()->first, by_device.begin()->second, scope.name());
  }
  std::vector<Operation> groups;
  for (const auto& [device_name, members] : by_device) {
    groups.push_back(grouped(device_name, members, "NoOp"));
  }
  const ScopeGuard after = graph.control_dependencies(groups);
  return graph.no_op(scope.name());
}

Output GraphBuilder::with_dependencies(const std::vector<Operation>& dependencies,
                                       const Output& output, std::string_view name) {
  const ScopeGuard scope = name_scope(name.empty() ? "control_dependency" : name);
  const ScopeGuard beside = colocate_with(output.op());
  const ScopeGuard after = control_dependencies(dependencies);
  return identity(output, scope.name());
}

}  // namespace icecore::inline v0
