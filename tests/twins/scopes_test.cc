// The twin of 17_scopes: variable scopes and name scopes, reuse, default names, resource variables,
// partitioned variables, collections.
#include <gtest/gtest.h>
#include <icecore/array.h>
#include <icecore/math.h>
#include <icecore/meta_graph.h>
#include <icecore/saver.h>
#include <icecore/session.h>
#include <icecore/variable.h>

#include "twins/graph_compare.h"
#include "twins/script_folder.h"
#include "twins/values.h"

namespace icecore::inline v0 {
namespace {

Output layer(GraphBuilder& graph, const Output& x, std::int64_t size) {
  const Variable w = get_variable(graph, "w", Shape({x.shape().dim(1), size}),
                                  {.initializer = ones_initializer()});
  const Variable b = get_variable(graph, "b", Shape({size}),
                                  {.initializer = constant_initializer(0.5), .use_resource = true});
  return matmul(graph, x, w) + b;
}

std::vector<std::string> names_of(const std::vector<Variable>& variables) {
  std::vector<std::string> names;
  for (const Variable& variable : variables) names.push_back(variable.name());
  return names;
}

using Names = std::vector<std::string>;

TEST(Scopes, HaveTheScriptsGraphFilesAndValues) {
  GraphBuilder graph(standard_ops());
  make_variable(graph, 1.0);
  make_variable(graph, 2.0);
  {
    const ScopeGuard block = graph.name_scope("block");
    make_variable(graph, 3.0, {.name = "c"});
    get_variable(graph, "d", 4.0);
  }
  {
    const ScopeGuard block = graph.name_scope("block");
    make_variable(graph, 5.0, {.name = "c"});
  }
  std::optional<VariableScope> net;
  Output x, second;
  {
    const ScopeGuard scope = variable_scope(graph, "net");
    net = current_variable_scope(graph);
    x = ones(graph, Shape({2, 3}), DType::kFloat32, "x");
    const Output first = layer(graph, x, 2);
    {
      const ScopeGuard inner = variable_scope(graph, "inner");
      second = layer(graph, first, 2);
    }
    EXPECT_EQ(net->name, "net");
    EXPECT_EQ(net->original_name_scope, "net/");
    EXPECT_EQ(current_variable_scope(graph).name, "net");
  }
  {
    const ScopeGuard scope = variable_scope(graph, "net", {.reuse = Reuse::kTrue});
    const Output shared = layer(graph, x, 2);
    EXPECT_EQ(shared.op().name(), "net_1/add");
    EXPECT_EQ(shared.op().input(1).op().type(), "ReadVariableOp");
    EXPECT_EQ(shared.op().input(1).op().input(0).op().name(), "net/b");
  }
  {
    const ScopeGuard scope = variable_scope(graph, *net, {.reuse = Reuse::kAuto});
    layer(graph, x, 2);
    get_variable(graph, "fresh", Shape({1}),
                 {.initializer = zeros_initializer(), .trainable = false});
  }
  {
    const ScopeGuard scope = variable_scope(graph, *net);
    current_variable_scope(graph).reuse = Reuse::kTrue;
    EXPECT_EQ(get_variable(graph, "w", Shape({3, 2})), get_variable(graph, "w"));
  }
  for (int k = 0; k < 2; ++k) {
    const ScopeGuard unit = variable_scope(graph, "", {.default_name = "unit"});
    get_variable(graph, "v", static_cast<double>(k));
  }
  {
    const Regularizer l2_loss = [](GraphBuilder& g, const Variable& v) {
      return g.apply_op("L2Loss", {Input(v)}).output();
    };
    const ScopeGuard typed = variable_scope(graph, "typed",
                                            {.initializer = constant_initializer(2.0),
                                             .regularizer = l2_loss,
                                             .dtype = DType::kFloat64});
    get_variable(graph, "f", Shape({3}));
  }
  std::optional<Variable> g_or_none;
  {
    const ScopeGuard resources = variable_scope(graph, "", {.use_resource = true});
    g_or_none = get_variable(graph, "g", std::vector<int>{1, 2, 3});
    make_variable(graph, std::vector<double>{0.5, 1.5}, {.name = "h"});
  }
  const Variable g = *g_or_none;
  const Variable r =
      make_variable(graph, 7.0, {.name = "r", .trainable = false, .use_resource = true});
  const Output r2 = assign_add(r, 1.5);
  std::optional<PartitionedVariable> p, q;
  {
    const ScopeGuard parts =
        variable_scope(graph, "parts", {.partitioner = fixed_size_partitioner(2)});
    p = get_partitioned_variable(graph, "p",
                                 reshape(graph, range(graph, 10.0), std::vector<int>{5, 2}));
  }
  {
    const ScopeGuard parts = variable_scope(graph, "parts2");
    q = get_partitioned_variable(
        graph, "q", Shape({2, 4}),
        {.initializer = ones_initializer(), .partitioner = fixed_size_partitioner(4, 1)});
  }
  {
    const ScopeGuard cpu = graph.device("/cpu:0");
    const ScopeGuard placed = variable_scope(graph, "placed");
    get_variable(graph, "s", graph.constant(Tensor::scalar(std::string("text"))));
  }
  const Output joined = p->as_tensor();
  EXPECT_EQ(joined.name(), "parts/p:0");
  EXPECT_EQ(graph.identity(q->as_tensor()).shape(), Shape({2, 4}));
  EXPECT_EQ(names_of(global_variables(graph, "net/")),
            (Names{"net/w:0", "net/b:0", "net/inner/w:0", "net/inner/b:0", "net/fresh:0"}));
  EXPECT_EQ(q->parts[2].data().save_slice->spec(), "2 4 0,2:2,1");

  Saver saver(graph);
  const ScriptFolder folder("scopes");
  Session session(graph);
  EXPECT_EQ(session.run(report_uninitialized_variables(graph)).num_elements(), 23);
  session.run(global_variables_initializer(graph));
  EXPECT_EQ(session.run(report_uninitialized_variables(graph)).num_elements(), 0);
  EXPECT_EQ(elements_text(session.run(second)), "7.5 7.5 7.5 7.5");
  EXPECT_EQ(elements_text(session.run(r2)), "8.5");
  EXPECT_EQ(elements_text(session.run(r)), "8.5");
  saver.save(session, "scopes");
  session.run(assign(r, 0.0));
  session.run(graph.apply_op("Assign",
                             {Input(p->parts[0].ref()), Input(zeros(graph, Shape({3, 2})))},
                             {{"use_locking", false}}));
  session.run(assign(g, std::vector<int>{9, 9, 9}));
  saver.restore(session, "scopes");
  EXPECT_EQ(elements_text(session.run(r)), "8.5");
  EXPECT_EQ(elements_text(session.run("g/Read/ReadVariableOp:0")), "1 2 3");
  EXPECT_EQ(elements_text(session.run("placed/s:0")), "text");
  EXPECT_EQ(elements_text(session.run(p->as_tensor())), "0 1 2 3 4 5 6 7 8 9");

  Saver copied = import_meta_graph("scopes.meta", graph, {.import_scope = "copy"}).value();
  Session fresh(graph);
  copied.restore(fresh, "scopes");
  EXPECT_EQ(elements_text(fresh.run("copy/net/inner/w:0")), "1 1 1 1");
  EXPECT_EQ(elements_text(fresh.run("copy/r/Read/ReadVariableOp:0")), "8.5");
  EXPECT_EQ(difference_from_file("../scripts/expected/17_scopes/graphs/0.pb", graph), "");
}

}  // namespace
}  // namespace icecore::inline v0
