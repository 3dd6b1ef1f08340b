// Saves a graph's variables to checkpoints and restores them, as tf.train.Saver does.
//
//   GraphBuilder graph;
//   …                                                        // build the model
//   Saver saver(graph);                                      // adds the nodes save/…
//   Session session(graph);
//   saver.save(session, "run/model.ckpt", {.global_step = 1000});
//   …
//   saver.restore(session, latest_checkpoint("run").value());
//
// Three things are in it. The nodes: a Saver adds to the graph what TensorFlow 1.15.5 adds, node
// for node, so that whoever imports the graph finds them. The transport: save() and restore() don't
// run those nodes but read what they say, and move values straight between the VariableStore (a
// Session, or a plain VariableMap) and the checkpoint's files. The policy: which checkpoints are
// kept, which are deleted, what the `checkpoint` file says.
#pragma once

#include <icecore/export.h>
#include <icecore/graph_builder.h>
#include <icecore/progress.h>
#include <icecore/saver_def.h>
#include <icecore/variable.h>
#include <icecore/variable_store.h>

#include <concepts>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace icecore::inline v0 {

class FileSystem;

// What can be saved under one key: a variable, what VariableV2 or a ReadVariableOp gives, or the
// parts of a partitioned variable.
using Saveable = std::variant<Variable, Output, std::vector<Variable>, PartitionedVariable>;
// By the names of their nodes (a part by the name of the whole); or by keys; or all global
// variables of the graph.
using SaveableList = std::vector<Saveable>;
using SaveableMap = std::map<std::string, Saveable>;
using VarList = std::variant<std::monostate, SaveableList, SaveableMap>;

struct ICECORE_API SaverOptions {
  VarList var_list = {};
  // Restored values take the variables' shapes where they have as many elements.
  bool reshape = false;
  // One file a device. The nodes are TensorFlow's; save() is UNIMPLEMENTED where there are several
  // devices.
  bool sharded = false;
  // The most recent so many checkpoints are kept. Nothing or 0: all of them, and the `checkpoint`
  // file names the newest alone. A negative number keeps none, not even the one just written, as in
  // TensorFlow.
  std::optional<std::int32_t> max_to_keep = 5;
  // The first that would be deleted so many hours after the Saver was made stays for good; so does
  // the first after twice that time, and so on.
  double keep_checkpoint_every_n_hours = 10000.0;
  std::string name = {};  // Of the scope of its nodes; empty: "save".
  // Changes nothing, as in TensorFlow.
  bool restore_sequentially = false;
  // build() is called later; not with a var_list.
  bool defer_build = false;
  // Without variables it is a Saver that does nothing, rather than an error.
  bool allow_empty = false;
  // kV1 makes the graph's nodes V1's; save() writes V2 only (UNIMPLEMENTED).
  SaverDef::Version write_version = SaverDef::Version::kV2;
  // Steps in file names have eight digits.
  bool pad_step_number = false;
  // Paths in the `checkpoint` file are relative to its folder, so that the folder can be moved.
  bool save_relative_paths = false;
  // The value of the node save/filename/input; empty: "model".
  std::string filename = {};

  // --- Not TensorFlow's ---

  // Where checkpoints are; null: the machine's files. It must outlive the Saver.
  FileSystem* files = nullptr;
  // The time, in seconds since 1970; empty: the machine's clock.
  std::function<double()> clock = {};
  // Told what TensorFlow would log as a warning: an old checkpoint that can't be deleted, …
  std::function<void(const std::string&)> warn = {};
};

// The number that save() puts behind a prefix: a number, or where to read it from.
class ICECORE_API GlobalStep {
 public:
  GlobalStep() = default;  // None.
  template <std::integral T>
  GlobalStep(T step) : value_(static_cast<std::int64_t>(step)) {}
  // A tensor's name, or a variable's: "global_step:0". A value that isn't whole is cut.
  GlobalStep(std::string tensor) : value_(std::move(tensor)) {}
  GlobalStep(const char* tensor) : value_(std::string(tensor)) {}
  GlobalStep(const Variable& variable) : value_(variable.value_name()) {}
  GlobalStep(const Output& output) : value_(output.name()) {}

  const std::variant<std::monostate, std::int64_t, std::string>& value() const { return value_; }

 private:
  std::variant<std::monostate, std::int64_t, std::string> value_;
};

struct ICECORE_API SaveOptions {
  GlobalStep global_step = {};
  std::string latest_filename = "checkpoint";
  std::string meta_graph_suffix = "meta";
  bool write_meta_graph = true;
  bool write_state = true;
  bool strip_default_attrs = false;
  // Of the variables' values, told after each of them (not TensorFlow's).
  Progress progress = {};
};

// Copies share what they know of past checkpoints.
//
// Threads: one at a time. A save() takes all values first, so a training thread may go on while the
// rest of it runs; the graph must not change meanwhile.
class ICECORE_API Saver {
 public:
  // Adds the Saver's nodes to the graph, unless the options defer it. INVALID_ARGUMENT as
  // TensorFlow's ValueErrors and TypeErrors: no variables, two variables under one name, one
  // variable under two names, something that is no variable.
  explicit Saver(const GraphBuilder& graph, SaverOptions options = {});
  // Of a SaverDef whose nodes are in the graph, or will be when they are needed. `options.name` is
  // put before the three names as a scope; of the options only pad_step_number,
  // save_relative_paths and what isn't TensorFlow's count besides.
  static Saver from_def(const GraphBuilder& graph, SaverDef saver_def, SaverOptions options = {});

  // Adds the nodes where that was deferred; does nothing the second time.
  void build();
  // FAILED_PRECONDITION where it isn't built, or is empty (allow_empty) and so has none.
  const SaverDef& saver_def() const;
  bool is_empty() const;
  GraphBuilder graph() const;

  // Writes all variables to `prefix`, or PREFIX-STEP, and gives that path back (of an empty Saver
  // the empty string, after writing the graph alone). In this order: the values
  // (PATH.data-00000-of-00001), their names (PATH.index), the graph (PATH.meta), the `checkpoint`
  // file; then one old checkpoint is deleted where there are too many. Each file is synced before
  // it gets its name. So whenever the program or the machine stops, the newest complete checkpoint
  // can be restored; also where the path is one that was saved to before (docs/saver.md).
  //
  // The folder is made where it is missing, one level. Errors: INVALID_ARGUMENT (ValueError) where
  // the folder above is missing too, where `latest_filename` has a folder in it or is the prefix
  // itself; FAILED_PRECONDITION where it isn't built (RuntimeError) and where a variable has no
  // value yet.
  std::string save(VariableStore& variables, const std::string& prefix,
                   const SaveOptions& options = {});

  // Assigns to every variable what the checkpoint holds under its key: nothing, or all of them. The
  // prefix is what save() gave back, or anything else that leads to a checkpoint. Of a checkpoint
  // of TensorFlow 2 (tf.train.Checkpoint) the keys are found by the variables' names.
  //
  // INVALID_ARGUMENT (ValueError) where there is no checkpoint; NOT_FOUND names every key that is
  // missing; INVALID_ARGUMENT names the variables whose dtype or shape is another. DATA_LOSS and
  // OUT_OF_RANGE where its files are damaged. `progress` is told after each variable is read.
  void restore(VariableStore& variables, const std::string& prefix, const Progress& progress = {});

  // --- Which checkpoints are kept ----------------------------------------------------------------

  // Those that this Saver wrote (or was told of) and hasn't deleted, oldest first. A new Saver
  // knows of none: it deletes nothing that it wasn't told of.
  std::vector<std::string> last_checkpoints() const;
  // As if they were infinitely young: each stays for good when its turn comes.
  void set_last_checkpoints(const std::vector<std::string>& paths);
  // Paths and when they were written, in seconds since 1970.
  void set_last_checkpoints_with_time(std::vector<std::pair<std::string, double>> checkpoints);
  // For a program that goes on where another stopped: those of the paths that exist, with the times
  // of their files.
  void recover_last_checkpoints(const std::vector<std::string>& paths);

 private:
  struct Data;
  explicit Saver(std::shared_ptr<Data> data) : data_(std::move(data)) {}
  std::shared_ptr<Data> data_;
};

// Deletes the files of a checkpoint: its graph, its names, its values. One that is sharded in the
// V1 format is named by its pattern; of V1's and V2's only the files of `version` are deleted. What
// isn't there is no error.
ICECORE_API void remove_checkpoint(const std::string& prefix,
                                   SaverDef::Version version = SaverDef::Version::kV2,
                                   const std::string& meta_graph_suffix = "meta");

}  // namespace icecore::inline v0
