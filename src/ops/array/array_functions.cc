#include "ops/array/array_functions.h"

#include <algorithm>
#include <complex>
#include <string>
#include <utility>

#include "ops/array/arguments.h"

namespace icecore::inline v0 {
namespace {

// Constants up to this many elements are made as such, larger ones as Fill
// (array_ops._constant_if_small).
constexpr std::int64_t kSmall = 1000;

Tensor vector_of(DType dtype, const std::vector<std::int64_t>& values) {
  const Shape shape{static_cast<std::int64_t>(values.size())};
  if (dtype == DType::kInt64) return Tensor::of<std::int64_t>(shape, values);
  return Tensor::of<std::int32_t>(shape, std::vector<std::int32_t>(values.begin(), values.end()));
}

Output scalar_constant(GraphBuilder& graph, DType dtype, std::int64_t value,
                       std::string_view name) {
  return graph.constant(scalar_of(dtype, static_cast<double>(value)), name);
}

// In the scope `name` of zeros or zeros_like.
Output fill_with_zeros(GraphBuilder& graph, Output shape, DType dtype, std::string_view name) {
  if (!shape.shape().has_rank() || shape.shape().rank() == 0) {
    shape = reshape(graph, shape, std::vector<int>{-1});
  }
  const Output zero = graph.constant(scalar_of(dtype, 0));
  return call(graph, "Fill", {Input(shape), Input(zero)}, {}, name);
}

Output zeros_named(GraphBuilder& graph, const Shape& shape, DType dtype, std::string_view name) {
  const std::int64_t count = shape.num_elements().value_or(kSmall);
  if (count < kSmall) {
    Tensor values(dtype, shape);  // Strings are empty; numbers are not yet anything.
    if (dtype != DType::kString) {
      const std::span<std::byte> bytes = values.mutable_bytes();
      std::ranges::fill(bytes, std::byte{0});
    }
    return graph.constant(values, name);
  }
  bool wide = false;
  for (const std::int64_t dim : shape.dims()) wide = wide || dim > 0x7fffffff;
  const Output dims = graph.constant(
      vector_of(wide ? DType::kInt64 : DType::kInt32, dims_of(shape)), "shape_as_tensor");
  return fill_with_zeros(graph, dims, dtype, name);
}

}  // namespace

Output call(GraphBuilder& graph, std::string_view op, const std::vector<OpInput>& inputs,
            const AttrList& attrs, std::string_view name) {
  return graph.apply_op(op, inputs, attrs, name).output();
}

Output shape_of(GraphBuilder& graph, const Output& x, DType out_type, std::string_view name) {
  if (const Shape shape = x.shape(); shape.is_fully_defined()) {
    const ScopeGuard scope = graph.name_scope(name);
    return graph.constant(vector_of(out_type, dims_of(shape)), scope.name());
  }
  return call(graph, "Shape", {Input(x)}, {{"out_type", out_type}}, name);
}

Output rank_of(GraphBuilder& graph, const Output& x, std::string_view name) {
  if (const Shape shape = x.shape(); shape.has_rank()) {
    const ScopeGuard scope = graph.name_scope(name);
    return scalar_constant(graph, DType::kInt32, shape.rank(), scope.name());
  }
  return call(graph, "Rank", {Input(x)}, {}, name);
}

Output size_of(GraphBuilder& graph, const Output& x, DType out_type, std::string_view name) {
  const Shape shape = x.shape();
  std::optional<std::int64_t> size = shape.num_elements();
  for (const std::int64_t dim : shape.dims()) {
    if (dim == 0) size = 0;
  }
  if (size) {
    const ScopeGuard scope = graph.name_scope(name);
    return scalar_constant(graph, out_type, *size, scope.name());
  }
  return call(graph, "Size", {Input(x)}, {{"out_type", out_type}}, name);
}

Output reshape(GraphBuilder& graph, const Output& x, const Input& shape) {
  return call(graph, "Reshape", {Input(x), shape});
}

Output concat(GraphBuilder& graph, const std::vector<Input>& values, const Input& axis) {
  return call(graph, "ConcatV2", {values, axis}, {}, "concat");
}

Output stack_scalars(GraphBuilder& graph, const std::vector<Input>& values, std::string_view name) {
  const ScopeGuard scope = graph.name_scope(name);
  std::optional<DType> dtype;
  for (const Input& value : values) {
    if (const Output* output = std::get_if<Output>(&value.value())) dtype = output->dtype();
  }
  std::vector<Input> tensors;
  for (std::size_t i = 0; i < values.size(); ++i) {
    tensors.emplace_back(graph.convert_to_tensor(values[i], dtype, std::to_string(i)));
  }
  return call(graph, "Pack", {tensors}, {}, scope.name());
}

Output stack(GraphBuilder& graph, const std::vector<Output>& values, std::int64_t axis) {
  const std::vector<Input> inputs(values.begin(), values.end());
  return call(graph, "Pack", {inputs}, {{"axis", axis}}, "stack");
}

Output expand_dims(GraphBuilder& graph, const Output& x, std::int64_t axis) {
  return call(graph, "ExpandDims", {Input(x), Input(axis)});
}

Output transpose(GraphBuilder& graph, const Output& x, const Input& permutation, bool conjugate) {
  const bool complex = x.dtype() == DType::kComplex64 || x.dtype() == DType::kComplex128;
  return call(graph, conjugate && complex ? "ConjugateTranspose" : "Transpose",
              {Input(x), permutation}, {}, "transpose");
}

Output gather(GraphBuilder& graph, const Output& params, const Output& indices) {
  return call(graph, "GatherV2", {Input(params), Input(indices), Input(0)});
}

Output cast(GraphBuilder& graph, const Output& x, DType dtype) {
  if (x.dtype() == dtype) return x;
  return call(graph, "Cast", {Input(x)}, {{"DstT", dtype}});
}

Output range(GraphBuilder& graph, const Input& start, const Input& limit, const Input& delta) {
  return call(graph, "Range", {start, limit, delta}, {}, "range");
}

Output zeros(GraphBuilder& graph, const Shape& shape, DType dtype) {
  const ScopeGuard scope = graph.name_scope("zeros");
  return zeros_named(graph, shape, dtype, scope.name());
}

Output zeros(GraphBuilder& graph, const Output& shape, DType dtype) {
  const ScopeGuard scope = graph.name_scope("zeros");
  return fill_with_zeros(graph, shape, dtype, scope.name());
}

Output zeros_like(GraphBuilder& graph, const Output& x) {
  if (const Shape shape = x.shape(); shape.is_fully_defined()) {
    const ScopeGuard scope = graph.name_scope("zeros_like");
    return zeros_named(graph, shape, x.dtype(), scope.name());
  }
  return call(graph, "ZerosLike", {Input(x)}, {}, "zeros_like");
}

Output reduce_sum(GraphBuilder& graph, const Output& x) {
  if (const Shape shape = x.shape(); shape.has_rank()) {
    std::vector<std::int64_t> axes;
    for (int i = 0; i < shape.rank(); ++i) axes.push_back(i);
    const Output all = graph.constant(vector_of(DType::kInt32, axes));
    return call(graph, "Sum", {Input(x), Input(all)});
  }
  const Output all = range(graph, 0, Input(rank_of(graph, x)), 1);
  return call(graph, "Sum", {Input(x), Input(all)});
}

namespace {

Output stack_in_scope(GraphBuilder& graph, const Input& value) {
  if (std::holds_alternative<Output>(value.value())) return stack_scalars(graph, {value});
  const auto* numbers = std::get_if<Input::Numbers>(&value.value());
  const int number = numbers == nullptr ? 0 : static_cast<int>(numbers->values.at(0));
  return graph.constant(vector_of(DType::kInt32, {number}), "stack");
}

Output strided_slice(GraphBuilder& graph, const Output& x, const Input& begin, const Input& end,
                     AttrList masks) {
  const ScopeGuard scope = graph.name_scope("strided_slice");
  const Output first = stack_in_scope(graph, begin);
  const Output last = stack_in_scope(graph, end);
  const Output strides = stack_in_scope(graph, 1);
  return call(graph, "StridedSlice", {Input(x), Input(first), Input(last), Input(strides)}, masks,
              scope.name());
}

}  // namespace

Output element(GraphBuilder& graph, const Output& x, const Input& i) {
  Input end = 0;
  if (const Output* index = std::get_if<Output>(&i.value())) {
    end = call(graph, "AddV2", {Input(*index), Input(1)}, {}, "add");
  } else {
    end = static_cast<int>(std::get<Input::Numbers>(i.value()).values.at(0)) + 1;
  }
  return strided_slice(graph, x, i, end, {{"shrink_axis_mask", std::int64_t{1}}});
}

Output part(GraphBuilder& graph, const Output& x, const std::optional<Input>& begin,
            const std::optional<Input>& end) {
  return strided_slice(
      graph, x, begin.value_or(Input(0)), end.value_or(Input(0)),
      {{"begin_mask", std::int64_t{begin ? 0 : 1}}, {"end_mask", std::int64_t{end ? 0 : 1}}});
}

Tensor scalar_of(DType dtype, double value) {
  switch (dtype) {
    case DType::kFloat32:
      return Tensor::scalar(static_cast<float>(value));
    case DType::kFloat64:
      return Tensor::scalar(value);
    case DType::kInt32:
      return Tensor::scalar(static_cast<std::int32_t>(value));
    case DType::kInt64:
      return Tensor::scalar(static_cast<std::int64_t>(value));
    case DType::kComplex64:
      return Tensor::scalar(std::complex<float>(static_cast<float>(value)));
    case DType::kComplex128:
      return Tensor::scalar(std::complex<double>(value));
    default:
      break;
  }
  Tensor tensor(dtype, Shape());
  if (dtype == DType::kString) return tensor;
  const std::span<std::byte> bytes = tensor.mutable_bytes();
  std::ranges::fill(bytes, std::byte{0});
  if (value == 0) return tensor;
  if (dtype == DType::kFloat16 || dtype == DType::kBFloat16) {
    tensor.mutable_values<std::uint16_t>()[0] = dtype == DType::kFloat16 ? 0x3c00 : 0x3f80;
  } else {
    bytes[0] = std::byte{1};
  }
  return tensor;
}

}  // namespace icecore::inline v0
