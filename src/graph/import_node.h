// A node on its way from a loaded graph into one under construction.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/builder_data.h"
#include "graph/imported_ops.h"
#include "graph/node_def.h"

namespace icecore::inline v0 {

struct ImportedAttrs {
  EncodedAttrs kept;                 // With defaults for what was missing.
  std::vector<Shape> output_shapes;  // Of `_output_shapes`, which isn't kept.
  bool has_output_shapes = false;
  std::vector<std::string> groups;  // Colocation groups as the file names them.
};

// ValueError where an attribute is missing, of another kind, of a value that the op doesn't allow,
// or none of the op's; UNIMPLEMENTED where the op was removed before the graph was written.
ImportedAttrs import_attrs(BuilderData& graph, const ImportedOps& ops, const NodeDef& node,
                           const std::shared_ptr<const OpSignature>& signature,
                           std::string_view prefix);

// The nodes that it is to be colocated with, but for itself.
std::vector<std::string> colocation_names(const EncodedAttrs& attrs, std::string_view name);

// Merges the shapes that the file gives with those that were inferred.
void set_stored_shapes(BuilderData& graph, int id, const ImportedAttrs& attrs);

// Groups that name a node which got another name.
void rename_groups(BuilderData& graph, int id,
                   const std::unordered_map<std::string, std::string>& renamed);

}  // namespace icecore::inline v0
