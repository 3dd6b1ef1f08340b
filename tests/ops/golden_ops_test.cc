// Kernels and shape functions against TensorFlow 1.15.5's answers (tests/golden/op_cases).
#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/shape_context.h>

#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "ops/golden_family.h"
#include "ops/run_op.h"
#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/shape_message.h"

namespace icecore::inline v0 {
namespace {

class GoldenOps : public testing::TestWithParam<std::string> {};

std::vector<Shape> shapes_of(const NodeDef& node, std::string_view attr) {
  std::vector<Shape> shapes;
  const Span* value = node.attr(attr);
  if (value == nullptr) return shapes;
  for (Cursor c(*value); c.next();) {
    if (c.field() != pb::AttrValue::list) continue;
    for (Cursor list(c.bytes()); list.next();) {
      if (list.field() == pb::AttrValue_ListValue::shape) {
        shapes.push_back(decode_shape(list.bytes()));
      }
    }
  }
  return shapes;
}

void check_case(const GoldenFamily& family, const Span& node) {
  const NodeDef def = decode_node(node);
  const std::string name(def.name.substr(0, def.name.size() - 3));
  SCOPED_TRACE(name + " (" + std::string(def.op) + ")");
  std::vector<Tensor> inputs;
  for (const std::string_view input : def.inputs) inputs.push_back(*family.constant(input));
  TestServices services;
  std::vector<Tensor> outputs;
  try {
    outputs = run_node(node, inputs, services.get());
  } catch (const Error& error) {
    ASSERT_TRUE(family.answers.contains(name + "/error")) << error.message();
    EXPECT_EQ(code_name(error.code()), family.answers.read(name + "/error").strings()[0])
        << error.message();
    return;
  }
  ASSERT_FALSE(family.answers.contains(name + "/error")) << "no error";
  std::optional<double> tolerance;
  if (family.answers.contains(name + "/tolerance")) {
    tolerance = family.answers.read(name + "/tolerance").item<float>();
  }
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const Tensor wanted = family.answers.read(name + "/op:" + std::to_string(i));
    EXPECT_EQ(difference(outputs[i], wanted, tolerance), "") << "output " << i;
  }
  EXPECT_FALSE(family.answers.contains(name + "/op:" + std::to_string(outputs.size())));
}

void check_shape(const GoldenFamily& family, const Span& node) {
  const NodeDef def = decode_node(node);
  SCOPED_TRACE(std::string(def.name) + " (" + std::string(def.op) + ")");
  std::vector<Shape> inputs;
  std::vector<std::optional<Tensor>> constants;
  for (const std::string_view input : def.inputs) {
    constants.push_back(family.constant(input));
    const NodeDef source = decode_node(family.graph.data().nodes[*family.graph.find(input)]);
    inputs.push_back(constants.back() ? constants.back()->shape()
                                      : shapes_of(source, "_output_shapes").at(0));
  }
  const OpImplementation* op = standard_ops().find(def.op);
  ASSERT_TRUE(op != nullptr && op->shape != nullptr);
  const auto constant = [&](int i) { return constants.at(static_cast<std::size_t>(i)); };
  ShapeContext context(
      NodeInfo(node, standard_ops().signature(def.op)), inputs,
      std::vector<std::optional<HandleInfo>>(inputs.size()), constant, [&](int i) {
        const std::optional<Tensor> value = constant(i);
        if (!value) {
          const Shape& shape = inputs.at(static_cast<std::size_t>(i));
          if (!shape.has_rank() || shape.dim(0) < 0) return Shape::unknown_rank();
          return Shape(std::vector<std::int64_t>(static_cast<std::size_t>(shape.dim(0)), -1));
        }
        if (value->dtype() == DType::kInt32) {
          const auto dims = value->values<std::int32_t>();
          return Shape(std::vector<std::int64_t>(dims.begin(), dims.end()));
        }
        const auto dims = value->values<std::int64_t>();
        return Shape(std::vector<std::int64_t>(dims.begin(), dims.end()));
      });
  op->shape(context);
  const std::vector<Shape> wanted = shapes_of(def, "_output_shapes");
  ASSERT_EQ(context.outputs().size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_EQ(to_string(context.outputs()[i]), to_string(wanted[i])) << "output " << i;
  }
}

TEST_P(GoldenOps, KernelsGiveTensorFlowsAnswers) {
  const GoldenFamily family(GetParam());
  for (const std::size_t i : family.ops(false)) check_case(family, family.graph.data().nodes[i]);
}

TEST_P(GoldenOps, ShapeFunctionsGiveTensorFlowsShapes) {
  const GoldenFamily family(GetParam());
  for (const std::size_t i : family.ops(true)) check_shape(family, family.graph.data().nodes[i]);
}

INSTANTIATE_TEST_SUITE_P(Families, GoldenOps, testing::ValuesIn(golden_families()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace icecore::inline v0
