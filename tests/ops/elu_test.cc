// Elu and EluGrad against TensorFlow 1.15.5's answers and nodes.
#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/graph_builder.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <variant>
#include <vector>

#include "base/half.h"
#include "ops/run_op.h"

namespace icecore::inline v0 {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
const std::vector<double> kInputs = {-20, -3, -0.5, 0, 1e-3, 2.5, -kInfinity, kInfinity};
const std::vector<double> kOutputs = {
    -0.9999999979388464, -0.950212931632136, -0.3934693402873666, 0, 0.001, 2.5, -1, kInfinity};

std::string node(const std::string& op, const std::string& dtype) {
  return "name: 'n' op: '" + op + "' attr { key: 'T' value { type: " + dtype + " } }";
}

template <typename T>
Tensor tensor_of(const std::vector<double>& values) {
  const std::vector<T> converted(values.begin(), values.end());
  return Tensor::of<T>({static_cast<std::int64_t>(values.size())}, converted);
}

// Half or bfloat16.
Tensor short_tensor(DType dtype, const std::vector<double>& values,
                    std::uint16_t (*convert)(float)) {
  Tensor tensor(dtype, {static_cast<std::int64_t>(values.size())});
  for (std::size_t i = 0; i < values.size(); ++i) {
    tensor.mutable_values<std::uint16_t>()[i] = convert(static_cast<float>(values[i]));
  }
  return tensor;
}

void expect_near(double value, double wanted, double tolerance) {
  if (std::isinf(wanted)) {
    EXPECT_EQ(value, wanted);
  } else {
    EXPECT_NEAR(value, wanted, tolerance * std::max(1.0, std::abs(wanted)));
  }
}

TEST(Elu, GivesTensorFlowsAnswersForEachDtype) {
  const Tensor floats = run_op(node("Elu", "DT_FLOAT"), {tensor_of<float>(kInputs)}).at(0);
  const Tensor doubles = run_op(node("Elu", "DT_DOUBLE"), {tensor_of<double>(kInputs)}).at(0);
  const Tensor halves =
      run_op(node("Elu", "DT_HALF"), {short_tensor(DType::kFloat16, kInputs, float_to_half)}).at(0);
  const Tensor brains = run_op(node("Elu", "DT_BFLOAT16"),
                               {short_tensor(DType::kBFloat16, kInputs, float_to_bfloat16)})
                            .at(0);
  for (std::size_t i = 0; i < kInputs.size(); ++i) {
    SCOPED_TRACE(kInputs[i]);
    expect_near(floats.values<float>()[i], kOutputs[i], 1e-6);
    expect_near(doubles.values<double>()[i], kOutputs[i], 1e-14);
    expect_near(half_to_float(halves.values<std::uint16_t>()[i]), kOutputs[i], 1e-3);
    expect_near(bfloat16_to_float(brains.values<std::uint16_t>()[i]), kOutputs[i], 8e-3);
  }
}

TEST(Elu, OfWhatIsNoNumberIsNone) {
  const Tensor x = Tensor::scalar<float>(std::nanf(""));
  EXPECT_TRUE(std::isnan(run_op(node("Elu", "DT_FLOAT"), {x}).at(0).item<float>()));
}

TEST(Elu, LongAndEmptyTensorsAreWhole) {
  std::vector<double> values(30000);
  std::iota(values.begin(), values.end(), -15000.0);
  for (double& value : values) value /= 3000;
  const Tensor y = run_op(node("Elu", "DT_FLOAT"), {tensor_of<float>(values)}).at(0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    expect_near(y.values<float>()[i], values[i] < 0 ? std::expm1(values[i]) : values[i], 2e-6);
  }
  const Tensor empty(DType::kFloat32, {0, 3});
  EXPECT_EQ(run_op(node("Elu", "DT_FLOAT"), {empty}).at(0).shape(), (Shape{0, 3}));
}

TEST(Elu, ItsGradientIsThatOfTheOutput) {
  const Tensor gradient = Tensor::of<float>({4}, {1, 2, 3, 4});
  const Tensor y = Tensor::of<float>({4}, {-0.75F, -0.25F, 0, 3});
  const Tensor x = run_op(node("EluGrad", "DT_FLOAT"), {gradient, y}).at(0);
  const std::vector<float> values(x.values<float>().begin(), x.values<float>().end());
  EXPECT_EQ(values, (std::vector<float>{0.25F, 1.5F, 3, 4}));
}

TEST(Elu, TheGradientOfAnotherShapeIsRefused) {
  const Tensor gradient = Tensor::of<float>({2}, {1, 2}), y = Tensor::of<float>({2, 1}, {1, 2});
  try {
    run_op(node("EluGrad", "DT_FLOAT"), {gradient, y});
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kInvalidArgument);
  }
}

// The node that stands for the gradient of `op`'s input i.
std::string gradient_op(GraphBuilder& graph, const Operation& op, int i) {
  const Output gradient = graph.placeholder(DType::kFloat32, Shape{2});
  GradientContext context(graph, op, {gradient});
  standard_ops().find(op.type())->gradient(context);
  return std::get<Output>(context.input_gradients().at(static_cast<std::size_t>(i))).op().type();
}

TEST(Elu, HasTensorFlowsGradientAndThatOneToo) {
  GraphBuilder graph;
  const Output x = graph.placeholder(DType::kFloat32, Shape{2});
  const Operation elu = graph.apply_op("Elu", {x});
  EXPECT_EQ(gradient_op(graph, elu, 0), "EluGrad");
  const Operation grad = graph.apply_op("EluGrad", {x, elu.output()});
  EXPECT_EQ(gradient_op(graph, grad, 0), "EluGrad");
  EXPECT_EQ(gradient_op(graph, grad, 1), "Select");
}

TEST(Elu, KeepsItsInputsShape) {
  GraphBuilder graph;
  const Output x = graph.placeholder(DType::kFloat32, Shape{-1, 3});
  EXPECT_EQ(graph.apply_op("Elu", {x}).output().shape(), (Shape{-1, 3}));
}

}  // namespace
}  // namespace icecore::inline v0
