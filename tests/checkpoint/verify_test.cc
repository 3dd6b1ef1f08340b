#include "checkpoint/verify.h"

#include <gtest/gtest.h>
#include <icecore/checkpoint_writer.h>
#include <icecore/error.h>

#include "checkpoint/bundle_entry.h"
#include "checkpoint/golden.h"
#include "checkpoint/made_tables.h"
#include "checkpoint/table_reader.h"
#include "locate/file_name.h"

namespace icecore::inline v0 {
namespace {

VerifyReport verify(const MemoryFileSystem& files, const std::string& path) {
  return verify_checkpoint(files, path);
}

// The golden checkpoint in memory, after `change` was made to one of its files.
VerifyReport verify_changed(const std::string& name, const std::string& file,
                            const std::function<void(std::string&)>& change) {
  MemoryFileSystem files;
  load_golden(files, name);
  std::string bytes = files.get("golden/" + file);
  change(bytes);
  files.put("golden/" + file, bytes);
  return verify(files, "golden/" + base_name_of(golden(name).path));
}

void flip(std::string& bytes, std::size_t at) {
  bytes[at] = static_cast<char>(bytes[at] ^ 1);
}

const Finding& only(const VerifyReport& report, FindingKind kind) {
  EXPECT_EQ(report.damage.size(), 1u);
  for (const Finding& finding : report.damage) {
    EXPECT_EQ(finding.kind, kind) << finding.message;
  }
  static const Finding kNone{};
  return report.damage.empty() ? kNone : report.damage[0];
}

TEST(Verify, CountsACutDataFilesTensors) {
  const VerifyReport report = verify_changed("v2/order", "model.ckpt.data-00000-of-00001",
                                             [](std::string& bytes) { bytes.resize(10); });
  const Finding& finding = only(report, FindingKind::kCutData);
  EXPECT_EQ(finding.message,
            "golden/model.ckpt.data-00000-of-00001 is 10 of 12 bytes (interrupted copy?)");
  EXPECT_EQ(finding.tensors, std::vector<std::string>{"m"});
  EXPECT_EQ(summary(report), "2 of 3 tensors intact");
  const VerifyReport empty = verify_changed("v2/order", "model.ckpt.data-00000-of-00001",
                                            [](std::string& bytes) { bytes.clear(); });
  EXPECT_EQ(summary(empty), "0 of 3 tensors intact");
}

TEST(Verify, NamesEveryDamagedTensor) {
  const VerifyReport report =
      verify_changed("v2/order", "model.ckpt.data-00000-of-00001", [](std::string& bytes) {
        flip(bytes, 0);
        flip(bytes, 11);
      });
  ASSERT_EQ(report.damage.size(), 2u);
  EXPECT_EQ(report.damage[0].tensors, std::vector<std::string>{"z"});
  EXPECT_EQ(report.damage[1].tensors, std::vector<std::string>{"m"});
  EXPECT_EQ(report.damage[1].offset, 8u);
  EXPECT_EQ(report.damage[1].file, "golden/model.ckpt.data-00000-of-00001");
  EXPECT_NE(report.damage[1].message.find("Checksum does not match: stored "), std::string::npos);
  EXPECT_EQ(report.intact, 1u);
  EXPECT_FALSE(report.whole());
}

TEST(Verify, GoesOnBehindADamagedBlock) {
  MemoryFileSystem files;
  load_golden(files, "v2/blocks");
  const std::string index = "golden/model.ckpt.index";
  const TableReader table(files.open(index));
  for (std::size_t block = 0; block < 2; ++block) {
    const VerifyReport report = verify_changed(
        "v2/blocks", "model.ckpt.index",
        [&](std::string& bytes) { flip(bytes, table.block_handle(block).offset + 100); });
    const Finding& finding = only(report, FindingKind::kBlock);
    EXPECT_EQ(finding.offset, table.block_handle(block).offset);
    EXPECT_NE(finding.message.find("block checksum mismatch"), std::string::npos);
    EXPECT_TRUE(report.names_lost);
    const std::size_t others = table.block(1 - block)->entries().size() - (block == 1 ? 1 : 0);
    EXPECT_EQ(report.tensors, others);
    EXPECT_EQ(report.intact, others);
  }
}

TEST(Verify, ReportsTablesThatAreNone) {
  for (const std::size_t size : {0, 10, 100}) {
    const VerifyReport report = verify_changed("v2/order", "model.ckpt.index",
                                               [&](std::string& bytes) { bytes.resize(size); });
    only(report, FindingKind::kTable);
    EXPECT_EQ(summary(report), "no tensor intact: their names are lost");
  }
  const VerifyReport pointer =
      verify_changed("v2/order", "model.ckpt.index", [](std::string& bytes) {
        bytes = "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, '0') +
                "\nsize 1\n";
      });
  EXPECT_NE(only(pointer, FindingKind::kTable).message.find("git-lfs"), std::string::npos);
}

TEST(Verify, ThrowsWhereNothingIsThere) {
  MemoryFileSystem files;
  files.create_folder("empty");
  EXPECT_THROW(verify(files, "empty"), Error);
  EXPECT_THROW(verify(files, "missing"), Error);
}

TEST(Verify, NamesMissingShards) {
  MemoryFileSystem files;
  load_golden(files, "v2/three_shards");
  files.remove("golden/model.ckpt.data-00001-of-00003");
  const VerifyReport report = verify(files, "golden/model.ckpt");
  const Finding& finding = only(report, FindingKind::kMissingShard);
  EXPECT_EQ(finding.message, "shard 1 of 3 missing: golden/model.ckpt.data-00001-of-00003");
  EXPECT_EQ(finding.tensors, (std::vector<std::string>{"w", "late"}));
  EXPECT_EQ(summary(report), "4 of 6 tensors intact");
}

TEST(Verify, NamesMissingV1Shards) {
  MemoryFileSystem files;
  load_golden(files, "v1/shards");
  files.remove("golden/model.ckpt-3-00000-of-00002");
  const VerifyReport report = verify(files, v1_shard_pattern("golden/model.ckpt-3", 2));
  ASSERT_EQ(report.damage.size(), 2u);
  EXPECT_EQ(report.damage[0].message, "shard 0 of 2 missing: golden/model.ckpt-3-00000-of-00002");
  EXPECT_EQ(report.damage[1].kind, FindingKind::kSlices);
  EXPECT_EQ(summary(report), "1 of 2 tensors intact, the names of others are lost");
}

TEST(Verify, KnowsWhatADamagedBlockOfAV1FileHeld) {
  MemoryFileSystem files;
  load_golden(files, "v1/blocks");
  const TableReader table(files.open("golden/model.ckpt"));
  const VerifyReport report = verify_changed("v1/blocks", "model.ckpt", [&](std::string& bytes) {
    flip(bytes, table.block_handle(1).offset + 5);
  });
  EXPECT_FALSE(report.names_lost);
  EXPECT_EQ(summary(report), "1 of 4 tensors intact");
  const VerifyReport first = verify_changed("v1/blocks", "model.ckpt", [&](std::string& bytes) {
    flip(bytes, table.block_handle(0).offset + 5);
  });
  EXPECT_TRUE(first.names_lost);
}

TEST(Verify, NotesBytesThatNothingRefersTo) {
  const VerifyReport report = verify_changed("v2/order", "model.ckpt.data-00000-of-00001",
                                             [](std::string& bytes) { bytes += "more"; });
  EXPECT_TRUE(report.whole());
  ASSERT_EQ(report.notes.size(), 1u);
  EXPECT_EQ(report.notes[0].kind, FindingKind::kUnused);
  EXPECT_EQ(summary(report), "all 3 tensors intact");
}

TEST(Verify, NotesTensorsThatShareBytes) {
  BundleEntry entry;
  entry.dtype = DType::kUInt8;
  entry.shape = Shape({0});
  MemoryFileSystem files;
  entry.shape = Shape({4});
  entry.size = 4;
  entry.crc = 0x12345678;
  put_bundle(files, {{"a", encode_bundle_entry(entry)}, {"b", encode_bundle_entry(entry)}}, "abcd");
  const VerifyReport report = verify(files, "b");
  EXPECT_EQ(report.damage.size(), 2u);  // The checksum isn't right.
  ASSERT_EQ(report.notes.size(), 1u);
  EXPECT_EQ(report.notes[0].kind, FindingKind::kShared);
  EXPECT_EQ(report.notes[0].tensors, (std::vector<std::string>{"a", "b"}));
}

TEST(Verify, TellsHowFarItIs) {
  MemoryFileSystem files;
  {
    CheckpointWriter writer(files, "m");
    Tensor zeros(DType::kUInt8, {5 << 20});
    std::ranges::fill(zeros.mutable_bytes(), std::byte{0});
    writer.add("zeros", zeros);
    writer.finish();
  }
  std::uint64_t last = 0;
  int calls = 0;
  const VerifyReport report =
      verify_checkpoint(files, "m", [&](std::uint64_t done, std::uint64_t total) {
        EXPECT_GT(done, last);
        EXPECT_EQ(total, 5u << 20);
        last = done;
        ++calls;
      });
  EXPECT_TRUE(report.whole());
  EXPECT_EQ(last, 5u << 20);
  EXPECT_EQ(calls, 5);
}

// Whatever bit is flipped, something is said.
TEST(Verify, NoticesEveryFlippedBit) {
  for (const char* name : {"v2/order", "v2/two_shards", "v1/order"}) {
    MemoryFileSystem files;
    load_golden(files, name);
    const std::string path = "golden/" + base_name_of(golden(name).path);
    for (const std::string& file : files.list("golden")) {
      if (file == "expected.json") continue;
      const std::string sound = files.get("golden/" + file);
      for (std::size_t bit = 0; bit < sound.size() * 8; ++bit) {
        std::string damaged = sound;
        damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
        files.put("golden/" + file, std::move(damaged));
        try {
          const VerifyReport report = verify(files, path);
          ASSERT_FALSE(report.damage.empty() && report.notes.empty()) << file << " bit " << bit;
        } catch (const Error& error) {
          ADD_FAILURE() << file << " bit " << bit << ": " << error.message();
        }
      }
      files.put("golden/" + file, sound);
    }
  }
}

}  // namespace
}  // namespace icecore::inline v0
