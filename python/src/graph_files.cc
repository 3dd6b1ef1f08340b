// Graphs of files.
#include <icecore/graph.h>
#include <icecore/load_graph.h>
#include <icecore/meta_graph.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/vector.h>

#include "annotations.h"
#include "base/nearest.h"
#include "bindings.h"
#include "convert.h"
#include "graph/graph_data.h"
#include "raise.h"

namespace icecore::python {
namespace {

Graph graph_from(nb::handle value) {
  if (nb::isinstance<Graph>(value)) return nb::cast<Graph>(value);
  if (nb::isinstance<GraphBuilder>(value)) return nb::cast<const GraphBuilder&>(value).graph();
  return parse_graph(Span::of(text_from(value)));
}

nb::object node_to_python(const GraphNode& node) {
  return nb::make_tuple(str_of(node.name), str_of(node.op), str_of(node.device), node.inputs);
}

// The names that somebody who asks for one that isn't there may have meant, best first.
std::vector<std::string> nearest_nodes(const Graph& graph, std::string_view name) {
  std::vector<std::string_view> names;
  for (const GraphNode& node : graph.nodes()) names.push_back(node.name);
  return nearest_names(name, names, 3);
}

using NodeResult = Given<"tuple[str, str, str, list[str]]">;

}  // namespace

void bind_graph_files(nb::module_& m) {
  nb::class_<Graph>(m, "Graph", nb::is_weak_referenceable(),
                    "The nodes of a GraphDef; icecore.Graph stands on it.")
      .def(nb::init<>(), "A graph without nodes.")
      .def_static(
          "parse",
          [](nb::bytes encoded) {
            return parse_graph(Span::of(std::string(encoded.c_str(), encoded.size())));
          },
          nb::arg("graph_def"),
          "The graph of an encoded GraphDef. InvalidArgumentError, DataLossError where it is none.")
      .def("__len__", &Graph::size)
      .def("__repr__",
           [](const Graph& g) {
             return "<icecore._core.Graph of " + std::to_string(g.size()) + " nodes>";
           })
      .def(
          "node",
          [](const Graph& g, std::size_t index) -> NodeResult {
            if (index >= g.size()) throw nb::index_error();
            return node_to_python(g.node(index));
          },
          nb::arg("index"), "(name, op, device, inputs) of one node, by its place.")
      .def(
          "nodes", [](const Graph& g) -> Given<"list[tuple[str, str, str, list[str]]]"> {
            nb::list list;
            for (const GraphNode& node : g.nodes()) list.append(node_to_python(node));
            return nb::object(list);
          },
          "The same of all nodes, in the file's order.")
      .def("find", &Graph::find, nb::arg("name"), "The place of the node of that name, or None.")
      .def("nearest", &nearest_nodes, nb::arg("name"),
           "At most three names of nodes that are like that one, the most like it first.")
      .def(
          "graph_def", [](const Graph& g) { return bytes_of(encode_graph(g).read()); },
          "The encoded GraphDef.");
  m.def(
      "load_graph",
      [](PathArg path, std::vector<std::string> tags) {
        const std::string text = text_from(path);
        const nb::gil_scoped_release released;
        return load_graph(text, tags);
      },
      nb::arg("path"), nb::arg("tags") = std::vector<std::string>(),
      "The graph that a path leads to. NotFoundError, InvalidArgumentError, DataLossError.");
  m.def(
      "write_graph",
      [](Taken<"Graph | GraphBuilder | bytes"> graph, PathArg folder, std::string_view name,
         bool as_text) {
        const Graph made = graph_from(graph);
        const std::string folder_text = text_from(folder), file(name);
        std::string path;
        {
          const nb::gil_scoped_release released;
          path = write_graph(made, folder_text, file, as_text);
        }
        return str_of(path);
      },
      nb::arg("graph"), nb::arg("folder"), nb::arg("name"), nb::arg("as_text") = true,
      "Of a Graph, a GraphBuilder or an encoded GraphDef; gives the path.");
}

}  // namespace icecore::python
