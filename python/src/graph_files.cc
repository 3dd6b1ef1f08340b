// Graphs of files.
#include <icecore/graph.h>
#include <icecore/load_graph.h>
#include <icecore/meta_graph.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/vector.h>

#include "bindings.h"
#include "convert.h"
#include "graph/graph_data.h"
#include "raise.h"

namespace icecore::python {
namespace {

const Graph graph_from(nb::handle value) {
  if (nb::isinstance<Graph>(value)) return nb::cast<Graph>(value);
  if (nb::isinstance<GraphBuilder>(value)) return nb::cast<const GraphBuilder&>(value).graph();
  return parse_graph(Span::of(text_from(value)));
}

nb::object node_to_python(const GraphNode& node) {
  return nb::make_tuple(str_of(node.name), str_of(node.op), str_of(node.device), node.inputs);
}

}  // namespace

void bind_graph_files(nb::module_& m) {
  nb::class_<Graph>(m, "Graph", nb::is_weak_referenceable())
      .def(nb::init<>())
      .def_static(
          "parse",
          [](nb::bytes encoded) {
            return parse_graph(Span::of(std::string(encoded.c_str(), encoded.size())));
          },
          nb::arg("graph_def"))
      .def("__len__", &Graph::size)
      .def("node",
           [](const Graph& g, std::size_t index) {
             if (index >= g.size()) throw nb::index_error();
             return node_to_python(g.node(index));
           })
      .def("nodes",
           [](const Graph& g) {
             nb::list list;
             for (const GraphNode& node : g.nodes()) list.append(node_to_python(node));
             return list;
           })
      .def("find", &Graph::find, nb::arg("name"))
      .def("graph_def", [](const Graph& g) { return bytes_of(encode_graph(g).read()); });
  m.def(
      "load_graph",
      [](nb::handle path, std::vector<std::string> tags) {
        const std::string text = text_from(path);
        const nb::gil_scoped_release released;
        return load_graph(text, tags);
      },
      nb::arg("path"), nb::arg("tags") = std::vector<std::string>());
  m.def(
      "write_graph",
      [](nb::handle graph, nb::handle folder, std::string_view name, bool as_text) {
        return str_of(
            write_graph(graph_from(graph), text_from(folder), std::string(name), as_text));
      },
      nb::arg("graph"), nb::arg("folder"), nb::arg("name"), nb::arg("as_text") = true,
      "Of a Graph, a GraphBuilder or an encoded GraphDef; gives the path.");
}

}  // namespace icecore::python
