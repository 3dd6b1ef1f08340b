// The nodes that gradient functions of element-wise ops add, against tf.gradients of 1.15.5
// (tests/golden/math_gradients.py).
#include <gtest/gtest.h>
#include <icecore/gradients.h>
#include <icecore/graph_builder.h>

#include <sstream>
#include <string>
#include <vector>

#include "ops/added_nodes.h"

namespace icecore::inline v0 {
namespace {

// "float32:?,3"
Output placeholder(GraphBuilder& graph, const std::string& text) {
  const std::size_t colon = text.find(':');
  const DType dtype = dtype_of_name(text.substr(0, colon)).value();
  const std::string dims = text.substr(colon + 1);
  if (dims == "*") return graph.placeholder(dtype);
  std::vector<std::int64_t> shape;
  std::istringstream words(dims);
  for (std::string dim; std::getline(words, dim, ',');) {
    shape.push_back(dim == "?" ? -1 : std::stoll(dim));
  }
  return graph.placeholder(dtype, Shape(shape));
}

AttrList attrs_of(const std::string& op, DType dtype) {
  if (op == "Cast") return {{"DstT", DType::kFloat64}};
  if (op == "Complex") return {{"Tout", DType::kComplex64}};
  if (op == "Real" || op == "Imag" || op == "ComplexAbs" || op == "Angle") {
    return {{"Tout", dtype == DType::kComplex64 ? DType::kFloat32 : DType::kFloat64}};
  }
  return {};
}

// `title` is what follows "== " in the golden file.
std::string nodes_of(const std::string& title) {
  GraphBuilder graph;
  std::istringstream words(title);
  std::string op, word;
  words >> op;
  std::vector<Output> wanted;
  std::vector<OpInput> arguments;
  std::vector<Input> list;
  while (words >> word) {
    const Output input = placeholder(graph, word);
    arguments.emplace_back(input);
    list.emplace_back(input);
    if (input.dtype() != DType::kBool) wanted.push_back(input);
  }
  if (op == "AddN") arguments = {list};
  const Operation made = graph.apply_op(op, arguments, attrs_of(op, wanted.at(0).dtype()), "op");
  GradientsOptions options;
  const Output y = made.output();
  if (y.dtype() == DType::kComplex64 || y.dtype() == DType::kComplex128) {
    options.grad_ys.push_back(graph.placeholder(y.dtype(), y.shape()));
  }
  const int before = graph.num_operations();
  gradients(graph, {made.output()}, wanted, options);
  return added_nodes(graph, before);
}

TEST(MathGradients, AreTensorFlowsNodeForNode) {
  const auto parts = golden_parts("math_gradients");
  EXPECT_GT(parts.size(), 200u);
  for (const auto& [title, nodes] : parts) {
    SCOPED_TRACE(title);
    EXPECT_EQ(nodes_of(title), nodes);
  }
}

}  // namespace
}  // namespace icecore::inline v0
