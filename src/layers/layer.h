// What layers share: the scope that is theirs, and their variables (layers/base.py: Layer).
#pragma once

#include <icecore/layers.h>

#include <string>
#include <string_view>

#include "graph/builder_data.h"

namespace icecore::inline v0::layers {

// A layer's scope. While it is open, ops are made in the layer's name scope.
class LayerScope {
 public:
  // `kind` is "dense". A layer that has variables opens the scope `name`; one that has none makes
  // its name unique (`has_variables` false).
  LayerScope(GraphBuilder& graph, std::string_view kind, const std::string& name, bool reuse,
             bool has_variables);

  struct Weight {
    std::optional<Initializer> initializer;
    std::optional<Regularizer> regularizer;
    bool trainable = true;
    DType dtype = DType::kFloat32;
  };
  Variable weight(std::string_view name, const Shape& shape, const Weight& weight);

 private:
  GraphBuilder& graph_;
  VariableScope scope_;
  bool reuse_;
  ScopeStack open_;
};

// "SAME" or "VALID", however it is written; ValueError else.
std::string padding_of(const std::string& padding);

}  // namespace icecore::inline v0::layers
