#include "ops/strided/elementwise.h"

#include <icecore/error.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "ops/rows/division_fault.h"
#include "ops/strided/element_row.h"
#include "ops/strided/strided_loop.h"

namespace icecore::inline v0 {
namespace {

// An input that the output may be written over, or new memory.
Tensor output_for(KernelContext& context, DType dtype, const Shape& shape) {
  for (int i = 0; i < context.num_inputs(); ++i) {
    const Tensor& input = context.input(i);
    if (input.dtype() == dtype && input.is_unique() && input.shape() == shape) {
      return context.reuse_or_allocate(i, dtype, shape);
    }
  }
  return context.allocate(dtype, shape);
}

// Over all inputs spread to that shape.
StridedLoop loop_over(const KernelContext& context, const Shape& shape, std::size_t element_size) {
  const auto inputs = static_cast<std::size_t>(context.num_inputs());
  // Mostly there is nothing to spread but single elements.
  std::array<std::ptrdiff_t, kMaxRowInputs + 1> strides = {};
  strides[0] = static_cast<std::ptrdiff_t>(element_size);
  bool plain = true;
  for (std::size_t i = 0; i < inputs && plain; ++i) {
    const Tensor& input = context.input(static_cast<int>(i));
    const bool whole = input.shape() == shape;
    strides.at(i + 1) = whole ? static_cast<std::ptrdiff_t>(dtype_size(input.dtype())) : 0;
    plain = whole || input.num_elements() == 1;
  }
  if (plain) return {*shape.num_elements(), std::span(strides).first(inputs + 1)};
  std::vector<SpreadOperand> operands;
  for (int i = 0; i < context.num_inputs(); ++i) {
    operands.push_back({context.input(i).shape(), dtype_size(context.input(i).dtype())});
  }
  return StridedLoop::spreading(shape, element_size, operands);
}

void compute(KernelContext& context, const Shape& shape, RowOp op, const ElementRow& row,
             const void* parameter) {
  const auto inputs = static_cast<std::size_t>(context.num_inputs());
  std::array<const std::byte*, kMaxRowInputs> in = {};
  for (std::size_t i = 0; i < inputs; ++i) {
    in.at(i) = context.input(static_cast<int>(i)).bytes().data();
  }
  const DType dtype =
      gives_bool(op) ? DType::kBool : context.input(context.num_inputs() - 1).dtype();
  Tensor output = output_for(context, dtype, shape);
  const StridedLoop loop = loop_over(context, shape, dtype_size(dtype));
  row.run(loop, context.threads(), output.mutable_bytes().data(), std::span(in).first(inputs),
          parameter);
  context.set_output(0, std::move(output));
}

ElementRow row_of(const NodeInfo& node, RowOp op) {
  const DType dtype = node.inputs().empty() ? DType::kInvalid : node.inputs().back().dtype;
  const ElementRow row(op, dtype);
  if (!row || node.inputs().size() > kMaxRowInputs) refuse_dtype(node, dtype);
  return row;
}

Shape shape_of_all(const KernelContext& context) {
  Shape shape = context.input(0).shape();
  for (int i = 1; i < context.num_inputs(); ++i) {
    const std::optional<Shape> both = spread_shape(shape, context.input(i).shape());
    if (!both) {
      throw Error(Code::kInvalidArgument, "'" + context.node().name() +
                                              "': Incompatible shapes: " + to_string(shape) +
                                              " vs. " + to_string(context.input(i).shape()));
    }
    shape = *both;
  }
  return shape;
}

}  // namespace

void refuse_dtype(const NodeInfo& node, DType dtype) {
  throw Error(Code::kUnimplemented, "'" + node.name() + "': " + node.op() + " of " +
                                        std::string(dtype_name(dtype)) + " isn't implemented");
}

std::optional<Shape> spread_shape(const Shape& x, const Shape& y) {
  if (x == y) return x;
  const int rank = std::max(x.rank(), y.rank());
  std::vector<std::int64_t> dims(static_cast<std::size_t>(rank));
  for (int i = 1; i <= rank; ++i) {
    const std::int64_t a = i > x.rank() ? 1 : x.dim(x.rank() - i);
    const std::int64_t b = i > y.rank() ? 1 : y.dim(y.rank() - i);
    if (a != b && a != 1 && b != 1) return std::nullopt;
    dims[static_cast<std::size_t>(rank - i)] = a == 1 ? b : a;
  }
  return Shape(dims);
}

Shape spread_shape(const KernelContext& context, const Tensor& x, const Tensor& y) {
  if (const std::optional<Shape> shape = spread_shape(x.shape(), y.shape())) return *shape;
  throw Error(Code::kInvalidArgument, "'" + context.node().name() + "': Incompatible shapes: " +
                                          to_string(x.shape()) + " vs. " + to_string(y.shape()));
}

Kernel elementwise_kernel(const NodeInfo& node, RowOp op, std::shared_ptr<const void> parameter) {
  return [op, row = row_of(node, op), parameter = std::move(parameter)](KernelContext& context) {
    compute(context, shape_of_all(context), op, row, parameter.get());
  };
}

Kernel same_shape_kernel(const NodeInfo& node, RowOp op, std::shared_ptr<const void> parameter) {
  return [op, row = row_of(node, op), parameter = std::move(parameter)](KernelContext& context) {
    for (int i = 1; i < context.num_inputs(); ++i) {
      if (context.input(i).shape() == context.input(0).shape()) continue;
      throw Error(Code::kInvalidArgument,
                  "'" + context.node().name() + "': the inputs of " + context.node().op() +
                      " must have the same shape, but have " + to_string(context.input(0).shape()) +
                      " and " + to_string(context.input(i).shape()));
    }
    compute(context, context.input(0).shape(), op, row, parameter.get());
  };
}

Kernel integer_kernel(const NodeInfo& node, RowOp op, std::string message) {
  return [op, row = row_of(node, op), message = std::move(message)](KernelContext& context) {
    DivisionFault fault;
    compute(context, shape_of_all(context), op, row, &fault);
    if (fault.found) throw Error(Code::kInvalidArgument, message);
  };
}

}  // namespace icecore::inline v0
