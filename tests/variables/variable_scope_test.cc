#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/variable.h>

#include "graph/failure.h"
#include "twins/graph_compare.h"

namespace icecore::inline v0 {
namespace {

// The twin of make_variable_scopes in tests/golden/built_graphs.py.
TEST(VariableScopes, NameVariablesAndOpsAsTensorFlow) {
  GraphBuilder graph(standard_ops());
  const auto get = [&](std::string_view name, const Shape& shape = {1}) {
    return get_variable(graph, name, shape);
  };
  std::optional<VariableScope> first;
  {
    const ScopeGuard names = graph.name_scope("names");
    get("outside");
    const ScopeGuard scope = variable_scope(graph, "first");
    first = current_variable_scope(graph);
    get("v");
    graph.no_op();
    const ScopeGuard inner = variable_scope(graph, "inner", {.initializer = ones_initializer()});
    get("v");
    make_variable(graph, 1.0, {.name = "plain"});
  }
  {
    const ScopeGuard scope = variable_scope(graph, "first");
    graph.no_op();
    get("w");
  }
  {
    const ScopeGuard scope = variable_scope(graph, *first, {.reuse = Reuse::kTrue});
    get("v");
    graph.no_op();
  }
  {
    const ScopeGuard scope = variable_scope(graph, *first, {.auxiliary_name_scope = false});
    graph.no_op("flat");
    get("x");
  }
  {
    const ScopeGuard around = graph.name_scope("around");
    const ScopeGuard scope = variable_scope(graph, "aux", {.auxiliary_name_scope = false});
    graph.no_op();
    get("y");
  }
  for (int i = 0; i < 3; ++i) {
    const ScopeGuard scope = variable_scope(graph, "", {.default_name = "unit"});
    get("v");
    const ScopeGuard inner = variable_scope(graph, "", {.default_name = "unit"});
    get("v");
  }
  {
    const ScopeGuard scope = variable_scope(graph, "a/b");
    graph.no_op("o");
    get("v");
  }
  {
    const ScopeGuard a = variable_scope(graph, "a");
    const ScopeGuard b = variable_scope(graph, "b", {.reuse = Reuse::kAuto});
    graph.no_op("o");
    get("v");
    get("w");
  }
  {
    const ScopeGuard typed = variable_scope(
        graph, "typed",
        {.regularizer = l2_regularizer(0.5), .use_resource = true, .dtype = DType::kFloat64});
    get("v", {2});
    const ScopeGuard deeper = variable_scope(graph, "deeper", {.use_resource = false});
    get("v", {2});
    const ScopeGuard unregularized =
        variable_scope(graph, "", {.regularizer = l2_regularizer(0.0)});
    get("w", {2});
  }
  {
    const ScopeGuard scope = variable_scope(graph, "reusing");
    get("v");
    current_variable_scope(graph).reuse = Reuse::kTrue;
    get_variable(graph, "v");
    const ScopeGuard sub = variable_scope(graph, "sub");
    EXPECT_EQ(current_variable_scope(graph).reuse, Reuse::kTrue);
  }
  {
    const ScopeGuard scope = variable_scope(graph, "reusing");
    {
      const ScopeGuard jump = variable_scope(graph, *first);
      get("jumped");
      const ScopeGuard unit = variable_scope(graph, "", {.default_name = "unit"});
      get("v");
    }
    get("back");
  }
  {
    const ScopeGuard cpu = graph.device("/cpu:0");
    const ScopeGuard after = graph.control_dependencies({graph.no_op()});
    const ScopeGuard scope = variable_scope(graph, "placed");
    get("v");
    get_variable(graph, "r", Shape({1}), {.use_resource = true});
  }
  get_local_variable(graph, "local", Shape({2}), {.initializer = zeros_initializer()});
  EXPECT_EQ(difference_from_file("golden/built/variable_scopes.pb", graph), "");
}

TEST(VariableScopes, SayWhereTheyAre) {
  GraphBuilder graph(standard_ops());
  const ScopeGuard names = graph.name_scope("names");
  const ScopeGuard net = variable_scope(graph, "net");
  EXPECT_EQ(net.name(), "names/net/");
  const ScopeGuard inner = variable_scope(graph, "inner", {.dtype = DType::kFloat64});
  EXPECT_EQ(current_variable_scope(graph).name, "net/inner");
  EXPECT_EQ(current_variable_scope(graph).original_name_scope, "names/net/inner/");
  EXPECT_EQ(current_variable_scope(graph).dtype, DType::kFloat64);
  EXPECT_EQ(current_variable_scope(graph).reuse, Reuse::kFalse);
}

TEST(VariableScopes, OfDefaultNamesAreNotReused) {
  GraphBuilder graph(standard_ops());
  EXPECT_EQ(failure([&] {
              (void)variable_scope(graph, "", {.reuse = Reuse::kTrue, .default_name = "unit"});
            }),
            "ValueError: reuse=True cannot be used without a name_or_scope");
}

TEST(Regularizers, AddLossesToTheirCollection) {
  GraphBuilder graph(standard_ops());
  get_variable(graph, "v", Shape({2}), {.regularizer = l2_regularizer(0.5)});
  get_variable(graph, "w", Shape({2}), {.regularizer = l2_regularizer(0)});
  const std::vector<CollectionItem> losses = graph.collection(GraphKeys::kRegularizationLosses);
  ASSERT_EQ(losses.size(), 1U);
  EXPECT_EQ(std::get<Output>(losses[0].value).name(), "v/Regularizer/l2_regularizer:0");
  EXPECT_EQ(failure([] { l2_regularizer(-1); }),
            "ValueError: Setting a scale less than 0 on a regularizer: -1.0.");
}

}  // namespace
}  // namespace icecore::inline v0
