// A part of a graph on its own: the nodes of a name scope, without it (meta_graph.py:
// export_scoped_meta_graph).
#pragma once

#include <icecore/graph.h>

#include <string>
#include <string_view>
#include <vector>

#include "proto/blob.h"

namespace icecore::inline v0 {

struct ScopedGraph {
  Graph graph;
  // What its nodes take from outside, in the order met: "$unbound_inputs_x:1".
  std::vector<std::string> unbound_inputs;
};
ScopedGraph scoped_graph(const Graph& graph, std::string_view scope);

// Whether a name goes along: of a node, or of what a collection holds. It begins with the scope, or
// names what an earlier export left unbound.
bool is_exported(std::string_view name, std::string_view scope);

// Messages in collections, their names without `strip` and then with `add` before them: a
// VariableDef, a SaverDef, a QueueRunnerDef.
std::string rescoped_variable_def(std::string_view def, std::string_view strip,
                                  std::string_view add);
std::string rescoped_saver_def(std::string_view def, std::string_view strip, std::string_view add);
std::string rescoped_queue_runner_def(std::string_view def, std::string_view strip,
                                      std::string_view add);

// The first field 1 of a message: a VariableDef's or QueueRunnerDef's name.
std::string first_name(std::string_view def);

}  // namespace icecore::inline v0
