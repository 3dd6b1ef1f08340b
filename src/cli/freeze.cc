#include <fmt/format.h>
#include <icecore/freeze.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "cli/output.h"
#include "cli/runtime_library.h"
#include "cli/verbs.h"

namespace icecore::inline v0 {
namespace {

CheckFrozenResult check(const FreezeArguments& arguments, const FreezeOptions& options) {
  CheckFrozenRequest request;
  request.graph = arguments.graph;
  request.checkpoint = arguments.checkpoint;
  request.tags = options.saved_model_tags;
  request.frozen = arguments.output_file;
  request.outputs = options.output_node_names;
  CheckFrozenResult result;
  load_check_frozen()(request, result);
  return result;
}

std::string described(const CheckedTensor& tensor) {
  return printable(tensor.name) + " " + to_string(tensor.dtype) + " " + to_string(tensor.shape);
}

void print_check(const CheckFrozenResult& result) {
  if (!result.obstacle.empty()) {
    print_warning("not checked: " + in_one_line(result.obstacle));
    return;
  }
  std::string fed;
  for (const CheckedTensor& tensor : result.fed)
    fed += (fed.empty() ? "" : ", ") + described(tensor);
  for (const CheckedTensor& output : result.outputs) {
    std::string verdict =
        output.shape.num_elements() == 0 ? "equal, but without elements" : "equal";
    if (!output.equal) {
      verdict = "DIFFERENT";
      if (output.largest_difference > 0) {
        verdict += fmt::format(", by up to {:g}", output.largest_difference);
      }
    }
    fmt::print("checked: {}: {}\n", described(output), verdict);
  }
  fmt::print("fed: {}\n", fed.empty() ? "nothing" : fed);
}

nlohmann::ordered_json as_json(const CheckedTensor& tensor) {
  return {
      {"name", tensor.name},
      {"dtype", to_string(tensor.dtype)},
      {"shape", std::vector<std::int64_t>(tensor.shape.dims().begin(), tensor.shape.dims().end())}};
}

nlohmann::ordered_json as_json(const CheckFrozenResult& result) {
  if (!result.obstacle.empty()) {
    return {{"checked", false}, {"reason", in_one_line(result.obstacle)}};
  }
  nlohmann::ordered_json fed = nlohmann::ordered_json::array(), outputs = fed;
  for (const CheckedTensor& tensor : result.fed) fed.push_back(as_json(tensor));
  for (const CheckedTensor& output : result.outputs) {
    outputs.push_back(as_json(output));
    outputs.back()["equal"] = output.equal;
    outputs.back()["largest_difference"] = output.largest_difference;
  }
  return {{"checked", true}, {"fed", fed}, {"outputs", outputs}};
}

}  // namespace

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
  std::optional<CheckFrozenResult> checked;
  if (arguments.check) checked = check(arguments, options);
  if (arguments.json) {
    nlohmann::ordered_json document = {{"schema", 1},
                                       {"path", arguments.output_file},
                                       {"bytes", result.bytes},
                                       {"nodes", result.graph.size()},
                                       {"variables", result.variables},
                                       {"warnings", result.warnings}};
    if (checked) document["check"] = as_json(*checked);
    print_document(document);
  } else {
    fmt::print("{}: {} nodes, {} variable{} frozen, {}\n", arguments.output_file,
               result.graph.size(), result.variables, result.variables == 1 ? "" : "s",
               readable_bytes(result.bytes));
    if (checked) print_check(*checked);
  }
  return checked && checked->differs() ? 1 : 0;
}

}  // namespace icecore::inline v0
