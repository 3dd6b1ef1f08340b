#include "freeze/variable_values.h"

#include <icecore/error.h>

#include <algorithm>
#include <vector>

#include "base/nearest.h"
#include "base/shape_match.h"
#include "checkpoint/checkpoint_reader.h"
#include "checkpoint/object_graph.h"
#include "graph/graph_data.h"
#include "graph/tensor_def.h"
#include "model/saver_rows.h"

namespace icecore::inline v0 {
namespace {

// How many cases an error spells out; the rest are counted.
constexpr std::size_t kListed = 20;

class Cases {
 public:
  void add(std::string text) {
    if (++count_ <= kListed) lines_ += (count_ == 1 ? "" : "; ") + std::move(text);
  }
  std::size_t count() const { return count_; }
  // Whether a further case would still be spelled out.
  bool has_room() const { return count_ < kListed; }
  std::string text() const {
    return count_ <= kListed ? lines_
                             : lines_ + "; and " + std::to_string(count_ - kListed) + " more";
  }

 private:
  std::size_t count_ = 0;
  std::string lines_;
};

// Whether the graph's static shape allows the checkpoint's. In graphs of op Variable (TensorFlow
// before 0.12) a scalar shape also stood for an unknown one.
bool compatible(const NodeDef& node, const Shape& actual) {
  const std::optional<Shape> declared = attr_shape(node.attr("shape"));
  if (!declared || !declared->has_rank()) return true;
  if (node.op == "Variable" && declared->rank() == 0) return true;
  return allows(*declared, actual);
}

class ValueFinder {
 public:
  ValueFinder(const MetaGraph& meta, const Checkpoint& checkpoint)
      : checkpoint_(checkpoint), rows_(restore_rows(meta)) {
    for (const VariableInfo& variable : checkpoint.variables()) names_.push_back(variable.name);
  }

  void add(const NodeDef& node) {
    const std::string name(node.name);
    const auto row = rows_.find(name);
    const std::string& key = row == rows_.end() ? name : row->second.key;
    const VariableInfo* entry = checkpoint_.find(key);
    if (entry == nullptr) {
      add_missing(name, key);
      return;
    }
    std::optional<TensorSlice> slice;
    Shape shape = entry->shape;
    if (row != rows_.end() && !row->second.shape_and_slice.empty()) {
      const ShapeAndSlice part = ShapeAndSlice::parse(row->second.shape_and_slice);
      if (part.full_shape != entry->shape) {
        misfits_.add("'" + name + "' is a part of a tensor of shape " + to_string(part.full_shape) +
                     " in the graph, of " + to_string(entry->shape) + " in the checkpoint");
        return;
      }
      shape = part.slice.apply(entry->shape);
      slice = part.slice;
    }
    const DType dtype = attr_type(node.attr("dtype")).value_or(DType::kInvalid);
    if (dtype != entry->dtype || !compatible(node, shape)) {
      const Shape declared = attr_shape(node.attr("shape")).value_or(Shape::unknown_rank());
      misfits_.add("'" + name + "': graph " + to_string(dtype) + " " + to_string(declared) +
                   ", checkpoint " + to_string(entry->dtype) + " " + to_string(shape));
      return;
    }
    values_.emplace(name, value_of(*entry, shape, slice ? &*slice : nullptr));
  }

  std::unordered_map<std::string, Piece> finish() && {
    if (missing_.count() > 0 && checkpoint_.contains(kObjectGraphKey)) {
      throw Error(Code::kUnimplemented,
                  checkpoint_.prefix() + " is an object-based checkpoint of TensorFlow 2, whose " +
                      "names aren't the graph's; freezing from it isn't supported yet (missing: " +
                      missing_.text() + ")");
    }
    if (missing_.count() > 0) {
      throw Error(Code::kNotFound, checkpoint_.prefix() + " lacks " +
                                       std::to_string(missing_.count()) +
                                       " of the variables: " + missing_.text());
    }
    if (misfits_.count() > 0) {
      throw Error(Code::kInvalidArgument,
                  checkpoint_.prefix() + " doesn't fit the graph: " + misfits_.text());
    }
    return std::move(values_);
  }

 private:
  void add_missing(const std::string& name, const std::string& key) {
    if (!missing_.has_room()) return missing_.add({});
    std::string text = "'" + key + "'";
    if (key != name) text += " (for '" + name + "')";
    const std::vector<std::string> nearest = nearest_names(key, names_, 1);
    if (!nearest.empty()) text += " (nearest: '" + nearest[0] + "')";
    missing_.add(std::move(text));
  }

  Piece value_of(const VariableInfo& entry, const Shape& shape, const TensorSlice* slice) const {
    if (entry.dtype == DType::kString) {
      return tensor_of_strings(slice == nullptr ? checkpoint_.read(entry.name)
                                                : checkpoint_.read(entry.name, *slice));
    }
    return tensor_of_content(entry.dtype, shape, checkpoint_.reader().source(entry, slice));
  }

  const Checkpoint& checkpoint_;
  std::vector<std::string_view> names_;
  std::unordered_map<std::string, RestoredRow> rows_;
  std::unordered_map<std::string, Piece> values_;
  Cases missing_, misfits_;
};

}  // namespace

std::unordered_map<std::string, Piece> variable_values(const MetaGraph& meta, const Graph& pruned,
                                                       const Checkpoint& checkpoint) {
  ValueFinder finder(meta, checkpoint);
  for (const Span& encoded : pruned.data().nodes) {
    const NodeDef node = decode_node(encoded);
    if (is_variable(node.op)) finder.add(node);
  }
  return std::move(finder).finish();
}

}  // namespace icecore::inline v0
