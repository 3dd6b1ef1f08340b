// Our tables against the LevelDB library.
#include <gtest/gtest.h>
#include <icecore/error.h>
#include <leveldb/env.h>
#include <leveldb/iterator.h>
#include <leveldb/options.h>
#include <leveldb/table.h>
#include <leveldb/table_builder.h>

#include <map>
#include <random>

#include "checkpoint/made_tables.h"

namespace icecore::inline v0 {
namespace {

class StringFile : public leveldb::WritableFile, public leveldb::RandomAccessFile {
 public:
  explicit StringFile(std::string bytes = "") : bytes_(std::move(bytes)) {}
  leveldb::Status Append(const leveldb::Slice& data) override {
    bytes_.append(data.data(), data.size());
    return leveldb::Status::OK();
  }
  leveldb::Status Close() override { return leveldb::Status::OK(); }
  leveldb::Status Flush() override { return leveldb::Status::OK(); }
  leveldb::Status Sync() override { return leveldb::Status::OK(); }
  leveldb::Status Read(uint64_t offset, size_t n, leveldb::Slice* result, char*) const override {
    if (offset > bytes_.size()) return leveldb::Status::InvalidArgument("beyond the end");
    *result =
        leveldb::Slice(bytes_.data() + offset, std::min<std::size_t>(n, bytes_.size() - offset));
    return leveldb::Status::OK();
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

leveldb::Options options(std::size_t block_size, leveldb::CompressionType compression) {
  leveldb::Options options;
  options.block_size = block_size;
  options.block_restart_interval = 16;
  options.compression = compression;
  options.paranoid_checks = true;
  return options;
}

std::string leveldb_table(const Entries& entries, std::size_t block_size,
                          leveldb::CompressionType compression = leveldb::kNoCompression) {
  StringFile file;
  leveldb::TableBuilder builder(options(block_size, compression), &file);
  for (const auto& [key, value] : entries) builder.Add(key, value);
  EXPECT_TRUE(builder.Finish().ok());
  return file.bytes();
}

Entries leveldb_entries(const std::string& bytes) {
  StringFile file(bytes);
  leveldb::Table* opened = nullptr;
  EXPECT_TRUE(
      leveldb::Table::Open(options(4096, leveldb::kNoCompression), &file, bytes.size(), &opened)
          .ok());
  const std::unique_ptr<leveldb::Table> table(opened);
  leveldb::ReadOptions read;
  read.verify_checksums = true;
  const std::unique_ptr<leveldb::Iterator> at(table->NewIterator(read));
  Entries entries;
  for (at->SeekToFirst(); at->Valid(); at->Next()) {
    entries.emplace_back(at->key().ToString(), at->value().ToString());
  }
  EXPECT_TRUE(at->status().ok());
  return entries;
}

// Names as models have them, and bytes as nobody has them.
Entries random_entries(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::map<std::string, std::string> entries;
  while (entries.size() < count) {
    std::string key = "model/layer_" + std::to_string(random() % 500) + "/unit_" +
                      std::to_string(random() % 50) + "/kernel";
    if (random() % 4 == 0) {
      key.resize(random() % 12);
      for (char& byte : key) byte = static_cast<char>(random() % 3 == 0 ? 0xff : random());
    } else if (random() % 2 == 0) {
      key += "/Adam_" + std::to_string(random() % 1000);
    }
    std::string value(random() % 60, '\0');
    for (char& byte : value) byte = static_cast<char>(random());
    if (random() % 2000 == 0) value.resize(random() % 400000, 'x');
    entries[key] = value;
  }
  return {entries.begin(), entries.end()};
}

TEST(TableWriter, WritesTheBytesThatLevelDBWrites) {
  for (const std::size_t count : {0, 1, 2, 15, 16, 17, 33, 1000, 20000}) {
    const Entries entries = random_entries(count, static_cast<unsigned>(count));
    for (const std::size_t block_size : {256, 4096, 262144}) {
      ASSERT_TRUE(sound_table(entries, block_size) == leveldb_table(entries, block_size))
          << count << " entries, blocks of " << block_size;
    }
  }
}

TEST(TableWriter, WritesWhatLevelDBReads) {
  const Entries entries = random_entries(20000, 1);
  EXPECT_TRUE(leveldb_entries(sound_table(entries)) == entries);
}

TEST(TableReader, ReadsWhatLevelDBWrites) {
  for (const auto compression : {leveldb::kNoCompression, leveldb::kSnappyCompression}) {
    const Entries entries = random_entries(20000, 2);
    const auto table = read_table(leveldb_table(entries, 4096, compression));
    EXPECT_GT(table->block_count(), 100u);
    EXPECT_TRUE(all_entries(*table) == entries);
    for (std::size_t i = 0; i < entries.size(); i += 7) {
      const auto found = table->find(entries[i].first);
      ASSERT_TRUE(found);
      ASSERT_EQ(found->value, entries[i].second);
    }
    EXPECT_FALSE(table->find("model/nothing"));
    EXPECT_FALSE(table->find(std::string(20, '\xff')));
  }
}

TEST(TableReader, RefusesADamagedBlockThatLevelDBSkips) {
  const Entries entries = random_entries(20000, 3);
  std::string bytes = sound_table(entries);
  const auto sound = read_table(bytes);
  ASSERT_GT(sound->block_count(), 2u);
  const BlockHandle second = sound->block_handle(1);
  bytes[second.offset + 5] = static_cast<char>(bytes[second.offset + 5] ^ 1);
  const auto table = read_table(bytes);
  EXPECT_TRUE(table->find(entries[0].first));
  try {
    all_entries(*table);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kDataLoss);
    EXPECT_NE(error.message().find("block checksum mismatch"), std::string::npos);
    EXPECT_NE(error.message().find("at byte " + std::to_string(second.offset)), std::string::npos);
  }
}

}  // namespace
}  // namespace icecore::inline v0
