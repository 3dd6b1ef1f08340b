// Select, SelectV2.
#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>

#include <array>

#include "ops/array/array_functions.h"
#include "ops/math/math_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"
#include "ops/strided/spread_walk.h"
#include "ops/strided/strided_loop.h"

namespace icecore::inline v0 {
namespace {

void select_shape(ShapeContext& c) {
  const Shape data = merge_shapes(c.input(1), c.input(2));
  const Shape& condition = c.input(0);
  c.set_output(0, data);
  if (!condition.has_rank() || !data.has_rank() || condition.rank() == 0) return;
  // A vector chooses rows; anything else element by element.
  if (condition.rank() == 1) {
    merge_dims(with_rank_at_least(data, 1).dim(0), condition.dim(0));
    return;
  }
  c.set_output(0, merge_shapes(data, condition));
}

void select_v2_shape(ShapeContext& c) {
  c.set_output(0, broadcast_shapes(c.input(0), broadcast_shapes(c.input(1), c.input(2))));
}

// Strides count elements of each input.
struct Spread {
  Shape shape;
  std::array<std::vector<std::ptrdiff_t>, 3> strides;
};

void select_strings(const KernelContext& context, const Spread& spread, Tensor& output) {
  const auto condition = context.input(0).values<bool>();
  SpreadWalk choosing(spread.shape, spread.strides[0]), first(spread.shape, spread.strides[1]),
      second(spread.shape, spread.strides[2]);
  for (std::string& out : output.mutable_strings()) {
    out = condition[choosing.place()] ? context.input(1).strings()[first.place()]
                                      : context.input(2).strings()[second.place()];
    choosing.advance();
    first.advance();
    second.advance();
  }
}

void select(KernelContext& context, Spread spread) {
  const DType dtype = context.input(1).dtype();
  if (dtype == DType::kString) {
    Tensor output = context.allocate(dtype, spread.shape);
    select_strings(context, spread, output);
    context.set_output(0, std::move(output));
    return;
  }
  const std::array<const std::byte*, 3> in = {context.input(0).bytes().data(),
                                              context.input(1).bytes().data(),
                                              context.input(2).bytes().data()};
  const auto size = static_cast<std::ptrdiff_t>(dtype_size(dtype));
  for (std::size_t k = 1; k < 3; ++k) {
    for (std::ptrdiff_t& stride : spread.strides.at(k)) stride *= size;
  }
  const bool over_first = context.input(1).is_unique() && context.input(1).shape() == spread.shape;
  const bool over_second = context.input(2).is_unique() && context.input(2).shape() == spread.shape;
  Tensor output = over_first || over_second
                      ? context.reuse_or_allocate(over_first ? 1 : 2, dtype, spread.shape)
                      : context.allocate(dtype, spread.shape);
  const StridedLoop loop(
      spread.shape.dims(),
      spread_strides(spread.shape, spread.shape.rank(), static_cast<std::size_t>(size)),
      {spread.strides[0], spread.strides[1], spread.strides[2]});
  loop.run(context.threads(), 2, output.mutable_bytes().data(), in,
           find_select_row(static_cast<std::size_t>(size)));
  context.set_output(0, std::move(output));
}

[[noreturn]] void refuse_shapes(const KernelContext& context, const std::string& what) {
  throw Error(Code::kInvalidArgument, "'" + context.node().name() + "': " + what);
}

void compute_select(KernelContext& context) {
  const Shape &condition = context.input(0).shape(), &x = context.input(1).shape();
  if (context.input(2).shape() != x) {
    refuse_shapes(context, "'then' and 'else' must have the same size.  but received: " +
                               to_string(x) + " vs. " + to_string(context.input(2).shape()));
  }
  const std::vector<std::ptrdiff_t> data = spread_strides(x, x.rank(), 1);
  std::vector<std::ptrdiff_t> choosing(data.size(), 0);
  if (condition == x) {
    choosing = data;
  } else if (condition.rank() == 1 && x.rank() >= 1) {
    if (condition.dim(0) != x.dim(0)) {
      refuse_shapes(context, "Number of batches of 'then' must match size of 'cond', but saw: " +
                                 std::to_string(x.dim(0)) + " vs. " +
                                 std::to_string(condition.dim(0)));
    }
    choosing[0] = 1;
  } else if (condition.rank() != 0) {
    refuse_shapes(context, "'cond' must be a scalar, a vector or of the shape of 'then', but is " +
                               to_string(condition) + " where that is " + to_string(x));
  }
  select(context, {x, {choosing, data, data}});
}

void compute_select_v2(KernelContext& context) {
  const Shape &condition = context.input(0).shape(), &x = context.input(1).shape(),
              &y = context.input(2).shape();
  const std::optional<Shape> values = spread_shape(x, y);
  const std::optional<Shape> all = values ? spread_shape(condition, *values) : std::nullopt;
  if (!all) {
    refuse_shapes(context, "condition " + to_string(condition) + ", then " + to_string(x) +
                               ", and else " + to_string(y) + " must be broadcastable");
  }
  const int rank = all->rank();
  select(context, {*all,
                   {spread_strides(condition, rank, 1), spread_strides(x, rank, 1),
                    spread_strides(y, rank, 1)}});
}

template <void (*kCompute)(KernelContext&)>
Kernel select_kernel(const NodeInfo& node) {
  const DType dtype = node.outputs().at(0).dtype;
  if (dtype != DType::kString && find_select_row(dtype_size(dtype)) == nullptr) {
    refuse_dtype(node, dtype);
  }
  return kCompute;
}

void select_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient(), condition = c.input(0);
  const Output none = zeros_like(c.graph(), c.input(1));
  c.set(1, nodes.where(condition, gradient, none));
  c.set(2, nodes.where(condition, none, gradient));
}

void select_v2_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output gradient = c.gradient(), condition = c.input(0);
  const Output none = zeros(graph, Shape(), gradient.dtype());
  const Output x = graph.apply_op("SelectV2", {condition, gradient, none}).output();
  const Output x_shape = icecore::shape(graph, c.input(1)),
               out_shape = icecore::shape(graph, c.output(0));
  const auto back = [&](const Output& value, const Output& shape) {
    const Operation axes = graph.apply_op("BroadcastGradientArgs", {shape, out_shape});
    return reshape(graph, reduce_sum(graph, value, {.axis = axes.output(0), .keepdims = true}),
                   shape);
  };
  c.set(1, back(x, x_shape));
  const Output y = graph.apply_op("SelectV2", {condition, none, gradient}).output();
  c.set(2, back(y, icecore::shape(graph, c.input(2))));
}

constexpr OpImplementation kOps[] = {
    {"Select", select_shape, select_kernel<compute_select>, select_gradient},
    {"SelectV2", select_v2_shape, select_kernel<compute_select_v2>, select_v2_gradient},
};

}  // namespace

OpTable select_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
