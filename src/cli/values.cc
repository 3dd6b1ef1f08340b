#include "cli/values.h"

#include <icecore/error.h>

#include <algorithm>
#include <memory>

#include "base/nearest.h"
#include "cli/digest.h"
#include "graph/constant_values.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "graph/tensor_def.h"
#include "io/file_system.h"
#include "locate/sniff.h"
#include "model/model_file.h"

namespace icecore::inline v0 {
namespace {

Values of_checkpoint(const std::string& path) {
  const Checkpoint checkpoint = Checkpoint::open(path);
  Values values;
  values.format = checkpoint.format() == CheckpointFormat::kV1 ? "v1" : "v2";
  values.note = checkpoint.note();
  for (const VariableInfo& variable : checkpoint.variables()) {
    values.list.push_back({variable.name, variable.dtype, variable.shape});
  }
  values.read = [checkpoint](std::size_t i) {
    return checkpoint.read(checkpoint.variables()[i].name);
  };
  values.digest = [checkpoint](std::size_t i) {
    return digest(checkpoint.read(checkpoint.variables()[i].name));
  };
  values.read_slice = [checkpoint](std::size_t i, const TensorSlice& slice) {
    return checkpoint.read(checkpoint.variables()[i].name, slice);
  };
  values.bytes = [checkpoint](std::size_t i) -> std::optional<std::uint64_t> {
    const VariableInfo& variable = checkpoint.variables()[i];
    if (variable.bytes) return variable.bytes;
    try {
      return checkpoint.byte_size(variable.name);
    } catch (const Error&) {
      return std::nullopt;  // Listing names needs no data; reading it will say what is wrong.
    }
  };
  return values;
}

// Bytes of a constant's values; nothing where they can't be told.
std::optional<std::uint64_t> constant_bytes(const Span& tensor, const ValueInfo& info) {
  try {
    const auto count = info.shape.num_elements();
    const std::size_t size = dtype_size(info.dtype);
    if (count && size > 0) return static_cast<std::uint64_t>(*count) * size;
    return values_size(tensor);
  } catch (const Error&) {
    return std::nullopt;  // Listing doesn't need them; reading will say what is wrong.
  }
}

Values of_graph(const ModelFile& model) {
  struct Constant {
    ValueInfo info;
    Span tensor;
  };
  auto constants = std::make_shared<std::vector<Constant>>();
  for (const Span& encoded : model.meta_graph().graph.data().nodes) {
    const NodeDef node = decode_node(encoded);
    if (node.op != "Const") continue;
    const std::optional<Span> tensor = attr_tensor(node.attr("value"));
    if (!tensor) continue;
    const TensorFacts facts = tensor_facts(*tensor);
    constants->push_back({{std::string(node.name), facts.dtype, facts.shape}, *tensor});
  }
  std::ranges::sort(*constants, {},
                    [](const Constant& c) -> const std::string& { return c.info.name; });

  Values values;
  values.format = "graph";
  values.note = model.note;
  for (const Constant& constant : *constants) values.list.push_back(constant.info);
  values.read = [constants](std::size_t i) { return decode_tensor((*constants)[i].tensor); };
  values.digest = [constants](std::size_t i) {
    Digest digest;
    copy_values((*constants)[i].tensor,
                [&](std::span<const std::byte> piece) { digest.add(piece); });
    return digest.finish();
  };
  values.read_slice = [](std::size_t, const TensorSlice&) -> Tensor {
    throw Error(Code::kUnimplemented,
                "--slice takes parts of a checkpoint's variables; a graph's "
                "constants are shown whole");
  };
  values.bytes = [constants](std::size_t i) {
    return constant_bytes((*constants)[i].tensor, (*constants)[i].info);
  };
  return values;
}

bool is_graph_file(const FileSystem& files, const std::string& path) {
  if (!files.is_file(path)) return false;
  const Content content = sniff(files, path).content;
  return content == Content::kGraphDef || content == Content::kTextGraph;
}

}  // namespace

Values Values::open(const std::string& path) {
  const FileSystem& files = posix_file_system();
  if (is_graph_file(files, path)) return of_graph(load_model(files, path));
  try {
    return of_checkpoint(path);
  } catch (const Error& no_checkpoint) {
    // A .meta or a SavedModel whose weights aren't there still has constants.
    if (no_checkpoint.code() != Code::kNotFound) throw;
    const bool meta = files.is_file(path) && is_graph(sniff(files, path).content);
    const bool saved_model =
        files.is_folder(path) && (files.is_file(join_path(path, "saved_model.pb")) ||
                                  files.is_file(join_path(path, "saved_model.pbtxt")));
    if (!meta && !saved_model) throw;
    Values values = of_graph(load_model(files, path));
    values.note = "no checkpoint belongs to " + path + ": these are the graph's constants";
    return values;
  }
}

std::size_t Values::find(const std::string& given) const {
  // TensorFlow's scripts say "conv1/weights:0" for the variable conv1/weights.
  const bool known = std::ranges::binary_search(list, given, {}, &ValueInfo::name);
  const std::string name =
      !known && given.ends_with(":0") ? given.substr(0, given.size() - 2) : given;
  const auto found = std::ranges::lower_bound(list, name, {}, &ValueInfo::name);
  if (found != list.end() && found->name == name) {
    return static_cast<std::size_t>(found - list.begin());
  }
  std::vector<std::string_view> names;
  for (const ValueInfo& value : list) names.push_back(value.name);
  std::string message = "there is no '" + name + "'";
  const auto nearest = nearest_names(name, names, 3);
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    message += (i == 0 ? " (nearest: '" : ", '") + std::string(nearest[i]) + "'";
  }
  throw Error(Code::kNotFound,
              message + (nearest.empty() ? " (`icecore list` shows what there is)" : ")"));
}

}  // namespace icecore::inline v0
