#include "locate/file_name.h"

#include <gtest/gtest.h>

namespace icecore {
namespace {

TEST(FileName, TheFilesOfACheckpointShareItsPrefix) {
  EXPECT_EQ(parse_file_name("run/m-3.index").role, FileRole::kIndex);
  EXPECT_EQ(parse_file_name("run/m-3.index").prefix, "run/m-3");
  EXPECT_EQ(parse_file_name("run/m-3.meta").role, FileRole::kMeta);
  EXPECT_EQ(parse_file_name("run/m-3.meta").prefix, "run/m-3");
  const FileName data = parse_file_name("run/m-3.data-00001-of-00002");
  EXPECT_EQ(data.role, FileRole::kData);
  EXPECT_EQ(data.prefix, "run/m-3");
  EXPECT_EQ(data.shard, 1u);
  EXPECT_EQ(data.shards, 2u);
  const FileName shard = parse_file_name("run/m-3-00001-of-00002");
  EXPECT_EQ(shard.role, FileRole::kV1Shard);
  EXPECT_EQ(shard.prefix, "run/m-3");
  const FileName pattern = parse_file_name(
      "run/m-3-?????"
      "-of-00002");
  EXPECT_EQ(pattern.role, FileRole::kShardPattern);
  EXPECT_EQ(pattern.prefix, "run/m-3");
  EXPECT_EQ(pattern.shards, 2u);
}

TEST(FileName, AnEmptyBaseNameIsAPrefixToo) {
  EXPECT_EQ(parse_file_name(".index").prefix, "");
  EXPECT_EQ(parse_file_name("run/.meta").prefix, "run/");
  EXPECT_EQ(parse_file_name(".data-00000-of-00001").prefix, "");
}

TEST(FileName, OnlyWholeShardNumbersCount) {
  EXPECT_EQ(parse_file_name("m.data-0-of-1").role, FileRole::kOther);
  EXPECT_EQ(parse_file_name("m.data-00002-of-00002").role, FileRole::kOther);
  EXPECT_EQ(parse_file_name("m.data-00000-of-00000").role, FileRole::kOther);
  EXPECT_EQ(parse_file_name("m.data-00000-of-99999999999").role, FileRole::kOther);
  EXPECT_EQ(parse_file_name("-of-00001").role, FileRole::kOther);
  EXPECT_EQ(parse_file_name("m.data-123456-of-123457").shard, 123456u);
}

TEST(FileName, ALongerPrefixIsNoSuffix) {
  EXPECT_EQ(parse_file_name("model.ckpt-1000.ckpt").role, FileRole::kOther);
  EXPECT_EQ(parse_file_name("best.pth.tar").role, FileRole::kOther);
}

TEST(FileName, WhatAnInterruptedSaveLeftIsTemporary) {
  EXPECT_EQ(parse_file_name("m.index.tempstate1234").role, FileRole::kTemporary);
  EXPECT_EQ(parse_file_name("m.data-00000-of-00001.tempstate99").role, FileRole::kTemporary);
  EXPECT_EQ(parse_file_name("m.meta.tmp0123456789abcdef0123456789abcdef").role,
            FileRole::kTemporary);
  EXPECT_EQ(parse_file_name("m.index.tmp123_0").role, FileRole::kTemporary);
  EXPECT_EQ(parse_file_name("m.tmpfile").role, FileRole::kOther);
}

TEST(FileName, NamesAreMadeAsTensorFlowMakesThem) {
  EXPECT_EQ(data_file_name("m", 1, 2), "m.data-00001-of-00002");
  EXPECT_EQ(data_file_name("m", 0, 123456), "m.data-00000-of-123456");
  EXPECT_EQ(v1_shard_name("m", 1, 2), "m-00001-of-00002");
  EXPECT_EQ(v1_shard_pattern("m", 2),
            "m-?????"
            "-of-00002");
}

TEST(FileName, AStepIsTheNumberBehindTheLastDash) {
  EXPECT_EQ(split_step("run/model.ckpt-1000").stem, "run/model.ckpt");
  EXPECT_EQ(split_step("run/model.ckpt-1000").step, 1000);
  EXPECT_EQ(split_step("-16350000").stem, "");
  EXPECT_EQ(split_step("-16350000").step, 16350000);
  EXPECT_EQ(split_step("m--3").stem, "m");
  EXPECT_EQ(split_step("m--3").step, -3);
  EXPECT_EQ(split_step("model.ckpt").step, std::nullopt);
  EXPECT_EQ(split_step("model-v2").step, std::nullopt);
  EXPECT_EQ(split_step("2017").step, std::nullopt);
  EXPECT_EQ(split_step("m-").step, std::nullopt);
  EXPECT_EQ(split_step("m-99999999999999999999").step, std::nullopt);
}

}  // namespace
}  // namespace icecore
