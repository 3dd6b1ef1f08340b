// TensorArray*: making, reading, writing. One kernel serves all versions of an op: only their
// handles differ (step_handle.h).
#include <icecore/gradient_context.h>

#include <string>

#include "ops/array/arguments.h"
#include "ops/data_flow/data_flow_ops.h"
#include "ops/data_flow/tensor_array.h"

namespace icecore::inline v0 {
namespace {

constexpr std::string_view kContainer = "_tensor_arrays";

// What is known of the elements' shape by the handle.
std::optional<Shape> element_shape(const ShapeContext& c) {
  if (c.node().inputs()[0].dtype != DType::kResource || !c.input_handle(0)) return std::nullopt;
  return c.input_handle(0)->shape;
}

Tensor flow() {
  return Tensor::scalar(0.0F);
}

std::int32_t index_of(const Tensor& index) {
  if (index.shape().rank() != 0) {
    refuse("TensorArray index must be scalar, but had shape: " + to_string(index.shape()));
  }
  return index.item<std::int32_t>();
}

}  // namespace

void tensor_array_shape(ShapeContext& c) {
  with_rank(c.input(0), 0);
  c.set_output(0, Shape{2});
  if (c.outputs().size() < 2) return;
  c.set_output(1, Shape());
  const Shape shape = c.node().shape_attr("element_shape");
  if (shape.is_fully_defined() || c.node().bool_attr("identical_element_shapes")) {
    c.set_output_handle(0, {c.node().type_attr("dtype"), shape});
  }
}

void tensor_array_gradient_shape(ShapeContext& c) {
  c.set_output(0, Shape{2});
  if (c.outputs().size() < 2) return;
  c.set_output(1, Shape());
  if (!c.input_handle(0)) return;
  HandleInfo handle = *c.input_handle(0);
  if (c.num_inputs() > 2) {
    const Shape prefix = with_rank(c.input(2), 1);
    handle.shape = prefix.dim(0) >= 0 ? join_shapes(unknown_dims(prefix.dim(0)), handle.shape)
                                      : Shape::unknown_rank();
  }
  c.set_output_handle(0, handle);
}

void tensor_array_write_shape(ShapeContext& c) {
  with_rank(c.input(1), 0);
  with_rank(c.input(3), 0);
  if (const auto shape = element_shape(c)) merge_shapes(*shape, c.input(2));
  c.set_output(0, Shape());
}

void tensor_array_read_shape(ShapeContext& c) {
  with_rank(c.input(1), 0);
  with_rank(c.input(2), 0);
  if (const auto shape = element_shape(c)) c.set_output(0, *shape);
}

void tensor_array_gather_shape(ShapeContext& c) {
  const Shape indices = with_rank(c.input(1), 1);
  with_rank(c.input(2), 0);
  c.set_output(
      0, join_shapes(indices, element_shape(c).value_or(c.node().shape_attr("element_shape"))));
}

void tensor_array_scatter_shape(ShapeContext& c) {
  const Shape indices = with_rank(c.input(1), 1);
  with_rank(c.input(3), 0);
  const Shape& value = with_rank_at_least(c.input(2), 1);
  if (value.has_rank()) {
    merge_dims(value.dim(0), indices.dim(0));
    if (const auto shape = element_shape(c)) merge_shapes(*shape, part_of_shape(value, 1));
  }
  c.set_output(0, Shape());
}

void tensor_array_concat_shape(ShapeContext& c) {
  with_rank(c.input(1), 0);
  c.set_output(1, Shape{-1});
}

void tensor_array_split_shape(ShapeContext& c) {
  with_rank(c.input(2), 1);
  with_rank(c.input(3), 0);
  c.set_output(0, Shape());
}

void tensor_array_size_shape(ShapeContext& c) {
  c.set_output(0, Shape());
}

Kernel tensor_array_kernel(const NodeInfo& node) {
  TensorArray::Options options;
  options.name = node.string_attr("tensor_array_name");
  if (options.name.empty()) options.name = node.name();
  options.dtype = node.type_attr("dtype");
  options.element_shape = node.shape_attr("element_shape");
  options.dynamic_size = node.bool_attr("dynamic_size");
  options.clear_after_read = node.bool_attr("clear_after_read");
  options.identical_element_shapes =
      node.has_attr("identical_element_shapes") && node.bool_attr("identical_element_shapes");
  return Kernel([options](KernelContext& c) {
    const Tensor& size = c.input(0);
    if (size.shape().rank() != 0) {
      refuse("TensorArray size must be scalar, but had shape: " + to_string(size.shape()));
    }
    TensorArray::Options sized = options;
    sized.size = size.item<std::int32_t>();
    if (sized.size < 0) refuse("Size should be >= 0.");
    set_handle(c, kContainer, options.name, std::make_shared<TensorArray>(sized));
    if (c.node().outputs().size() > 1) c.set_output(1, flow());
  });
}

Kernel tensor_array_gradient_kernel(const NodeInfo& node) {
  const std::string source = node.string_attr("source");
  return Kernel([source](KernelContext& c) {
    Shape prefix;
    if (c.num_inputs() > 2) {
      check_rank(c.input(2), 1, "shape_to_prepend");
      prefix = Shape(ints_of(c.input(2)));
      if (!prefix.is_fully_defined()) refuse("shape_to_prepend must not have unknown dimensions");
    }
    const auto gradient = find_object<TensorArray>(c)->gradient(source, prefix);
    set_handle(c, "_tensor_array_grads", gradient->name(), gradient);
    if (c.node().outputs().size() > 1) c.set_output(1, flow());
  });
}

Kernel tensor_array_write_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const std::int32_t index = index_of(c.input(1));
    const auto array = find_object<TensorArray>(c);
    if (c.input(2).dtype() != array->dtype()) {
      refuse("TensorArray dtype is " + to_string(array->dtype()) +
             " but Op is trying to write dtype " + to_string(c.input(2).dtype()) + ".");
    }
    array->write(c, {index}, {c.take_input(2)});
    c.set_output(0, c.take_input(3));
  });
}

Kernel tensor_array_read_kernel(const NodeInfo& node) {
  const DType dtype = node.type_attr("dtype");
  return Kernel([dtype](KernelContext& c) {
    const std::int32_t index = index_of(c.input(1));
    const auto array = find_object<TensorArray>(c);
    if (dtype != array->dtype()) {
      refuse("TensorArray dtype is " + to_string(array->dtype()) + " but Op requested dtype " +
             to_string(dtype) + ".");
    }
    c.set_output(0, std::move(array->read(c, {index}).front()));
  });
}

Kernel tensor_array_size_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    c.set_output(0, Tensor::scalar(find_object<TensorArray>(c)->size()));
  });
}

Kernel tensor_array_close_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) { find_object<TensorArray>(c)->close(); });
}

}  // namespace icecore::inline v0
