#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/output.h"
#include "cli/verbs.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "io/file_system.h"
#include "model/graph_summary.h"
#include "model/model_file.h"
#include "proto/text_printer.h"

namespace icecore::inline v0 {
namespace {

using Json = nlohmann::ordered_json;

Json shape_json(const std::optional<Shape>& shape) {
  if (!shape || !shape->has_rank()) return nullptr;
  return std::vector<std::int64_t>(shape->dims().begin(), shape->dims().end());
}

Json dtype_json(const std::optional<DType>& dtype) {
  return dtype ? Json(to_string(*dtype)) : Json(nullptr);
}

Json names_json(const std::vector<NodeSummary>& nodes) {
  Json names = Json::array();
  for (const NodeSummary& node : nodes) names.push_back(node.name);
  return names;
}

// By the signature's own names, as TensorFlow's map has them.
Json tensors_json(const std::vector<TensorInfo>& tensors) {
  Json map = Json::object();
  for (const TensorInfo& tensor : tensors) {
    map[tensor.key] = {{"name", tensor.name},
                       {"dtype", to_string(tensor.dtype)},
                       {"shape", shape_json(tensor.shape)}};
  }
  return map;
}

void print_json(const MetaGraph& meta) {
  const GraphSummary summary = summarize(meta);
  Json document = {{"schema", 1},
                   {"nodes", summary.nodes},
                   {"ops", summary.ops},
                   {"inputs", names_json(summary.inputs)},
                   {"outputs", names_json(summary.outputs)},
                   {"variables", Json::array()}};
  for (const VariableSummary& variable : summary.variables) {
    document["variables"].push_back(
        {{"name", variable.name},
         {"trainable", variable.trainable ? Json(*variable.trainable) : Json(nullptr)},
         {"dtype", dtype_json(variable.dtype)},
         {"shape", shape_json(variable.shape)}});
  }
  for (const SignatureDef& signature : meta.signatures) {
    document["signatures"][signature.key] = {{"method_name", signature.method_name},
                                             {"inputs", tensors_json(signature.inputs)},
                                             {"outputs", tensors_json(signature.outputs)}};
  }
  print_document(document);
}

std::vector<std::string> row_of(const NodeSummary& node) {
  return {"  " + node.name, node.op, node.dtype ? to_string(*node.dtype) : "",
          node.shape ? to_string(*node.shape) : ""};
}

void print_nodes_under(const std::string& heading, const std::vector<NodeSummary>& nodes) {
  if (nodes.empty()) return;
  fmt::print("{}:\n", heading);
  std::vector<std::vector<std::string>> rows;
  for (const NodeSummary& node : nodes) rows.push_back(row_of(node));
  print_table(rows);
}

void print_signatures(const MetaGraph& meta) {
  for (const SignatureDef& signature : meta.signatures) {
    fmt::print("signature '{}' ({}):\n", signature.key, signature.method_name);
    std::vector<std::vector<std::string>> rows;
    const auto add = [&](const char* kind, const std::vector<TensorInfo>& tensors) {
      for (const TensorInfo& tensor : tensors) {
        rows.push_back({"  " + std::string(kind), tensor.key, tensor.name, to_string(tensor.dtype),
                        to_string(tensor.shape)});
      }
    };
    add("in", signature.inputs);
    add("out", signature.outputs);
    print_table(rows);
  }
}

std::string op_counts(const GraphSummary& summary) {
  std::vector<std::pair<std::string, std::size_t>> ops(summary.ops.begin(), summary.ops.end());
  std::stable_sort(ops.begin(), ops.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  for (const auto& [op, count] : ops) {
    text += (text.empty() ? "" : ", ") + op + " " + std::to_string(count);
  }
  return text;
}

void print_text(const MetaGraph& meta) {
  const GraphSummary summary = summarize(meta);
  fmt::print("{} nodes, {} ops", summary.nodes, summary.ops.size());
  if (!meta.tensorflow_version.empty()) {
    fmt::print(", written by TensorFlow {}", meta.tensorflow_version);
  }
  fmt::print("\nops: {}\n", op_counts(summary));
  print_nodes_under("inputs", summary.inputs);
  print_nodes_under("likely outputs", summary.outputs);
  if (!summary.variables.empty()) {
    fmt::print("variables:\n");
    std::vector<std::vector<std::string>> rows;
    for (const VariableSummary& variable : summary.variables) {
      rows.push_back({"  " + variable.name, variable.dtype ? to_string(*variable.dtype) : "",
                      variable.shape ? to_string(*variable.shape) : "",
                      variable.trainable.value_or(false) ? "trainable" : ""});
    }
    print_table(rows);
  }
  print_signatures(meta);
}

// One line a node: name, op, inputs joined by commas, separated by tabs.
void print_nodes(const Graph& graph) {
  std::string text;
  for (const Span& encoded : graph.data().nodes) {
    const NodeDef node = decode_node(encoded);
    text += printable(node.name, node.name.size()) + "\t" + printable(node.op) + "\t";
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      text += (i == 0 ? "" : ",") + printable(node.inputs[i], node.inputs[i].size());
    }
    text += '\n';
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
}

}  // namespace

int run_graph(const GraphArguments& arguments) {
  const ModelFile model = load_model(posix_file_system(), arguments.path);
  print_note(model.note);
  if (arguments.text) {
    print_text(model.encoded, schema_of(model.kind),
               TextOptions{.float_style = FloatStyle::kDouble},
               [](std::string_view piece) { std::fwrite(piece.data(), 1, piece.size(), stdout); });
    return 0;
  }
  const MetaGraph& meta = model.meta_graph(split_names(arguments.tags));
  if (arguments.nodes) {
    print_nodes(meta.graph);
  } else if (arguments.json) {
    print_json(meta);
  } else {
    print_text(meta);
  }
  return 0;
}

}  // namespace icecore::inline v0
