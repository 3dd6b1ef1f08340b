// Graphs, meta graphs and SavedModels that TensorFlow 1.15.5 wrote, binary and text.
#include <gtest/gtest.h>
#include <icecore/error.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "io/file_system.h"
#include "io/memory_file_system.h"
#include "model/graph_summary.h"
#include "model/model_file.h"
#include "proto/fields.h"
#include "proto/piece.h"
#include "proto/text_printer.h"

namespace icecore::inline v0 {
namespace {

using nlohmann::json;

const std::string kFolder = std::string(ICECORE_TEST_DATA) + "/golden/graphs/";

json document(const std::string& path) {
  return json::parse(std::ifstream(kFolder + path));
}

std::string content(const std::string& path) {
  const auto file = posix_file_system().open(path);
  return file->read_string(0, file->size());
}

ModelFile load(const std::string& path) {
  return load_model(posix_file_system(), path);
}

void expect_summary(const MetaGraph& meta, const json& expected, const std::string& what) {
  const GraphSummary summary = summarize(meta);
  EXPECT_EQ(summary.nodes, expected.at("nodes").get<std::size_t>()) << what;
  EXPECT_EQ(summary.ops, (expected.at("ops").get<std::map<std::string, std::size_t>>())) << what;
  std::vector<std::string> inputs;
  for (const NodeSummary& input : summary.inputs) inputs.push_back(input.name);
  EXPECT_EQ(inputs, expected.at("inputs").get<std::vector<std::string>>()) << what;
  if (!expected.contains("variables")) return;
  for (const json& variable : expected["variables"]) {
    const auto found = std::ranges::find(summary.variables, variable.at("name").get<std::string>(),
                                         &VariableSummary::name);
    ASSERT_NE(found, summary.variables.end()) << what << variable;
    EXPECT_EQ(found->trainable, variable.at("trainable").get<bool>()) << variable;
    EXPECT_EQ(to_string(found->dtype.value()), variable.at("dtype").get<std::string>());
    EXPECT_EQ(found->shape, Shape(variable.at("shape").get<std::vector<std::int64_t>>()));
  }
}

TEST(GoldenGraphs, AreSummedUpFromBinaryAndText) {
  const json expected = document("expected.json");
  for (const auto& [name, facts] : expected.at("graphs").items()) {
    if (facts.at("nodes") == 0) continue;  // An empty file: see below.
    const ModelFile binary = load(kFolder + name + ".pb");
    EXPECT_FALSE(binary.text);
    expect_summary(binary.meta_graph(), facts, name);
  }
  for (const char* kind : {"written_text", "read_only_text"}) {
    for (const auto& [text, binary] : expected.at(kind).items()) {
      const std::string graph = binary.get<std::string>();
      const json& facts = expected["graphs"][graph.substr(0, graph.find('.'))];
      if (facts.at("nodes") == 0) continue;
      const ModelFile model = load(kFolder + text);
      EXPECT_TRUE(model.text);
      expect_summary(model.meta_graph(), facts, text);
    }
  }
}

TEST(GoldenGraphs, ArePrintedByteForByteAsWriteGraphDoes) {
  const json expected = document("expected.json");
  for (const auto& [text, binary] : expected.at("written_text").items()) {
    if (binary == "empty.pb") continue;
    const ModelFile model = load(kFolder + binary.get<std::string>());
    EXPECT_EQ(print_text(model.encoded, message_schema("GraphDef")), content(kFolder + text))
        << text;
  }
}

TEST(GoldenGraphs, TextMeansWhatTheBinaryMeans) {
  const json expected = document("expected.json");
  for (const char* kind : {"written_text", "read_only_text"}) {
    for (const auto& [text, binary] : expected.at(kind).items()) {
      if (binary == "empty.pb") continue;
      const MessageSchema& schema = message_schema("GraphDef");
      EXPECT_EQ(print_text(load(kFolder + text).encoded, schema),
                print_text(load(kFolder + binary.get<std::string>()).encoded, schema))
          << text;
    }
  }
}

TEST(GoldenGraphs, AnEmptyFileIsNoGraph) {
  try {
    load(kFolder + "empty.pb");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("empty"), std::string::npos) << error.what();
  }
}

TEST(GoldenMetaGraphs, KeepSaverVariablesAndVersion) {
  const json expected = document("meta/expected.json");
  for (const auto& [name, facts] : expected.at("meta_graphs").items()) {
    for (const char* ending : {".meta", ".meta.pbtxt"}) {
      const ModelFile model = load(kFolder + "meta/" + name + ending);
      EXPECT_EQ(model.kind, ModelFile::Kind::kMetaGraph) << name << ending;
      const MetaGraph& meta = model.meta_graph();
      expect_summary(meta, facts, name + ending);
      EXPECT_EQ(meta.tensorflow_version, facts.at("tensorflow_version").get<std::string>());
      if (!facts.contains("saver") || facts["saver"].is_null()) continue;
      ASSERT_TRUE(meta.saver) << name;
      EXPECT_EQ(meta.saver->restore_op_name, facts["saver"]["restore_op_name"].get<std::string>());
      EXPECT_EQ(meta.saver->save_tensor_name,
                facts["saver"]["save_tensor_name"].get<std::string>());
    }
  }
}

TEST(GoldenSavedModels, HaveTagsAndSignatures) {
  const json expected = document("saved_model/expected.json");
  for (const auto& [name, facts] : expected.at("saved_models").items()) {
    const ModelFile model = load(kFolder + "saved_model/" + name);
    EXPECT_EQ(model.kind, ModelFile::Kind::kSavedModel);
    const json& graphs = facts.at("meta_graphs");
    ASSERT_EQ(model.meta_graphs.size(), graphs.size()) << name;
    for (const json& graph : graphs) {
      const MetaGraph& meta = model.meta_graph(graph.at("tags").get<std::vector<std::string>>());
      expect_summary(meta, graph, name);
      std::set<std::string> keys;
      for (const SignatureDef& signature : meta.signatures) {
        keys.insert(signature.key);
        const json& wanted = graph.at("signatures").at(signature.key);
        EXPECT_EQ(signature.method_name, wanted.at("method").get<std::string>());
        for (const TensorInfo& input : signature.inputs) {
          EXPECT_EQ(input.name, wanted.at("inputs").at(input.key).get<std::string>());
        }
        for (const TensorInfo& output : signature.outputs) {
          EXPECT_EQ(output.name, wanted.at("outputs").at(output.key).get<std::string>());
        }
      }
      EXPECT_EQ(keys.size(), graph.at("signatures").size());
    }
  }
}

TEST(GoldenSavedModels, UnknownTagsListWhatThereIs) {
  const ModelFile model = load(kFolder + "saved_model/simple");
  try {
    model.meta_graph({"train"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kNotFound);
    EXPECT_NE(std::string(error.what()).find("it has 'serve'"), std::string::npos) << error.what();
  }
}

TEST(ModelPaths, ACheckpointLeadsToItsMeta) {
  const std::string folder = std::string(ICECORE_TEST_DATA) + "/golden/freeze/reference/";
  for (const char* path : {"model.ckpt", "model.ckpt.index", "model.ckpt.data-00000-of-00001"}) {
    const ModelFile model = load(folder + path);
    EXPECT_EQ(model.path, folder + "model.ckpt.meta") << path;
    EXPECT_FALSE(model.note.empty());
    EXPECT_EQ(model.checkpoint, folder + "model.ckpt");
  }
  EXPECT_TRUE(load(folder + "model.ckpt.meta").note.empty());
}

TEST(ModelPaths, AMissingGraphFileIsNotTakenForACheckpoint) {
  try {
    load(kFolder + "bult.pb");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kNotFound);
    const std::string message = error.what();
    EXPECT_NE(message.find("there is no file"), std::string::npos) << message;
    EXPECT_NE(message.find("built.pb"), std::string::npos) << message;
  }
}

TEST(ModelPaths, WeightsWithoutAMetaSayWhichGraphsLieBesideThem) {
  try {
    load(std::string(ICECORE_TEST_DATA) + "/golden/v2/order");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kNotFound) << error.what();
  }
}

TEST(MetaGraphs, VariablesOfVeryLongNamesAreRead) {
  // As a leaf above 4 KiB, a VariableDef in a collection is left in the file at first.
  const std::string name(5000, 'n');
  Piece variable;
  variable.text(pb::VariableDef::variable_name, name + ":0")
      .boolean(pb::VariableDef::trainable, true);
  Piece collection;
  collection.message(pb::CollectionDef::bytes_list,
                     Piece().text(pb::CollectionDef_BytesList::value, variable.bytes()));
  Piece node;
  node.text(pb::NodeDef::name, name).text(pb::NodeDef::op, "VariableV2");
  Piece meta;
  meta.message(pb::MetaGraphDef::meta_info_def,
               Piece().text(pb::MetaGraphDef_MetaInfoDef::tensorflow_version, "1.15.5"));
  meta.message(pb::MetaGraphDef::graph_def, Piece().message(pb::GraphDef::node, node));
  meta.message(pb::MetaGraphDef::collection_def,
               Piece().text(1, "trainable_variables").message(2, collection));
  MemoryFileSystem files;
  files.put("m.meta", meta.bytes());
  const GraphSummary summary = summarize(load_model(files, "m.meta").meta_graph());
  ASSERT_EQ(summary.variables.size(), 1u);
  EXPECT_EQ(summary.variables[0].trainable, true);
}

}  // namespace
}  // namespace icecore::inline v0
