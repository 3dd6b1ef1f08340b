// What Reshape, EnsureShape and decompositions say of shapes that can't be.
#include <gtest/gtest.h>
#include <icecore/array.h>
#include <icecore/error.h>
#include <icecore/graph_builder.h>

#include <functional>

#include "ops/run_op.h"
#include "proto/schema.h"
#include "proto/text_parser.h"

namespace icecore::inline v0 {
namespace {

// "CODE: message"; what a run adds about the node comes elsewhere.
std::string fault(const std::function<void()>& function) {
  try {
    function();
  } catch (const Error& error) {
    return std::string(code_name(error.code())) + ": " + error.message();
  }
  return "no error";
}

std::string fault_of(const std::string& node, const std::vector<Tensor>& inputs) {
  return fault([&] {
    TestServices services;
    run_node(parse_text("name: \"n\" " + node, *find_message("NodeDef")), inputs, services.get());
  });
}

const std::string kFloat = " attr { key: \"T\" value { type: DT_FLOAT } }";

TEST(Reshape, IsRefusedAScalarForAShapeWhileTheGraphIsBuilt) {
  GraphBuilder graph;
  const Output x = zeros(graph, Shape{4});
  EXPECT_EQ(fault([&] { reshape(graph, x, 4); }),
            "INVALID_ARGUMENT: Shape must be rank 1 but is rank 0 for 'Reshape' (op: 'Reshape') "
            "with input shapes: [4], [].");
}

TEST(EnsureShape, NamesTheTensorThatIsOfAnotherShape) {
  EXPECT_EQ(fault_of("op: \"EnsureShape\" input: \"split:1\" attr { key: \"shape\" value { shape { "
                     "dim { size: -1 } dim { size: 4 } } } }" +
                         kFloat,
                     {Tensor(DType::kFloat32, Shape{2, 3})}),
            "INVALID_ARGUMENT: Shape of tensor split:1 [2,3] is not compatible with expected shape "
            "[?,4].");
}

// TensorFlow 1.15.5 crashes on these.
TEST(Decompositions, RefuseWhatIsNoMatrix) {
  const Tensor vector(DType::kFloat32, Shape{2}), matrix(DType::kFloat32, Shape{2, 2});
  const Tensor oblong(DType::kFloat32, Shape{2, 3});
  const Tensor batch(DType::kFloat32, Shape{1, 2, 2}), batches(DType::kFloat32, Shape{2, 2, 2});
  const std::string rank = "INVALID_ARGUMENT: Input tensor 0 must have rank >= 2, got 1";
  EXPECT_EQ(fault_of("op: \"MatrixInverse\"" + kFloat, {vector}), rank);
  EXPECT_EQ(fault_of("op: \"Qr\"" + kFloat, {vector}), rank);
  EXPECT_EQ(fault_of("op: \"MatrixInverse\"" + kFloat, {oblong}),
            "INVALID_ARGUMENT: Input matrix must be square.");
  EXPECT_EQ(fault_of("op: \"MatrixSolve\"" + kFloat, {oblong, matrix}),
            "INVALID_ARGUMENT: First input (lhs) must be a square matrix.");
  EXPECT_EQ(
      fault_of("op: \"MatrixSolve\"" + kFloat, {matrix, Tensor(DType::kFloat32, Shape{3, 2})}),
      "INVALID_ARGUMENT: Input matrix and rhs are incompatible.");
  EXPECT_EQ(fault_of("op: \"MatrixSolve\"" + kFloat, {matrix, batch}),
            "INVALID_ARGUMENT: All input tensors must have the same rank.");
  EXPECT_EQ(fault_of("op: \"MatrixSolve\"" + kFloat, {batches, batch}),
            "INVALID_ARGUMENT: All input tensors must have the same outer dimensions.");
}

}  // namespace
}  // namespace icecore::inline v0
