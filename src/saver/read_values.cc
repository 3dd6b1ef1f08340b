#include <icecore/error.h>
#include <icecore/node_runner.h>
#include <icecore/tensor_slice.h>

#include <map>
#include <set>
#include <utility>

#include "base/shape_match.h"
#include "checkpoint/object_graph.h"
#include "graph/type_text.h"
#include "saver/transport.h"

namespace icecore::inline v0 {
namespace {

std::string joined(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

Error wrapped(Code code, const std::string& why, const std::string& original) {
  return Error(code, "Restoring from checkpoint failed. This is most likely due to " + why +
                         " from the checkpoint. Please ensure that you have not altered the graph "
                         "expected based on the checkpoint. Original error:\n\n" +
                         original);
}

Error mismatch(const std::string& original) {
  return wrapped(Code::kInvalidArgument, "a mismatch between the current graph and the graph",
                 original);
}

Error missing_keys(const Checkpoint& checkpoint, const std::set<std::string>& missing,
                   std::size_t rows) {
  const std::string& first = *missing.begin();
  const bool v2 = checkpoint.format() == CheckpointFormat::kV2;
  std::string original =
      v2 ? "Key " + first + " not found in checkpoint"
         : "Tensor name \"" + first + "\" not found in checkpoint files " + checkpoint.prefix();
  if (missing.size() > 1) {
    std::set<std::string> others = missing;
    others.erase(first);
    original += "; nor are " + joined(others);
  }
  original += " (" + std::to_string(missing.size()) + " of " + std::to_string(rows) +
              " missing in " + checkpoint.prefix() + ")";
  return wrapped(Code::kNotFound, "a Variable name or other graph key that is missing", original);
}

// Keys of a checkpoint of TensorFlow 2, by the names that variables had when it was written. What
// hasn't got one is an error.
std::map<std::string, std::string> keys_by_name(const std::vector<ObjectAttribute>& attributes,
                                                const RestorePlan& plan) {
  std::map<std::string, std::string> keys;
  for (const ObjectAttribute& attribute : attributes) {
    keys.insert_or_assign(attribute.full_name, attribute.checkpoint_key);
  }
  std::set<std::string> wanted, missing, extra;
  for (const RestoredRow& row : plan.rows) {
    wanted.insert(row.key);
    if (!keys.contains(row.key)) missing.insert(row.key);
  }
  if (missing.empty()) return keys;
  std::size_t matched = 0;
  for (const auto& [name, key] : keys) {
    if (wanted.contains(name)) {
      ++matched;
    } else {
      extra.insert(name);
    }
  }
  throw Error(Code::kNotFound,
              "\n\nExisting variables not in the checkpoint: " + joined(missing) +
                  "\n\nVariables names when this checkpoint was written which don't exist now: " +
                  joined(extra) + "\n\n(" + std::to_string(matched) +
                  " variable name(s) did match)\n\nCould not find some variables in the "
                  "checkpoint (see names above). It was written by TensorFlow 2 "
                  "(tf.train.Checkpoint, or a Keras model), object by object; a Saver finds its "
                  "variables by the names that they had then. A Saver of the variables that it "
                  "has, or of a map from those names to the variables, can restore it.");
}

// The checkpoint's key of each row.
std::vector<std::string> keys_of(const Checkpoint& checkpoint, const RestorePlan& plan) {
  std::vector<std::string> keys;
  std::set<std::string> missing;
  for (const RestoredRow& row : plan.rows) {
    keys.push_back(row.key);
    if (!checkpoint.contains(row.key)) missing.insert(row.key);
  }
  if (missing.empty()) return keys;
  const auto attributes = object_graph(checkpoint);
  if (!attributes) throw missing_keys(checkpoint, missing, plan.rows.size());
  const std::map<std::string, std::string> by_name = keys_by_name(*attributes, plan);
  missing.clear();
  for (std::string& key : keys) {
    key = by_name.at(key);
    if (!checkpoint.contains(key)) missing.insert(key);
  }
  if (!missing.empty()) throw missing_keys(checkpoint, missing, plan.rows.size());
  return keys;
}

// What keeps a row from its variable; "" where nothing does.
std::string dtype_fault(const RestoredRow& row, const VariableInfo& stored, bool v2) {
  if (row.dtype == DType::kInvalid || row.dtype == stored.dtype) return "";
  const std::string wanted = type_text({row.dtype, false});
  const std::string found = type_text({stored.dtype, false});
  return v2 ? "tensor_name = " + row.key + "; expected dtype " + wanted +
                  " does not equal original dtype " + found
            : "Expected to restore a tensor of type " + wanted + ", got a tensor of type " + found +
                  " instead: tensor_name = " + row.key;
}

std::string shape_fault(const RestoredRow& row, const VariableInfo& stored) {
  Shape shape = stored.shape;
  if (!row.shape_and_slice.empty()) {
    const ShapeAndSlice part = ShapeAndSlice::parse(row.shape_and_slice);
    if (part.full_shape != stored.shape) {
      return "tensor_name = " + row.key + "; shape in shape_and_slice spec " +
             to_string(part.full_shape) +
             " does not match the shape stored in checkpoint: " + to_string(stored.shape);
    }
    shape = part.slice.apply(part.full_shape);
  }
  if (!row.variable_shape || row.variable.empty()) return "";
  const Shape& variable = *row.variable_shape;
  if (row.reshape) {
    const auto wanted = variable.num_elements();
    if (!wanted || wanted == shape.num_elements()) return "";
    return "Input to reshape is a tensor with " + std::to_string(shape.num_elements().value_or(0)) +
           " values, but the requested shape has " + std::to_string(*wanted) + " (" + row.variable +
           ")";
  }
  if (!row.validate_shape || allows(variable, shape)) return "";
  return "Assign requires shapes of both tensors to match. lhs shape= " + to_string(variable) +
         " rhs shape= " + to_string(shape) + " (" + row.variable +
         (row.key == row.variable ? "" : ", from " + row.key) + ")";
}

void check_fit(const Checkpoint& checkpoint, const RestorePlan& plan,
               const std::vector<std::string>& keys) {
  const bool v2 = checkpoint.format() == CheckpointFormat::kV2;
  std::string dtypes, shapes;
  const auto add = [](std::string& all, const std::string& fault) {
    if (!fault.empty()) all += (all.empty() ? "" : "\n") + fault;
  };
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const VariableInfo& stored = *checkpoint.find(keys[i]);
    add(dtypes, dtype_fault(plan.rows[i], stored, v2));
    add(shapes, shape_fault(plan.rows[i], stored));
  }
  if (!dtypes.empty()) throw mismatch(dtypes);
  if (!shapes.empty()) throw mismatch(shapes);
}

Tensor read_row(const Checkpoint& checkpoint, const RestoredRow& row, const std::string& key) {
  const bool whole = row.shape_and_slice.empty();
  Tensor value = whole ? checkpoint.read(key)
                       : checkpoint.read(key, ShapeAndSlice::parse(row.shape_and_slice).slice);
  const bool reshapes = row.reshape && row.variable_shape && row.variable_shape->is_fully_defined();
  return reshapes ? value.reshaped(*row.variable_shape) : value;
}

}  // namespace

void read_values(const Checkpoint& checkpoint, const RestorePlan& plan, VariableStore& variables) {
  auto* const runner = dynamic_cast<NodeRunner*>(&variables);
  if (!plan.targets.empty() && runner == nullptr) {
    throw Error(Code::kUnimplemented, plan.targets[0] +
                                          " restores what is no variable: a Session is needed to "
                                          "run it");
  }
  std::vector<Tensor> values;
  const std::vector<std::string> keys = keys_of(checkpoint, plan);
  check_fit(checkpoint, plan, keys);
  try {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      values.push_back(read_row(checkpoint, plan.rows[i], keys[i]));
    }
  } catch (const Error& error) {
    if (error.code() != Code::kInvalidArgument) throw;
    throw mismatch(error.message());
  }
  std::vector<std::pair<std::string, Tensor>> feeds;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const RestoredRow& row = plan.rows[i];
    if (row.variable.empty()) {
      feeds.emplace_back(row.tensor, std::move(values[i]));
    } else {
      variables.assign(row.variable, std::move(values[i]));
    }
  }
  if (!plan.targets.empty()) runner->run_nodes(feeds, {}, plan.targets);
}

}  // namespace icecore::inline v0
