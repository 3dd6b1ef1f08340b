// Brings the nodes of a loaded graph into a graph under construction (tf.import_graph_def).
#pragma once

#include <icecore/export.h>
#include <icecore/graph.h>
#include <icecore/graph_builder.h>

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace icecore::inline v0 {

struct ImportOptions {
  // The name scope of what is imported; "" is none, "a/" re-enters one.
  std::string name = "import";
  // Which tensors of the graph are to be replaced by which of this one: "x:0" (or "x"); "^x" stands
  // for control edges from x, which then come from the op of the tensor.
  std::map<std::string, Output> input_map = {};
  // What is given back: "x:0" is a tensor, "x" an operation.
  std::vector<std::string> return_elements = {};
  // An encoded OpList: the ops as the producer of the graph knew them (a MetaGraphDef's
  // stripped_op_list). Attributes that only the producer knew are dropped where they have the
  // default that it gives them; ops that only it knew have the signature that it gives them.
  std::string producer_op_list = {};
};

// Nodes keep their order but where one stands before its inputs; their names get the scope before
// them, and a number behind where the name is taken. Missing attributes get their defaults. Device,
// control dependency, colocation and attribute scopes work on the imported nodes as on others.
//
// Nothing is changed where it fails: ValueError with TensorFlow's sentence, NOT_FOUND for ops that
// nobody knows.
ICECORE_API std::vector<std::variant<Output, Operation>> import_graph_def(
    GraphBuilder& graph, const Graph& graph_def, const ImportOptions& options = {});

}  // namespace icecore::inline v0
