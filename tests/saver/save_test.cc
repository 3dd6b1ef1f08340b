// What saving leaves on the disk.
#include <gtest/gtest.h>
#include <icecore/checkpoint.h>
#include <icecore/checkpoint_state.h>
#include <icecore/meta_graph.h>
#include <icecore/saver.h>
#include <icecore/variable.h>

#include <cmath>
#include <limits>

#include "io/memory_file_system.h"
#include "locate/write_state.h"
#include "saver/golden_metas.h"

namespace icecore::inline v0 {
namespace {

using Names = std::vector<std::string>;

// A graph of two variables, values for them, and a folder in memory.
class Saving : public testing::Test {
 protected:
  Saving() {
    v_ = get_variable(graph_, "v", Shape({2}));
    step_ = get_variable(graph_, "step", Shape(), {.dtype = DType::kInt64});
    set(1);
  }
  void set(std::int64_t step) {
    values_.assign("step", Tensor::scalar(step));
    values_.assign("v", Tensor::of<float>(Shape({2}), {0.5F, static_cast<float>(step)}));
  }
  SaverOptions options() {
    SaverOptions options;
    options.files = &files_;
    options.clock = [this] { return now_; };
    options.warn = [this](const std::string& message) { warnings_.push_back(message); };
    return options;
  }
  std::string state(const std::string& folder = "run") {
    return files_.get(folder + "/checkpoint");
  }

  GraphBuilder graph_{standard_ops()};
  std::optional<Variable> v_, step_;
  VariableMap values_;
  MemoryFileSystem files_;
  double now_ = 1000;
  Names warnings_;
};

TEST_F(Saving, WritesValuesNamesGraphAndState) {
  Saver saver(graph_, options());
  EXPECT_EQ(saver.save(values_, "run/m"), "run/m");
  EXPECT_EQ(files_.list("run"),
            (Names{"checkpoint", "m.data-00000-of-00001", "m.index", "m.meta"}));
  EXPECT_EQ(state(), "model_checkpoint_path: \"m\"\nall_model_checkpoint_paths: \"m\"\n");
  const Checkpoint saved = Checkpoint::open(files_, "run/m");
  EXPECT_EQ(saved.read("step").item<std::int64_t>(), 1);
  EXPECT_EQ(saved.read("v").values<float>()[1], 1);
}

// The twin of write_disk in tests/golden/saver.py: the same bytes.
TEST(SavingAsTensorFlow, LeavesTheSameBytes) {
  GraphBuilder graph(standard_ops());
  make_variable(graph, 0, {.name = "global_step", .trainable = false});
  get_variable(graph, "a", Shape({3}));
  get_variable(graph, "b", Shape({2, 2}),
               {.dtype = DType::kString, .initializer = zeros_initializer(), .use_resource = true});
  get_partitioned_variable(graph, "p", Shape({5, 2}),
                           {.dtype = DType::kFloat64, .partitioner = fixed_size_partitioner(3)});
  VariableMap values;
  values.assign("a", Tensor::of<float>(Shape({3}), {0, 1, 2}));
  values.assign("b", Tensor::of<std::string>(Shape({2, 2}), {"x", "", "yz", "w"}));
  for (int part = 0; part < 3; ++part) {
    const std::int64_t rows = part < 2 ? 2 : 1;
    const std::vector<double> part_values(static_cast<std::size_t>(rows * 2), part + 0.5);
    values.assign("p/part_" + std::to_string(part),
                  Tensor::of<double>(Shape({rows, 2}), std::span<const double>(part_values)));
  }
  MemoryFileSystem files;
  files.create_folder("run");
  SaverOptions options;
  options.max_to_keep = 2;
  options.files = &files;
  Saver saver(graph, options);
  std::string states;
  for (const int step : {1, 22, 333}) {
    values.assign("global_step", Tensor::scalar(step));
    saver.save(values, "run/m", {.global_step = "global_step:0", .write_meta_graph = false});
    states += (states.empty() ? "" : "---\n") + files.get("run/checkpoint");
  }
  EXPECT_EQ(states, golden_file("disk/states.txt"));
  EXPECT_EQ(files.list("run"), (Names{"checkpoint", "m-22.data-00000-of-00001", "m-22.index",
                                      "m-333.data-00000-of-00001", "m-333.index"}));
  for (const std::string& name : files.list("run")) {
    EXPECT_TRUE(files.get("run/" + name) == golden_file("disk/" + name)) << name;
  }
}

TEST_F(Saving, TakesTheStepFromWhereverItIs) {
  Saver saver(graph_, options());
  const SaveOptions quiet{.write_meta_graph = false, .write_state = false};
  const auto path = [&](GlobalStep step) {
    SaveOptions save = quiet;
    save.global_step = std::move(step);
    return saver.save(values_, "run/m", save);
  };
  set(7);
  EXPECT_EQ(path(1000), "run/m-1000");
  EXPECT_EQ(path(-3), "run/m--3");
  EXPECT_EQ(path("step"), "run/m-7");
  EXPECT_EQ(path("step:0"), "run/m-7");
  EXPECT_EQ(path("step/read:0"), "run/m-7");
  EXPECT_EQ(path(*step_), "run/m-7");
  EXPECT_EQ(path(step_->value()), "run/m-7");
  EXPECT_EQ(refusal([&] { path(*v_); }).misuse(), Misuse::kType);
  const Variable other = get_variable(graph_, "other", Shape(), {.dtype = DType::kUInt32});
  values_.assign("other", Tensor::scalar<std::uint32_t>(4'000'000'000));
  EXPECT_EQ(path(other), "run/m-4000000000");
  const Variable real = get_variable(graph_, "real", Shape());
  for (const float value : {2.75F, -2.75F, 1e30F, std::numeric_limits<float>::quiet_NaN()}) {
    values_.assign("real", Tensor::scalar(value));
    if (std::abs(value) < 3) {
      EXPECT_EQ(path(real), value > 0 ? "run/m-2" : "run/m--2");
    } else {
      EXPECT_EQ(refusal([&] { path(real); }).misuse(), Misuse::kValue);
    }
  }
  SaverOptions padding = options();
  padding.pad_step_number = true;
  Saver padded(graph_, padding);
  EXPECT_EQ(padded.save(values_, "run/m", {.global_step = 22}), "run/m-00000022");
  EXPECT_EQ(padded.save(values_, "run/m", {.global_step = -3}), "run/m--0000003");
}

TEST_F(Saving, DeletesTheOldOnesGraphsIncluded) {
  SaverOptions keeping = options();
  keeping.max_to_keep = 2;
  Saver saver(graph_, keeping);
  for (int step = 1; step <= 3; ++step) saver.save(values_, "run/m", {.global_step = step});
  EXPECT_EQ(saver.last_checkpoints(), (Names{"run/m-2", "run/m-3"}));
  EXPECT_EQ(files_.list("run"),
            (Names{"checkpoint", "m-2.data-00000-of-00001", "m-2.index", "m-2.meta",
                   "m-3.data-00000-of-00001", "m-3.index", "m-3.meta"}));
  EXPECT_EQ(state(),
            "model_checkpoint_path: \"m-3\"\nall_model_checkpoint_paths: \"m-2\"\n"
            "all_model_checkpoint_paths: \"m-3\"\n");
}

TEST_F(Saving, KeepsOneAnHourForGood) {
  SaverOptions keeping = options();
  keeping.max_to_keep = 1;
  keeping.keep_checkpoint_every_n_hours = 1;
  Saver saver(graph_, keeping);
  for (int step = 1; step <= 6; ++step) {
    now_ += 20 * 60;
    saver.save(values_, "run/m", {.global_step = step, .write_meta_graph = false});
  }
  EXPECT_TRUE(files_.is_file("run/m-4.index"));
  EXPECT_FALSE(files_.is_file("run/m-3.index"));
  EXPECT_FALSE(files_.is_file("run/m-5.index"));
}

TEST_F(Saving, ListsTheNewestAloneWhereAllAreKept) {
  SaverOptions keeping = options();
  keeping.max_to_keep = std::nullopt;
  Saver saver(graph_, keeping);
  for (int step = 1; step <= 3; ++step) saver.save(values_, "run/m", {.global_step = step});
  EXPECT_EQ(saver.last_checkpoints(), Names());
  EXPECT_EQ(state(), "model_checkpoint_path: \"m-3\"\nall_model_checkpoint_paths: \"m-3\"\n");
  EXPECT_TRUE(files_.is_file("run/m-1.index"));
}

// What tf.train.Saver's own tests pin: a Saver deletes nothing that it wasn't told of.
TEST_F(Saving, KnowsNothingOfWhatAnotherSaverWrote) {
  Saver(graph_, options()).save(values_, "run/m", {.global_step = 1});
  SaverOptions keeping = options();
  keeping.max_to_keep = 1;
  Saver second(graph_, keeping);
  second.save(values_, "run/m", {.global_step = 2});
  EXPECT_EQ(state(), "model_checkpoint_path: \"m-2\"\nall_model_checkpoint_paths: \"m-2\"\n");
  second.save(values_, "run/m", {.global_step = 3});
  EXPECT_TRUE(files_.is_file("run/m-1.index"));
  EXPECT_FALSE(files_.is_file("run/m-2.index"));
}

TEST_F(Saving, GoesOnWhereAnotherProgramStoppedIfTold) {
  Saver(graph_, options()).save(values_, "run/m", {.global_step = 1});
  SaverOptions keeping = options();
  keeping.max_to_keep = 1;
  Saver second(graph_, keeping);
  second.recover_last_checkpoints({"run/m-1", "run/gone"});
  EXPECT_EQ(second.last_checkpoints(), (Names{"run/m-1"}));
  second.save(values_, "run/m", {.global_step = 2});
  EXPECT_FALSE(files_.is_file("run/m-1.index"));
}

TEST_F(Saving, KeepsForGoodWhatItWasToldOfWithoutTimes) {
  Saver(graph_, options()).save(values_, "run/m", {.global_step = 1});
  SaverOptions keeping = options();
  keeping.max_to_keep = 1;
  Saver second(graph_, keeping);
  second.set_last_checkpoints({"run/m-1"});
  second.save(values_, "run/m", {.global_step = 2});
  EXPECT_EQ(second.last_checkpoints(), (Names{"run/m-2"}));
  EXPECT_TRUE(files_.is_file("run/m-1.index"));
}

TEST_F(Saving, WritesOnlyWhatIsAskedFor) {
  Saver saver(graph_, options());
  saver.save(values_, "run/m", {.write_meta_graph = false, .write_state = false});
  EXPECT_EQ(files_.list("run"), (Names{"m.data-00000-of-00001", "m.index"}));
  saver.save(values_, "run/n", {.latest_filename = "newest", .meta_graph_suffix = "graph"});
  EXPECT_TRUE(files_.is_file("run/n.graph"));
  EXPECT_TRUE(files_.is_file("run/newest"));
}

TEST_F(Saving, NamesTheGraphOfShardsWithoutTheirTail) {
  SaverOptions sharding = options();
  sharding.sharded = true;
  Saver saver(graph_, sharding);
  saver.save(values_, "run/m-00000-of-00002", {.write_state = false});
  EXPECT_TRUE(files_.is_file("run/m.meta"));
}

TEST_F(Saving, WritesOneShardOfASaverThatIsShardedOverOneDevice) {
  SaverOptions sharding = options();
  sharding.sharded = true;
  Saver saver(graph_, sharding);
  saver.save(values_, "run/m");
  EXPECT_EQ(Checkpoint::open(files_, "run/m").read("step").item<std::int64_t>(), 1);
}

TEST_F(Saving, RefusesShardsAndTheOldFormat) {
  {
    const ScopeGuard other = graph_.device("/cpu:0");
    get_variable(graph_, "placed", Shape({1}));
  }
  values_.assign("placed", Tensor::of<float>(Shape({1}), {1}));
  SaverOptions sharding = options();
  sharding.sharded = true;
  Saver sharded(graph_, sharding);
  EXPECT_EQ(refusal([&] { sharded.save(values_, "run/m"); }).code(), Code::kUnimplemented);
  SaverOptions old = options();
  old.write_version = SaverDef::Version::kV1;
  Saver v1(graph_, old);
  EXPECT_EQ(refusal([&] { v1.save(values_, "run/m"); }).code(), Code::kUnimplemented);
}

TEST_F(Saving, MakesPathsRelativeWhereAsked) {
  SaverOptions relative = options();
  relative.save_relative_paths = true;
  Saver saver(graph_, relative);
  saver.save(values_, "/abs/m", {.global_step = 1});
  saver.save(values_, "/abs/m", {.global_step = 2});
  EXPECT_EQ(state("/abs"),
            "model_checkpoint_path: \"m-2\"\nall_model_checkpoint_paths: \"m-1\"\n"
            "all_model_checkpoint_paths: \"m-2\"\n");
  Saver absolute(graph_, options());
  absolute.save(values_, "/abs/m", {.global_step = 3});
  EXPECT_EQ(state("/abs"),
            "model_checkpoint_path: \"/abs/m-3\"\nall_model_checkpoint_paths: \"/abs/m-3\"\n");
}

TEST_F(Saving, SeesPathsFromTheStatesFolder) {
  EXPECT_EQ(relative_path("sub/m-1", "sub"), "m-1");
  EXPECT_EQ(relative_path("./m", ""), "m");
  EXPECT_EQ(relative_path("m-3", "sub"), "../m-3");
  EXPECT_EQ(relative_path("/a/b/m", "/a/c/"), "../b/m");
  EXPECT_EQ(relative_path("/a", "/a"), ".");
}

TEST_F(Saving, RefusesAnEmptyNameBeforeItWritesAnything) {
  Saver saver(graph_, options());
  const Error error = refusal([&] { saver.save(values_, ""); });
  EXPECT_EQ(error.misuse(), Misuse::kValue);
  EXPECT_TRUE(error.message().starts_with("no path specified"));
  EXPECT_FALSE(files_.is_file(".index"));
  EXPECT_EQ(saver.save(values_, "", {.global_step = 5}), "-5");
}

TEST_F(Saving, RefusesNamesThatCantBe) {
  Saver saver(graph_, options());
  const Error folder = refusal([&] { saver.save(values_, "m", {.latest_filename = "a/b"}); });
  EXPECT_EQ(folder.misuse(), Misuse::kValue);
  EXPECT_EQ(folder.message(), "'latest_filename' must not contain path components");
  const Error same = refusal([&] { saver.save(values_, "run/checkpoint"); });
  EXPECT_EQ(same.misuse(), Misuse::kValue);
  EXPECT_EQ(same.message(),
            "'latest_filename' collides with 'save_path': 'checkpoint' and 'run/checkpoint'");
}

TEST_F(Saving, RefusesAFolderThatIsTwoLevelsAwayOrAFile) {
  Saver saver(graph_, options());
  files_.put("plain", "a file");
  const Error error = refusal([&] { saver.save(values_, "plain/m"); });
  EXPECT_EQ(error.misuse(), Misuse::kValue);
  EXPECT_EQ(error.message(), "Parent directory of plain/m doesn't exist, can't save.");
}

// Of variables without values, in a store that knows them.
class Uninitialized : public VariableMap {
 public:
  std::optional<Tensor> snapshot(std::string_view) const override { return std::nullopt; }
};

TEST_F(Saving, NamesTheVariablesWithoutAValue) {
  Saver saver(graph_, options());
  Uninitialized nothing;
  const Error error = refusal([&] { saver.save(nothing, "run/m"); });
  EXPECT_EQ(error.code(), Code::kFailedPrecondition);
  EXPECT_EQ(error.message(), "Attempting to use uninitialized value step\nNo value either: v");
  EXPECT_FALSE(files_.is_folder("run"));
}

TEST_F(Saving, WritesTheGraphAloneWhereThereAreNoVariables) {
  const GraphBuilder empty(standard_ops());
  SaverOptions allowing = options();
  allowing.allow_empty = true;
  Saver saver(empty, allowing);
  EXPECT_EQ(saver.save(values_, "run/m"), "");
  EXPECT_EQ(files_.list("run"), (Names{"m.meta"}));
  saver.restore(values_, "run/nothing");
}

TEST_F(Saving, TellsWhatKeepsAnOldOneFromBeingDeleted) {
  class Stubborn : public MemoryFileSystem {
   public:
    void remove(const std::string& path) override {
      if (path.find("m-1") != std::string::npos) {
        throw Error(Code::kPermissionDenied, "can't remove " + path);
      }
      MemoryFileSystem::remove(path);
    }
  } files;
  SaverOptions keeping = options();
  keeping.max_to_keep = 1;
  keeping.files = &files;
  Saver saver(graph_, keeping);
  saver.save(values_, "m", {.global_step = 1});
  saver.save(values_, "m", {.global_step = 2});
  EXPECT_EQ(warnings_, (Names{"Ignoring: can't remove m-1.meta"}));
}

TEST_F(Saving, SaysWhatTheStateIs) {
  const CheckpointState state = generate_checkpoint_state("/d", "/d/b", {"/d/a"}, {1.5, 2}, 1.25);
  EXPECT_EQ(state.all_model_checkpoint_paths, (Names{"/d/a", "/d/b"}));
  EXPECT_EQ(refusal([] {
              generate_checkpoint_state("/d", "b", {}, {1, 2});
            }).misuse(),
            Misuse::kValue);
  EXPECT_EQ(refusal([&] {
              write_checkpoint_state(files_, "/d", "/d/checkpoint", {}, "checkpoint", false);
            }).misuse(),
            Misuse::kRuntime);
}

}  // namespace
}  // namespace icecore::inline v0
