// Arithmetic on small constant tensors of numbers. Nothing where it isn't known how, or where it
// makes no sense: whoever runs the graph says why.
#pragma once

#include <icecore/node_info.h>
#include <icecore/tensor.h>

#include <optional>
#include <string_view>
#include <vector>

#include "graph/number_tensor.h"

namespace icecore::inline v0 {

// Elements that folding makes at most.
inline constexpr std::int64_t kMostFolded = 1 << 20;

// Binary ops with one spread over the other: Add, Mul, Equal, … of that dtype.
std::optional<Tensor> fold_binary(std::string_view op, const Tensor& a, const Tensor& b);
std::optional<Tensor> fold_reduction(std::string_view op, const Tensor& input, const Tensor& axes,
                                     bool keep_dims);
// Of a vector or scalar.
std::optional<Tensor> fold_strided_slice(const NodeInfo& node, const Tensor& input,
                                         const Tensor& begin, const Tensor& end,
                                         const Tensor& strides);
std::optional<Tensor> fold_gather(const Tensor& params, const Tensor& indices, const Tensor& axis);
std::optional<Tensor> fold_reshape(const Tensor& input, const Tensor& shape);
std::optional<Tensor> fold_concat(const std::vector<Tensor>& values, std::int64_t axis);

}  // namespace icecore::inline v0
