// The nodes that gradient functions add, against tf.gradients of 1.15.5
// (tests/golden/op_gradient_nodes.py).
#include <gtest/gtest.h>
#include <icecore/gradients.h>
#include <icecore/graph_builder.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "graph/attr_codec.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "ops/golden_family.h"

namespace icecore::inline v0 {
namespace {

struct Wanted {
  std::string lines;
  std::vector<std::string> ops;
};

std::string path_of(const std::string& family) {
  return std::string(ICECORE_TEST_DATA) + "/golden/ops/" + family + ".gradients.txt";
}

std::map<std::string, Wanted> wanted_of(const std::string& family) {
  std::ifstream file(path_of(family));
  std::map<std::string, Wanted> cases;
  Wanted* current = nullptr;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("== ")) {
      current = &cases[line.substr(3)];
      continue;
    }
    current->lines += line + "\n";
    const std::size_t space = line.find(' ') + 1;
    current->ops.push_back(line.substr(space, line.find(' ', space) - space));
  }
  return cases;
}

bool is_differentiable(const Output& output) {
  switch (output.dtype()) {
    case DType::kFloat16:
    case DType::kFloat32:
    case DType::kFloat64:
    case DType::kBFloat16:
    case DType::kComplex64:
    case DType::kComplex128:
      return true;
    default:
      return false;
  }
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ",") + name;
  return text;
}

// The nodes of the case's gradients, written as in the file.
std::string nodes_of(const GoldenFamily& family, const std::string& name, const NodeDef& def) {
  GraphBuilder graph;
  const auto constant = [&](const std::string& node) {
    return graph.constant(*family.constant(node), node + "/");
  };
  std::vector<Output> inputs, xs, ys;
  for (const std::string_view input : def.inputs) {
    inputs.push_back(constant(std::string(input)));
    if (is_differentiable(inputs.back())) xs.push_back(inputs.back());
  }
  AttrList attrs;
  const auto signature = standard_ops().signature(def.op);
  for (const auto& [key, value] : def.attrs) {
    if (const AttrSignature* attr = signature->attr(key)) {
      attrs.emplace_back(std::string(key), decode_attr(value, attr->kind));
    }
  }
  const Operation op = graph.create_op(def.op, inputs, attrs, std::string(def.name) + "/");
  GradientsOptions options;
  for (const Output& output : op.outputs()) {
    if (!is_differentiable(output)) continue;
    ys.push_back(output);
    options.grad_ys.push_back(constant(name + "/dy" + std::to_string(ys.size() - 1)));
  }
  const int before = graph.num_operations();
  gradients(graph, ys, xs, options);
  std::string text;
  for (int id = before; id < graph.num_operations(); ++id) {
    const Operation node = graph.operation(id);
    std::vector<std::string> data, control;
    for (const Output& input : node.inputs()) data.push_back(input.name());
    for (const Operation& input : node.control_inputs()) control.push_back("^" + input.name());
    text += node.name() + " " + node.type() + " " + joined(data) + " " + joined(control) + "\n";
  }
  const std::string scope = "gradients/" + name + "/op_grad/";
  for (std::size_t at = 0; (at = text.find(scope, at)) != std::string::npos;) {
    text.replace(at, scope.size(), "@");
  }
  return text;
}

class GoldenGradients : public testing::TestWithParam<std::string> {};

TEST_P(GoldenGradients, AddTensorFlowsNodes) {
  const GoldenFamily family(GetParam());
  const std::map<std::string, Wanted> cases = wanted_of(GetParam());
  std::size_t seen = 0;
  for (const std::size_t i : family.ops(false)) {
    const NodeDef def = decode_node(family.graph.data().nodes[i]);
    const std::string name(def.name.substr(0, def.name.size() - 3));
    const auto wanted = cases.find(name);
    if (wanted == cases.end()) continue;
    // What is known of shapes decides which nodes are constants, so every op must have its rule.
    bool known = true;
    for (const std::string& op : wanted->second.ops) {
      known = known && standard_ops().find(op) != nullptr;
    }
    if (!known) continue;
    SCOPED_TRACE(name);
    EXPECT_EQ(nodes_of(family, name, def), wanted->second.lines);
    ++seen;
  }
  EXPECT_GT(seen, 0U);
}

std::vector<std::string> families_with_gradients() {
  std::vector<std::string> families;
  for (const std::string& family : golden_families()) {
    if (std::filesystem::exists(path_of(family))) families.push_back(family);
  }
  return families;
}

INSTANTIATE_TEST_SUITE_P(Families, GoldenGradients, testing::ValuesIn(families_with_gradients()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace icecore::inline v0
