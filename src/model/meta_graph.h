// A MetaGraphDef: a graph with what was written beside it.
#pragma once

#include <icecore/dtype.h>
#include <icecore/graph.h>
#include <icecore/saver_def.h>
#include <icecore/shape.h>

#include <optional>
#include <string>
#include <vector>

#include "proto/blob.h"

namespace icecore::inline v0 {

// A variable of the graph's collections.
struct VariableDef {
  std::string variable_name;  // "w:0"
  bool trainable = false;
};

struct TensorInfo {
  std::string key;   // What the signature calls it.
  std::string name;  // "x:0"
  DType dtype = DType::kInvalid;
  Shape shape;
};

struct SignatureDef {
  std::string key;  // "serving_default"
  std::string method_name;
  std::vector<TensorInfo> inputs, outputs;  // Sorted by key.
};

// A bare GraphDef is one without the rest.
struct MetaGraph {
  Graph graph;
  std::vector<std::string> tags;
  std::string tensorflow_version;
  std::optional<SaverDef> saver;
  // Nothing where there is no such collection (a bare GraphDef).
  std::optional<std::vector<VariableDef>> variables, trainable_variables;
  std::vector<SignatureDef> signatures;  // Sorted by key.
};

// DATA_LOSS where the bytes aren't a MetaGraphDef.
ICECORE_API MetaGraph parse_meta_graph(const Span& meta_graph_def);

}  // namespace icecore::inline v0
