// SparseTensorDenseAdd.
#include <icecore/gradient_context.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compose/nodes.h"
#include "ops/array/accumulate.h"
#include "ops/array/arguments.h"
#include "ops/array/array_ops.h"
#include "ops/array/elements.h"

namespace icecore::inline v0 {
namespace {

void sparse_tensor_dense_add_shape(ShapeContext& c) {
  c.set_output(0, c.input(3));
}

// TensorFlow has no kernel beyond.
constexpr int kMostSparseDims = 5;

void check_sparse(const Tensor& indices, const Tensor& values,
                  const std::vector<std::int64_t>& dims, const Shape& dense) {
  if (static_cast<std::int64_t>(dims.size()) != dense.rank()) {
    refuse("Two operands have different ranks; received: " + std::to_string(dims.size()) + " and " +
           std::to_string(dense.rank()));
  }
  for (int d = 0; d < dense.rank(); ++d) {
    if (dims[static_cast<std::size_t>(d)] == dense.dim(d)) continue;
    refuse("Dimension " + std::to_string(d) +
           " does not equal (no broadcasting is supported): sparse side " +
           std::to_string(dims[static_cast<std::size_t>(d)]) + " vs dense side " +
           std::to_string(dense.dim(d)));
  }
  if (dense.rank() < 1 || dense.rank() > kMostSparseDims) {
    refuse("Only tensors with ranks between 1 and 5 are currently supported.  Tensor rank: " +
           std::to_string(dense.rank()));
  }
  if (indices.shape().dim(0) != values.num_elements() || indices.shape().dim(1) != dense.rank()) {
    refuse("a_indices of shape " + to_string(indices.shape()) + " don't fit " +
           std::to_string(values.num_elements()) + " values of a tensor of rank " +
           std::to_string(dense.rank()));
  }
}

std::vector<std::int64_t> places_of(const Tensor& indices, const Shape& dense) {
  const std::vector<std::int64_t> all = ints_of(indices);
  std::vector<std::int64_t> places;
  places.reserve(static_cast<std::size_t>(indices.shape().dim(0)));
  auto index = all.begin();
  for (std::int64_t row = 0; row < indices.shape().dim(0); ++row) {
    std::int64_t place = 0;
    for (int d = 0; d < dense.rank(); ++d, ++index) {
      if (*index < 0 || *index >= dense.dim(d)) {
        refuse("Sparse tensor has some invalid index on dimension " + std::to_string(d) +
               "; dense tensor shape: " + to_string(dense));
      }
      place = place * dense.dim(d) + *index;
    }
    places.push_back(place);
  }
  return places;
}

Kernel sparse_tensor_dense_add_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& indices = c.input(0);
    const Tensor& values = c.input(1);
    const Shape shape = c.input(3).shape();
    if (indices.shape().rank() != 2) {
      refuse("Input a_indices should be a matrix but received shape: " +
             to_string(indices.shape()));
    }
    if (values.shape().rank() != 1 || c.input(2).shape().rank() != 1) {
      refuse("Inputs a_values and a_shape should be vectors but received shapes: " +
             to_string(values.shape()) + " and " + to_string(c.input(2).shape()));
    }
    check_sparse(indices, values, ints_of(c.input(2)), shape);
    const std::vector<std::int64_t> places = places_of(indices, shape);
    Tensor out = c.take_input(3);
    if (!out.is_unique()) {
      const Tensor from = std::move(out);
      out = c.allocate(from.dtype(), shape);
      visit_elements(from.dtype(), [&]<typename T>(std::type_identity<T>) {
        std::ranges::copy(elements<T>(from), mutable_elements<T>(out).begin());
      });
    }
    add_rows(values, out, places, 1);
    c.set_output(0, std::move(out));
  });
}

void sparse_tensor_dense_add_gradient(GradientContext& c) {
  const Output gradient = c.gradient();
  c.set(1, add_node(c.graph(), "GatherNd", {Input(gradient), Input(c.input(0))}));
  c.set(3, gradient);
}

}  // namespace

const OpImplementation sparse_tensor_dense_add_op = {
    "SparseTensorDenseAdd", sparse_tensor_dense_add_shape, sparse_tensor_dense_add_kernel,
    sparse_tensor_dense_add_gradient};

}  // namespace icecore::inline v0
