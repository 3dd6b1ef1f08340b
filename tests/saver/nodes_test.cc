// The nodes that Savers add, against TensorFlow's: twins of tests/golden/saver.py.
#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/saver.h>
#include <icecore/variable.h>

#include "model/meta_graph.h"
#include "saver/golden_metas.h"
#include "twins/graph_compare.h"

namespace icecore::inline v0 {
namespace {

Partitioner in_parts(std::int64_t parts) {
  return fixed_size_partitioner(parts);
}

// "" where graph and SaverDef are the golden's.
std::string difference(const std::string& name, const Saver& saver) {
  const MetaGraph expected = parse_meta_graph(Span::of(golden_file(name)));
  std::string text;
  for (const std::string& line : graph_differences(expected.graph, saver.graph().graph())) {
    text += line + "\n";
  }
  if (*expected.saver != saver.saver_def()) text += "the SaverDefs differ\n";
  return text;
}

Variable loose_variable(GraphBuilder& graph) {
  const Output any = graph.placeholder(DType::kFloat32, Shape::unknown_rank(), "any");
  return make_variable(graph, any, {.name = "loose", .validate_shape = false});
}

TEST(SaverNodes, OfPlainVariablesAreTensorFlows) {
  GraphBuilder graph(standard_ops());
  make_variable(graph, std::vector<double>{1, 2}, {.name = "b"});
  make_variable(graph, 3, {.name = "B", .trainable = false});
  {
    const ScopeGuard scope = variable_scope(graph, "s");
    get_variable(graph, "a", Shape({2, 3}), {.dtype = DType::kFloat64});
  }
  get_variable(graph, "local", Shape({1}), {.collections = {"local_variables"}});
  EXPECT_EQ(difference("plain.meta", Saver(graph)), "");
}

TEST(SaverNodes, OfResourceVariablesAreTensorFlows) {
  GraphBuilder graph(standard_ops());
  get_variable(graph, "r", Shape({2}), {.use_resource = true});
  get_variable(graph, "v", Shape({2}));
  {
    const ScopeGuard cpu = graph.device("/cpu:0");
    get_variable(graph, "placed", Shape({3}), {.use_resource = true});
  }
  EXPECT_EQ(difference("resource.meta", Saver(graph)), "");
}

TEST(SaverNodes, OfPartitionedVariablesAreTensorFlows) {
  GraphBuilder graph(standard_ops());
  get_partitioned_variable(graph, "w", Shape({4, 2}), {.partitioner = in_parts(2)});
  get_partitioned_variable(graph, "c", Shape({12, 3}), {.partitioner = in_parts(12)});
  get_partitioned_variable(graph, "r", Shape({3, 2}),
                           {.use_resource = true, .partitioner = in_parts(2)});
  get_variable(graph, "a", Shape({2}));
  EXPECT_EQ(difference("partitioned.meta", Saver(graph)), "");
}

TEST(SaverNodes, ThatReshapeAreTensorFlows) {
  GraphBuilder graph(standard_ops());
  get_variable(graph, "v", Shape({2, 2}));
  get_variable(graph, "r", Shape({2}), {.use_resource = true});
  loose_variable(graph);
  EXPECT_EQ(difference("reshape.meta", Saver(graph, {.reshape = true})), "");
}

TEST(SaverNodes, ThatReshapeKeepLongDimensions) {
  GraphBuilder graph(standard_ops());
  constexpr std::int64_t kLong = std::int64_t{3} << 32;
  make_variable(graph, graph.placeholder(DType::kFloat32, Shape({kLong, 2})), {.name = "long"});
  Saver(graph, {.reshape = true});
  const Operation reshape = graph.get_operation_by_name("save/Reshape");
  EXPECT_EQ(reshape.output(0).shape(), Shape({kLong, 2}));
  EXPECT_EQ(reshape.input(1).dtype(), DType::kInt64);
}

TEST(SaverNodes, OfUnknownShapesAreTensorFlows) {
  GraphBuilder graph(standard_ops());
  loose_variable(graph);
  get_variable(graph, "scalar", Shape());
  const Saver saver(graph, {.max_to_keep = {}, .keep_checkpoint_every_n_hours = 1.5});
  EXPECT_EQ(difference("loose.meta", saver), "");
}

TEST(SaverNodes, OfSeveralSaversAreTensorFlows) {
  GraphBuilder graph(standard_ops());
  const Variable a = get_variable(graph, "a", Shape({1}));
  const Variable b = get_variable(graph, "b", Shape({1}), {.use_resource = true});
  const PartitionedVariable c =
      get_partitioned_variable(graph, "c", Shape({4}), {.partitioner = in_parts(2)});
  Saver(graph, {.var_list = SaveableList{b, a}});
  Saver(graph, {.var_list = SaveableMap{{"z", a}, {"y", b}, {"x", c}}, .max_to_keep = 2});
  {
    const ScopeGuard scope = graph.name_scope("sc");
    Saver(graph, {.var_list = SaveableList{c}});
  }
  Saver(graph,
        {.var_list = SaveableList{c.parts[0], c.parts[1]}, .name = "foo", .filename = "bar"});
  const Saver last(graph, {.var_list = SaveableMap{{"part", std::vector<Variable>{c.parts[0]}},
                                                   {"tensor", graph.get_tensor_by_name("a:0")}}});
  EXPECT_EQ(difference("several.meta", last), "");
}

TEST(SaverNodes, OfTheOldFormatAreTensorFlows) {
  GraphBuilder graph(standard_ops());
  get_variable(graph, "a", Shape({1}));
  get_partitioned_variable(graph, "b", Shape({4}), {.partitioner = in_parts(2)});
  const Saver saver(graph, {.write_version = SaverDef::Version::kV1});
  EXPECT_EQ(difference("v1.meta", saver), "");
}

TEST(SaverNodes, ThatWriteAShardADeviceAreTensorFlows) {
  GraphBuilder graph(standard_ops());
  {
    const ScopeGuard cpu = graph.device("/cpu:0");
    get_variable(graph, "a", Shape({1}));
    get_variable(graph, "r", Shape({1}), {.use_resource = true});
  }
  {
    const ScopeGuard worker = graph.device("/job:worker/task:1/gpu:0");
    get_variable(graph, "b", Shape({1}));
  }
  get_variable(graph, "c", Shape({1}));
  EXPECT_EQ(difference("sharded.meta", Saver(graph, {.sharded = true})), "");
}

TEST(SaverNodes, ThatWriteTheOldFormatInShardsAreTensorFlows) {
  GraphBuilder graph(standard_ops());
  {
    const ScopeGuard cpu = graph.device("/cpu:0");
    get_variable(graph, "a", Shape({1}));
  }
  get_variable(graph, "c", Shape({1}));
  const Saver saver(graph, {.sharded = true, .write_version = SaverDef::Version::kV1});
  EXPECT_EQ(difference("sharded_v1.meta", saver), "");
}

TEST(SaverNodes, NeedVariables) {
  const GraphBuilder graph(standard_ops());
  const Error none = refusal([&] { Saver saver(graph); });
  EXPECT_EQ(none.misuse(), Misuse::kValue);
  EXPECT_EQ(none.message(), "No variables to save");
  EXPECT_EQ(refusal([&] { Saver(graph, {.var_list = SaveableList{}}); }).message(),
            "No variables to save");
  EXPECT_TRUE(Saver(graph, {.allow_empty = true}).is_empty());
}

TEST(SaverNodes, AreOfVariablesAlone) {
  GraphBuilder graph(standard_ops());
  const Output c = graph.constant(Tensor::of<float>(Shape({2}), {1, 2}));
  const Error listed = refusal([&] { Saver(graph, {.var_list = SaveableList{c}}); });
  EXPECT_EQ(listed.misuse(), Misuse::kType);
  EXPECT_EQ(listed.message(),
            "Variable to save is not a Variable: Tensor(\"Const:0\", shape=(2,), dtype=float32)");
  const Error mapped = refusal([&] { Saver(graph, {.var_list = SaveableMap{{"c", c}}}); });
  EXPECT_EQ(mapped.misuse(), Misuse::kType);
  EXPECT_EQ(mapped.message(),
            "names_to_saveables must be a dict mapping string names to Tensors/Variables. Not a "
            "variable: Tensor(\"Const:0\", shape=(2,), dtype=float32)");
}

TEST(SaverNodes, AreOfVariablesOfOneGraph) {
  GraphBuilder graph(standard_ops()), another(standard_ops());
  const Variable v = get_variable(another, "v", Shape({1}));
  const Error error = refusal([&] { Saver(graph, {.var_list = SaveableList{v}}); });
  EXPECT_EQ(error.misuse(), Misuse::kValue);
  EXPECT_EQ(error.message(), "The variable v:0 is of another graph than the Saver's.");
}

TEST(SaverNodes, NameEachVariableOnce) {
  GraphBuilder graph(standard_ops());
  const Variable v = get_variable(graph, "v", Shape({1}));
  const Error keys = refusal([&] { Saver(graph, {.var_list = SaveableMap{{"x", v}, {"y", v}}}); });
  EXPECT_EQ(keys.misuse(), Misuse::kValue);
  EXPECT_EQ(keys.message(), "The same saveable will be restored with two names: y");
  const Error twice = refusal([&] { Saver(graph, {.var_list = SaveableList{v, v}}); });
  EXPECT_EQ(twice.misuse(), Misuse::kValue);
  EXPECT_EQ(twice.message(), "At least two variables have the same name: v");
}

TEST(SaverNodes, CanBeMadeLater) {
  GraphBuilder graph(standard_ops());
  Saver saver(graph, {.defer_build = true});
  const Error early = refusal([&] { saver.saver_def(); });
  EXPECT_EQ(early.misuse(), Misuse::kRuntime);
  EXPECT_EQ(early.message(), "`build()` should be called before save if defer_build==True");
  const Variable v = get_variable(graph, "v", Shape({1}));
  saver.build();
  saver.build();
  EXPECT_EQ(saver.saver_def().restore_op_name, "save/restore_all");
  EXPECT_FALSE(graph.find_operation("save_1/Assign"));
  const Error both =
      refusal([&] { Saver(graph, {.var_list = SaveableList{v}, .defer_build = true}); });
  EXPECT_EQ(both.misuse(), Misuse::kValue);
}

TEST(SaverNodes, AreOnlyNamedByASaverDef) {
  const GraphBuilder graph(standard_ops());
  const SaverDef def{.filename_tensor_name = "save/Const:0",
                     .save_tensor_name = "save/control_dependency:0",
                     .restore_op_name = "save/restore_all",
                     .max_to_keep = 3,
                     .version = SaverDef::Version::kV2};
  const Saver saver = Saver::from_def(graph, def, {.name = "S"});
  EXPECT_EQ(graph.num_operations(), 0);
  EXPECT_EQ(saver.saver_def().filename_tensor_name, "S/save/Const:0");
  EXPECT_EQ(saver.saver_def().save_tensor_name, "S/save/control_dependency:0");
  EXPECT_EQ(saver.saver_def().restore_op_name, "S/save/restore_all");
  EXPECT_EQ(saver.saver_def().max_to_keep, 3);
  EXPECT_EQ(decode_saver_def(encode_saver_def(def)), def);
  EXPECT_EQ(refusal([&] { Saver::from_def(graph, {}); }).misuse(), Misuse::kValue);
}

}  // namespace
}  // namespace icecore::inline v0
