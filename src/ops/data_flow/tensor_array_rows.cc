// TensorArrayGather, Scatter, Concat, Split: many places at once.
#include <icecore/error.h>
#include <icecore/gradient_context.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "base/shape_match.h"
#include "ops/array/arguments.h"
#include "ops/array/box_copy.h"
#include "ops/data_flow/data_flow_ops.h"
#include "ops/data_flow/tensor_array.h"

namespace icecore::inline v0 {
namespace {

// The array, of that dtype.
std::shared_ptr<TensorArray> array_of(const KernelContext& c, DType dtype) {
  auto array = find_object<TensorArray>(c);
  if (dtype != array->dtype()) {
    refuse("TensorArray dtype is " + to_string(array->dtype()) + " but Op requested dtype " +
           to_string(dtype) + ".");
  }
  return array;
}

std::vector<std::int32_t> first_indices(std::int32_t count) {
  std::vector<std::int32_t> indices(static_cast<std::size_t>(count));
  std::iota(indices.begin(), indices.end(), 0);
  return indices;
}

// `count` rows of a tensor's first dimension, from `begin` on, as a tensor of that shape.
Tensor copy_rows(const KernelContext& c, const Tensor& value, std::int64_t begin,
                 const Shape& shape) {
  const std::int64_t inner = count_elements(value.shape(), 1, value.shape().rank());
  Tensor rows = c.allocate(value.dtype(), shape);
  copy_box(c.threads(), value, rows, {begin * inner, 0, {{rows.num_elements(), 1, 1}}});
  return rows;
}

// The tensors end to end.
Tensor join(const KernelContext& c, const std::vector<Tensor>& values, const Shape& shape) {
  Tensor out = c.allocate(values.front().dtype(), shape);
  std::int64_t at = 0;
  for (const Tensor& value : values) {
    copy_box(c.threads(), value, out, {0, at, {{value.num_elements(), 1, 1}}});
    at += value.num_elements();
  }
  return out;
}

}  // namespace

Kernel tensor_array_gather_kernel(const NodeInfo& node) {
  const DType dtype = node.type_attr("dtype");
  const Shape element_shape = node.shape_attr("element_shape");
  return Kernel([dtype, element_shape](KernelContext& c) {
    const auto array = array_of(c, dtype);
    array->merge_element_shape(element_shape);
    if (c.input(1).shape().rank() != 1) {
      refuse("Expected indices to be a vector, but received shape: " +
             to_string(c.input(1).shape()));
    }
    const auto ints = c.input(1).values<std::int32_t>();
    const auto count = static_cast<std::int64_t>(ints.size());
    if (count == 0) {
      if (!element_shape.is_fully_defined()) {
        throw Error(Code::kUnimplemented,
                    "TensorArray has size zero, but element shape " + to_string(element_shape) +
                        " is not fully defined. Currently only static shapes are supported when "
                        "packing zero-size TensorArrays.");
      }
      c.set_output(0, c.allocate(dtype, join_shapes(Shape{0}, element_shape)));
      return;
    }
    const std::vector<Tensor> values = array->read(c, {ints.begin(), ints.end()});
    const Shape& first = values.front().shape();
    if (!allows(element_shape, first)) {
      refuse("TensorArray was passed element_shape " + to_string(element_shape) +
             " which does not match the Tensor at index 0: " + to_string(first));
    }
    for (std::size_t i = 1; i < values.size(); ++i) {
      if (values[i].shape() != first) {
        refuse("TensorArray has inconsistent shapes.  Index 0 has shape: " + to_string(first) +
               " but index " + std::to_string(i) + " has shape: " + to_string(values[i].shape()));
      }
    }
    c.set_output(0, join(c, values, join_shapes(Shape{count}, first)));
  });
}

Kernel tensor_array_scatter_kernel(const NodeInfo& node) {
  const DType dtype = node.type_attr("T");
  return Kernel([dtype](KernelContext& c) {
    const auto array = find_object<TensorArray>(c);
    const Tensor& value = c.input(2);
    if (dtype != array->dtype()) {
      refuse("TensorArray dtype is " + to_string(array->dtype()) +
             " but Op is trying to write dtype " + to_string(dtype) + ".");
    }
    if (value.shape().rank() == 0) {
      refuse("Input value for unpack must be at least a vector but received shape: " +
             to_string(value.shape()));
    }
    if (c.input(1).shape().rank() != 1) {
      refuse("Expected indices to be a vector, but received shape: " +
             to_string(c.input(1).shape()));
    }
    const auto ints = c.input(1).values<std::int32_t>();
    if (static_cast<std::int64_t>(ints.size()) != value.shape().dim(0)) {
      refuse("Expected len(indices) == values.shape[0], but saw: " + std::to_string(ints.size()) +
             " vs. " + std::to_string(value.shape().dim(0)));
    }
    std::int64_t most = -1;
    for (const std::int32_t index : ints) most = std::max<std::int64_t>(most, index);
    if (!array->has_dynamic_size() && most >= array->size()) {
      refuse("Max scatter index must be < array size (" + std::to_string(most) + " vs. " +
             std::to_string(array->size()) + ")");
    }
    const Shape element = part_of_shape(value.shape(), 1);
    std::vector<Tensor> rows;
    for (std::size_t i = 0; i < ints.size(); ++i) {
      rows.push_back(copy_rows(c, value, static_cast<std::int64_t>(i), element));
    }
    array->write(c, {ints.begin(), ints.end()}, std::move(rows));
    c.set_output(0, c.take_input(3));
  });
}

Kernel tensor_array_concat_kernel(const NodeInfo& node) {
  const DType dtype = node.type_attr("dtype");
  const Shape rest_shape = node.shape_attr("element_shape_except0");
  return Kernel([dtype, rest_shape](KernelContext& c) {
    const auto array = array_of(c, dtype);
    const std::int32_t count = array->concat_size();
    if (count == 0) {
      if (!rest_shape.is_fully_defined()) {
        throw Error(Code::kUnimplemented,
                    "TensorArray has size zero, but element_shape_except0 " +
                        to_string(rest_shape) +
                        " is not fully defined. Currently only static shapes are supported when "
                        "concatenating zero-size TensorArrays.");
      }
      c.set_output(0, c.allocate(dtype, join_shapes(Shape{0}, rest_shape)));
      c.set_output(1, c.allocate(DType::kInt64, Shape{0}));
      return;
    }
    const std::vector<Tensor> values = array->read_first(c, count);
    std::vector<std::int64_t> lengths;
    std::int64_t sum = 0;
    Shape rest;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Shape& shape = values[i].shape();
      if (shape.rank() == 0) {
        refuse("Concat saw a scalar shape at index " + std::to_string(i) +
               " but requires at least vectors.  Did you mean to call pack?");
      }
      const Shape this_rest = part_of_shape(shape, 1);
      if (i == 0) {
        rest = this_rest;
        if (!allows(rest_shape, rest)) {
          refuse("TensorArray was passed element_shape_except0 " + to_string(rest_shape) +
                 " but index 0 has (excepting dimension 0) shape: " + to_string(rest) +
                 " which does not match.");
        }
      } else if (this_rest != rest) {
        refuse("TensorArray has inconsistent shapes.  Index 0 has (excepting dimension 0) shape: " +
               to_string(rest) + " but index " + std::to_string(i) +
               " has (excepting dimension 0) shape: " + to_string(this_rest));
      }
      lengths.push_back(shape.dim(0));
      sum = add_sizes(sum, shape.dim(0));
    }
    c.set_output(0, join(c, values, join_shapes(Shape{sum}, rest)));
    c.set_output(1, ints_tensor(c, DType::kInt64, Shape{count}, lengths));
  });
}

Kernel tensor_array_split_kernel(const NodeInfo& node) {
  const DType dtype = node.type_attr("T");
  return Kernel([dtype](KernelContext& c) {
    const auto array = find_object<TensorArray>(c);
    const Tensor& value = c.input(1);
    if (c.input(2).shape().rank() != 1) {
      refuse("Expected lengths to be a vector, received shape: " + to_string(c.input(2).shape()));
    }
    const std::vector<std::int64_t> lengths = ints_of(c.input(2));
    if (lengths.size() >= static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
      refuse("Expected lengths to have < max int32 entries");
    }
    const auto count = static_cast<std::int32_t>(lengths.size());
    if (value.shape().rank() == 0) {
      refuse("Expected value to be at least a vector, but received shape: " +
             to_string(value.shape()));
    }
    std::int64_t sum = 0;
    for (const std::int64_t length : lengths) {
      if (length < 0)
        refuse("Expected lengths to be non-negative, but saw " + std::to_string(length));
      sum = add_sizes(sum, length);
    }
    if (sum != value.shape().dim(0)) {
      refuse("Expected sum of lengths to be equal to values.shape[0], but sum of lengths is " +
             std::to_string(sum) + " and value's shape is: " + to_string(value.shape()));
    }
    std::int32_t size = array->size();
    if (array->has_dynamic_size()) size = std::max(size, count);
    if (size != count) {
      refuse("TensorArray's size is not equal to the size of lengths (" + std::to_string(size) +
             " vs. " + std::to_string(count) +
             "), and the TensorArray is not marked as dynamically resizeable");
    }
    if (dtype != array->dtype()) {
      refuse("TensorArray dtype is " + to_string(array->dtype()) +
             " but Op is trying to write dtype " + to_string(dtype) + ".");
    }
    std::vector<Tensor> parts;
    std::int64_t at = 0;
    for (const std::int64_t length : lengths) {
      parts.push_back(copy_rows(c, value, at, with_dim(value.shape(), 0, length)));
      at += length;
    }
    array->mark_size(count);
    array->write(c, first_indices(count), std::move(parts));
    c.set_output(0, c.take_input(3));
  });
}

}  // namespace icecore::inline v0
