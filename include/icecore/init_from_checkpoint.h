// Variables that begin as a checkpoint's (tf.train.init_from_checkpoint).
#pragma once

#include <icecore/export.h>
#include <icecore/graph_builder.h>

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace icecore::inline v0 {

class FileSystem;

// What a name of the checkpoint goes to: the name of a variable that get_variable() made (a
// partitioned one by the name of the whole), a variable, or the parts of one. A name that ends in
// "/" is a scope of the checkpoint, "/" its root; it goes to a scope of the graph, whose variables
// all get what has their name there.
using AssignmentTarget = std::variant<std::string, Variable, std::vector<Variable>>;
using AssignmentMap = std::map<std::string, AssignmentTarget>;

// Gives the variables new initializers, which read the checkpoint when they are run: nodes
// checkpoint_initializer…, as TensorFlow 1.15.5 adds them. `path` is a prefix, or a folder, of
// which the latest checkpoint is taken. A Session needs SessionOptions::allow_io to run them.
//
// INVALID_ARGUMENT (ValueError) where the checkpoint lacks a name, or a variable's shape is
// another.
ICECORE_API void init_from_checkpoint(GraphBuilder& graph, const std::string& path,
                                      const AssignmentMap& assignment_map);
ICECORE_API void init_from_checkpoint(FileSystem& files, GraphBuilder& graph,
                                      const std::string& path, const AssignmentMap& assignment_map);

}  // namespace icecore::inline v0
