#include "runtime/restore_variables.h"

#include <icecore/error.h>

#include <map>
#include <string>
#include <unordered_map>

#include "base/nearest.h"
#include "checkpoint/object_graph.h"
#include "checkpoint/wanted_tensor.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "model/saver_rows.h"

namespace icecore::inline v0 {
namespace {

// Puts the checkpoint's values into the variables of `needed`.
class Restore {
 public:
  Restore(const MetaGraph& meta, const Checkpoint& checkpoint, Session& session)
      : rows_(restore_rows(meta)), checkpoint_(checkpoint), session_(session) {
    if (auto keys = keys_by_full_name(checkpoint)) keys_by_full_name_ = *std::move(keys);
  }

  void variables_of(const Graph& needed) {
    for (const Span& encoded : needed.data().nodes) {
      const NodeDef node = decode_node(encoded);
      if (is_variable(node.op)) variable(std::string(node.name));
    }
    if (missing_.empty()) return;
    throw Error(Code::kNotFound, "the checkpoint " + checkpoint_.prefix() + " lacks " +
                                     std::to_string(count_) +
                                     " of the variables that are needed: " + missing_);
  }

 private:
  void variable(const std::string& name) {
    const auto row = rows_.find(name);
    const auto object = keys_by_full_name_.find(name);
    const std::string key = row != rows_.end()                   ? row->second.key
                            : object != keys_by_full_name_.end() ? object->second
                                                                 : name;
    if (!checkpoint_.contains(key)) {
      miss(key);
      return;
    }
    const std::string part = row == rows_.end() ? "" : row->second.shape_and_slice;
    session_.assign(name, read_wanted(checkpoint_, {key, key, part, {}}));
  }

  void miss(const std::string& key) {
    constexpr std::size_t kListed = 20;
    if (++count_ > kListed) return;
    missing_ += (missing_.empty() ? "'" : ", '") + key + "'";
    std::vector<std::string_view> names;
    for (const VariableInfo& info : checkpoint_.variables()) names.push_back(info.name);
    const std::vector<std::string> nearest = nearest_names(key, names, 1);
    if (!nearest.empty()) missing_ += " (nearest: '" + nearest[0] + "')";
  }

  const std::unordered_map<std::string, RestoredRow> rows_;
  std::map<std::string, std::string, std::less<>> keys_by_full_name_;
  const Checkpoint& checkpoint_;
  Session& session_;
  std::size_t count_ = 0;
  std::string missing_;
};

}  // namespace

void restore_variables(const MetaGraph& meta, const Checkpoint& checkpoint, const Graph& needed,
                       Session& session) {
  Restore(meta, checkpoint, session).variables_of(needed);
}

}  // namespace icecore::inline v0
