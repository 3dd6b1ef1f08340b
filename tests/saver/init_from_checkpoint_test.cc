#include <gtest/gtest.h>
#include <icecore/init_from_checkpoint.h>
#include <icecore/meta_graph.h>
#include <icecore/variable.h>

#include "io/memory_file_system.h"
#include "model/meta_graph.h"
#include "saver/golden_metas.h"
#include "twins/graph_compare.h"

namespace icecore::inline v0 {
namespace {

class InitFromCheckpoint : public testing::Test {
 protected:
  InitFromCheckpoint() {
    for (const char* name : {"m-333.index", "m-333.data-00000-of-00001", "checkpoint"}) {
      files_.put(std::string("disk/") + name, golden_file(std::string("disk/") + name));
    }
  }
  Error refused(const AssignmentMap& map) {
    return refusal([&] { init_from_checkpoint(files_, graph_, "disk/m-333", map); });
  }

  MemoryFileSystem files_;
  GraphBuilder graph_{standard_ops()};
};

// The twin of initialized() in tests/golden/saver.py.
TEST_F(InitFromCheckpoint, AddsTheNodesThatTensorFlowAdds) {
  get_variable(graph_, "mine", Shape({3}));
  const Variable b = get_variable(
      graph_, "b", Shape({2, 2}),
      {.dtype = DType::kString, .initializer = zeros_initializer(), .use_resource = true});
  get_partitioned_variable(graph_, "net/p", Shape({5, 2}),
                           {.dtype = DType::kFloat64, .partitioner = fixed_size_partitioner(2)});
  {
    const ScopeGuard scope = variable_scope(graph_, "scope");
    get_variable(graph_, "a", Shape({3}));
    get_variable(graph_, "global_step", Shape(),
                 {.dtype = DType::kInt32, .initializer = zeros_initializer()});
  }
  {
    const ScopeGuard gpu = graph_.device("/device:GPU:0");
    get_variable(graph_, "placed", Shape({3}), {.use_resource = true});
  }
  init_from_checkpoint(files_, graph_, "disk/m-333",
                       {{"a", "mine"}, {"b", b}, {"p", "net/p"}, {"/", "scope/"}});
  init_from_checkpoint(files_, graph_, "disk/m-333", {{"a", "placed"}});
  global_variables_initializer(graph_);
  const MetaGraph expected = parse_meta_graph(Span::of(golden_file("initialized.meta")));
  std::string differences;
  for (const std::string& line : graph_differences(expected.graph, graph_.graph())) {
    differences += line + "\n";
  }
  EXPECT_EQ(differences, "");
  // So do the VariableDefs.
  const MetaGraph actual = parse_meta_graph(Span::of(export_meta_graph(graph_)));
  EXPECT_EQ(actual.variables->size(), expected.variables->size());
  EXPECT_EQ(b.initial_value().op().type(), "RestoreV2");
  EXPECT_EQ(b.initializer().type(), "AssignVariableOp");
}

TEST_F(InitFromCheckpoint, TakesTheLatestOfAFolder) {
  const Variable a = get_variable(graph_, "a", Shape({3}));
  init_from_checkpoint(files_, graph_, "disk", {{"a", a}});
  const Output prefix = a.initial_value().op().input(0);
  EXPECT_EQ(graph_.constant_value(prefix)->strings()[0], "disk/m-333");
  files_.create_folder("empty");
  const Error none = refusal([&] { init_from_checkpoint(files_, graph_, "empty", {{"a", a}}); });
  EXPECT_EQ(none.misuse(), Misuse::kValue);
}

TEST_F(InitFromCheckpoint, RefusesWhatDoesntFit) {
  const Variable a = get_variable(graph_, "a", Shape({4}));
  const Error shape = refused({{"a", a}});
  EXPECT_EQ(shape.misuse(), Misuse::kValue);
  EXPECT_EQ(shape.message(),
            "Shape of variable a:0 ((4,)) doesn't match with shape of tensor a ([3]) from "
            "checkpoint reader.");
  const Error missing = refused({{"zz", a}});
  EXPECT_EQ(missing.misuse(), Misuse::kValue);
  EXPECT_TRUE(missing.message().starts_with(
      "Tensor zz is not found in disk/m-333 checkpoint {'a': [3], 'b': [2, 2], "))
      << missing.message();
  EXPECT_EQ(refused({{"a", "scope/"}}).message(),
            "Assignment map with scope only name scope should map to scope only a. Should be "
            "'scope/': 'other_scope/'.");
  {
    const ScopeGuard scope = variable_scope(graph_, "scope");
    get_variable(graph_, "other", Shape({3}));
  }
  EXPECT_EQ(refused({{"/", "scope/"}}).message(),
            "Tensor other (other in /) is not found in disk/m-333 checkpoint");
}

}  // namespace
}  // namespace icecore::inline v0
