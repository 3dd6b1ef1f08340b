#include <icecore/checkpoint.h>
#include <icecore/error.h>
#include <icecore/freeze.h>

#include "freeze/convert_variables.h"
#include "freeze/variable_values.h"
#include "graph/graph_data.h"
#include "graph/graph_writer.h"
#include "graph/node_def.h"
#include "graph/prune.h"
#include "io/file_system.h"
#include "model/model_file.h"

namespace icecore::inline v0 {
namespace {

// People give "prob:0", " prob" and "^prob" for node "prob".
std::string output_node(const Graph& graph, std::string_view given) {
  constexpr std::string_view kBlanks = " \t\n";
  const std::size_t first = given.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) {
    throw Error(Code::kInvalidArgument, "an output's name is empty");
  }
  given = given.substr(first, given.find_last_not_of(kBlanks) - first + 1);
  if (graph.find(given)) return std::string(given);
  return std::string(parse_input(given).node);
}

// Nodes whose work isn't in the file.
void warn_of_python(const Graph& graph, FreezeResult& result) {
  for (const Span& encoded : graph.data().nodes) {
    const NodeDef node = decode_node(encoded);
    if (node.op != "PyFunc" && node.op != "PyFuncStateless" && node.op != "EagerPyFunc") continue;
    const std::string token(attr_bytes(node.attr("token")));
    result.warnings.push_back("node '" + std::string(node.name) + "' runs Python code (token " +
                              token +
                              ") that is not in any file: who runs the frozen graph must "
                              "register that function");
  }
}

}  // namespace

FreezeResult freeze_graph(const FreezeOptions& options) {
  return freeze_graph(posix_file_system(), options);
}

FreezeResult freeze_graph(FileSystem& files, const FreezeOptions& options) {
  FreezeResult result;
  const ModelFile model = load_model(files, options.input_graph);
  if (!model.note.empty()) result.notes.push_back(model.note);
  const MetaGraph& meta = model.meta_graph(options.saved_model_tags);
  if (options.output_node_names.empty()) {
    throw Error(Code::kInvalidArgument,
                "no outputs were given: name the nodes to keep (`icecore graph " + model.path +
                    "` lists likely ones)");
  }
  std::vector<std::string> outputs;
  outputs.reserve(options.output_node_names.size());
  for (const std::string& name : options.output_node_names) {
    outputs.push_back(output_node(meta.graph, name));
  }
  const Graph pruned = prune(meta.graph, outputs);

  std::unordered_map<std::string, Piece> values;
  if (has_variables(pruned)) {
    const std::string& given = options.input_checkpoint;
    if (given.empty() && !model.checkpoint) {
      throw Error(Code::kInvalidArgument,
                  "the graph has variables: give the checkpoint that holds their values");
    }
    const Checkpoint checkpoint =
        Checkpoint::open(files, given.empty() ? *model.checkpoint : given);
    if (!checkpoint.note().empty()) result.notes.push_back(checkpoint.note());
    values = variable_values(meta, pruned, checkpoint);
  }
  result.variables = values.size();
  result.graph = convert_variables(pruned, values, options.clear_devices);
  result.bytes = encoded_size(result.graph);
  warn_of_python(result.graph, result);
  if (!options.output_graph.empty()) {
    write_graph(files, options.output_graph, result.graph,
                options.sync ? Durability::kSync : Durability::kRename, options.progress);
  }
  return result;
}

}  // namespace icecore::inline v0
