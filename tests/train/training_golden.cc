#include "train/training_golden.h"

#include <icecore/array.h>
#include <icecore/math.h>
#include <icecore/ops.h>
#include <icecore/random.h>

#include <algorithm>
#include <cmath>

#include "graph/number_tensor.h"
#include "twins/graph_compare.h"

namespace icecore::inline v0 {
namespace {

constexpr const char* kFolder = "golden/training/";

std::string compare(const std::string& key, const Tensor& wanted, const Tensor& found) {
  if (wanted.dtype() != found.dtype() || wanted.shape() != found.shape()) {
    return key + " is " + to_string(found.dtype()) + to_string(found.shape()) + ", expected " +
           to_string(wanted.dtype()) + to_string(wanted.shape()) + "\n";
  }
  for (std::int64_t i = 0; i < wanted.num_elements(); ++i) {
    const double x = number_at(wanted, i).d, y = number_at(found, i).d;
    if (!(std::abs(x - y) <= 1e-5 + 1e-4 * std::abs(x))) {
      return key + "[" + std::to_string(i) + "] is " + std::to_string(y) + ", expected " +
             std::to_string(x) + "\n";
    }
  }
  return "";
}

Tensor numbers(DType dtype, const Shape& shape, const std::vector<double>& values) {
  Tensor doubles(DType::kFloat64, shape);
  std::ranges::copy(values, doubles.mutable_values<double>().begin());
  return converted(doubles, dtype).value();
}

}  // namespace

std::string difference_from_golden(const std::string& name, const GraphBuilder& graph) {
  return difference_from_file(kFolder + name + ".pb", graph);
}

std::string difference_after_training(const std::string& name, const GraphBuilder& graph, int steps,
                                      const std::vector<Operation>& operations) {
  Session session(graph);
  for (const Variable& variable : global_variables(graph)) session.run(variable.initializer());
  for (int step = 0; step < steps; ++step) {
    for (const Operation& operation : operations) session.run(operation);
  }
  std::string differences;
  const Graph expected = graph_in_file(kFolder + name + ".values.pb");
  Session values(expected);
  for (const GraphNode& node : expected.nodes()) {
    std::string fetch = node.name + ":0";
    for (const Variable& variable : global_variables(graph)) {
      if (variable.op().name() == node.name) fetch = variable.value_name();
    }
    differences += compare(node.name, values.run(node.name + ":0"), session.run(fetch));
  }
  return differences;
}

std::string difference_from_value(const std::string& name, const std::string& key,
                                  const Tensor& found) {
  Session values(graph_in_file(kFolder + name + ".values.pb"));
  return compare(key, values.run(key + ":0"), found);
}

Output golden_network(GraphBuilder& graph, bool use_resource, DType dtype) {
  std::optional<Variable> table, w, b;
  {
    const ScopeGuard scope =
        variable_scope(graph, "net", {.use_resource = use_resource, .dtype = dtype});
    table = get_variable(
        graph, "table",
        numbers(dtype, Shape({4, 3}), {-1, -.75, -.5, -.25, 0, .25, .5, .75, 1, 1.25, 1.5, 1.75}));
    w = get_variable(graph, "w", numbers(dtype, Shape({3, 2}), {.5, -.25, .125, 1, -1, .75}));
    b = get_variable(graph, "b", Shape({2}), {.initializer = zeros_initializer()});
  }
  const std::vector<int> indices = {1, 3, 1};
  const Output rows =
      use_resource
          ? graph
                .apply_op("ResourceGather", {Input(table->ref()), Input(indices)},
                          {{"dtype", dtype}}, "rows")
                .output()
          : graph.apply_op("GatherV2", {Input(*table), Input(indices), Input(0)}, {}, "rows")
                .output();
  const Output y = ops::tanh(graph, matmul(graph, rows, *w) + *b);
  const Output error = y - numbers(dtype, Shape({3, 2}), {1, 0, 0.5, -1, 0, 0.25});
  return reduce_sum(graph, ops::square(graph, error), {.name = "loss"});
}

void add_random_op(GraphBuilder& graph, std::optional<std::int64_t> seed) {
  random_uniform(graph, Shape({2}), 0, 1, {.seed = seed, .name = "after"});
}

}  // namespace icecore::inline v0
