// What CheckpointWriter leaves behind when the file system fails, at every single step.
#include <gtest/gtest.h>
#include <icecore/checkpoint.h>
#include <icecore/checkpoint_writer.h>
#include <icecore/error.h>

#include <algorithm>
#include <functional>
#include <map>

#include "io/faulty_file_system.h"

namespace icecore::inline v0 {
namespace {

constexpr const char* kIndex = "run/m.index";
constexpr const char* kData = "run/m.data-00000-of-00001";

// An int32 vector of four times `value`.
Tensor fours(std::int32_t value) {
  const std::vector<std::int32_t> values(4, value);
  Tensor tensor(DType::kInt32, Shape({4}));
  const auto from = std::as_bytes(std::span(values));
  std::ranges::copy(from, tensor.mutable_bytes().begin());
  return tensor;
}

void write_checkpoint(FileSystem& files, std::int32_t value) {
  CheckpointWriter writer(files, "run/m");
  writer.add("a", fours(value));
  writer.add("b", fours(value + 1));
  writer.finish();
}

std::map<std::string, std::string> contents(const MemoryFileSystem& files) {
  std::map<std::string, std::string> all;
  for (const std::string& name : files.list("run")) all[name] = files.get("run/" + name);
  return all;
}

Code code_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.code();
  }
  return Code::kUnknown;
}

TEST(CheckpointWriterFailures, AFailedAddGivesTheCheckpointUp) {
  FaultyFileSystem files;
  files.files().put("run/other", "");
  CheckpointWriter writer(files, "run/m");
  writer.add("a", fours(1));
  files.fail_after(0);
  EXPECT_EQ(code_of([&] { writer.add("b", fours(2)); }), Code::kResourceExhausted);
  EXPECT_EQ(code_of([&] { writer.add("c", fours(3)); }), Code::kFailedPrecondition);
  EXPECT_EQ(code_of([&] { writer.finish(); }), Code::kFailedPrecondition);
  EXPECT_EQ(files.list("run"), (std::vector<std::string>{"other"}));
}

TEST(CheckpointWriterFailures, ARefusedAddHarmsNothing) {
  FaultyFileSystem files;
  CheckpointWriter writer(files, "m");
  writer.add("a", fours(1));
  EXPECT_EQ(code_of([&] { writer.add("a", fours(2)); }), Code::kInvalidArgument);
  EXPECT_EQ(code_of([&] { writer.add("", fours(2)); }), Code::kInvalidArgument);
  writer.add("b", fours(3));
  writer.finish();
  const Tensor read = Checkpoint::open(files, "m").read("b");
  EXPECT_TRUE(std::ranges::equal(read.bytes(), fours(3).bytes()));
}

TEST(CheckpointWriterFailures, AFailedFinishGivesTheCheckpointUp) {
  FaultyFileSystem files;
  files.files().put("run/other", "");
  CheckpointWriter writer(files, "run/m");
  writer.add("a", fours(1));
  files.fail_after(0);
  EXPECT_EQ(code_of([&] { writer.finish(); }), Code::kResourceExhausted);
  EXPECT_EQ(code_of([&] { writer.finish(); }), Code::kFailedPrecondition);
}

// A new checkpoint is there whole or not at all, and nothing else is.
TEST(CheckpointWriterFailures, AtEveryStepNothingOrAllIsThere) {
  MemoryFileSystem whole;
  write_checkpoint(whole, 1);
  std::size_t step = 0;
  for (bool failed = true; failed; ++step) {
    SCOPED_TRACE(step);
    FaultyFileSystem files;
    files.fail_after(step, Code::kPermissionDenied);
    const Code code = code_of([&] { write_checkpoint(files, 1); });
    failed = files.failed();
    if (failed) {
      EXPECT_EQ(code, Code::kPermissionDenied);
    }
    const bool is_there = files.is_file(kIndex);
    EXPECT_TRUE(is_there || failed);
    if (is_there) {
      EXPECT_EQ(contents(files.files()), contents(whole));
    } else if (files.is_folder("run")) {
      EXPECT_TRUE(files.list("run").empty());
    }
  }
  EXPECT_GT(step, 10u);
}

// Over an old one: the old one is there, or the new one.
TEST(CheckpointWriterFailures, AtEveryStepTheOldValuesOrTheNewAreRead) {
  MemoryFileSystem before, after;
  write_checkpoint(before, 1);
  write_checkpoint(after, 5);
  for (std::size_t step = 0;; ++step) {
    SCOPED_TRACE(step);
    FaultyFileSystem files;
    write_checkpoint(files, 1);
    files.fail_after(step);
    bool failed = false;
    try {
      write_checkpoint(files, 5);
    } catch (const Error&) {
      EXPECT_TRUE(files.failed());
      failed = true;
    }
    const bool is_new = files.files().get(kIndex) == after.get(kIndex);
    EXPECT_EQ(files.files().get(kIndex), (is_new ? after : before).get(kIndex));
    EXPECT_EQ(files.files().get(kData), (is_new ? after : before).get(kData));
    EXPECT_TRUE(is_new || failed);
    const std::int32_t value = is_new ? 5 : 1;
    EXPECT_TRUE(std::ranges::equal(Checkpoint::open(files, "run/m").read("a").bytes(),
                                   fours(value).bytes()));
    // Nothing else is left, but where the very last step failed.
    EXPECT_EQ(files.list("run").size(), is_new && failed ? 4u : 2u);
    const bool was_last = !files.failed();
    files.fail_after(1000);
    write_checkpoint(files, 7);
    EXPECT_EQ(files.list("run").size(), 2u);
    if (was_last) break;
  }
}

}  // namespace
}  // namespace icecore::inline v0
