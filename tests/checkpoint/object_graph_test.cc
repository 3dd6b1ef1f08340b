#include "checkpoint/object_graph.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include "checkpoint/golden.h"
#include "proto/fields.h"
#include "proto/piece.h"

namespace icecore::inline v0 {
namespace {

namespace object_fields = pb::TrackableObjectGraph_TrackableObject;

Piece child(std::int32_t id, std::string_view name) {
  Piece reference;
  reference.varint(pb::TrackableObjectGraph_TrackableObject_ObjectReference::node_id,
                   static_cast<std::uint64_t>(id));
  reference.text(pb::TrackableObjectGraph_TrackableObject_ObjectReference::local_name, name);
  return Piece().message(object_fields::children, reference);
}

Piece attribute(std::string_view key) {
  Piece tensor;
  tensor.text(pb::TrackableObjectGraph_TrackableObject_SerializedTensor::checkpoint_key, key);
  return Piece().message(object_fields::attributes, tensor);
}

std::string graph(const std::vector<Piece>& nodes) {
  Piece message;
  for (const Piece& node : nodes) message.message(pb::TrackableObjectGraph::nodes, node);
  return message.bytes();
}

TEST(ObjectGraph, SaysWhichKeyAGraphsVariableHas) {
  const Golden expected = golden("object_based");
  const auto attributes = object_graph(Checkpoint::open(expected.path));
  ASSERT_TRUE(attributes);
  std::map<std::string, std::string> keys;
  for (const ObjectAttribute& a : *attributes) keys[a.full_name] = a.checkpoint_key;
  EXPECT_EQ(keys,
            (expected.expected.at("key_of_full_name").get<std::map<std::string, std::string>>()));
  std::map<std::string, std::string> paths;
  for (const ObjectAttribute& a : *attributes) paths[a.checkpoint_key] = a.path;
  EXPECT_EQ(paths.at("layer/kernel/.ATTRIBUTES/VARIABLE_VALUE"), "layer/kernel");
  EXPECT_EQ(paths.at("table/half.Sodd/.ATTRIBUTES/VARIABLE_VALUE"), "table/half/odd");
  EXPECT_EQ(paths.at("things/1/.ATTRIBUTES/VARIABLE_VALUE"), "things/1");
}

TEST(ObjectGraph, IsAbsentFromNameBasedCheckpoints) {
  EXPECT_FALSE(object_graph(Checkpoint::open(golden("v2/order").path)));
  EXPECT_FALSE(object_graph(Checkpoint::open(golden("v1/order").path)));
}

TEST(ObjectGraph, MayGoInCircles) {
  const auto attributes =
      parse_object_graph(graph({Piece().append(child(1, "a")).append(child(2, "long")),
                                Piece().append(child(0, "up")).append(child(2, "b")),
                                Piece().append(child(2, "self")).append(attribute("k"))}));
  ASSERT_EQ(attributes.size(), 1u);
  EXPECT_EQ(attributes[0].path, "long");
}

TEST(ObjectGraph, OfAnObjectThatIsntThereIsRefused) {
  for (const std::int32_t id : {2, -1, 1 << 30}) {
    EXPECT_THROW(parse_object_graph(graph({child(1, "a"), child(id, "b")})), Error) << id;
  }
  EXPECT_THROW(parse_object_graph("\x0a\x05"), Error);
  EXPECT_TRUE(parse_object_graph("").empty());
}

TEST(ObjectGraph, KeepsWaysOfAnEndlessChainShort) {
  std::vector<Piece> nodes;
  for (std::int32_t i = 0; i < 20000; ++i) {
    nodes.push_back(Piece().append(child(std::min(i + 1, 19999), "step")).append(attribute("k")));
  }
  const auto attributes = parse_object_graph(graph(nodes));
  ASSERT_EQ(attributes.size(), 20000u);
  EXPECT_LT(attributes.back().path.size(), 5000u);
}

}  // namespace
}  // namespace icecore::inline v0
