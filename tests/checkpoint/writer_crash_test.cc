// What is left where the program or the machine stops while a checkpoint is written.
#include <gtest/gtest.h>
#include <icecore/checkpoint.h>
#include <icecore/checkpoint_writer.h>
#include <icecore/error.h>

#include <algorithm>

#include "io/crashing_file_system.h"
#include "locate/list_checkpoints.h"
#include "locate/previous_set.h"

namespace icecore::inline v0 {
namespace {

void write_checkpoint(FileSystem& files, std::int32_t value) {
  CheckpointWriter writer(files, "run/m");
  writer.add("a", Tensor::of<std::int32_t>(Shape({2}), {value, value}));
  writer.add("b", Tensor::scalar(value));
  writer.finish();
}

// The value that both variables have; throws where they don't have one.
std::int32_t value_of(FileSystem& files) {
  const Checkpoint checkpoint = Checkpoint::open(files, "run/m");
  const auto value = checkpoint.read("b").item<std::int32_t>();
  const Tensor a = checkpoint.read("a");
  for (const std::int32_t other : a.values<std::int32_t>()) {
    if (other != value) throw Error(Code::kDataLoss, "mixed values");
  }
  return value;
}

TEST(CheckpointWriterCrash, TheOldCheckpointOrTheNewOneIsReadWhereverTheWritingStops) {
  CrashingFileSystem files;
  write_checkpoint(files, 1);
  files.start();
  write_checkpoint(files, 2);
  expect_old_or_new(files, value_of);
}

TEST(CheckpointWriterCrash, WhatWasLeftIsWrittenOverAsSafely) {
  CrashingFileSystem files;
  write_checkpoint(files, 1);
  files.start();
  write_checkpoint(files, 2);
  for (std::size_t step = 0; step <= files.steps(); ++step) {
    SCOPED_TRACE(step);
    const auto left = files.after_program_stops(step);
    CrashingFileSystem second;
    for (const std::string& name : left->list("run")) {
      second.files().put("run/" + name, left->get("run/" + name));
    }
    const std::int32_t before = value_of(*left);
    second.start();
    write_checkpoint(second, 3);
    at_every_crash(second, [&](MemoryFileSystem& now) {
      const std::int32_t value = value_of(now);
      EXPECT_TRUE(value == before || value == 3) << value;
    });
    EXPECT_EQ(value_of(second), 3);
    for (const std::string& name : second.list("run")) {
      EXPECT_FALSE(name.find("icecore-previous") != std::string::npos) << name;
    }
  }
}

TEST(CheckpointWriterCrash, AnOldShardedCheckpointIsKeptWhole) {
  CrashingFileSystem files;
  write_checkpoint(files, 1);
  // The same values in two shards' files: the first has all, the second is empty.
  MemoryFileSystem& memory = files.files();
  memory.put("run/m.data-00000-of-00002", memory.get("run/m.data-00000-of-00001"));
  memory.put("run/m.data-00001-of-00002", "");
  files.start();
  write_checkpoint(files, 2);
  at_every_crash(files, [&](MemoryFileSystem& left) {
    const std::int32_t value = value_of(left);
    EXPECT_TRUE(value == 1 || value == 2);
  });
}

TEST(CheckpointWriterCrash, WithoutAnOldCheckpointTheNewOneIsThereWholeOrNotAtAll) {
  CrashingFileSystem files;
  files.files().put("run/other", "");
  files.start();
  write_checkpoint(files, 2);
  at_every_crash(files, [&](MemoryFileSystem& left) {
    if (left.is_file("run/m.index")) {
      EXPECT_EQ(value_of(left), 2);
    }
  });
}

TEST(PreviousSet, IsNoCheckpointOfItsOwnAndSaysWhatItIs) {
  MemoryFileSystem files;
  write_checkpoint(files, 1);
  files.link("run/m.index", "run/m.icecore-previous.index");
  files.link("run/m.data-00000-of-00001", "run/m.icecore-previous.data-00000-of-00001");
  EXPECT_EQ(list_checkpoints(files, "run").size(), 1u);
  EXPECT_TRUE(previous_set_counts(files, "run/m"));
  const Checkpoint checkpoint = Checkpoint::open(files, "run");
  EXPECT_EQ(checkpoint.prefix(), "run/m.icecore-previous");
  const Checkpoint by_prefix = Checkpoint::open(files, "run/m");
  EXPECT_NE(by_prefix.note().find("a save that was interrupted"), std::string::npos);
}

TEST(PreviousSet, DoesNotCountWhereItIsNotWholeOrSomethingWasWrittenSince) {
  MemoryFileSystem files;
  write_checkpoint(files, 1);
  files.link("run/m.index", "run/m.icecore-previous.index");
  EXPECT_FALSE(previous_set_counts(files, "run/m"));
  files.link("run/m.data-00000-of-00001", "run/m.icecore-previous.data-00000-of-00001");
  EXPECT_TRUE(previous_set_counts(files, "run/m"));
  MemoryFileSystem other;
  write_checkpoint(other, 2);
  files.put("run/m.index", other.get("run/m.index"));
  files.put("run/m.data-00000-of-00001", other.get("run/m.data-00000-of-00001"));
  EXPECT_FALSE(previous_set_counts(files, "run/m"));
  EXPECT_EQ(value_of(files), 2);
}

}  // namespace
}  // namespace icecore::inline v0
