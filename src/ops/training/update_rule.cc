#include "ops/training/update_rule.h"

#include <string>

#include "opdef/op_signature.h"
#include "ops/array/arguments.h"
#include "ops/state/variable_handle.h"

namespace icecore::inline v0 {
namespace {

std::string_view input_name(const NodeInfo& node, int i) {
  return node.signature().inputs.at(static_cast<std::size_t>(i)).name;
}

// What messages call a scalar.
std::string scalar_name(std::string_view name) {
  if (name == "l1" || name == "l2") return std::string(name) + " regularization strength";
  if (name == "l2_shrinkage") return "l2 shrinkage regularization strength";
  return std::string(name);
}

// The shape of a variable, by reference or by handle.
Shape variable_shape(const ShapeContext& c, int i) {
  const std::optional<HandleInfo>& handle = c.input_handle(i);
  if (handle && handle->dtype != DType::kInvalid) return handle->shape;
  if (c.node().inputs().at(static_cast<std::size_t>(i)).dtype == DType::kResource) {
    return Shape::unknown_rank();
  }
  return c.input(i);
}

void check_same_shape(const NodeInfo& node, const Shape& variable, int other, const Shape& shape) {
  if (variable == shape) return;
  refuse(std::string(input_name(node, 0)) + " and " + std::string(input_name(node, other)) +
         " do not have the same shape" + to_string(variable) + " " + to_string(shape));
}

// The number of elements in a row.
std::int64_t check_rows(const Shape& variable, const Tensor& gradient, const Tensor& indices,
                        std::span<const std::int64_t> rows) {
  if (variable.rank() < 1) refuse("var must be at least 1 dimensional");
  if (indices.shape().rank() != 1) refuse("indices must be one-dimensional");
  if (gradient.shape().rank() != variable.rank()) {
    refuse("var and grad must have the same rank, not the shapes " + to_string(variable) + " and " +
           to_string(gradient.shape()));
  }
  std::int64_t width = 1;
  for (int d = 1; d < variable.rank(); ++d) {
    if (variable.dim(d) != gradient.shape().dim(d)) {
      refuse("var and grad must match in dimension " + std::to_string(d));
    }
    width = multiply_sizes(width, variable.dim(d));
  }
  if (gradient.shape().dim(0) != indices.num_elements()) {
    refuse("grad must be the same size as indices in the first dimension.");
  }
  if (width == 0) refuse("Inner dimension should be greater than zero.");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] < 0 || rows[i] >= variable.dim(0)) {
      refuse("Index " + std::to_string(rows[i]) + " at offset " + std::to_string(i) +
             " in indices is out of range");
    }
  }
  return width;
}

}  // namespace

UpdateInputs::UpdateInputs(const NodeInfo& node) {
  const std::vector<ArgSignature>& arguments = node.signature().inputs;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const ArgSignature& argument = arguments[i];
    if (argument.is_reference || argument.type == DType::kResource) {
      ++variables;
    } else if (argument.name == "grad" || argument.name == "delta") {
      gradient = static_cast<int>(i);
    } else if (argument.name == "indices") {
      indices = static_cast<int>(i);
    } else {
      scalars.push_back(static_cast<int>(i));
    }
  }
}

void update_shape(ShapeContext& c) {
  const UpdateInputs inputs(c.node());
  Shape shape = Shape::unknown_rank();
  for (std::size_t i = 0; i < inputs.variables; ++i) {
    shape = merge_shapes(shape, variable_shape(c, static_cast<int>(i)));
  }
  for (const int i : inputs.scalars) with_rank(c.input(i), 0);
  const Shape& gradient = c.input(inputs.gradient);
  if (inputs.indices < 0) {
    shape = merge_shapes(shape, gradient);
  } else {
    const Shape indices = with_rank(c.input(inputs.indices), 1);
    const Shape rows = with_rank_at_least(gradient, 1);
    if (rows.has_rank()) {
      merge_dims(indices.dim(0), rows.dim(0));
      shape = merge_shapes(shape, with_dim(rows, 0, -1));
    }
  }
  if (!c.outputs().empty()) c.set_output(0, shape);
}

void run_update(KernelContext& c, const UpdateInputs& inputs,
                const std::function<void(std::span<Tensor* const>, std::span<const std::int64_t>,
                                         std::int64_t)>& change) {
  std::vector<std::shared_ptr<VariableCell>> cells;
  for (std::size_t i = 0; i < inputs.variables; ++i) {
    cells.push_back(variable_input(c, static_cast<int>(i)));
  }
  for (const int i : inputs.scalars) {
    if (c.input(i).shape() != Shape()) {
      refuse(scalar_name(input_name(c.node(), i)) +
             " is not a scalar: " + to_string(c.input(i).shape()));
    }
  }
  const Tensor& gradient = c.input(inputs.gradient);
  std::vector<std::int64_t> rows;
  if (inputs.indices >= 0) rows = ints_of(c.input(inputs.indices));
  update_together(cells, [&](std::span<Tensor* const> variables) {
    const Shape& shape = variables[0]->shape();
    for (std::size_t i = 0; i < variables.size(); ++i) {
      check_same_shape(c.node(), shape, static_cast<int>(i), variables[i]->shape());
      if (variables[i]->dtype() != gradient.dtype()) {
        refuse("the variable '" + cells[i]->name() + "' is of " + to_string(variables[i]->dtype()) +
               ", its gradient of " + to_string(gradient.dtype()));
      }
    }
    std::int64_t width = 0;
    if (inputs.indices < 0) {
      check_same_shape(c.node(), shape, inputs.gradient, gradient.shape());
    } else {
      width = check_rows(shape, gradient, c.input(inputs.indices), rows);
    }
    change(variables, rows, width);
  });
  if (!c.node().outputs().empty()) c.set_output_reference(0, c.input_reference(0));
}

}  // namespace icecore::inline v0
