#include "saver/saveables.h"

#include <icecore/error.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "graph/builder_data.h"
#include "graph/type_text.h"

namespace icecore::inline v0 {
namespace {

// As Python prints a tf.Tensor.
std::string described(const Output& tensor) {
  std::string text = "Tensor(\"" + tensor.name() + "\"";
  if (const Shape shape = tensor.shape(); shape.has_rank()) {
    text += ", shape=" + python_text(shape);
  }
  text += ", dtype=" + std::string(to_string(tensor.dtype()));
  if (tensor.is_reference()) text += "_ref";
  const std::string device = tensor.op().device();
  if (!device.empty()) text += ", device=" + device;
  return text + ")";
}

bool comes_from_variable(const Output& tensor) {
  const std::string op = tensor.op().type();
  return op == "Variable" || op == "VariableV2" || op == "AutoReloadVariable" ||
         op == "ReadVariableOp";
}

// A whole variable, as the tensor by which TensorFlow's Saver knows it.
Output element_of(const Variable& variable) {
  return variable.is_resource() ? variable.data().snapshot : variable.ref();
}

std::string name_of(const Saveable& saveable) {
  if (const auto* variable = std::get_if<Variable>(&saveable)) return variable->name();
  if (const auto* output = std::get_if<Output>(&saveable)) return output->name();
  if (const auto* whole = std::get_if<PartitionedVariable>(&saveable)) return whole->name;
  const auto& parts = std::get<std::vector<Variable>>(saveable);
  return parts.empty() ? "" : parts[0].name();
}

// op_list_to_dict: the key of each item; the parts of one variable under one key.
class ByName {
 public:
  void add(const Saveable& item) {
    if (const auto* whole = std::get_if<PartitionedVariable>(&item)) {
      return add_new(whole->name, *whole);
    }
    if (std::holds_alternative<std::vector<Variable>>(item)) {
      refuse_as(Misuse::kType,
                "a list of parts needs a key: give the Saver a map, or each part for itself");
    }
    const auto* variable = std::get_if<Variable>(&item);
    if (variable != nullptr && variable->data().save_slice) return add_part(*variable);
    const Output tensor = variable != nullptr ? element_of(*variable) : std::get<Output>(item);
    if (!comes_from_variable(tensor)) {
      refuse_as(Misuse::kType, "Variable to save is not a Variable: " + described(tensor));
    }
    const Operation op = tensor.op();
    add_new(op.type() == "ReadVariableOp" ? op.input(0).op().name() : op.name(), tensor);
  }
  SaveableMap take() { return std::move(map_); }

 private:
  void add_new(const std::string& key, Saveable saveable) {
    if (!map_.emplace(key, std::move(saveable)).second) {
      refuse_as(Misuse::kValue, "At least two variables have the same name: " + key);
    }
  }

  void add_part(const Variable& part) {
    const std::string& key = part.data().save_slice->full_name;
    const auto [known, is_new] = map_.emplace(key, std::vector<Variable>{part});
    if (is_new) return;
    auto* const parts = std::get_if<std::vector<Variable>>(&known->second);
    if (parts == nullptr) {
      refuse_as(Misuse::kValue, "Mixing slices and non-slices with the same name: " + key);
    }
    parts->push_back(part);
  }

  SaveableMap map_;
};

SaveableTensor whole_variable(const std::string& key, const Output& tensor) {
  if (!comes_from_variable(tensor)) {
    refuse_as(Misuse::kType,
              "names_to_saveables must be a dict mapping string names to Tensors/Variables. Not a "
              "variable: " +
                  described(tensor));
  }
  const Operation op = tensor.op();
  SaveableTensor saveable;
  saveable.key = key;
  saveable.dtype = tensor.dtype();
  saveable.shape = tensor.shape();
  saveable.device = op.device();
  saveable.is_resource = op.type() == "ReadVariableOp";
  saveable.target = saveable.is_resource ? op.input(0) : tensor;
  saveable.tensor = [tensor] { return tensor; };
  return saveable;
}

// Nodes that read a part of a resource variable, wherever it is, into the machine's memory.
Output read_part(GraphBuilder graph, const Variable& part) {
  const ScopeGuard outer = graph.device(part.op().device());
  Output value;
  {
    const ScopeGuard scope = graph.name_scope("Read");
    const ScopeGuard device = graph.device(part.op().device());
    value =
        graph.apply_op("ReadVariableOp", {Input(part.ref())}, {{"dtype", part.dtype()}}).output();
  }
  value = graph.identity(value);
  const ScopeGuard cpu = graph.device("/device:CPU:0");
  return graph.identity(value);
}

SaveableTensor part_of_variable(const GraphBuilder& graph, const std::string& key,
                                const Variable& part) {
  SaveableTensor saveable;
  saveable.key = key;
  saveable.slice_spec = part.data().save_slice->spec();
  saveable.dtype = part.dtype();
  saveable.shape = part.shape();
  saveable.device = part.op().device();
  saveable.is_resource = part.is_resource();
  saveable.target = part.ref();
  if (part.is_resource()) {
    saveable.tensor = [graph, part] { return read_part(graph, part); };
  } else {
    saveable.tensor = [snapshot = part.data().snapshot] { return snapshot; };
  }
  return saveable;
}

void add_parts(const GraphBuilder& graph, const std::string& key,
               const std::vector<Variable>& parts, std::vector<SaveableTensor>& saveables) {
  std::optional<std::string> name;
  for (const Variable& part : parts) {
    const auto& slice = part.data().save_slice;
    if (!slice) refuse_as(Misuse::kValue, "Slices must all be slices: " + part.name());
    if (name && *name != slice->full_name) {
      refuse_as(Misuse::kValue,
                "Slices must all be from the same tensor: " + *name + " != " + slice->full_name);
    }
    name = slice->full_name;
    saveables.push_back(part_of_variable(graph, key, part));
  }
}

SaveableMap by_key(const VarList& var_list) {
  if (const auto* map = std::get_if<SaveableMap>(&var_list)) return *map;
  ByName by_name;
  if (const auto* given = std::get_if<SaveableList>(&var_list)) {
    SaveableList list = *given;
    std::ranges::stable_sort(list, {}, name_of);
    for (const Saveable& item : list) by_name.add(item);
  }
  return by_name.take();
}

}  // namespace

std::vector<SaveableTensor> sorted_saveables(const GraphBuilder& graph, const VarList& var_list) {
  std::vector<SaveableTensor> saveables;
  for (const auto& [key, saveable] : by_key(var_list)) {
    if (const auto* variable = std::get_if<Variable>(&saveable)) {
      saveables.push_back(whole_variable(key, element_of(*variable)));
    } else if (const auto* output = std::get_if<Output>(&saveable)) {
      saveables.push_back(whole_variable(key, *output));
    } else if (const auto* whole = std::get_if<PartitionedVariable>(&saveable)) {
      add_parts(graph, key, whole->parts, saveables);
    } else {
      add_parts(graph, key, std::get<std::vector<Variable>>(saveable), saveables);
    }
  }
  std::set<std::pair<int, int>> seen;
  for (const SaveableTensor& saveable : saveables) {
    if (saveable.target.op().graph() != graph) {
      refuse_as(Misuse::kValue, "The variable " + saveable.target.name() +
                                    " is of another graph than the Saver's.");
    }
    if (!seen.emplace(saveable.target.op().id(), saveable.target.index()).second) {
      refuse_as(Misuse::kValue,
                "The same saveable will be restored with two names: " + saveable.key);
    }
  }
  return saveables;
}

Operation restore_saveable(GraphBuilder& graph, const SaveableTensor& saveable, Output value,
                           bool validate_shape) {
  if (!saveable.is_resource) {
    return graph.apply_op("Assign", {Input(saveable.target), Input(value)},
                          {{"validate_shape", validate_shape}});
  }
  const ScopeGuard device = graph.device(saveable.device);
  value = graph.identity(value);
  return graph.apply_op("AssignVariableOp", {Input(saveable.target), Input(value)});
}

}  // namespace icecore::inline v0
