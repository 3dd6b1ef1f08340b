// SparseReshape: the same elements, counted in another dense shape.
#include <icecore/shape_context.h>

#include <string>
#include <utility>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/sparse/sparse_ops.h"

namespace icecore::inline v0 {
namespace {

std::int64_t count_elements(const std::vector<std::int64_t>& dims, const char* what) {
  std::int64_t count = 1;
  for (const std::int64_t dim : dims) {
    if (dim < 0) refuse(std::string(what) + " has a negative dimension: " + std::to_string(dim));
    count = multiply_sizes(count, dim);
  }
  return count;
}

std::vector<std::int64_t> wanted_dims(std::vector<std::int64_t> dims, std::int64_t count) {
  int unknown = -1;
  std::int64_t product = 1;
  for (std::size_t d = 0; d < dims.size(); ++d) {
    if (dims[d] == -1) {
      if (unknown != -1) {
        refuse("only one output dimension may be -1, not both " + std::to_string(unknown) +
               " and " + std::to_string(d));
      }
      unknown = static_cast<int>(d);
      continue;
    }
    if (dims[d] < 0) {
      refuse("size " + std::to_string(d) + " must be non-negative, not " + std::to_string(dims[d]));
    }
    product = multiply_sizes(product, dims[d]);
  }
  if (unknown != -1) {
    if (product == 0) {
      refuse(
          "reshape cannot infer the missing input size for an empty tensor unless all specified "
          "input sizes are non-zero");
    }
    if (count % product != 0) {
      refuse("Input to reshape is a SparseTensor with " + std::to_string(count) +
             " dense values, but the requested shape requires a multiple of " +
             std::to_string(product));
    }
    dims[static_cast<std::size_t>(unknown)] = count / product;
  } else if (product != count) {
    refuse("Input to reshape is a tensor with " + std::to_string(count) +
           " dense values, but the requested shape has " + std::to_string(product));
  }
  return dims;
}

void check_rank(const Tensor& tensor, int rank, const char* what) {
  if (tensor.shape().rank() != rank) {
    refuse(std::string(what) + " but received shape " + to_string(tensor.shape()));
  }
}

// Where an element stands when all are counted in row-major order.
std::int64_t place_of(const std::int64_t* index, const std::vector<std::int64_t>& dims,
                      std::int64_t row) {
  std::int64_t place = 0;
  for (std::size_t d = 0; d < dims.size(); ++d) {
    if (index[d] < 0 || index[d] >= dims[d]) {
      refuse("indices[" + std::to_string(row) + "] is out of bounds: need 0 <= index < " +
             join_ints(dims));
    }
    place = place * dims[d] + index[d];
  }
  return place;
}

void reshape(KernelContext& c) {
  const Tensor& indices = c.input(0);
  check_rank(indices, 2, "Input indices should be a matrix");
  check_rank(c.input(1), 1, "Input shape should be a vector");
  check_rank(c.input(2), 1, "Target shape should be a vector");
  const std::vector<std::int64_t> from = ints_of(c.input(1));
  const std::vector<std::int64_t> to =
      wanted_dims(ints_of(c.input(2)), count_elements(from, "Input shape"));
  if (indices.shape().dim(1) != static_cast<std::int64_t>(from.size())) {
    refuse("Input indices of shape " + to_string(indices.shape()) +
           " don't fit an input shape of " + std::to_string(from.size()) + " dimensions");
  }
  if (from == to) {
    c.set_output(0, c.take_input(0));
    c.set_output(1, c.take_input(1));
    return;
  }
  const std::int64_t count = indices.shape().dim(0);
  Tensor out = c.allocate(DType::kInt64, Shape{count, static_cast<std::int64_t>(to.size())});
  const std::int64_t* index = indices.values<std::int64_t>().data();
  std::int64_t* result = out.mutable_values<std::int64_t>().data();
  for (std::int64_t i = 0; i < count; ++i, index += from.size(), result += to.size()) {
    std::int64_t place = place_of(index, from, i);
    for (std::size_t d = to.size(); d-- > 0;) {
      result[d] = place % to[d];
      place /= to[d];
    }
  }
  c.set_output(0, std::move(out));
  c.set_output(1, ints_tensor(c, DType::kInt64, Shape{static_cast<std::int64_t>(to.size())}, to));
}

}  // namespace

void sparse_reshape_shape(ShapeContext& c) {
  const Shape indices = with_rank(c.input(0), 2);
  with_rank(c.input(1), 1);
  const Shape dims = with_rank(c.input(2), 1);
  c.set_output(0, Shape{indices.dim(0), dims.dim(0)});
  c.set_output(1, dims);
}

Kernel sparse_reshape_kernel(const NodeInfo&) {
  return Kernel(reshape);
}

}  // namespace icecore::inline v0
