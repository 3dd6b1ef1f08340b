// What an object-based checkpoint of TensorFlow 2 says of its objects (docs/formats.md,
// "Object-based checkpoints").
#pragma once

#include <icecore/checkpoint.h>
#include <icecore/export.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

// The variable that holds the object graph; where it is, the checkpoint is object-based.
inline constexpr std::string_view kObjectGraphKey = "_CHECKPOINTABLE_OBJECT_GRAPH";

// One saved value of an object.
struct ObjectAttribute {
  // How the root leads to the object: "layer/kernel"; one of the shortest ways, by the names in the
  // Python program. "" for the root itself.
  std::string path;
  std::string name;            // "VARIABLE_VALUE"
  std::string full_name;       // What a graph calls the variable; may be empty.
  std::string checkpoint_key;  // The variable's name in the checkpoint.
  bool optional_restore = false;
};

// Of a serialized TrackableObjectGraph, in its order. DATA_LOSS where it can't be parsed or refers
// to an object that it doesn't have.
ICECORE_API std::vector<ObjectAttribute> parse_object_graph(std::string_view message);

// Nothing where the checkpoint isn't object-based. Reads its object graph.
ICECORE_API std::optional<std::vector<ObjectAttribute>> object_graph(const Checkpoint& checkpoint);

// The keys in the checkpoint, by the names that variables had in a graph. Nothing likewise.
ICECORE_API std::optional<std::map<std::string, std::string, std::less<>>> keys_by_full_name(
    const Checkpoint& checkpoint);

}  // namespace icecore::inline v0
