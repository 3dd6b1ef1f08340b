// Shards that are put together, and what is left where that fails or stops.
#include "checkpoint/merge_bundles.h"

#include <gtest/gtest.h>
#include <icecore/checkpoint.h>
#include <icecore/checkpoint_writer.h>
#include <icecore/error.h>

#include "io/crashing_file_system.h"
#include "io/faulty_file_system.h"

namespace icecore::inline v0 {
namespace {

const std::vector<std::string> kParts = {"run/part-0", "run/part-1"};

void write_part(FileSystem& files, const std::string& prefix, const std::string& name,
                std::int32_t value) {
  CheckpointWriter writer(files, prefix);
  writer.add(name, Tensor::scalar(value));
  writer.finish();
}

// Two shards, in which "a" and "b" have the value.
void write_parts(FileSystem& files, std::int32_t value) {
  write_part(files, kParts[0], "a", value);
  write_part(files, kParts[1], "b", value);
}

void write_and_merge(FileSystem& files, std::int32_t value) {
  write_parts(files, value);
  merge_bundles(files, kParts, "run/m");
}

// The value that both variables have; throws where they don't have one.
std::int32_t value_of(FileSystem& files) {
  const Checkpoint checkpoint = Checkpoint::open(files, "run/m");
  const auto value = checkpoint.read("a").item<std::int32_t>();
  if (checkpoint.read("b").item<std::int32_t>() != value) {
    throw Error(Code::kDataLoss, "mixed values");
  }
  return value;
}

TEST(MergedBundles, AreThereAloneAfterwards) {
  MemoryFileSystem files;
  write_and_merge(files, 1);
  write_and_merge(files, 2);
  EXPECT_EQ(value_of(files), 2);
  EXPECT_EQ(files.list("run"), (std::vector<std::string>{"m.data-00000-of-00002",
                                                         "m.data-00001-of-00002", "m.index"}));
}

TEST(MergedBundles, FindOrMakeTheirFolder) {
  MemoryFileSystem files;
  write_parts(files, 1);
  merge_bundles(files, kParts, "other/m");
  EXPECT_EQ(Checkpoint::open(files, "other/m").read("b").item<std::int32_t>(), 1);
}

// A failure leaves the old values and both parts, or the new values.
TEST(MergedBundles, AreWrittenOverAnotherCheckpointWholeOrNotAtAll) {
  for (std::size_t step = 0;; ++step) {
    SCOPED_TRACE(step);
    FaultyFileSystem files;
    write_and_merge(files, 1);
    write_parts(files, 2);
    files.fail_after(step);
    bool failed = false;
    try {
      merge_bundles(files, kParts, "run/m");
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::kResourceExhausted);
      failed = true;
    }
    const bool is_new = files.is_file("run/m.index") && value_of(files) == 2;
    EXPECT_TRUE(is_new || failed);
    if (!is_new) {
      EXPECT_EQ(value_of(files), 1);
      EXPECT_EQ(Checkpoint::open(files, kParts[0]).read("a").item<std::int32_t>(), 2);
      EXPECT_EQ(Checkpoint::open(files, kParts[1]).read("b").item<std::int32_t>(), 2);
      EXPECT_EQ(files.list("run").size(), 7u);
    }
    const bool was_last = !files.failed();
    files.fail_after(1000);
    write_and_merge(files, 3);
    EXPECT_EQ(value_of(files), 3);
    EXPECT_EQ(files.list("run").size(), 3u);
    if (was_last) {
      EXPECT_GT(step, 10u);
      break;
    }
  }
}

TEST(MergedBundles, LeaveTheOldCheckpointOrTheNewOneWhereverTheMergeStops) {
  CrashingFileSystem files;
  write_and_merge(files, 1);
  write_parts(files, 2);
  files.start();
  merge_bundles(files, kParts, "run/m");
  expect_old_or_new(files, value_of);
}

// Over what a merge left that stopped, a save that fails loses nothing either.
TEST(MergedBundles, ThatStoppedAreWrittenOverAsSafely) {
  CrashingFileSystem stopped;
  write_and_merge(stopped, 1);
  write_parts(stopped, 2);
  stopped.start();
  merge_bundles(stopped, kParts, "run/m");
  for (std::size_t stop = 0; stop <= stopped.steps(); ++stop) {
    SCOPED_TRACE(stop);
    const auto left = stopped.after_program_stops(stop);
    const std::int32_t before = value_of(*left);
    for (std::size_t step = 0;; ++step) {
      SCOPED_TRACE(step);
      FaultyFileSystem files;
      for (const std::string& name : left->list("run")) {
        files.files().put("run/" + name, left->get("run/" + name));
      }
      files.fail_after(step);
      try {
        CheckpointWriter writer(files, "run/m");
        writer.add("a", Tensor::scalar(3));
        writer.add("b", Tensor::scalar(3));
        writer.finish();
      } catch (const Error&) {
        EXPECT_TRUE(files.failed());
      }
      const std::int32_t value = value_of(files);
      EXPECT_TRUE(value == before || value == 3) << value;
      if (!files.failed()) break;
    }
  }
}

TEST(MergedBundles, AreNotAmongTheirParts) {
  MemoryFileSystem files;
  write_and_merge(files, 1);
  write_part(files, "run/c", "c", 1);
  const auto code_of = [&](const std::vector<std::string>& parts) {
    try {
      merge_bundles(files, parts, "run/m");
    } catch (const Error& error) {
      return error.code();
    }
    return Code{};
  };
  EXPECT_EQ(code_of({"run/c", "run/m"}), Code::kInvalidArgument);
  EXPECT_EQ(code_of({"run/c", "run/./m"}), Code::kInvalidArgument);
  EXPECT_EQ(code_of({"run/c", "run//c"}), Code::kInvalidArgument);
  EXPECT_EQ(value_of(files), 1);
  EXPECT_EQ(Checkpoint::open(files, "run/c").read("c").item<std::int32_t>(), 1);
}

}  // namespace
}  // namespace icecore::inline v0
