#include "locate/state_file.h"

#include <icecore/error.h>

#include <gtest/gtest.h>

#include "made_files.h"

namespace icecore {
namespace {

const std::string kGolden = ICECORE_TEST_DATA "/golden/state/";

std::string golden_text(const std::string& name) {
  const auto file = posix_file_system().open(kGolden + name + "/checkpoint");
  return file->read_string(0, file->size());
}

using Paths = std::vector<std::string>;

TEST(StateFile, WhatTensorFlowWroteComesOutAsItWentIn) {
  for (const char* name : {"absolute", "by_saver", "escapes", "moved", "newest_not_in_list",
                           "newest_only", "other_folder", "relative", "timestamps"}) {
    const std::string text = golden_text(name);
    EXPECT_EQ(to_text(parse_checkpoint_state(text)), text) << name;
  }
}

TEST(StateFile, EscapesAreRead) {
  const CheckpointState state = parse_checkpoint_state(golden_text("escapes"));
  EXPECT_EQ(state.model_checkpoint_path, "q\"x");
  EXPECT_EQ(state.all_model_checkpoint_paths,
            (Paths{"q'x", "back\\slash", "tab\tnewline\nreturn\r", "\xc3\xb1",
                   "del\x7f"
                   "bell\a",
                   "r[2]*?", "\xe8\xaf\xad", "q\"x"}));
}

TEST(StateFile, TimestampsAreDoubles) {
  const CheckpointState state = parse_checkpoint_state(golden_text("timestamps"));
  EXPECT_EQ(state.all_model_checkpoint_timestamps,
            (std::vector<double>{1574000000.25, 1574000001.0, 1573999999.1234567, 0.0, 1e+22,
                                 1.5e-07, 5.0}));
  EXPECT_EQ(state.last_preserved_timestamp, 1573999998.5);
}

TEST(StateFile, AnyOrderCommentsAndJoinedStringsAreRead) {
  const CheckpointState state = parse_checkpoint_state(golden_text("by_hand"));
  EXPECT_EQ(state.model_checkpoint_path, "in two parts");
  EXPECT_EQ(state.all_model_checkpoint_paths,
            (Paths{"single 'quoted' \"path\"", "A\a\b\f\v\xc3\xb1"}));
  EXPECT_EQ(state.all_model_checkpoint_timestamps, (std::vector<double>{1.0, 2.5e9, 0.5}));
  EXPECT_EQ(state.last_preserved_timestamp, -1.5);
}

TEST(StateFile, TextThatIsNoStateIsInvalid) {
  for (const char* text : {"hello", "model_checkpoint_path: 7", "model_checkpoint_path: \"m",
                           "node { name: \"x\" }", "\xff\xfe"}) {
    try {
      parse_checkpoint_state(text);
      FAIL() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::kInvalidArgument) << text;
    }
  }
}

TEST(StateFile, RelativePathsAreJoinedToTheFolderAskedFor) {
  const auto state = get_checkpoint_state(posix_file_system(), kGolden + "other_folder");
  ASSERT_TRUE(state);
  EXPECT_EQ(state->model_checkpoint_path, kGolden + "other_folder/m-2");
  EXPECT_EQ(state->all_model_checkpoint_paths,
            (Paths{kGolden + "other_folder/../elsewhere/m-1", kGolden + "other_folder/deep/er/m-1",
                   kGolden + "other_folder/m-2"}));
  const auto absolute = get_checkpoint_state(posix_file_system(), kGolden + "absolute");
  EXPECT_EQ(absolute->model_checkpoint_path, "/models/run 1/m-2");
}

TEST(StateFile, NoFileIsNoState) {
  MemoryFileSystem files;
  files.create_folder("run");
  EXPECT_EQ(get_checkpoint_state(files, "run"), std::nullopt);
  EXPECT_EQ(get_checkpoint_state(files, "gone"), std::nullopt);
  EXPECT_EQ(latest_checkpoint(files, "run"), std::nullopt);
  // A folder of that name is none either.
  files.put("run/checkpoint/m.index", v2_index());
  EXPECT_EQ(get_checkpoint_state(files, "run"), std::nullopt);
}

std::string message_of_get(const MemoryFileSystem& files) {
  try {
    get_checkpoint_state(files, "run");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kInvalidArgument);
    return error.message();
  }
  return "no error";
}

TEST(StateFile, AFileThatCannotBeReadIsNamed) {
  MemoryFileSystem files;
  files.put("run/checkpoint", git_lfs_pointer());
  EXPECT_EQ(message_of_get(files),
            "run/checkpoint is no checkpoint state file but a git-lfs pointer, not the file itself "
            "(9362 bytes expected): run `git lfs pull`");
  files.put("run/checkpoint", "model_checkpoint_path \"m\"");
  EXPECT_TRUE(message_of_get(files).starts_with("run/checkpoint can't be read as a checkpoint "))
      << message_of_get(files);
  files.put("run/checkpoint", "");
  EXPECT_EQ(message_of_get(files),
            "run/checkpoint names no checkpoint (model_checkpoint_path is missing)");
}

TEST(LatestCheckpoint, IsTheOneThatTheStateFileNames) {
  EXPECT_EQ(latest_checkpoint(kGolden + "by_saver"), kGolden + "by_saver/model.ckpt-3");
  EXPECT_EQ(latest_checkpoint(kGolden + "newest_only"), std::nullopt);  // It isn't there.
}

TEST(LatestCheckpoint, IsLookedForBesideTheStateFileWhereItsFolderHasMoved) {
  EXPECT_EQ(latest_checkpoint(kGolden + "moved"), kGolden + "moved/m-2");
  const StatePath path = follow_state_path(posix_file_system(), kGolden + "moved", "/gone/m-2");
  EXPECT_TRUE(path.has_moved());
  EXPECT_EQ(path.named, "/gone/m-2");
  EXPECT_EQ(path.found, kGolden + "moved/m-2");
}

TEST(LatestCheckpoint, PathsOfWindowsMoveToo) {
  MemoryFileSystem files;
  put_v2(files, "run/m-2");
  files.put("run/checkpoint", R"(model_checkpoint_path: "C:\\models\\run\\m-2")");
  EXPECT_EQ(latest_checkpoint(files, "run"), "run/m-2");
}

TEST(LatestCheckpoint, AnEmptyBaseNameMovesToo) {
  MemoryFileSystem files;
  put_v2(files, "run/");
  files.put("run/checkpoint", R"(model_checkpoint_path: "/home/someone/run/")");
  EXPECT_EQ(latest_checkpoint(files, "run"), "run/");
}

TEST(LatestCheckpoint, MayBeV1OrSharded) {
  MemoryFileSystem files;
  put_v1(files, "run/m-1");
  put_state(files, "run", "m-1");
  EXPECT_EQ(latest_checkpoint(files, "run"), "run/m-1");
  put_v1(files, "run/m-2-00000-of-00002");
  put_state(files, "run",
            "m-2-?????"
            "-of-00002");
  EXPECT_EQ(latest_checkpoint(files, "run"),
            "run/m-2-?????"
            "-of-00002");
}

TEST(LatestCheckpoint, BracketsAreNoGlob) {
  MemoryFileSystem files;
  put_v2(files, "r[2]/m-1");
  put_state(files, "r[2]", "m-1");
  EXPECT_EQ(latest_checkpoint(files, "r[2]"), "r[2]/m-1");
}

TEST(LatestCheckpoint, TheStateFileMayHaveAnotherName) {
  MemoryFileSystem files;
  put_v2(files, "run/m-1");
  files.put("run/best", "model_checkpoint_path: \"m-1\"");
  EXPECT_EQ(latest_checkpoint(files, "run", "best"), "run/m-1");
}

}  // namespace
}  // namespace icecore
