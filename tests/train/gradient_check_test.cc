// Gradients against central differences, at the places of the golden cases that have gradients
// (tests/golden/op_cases, grad=True), in double precision where the op has it.
#include <gtest/gtest.h>
#include <icecore/control_flow.h>
#include <icecore/error.h>
#include <icecore/op_set.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "finite_differences.h"
#include "graph/attr_codec.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "ops/golden_family.h"

namespace icecore::inline v0 {
namespace {

// Where TensorFlow's gradients, which ours are (golden_gradients_test.cc), are no slopes.
const std::map<std::string, std::string, std::less<>> kOtherCases = {
    {"MulNoNan_complex64", "1.15.5 forgets to conjugate"},
    {"MulNoNan_complex128", "1.15.5 forgets to conjugate"},
    {"Sign_complex64", "1.15.5 says zero for complex numbers too"},
    {"Sign_complex128", "1.15.5 says zero for complex numbers too"},
    {"div_no_nan_grad", "jumps where the divisor is zero"},
    {"pow_grad_edges", "powers of zero and of negative numbers"},
    {"gather_batch_later", "1.15.5 adds to the wrong batch"},
    {"max_grad_same", "the outputs that it is given aren't those of its inputs"},
    {"max_grad_valid", "the outputs that it is given aren't those of its inputs"},
    {"max_ties", "equal numbers share the gradient"},
    {"unsortedsegmentmax_missing",
     "empty segments have the lowest number, which no sum has room for"},
    {"unsortedsegmentmin_missing", "empty segments have the greatest number"},
    {"inverse_float32_adjoint", "1.15.5 gives the gradient of the adjoint"},
    {"inverse_float64_adjoint", "1.15.5 gives the gradient of the adjoint"},
    {"Xlogy_float32", "where x is zero so is the gradient"},
    {"Xlogy_float64", "where x is zero so is the gradient"},
    {"Xdivy_float32", "where x is zero so is the gradient"},
    {"Xdivy_float64", "where x is zero so is the gradient"},
    {"cholesky_float32", "of symmetric matrices: both halves share the gradient"},
    {"cholesky_float64", "of symmetric matrices: both halves share the gradient"},
    {"choleskies", "of symmetric matrices: both halves share the gradient"},
};
// Their gradient functions take the first output alone into account.
const std::set<std::string, std::less<>> kFirstOutput = {
    "FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3", "SoftmaxCrossEntropyWithLogits",
    "SparseSoftmaxCrossEntropyWithLogits"};
// Inputs that are numbers, for which 1.15.5 has no gradient.
const std::map<std::string, int, std::less<>> kHeldInput = {{"PadV2", 2}};
// 1.15.5 has no gradient for them that works, so that the golden cases have none.
const std::set<std::string, std::less<>> kWithoutGoldens = {"TopK"};
// In the tests below.
const std::set<std::string, std::less<>> kInGraphs = {
    "Merge",
    "Switch",
    "TensorArrayConcatV3",
    "TensorArrayGatherV3",
    "TensorArrayReadV3",
    "TensorArrayScatterV3",
    "TensorArraySplitV3",
    "TensorArrayWriteV3",
};
const std::map<std::string, std::string, std::less<>> kNowhere = {
    {"ReadVariableOp",
     "hands it on to the variable: optimizers_test.cc has TensorFlow's trainings"},
    {"ResourceGather", "slices for the variable: optimizers_test.cc has TensorFlow's trainings"},
    {"Cholesky", "of symmetric matrices, see above"},
    {"Enter", "stands in loops, through which gradients() doesn't go"},
    {"FakeQuantWithMinMaxArgs", "rounds, and hands the gradient on as if it didn't"},
    {"FakeQuantWithMinMaxVars", "rounds, and hands the gradient on as if it didn't"},
    {"FakeQuantWithMinMaxVarsPerChannel", "rounds, and hands the gradient on as if it didn't"},
    {"NextIteration", "stands in loops, through which gradients() doesn't go"},
    {"PreventGradient", "its gradient is an error"},
    {"RefEnter", "Enter's gradient; a reference is no number that could be moved"},
    {"RefIdentity", "Identity's gradient, likewise"},
    {"RefMerge", "Merge's gradient, likewise"},
    {"RefNextIteration", "NextIteration's gradient, likewise"},
    {"RefSwitch", "Switch's gradient, likewise"},
};

bool is_differentiable(DType dtype) {
  return dtype == DType::kFloat32 || dtype == DType::kFloat64 || dtype == DType::kComplex64 ||
         dtype == DType::kComplex128;
}

DType widened(DType dtype, bool wide) {
  if (wide && dtype == DType::kFloat32) return DType::kFloat64;
  if (wide && dtype == DType::kComplex64) return DType::kComplex128;
  return dtype;
}

Tensor widened(const Tensor& tensor, bool wide) {
  const DType dtype = widened(tensor.dtype(), wide);
  if (dtype == tensor.dtype()) return tensor;
  Tensor result(dtype, tensor.shape());
  const auto* from = reinterpret_cast<const float*>(tensor.bytes().data());
  auto* to = reinterpret_cast<double*>(result.mutable_bytes().data());
  std::copy_n(from, tensor.bytes().size() / sizeof(float), to);
  return result;
}

AttrList attrs_of(const NodeDef& def, bool wide) {
  AttrList attrs;
  const auto signature = standard_ops().signature(def.op);
  for (const auto& [key, text] : def.attrs) {
    const AttrSignature* attr = signature->attr(key);
    if (attr == nullptr) continue;
    AttrValue value = decode_attr(text, attr->kind);
    if (auto* dtype = std::get_if<DType>(&value)) *dtype = widened(*dtype, wide);
    if (auto* dtypes = std::get_if<std::vector<DType>>(&value)) {
      for (DType& dtype : *dtypes) dtype = widened(dtype, wide);
    }
    attrs.emplace_back(std::string(key), std::move(value));
  }
  return attrs;
}

std::string fault_of(const GoldenFamily& family, const NodeDef& def, bool wide) {
  GraphBuilder graph;
  FunctionAt function;
  std::vector<Output> inputs;
  for (const std::string_view input : def.inputs) {
    const Tensor value = widened(*family.constant(input), wide);
    const auto held = kHeldInput.find(def.op);
    const bool is_held = held != kHeldInput.end() && std::ssize(inputs) == held->second;
    if (!is_differentiable(value.dtype()) || is_held) {
      inputs.push_back(graph.constant(value));
      continue;
    }
    inputs.push_back(graph.placeholder(value.dtype(), value.shape()));
    function.xs.push_back(inputs.back());
    function.place.push_back(value);
  }
  const Operation op = graph.create_op(def.op, inputs, attrs_of(def, wide), "op");
  for (const Output& output : op.outputs()) {
    if (output.index() > 0 && kFirstOutput.contains(def.op)) break;
    if (is_differentiable(output.dtype())) function.ys.push_back(output);
  }
  return gradient_fault(graph, function);
}

// In double precision where the op has it.
std::string fault_of(const GoldenFamily& family, const NodeDef& def) {
  try {
    return fault_of(family, def, true);
  } catch (const Error&) {
    return fault_of(family, def, false);
  }
}

TEST(GradientCheck, GradientsAreTheSlopesOfOps) {
  std::set<std::string, std::less<>> checked;
  for (const std::string& name : golden_families()) {
    const GoldenFamily family(name);
    for (const std::size_t i : family.ops(false)) {
      const NodeDef def = decode_node(family.graph.data().nodes[i]);
      const std::string title(def.name.substr(0, def.name.size() - 3));
      const bool has_gradients =
          family.graph.find(title + "/dy0").has_value() ||
          (kWithoutGoldens.contains(def.op) && !family.answers.contains(title + "/error"));
      const bool is_slope = !kOtherCases.contains(title) && !kNowhere.contains(def.op);
      if (!has_gradients || !is_slope) continue;
      SCOPED_TRACE(title + " (" + std::string(def.op) + ")");
      try {
        EXPECT_EQ(fault_of(family, def), "");
      } catch (const Error& error) {
        ADD_FAILURE() << error.message();
      }
      checked.emplace(def.op);
    }
  }
  for (const OpImplementation* op : standard_ops().all()) {
    if (op->gradient == nullptr || op->gradient == not_differentiable) continue;
    EXPECT_TRUE(checked.contains(op->op) || kInGraphs.contains(op->op) || kNowhere.contains(op->op))
        << op->op;
  }
}

class GraphGradients : public testing::Test {
 protected:
  GraphBuilder graph;
  FunctionAt function;

  Output input(const Shape& shape) {
    Tensor place(DType::kFloat64, shape);
    double value = 0.3;
    for (double& number : place.mutable_values<double>()) number = value = 1.7 - value * value;
    function.place.push_back(place);
    function.xs.push_back(graph.placeholder(DType::kFloat64, shape));
    return function.xs.back();
  }
  Output node(std::string_view op, const std::vector<OpInput>& inputs, const AttrList& attrs = {}) {
    return graph.apply_op(op, inputs, attrs).output();
  }
  Operation array(int size) {
    return graph.apply_op("TensorArrayV3", {Input(size)},
                          {{"dtype", DType::kFloat64}, {"clear_after_read", false}});
  }
};

TEST_F(GraphGradients, TensorArraysHaveTheSlopesOfWhatGoesThroughThem) {
  const AttrList dtype = {{"dtype", DType::kFloat64}};
  const Output x = input({3, 2});
  const Output row = input({2});
  Operation a = array(4);
  Output flow = node("TensorArrayScatterV3", {Input(a.output(0)), Input(std::vector<int>{2, 0, 1}),
                                              Input(x), Input(a.output(1))});
  flow = node("TensorArrayWriteV3", {Input(a.output(0)), Input(3), Input(row), Input(flow)});
  function.ys.push_back(
      node("TensorArrayReadV3", {Input(a.output(0)), Input(2), Input(flow)}, dtype));
  function.ys.push_back(node("TensorArrayGatherV3",
                             {Input(a.output(0)), Input(std::vector<int>{3, 2, 1}), Input(flow)},
                             dtype));
  a = array(2);
  flow = node("TensorArraySplitV3", {Input(a.output(0)), Input(x),
                                     Input(std::vector<std::int64_t>{1, 2}), Input(a.output(1))});
  function.ys.push_back(node("TensorArrayConcatV3", {Input(a.output(0)), Input(flow)}, dtype));
  EXPECT_EQ(gradient_fault(graph, function), "");
}

TEST_F(GraphGradients, BranchesHaveTheSlopesOfTheOneThatIsTaken) {
  const Output x = input({2});
  const Output y = input({2});
  for (const bool side : {true, false}) {
    const Output pred = node("PlaceholderWithDefault", {graph.constant(Tensor::scalar(side))},
                             {{"shape", Shape{}}});
    function.ys.push_back(
        cond(
            graph, pred,
            [&] {
              return std::vector<BranchResult>{Input(node("Mul", {Input(x), Input(y)}))};
            },
            [&] { return std::vector<BranchResult>{Input(node("Exp", {Input(x)}))}; })
            .at(0));
  }
  EXPECT_EQ(gradient_fault(graph, function), "");
}

}  // namespace
}  // namespace icecore::inline v0
