#include "locate/list_checkpoints.h"

#include <icecore/error.h>

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "made_files.h"

namespace icecore {
namespace {

std::vector<std::string> prefixes(const std::vector<CheckpointOnDisk>& found) {
  std::vector<std::string> names;
  for (const CheckpointOnDisk& checkpoint : found) names.push_back(checkpoint.prefix);
  return names;
}

using Names = std::vector<std::string>;

TEST(ListCheckpoints, StepsAreSortedAsNumbers) {
  MemoryFileSystem files;
  put_v2(files, "run/m-10");
  put_v2(files, "run/m-9");
  put_v2(files, "run/a");
  put_v1(files, "run/m-11");
  const auto found = list_checkpoints(files, "run");
  EXPECT_EQ(prefixes(found), (Names{"run/a", "run/m-9", "run/m-10", "run/m-11"}));
  EXPECT_EQ(found[0].step, std::nullopt);
  EXPECT_EQ(found[2].step, 10);
  EXPECT_EQ(found[2].stem, "run/m");
  EXPECT_EQ(found[3].format, CheckpointLocation::Format::kV1);
  EXPECT_TRUE(found[3].complete);
  EXPECT_GT(found[3].modified_ns, found[2].modified_ns);
}

TEST(ListCheckpoints, AMissingShardMakesOneIncomplete) {
  MemoryFileSystem files;
  put_v2(files, "run/m-1", 3);
  files.remove("run/m-1.data-00001-of-00003");
  put_v2(files, "run/m-2");
  files.remove("run/m-2.data-00000-of-00001");
  files.put("run/m-3-00001-of-00002", v1_table());
  const auto found = list_checkpoints(files, "run");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_FALSE(found[0].complete);
  EXPECT_EQ(found[0].shards, 3u);
  EXPECT_EQ(found[0].defect, "m-1.data-00001-of-00003 is missing");
  EXPECT_EQ(found[1].defect, "m-2.data-00000-of-00001 is missing");
  EXPECT_EQ(found[2].defect, "m-3-00000-of-00002 is missing");
}

TEST(ListCheckpoints, TablesThatAreNoV1CheckpointAreNone) {
  MemoryFileSystem files;
  put_v2(files, "m.ckpt-2");
  files.put("m.ckpt-2.index.bak", v2_index());
  files.put("m.ckpt-2.index.tmp123_0", v2_index());
  files.put("copy-00000-of-00001", v2_index());
  files.put("000005.ldb", table(std::string("\0\4\1kkkkv", 8)));
  EXPECT_EQ(prefixes(list_checkpoints(files, "")), Names{"m.ckpt-2"});
}

TEST(ListCheckpoints, WhatCantBeLookedAtHidesNoCheckpoint) {
  const std::string folder = testing::TempDir() + "icecore_list_" + std::to_string(::getpid());
  std::filesystem::create_directories(folder);
  std::filesystem::create_symlink("itself", folder + "/itself");
  std::filesystem::create_symlink("nowhere", folder + "/dangling");
  std::filesystem::create_symlink("loop.index", folder + "/loop.index");
  ASSERT_EQ(::mkfifo((folder + "/pipe").c_str(), 0600), 0);
  ASSERT_EQ(::mkfifo((folder + "/pipe.index").c_str(), 0600), 0);
  std::ofstream(folder + "/m") << v1_table();
  EXPECT_EQ(prefixes(list_checkpoints(posix_file_system(), folder)), Names{folder + "/m"});
  std::filesystem::remove_all(folder);
}

TEST(ListCheckpoints, OfTwoSetsOfShardsTheWholeOneCounts) {
  MemoryFileSystem files;
  put_v2(files, "m", 2);
  files.put("m.data-00000-of-00003", "of an earlier save");
  const auto found = list_checkpoints(files, "");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].shards, 2u);
  EXPECT_TRUE(found[0].complete);
}

TEST(ListCheckpoints, AnIndexThatIsNoTableIsADefect) {
  MemoryFileSystem files;
  put_v2(files, "run/m");
  files.put("run/m.index", git_lfs_pointer());
  const auto found = list_checkpoints(files, "run");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_FALSE(found[0].complete);
  EXPECT_EQ(found[0].defect,
            "m.index is a git-lfs pointer, not the file itself (9362 bytes expected): run "
            "`git lfs pull`");
}

TEST(ListCheckpoints, AV1FileBesideAV2OneIsNotListed) {
  MemoryFileSystem files;
  put_v1(files, "run/m");
  put_v2(files, "run/m");
  const auto found = list_checkpoints(files, "run");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].format, CheckpointLocation::Format::kV2);
}

TEST(ListCheckpoints, OtherFilesAreNone) {
  MemoryFileSystem files;
  files.put("run/checkpoint", "model_checkpoint_path: \"m\"");
  files.put("run/train-00000-of-00002", "records");
  files.put("run/m.index.tempstate12", v2_index());
  files.put("run/graph.pbtxt", "node { }");
  files.put("run/sub.index/file", "");
  EXPECT_TRUE(list_checkpoints(files, "run").empty());
  EXPECT_EQ(newest_checkpoint({}), nullptr);
}

TEST(ListCheckpoints, AFolderThatIsMissingIsNotFound) {
  MemoryFileSystem files;
  try {
    list_checkpoints(files, "gone");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kNotFound);
  }
}

TEST(ListCheckpoints, TheNewestHasTheHighestStepOfTheFamilyWrittenLast) {
  MemoryFileSystem files;
  put_v2(files, "other-7000");
  put_v2(files, "m-1000");
  put_v2(files, "m-999");  // Copied later.
  auto found = list_checkpoints(files, "");
  EXPECT_EQ(newest_checkpoint(found)->prefix, "m-1000");
  put_v2(files, "best");
  found = list_checkpoints(files, "");
  EXPECT_EQ(newest_checkpoint(found)->prefix, "best");
}

TEST(ListCheckpoints, AnIncompleteOneIsNewestOnlyWhereNoneIsComplete) {
  MemoryFileSystem files;
  files.put("m-3.index", v2_index());
  auto found = list_checkpoints(files, "");
  EXPECT_EQ(newest_checkpoint(found)->prefix, "m-3");
  put_v2(files, "m-2");
  found = list_checkpoints(files, "");
  EXPECT_EQ(newest_checkpoint(found)->prefix, "m-2");
}

TEST(ListCheckpoints, AShardedV1CheckpointIsFoundByItsPrefix) {
  MemoryFileSystem files;
  files.put("run/m-3-00000-of-00002", v1_table());
  files.put("run/m-3-00001-of-00002", v1_table());
  const auto found = list_checkpoints(files, "run");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].prefix,
            "run/m-3-?????"
            "-of-00002");
  EXPECT_EQ(found[0].step, 3);
  EXPECT_TRUE(found[0].complete);
  EXPECT_EQ(find_checkpoint(found, "run/m-3"), found.data());
  EXPECT_EQ(find_checkpoint(found,
                            "run/m-3-?????"
                            "-of-00002"),
            found.data());
  EXPECT_EQ(find_checkpoint(found, "run/m"), nullptr);
}

TEST(CheckpointOnDisk, LooksAtOnePrefixAlone) {
  MemoryFileSystem files;
  put_v2(files, "run/m-1", 2);
  put_v2(files, "run/m-2");
  put_v1(files, "run/old");
  put_v1(files, "run/s-00000-of-00002");
  EXPECT_EQ(checkpoint_on_disk(files, "run/m-1")->shards, 2u);
  EXPECT_EQ(checkpoint_on_disk(files, "run/old")->format, CheckpointLocation::Format::kV1);
  EXPECT_FALSE(checkpoint_on_disk(files, "run/s")->complete);
  EXPECT_EQ(checkpoint_on_disk(files, v1_shard_pattern("run/s", 2))->shards, 2u);
  EXPECT_FALSE(checkpoint_on_disk(files, "run/m").has_value());
  EXPECT_FALSE(checkpoint_on_disk(files, "gone/m").has_value());
}

}  // namespace
}  // namespace icecore
