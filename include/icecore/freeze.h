// Freezing: a graph and the values of its variables become one graph of constants.
#pragma once

#include <icecore/export.h>
#include <icecore/graph.h>
#include <icecore/progress.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace icecore::inline v0 {

class FileSystem;

struct ICECORE_API FreezeOptions {
  // Any path that leads to a graph: a GraphDef or .meta (binary or text), a SavedModel's folder, a
  // checkpoint that has its .meta beside it.
  std::string input_graph;
  // Any path that leads to a checkpoint. Empty: the one that belongs to input_graph (a SavedModel's
  // variables, a .meta's own prefix); a graph without variables needs none.
  std::string input_checkpoint;
  // Nodes to keep, with all that they need. "prob:0" is taken as node "prob".
  std::vector<std::string> output_node_names;
  // Where the frozen GraphDef goes; empty writes nothing. Replaced in one step.
  std::string output_graph;
  // Of a SavedModel with several graphs: the one with exactly these tags; else the first.
  std::vector<std::string> saved_model_tags = {};
  bool clear_devices = true;
  // Make the file durable (fdatasync) before it gets its name.
  bool sync = false;
  // Called while writing, with bytes done and the total.
  Progress progress = {};
};

struct ICECORE_API FreezeResult {
  // The frozen graph. Its constants are read from the checkpoint when they are needed.
  Graph graph;
  std::size_t variables = 0;          // How many became constants.
  std::uint64_t bytes = 0;            // Of the encoded GraphDef.
  std::vector<std::string> notes;     // What was chosen where a path could mean several things.
  std::vector<std::string> warnings;  // What a user of the result must know, e.g. of PyFunc nodes.
};

// Nodes come in the order, and with the attributes, that TensorFlow 1.15.5's
// convert_variables_to_constants gives them; nodes that hold no variable stand byte for byte as in
// the input (but for their device). `versions` and the function library are kept.
//
// Variable, VariableV2 and VarHandleOp become Const with the checkpoint entry that the graph's
// SaverDef restores them from (without one: the entry of the variable's name). Values are verified
// against the checkpoint's checksums as they are copied; memory doesn't grow with the model.
//
// Errors: NOT_FOUND (a file, an output, variables that the checkpoint lacks: all are named),
// INVALID_ARGUMENT (another dtype or shape than the graph's; no outputs), DATA_LOSS (damaged
// values, no output is left behind), RESOURCE_EXHAUSTED (2 GiB or more), UNIMPLEMENTED (variables
// that are handed to functions or assigned in the frozen part).
ICECORE_API FreezeResult freeze_graph(const FreezeOptions& options);
ICECORE_API FreezeResult freeze_graph(FileSystem& files, const FreezeOptions& options);

// freeze_graph by the arguments of TensorFlow's function (tools/freeze_graph.py), and with its
// result: 1.15.5's message with its storage of values, with the default attributes that its import
// fills in and without `versions`. It is written to `output_graph`, unless that is empty, over
// what is there. Names are separated by commas; the graph may be binary or text, whatever
// `input_binary` says; `restore_op_name` and `filename_tensor_name` change nothing, as there.
// Variables that aren't in the whitelist (where there is one), or are in the blacklist, stay
// variables. All values pass through memory.
//
// Errors: those above; INVALID_ARGUMENT (ValueError) where there is no such checkpoint, or no
// output is named; UNIMPLEMENTED with an `input_saver` or `initializer_nodes`.
ICECORE_API Graph freeze_graph(const std::string& input_graph, const std::string& input_saver,
                               bool input_binary, const std::string& input_checkpoint,
                               const std::string& output_node_names,
                               const std::string& restore_op_name,
                               const std::string& filename_tensor_name,
                               const std::string& output_graph, bool clear_devices,
                               const std::string& initializer_nodes,
                               const std::string& variable_names_whitelist = {},
                               const std::string& variable_names_blacklist = {});

}  // namespace icecore::inline v0
