#include "runtime/run_model.h"

#include <icecore/checkpoint.h>
#include <icecore/error.h>
#include <icecore/session.h>

#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "graph/prune.h"
#include "io/posix_file_system.h"
#include "model/model_file.h"
#include "runtime/restore_variables.h"

namespace icecore::inline v0 {
namespace {

std::string node_of(const std::string& tensor) {
  return std::string(parse_input(tensor).node);
}

std::string with_output(const std::string& name) {
  return name.find(':') == std::string::npos ? name + ":0" : name;
}

const SignatureDef& find_signature(const MetaGraph& meta, const std::string& key) {
  for (const SignatureDef& signature : meta.signatures) {
    if (signature.key == key) return signature;
  }
  std::string message = "the graph has no signature '" + key + "'; it has ";
  if (meta.signatures.empty()) message += "none";
  for (std::size_t i = 0; i < meta.signatures.size(); ++i) {
    message += (i == 0 ? "'" : ", '") + meta.signatures[i].key + "'";
  }
  throw Error(Code::kNotFound, message);
}

std::string tensor_of_key(const std::vector<TensorInfo>& infos, const std::string& key,
                          const char* what) {
  for (const TensorInfo& info : infos) {
    if (info.key == key) return info.name;
  }
  std::string message = "the signature has no " + std::string(what) + " '" + key + "'; it has ";
  for (std::size_t i = 0; i < infos.size(); ++i) {
    message += (i == 0 ? "'" : ", '") + infos[i].key + "'";
  }
  throw Error(Code::kNotFound, message);
}

// The request with tensors' names in the place of a signature's keys.
struct Resolved {
  std::vector<Feed> feeds;
  std::vector<std::string> names;  // As asked for.
  std::vector<TensorName> fetches;
};

Resolved resolve(const MetaGraph& meta, const RunModelRequest& request) {
  Resolved resolved;
  if (request.signature.empty()) {
    for (const auto& [name, value] : request.feeds) resolved.feeds.push_back({name, value});
    for (const std::string& name : request.fetches) {
      resolved.names.push_back(name);
      resolved.fetches.emplace_back(with_output(name));
    }
    return resolved;
  }
  const SignatureDef& signature = find_signature(meta, request.signature);
  for (const auto& [key, value] : request.feeds) {
    resolved.feeds.push_back({tensor_of_key(signature.inputs, key, "input"), value});
  }
  std::vector<std::string> keys = request.fetches;
  if (keys.empty()) {
    for (const TensorInfo& output : signature.outputs) keys.push_back(output.key);
  }
  for (const std::string& key : keys) {
    resolved.names.push_back(key);
    resolved.fetches.emplace_back(tensor_of_key(signature.outputs, key, "output"));
  }
  return resolved;
}

bool fills_table(std::string_view op) {
  return op.starts_with("InitializeTable") || op.starts_with("LookupTableImport");
}

// Runs the nodes that give the needed tables their values, of which no checkpoint has them.
void initialize_tables(const Graph& graph, const Graph& needed, Session& session) {
  std::vector<TensorName> targets;
  for (const Span& encoded : graph.data().nodes) {
    const NodeDef node = decode_node(encoded);
    if (!fills_table(node.op) || node.inputs.empty()) continue;
    const std::string table(parse_input(node.inputs[0]).node);
    if (needed.find(table) && !needed.find(node.name)) targets.emplace_back(std::string(node.name));
  }
  if (!targets.empty()) session.run({}, {}, targets);
}

}  // namespace

RunModelResult run_model(const RunModelRequest& request) {
  const ModelFile model = load_model(posix_file_system(), request.graph);
  const MetaGraph& meta = model.meta_graph(request.tags);
  RunModelResult result;
  if (!model.note.empty()) result.notes.push_back(model.note);
  const Resolved resolved = resolve(meta, request);
  if (resolved.fetches.empty()) {
    throw Error(Code::kInvalidArgument, "nothing is asked for: --fetch NAME:0=FILE.npy");
  }
  Session session(meta.graph, {.intra_op_threads = request.threads, .allow_io = request.allow_io});
  std::vector<std::string> outputs;
  for (const TensorName& fetch : resolved.fetches) outputs.push_back(node_of(fetch.name()));
  const Graph needed = prune(meta.graph, outputs);
  if (has_variables(needed)) {
    const std::string path =
        request.checkpoint.empty() ? model.checkpoint.value_or("") : request.checkpoint;
    if (path.empty()) {
      throw Error(Code::kInvalidArgument,
                  "the graph has variables: their checkpoint is needed as second argument");
    }
    const Checkpoint checkpoint = Checkpoint::open(path);
    if (!checkpoint.note().empty()) result.notes.push_back(checkpoint.note());
    restore_variables(meta, checkpoint, needed, session);
  }
  initialize_tables(meta.graph, needed, session);
  std::vector<Tensor> values = session.run(resolved.feeds, resolved.fetches);
  for (std::size_t i = 0; i < values.size(); ++i) {
    result.outputs.emplace_back(resolved.names[i], std::move(values[i]));
  }
  return result;
}

}  // namespace icecore::inline v0

void icecore_run_model(const icecore::RunModelRequest& request, icecore::RunModelResult& result) {
  result = icecore::run_model(request);
}
