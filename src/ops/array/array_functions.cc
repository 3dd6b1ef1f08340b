#include "ops/array/array_functions.h"

#include <algorithm>
#include <complex>

namespace icecore::inline v0 {

Output expand_dims(GraphBuilder& graph, const Output& x, std::int64_t axis) {
  return add_node(graph, "ExpandDims", {Input(x), Input(axis)});
}

Output transpose(GraphBuilder& graph, const Output& x, const Input& permutation, bool conjugate) {
  const bool complex = x.dtype() == DType::kComplex64 || x.dtype() == DType::kComplex128;
  return add_node(graph, conjugate && complex ? "ConjugateTranspose" : "Transpose",
                  {Input(x), permutation}, {}, "transpose");
}

Output gather(GraphBuilder& graph, const Output& params, const Output& indices) {
  return add_node(graph, "GatherV2", {Input(params), Input(indices), Input(0)});
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
