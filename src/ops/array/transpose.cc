// Transpose, ConjugateTranspose, InvertPermutation.
#include <icecore/gradient_context.h>

#include <complex>
#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"

namespace icecore::inline v0 {
namespace {

void transpose_shape(ShapeContext& c) {
  const Shape& input = c.input(0);
  const Shape& permutation_shape = c.input(1);
  const auto permutation = c.constant_ints(1);
  const std::int64_t length = permutation_shape.num_elements().value_or(-1);
  if (!input.has_rank() && length < 0 && !permutation) return;
  std::int64_t rank = length;
  if (input.has_rank()) {
    rank = input.rank();
  } else if (length < 0) {
    rank = static_cast<std::int64_t>(permutation->size());
  }
  // Of one element: it might be meant for a scalar as well as for a vector.
  if (!input.has_rank() && rank < 2) return;
  const Shape unknown = unknown_dims(rank);
  const Shape from = with_rank(input, unknown.rank());
  const Shape one_dim = with_rank(permutation_shape, 1);
  if (one_dim.dim(0) >= 0 && one_dim.dim(0) != rank) {
    refuse_shape("Dimension must be " + std::to_string(rank) + " but is " +
                 std::to_string(one_dim.dim(0)));
  }
  if (!permutation) {
    c.set_output(0, unknown);
    return;
  }
  std::vector<std::int64_t> dims;
  for (const std::int64_t d : *permutation) {
    if (d < -rank || d >= rank) {
      refuse_shape("perm dim " + std::to_string(d) + " is out of range of input rank " +
                   std::to_string(rank));
    }
    dims.push_back(from.dim(static_cast<int>(d < 0 ? d + rank : d)));
  }
  c.set_output(0, Shape(dims));
}

template <typename T>
void conjugate(Tensor& tensor) {
  for (std::complex<T>& value : tensor.mutable_values<std::complex<T>>()) {
    value = std::conj(value);
  }
}

void transpose(KernelContext& c, bool conjugated) {
  const Tensor& input = c.input(0);
  const Tensor& permutation_tensor = c.input(1);
  const Shape shape = input.shape();
  const int rank = shape.rank();
  if (permutation_tensor.shape().rank() != 1) {
    refuse("perm must be a vector, not " + to_string(permutation_tensor.shape()));
  }
  const std::vector<std::int64_t> permutation = ints_of(permutation_tensor);
  if (permutation.size() != static_cast<std::size_t>(rank)) {
    refuse("transpose expects a vector of size " + std::to_string(rank) +
           ". But input(1) is a vector of size " + std::to_string(permutation.size()));
  }
  std::vector<bool> seen(permutation.size(), false);
  std::vector<std::int64_t> dims;
  bool same = true;
  for (std::size_t i = 0; i < permutation.size(); ++i) {
    const std::int64_t d = permutation[i];
    if (d < 0 || d >= rank) {
      refuse(std::to_string(d) + " is out of range [0 .. " + std::to_string(rank) + ")");
    }
    seen[static_cast<std::size_t>(d)] = true;
    same = same && d == static_cast<std::int64_t>(i);
    dims.push_back(shape.dim(static_cast<int>(d)));
  }
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (!seen[i]) {
      const std::string list = join_ints(permutation);
      refuse(std::to_string(i) + " is missing from {" + list.substr(1, list.size() - 2) + "}.");
    }
  }
  const bool complex = input.dtype() == DType::kComplex64 || input.dtype() == DType::kComplex128;
  conjugated = conjugated && complex;
  if (same && !conjugated) {
    c.set_output(0, c.take_input(0));
    return;
  }
  Tensor out = c.allocate(input.dtype(), Shape(dims));
  const std::vector<std::int64_t> from = row_major_strides(shape);
  const std::vector<std::int64_t> to = row_major_strides(out.shape());
  Box box;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    box.dims.push_back({dims[i], from[static_cast<std::size_t>(permutation[i])], to[i]});
  }
  copy_box(c.threads(), input, out, std::move(box));
  if (conjugated) {
    out.dtype() == DType::kComplex64 ? conjugate<float>(out) : conjugate<double>(out);
  }
  c.set_output(0, std::move(out));
}

Kernel transpose_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) { transpose(c, false); });
}
Kernel conjugate_transpose_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) { transpose(c, true); });
}

void transpose_gradient(GradientContext& c) {
  const Output back = add_node(c.graph(), "InvertPermutation", {Input(c.input(1))});
  c.set(0, transpose(c.graph(), c.gradient(), back, c.op().type() == "ConjugateTranspose"));
}

void invert_permutation_shape(ShapeContext& c) {
  c.set_output(0, with_rank(c.input(0), 1));
}

Kernel invert_permutation_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& x = c.input(0);
    if (x.shape().rank() != 1) refuse("invert_permutation expects a 1D vector.");
    const std::vector<std::int64_t> permutation = ints_of(x);
    const auto count = static_cast<std::int64_t>(permutation.size());
    std::vector<std::int64_t> inverse(permutation.size(), -1);
    for (std::int64_t i = 0; i < count; ++i) {
      const std::int64_t d = permutation[static_cast<std::size_t>(i)];
      if (d < 0 || d >= count) {
        refuse(std::to_string(d) + " is not between 0 and " + std::to_string(count));
      }
      if (inverse[static_cast<std::size_t>(d)] != -1) {
        refuse(std::to_string(d) + " is duplicated in the input.");
      }
      inverse[static_cast<std::size_t>(d)] = i;
    }
    c.set_output(0, ints_tensor(c, x.dtype(), x.shape(), inverse));
  });
}

}  // namespace

const OpImplementation transpose_op = {"Transpose", transpose_shape, transpose_kernel,
                                       transpose_gradient};
const OpImplementation conjugate_transpose_op = {"ConjugateTranspose", transpose_shape,
                                                 conjugate_transpose_kernel, transpose_gradient};
const OpImplementation invert_permutation_op = {"InvertPermutation", invert_permutation_shape,
                                                invert_permutation_kernel, not_differentiable};

}  // namespace icecore::inline v0
