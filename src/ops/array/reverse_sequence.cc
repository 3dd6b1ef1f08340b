// ReverseSequence.
#include <icecore/gradient_context.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"

namespace icecore::inline v0 {
namespace {

void reverse_sequence_shape(ShapeContext& c) {
  const Shape& input = c.input(0);
  const Shape lengths = with_rank(c.input(1), 1);
  const std::int64_t sequence = c.node().int_attr("seq_dim"),
                     batch = c.node().int_attr("batch_dim");
  if (!input.has_rank()) return;
  const auto check = [&](const char* name, std::int64_t dim) {
    if (dim < 0 || dim >= input.rank()) {
      refuse_shape(std::string(name) + " must be < input rank: " + std::to_string(dim) + " vs. " +
                   std::to_string(input.rank()));
    }
  };
  check("batch_dim", batch);
  check("seq_dim", sequence);
  const int at = static_cast<int>(batch);
  c.set_output(0, with_dim(input, at, merge_dims(input.dim(at), lengths.dim(0))));
}

Kernel reverse_sequence_kernel(const NodeInfo& node) {
  const std::int64_t sequence_dim = node.int_attr("seq_dim"),
                     batch_dim = node.int_attr("batch_dim");
  return Kernel([sequence_dim, batch_dim](KernelContext& c) {
    const Tensor& input = c.input(0);
    const Shape& shape = input.shape();
    const int rank = shape.rank();
    if (c.input(1).shape().rank() != 1) {
      refuse("seq_lens input must be 1-dim, not " + std::to_string(c.input(1).shape().rank()));
    }
    if (batch_dim == sequence_dim) {
      refuse("batch_dim == seq_dim == " + std::to_string(sequence_dim));
    }
    const auto check = [&](const char* name, std::int64_t dim) {
      if (dim < 0 || dim >= rank) {
        refuse(std::string(name) + " must be < input.dims()( " + std::to_string(dim) + " vs. " +
               std::to_string(rank) + ")");
      }
    };
    check("seq_dim", sequence_dim);
    check("batch_dim", batch_dim);
    const auto sequence = static_cast<std::size_t>(sequence_dim);
    const auto batch = static_cast<std::size_t>(batch_dim);
    const std::vector<std::int64_t> dims = dims_of(shape);
    const std::vector<std::int64_t> lengths = ints_of(c.input(1));
    if (static_cast<std::int64_t>(lengths.size()) != dims[batch]) {
      refuse("len(seq_lens) != input.dims(" + std::to_string(batch) + "), (" +
             std::to_string(lengths.size()) + " vs. " + std::to_string(dims[batch]) + ")");
    }
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      if (lengths[i] < 0) refuse("seq_lens(" + std::to_string(i) + ") < 0");
      if (lengths[i] > dims[sequence]) {
        refuse("seq_lens(" + std::to_string(i) + ") > input.dims(" + std::to_string(sequence) +
               ")");
      }
    }
    Tensor out = c.allocate(input.dtype(), shape);
    const std::vector<std::int64_t> strides = row_major_strides(shape);
    for (std::size_t b = 0; out.num_elements() > 0 && b < lengths.size(); ++b) {
      Box box;
      box.from = box.to = static_cast<std::int64_t>(b) * strides[batch];
      for (std::size_t d = 0; d < dims.size(); ++d) {
        box.dims.push_back({d == batch ? 1 : dims[d], strides[d], strides[d]});
      }
      const std::int64_t length = lengths[b];
      Box rest = box;
      rest.from += length * strides[sequence];
      rest.to = rest.from;
      rest.dims[sequence].size -= length;
      copy_box(c.threads(), input, out, std::move(rest));
      box.from += std::max<std::int64_t>(length - 1, 0) * strides[sequence];
      box.dims[sequence] = {length, -strides[sequence], strides[sequence]};
      copy_box(c.threads(), input, out, std::move(box));
    }
    c.set_output(0, std::move(out));
  });
}

void reverse_sequence_gradient(GradientContext& c) {
  const NodeInfo info = c.op().info();
  c.set(0, add_node(c.graph(), "ReverseSequence", {Input(c.gradient()), Input(c.input(1))},
                    {{"seq_dim", info.attr("seq_dim")}, {"batch_dim", info.attr("batch_dim")}}));
}

}  // namespace

const OpImplementation reverse_sequence_op = {"ReverseSequence", reverse_sequence_shape,
                                              reverse_sequence_kernel, reverse_sequence_gradient};

}  // namespace icecore::inline v0
