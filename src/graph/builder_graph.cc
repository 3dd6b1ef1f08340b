// A builder's graph as a GraphDef's nodes.
#include "graph/attr_codec.h"
#include "graph/builder_data.h"
#include "graph/graph_data.h"
#include "proto/fields.h"

namespace icecore::inline v0 {
namespace {

Span with_shapes(const BuilderNode& node) {
  if (node.shapes.empty()) return node.encoded;
  Piece entry, whole;
  entry.text(1, "_output_shapes").message(2, encode_attr(node.shapes));
  whole.append(node.encoded).message(pb::NodeDef::attr, entry);
  return whole.finish();
}

OtherField field(std::uint32_t number, const Piece& message) {
  Piece whole;
  whole.message(number, message);
  return {0, number, whole.finish()};
}

}  // namespace

Graph GraphBuilder::graph(bool add_shapes) const {
  BuilderData& data = *data_;
  if (!add_shapes && data.snapshot && data.snapshot->first == data.version) {
    return data.snapshot->second;
  }
  std::vector<Span> nodes;
  nodes.reserve(data.nodes.size());
  for (const BuilderNode& node : data.nodes) {
    nodes.push_back(add_shapes ? with_shapes(node) : node.encoded);
  }
  std::vector<OtherField> others;
  if (!data.functions.empty()) {
    Piece library;
    for (const auto& [name, function] : data.functions) library.message(1, function);
    for (const Span& gradient : data.function_gradients) library.message(2, gradient);
    others.push_back(field(pb::GraphDef::library, library));
  }
  Piece versions;
  versions.int64(pb::VersionDef::producer, data.producer);
  if (data.min_consumer != 0) versions.int64(pb::VersionDef::min_consumer, data.min_consumer);
  others.push_back(field(pb::GraphDef::versions, versions));
  Graph graph = make_graph(std::move(nodes), std::move(others));
  if (!add_shapes) data.snapshot.emplace(data.version, graph);
  return graph;
}

}  // namespace icecore::inline v0
