// Paths that lead to a checkpoint. Paths that lead to none are in not_found_test.cc.
#include "locate/locate.h"

#include <gtest/gtest.h>

#include "made_files.h"

namespace icecore {
namespace {

using Format = CheckpointLocation::Format;
using Tables = std::vector<std::string>;

TEST(Locate, APrefixIsTakenWithoutANote) {
  MemoryFileSystem files;
  put_v2(files, "run/m-1000");
  const auto location = locate_checkpoint(files, "run/m-1000");
  EXPECT_EQ(location.format, Format::kV2);
  EXPECT_EQ(location.prefix, "run/m-1000");
  EXPECT_EQ(location.tables, Tables{"run/m-1000.index"});
  EXPECT_EQ(location.note, "");
}

TEST(Locate, ACopyOfAnIndexInAFolderWithoutStateFileIsPassedOver) {
  for (const char* copy : {"run/m.ckpt-2.index.bak", "run/m.ckpt-2.index.tmp123_0"}) {
    MemoryFileSystem files;
    put_v2(files, "run/m.ckpt-2");
    files.put(copy, v2_index());
    EXPECT_EQ(locate_checkpoint(files, "run").prefix, "run/m.ckpt-2");
    EXPECT_EQ(locate_checkpoint(files, "run/m.ckpt-2").prefix, "run/m.ckpt-2");
  }
}

TEST(Locate, AnyFileOfACheckpointLeadsToIt) {
  MemoryFileSystem files;
  put_v2(files, "run/m-1000");
  files.put("run/m-1000.meta", meta_graph_def());
  auto location = locate_checkpoint(files, "run/m-1000.data-00000-of-00001");
  EXPECT_EQ(location.prefix, "run/m-1000");
  EXPECT_EQ(location.note, "using run/m-1000 (V2, 1 shard; you passed its .data file)");
  location = locate_checkpoint(files, "run/m-1000.index");
  EXPECT_EQ(location.prefix, "run/m-1000");
  EXPECT_EQ(location.note, "using run/m-1000 (V2, 1 shard; you passed its .index file)");
  location = locate_checkpoint(files, "run/m-1000.meta");
  EXPECT_EQ(location.prefix, "run/m-1000");
  EXPECT_EQ(location.note, "using run/m-1000 (V2, 1 shard; you passed its .meta file)");
}

TEST(Locate, WhatPeopleMakeOfADataFilesNameWillDo) {
  MemoryFileSystem files;
  put_v2(files, "run/m", 2);
  for (const char* path : {"run/m.data",
                           "run/m.data-?????"
                           "-of-00002",
                           "run/m.data-00000", "run/m.data-00007-of-00008", "run/m.meta"}) {
    EXPECT_EQ(locate_checkpoint(files, path).prefix, "run/m") << path;
  }
  EXPECT_EQ(locate_checkpoint(files, "run/m.data").note,
            "using run/m (V2, 2 shards; you passed its .data file)");
}

TEST(Locate, TheStateFileLeadsToItsNewest) {
  MemoryFileSystem files;
  put_v2(files, "run/m-1");
  put_v2(files, "run/m-2");
  put_state(files, "run", "m-1");
  const auto location = locate_checkpoint(files, "run/checkpoint");
  EXPECT_EQ(location.prefix, "run/m-1");
  EXPECT_EQ(location.note, "using run/m-1 (V2, 1 shard; the latest of run/checkpoint)");
  files.put("run/checkpoint.txt", files.get("run/checkpoint"));
  EXPECT_EQ(locate_checkpoint(files, "run/checkpoint.txt").prefix, "run/m-1");
}

TEST(Locate, AFolderLeadsToItsLatest) {
  MemoryFileSystem files;
  put_v2(files, "run/m-1");
  put_v2(files, "run/m-2");
  put_state(files, "run", "m-2");
  for (const char* path : {"run", "run/", "run//"}) {
    const auto location = locate_checkpoint(files, path);
    EXPECT_EQ(location.prefix, "run/m-2") << path;
    EXPECT_EQ(location.note, "using run/m-2 (V2, 1 shard; the latest of run/checkpoint)");
  }
}

TEST(Locate, AFolderThatMovedIsNoObstacle) {
  MemoryFileSystem files;
  put_v2(files, "run/m-2");
  put_state(files, "run", "/old/place/m-2");
  const auto location = locate_checkpoint(files, "run");
  EXPECT_EQ(location.prefix, "run/m-2");
  EXPECT_EQ(location.note,
            "using run/m-2 (V2, 1 shard; run/checkpoint names /old/place/m-2, which has moved)");
}

TEST(Locate, AFolderWithoutAStateFileLeadsToItsNewest) {
  MemoryFileSystem files;
  put_v2(files, "run/m-9");
  put_v2(files, "run/m-10");
  const auto location = locate_checkpoint(files, "run");
  EXPECT_EQ(location.prefix, "run/m-10");
  EXPECT_EQ(location.note,
            "using run/m-10 (V2, 1 shard; the newest in run, which has no checkpoint file)");
}

TEST(Locate, AStateFileWhoseCheckpointIsGoneIsNoObstacle) {
  MemoryFileSystem files;
  put_v2(files, "run/m-1");
  put_state(files, "run", "m-2");
  EXPECT_EQ(locate_checkpoint(files, "run").note,
            "using run/m-1 (V2, 1 shard; the newest on disk: run/checkpoint names run/m-2, which "
            "isn't there)");
  files.put("run/checkpoint", git_lfs_pointer());
  EXPECT_EQ(locate_checkpoint(files, "run").prefix, "run/m-1");
}

TEST(Locate, AnIncompleteLatestGivesWayToACompleteOne) {
  MemoryFileSystem files;
  put_v2(files, "run/m-1");
  put_v2(files, "run/m-2");
  files.remove("run/m-2.data-00000-of-00001");
  put_state(files, "run", "m-2");
  const auto location = locate_checkpoint(files, "run");
  EXPECT_EQ(location.prefix, "run/m-1");
  EXPECT_EQ(location.note,
            "using run/m-1 (V2, 1 shard; run/checkpoint names run/m-2, but "
            "m-2.data-00000-of-00001 is missing)");
  // Asked for by its name it is what it is: its names can be listed, and reading says the rest.
  EXPECT_EQ(locate_checkpoint(files, "run/m-2").prefix, "run/m-2");
}

TEST(Locate, AnIncompleteLatestIsTakenWhereNoneIsComplete) {
  MemoryFileSystem files;
  files.put("run/m-2.index", v2_index());
  EXPECT_EQ(locate_checkpoint(files, "run").prefix, "run/m-2");
  put_state(files, "run", "m-2");
  EXPECT_EQ(locate_checkpoint(files, "run").prefix, "run/m-2");
}

TEST(Locate, ASavedModelFolderLeadsToItsVariables) {
  MemoryFileSystem files;
  files.put("sm/saved_model.pb", saved_model());
  put_v2(files, "sm/variables/variables");
  auto location = locate_checkpoint(files, "sm");
  EXPECT_EQ(location.prefix, "sm/variables/variables");
  EXPECT_EQ(location.note,
            "using sm/variables/variables (V2, 1 shard; the variables of the SavedModel sm)");
  EXPECT_EQ(locate_checkpoint(files, "sm/variables").prefix, "sm/variables/variables");
  EXPECT_EQ(locate_checkpoint(files, "sm/variables/variables").note, "");
  files.remove("sm/saved_model.pb");
  location = locate_checkpoint(files, "sm/");
  EXPECT_EQ(location.prefix, "sm/variables/variables");
  EXPECT_EQ(location.note, "using sm/variables/variables (V2, 1 shard; the variables in sm)");
}

TEST(Locate, AV1FileIsItsOwnPrefix) {
  MemoryFileSystem files;
  put_v1(files, "run/model.ckpt-1000");
  put_v1(files, "run/model.ckpt-1000.ckpt");  // Only a longer prefix.
  for (const char* path : {"run/model.ckpt-1000", "run/model.ckpt-1000.ckpt"}) {
    const auto location = locate_checkpoint(files, path);
    EXPECT_EQ(location.format, Format::kV1);
    EXPECT_EQ(location.prefix, path);
    EXPECT_EQ(location.tables, Tables{path});
    EXPECT_EQ(location.note, "");
  }
}

TEST(Locate, AV1FileUnderAnyNameIsOne) {
  MemoryFileSystem files;
  for (const char* path : {"weights.index", "best.pth.tar", "model.meta", "graph.pb"}) {
    put_v1(files, path);
    EXPECT_EQ(locate_checkpoint(files, path).format, Format::kV1) << path;
    EXPECT_EQ(locate_checkpoint(files, path).tables, Tables{path});
  }
}

TEST(Locate, AV2CheckpointBesideAV1FileWins) {
  MemoryFileSystem files;
  put_v1(files, "run/m");
  put_v2(files, "run/m");
  EXPECT_EQ(locate_checkpoint(files, "run/m").format, Format::kV2);
  const std::string golden = ICECORE_TEST_DATA "/golden/v1/beside_v2/model.ckpt";
  EXPECT_EQ(locate_checkpoint(posix_file_system(), golden).format, Format::kV2);
}

TEST(Locate, ThePatternOfAShardedV1SaveMeansAllShards) {
  MemoryFileSystem files;
  put_v1(files, "run/m-3-00000-of-00002");
  put_v1(files, "run/m-3-00001-of-00002");
  put_v1(files, "run/m-3-00000-of-00003");  // Of another save.
  const auto location = locate_checkpoint(files,
                                          "run/m-3-?????"
                                          "-of-00002");
  EXPECT_EQ(location.format, Format::kV1);
  EXPECT_EQ(location.prefix,
            "run/m-3-?????"
            "-of-00002");
  EXPECT_EQ(location.tables, (Tables{"run/m-3-00000-of-00002", "run/m-3-00001-of-00002"}));
  EXPECT_EQ(location.note, "");
}

TEST(Locate, OneV1ShardLeadsToAllOfThem) {
  MemoryFileSystem files;
  put_v1(files, "run/m-3-00000-of-00002");
  put_v1(files, "run/m-3-00001-of-00002");
  files.put("run/m-3.meta", meta_graph_def());
  auto location = locate_checkpoint(files, "run/m-3-00001-of-00002");
  EXPECT_EQ(location.tables.size(), 2u);
  EXPECT_EQ(location.note,
            "using run/m-3-?????"
            "-of-00002 (V1, 2 shards; you passed one of them)");
  // So do the prefix and the .meta, whose name lacks the numbers.
  EXPECT_EQ(locate_checkpoint(files, "run/m-3").note,
            "using run/m-3-?????"
            "-of-00002 (V1, 2 shards; it is stored in numbered files)");
  EXPECT_EQ(locate_checkpoint(files, "run/m-3.meta").prefix,
            "run/m-3-?????"
            "-of-00002");
  EXPECT_EQ(locate_checkpoint(files, "run").prefix,
            "run/m-3-?????"
            "-of-00002");
}

TEST(Locate, MissingV1ShardsAreNoted) {
  MemoryFileSystem files;
  put_v1(files, "run/m-00001-of-00003");
  const auto location = locate_checkpoint(files,
                                          "run/m-?????"
                                          "-of-00003");
  EXPECT_EQ(location.tables, Tables{"run/m-00001-of-00003"});
  EXPECT_EQ(location.note,
            "using run/m-?????"
            "-of-00003 (V1, 1 of 3 shards; the others are missing)");
}

TEST(Locate, BracketsBlanksAndStarsAreLetters) {
  MemoryFileSystem files;
  put_v2(files, "run[1] a*b?/model ckpt-1000");
  EXPECT_EQ(locate_checkpoint(files, "run[1] a*b?/model ckpt-1000").note, "");
  EXPECT_EQ(locate_checkpoint(files, "run[1] a*b?").prefix, "run[1] a*b?/model ckpt-1000");
}

TEST(Locate, TheEmptyPathIsThePrefixWithoutABaseName) {
  MemoryFileSystem files;
  put_v2(files, "");
  const auto location = locate_checkpoint(files, "");
  EXPECT_EQ(location.prefix, "");
  EXPECT_EQ(location.tables, Tables{".index"});
  EXPECT_EQ(locate_checkpoint(files, ".index").prefix, "");
  EXPECT_EQ(locate_checkpoint(files, ".data-00000-of-00001").prefix, "");
}

TEST(Locate, ATrailingSlashIsFirstThatPrefixThenTheFolder) {
  MemoryFileSystem files;
  put_v2(files, "run/");
  put_v2(files, "run/m-1");
  put_state(files, "run", "m-1");
  EXPECT_EQ(locate_checkpoint(files, "run/").prefix, "run/");
  EXPECT_EQ(locate_checkpoint(files, "run/").note, "");
  EXPECT_EQ(locate_checkpoint(files, "run").prefix, "run/m-1");
  files.remove("run/.index");
  EXPECT_EQ(locate_checkpoint(files, "run/").prefix, "run/m-1");
}

TEST(Locate, APrefixThatIsAFolderTooIsThePrefix) {
  MemoryFileSystem files;
  put_v2(files, "run");
  put_v2(files, "run/m-1");
  EXPECT_EQ(locate_checkpoint(files, "run").prefix, "run");
}

TEST(Locate, AMetaGraphUnderAnotherNameLeadsToItsCheckpointToo) {
  MemoryFileSystem files;
  put_v2(files, "run/m");
  files.put("run/m.meta.pbtxt", "meta_info_def { }");
  files.put("run/m.mm", meta_graph_def());
  EXPECT_EQ(locate_checkpoint(files, "run/m.meta.pbtxt").prefix, "run/m");
  EXPECT_EQ(locate_checkpoint(files, "run/m.mm").prefix, "run/m");
}

// Of the real models' folders, several of which moved since their state files were written.
TEST(Locate, RealFoldersLeadToTheirCheckpoints) {
  const std::string models = ICECORE_TEST_DATA "/models/";
  const FileSystem& files = posix_file_system();
  EXPECT_EQ(locate_checkpoint(files, models + "musicnn-vgg32").prefix, models + "musicnn-vgg32/");
  EXPECT_EQ(locate_checkpoint(files, models + "v1-serving-half/export.meta").prefix,
            models +
                "v1-serving-half/export-?????"
                "-of-00001");
  EXPECT_EQ(locate_checkpoint(files, models + "v1-srcnn").prefix,
            models + "v1-srcnn/SRCNN.model-2550000");
  EXPECT_EQ(locate_checkpoint(files, models + "v1-tfprof/ckpt").format, Format::kV1);
}

}  // namespace
}  // namespace icecore
