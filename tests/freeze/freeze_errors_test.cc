// What freezing refuses, and how it says so.
#include <gtest/gtest.h>
#include <icecore/checkpoint_writer.h>
#include <icecore/error.h>
#include <icecore/freeze.h>

#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "io/memory_file_system.h"
#include "proto/schema.h"
#include "proto/text_parser.h"

namespace icecore::inline v0 {
namespace {

Tensor floats(std::initializer_list<float> values) {
  Tensor tensor(DType::kFloat32, {static_cast<std::int64_t>(values.size())});
  std::copy(values.begin(), values.end(), tensor.mutable_values<float>().begin());
  return tensor;
}

std::string variable(const std::string& name, const std::string& size) {
  return "node { name: '" + name +
         "' op: 'VariableV2' attr { key: 'dtype' value { type: DT_FLOAT } }"
         " attr { key: 'shape' value { shape { dim { size: " +
         size +
         " } } } } }"
         "node { name: '" +
         name + "/read' op: 'Identity' input: '" + name + "' }";
}

class FreezeErrors : public testing::Test {
 protected:
  FreezeErrors() {
    CheckpointWriter writer(files_, "m");
    writer.add("w", floats({1, 2}));
    writer.add("model/b", floats({3}));
    writer.finish();
  }

  void graph(const std::string& text) { files_.put("g.pbtxt", text); }

  FreezeResult freeze(std::vector<std::string> outputs) {
    return freeze_graph(files_, {.input_graph = "g.pbtxt",
                                 .input_checkpoint = "m",
                                 .output_node_names = std::move(outputs),
                                 .output_graph = "f.pb"});
  }

  std::string failure(Code code, std::vector<std::string> outputs) {
    const std::size_t before = files_.list("").size();
    try {
      freeze(std::move(outputs));
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code) << error.what();
      EXPECT_EQ(files_.list("").size(), before) << "something was left behind";
      return error.what();
    }
    ADD_FAILURE() << "nothing was thrown";
    return {};
  }

  MemoryFileSystem files_;
};

void expect_contains(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << text;
}

TEST_F(FreezeErrors, VariablesThatTheCheckpointLacksAreAllNamedWithTheNearest) {
  graph(variable("b", "1") + variable("zzzzz", "1") + variable("w", "2") +
        "node { name: 'out' op: 'AddN' input: 'b/read' input: 'zzzzz/read' input: 'w/read' }");
  const std::string message = failure(Code::kNotFound, {"out"});
  expect_contains(message, "m lacks 2 of the variables");
  expect_contains(message, "'b' (nearest: 'model/b')");
  expect_contains(message, "'zzzzz'");
}

TEST_F(FreezeErrors, OfVeryManyMissingVariablesTheFirstAreNamed) {
  std::string text, inputs;
  for (int i = 0; i < 30; ++i) {
    text += variable("missing" + std::to_string(i), "1");
    inputs += " input: 'missing" + std::to_string(i) + "'";
  }
  graph(text + "node { name: 'out' op: 'AddN'" + inputs + " }");
  const std::string message = failure(Code::kNotFound, {"out"});
  expect_contains(message, "lacks 30 of the variables");
  expect_contains(message, "and 10 more");
}

TEST_F(FreezeErrors, AReadWithoutAnInputIsDataLoss) {
  graph("node { name: 'r' op: 'ReadVariableOp' attr { key: 'dtype' value { type: DT_FLOAT } } }");
  expect_contains(failure(Code::kDataLoss, {"r"}), "'r' (ReadVariableOp) has no input");
}

TEST_F(FreezeErrors, AResourceVariableOfAnotherShapeIsRefusedToo) {
  graph(
      "node { name: 'w' op: 'VarHandleOp' attr { key: 'dtype' value { type: DT_FLOAT } }"
      " attr { key: 'shape' value { shape { dim { size: 5 } } } } }"
      "node { name: 'r' op: 'ReadVariableOp' input: 'w'"
      " attr { key: 'dtype' value { type: DT_FLOAT } } }");
  expect_contains(failure(Code::kInvalidArgument, {"r"}),
                  "graph float32 [5], checkpoint float32 [2]");
}

TEST_F(FreezeErrors, ShapesThatDifferAreNamedOnBothSides) {
  graph(variable("w", "3"));
  const std::string message = failure(Code::kInvalidArgument, {"w/read"});
  expect_contains(message, "'w': graph float32 [3], checkpoint float32 [2]");
}

TEST_F(FreezeErrors, UnknownOutputsOfferTheNearest) {
  graph(variable("w", "2"));
  expect_contains(failure(Code::kNotFound, {"w/raed"}), "nearest: 'w/read'");
}

TEST_F(FreezeErrors, NoOutputsAreRefused) {
  graph(variable("w", "2"));
  expect_contains(failure(Code::kInvalidArgument, {}), "no outputs were given");
  failure(Code::kInvalidArgument, {" "});
}

TEST_F(FreezeErrors, AnAssignmentThatStaysIsUnimplemented) {
  graph(variable("w", "2") + "node { name: 'up' op: 'AssignSub' input: 'w' input: 'w/read' }");
  expect_contains(failure(Code::kUnimplemented, {"up"}), "'up' (AssignSub) needs the variable 'w'");
}

TEST_F(FreezeErrors, AHandleGivenToAFunctionIsUnimplemented) {
  graph(
      "node { name: 'w' op: 'VarHandleOp' attr { key: 'dtype' value { type: DT_FLOAT } } }"
      "node { name: 'call' op: 'PartitionedCall' input: 'w' }");
  expect_contains(failure(Code::kUnimplemented, {"call"}), "'call' (PartitionedCall)");
}

TEST_F(FreezeErrors, DamagedValuesLeaveNoFile) {
  std::string data = files_.get("m.data-00000-of-00001");
  data[5] ^= 1;
  files_.put("m.data-00000-of-00001", data);
  graph(variable("w", "2"));
  // The data lies in the order of add(): w comes first.
  const std::string message = failure(Code::kDataLoss, {"w/read"});
  expect_contains(message, "w");
  expect_contains(message, "Checksum does not match");
}

TEST_F(FreezeErrors, AGraphWithVariablesNeedsACheckpoint) {
  graph(variable("w", "2"));
  try {
    freeze_graph(files_, {.input_graph = "g.pbtxt",
                          .input_checkpoint = "",
                          .output_node_names = {"w"},
                          .output_graph = ""});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kInvalidArgument);
    expect_contains(error.what(), "give the checkpoint");
  }
}

TEST_F(FreezeErrors, AGraphWithoutVariablesNeedsNone) {
  graph("node { name: 'x' op: 'Placeholder' } node { name: 'y' op: 'Custom' input: 'x' }");
  const FreezeResult result = freeze_graph(files_, {.input_graph = "g.pbtxt",
                                                    .input_checkpoint = "",
                                                    .output_node_names = {"y:0"},
                                                    .output_graph = "f.pb"});
  EXPECT_EQ(result.graph.size(), 2u);
  EXPECT_EQ(result.variables, 0u);
  EXPECT_EQ(files_.get("f.pb").size(), result.bytes);
}

TEST_F(FreezeErrors, PythonFunctionsAreFrozenWithAWarning) {
  graph(
      "node { name: 'x' op: 'Placeholder' }"
      "node { name: 'rois' op: 'PyFunc' input: 'x' attr { key: 'token' value { s: 'pyfunc_0' } } "
      "}");
  const FreezeResult result = freeze({"rois"});
  ASSERT_EQ(result.warnings.size(), 1u);
  expect_contains(result.warnings[0], "'rois' runs Python code (token pyfunc_0)");
}

TEST_F(FreezeErrors, AScalarShapeOfTheOldVariableOpMeansAnyShape) {
  graph(
      "node { name: 'w' op: 'Variable' attr { key: 'dtype' value { type: DT_FLOAT } }"
      " attr { key: 'shape' value { shape { } } } }");
  EXPECT_EQ(freeze({"w"}).variables, 1u);
}

}  // namespace
}  // namespace icecore::inline v0
