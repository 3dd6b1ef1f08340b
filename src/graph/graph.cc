#include <icecore/error.h>
#include <icecore/graph.h>

#include <algorithm>

#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "proto/cursor.h"
#include "proto/fields.h"

namespace icecore::inline v0 {
namespace {

std::shared_ptr<const GraphData> finished(GraphData data) {
  data.names.reserve(data.nodes.size());
  data.index.reserve(data.nodes.size());
  for (const Span& node : data.nodes) {
    data.names.push_back(node_name(node));
    data.index.emplace(data.names.back(), data.names.size() - 1);
  }
  return std::make_shared<const GraphData>(std::move(data));
}

}  // namespace

Graph::Graph() : data_(std::make_shared<const GraphData>()) {}

std::size_t Graph::size() const {
  return data_->nodes.size();
}

GraphNode Graph::node(std::size_t index) const {
  const NodeDef node = decode_node(data_->nodes.at(index));
  return {std::string(node.name),
          std::string(node.op),
          std::string(node.device),
          {node.inputs.begin(), node.inputs.end()}};
}

std::vector<GraphNode> Graph::nodes() const {
  std::vector<GraphNode> all;
  all.reserve(size());
  for (std::size_t i = 0; i < size(); ++i) all.push_back(node(i));
  return all;
}

std::optional<std::size_t> Graph::find(std::string_view name) const {
  const auto found = data_->index.find(name);
  if (found == data_->index.end()) return std::nullopt;
  return found->second;
}

Graph parse_graph(const Span& graph_def) {
  GraphData data;
  for (Cursor c(graph_def); c.next();) {
    if (c.field() == pb::GraphDef::node) {
      data.nodes.push_back(c.bytes());
    } else {
      const std::uint32_t field = c.field();
      data.others.push_back({data.nodes.size(), field, c.raw()});
    }
  }
  return Graph(finished(std::move(data)));
}

Graph make_graph(std::vector<Span> nodes, std::vector<OtherField> others) {
  for (OtherField& other : others) other.before_node = nodes.size();
  GraphData data;
  data.nodes = std::move(nodes);
  data.others = std::move(others);
  return Graph(finished(std::move(data)));
}

std::int64_t producer_version(const Graph& graph) {
  std::int64_t producer = 0;
  for (const OtherField& other : graph.data().others) {
    if (other.field != pb::GraphDef::versions) continue;
    for (Cursor field(other.encoded); field.next();) {
      for (Cursor versions(field.bytes()); versions.next();) {
        if (versions.field() == pb::VersionDef::producer) producer = versions.int64();
      }
    }
  }
  return producer;
}

bool has_variables(const Graph& graph) {
  return std::ranges::any_of(graph.data().nodes,
                             [](const Span& node) { return is_variable(decode_node(node).op); });
}

Span encode_graph(const Graph& graph) {
  const GraphData& data = graph.data();
  Piece encoded;
  auto other = data.others.begin();
  for (std::size_t i = 0; i <= data.nodes.size(); ++i) {
    for (; other != data.others.end() && other->before_node == i; ++other) {
      encoded.append(other->encoded);
    }
    if (i < data.nodes.size()) encoded.message(pb::GraphDef::node, data.nodes[i]);
  }
  return encoded.finish();
}

}  // namespace icecore::inline v0
