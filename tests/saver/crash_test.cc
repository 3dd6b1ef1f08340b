// Wherever a program or its machine stops while it saves, the newest complete checkpoint is what
// the folder leads to.
#include <gtest/gtest.h>
#include <icecore/checkpoint.h>
#include <icecore/meta_graph.h>
#include <icecore/saver.h>
#include <icecore/variable.h>

#include "io/crashing_file_system.h"
#include "io/faulty_file_system.h"
#include "saver/golden_metas.h"

namespace icecore::inline v0 {
namespace {

struct Program {
  explicit Program(FileSystem& files, std::int32_t max_to_keep = 2) {
    get_variable(graph, "v", Shape({1}));
    SaverOptions options;
    options.files = &files;
    options.max_to_keep = max_to_keep;
    options.clock = [] { return 1000.0; };
    saver.emplace(graph, options);
  }
  void save(float value, GlobalStep step) {
    VariableMap values;
    values.assign("v", Tensor::of<float>(Shape({1}), {value}));
    saver->save(values, "run/m", {.global_step = std::move(step)});
  }
  GraphBuilder graph{standard_ops()};
  std::optional<Saver> saver;
};

// What a program that goes on finds: the graph and the values, by the folder's state.
float restored(FileSystem& files) {
  SaverOptions options;
  options.files = &files;
  ImportMetaGraphOptions importing;
  importing.saver = options;
  GraphBuilder graph(standard_ops());
  std::optional<Saver> saver = import_meta_graph("run", graph, importing);
  VariableMap values;
  saver->restore(values, "run");
  return values.snapshot("v")->item<float>();
}

TEST(SaverCrash, ANewStepOrTheOneBeforeIsRestored) {
  CrashingFileSystem files;
  Program program(files);
  for (int step = 1; step <= 3; ++step) program.save(static_cast<float>(step), step);
  files.start();
  program.save(4, 4);
  int old_ones = 0, new_ones = 0;
  at_every_crash(files, [&](MemoryFileSystem& left) {
    const float value = restored(left);
    EXPECT_TRUE(value == 3 || value == 4) << value;
    ++(value == 3 ? old_ones : new_ones);
  });
  EXPECT_GT(old_ones, 10);
  EXPECT_GT(new_ones, 5);
  EXPECT_EQ(restored(*files.after_machine_stops(files.steps(), 0)), 4);
}

TEST(SaverCrash, AnOverwrittenCheckpointOrItsSuccessorIsRestored) {
  CrashingFileSystem files;
  Program program(files);
  program.save(1, {});
  files.start();
  program.save(2, {});
  at_every_crash(files, [&](MemoryFileSystem& left) {
    const float value = restored(left);
    EXPECT_TRUE(value == 1 || value == 2) << value;
  });
  EXPECT_EQ(restored(*files.after_machine_stops(files.steps(), 0)), 2);
}

// Two are kept, so of three saves the first is deleted; the state never leads to what is gone.
TEST(SaverCrash, DeletingEndsNowhereInBetween) {
  CrashingFileSystem files;
  Program program(files, 1);
  program.save(1, 1);
  files.start();
  for (int step = 2; step <= 4; ++step) program.save(static_cast<float>(step), step);
  at_every_crash(files, [&](MemoryFileSystem& left) { EXPECT_GE(restored(left), 1); });
}

// A disk that is full for a moment: what was there stays, and the next save works.
TEST(SaverCrash, AFailureAtAnyStepLeavesACheckpoint) {
  for (std::size_t step = 0;; ++step) {
    SCOPED_TRACE(step);
    FaultyFileSystem files;
    Program program(files);
    program.save(1, 1);
    files.fail_after(step);
    const Error error = refusal([&] { program.save(2, 2); });
    const bool was_last = !files.failed();
    const float value = restored(files);
    EXPECT_TRUE(value == 1 || value == 2);
    EXPECT_TRUE(value == 2 || error.code() == Code::kResourceExhausted);
    files.fail_after(1000);
    program.save(3, 3);
    EXPECT_EQ(restored(files), 3);
    if (was_last) break;
  }
}

}  // namespace
}  // namespace icecore::inline v0
