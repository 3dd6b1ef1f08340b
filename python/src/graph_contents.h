// What a graph under construction holds.
#pragma once

#include <icecore/graph_builder.h>
#include <nanobind/nanobind.h>

namespace icecore::python {

// Looking nodes up, collections, the graph as a message.
void bind_graph_contents(nanobind::class_<GraphBuilder>& c);

}  // namespace icecore::python
