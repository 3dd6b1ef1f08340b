#include "model/meta_graph.h"

#include <algorithm>

#include "graph/graph_data.h"
#include "graph/tensor_def.h"
#include "proto/cursor.h"
#include "proto/fields.h"

namespace icecore::inline v0 {
namespace {

VariableDef parse_variable(const Span& encoded) {
  VariableDef variable;
  for (Cursor c(encoded); c.next();) {
    if (c.field() == pb::VariableDef::variable_name) variable.variable_name = c.text();
    if (c.field() == pb::VariableDef::trainable) variable.trainable = c.boolean();
  }
  return variable;
}

// The VariableDefs of a CollectionDef: serialized messages in a bytes_list.
std::vector<VariableDef> parse_variables(const Span& collection) {
  std::vector<VariableDef> variables;
  for (Cursor c(collection); c.next();) {
    if (c.field() != pb::CollectionDef::bytes_list) continue;
    for (Cursor list(c.bytes()); list.next();) {
      if (list.field() == pb::CollectionDef_BytesList::value) {
        // A message within bytes: as a large leaf it may have been left in its file.
        variables.push_back(parse_variable(Span::of(list.bytes().read())));
      }
    }
  }
  return variables;
}

TensorInfo parse_tensor_info(std::string_view key, const Span& encoded) {
  TensorInfo info;
  info.key = key;
  info.shape = Shape::unknown_rank();
  for (Cursor c(encoded); c.next();) {
    if (c.field() == pb::TensorInfo::name) info.name = c.text();
    if (c.field() == pb::TensorInfo::dtype) {
      info.dtype = dtype_of_number(c.int64()).value_or(DType::kInvalid);
    }
    if (c.field() == pb::TensorInfo::tensor_shape) info.shape = decode_shape(c.bytes());
  }
  return info;
}

struct MapEntry {
  std::string_view key;
  Span value;
};

MapEntry parse_entry(const Span& encoded) {
  MapEntry entry;
  for (Cursor c(encoded); c.next();) {
    if (c.field() == 1) entry.key = c.text();
    if (c.field() == 2) entry.value = c.bytes();
  }
  return entry;
}

SignatureDef parse_signature(const MapEntry& entry) {
  SignatureDef signature;
  signature.key = entry.key;
  for (Cursor c(entry.value); c.next();) {
    if (c.field() == pb::SignatureDef::method_name) signature.method_name = c.text();
    const bool input = c.field() == pb::SignatureDef::inputs;
    if (!input && c.field() != pb::SignatureDef::outputs) continue;
    const Span encoded = c.bytes();
    const MapEntry tensor = parse_entry(encoded);
    (input ? signature.inputs : signature.outputs)
        .push_back(parse_tensor_info(tensor.key, tensor.value));
  }
  const auto by_key = [](const TensorInfo& a, const TensorInfo& b) { return a.key < b.key; };
  std::sort(signature.inputs.begin(), signature.inputs.end(), by_key);
  std::sort(signature.outputs.begin(), signature.outputs.end(), by_key);
  return signature;
}

void parse_meta_info(const Span& encoded, MetaGraph& meta) {
  for (Cursor c(encoded); c.next();) {
    if (c.field() == pb::MetaGraphDef_MetaInfoDef::tags) meta.tags.emplace_back(c.text());
    if (c.field() == pb::MetaGraphDef_MetaInfoDef::tensorflow_version) {
      meta.tensorflow_version = c.text();
    }
  }
}

}  // namespace

MetaGraph parse_meta_graph(const Span& meta_graph_def) {
  MetaGraph meta;
  for (Cursor c(meta_graph_def); c.next();) {
    switch (c.field()) {
      case pb::MetaGraphDef::meta_info_def:
        parse_meta_info(c.bytes(), meta);
        break;
      case pb::MetaGraphDef::graph_def:
        meta.graph = parse_graph(c.bytes());
        break;
      case pb::MetaGraphDef::saver_def:
        meta.saver = decode_saver_def(c.bytes().read());
        break;
      case pb::MetaGraphDef::signature_def: {
        const Span encoded = c.bytes();
        meta.signatures.push_back(parse_signature(parse_entry(encoded)));
        break;
      }
      case pb::MetaGraphDef::collection_def: {
        const Span encoded = c.bytes();
        const MapEntry entry = parse_entry(encoded);
        if (entry.key == "variables") meta.variables = parse_variables(entry.value);
        if (entry.key == "trainable_variables") {
          meta.trainable_variables = parse_variables(entry.value);
        }
        break;
      }
      default:
        break;
    }
  }
  std::sort(meta.signatures.begin(), meta.signatures.end(),
            [](const SignatureDef& a, const SignatureDef& b) { return a.key < b.key; });
  return meta;
}

}  // namespace icecore::inline v0
