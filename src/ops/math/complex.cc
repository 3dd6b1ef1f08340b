// Complex, Real, Imag, Conj, ComplexAbs, Angle.
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>
#include <array>
#include <complex>

#include "ops/array/array_functions.h"
#include "ops/math/math_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"
#include "ops/strided/strided_loop.h"

namespace icecore::inline v0 {
namespace {

template <typename T>
void join_row(const Row& row) {
  auto* const out = reinterpret_cast<std::complex<T>*>(row.out);
  const auto* const real = reinterpret_cast<const T*>(row.in[0]);
  const auto* const imag = reinterpret_cast<const T*>(row.in[1]);
  const std::int64_t real_step = row.in_stride[0] == 0 ? 0 : 1;
  const std::int64_t imag_step = row.in_stride[1] == 0 ? 0 : 1;
  for (std::int64_t i = 0; i < row.count; ++i) out[i] = {real[i * real_step], imag[i * imag_step]};
}

struct Real {
  template <typename T>
  static T of(std::complex<T> x) {
    return x.real();
  }
};
struct Imag {
  template <typename T>
  static T of(std::complex<T> x) {
    return x.imag();
  }
};
struct Abs {
  template <typename T>
  static T of(std::complex<T> x) {
    return std::abs(x);
  }
};
struct Angle {
  template <typename T>
  static T of(std::complex<T> x) {
    return std::arg(x);
  }
};

template <typename T, typename Op>
void part_row(const Row& row) {
  auto* const out = reinterpret_cast<T*>(row.out);
  const auto* const x = reinterpret_cast<const std::complex<T>*>(row.in[0]);
  for (std::int64_t i = 0; i < row.count; ++i) out[i] = Op::of(x[i]);
}

Kernel run_row(const NodeInfo& node, RowFunction of_floats, RowFunction of_doubles) {
  const DType from = node.inputs().at(0).dtype, to = node.outputs().at(0).dtype;
  const bool narrow = from == DType::kFloat32 || from == DType::kComplex64;
  // float32 and complex64 belong together, and float64 and complex128.
  const bool fits = narrow ? to == DType::kFloat32 || to == DType::kComplex64
                           : to == DType::kFloat64 || to == DType::kComplex128;
  if (!fits) refuse_dtype(node, from);
  return [row = narrow ? of_floats : of_doubles, to](KernelContext& context) {
    std::array<const std::byte*, 2> in = {};
    std::vector<SpreadOperand> operands;
    for (int i = 0; i < context.num_inputs(); ++i) {
      in.at(static_cast<std::size_t>(i)) = context.input(i).bytes().data();
      operands.push_back({context.input(i).shape(), dtype_size(context.input(i).dtype())});
    }
    const Shape shape = context.num_inputs() == 2
                            ? spread_shape(context, context.input(0), context.input(1))
                            : context.input(0).shape();
    Tensor output = context.allocate(to, shape);
    StridedLoop::spreading(shape, dtype_size(to), operands)
        .run(context.threads(), 1, output.mutable_bytes().data(),
             std::span(in).first(operands.size()), row);
    context.set_output(0, std::move(output));
  };
}

Kernel join_kernel(const NodeInfo& node) {
  return run_row(node, join_row<float>, join_row<double>);
}

template <typename Op>
Kernel part_kernel(const NodeInfo& node) {
  return run_row(node, part_row<float, Op>, part_row<double, Op>);
}

Output join(GraphBuilder& graph, const Output& real, const Output& imag) {
  const DType dtype = real.dtype() == DType::kFloat64 ? DType::kComplex128 : DType::kComplex64;
  return graph.apply_op("Complex", {real, imag}, {{"Tout", dtype}}).output();
}

Output part(GraphBuilder& graph, const char* op, const Output& x) {
  const DType dtype = x.dtype() == DType::kComplex128 ? DType::kFloat64 : DType::kFloat32;
  return graph.apply_op(op, {x}, {{"Tout", dtype}}).output();
}

void join_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output gradient = c.gradient();
  const auto [real, imag] = spread_back(graph, c.input(0), c.input(1));
  c.set(0, spread_back(graph, part(graph, "Real", gradient), real));
  c.set(1, spread_back(graph, part(graph, "Imag", gradient), imag));
}

void real_gradient(GradientContext& c) {
  const Output gradient = c.gradient();
  const Output zero = MathNodes(c.graph()).constant(0, gradient.dtype());
  c.set(0, join(c.graph(), gradient, zero));
}

void imag_gradient(GradientContext& c) {
  const Output gradient = c.gradient();
  const Output zero = MathNodes(c.graph()).constant(0, gradient.dtype());
  c.set(0, join(c.graph(), zero, gradient));
}

void conj_gradient(GradientContext& c) {
  c.set(0, MathNodes(c.graph()).conj(c.gradient()));
}

void abs_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const MathNodes nodes(graph);
  const Output gradient = c.gradient();
  const Output wide = join(graph, gradient, zeros_like(graph, gradient));
  const Output product = nodes.mul(wide, c.input(0));
  const Output length = join(graph, c.output(0), zeros_like(graph, c.output(0)));
  c.set(0, nodes.call("DivNoNan", product, length, "div_no_nan"));
}

void angle_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const MathNodes nodes(graph);
  const Output gradient = c.gradient(), x = c.input(0);
  const ScopeGuard guard = after(gradient);
  const Output real = part(graph, "Real", x), imag = part(graph, "Imag", x);
  const Output z = nodes.call("Reciprocal", join(graph, imag, real));
  const Output zero = nodes.constant(0, gradient.dtype());
  const Output wide = join(graph, gradient, zero);
  c.set(0, nodes.mul(nodes.neg(wide), z));
}

constexpr OpImplementation kOps[] = {
    {"Complex", broadcast_shape, join_kernel, join_gradient},
    {"Real", unchanged_shape, part_kernel<Real>, real_gradient},
    {"Imag", unchanged_shape, part_kernel<Imag>, imag_gradient},
    {"Conj", unchanged_shape, elementwise<RowOp::kConj>, conj_gradient},
    {"ComplexAbs", unchanged_shape, part_kernel<Abs>, abs_gradient},
    {"Angle", unchanged_shape, part_kernel<Angle>, angle_gradient},
};

}  // namespace

OpTable complex_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
