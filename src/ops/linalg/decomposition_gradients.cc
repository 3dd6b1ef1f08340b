// Gradients of ops on square matrices and of decompositions, as linalg_grad.py builds them.
#include <icecore/error.h>
#include <icecore/gradient_context.h>

#include <vector>

#include "ops/array/array_functions.h"
#include "ops/linalg/linalg_ops.h"
#include "ops/math/math_functions.h"

namespace icecore::inline v0 {
namespace {

// linalg.adjoint: of each matrix.
Output adjoint(GraphBuilder& graph, const Output& x) {
  const ScopeGuard scope = graph.name_scope("adjoint");
  const ScopeGuard inner = graph.name_scope("matrix_transpose");
  const Shape shape = x.shape();
  if (!shape.has_rank()) {
    const Output rank = icecore::rank(graph, x);
    const Output matrix = stack(graph, {Input(rank - 1), Input(rank - 2)});
    const Output permutation =
        concat(graph, {Input(range(graph, Input(rank - 2))), Input(matrix)}, 0);
    return transpose(graph, x, Input(permutation), true);
  }
  std::vector<int> permutation;
  for (int d = 0; d < shape.rank(); ++d) permutation.push_back(d);
  std::swap(permutation.end()[-1], permutation.end()[-2]);
  return transpose(graph, x, Input(vector_of(permutation)), true);
}

Output band(GraphBuilder& graph, const Output& x, std::int64_t below, std::int64_t above) {
  return add_node(graph, "MatrixBandPart", {Input(x), Input(below), Input(above)});
}

// Identity matrices of the size and batch of those that are given: array_ops.shape(x)[-1] and [:-2]
// to linalg_ops.eye, node for node, since op ids count.
Output identities_like(GraphBuilder& graph, const Output& x) {
  const Output rows = subscript(graph, icecore::shape(graph, x), Input(-1));
  const Output batch = subscript(graph, icecore::shape(graph, x), std::nullopt, Input(-2));
  const ScopeGuard scope = graph.name_scope("eye");
  const Output size = MathNodes(graph).call("Minimum", rows, rows);
  Output shape;
  {
    // The list [size] among the values to join becomes a Pack named as the argument.
    const ScopeGuard inner = graph.name_scope("concat");
    const Output matrix = stack(graph, {Input(size)}, 0, "values_1");
    shape = concat(graph, {Input(batch), Input(matrix)}, 0, inner.name());
  }
  return add_node(graph, "MatrixDiag", {Input(ones(graph, shape, x.dtype()))}, {}, "diag");
}

Output solve_triangular(GraphBuilder& graph, const Output& matrix, const Output& right, bool lower,
                        bool adjoint_matrix) {
  return add_node(graph, "MatrixTriangularSolve", {Input(matrix), Input(right)},
                  {{"lower", lower}, {"adjoint", adjoint_matrix}});
}

// The gradient with respect to the matrix of equations, from that of their right sides.
Output to_matrix(GradientContext& c, const Output& right_gradient, bool adjoint_matrix) {
  GraphBuilder& graph = c.graph();
  const Output solution = c.output(0);
  const Output product = adjoint_matrix
                             ? matmul(graph, solution, right_gradient, {.adjoint_b = true})
                             : matmul(graph, right_gradient, solution, {.adjoint_b = true});
  return MathNodes(graph).neg(product);
}

}  // namespace

void matrix_inverse_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output inverse = c.output(0);
  const Output right = matmul(graph, c.gradient(), inverse, {.adjoint_b = true});
  c.set(0, MathNodes(graph).neg(matmul(graph, inverse, right, {.adjoint_a = true})));
}

void matrix_determinant_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const MathNodes nodes(graph);
  const Output determinant = c.output(0);
  const Output inverse = add_node(graph, "MatrixInverse", {Input(c.input(0))}, {{"adjoint", true}});
  const Output product = nodes.mul(c.gradient(), determinant);
  const Output shape = concat(
      graph, {Input(icecore::shape(graph, determinant)), Input(vector_of({1, 1}))}, Input(0));
  c.set(0, nodes.mul(reshape(graph, product, shape), inverse));
}

void matrix_solve_gradient(GradientContext& c) {
  const bool adjoint_matrix = c.op().info().bool_attr("adjoint");
  const Output right = add_node(c.graph(), "MatrixSolve", {Input(c.input(0)), Input(c.gradient())},
                                {{"adjoint", !adjoint_matrix}});
  c.set(0, to_matrix(c, right, adjoint_matrix));
  c.set(1, right);
}

void matrix_triangular_solve_gradient(GradientContext& c) {
  const bool adjoint_matrix = c.op().info().bool_attr("adjoint");
  const bool lower = c.op().info().bool_attr("lower");
  const Output right =
      solve_triangular(c.graph(), c.input(0), c.gradient(), lower, !adjoint_matrix);
  const Output matrix = to_matrix(c, right, adjoint_matrix);
  c.set(0, lower ? band(c.graph(), matrix, -1, 0) : band(c.graph(), matrix, 0, -1));
  c.set(1, right);
}

void cholesky_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const MathNodes nodes(graph);
  const Output factor = c.output(0);
  const Output inverse =
      solve_triangular(graph, factor, identities_like(graph, factor), true, false);
  Output middle = matmul(graph, factor, c.gradient(), {.adjoint_a = true});
  const Output diagonal = add_node(graph, "MatrixDiagPart", {Input(middle)}, {}, "diag_part");
  const Output half = nodes.mul(0.5, diagonal);
  middle = add_node(graph, "MatrixSetDiag", {Input(middle), Input(half)}, {}, "set_diag");
  middle = band(graph, middle, -1, 0);
  const Output product =
      matmul(graph, matmul(graph, inverse, middle, {.adjoint_a = true}), inverse);
  c.set(0, nodes.mul(nodes.add(product, adjoint(graph, product)), 0.5));
}

void qr_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const MathNodes nodes(graph);
  const Output q = c.output(0), r = c.output(1);
  const auto refuse = [](const std::string& message) {
    throw Error(Code::kUnimplemented, "QrGrad not implemented " + message, Misuse::kNotImplemented);
  };
  if (q.dtype() == DType::kComplex64 || q.dtype() == DType::kComplex128) {
    refuse("for dtype: " + to_string(q.dtype()));
  }
  const Shape shape = r.shape();
  const int rank = shape.has_rank() ? shape.rank() : 0;
  if (rank < 2 || shape.dim(rank - 2) < 0 || shape.dim(rank - 1) < 0) {
    refuse("with dynamic shapes.");
  }
  if (shape.dim(rank - 2) != shape.dim(rank - 1)) {
    refuse("when ncols > nrows or full_matrices is true and ncols != nrows.");
  }
  const Output dq = c.gradient(0), dr = c.gradient(1);
  // x times the inverse of r's adjoint.
  const auto divide = [&](const Output& x) {
    return adjoint(graph, solve_triangular(graph, r, adjoint(graph, x), false, false));
  };
  const Output qdq = matmul(graph, q, dq, {.adjoint_a = true});
  const Output of_q = nodes.sub(qdq, adjoint(graph, qdq));
  const Output rdr = matmul(graph, r, dr, {.adjoint_b = true});
  const Output of_r = nodes.sub(rdr, adjoint(graph, rdr));
  const Output lower = band(graph, nodes.add(of_q, of_r), -1, 0);
  const Output first = matmul(graph, q, nodes.add(dr, divide(lower)));
  const Output second = divide(nodes.sub(dq, matmul(graph, q, qdq)));
  c.set(0, nodes.add(first, second));
}

}  // namespace icecore::inline v0
