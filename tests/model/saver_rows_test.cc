#include "model/saver_rows.h"

#include <gtest/gtest.h>

#include "graph/graph_data.h"
#include "proto/schema.h"
#include "proto/text_parser.h"

namespace icecore::inline v0 {
namespace {

MetaGraph meta_of(const std::string& text, const std::string& restore_op) {
  MetaGraph meta;
  meta.graph = parse_graph(parse_text(text, message_schema("GraphDef")));
  if (!restore_op.empty())
    meta.saver = SaverDef{"save/Const:0", "save/control_dependency:0", restore_op};
  return meta;
}

const std::string kNames =
    "node { name: 'names' op: 'Const' attr { key: 'value' value { tensor { dtype: DT_STRING"
    " tensor_shape { dim { size: 2 } } string_val: 'a' string_val: 'full' } } } }"
    "node { name: 'slices' op: 'Const' attr { key: 'value' value { tensor { dtype: DT_STRING"
    " tensor_shape { dim { size: 2 } } string_val: '' string_val: '4 2 2,2:-' } } } }"
    "node { name: 'r' op: 'RestoreV2' input: 'Const' input: 'names' input: 'slices' }";

// The variables that the tests restore.
const std::string kVariables =
    "node { name: 'v' op: 'VariableV2' } node { name: 'w/part_1' op: 'VarHandleOp' }";

TEST(RestoreRows, FollowControlInputsOfShardsAndWhatStandsBeforeAnAssignment) {
  const auto rows = restore_rows(
      meta_of(kVariables + kNames +
                  "node { name: 'all' op: 'NoOp' input: '^shard' }"
                  "node { name: 'shard' op: 'NoOp' input: '^Assign' input: '^Assign_1' }"
                  "node { name: 'Assign' op: 'Assign' input: 'v' input: 'r' }"
                  "node { name: 'Assign_1' op: 'AssignVariableOp' input: 'w/part_1' input: 'id' }"
                  "node { name: 'id' op: 'Identity' input: 'reshape' }"
                  "node { name: 'reshape' op: 'Reshape' input: 'r:1' input: 'shape' }",
              "all"));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows.at("v").key, "a");
  EXPECT_EQ(rows.at("v").shape_and_slice, "");
  EXPECT_EQ(rows.at("w/part_1").key, "full");
  EXPECT_EQ(rows.at("w/part_1").shape_and_slice, "4 2 2,2:-");
}

TEST(RestoreRows, OldRestoreOpsReadOneTensor) {
  const auto rows = restore_rows(meta_of(
      kVariables +
          "node { name: 'name' op: 'Const' attr { key: 'value' value { tensor { dtype: DT_STRING"
          " tensor_shape { } string_val: 'stored' } } } }"
          "node { name: 'r' op: 'RestoreSlice' input: 'Const' input: 'name' input: 'name' }"
          "node { name: 'save/Assign' op: 'Assign' input: 'v' input: 'r' }"
          "node { name: 'save/restore_all' op: 'NoOp' input: '^save/Assign' }",
      ""));
  EXPECT_EQ(rows.at("v").key, "stored");
}

TEST(RestoreRows, AGraphWithoutTheOpHasNone) {
  EXPECT_TRUE(restore_rows(meta_of("node { name: 'a' op: 'NoOp' }", "save/restore_all")).empty());
}

TEST(RestoreRows, ALoopOfIdentitiesEnds) {
  EXPECT_TRUE(
      restore_rows(meta_of(kVariables + "node { name: 'all' op: 'NoOp' input: '^Assign' }"
                                        "node { name: 'Assign' op: 'Assign' input: 'v' input: 'x' }"
                                        "node { name: 'x' op: 'Identity' input: 'y' }"
                                        "node { name: 'y' op: 'Identity' input: 'x' }",
                           "all"))
          .empty());
}

TEST(RestoreRows, AnAssignmentAtTheEndOfALongChainIsNoSavers) {
  std::string text = kVariables +
                     "node { name: 'all' op: 'NoOp' input: '^Assign' }"
                     "node { name: 'Assign' op: 'Assign' input: 'v' input: 'n0' }";
  for (int i = 0; i < 100; ++i) {
    text += "node { name: 'n" + std::to_string(i) + "' op: 'Identity' input: 'n" +
            std::to_string(i + 1) + "' }";
  }
  EXPECT_TRUE(restore_rows(meta_of(text, "all")).empty());
}

}  // namespace
}  // namespace icecore::inline v0
