// freeze_graph by TensorFlow's own arguments: what tools/freeze_graph.py of 1.15.5 makes of a
// graph's message, to the storage of the values.
#include <icecore/checkpoint.h>
#include <icecore/checkpoint_state.h>
#include <icecore/error.h>
#include <icecore/freeze.h>
#include <icecore/op_set.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "freeze/convert_variables.h"
#include "freeze/variable_values.h"
#include "graph/attr_codec.h"
#include "graph/graph_data.h"
#include "graph/graph_writer.h"
#include "graph/node_def.h"
#include "graph/prune.h"
#include "graph/tensor_def.h"
#include "io/file_system.h"
#include "model/model_file.h"
#include "opdef/op_signature.h"
#include "proto/fields.h"

namespace icecore::inline v0 {
namespace {

// "a, b" as freeze_graph.py splits it: blanks go.
std::vector<std::string> names_in(const std::string& list) {
  std::vector<std::string> names(1);
  for (const char c : list) {
    if (c == ',') {
      names.emplace_back();
    } else if (c != ' ') {
      names.back() += c;
    }
  }
  return list.empty() ? std::vector<std::string>() : names;
}

// The attributes that the node leaves to their defaults, written down, as importing a graph does in
// TensorFlow to the message that it is given. Ops that nobody knows stay as they are.
Span with_defaults(const Span& encoded, const OpSet& ops) {
  const NodeDef node = decode_node(encoded);
  const std::shared_ptr<const OpSignature> op = ops.signature(node.op);
  if (op == nullptr) return encoded;
  Piece whole;
  whole.append(encoded);
  for (const AttrSignature& attr : op->attrs) {
    if (!attr.default_value || node.attr(attr.name) != nullptr) continue;
    Piece entry;
    entry.text(1, attr.name);
    entry.message(2, encode_attr(parse_default(*attr.default_value, attr.kind)));
    whole.message(pb::NodeDef::attr, entry);
  }
  return whole.finish();
}

// The message that goes in: defaults added, devices cleared where asked for, of the other fields
// only the functions, which TensorFlow copies where there are none, too.
Graph prepared(const Graph& graph, bool clear_devices) {
  const OpSet ops;
  std::vector<Span> nodes;
  for (const Span& node : graph.data().nodes) {
    nodes.push_back(with_defaults(clear_devices ? without_device(node) : node, ops));
  }
  std::vector<OtherField> others;
  for (const OtherField& other : graph.data().others) {
    if (other.field == pb::GraphDef::library) others.push_back(other);
  }
  if (others.empty()) {
    Piece none;
    none.message(pb::GraphDef::library, Piece());
    others.push_back({nodes.size(), pb::GraphDef::library, none.finish()});
  }
  return make_graph(std::move(nodes), std::move(others));
}

// Which variables become constants: those that are in the first list, where there is one, and not
// in the second.
class Choice {
 public:
  Choice(const std::string& whitelist, const std::string& blacklist)
      : wanted_(names_in(whitelist)), unwanted_(names_in(blacklist)) {}
  bool takes(std::string_view name) const {
    return (wanted_.empty() || std::ranges::find(wanted_, name) != wanted_.end()) &&
           std::ranges::find(unwanted_, name) == unwanted_.end();
  }

 private:
  std::vector<std::string> wanted_, unwanted_;
};

// The graph with its chosen variables alone, to look their values up.
Graph chosen_variables(const Graph& graph, const Choice& choice) {
  std::vector<Span> nodes;
  for (const Span& encoded : graph.data().nodes) {
    const NodeDef node = decode_node(encoded);
    if (is_variable(node.op) && choice.takes(node.name)) nodes.push_back(encoded);
  }
  return make_graph(std::move(nodes), {});
}

// A TensorProto that lies in the checkpoint as one that holds its values the way TensorFlow's
// make_tensor_proto stores them.
Piece as_tensorflow_stores(const Piece& value) {
  Piece attr;
  attr.message(pb::AttrValue::tensor, value);
  return encode_tensor(std::get<Tensor>(decode_attr(attr.finish())));
}

}  // namespace

Graph freeze_graph(const std::string& input_graph, const std::string& input_saver,
                   bool /*input_binary*/, const std::string& input_checkpoint,
                   const std::string& output_node_names, const std::string& /*restore_op_name*/,
                   const std::string& /*filename_tensor_name*/, const std::string& output_graph,
                   bool clear_devices, const std::string& initializer_nodes,
                   const std::string& variable_names_whitelist,
                   const std::string& variable_names_blacklist) {
  FileSystem& files = posix_file_system();
  if (!input_saver.empty() || !initializer_nodes.empty()) {
    throw Error(Code::kUnimplemented,
                "freeze_graph with " +
                    std::string(input_saver.empty() ? "initializer_nodes" : "input_saver") +
                    " isn't supported yet");
  }
  if (!checkpoint_exists(input_checkpoint)) {
    throw Error(Code::kInvalidArgument,
                "Input checkpoint '" + input_checkpoint + "' doesn't exist!", Misuse::kValue);
  }
  const std::vector<std::string> outputs = names_in(output_node_names);
  if (outputs.empty()) {
    throw Error(Code::kInvalidArgument,
                "You need to supply the name of a node to --output_node_names.", Misuse::kValue);
  }
  // A bare graph: values go by the variables' names, not by what a Saver says.
  MetaGraph meta;
  meta.graph = prepared(load_model(files, input_graph).meta_graph().graph, clear_devices);
  const Graph pruned = prune(meta.graph, outputs);
  const Choice choice(variable_names_whitelist, variable_names_blacklist);
  const Checkpoint checkpoint = Checkpoint::open(files, input_checkpoint);
  MetaGraph variables;
  variables.graph = chosen_variables(pruned, choice);
  std::unordered_map<std::string, Piece> values =
      variable_values(variables, variables.graph, checkpoint);
  for (auto& [name, value] : values) value = as_tensorflow_stores(value);
  Graph frozen = convert_variables(pruned, values, clear_devices);
  if (!output_graph.empty()) write_graph(files, output_graph, frozen, Durability::kRename);
  return frozen;
}

}  // namespace icecore::inline v0
