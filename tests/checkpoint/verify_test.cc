#include "checkpoint/verify.h"

#include <gtest/gtest.h>
#include <icecore/checkpoint.h>
#include <icecore/checkpoint_writer.h>
#include <icecore/error.h>
#include <pthread.h>

#include <algorithm>
#include <system_error>
#include <thread>

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

// As TensorFlow 2.21 saved two TensorLists ("lists") and two floats ("w").
MemoryFileSystem& put_variants(MemoryFileSystem& files) {
  files.put(
      "v.index",
      from_hex("00000608011a0208010005106c6973747308151204120208022881013545238ace00011277080112"
               "0412020802208101280835593ce5350000000001000000007797bb27000000000100000000c0f2a1"
               "b000010278003f000000000100000000f84d77f54408510e00000000000000000000000000000000"
               "000000000000000000000000000000000000000057fb808b247547db"));
  files.put(
      "v.data-00000-of-00001",
      from_hex("3e0a1674656e736f72666c6f773a3a54656e736f724c697374120c0001ffffffffffffffffff011a"
               "0a080112002a040000803f1a0a080112002a0400000040e7f6e3e6390a1674656e736f72666c6f77"
               "3a3a54656e736f724c69737412100003ffffffffffffffffff01120208031a0d0803120412020803"
               "3a03030405f4a1d4840000803f00000040"));
  return files;
}

TEST(Verify, ChecksVariants) {
  MemoryFileSystem files;
  const VerifyReport report = verify(put_variants(files), "v");
  EXPECT_EQ(summary(report), "all 2 tensors intact");
  EXPECT_TRUE(report.notes.empty());
  const std::string data = "v.data-00000-of-00001";
  const std::string sound = files.get(data);
  for (std::size_t bit = 0; bit < std::size_t{129} * 8; ++bit) {
    std::string damaged = sound;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    files.put(data, std::move(damaged));
    const VerifyReport found = verify(files, "v");
    EXPECT_EQ(summary(found), "1 of 2 tensors intact") << "bit " << bit;
    EXPECT_EQ(only(found, FindingKind::kChecksum).tensors, std::vector<std::string>{"lists"});
  }
}

TEST(Verify, NamesWhatStandsInThePlaceOfADataFile) {
  const std::string pointer =
      "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, '0') +
      "\nsize 12\n";
  const VerifyReport longer = verify_changed("v2/order", "model.ckpt.data-00000-of-00001",
                                             [&](std::string& bytes) { bytes = pointer; });
  ASSERT_EQ(longer.damage.size(), 3u);
  for (const Finding& finding : longer.damage) {
    EXPECT_NE(finding.message.find("; the file is a git-lfs pointer"), std::string::npos)
        << finding.message;
  }
  MemoryFileSystem files;
  {
    CheckpointWriter writer(files, "m");
    Tensor zeros(DType::kUInt8, {5000});
    std::ranges::fill(zeros.mutable_bytes(), std::byte{0});
    writer.add("zeros", zeros);
    writer.finish();
  }
  for (const auto& [content, name] :
       {std::pair(pointer, "a git-lfs pointer"),
        std::pair(std::string("<!DOCTYPE html><html><body>Not found</body></html>"), "HTML")}) {
    files.put("m.data-00000-of-00001", content);
    const VerifyReport report = verify(files, "m");
    const Finding& finding = only(report, FindingKind::kCutData);
    EXPECT_NE(finding.message.find(name), std::string::npos) << finding.message;
    EXPECT_EQ(finding.message.find("interrupted"), std::string::npos) << finding.message;
  }
}

// As where a process or a container may have no more threads.
class NoThreads : public testing::Test {
 protected:
  NoThreads() {
    pthread_attr_t attributes;
    pthread_getattr_default_np(&attributes);
    pthread_attr_getstacksize(&attributes, &stack_);
    set_stack(std::size_t{1} << 47);  // More than there is to map.
  }
  ~NoThreads() override { set_stack(stack_); }
  static void set_stack(std::size_t size) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, size);
    pthread_setattr_default_np(&attributes);
    pthread_attr_destroy(&attributes);
  }

 private:
  std::size_t stack_ = 0;
};

TEST_F(NoThreads, VerifyingAndReadingGoOnWithOne) {
  EXPECT_THROW(std::thread([] {}).join(), std::system_error);
  MemoryFileSystem files;
  Tensor large(DType::kUInt8, {(64 << 20) + 12345});  // Above what two threads read.
  {
    auto bytes = large.mutable_bytes();
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i / 1000);
    CheckpointWriter writer(files, "m");
    writer.add("large", large);
    writer.add("small", Tensor(DType::kUInt8, {0}));
    writer.finish();
  }
  EXPECT_EQ(summary(verify(files, "m")), "all 2 tensors intact");
  EXPECT_TRUE(
      std::ranges::equal(Checkpoint::open(files, "m").read("large").bytes(), large.bytes()));
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
