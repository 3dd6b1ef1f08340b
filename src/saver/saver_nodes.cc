#include "saver/saver_nodes.h"

#include <random>
#include <string>
#include <utility>

#include "compose/nodes.h"
#include "graph/device_name.h"

namespace icecore::inline v0 {
namespace {

Input strings(const std::vector<std::string>& items) {
  return Tensor::of<std::string>(Shape({static_cast<std::int64_t>(items.size())}),
                                 std::span<const std::string>(items));
}

Input number(std::size_t value) {
  return Tensor::scalar(static_cast<std::int32_t>(value));
}

// The same job and task, but its first CPU.
std::string first_cpu_of(const std::string& device) {
  DeviceName name = DeviceName::parse(device);
  name.type = "CPU";
  name.index = "0";
  return name.text();
}

// What TensorFlow takes of uuid4: 32 hexadecimal digits.
std::string random_hex() {
  std::random_device random;
  std::string hex;
  for (int i = 0; i < 32; ++i) hex += "0123456789abcdef"[random() & 15];
  return hex;
}

class NodeMaker {
 public:
  NodeMaker(GraphBuilder& graph, const SaverOptions& options) : graph_(graph), options_(options) {}

  SaverDef make(const std::vector<SaveableTensor>& saveables) {
    const ScopeGuard scope = graph_.name_scope(options_.name.empty() ? "save" : options_.name);
    const Input file = options_.filename.empty() ? "model" : options_.filename;
    filename_ = placeholder(placeholder(file, "filename"), "Const");
    SaverDef def;
    if (options_.sharded) {
      const Groups groups = by_device(saveables);
      def.save_tensor_name = (writes_v2() ? save_shards(groups) : save_v1_shards(groups)).name();
      def.restore_op_name = restore_shards(groups).name();
    } else {
      def.save_tensor_name = save(filename_, saveables).name();
      def.restore_op_name = restore(saveables, "restore_all").name();
    }
    def.filename_tensor_name = filename_.name();
    def.max_to_keep = options_.max_to_keep.value_or(0);
    def.sharded = options_.sharded;
    def.keep_checkpoint_every_n_hours = static_cast<float>(options_.keep_checkpoint_every_n_hours);
    def.version = options_.write_version;
    return def;
  }

 private:
  using Groups = std::vector<std::pair<std::string, std::vector<SaveableTensor>>>;

  bool writes_v2() const { return options_.write_version == SaverDef::Version::kV2; }

  Output placeholder(const Input& value, std::string_view name) {
    return graph_.apply_op("PlaceholderWithDefault", {value}, {{"shape", Shape()}}, name).output();
  }

  Output save(const Output& filename, const std::vector<SaveableTensor>& saveables) {
    std::vector<std::string> names, slices;
    std::vector<Input> tensors;
    for (const SaveableTensor& saveable : saveables) {
      names.push_back(saveable.key);
      slices.push_back(saveable.slice_spec);
      tensors.emplace_back(saveable.tensor());
    }
    const std::vector<OpInput> inputs = {Input(filename), strings(names), strings(slices), tensors};
    const Operation op = writes_v2() ? graph_.apply_op("SaveV2", inputs)
                                     : graph_.apply_op("SaveSlices", inputs, {}, "save");
    return graph_.with_dependencies({op}, filename);
  }

  Operation restore(const std::vector<SaveableTensor>& saveables, std::string_view name) {
    std::vector<std::string> names, slices;
    std::vector<DType> dtypes;
    for (const SaveableTensor& saveable : saveables) {
      names.push_back(saveable.key);
      slices.push_back(saveable.slice_spec);
      dtypes.push_back(saveable.dtype);
    }
    Operation read;
    {
      const ScopeGuard cpu = graph_.device("cpu:0");
      read = graph_.apply_op("RestoreV2", {Input(filename_), strings(names), strings(slices)},
                             {{"dtypes", dtypes}});
    }
    std::vector<Operation> assignments;
    for (std::size_t i = 0; i < saveables.size(); ++i) {
      assignments.push_back(assign(saveables[i], read.output(static_cast<int>(i))));
    }
    return graph_.group(assignments, name);
  }

  Operation assign(const SaveableTensor& saveable, Output value) {
    const bool is_known = saveable.shape.is_fully_defined();
    if (options_.reshape && is_known) {
      // Its dtype is told, since a tensor would be made int32 whatever is in it.
      const Tensor shape = shape_tensor(saveable.shape);
      value =
          graph_.apply_op("Reshape", {Input(value), shape}, {{"Tshape", shape.dtype()}}).output();
    } else if (options_.reshape) {
      const Output shape = graph_.apply_op("Shape", {Input(saveable.tensor())}).output();
      value = graph_.apply_op("Reshape", {Input(value), Input(shape)}).output();
    }
    return restore_saveable(graph_, saveable, value, !options_.reshape && is_known);
  }

  // --- Shards: one a device ----------------------------------------------------------------------

  static Groups by_device(const std::vector<SaveableTensor>& saveables) {
    std::map<std::string, std::vector<SaveableTensor>> groups;
    for (const SaveableTensor& saveable : saveables) {
      const std::string device = saveable.tensor().op().device();
      groups[DeviceName::parse(device).text()].push_back(saveable);
    }
    return {groups.begin(), groups.end()};
  }

  Output shard_name(const Output& prefix, std::size_t shard, const Output& shards) {
    return graph_.apply_op("ShardedFilename", {Input(prefix), number(shard), Input(shards)})
        .output();
  }

  Output count(const Groups& groups) {
    return graph_.constant(Tensor::scalar(static_cast<std::int32_t>(groups.size())), "num_shards");
  }

  Output save_shards(const Groups& groups) {
    const std::vector<Input> parts = {filename_, "_temp_" + random_hex() + "/part"};
    const Output prefix = graph_.apply_op("StringJoin", {parts}).output();
    const Output shards = count(groups);
    std::vector<Input> names;
    std::vector<Operation> saves;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const ScopeGuard cpu = graph_.device(first_cpu_of(groups[i].first));
      const Output name = shard_name(prefix, i, shards);
      names.emplace_back(name);
      saves.push_back(save(name, groups[i].second).op());
    }
    const ScopeGuard after = graph_.control_dependencies(saves);
    const ScopeGuard cpu = graph_.device(first_cpu_of(groups.back().first));
    const ScopeGuard merged = graph_.control_dependencies({merge_shards(names)});
    return graph_.identity(filename_);
  }

  Operation merge_shards(const std::vector<Input>& names) {
    const ScopeGuard scope = graph_.name_scope("MergeV2Checkpoints");
    const Output packed = graph_.apply_op("Pack", {names}, {}, "checkpoint_prefixes").output();
    return graph_.create_op("MergeV2Checkpoints", {packed, filename_}, {{"delete_old_dirs", true}},
                            scope.name());
  }

  Output save_v1_shards(const Groups& groups) {
    const Output shards = count(groups);
    std::vector<Operation> saves;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const ScopeGuard device = graph_.device(groups[i].first);
      saves.push_back(save(shard_name(filename_, i, shards), groups[i].second).op());
    }
    const ScopeGuard after = graph_.control_dependencies(saves);
    return graph_.apply_op("ShardedFilespec", {Input(filename_), Input(shards)}).output();
  }

  Operation restore_shards(const Groups& groups) {
    std::vector<Operation> restores;
    for (const auto& [name, saveables] : groups) {
      const ScopeGuard device = graph_.device(name);
      restores.push_back(restore(saveables, "restore_shard"));
    }
    return graph_.group(restores, "restore_all");
  }

  GraphBuilder& graph_;
  const SaverOptions& options_;
  Output filename_;
};

}  // namespace

SaverDef add_saver_nodes(GraphBuilder& graph, const std::vector<SaveableTensor>& saveables,
                         const SaverOptions& options) {
  return NodeMaker(graph, options).make(saveables);
}

}  // namespace icecore::inline v0
