// Meta graphs out and in, against TensorFlow's: twins of tests/golden/saver.py.
#include <gtest/gtest.h>
#include <icecore/array.h>
#include <icecore/checkpoint.h>
#include <icecore/import_graph_def.h>
#include <icecore/math.h>
#include <icecore/meta_graph.h>
#include <icecore/saver.h>
#include <icecore/variable.h>

#include "graph/failure.h"
#include "graph/node_text.h"
#include "io/memory_file_system.h"
#include "proto/schema.h"
#include "proto/text_printer.h"
#include "saver/golden_metas.h"

namespace icecore::inline v0 {
namespace {

std::string text_of(const std::string& meta_graph) {
  return print_text(Span::of(meta_graph), message_schema("MetaGraphDef"));
}

// The first line in which two texts differ, with what stands around it.
std::string text_difference(const std::string& expected, const std::string& actual) {
  std::size_t at = 0;
  while (at < expected.size() && at < actual.size() && expected[at] == actual[at]) ++at;
  if (at == expected.size() && at == actual.size()) return "";
  const std::size_t from = at < 300 ? 0 : at - 300;
  return "expected: …" + expected.substr(from, 400) + "\nactual: …" + actual.substr(from, 400);
}

struct WithCollections {
  WithCollections() {
    const Output x = graph.placeholder(DType::kFloat32, Shape({-1, 2}), "x");
    const Variable w = get_variable(graph, "w", Shape({2, 2}), {.use_resource = true});
    const Variable step = get_or_create_global_step(graph);
    const Output y = matmul(graph, x, w, {.name = "y"});
    const PartitionedVariable p = get_partitioned_variable(
        graph, "p", Shape({4}), {.partitioner = fixed_size_partitioner(2)});
    graph.add_to_collection("inputs", {x});
    graph.add_to_collection("ops", {y.op()});
    graph.add_to_collection("ops", {x});
    graph.add_to_collection("mine", {p.parts[0]});
    graph.add_to_collection("text", {std::string("one")});
    graph.add_to_collection("text", {std::string("two\xff")});
    graph.add_to_collection("numbers", {std::int64_t{3}});
    graph.add_to_collection("numbers", {std::int64_t{-4}});
    graph.add_to_collection("flags", {true});
    graph.add_to_collection("floats", {0.1});
    graph.add_to_collection("floats", {2.0});
    graph.add_to_collection("mixed", {std::int64_t{1}});
    graph.add_to_collection("mixed", {std::string("one")});
    graph.add_to_collection("model_variables", {w});
    saver.emplace(graph, SaverOptions{.var_list = SaveableList{w, step}});
    graph.add_to_collection("savers", {encode_saver_def(saver->saver_def())});
  }
  GraphBuilder graph{standard_ops()};
  std::optional<Saver> saver;
};

TEST(ExportMetaGraph, IsTensorFlowsMessage) {
  WithCollections with;
  std::vector<std::string> warnings;
  ExportMetaGraphOptions options;
  options.saver_def = with.saver->saver_def();
  options.warn = [&](const std::string& message) { warnings.push_back(message); };
  const std::string message = export_meta_graph(with.graph, options);
  EXPECT_EQ(text_difference(text_of(golden_file("collections.meta")), text_of(message)), "");
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_TRUE(warnings[0].starts_with("Issue encountered when serializing mixed."));
}

// What TensorFlow exported, read and exported again, is what it was; or where TensorFlow itself
// changes it on that way, what TensorFlow then exports.
TEST(ImportMetaGraph, AndExportAgainGiveWhatTensorFlowGives) {
  for (const char* name : {"plain", "resource", "partitioned", "reshape", "loose", "several", "v1",
                           "sharded", "sharded_v1", "collections"}) {
    const std::string original = golden_file(std::string(name) + ".meta");
    GraphBuilder graph(standard_ops());
    const std::optional<Saver> saver = import_meta_graph_def(original, graph);
    ASSERT_TRUE(saver);
    ExportMetaGraphOptions options;
    options.saver_def = saver->saver_def();
    const std::string again =
        std::string(ICECORE_TEST_DATA) + "/golden/saver/" + name + "_again.meta";
    const std::string expected = posix_file_system().is_file(again)
                                     ? golden_file(std::string(name) + "_again.meta")
                                     : original;
    EXPECT_EQ(text_difference(text_of(expected), text_of(export_meta_graph(graph, options))), "")
        << name;
  }
}

TEST(ImportMetaGraph, RebuildsCollections) {
  GraphBuilder graph(standard_ops());
  import_meta_graph_def(golden_file("collections.meta"), graph);
  EXPECT_EQ(global_variables(graph).size(), 4u);
  EXPECT_EQ(trainable_variables(graph).size(), 3u);
  EXPECT_EQ(std::get<Output>(graph.collection("inputs")[0].value).name(), "x:0");
  EXPECT_EQ(std::get<Operation>(graph.collection("ops")[0].value).name(), "y");
  EXPECT_EQ(std::get<std::int64_t>(graph.collection("numbers")[1].value), -4);
  EXPECT_EQ(std::get<double>(graph.collection("floats")[1].value), 2.0);
  EXPECT_EQ(std::get<std::string>(graph.collection("text")[1].value), "two\xff");
  EXPECT_TRUE(graph.collection("mixed").empty());
  EXPECT_EQ(std::get<Variable>(graph.collection("model_variables")[0].value).name(), "w:0");
}

TEST(ImportMetaGraph, RebuildsVariablesOfMetrics) {
  GraphBuilder graph(standard_ops()), again(standard_ops());
  get_variable(graph, "total", Shape({}),
               {.trainable = false, .collections = {"local_variables", "metric_variables"}});
  import_meta_graph_def(export_meta_graph(graph), again);
  ASSERT_EQ(again.collection("metric_variables").size(), 1u);
  EXPECT_EQ(std::get<Variable>(again.collection("metric_variables")[0].value).name(), "total:0");
}

TEST(ImportMetaGraph, PutsAScopeBeforeEverything) {
  GraphBuilder graph(standard_ops());
  ImportMetaGraphOptions options;
  options.import_scope = "S";
  const auto first = import_meta_graph_def(golden_file("plain.meta"), graph, options);
  const auto second = import_meta_graph_def(golden_file("plain.meta"), graph, options);
  EXPECT_EQ(first->saver_def().restore_op_name, "S/save/restore_all");
  EXPECT_EQ(second->saver_def().restore_op_name, "S_1/save/restore_all");
  EXPECT_EQ(second->saver_def().filename_tensor_name, "S_1/save/Const:0");
  const std::vector<Variable> variables = global_variables(graph);
  ASSERT_EQ(variables.size(), 6u);
  EXPECT_EQ(variables[0].name(), "S/b:0");
  EXPECT_EQ(variables[3].name(), "S_1/b:0");
}

TEST(ImportMetaGraph, SavesAndRestoresByTheGraphsOwnNodes) {
  MemoryFileSystem files;
  GraphBuilder graph(standard_ops());
  ImportMetaGraphOptions options;
  options.import_scope = "S";
  options.saver.files = &files;
  std::optional<Saver> saver = import_meta_graph_def(golden_file("plain.meta"), graph, options);
  VariableMap values;
  values.assign("S/b", Tensor::of<float>(Shape({2}), {1, 2}));
  values.assign("S/B_1", Tensor::scalar(std::int32_t{3}));
  values.assign("S/s/a", Tensor::of<double>(Shape({2, 3}), {1, 2, 3, 4, 5, 6}));
  saver->save(values, "m");
  const Checkpoint saved = Checkpoint::open(files, "m");
  // The keys are those of the graph that was imported.
  EXPECT_EQ(saved.read("B_1").item<std::int32_t>(), 3);
  VariableMap restored;
  saver->restore(restored, "m");
  EXPECT_EQ(restored.initialized_variables(), values.initialized_variables());
}

TEST(ImportMetaGraph, GivesASaverOnlyWhereThereAreVariables) {
  GraphBuilder graph(standard_ops());
  get_variable(graph, "v", Shape({1}));
  const std::string without_saver = export_meta_graph(graph);
  GraphBuilder second(standard_ops());
  EXPECT_EQ(import_meta_graph_def(without_saver, second)->saver_def().restore_op_name,
            "save/restore_all");
  GraphBuilder bare(standard_ops());
  bare.constant(Tensor::scalar(1.0F));
  const std::string without_variables = export_meta_graph(bare);
  GraphBuilder third(standard_ops());
  EXPECT_FALSE(import_meta_graph_def(without_variables, third));
}

TEST(ImportMetaGraph, ReplacesInputsAndClearsDevices) {
  WithCollections with;
  GraphBuilder graph(standard_ops());
  const Output mine = graph.constant(Tensor::of<float>(Shape({1, 2}), {1, 2}), "mine");
  ImportMetaGraphOptions options;
  options.input_map = {{"x:0", mine}};
  options.clear_devices = true;
  import_meta_graph_def(golden_file("collections.meta"), graph, options);
  EXPECT_EQ(graph.get_operation_by_name("y").input(0).name(), "mine:0");
  EXPECT_EQ(graph.get_operation_by_name("save/RestoreV2").device(), "");
}

TEST(ImportMetaGraph, RefusesWhatIsNotThere) {
  GraphBuilder graph(standard_ops());
  const Error missing = refusal([&] { import_meta_graph("/no/such.meta", graph); });
  EXPECT_EQ(missing.misuse(), Misuse::kOs);
  EXPECT_TRUE(missing.message().starts_with("File /no/such.meta does not exist."));
}

TEST(ExportMetaGraph, WritesTextAsTensorFlowDoes) {
  MemoryFileSystem files;
  WithCollections with;
  ExportMetaGraphOptions options;
  options.files = &files;
  options.filename = "deep/er/graph.meta";
  options.as_text = true;
  const std::string message = export_meta_graph(with.graph, options);
  EXPECT_EQ(files.get("deep/er/graph.meta"), text_of(message));
  GraphBuilder again(standard_ops());
  ImportMetaGraphOptions importing;
  importing.saver.files = &files;
  EXPECT_TRUE(import_meta_graph("deep/er/graph.meta", again, importing));
  EXPECT_TRUE(again.find_operation("y"));
}

TEST(ExportMetaGraph, LeavesOutDefaultsAndOtherSavers) {
  GraphBuilder graph(standard_ops());
  get_variable(graph, "v", Shape({1}));
  const Saver first(graph), second(graph);
  ExportMetaGraphOptions options;
  options.saver_def = second.saver_def();
  options.clear_extraneous_savers = true;
  options.strip_default_attrs = true;
  const std::string text = text_of(export_meta_graph(graph, options));
  EXPECT_EQ(text.find("\"save/"), std::string::npos);
  EXPECT_NE(text.find("\"save_1/SaveV2\""), std::string::npos);
  EXPECT_NE(text.find("stripped_default_attrs: true"), std::string::npos);
  EXPECT_EQ(text.find("key: \"use_locking\""), std::string::npos);
  GraphBuilder again(standard_ops());
  EXPECT_TRUE(import_meta_graph_def(export_meta_graph(graph, options), again));
}

TEST(ExportMetaGraph, BringsTheSignaturesOfOpsOfOnesOwnAlong) {
  OpSet ops = standard_ops();
  ops.add_signature("MyOwn(x: float) -> (y: float)");
  GraphBuilder graph(ops);
  graph.apply_op("MyOwn", {Input(1.0)});
  const std::string meta = export_meta_graph(graph);
  EXPECT_NE(text_of(meta).find("name: \"MyOwn\""), std::string::npos);
  // The file brings the signature along.
  GraphBuilder other(standard_ops());
  import_meta_graph_def(meta, other);
  EXPECT_TRUE(other.find_operation("MyOwn"));
}

TEST(ExportMetaGraph, RefusesOpsWithoutASignature) {
  // Where a function of the graph's library has one, which nobody looked at when it was imported.
  GraphBuilder graph(standard_ops());
  import_graph_def(graph, graph_of(R"(
    node { name: "x" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } }
           attr { key: "value" value { tensor { dtype: DT_FLOAT tensor_shape { } float_val: 1 } } } }
    node { name: "call" op: "twice" input: "x" }
    library { function { signature { name: "twice" input_arg { name: "a" type: DT_FLOAT }
                                     output_arg { name: "b" type: DT_FLOAT } }
                         node_def { name: "n" op: "NobodysOp" input: "a" }
                         ret { key: "b" value: "n:y:0" } } }
    versions { producer: 134 })"));
  EXPECT_EQ(failure([&] { export_meta_graph(graph); }),
            "ValueError: Op NobodysOp is used by the graph, but is not registered");
}

}  // namespace
}  // namespace icecore::inline v0
