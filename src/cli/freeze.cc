#include <fmt/format.h>
#include <icecore/freeze.h>

#include <nlohmann/json.hpp>

#include "cli/output.h"
#include "cli/verbs.h"

namespace icecore::inline v0 {

int run_freeze(const FreezeArguments& arguments) {
  refuse_to_overwrite(arguments.output_file, arguments.force);
  FreezeOptions options;
  options.input_graph = arguments.graph;
  options.input_checkpoint = arguments.checkpoint;
  options.output_node_names = split_names(arguments.outputs);
  options.output_graph = arguments.output_file;
  options.saved_model_tags = split_names(arguments.tags);
  options.clear_devices = !arguments.keep_devices;
  options.sync = arguments.sync;
  options.progress = progress_bar("freezing");
  const FreezeResult result = freeze_graph(options);
  for (const std::string& note : result.notes) print_note(note);
  for (const std::string& warning : result.warnings) print_warning(warning);
  if (arguments.json) {
    const nlohmann::ordered_json document = {{"schema", 1},
                                             {"path", arguments.output_file},
                                             {"bytes", result.bytes},
                                             {"nodes", result.graph.size()},
                                             {"variables", result.variables},
                                             {"warnings", result.warnings}};
    print_document(document);
  } else {
    fmt::print("{}: {} nodes, {} variable{} frozen, {}\n", arguments.output_file,
               result.graph.size(), result.variables, result.variables == 1 ? "" : "s",
               readable_bytes(result.bytes));
  }
  return 0;
}

}  // namespace icecore::inline v0
