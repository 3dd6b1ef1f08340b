#include <icecore/array.h>
#include <icecore/error.h>

#include <algorithm>
#include <limits>

#include "compose/nodes.h"
#include "graph/number_tensor.h"

namespace icecore::inline v0 {

Tensor vector_of(const std::vector<int>& values) {
  Tensor tensor(DType::kInt32, Shape({static_cast<std::int64_t>(values.size())}));
  std::ranges::copy(values, tensor.mutable_values<std::int32_t>().begin());
  return tensor;
}

Tensor shape_tensor(const Shape& shape) {
  if (!shape.is_fully_defined()) {
    refuse_as(Misuse::kValue,
              "Cannot convert a partially known TensorShape to a Tensor: " + to_string(shape));
  }
  const auto dims = shape.dims();
  const bool large = std::ranges::any_of(
      dims, [](std::int64_t dim) { return dim > std::numeric_limits<std::int32_t>::max(); });
  Tensor tensor(large ? DType::kInt64 : DType::kInt32, Shape({shape.rank()}));
  for (std::size_t i = 0; i < dims.size(); ++i) {
    set_number(tensor, static_cast<std::int64_t>(i), Number::of_int(dims[i]));
  }
  return tensor;
}

namespace {

// 0 or 1, false or true; of strings only "".
Tensor filler(DType dtype, int value) {
  if (dtype == DType::kString && value == 0) return Tensor::scalar(std::string());
  Tensor scalar(DType::kInt32, Shape());
  set_number(scalar, 0, Number::of_int(value));
  if (dtype == DType::kComplex64 || dtype == DType::kComplex128) {
    Tensor complex(dtype, Shape());
    if (dtype == DType::kComplex64) {
      complex.mutable_values<std::complex<float>>()[0] = static_cast<float>(value);
    } else {
      complex.mutable_values<std::complex<double>>()[0] = value;
    }
    return complex;
  }
  const std::optional<Tensor> made = converted(scalar, dtype);
  if (!made) {
    refuse_as(Misuse::kType,
              "no tensor of " + to_string(dtype) + " is filled with " + std::to_string(value));
  }
  return *made;
}

Output filled(GraphBuilder& graph, const Output& given, DType dtype, int value,
              std::string_view name) {
  Output dims = given;
  // Whatever isn't known to be a vector is made one.
  if (!dims.shape().has_rank() || dims.shape().rank() == 0) {
    dims = reshape(graph, dims, Input(vector_of({-1})));
  }
  return fill(graph, dims, graph.constant(filler(dtype, value)), name);
}

Output filled(GraphBuilder& graph, const Shape& shape, DType dtype, int value,
              std::string_view name) {
  // As TensorFlow has it: below 1000 elements a constant.
  constexpr std::int64_t kSmall = 1000;
  const std::optional<std::int64_t> elements = shape.num_elements();
  if (elements && *elements < kSmall) {
    return filled_constant(graph, filler(dtype, value), shape, name);
  }
  return filled(graph, graph.constant(shape_tensor(shape), "shape_as_tensor"), dtype, value, name);
}

Output like(GraphBuilder& graph, const Output& x, DType dtype, int value, std::string_view name) {
  const Output dims = shape(graph, x);
  const ScopeGuard scope = graph.name_scope(name);
  return filled(graph, dims, dtype, value, scope.name());
}

}  // namespace

Output zeros(GraphBuilder& graph, const Shape& shape, DType dtype, std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "zeros");
  return filled(graph, shape, dtype, 0, scope.name());
}

Output zeros(GraphBuilder& graph, const Output& shape, DType dtype, std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "zeros");
  return filled(graph, shape, dtype, 0, scope.name());
}

Output ones(GraphBuilder& graph, const Shape& shape, DType dtype, std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "ones");
  return filled(graph, shape, dtype, 1, scope.name());
}

Output ones(GraphBuilder& graph, const Output& shape, DType dtype, std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "ones");
  return filled(graph, shape, dtype, 1, scope.name());
}

Output zeros_like(GraphBuilder& graph, const Input& x, std::optional<DType> dtype,
                  std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "zeros_like");
  const Output tensor = graph.convert_to_tensor(x, {}, "tensor");
  const DType type = dtype.value_or(tensor.dtype());
  if (tensor.shape().is_fully_defined() && tensor.dtype() != DType::kVariant) {
    return filled(graph, tensor.shape(), type, 0, scope.name());
  }
  if (type != tensor.dtype() && type != DType::kVariant) {
    return like(graph, tensor, type, 0, scope.name());
  }
  return add_node(graph, "ZerosLike", {Input(tensor)}, {}, scope.name());
}

Output ones_like(GraphBuilder& graph, const Input& x, std::optional<DType> dtype,
                 std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "ones_like");
  const Output tensor = graph.convert_to_tensor(x, {}, "tensor");
  const Output result = like(graph, tensor, dtype.value_or(tensor.dtype()), 1, scope.name());
  graph.set_shape(result, tensor.shape());
  return result;
}

Output fill(GraphBuilder& graph, const Input& dims, const Input& value, std::string_view name) {
  return add_node(graph, "Fill", {dims, value}, {}, name);
}

Output shape(GraphBuilder& graph, const Input& x, DType out_type, std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "Shape");
  const Output tensor = graph.convert_to_tensor(x);
  if (tensor.shape().is_fully_defined()) {
    return graph.constant(*converted(shape_tensor(tensor.shape()), out_type), scope.name());
  }
  return add_node(graph, "Shape", {Input(tensor)}, {{"out_type", out_type}}, scope.name());
}

Output rank(GraphBuilder& graph, const Input& x, std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "Rank");
  const Output tensor = graph.convert_to_tensor(x);
  if (tensor.shape().has_rank()) {
    return graph.constant(Tensor::scalar(std::int32_t{tensor.shape().rank()}), scope.name());
  }
  return add_node(graph, "Rank", {Input(tensor)}, {}, scope.name());
}

Output size(GraphBuilder& graph, const Input& x, DType out_type, std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "Size");
  const Output tensor = graph.convert_to_tensor(x);
  const Shape known = tensor.shape();
  std::optional<std::int64_t> elements = known.num_elements();
  if (std::ranges::find(known.dims(), 0) != known.dims().end()) elements = 0;
  if (known.has_rank() && elements) {
    Tensor count(out_type, Shape());
    set_number(count, 0, Number::of_int(*elements));
    return graph.constant(count, scope.name());
  }
  return add_node(graph, "Size", {Input(tensor)}, {{"out_type", out_type}}, scope.name());
}

Output reshape(GraphBuilder& graph, const Input& x, const Input& shape, std::string_view name) {
  return add_node(graph, "Reshape", {x, shape}, {}, name);
}

Output concat(GraphBuilder& graph, const std::vector<Input>& values, const Input& axis,
              std::string_view name) {
  const std::string_view scope_name = name.empty() ? "concat" : name;
  if (values.size() != 1) {
    return add_node(graph, "ConcatV2", {values, axis}, {}, scope_name);
  }
  const ScopeGuard scope = graph.name_scope(scope_name);
  graph.convert_to_tensor(axis, DType::kInt32, "concat_dim");
  return graph.identity(values[0], scope_name);
}

Output slice(GraphBuilder& graph, const Input& x, const Input& begin, const Input& size,
             std::string_view name) {
  return add_node(graph, "Slice", {x, begin, size}, {}, name);
}

Output stack(GraphBuilder& graph, const std::vector<Input>& values, std::int64_t axis,
             std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "stack");
  std::optional<DType> dtype;
  for (const Input& value : values) {
    if (const std::optional<DType> own = symbolic_dtype(value)) dtype = own;
  }
  std::vector<Input> tensors;
  for (std::size_t i = 0; i < values.size(); ++i) {
    tensors.emplace_back(graph.convert_to_tensor(values[i], dtype, std::to_string(i)));
  }
  return add_node(graph, "Pack", {tensors}, {{"axis", axis}}, scope.name());
}

namespace {

// One end of a slice: a vector of one number.
Input bound(GraphBuilder& graph, const Input& value) {
  if (symbolic_dtype(value)) return stack(graph, {value});
  const std::int64_t number = std::get<Input::Numbers>(value.value()).whole(0);
  return graph.convert_to_tensor(std::vector<std::int64_t>{number}, {}, "stack");
}

Output strided_slice(GraphBuilder& graph, const Output& x, const Input& begin, const Input& end,
                     const AttrList& masks) {
  const ScopeGuard scope = graph.name_scope("strided_slice");
  const Input first = bound(graph, begin), last = bound(graph, end), strides = bound(graph, 1);
  return add_node(graph, "StridedSlice", {Input(x), first, last, strides}, masks, scope.name());
}

}  // namespace

Output subscript(GraphBuilder& graph, const Output& x, const Input& i) {
  const Input end = symbolic_dtype(i) ? Input(add_node(graph, "AddV2", {i, Input(1)}, {}, "add"))
                                      : Input(std::get<Input::Numbers>(i.value()).whole(0) + 1);
  return strided_slice(graph, x, i, end, {{"shrink_axis_mask", std::int64_t{1}}});
}

Output subscript(GraphBuilder& graph, const Output& x, const std::optional<Input>& begin,
                 const std::optional<Input>& end) {
  return strided_slice(
      graph, x, begin.value_or(Input(0)), end.value_or(Input(0)),
      {{"begin_mask", std::int64_t{begin ? 0 : 1}}, {"end_mask", std::int64_t{end ? 0 : 1}}});
}

Output squeeze(GraphBuilder& graph, const Input& x, const std::vector<std::int64_t>& axis,
               std::string_view name) {
  return add_node(graph, "Squeeze", {x}, {{"squeeze_dims", axis}}, name);
}

Output boolean_mask(GraphBuilder& graph, const Input& x, const Input& mask, std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "boolean_mask");
  const Output tensor = graph.convert_to_tensor(x, {}, "tensor");
  const Output which = graph.convert_to_tensor(mask, {}, "mask");
  if (!which.shape().has_rank()) {
    refuse_as(Misuse::kValue,
              "Number of mask dimensions must be specified, even if some dimensions are None.  "
              "E.g. shape=[None] is ok, but shape=None is not.");
  }
  const int masked = which.shape().rank();
  if (masked == 0) refuse_as(Misuse::kValue, "mask cannot be scalar.");
  const Output leading =
      add_node(graph, "Prod",
               {Input(subscript(graph, shape(graph, tensor), 0, masked)), Input(vector_of({0}))});
  const Output before = subscript(graph, shape(graph, tensor), std::nullopt, 0);
  const Output behind = subscript(graph, shape(graph, tensor), masked, std::nullopt);
  Output joined;
  {
    // The list [leading] among the values to join becomes a Pack named as the argument.
    const ScopeGuard inner = graph.name_scope("concat");
    const Output middle = add_node(graph, "Pack", {std::vector<Input>{leading}}, {}, "values_1");
    joined = concat(graph, {before, middle, behind}, 0, inner.name());
  }
  const Output flat = reshape(graph, tensor, joined);
  if (const Shape whole = tensor.shape(); whole.has_rank() && whole.rank() >= masked) {
    const auto dims = whole.dims();
    const Shape first(std::vector<std::int64_t>(dims.begin(), dims.begin() + masked));
    std::vector<std::int64_t> known{first.num_elements().value_or(-1)};
    known.insert(known.end(), dims.begin() + masked, dims.end());
    graph.set_shape(flat, Shape(known));
  }
  const Output flat_mask = reshape(graph, which, Input(vector_of({-1})));
  const Output rows = add_node(graph, "Where", {Input(flat_mask)});
  const Output indices = squeeze(graph, rows, {1});
  return add_node(graph, "GatherV2", {Input(flat), Input(indices), Input(0)});
}

}  // namespace icecore::inline v0
