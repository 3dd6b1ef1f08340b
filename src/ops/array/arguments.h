// What array ops read of their arguments, and refuse.
#pragma once

#include <icecore/error.h>
#include <icecore/kernel.h>
#include <icecore/node_info.h>
#include <icecore/shape.h>
#include <icecore/shape_context.h>
#include <icecore/tensor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace icecore::inline v0 {

// INVALID_ARGUMENT: of a run.
[[noreturn]] void refuse(const std::string& message);
// The same while a graph is built (ValueError).
[[noreturn]] void refuse_shape(const std::string& message);
// Runs what kernels and shape functions share for a shape function.
template <typename Function>
decltype(auto) while_building(Function&& function) {
  try {
    return function();
  } catch (const Error& error) {
    throw Error(error.code(), error.message(), Misuse::kValue);
  }
}

// The values of an int32 or int64 tensor (also the smaller integers), in order.
std::vector<std::int64_t> ints_of(const Tensor& tensor);
// Of a scalar. INVALID_ARGUMENT where it isn't one, calling it `name`.
std::int64_t int_of(const Tensor& tensor, std::string_view name);
// INVALID_ARGUMENT where the tensor isn't of that rank.
void check_rank(const Tensor& tensor, int rank, std::string_view name);

// The ints as a tensor of int32 or int64. INVALID_ARGUMENT where int32 can't hold one.
Tensor ints_tensor(const KernelContext& c, DType dtype, const Shape& shape,
                   const std::vector<std::int64_t>& values);

// Of sizes that a graph asks for. INVALID_ARGUMENT where 63 bits don't hold them.
std::int64_t add_sizes(std::int64_t a, std::int64_t b);
std::int64_t multiply_sizes(std::int64_t a, std::int64_t b);

// "[2,3]": for messages.
std::string join_ints(const std::vector<std::int64_t>& ints, std::string_view separator = ",");

// The axis counted from the front. INVALID_ARGUMENT where it isn't in [-rank, rank).
int resolve_axis(std::int64_t axis, int rank, const std::string& message);

// On shapes, in which -1 is an unknown dimension: of these dimensions.
std::vector<std::int64_t> dims_of(const Shape& shape);
// Dimensions [begin, end), which may count from the back; unknown where the rank is.
Shape part_of_shape(const Shape& shape, std::int64_t begin);
Shape part_of_shape(const Shape& shape, std::int64_t begin, std::int64_t end);
Shape join_shapes(const Shape& a, const Shape& b);
Shape with_dim(const Shape& shape, int i, std::int64_t dim);
// TensorFlow's tensors have at most 254 dimensions; INVALID_ARGUMENT beyond.
constexpr std::int64_t kMostDims = 254;
Shape unknown_dims(std::int64_t rank);
// Unknown where one is.
std::int64_t add_dims(std::int64_t a, std::int64_t b);
std::int64_t multiply_dims(std::int64_t a, std::int64_t b);
std::int64_t divide_dim(std::int64_t dim, std::int64_t by);

}  // namespace icecore::inline v0
