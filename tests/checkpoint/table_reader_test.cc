// Each rule of a table is a check (docs/formats.md, "Tables").
#include "checkpoint/table_reader.h"

#include <gtest/gtest.h>
#include <icecore/error.h>
#include <snappy.h>

#include "checkpoint/made_tables.h"
#include "checkpoint/table_writer.h"
#include "proto/wire_write.h"

namespace icecore::inline v0 {
namespace {

// What opening the table and reading all of it throws; "" where it throws nothing.
std::string refusal(const std::string& bytes) {
  try {
    all_entries(*read_table(bytes));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kDataLoss) << error.message();
    EXPECT_TRUE(error.message().starts_with("t ")) << error.message();
    return error.message();
  }
  return "";
}

void expect_refused(const std::string& bytes, const std::string& why) {
  const std::string message = refusal(bytes);
  EXPECT_NE(message.find(why), std::string::npos) << "\"" << message << "\" lacks: " << why;
}

std::string block_table(const std::string& block, const std::string& key = "z") {
  return table_of_blocks({{key, with_trailer(block)}});
}

TEST(TableReader, ReadsATableMadeByHand) {
  const auto table =
      read_table(block_table(raw_block({{0, "apple", "1"}, {3, "ricot", "2"}, {0, "b", ""}}, {0})));
  EXPECT_EQ(all_entries(*table), (Entries{{"apple", "1"}, {"appricot", "2"}, {"b", ""}}));
  EXPECT_EQ(table->find("appricot")->value, "2");
  EXPECT_FALSE(table->find("app"));
  EXPECT_FALSE(table->find("zz"));
}

TEST(TableReader, ReadsATableWithoutEntries) {
  EXPECT_TRUE(all_entries(*read_table(sound_table({}))).empty());
  EXPECT_TRUE(all_entries(*read_table(block_table(raw_block({})))).empty());
}

TEST(TableReader, RefusesWhatIsShorterThanAFooter) {
  expect_refused("", "too short to be an sstable");
  expect_refused(std::string(47, 'x'), "too short to be an sstable");
}

TEST(TableReader, RefusesAnotherMagicNumber) {
  std::string bytes = sound_table({{"a", "b"}});
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  expect_refused(bytes, "not an sstable (bad magic number)");
  expect_refused("version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, '0') +
                     "\nsize 9362\n",
                 "git-lfs pointer");
}

TEST(TableReader, RefusesHandlesThatDontEnd) {
  std::string bytes = sound_table({{"a", "b"}});
  bytes.replace(bytes.size() - kFooterSize, kFooterHandlesSize,
                std::string(kFooterHandlesSize, '\xff'));
  expect_refused(bytes, "footer");
}

TEST(TableReader, RefusesABlockLargerThanTheFile) {
  const std::string block = with_trailer(raw_block({{0, "a", "b"}}));
  const std::uint64_t huge = ~std::uint64_t{0};
  for (const auto& [offset, size] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{
           {0, huge}, {huge, 8}, {0, std::uint64_t{1} << 40}, {huge - 4, huge}, {1 << 20, 1}}) {
    expect_refused(table_of(block, {{0, "z", encoded_handle(offset, size)}}), "doesn't fit");
  }
}

TEST(TableReader, RefusesAnIndexThatNamesABlockTwice) {
  const std::string block = with_trailer(raw_block({{0, "a", "b"}}));
  const std::string handle = encoded_handle(0, block.size() - kBlockTrailerSize);
  expect_refused(table_of(block, {{0, "b", handle}, {0, "c", handle}}), "doesn't fit");
}

TEST(TableReader, RefusesAnIndexThatNamesItself) {
  const std::string sound = sound_table({{"a", "b"}});
  const Footer footer = *parse_footer(std::string_view(sound).substr(sound.size() - kFooterSize));
  expect_refused(table_of(sound.substr(0, footer.metaindex.offset),
                          {{0, "z", encoded_handle(0, footer.index.offset)}}),
                 "index lies inside a data block");
}

TEST(TableReader, RefusesHandlesFollowedByMore) {
  const std::string block = with_trailer(raw_block({{0, "a", "b"}}));
  expect_refused(
      table_of(block, {{0, "z", encoded_handle(0, block.size() - kBlockTrailerSize) + "x"}}),
      "handle that can't be read");
}

TEST(TableReader, RefusesWrongChecksums) {
  std::string block = with_trailer(raw_block({{0, "a", "b"}}));
  for (std::size_t i = 0; i < block.size(); ++i) {
    std::string damaged = block;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    expect_refused(table_of_blocks({{"z", damaged}}), "block checksum mismatch: stored");
  }
}

TEST(TableReader, RefusesUnknownBlockTypes) {
  expect_refused(table_of_blocks({{"z", with_trailer(raw_block({{0, "a", "b"}}), 2)}}),
                 "bad block type 2");
}

TEST(TableReader, ReadsSnappyBlocks) {
  std::string compressed;
  const std::string plain = raw_block({{0, "a", std::string(10000, 'x')}});
  snappy::Compress(plain.data(), plain.size(), &compressed);
  ASSERT_LT(compressed.size(), plain.size() / 10);
  const auto table = read_table(table_of_blocks({{"z", with_trailer(compressed, kBlockSnappy)}}));
  EXPECT_EQ(table->find("a")->value, std::string(10000, 'x'));
}

TEST(TableReader, RefusesSnappyBlocksThatClaimTooMuch) {
  for (const std::uint64_t claim :
       {std::uint64_t{1} << 30, std::uint64_t{1} << 31, ~std::uint64_t{0}}) {
    std::string bomb;
    append_varint(bomb, claim);
    bomb += std::string(8, '\0');
    expect_refused(table_of_blocks({{"z", with_trailer(bomb, kBlockSnappy)}}),
                   "corrupted compressed block contents");
  }
  std::string compressed;
  const std::string plain = raw_block({{0, "a", std::string(1000, 'x')}});
  snappy::Compress(plain.data(), plain.size(), &compressed);
  expect_refused(table_of_blocks({{"z", with_trailer(compressed.substr(0, 20), kBlockSnappy)}}),
                 "corrupted compressed block contents");
}

TEST(TableReader, RefusesRestartsThatDontFit) {
  expect_refused(block_table(std::string("\xff\xff\xff\xff", 4)), "restart points");
  expect_refused(block_table(std::string("\1\0\0", 3)), "too short");
  expect_refused(block_table(raw_block({{0, "a", "b"}}, {0, 3})), "restart point 1 is no entry's");
  expect_refused(block_table(raw_block({{0, "a", "b"}, {0, "c", "d"}}, {0, 5, 0})),
                 "restart point");
  expect_refused(block_table(raw_block({{0, "ab", "b"}, {1, "c", "d"}}, {0, 6})), "lacks its key");
}

TEST(TableReader, RefusesEntriesThatLeaveTheirBlock) {
  const std::string restart("\0\0\0\0\1\0\0\0", 8);
  for (const char* entry : {"\x00\x7f\x01"
                            "a",
                            "\x00\x01\x7f"
                            "a",
                            "\x01\x01\x01"
                            "ab",
                            "\x80\x80"}) {
    const std::string start(entry, entry[0] == '\0' || entry[0] == '\1' ? 4 : 2);
    expect_refused(block_table(start + restart), "bad entry at its byte 0");
  }
  // Varints whose sum would overflow.
  std::string entry;
  append_varint(entry, 0);
  append_varint(entry, ~std::uint64_t{0});
  append_varint(entry, ~std::uint64_t{0});
  expect_refused(block_table(entry + restart), "bad entry at its byte 0");
}

TEST(TableReader, RefusesKeysThatDontAscend) {
  expect_refused(block_table(raw_block({{0, "b", ""}, {0, "a", ""}})), "out of order");
  expect_refused(block_table(raw_block({{0, "a", ""}, {0, "a", ""}})), "out of order");
}

TEST(TableReader, RefusesBlocksThatWereSwapped) {
  const std::string first = with_trailer(raw_block({{0, "a", "1"}}));
  const std::string second = with_trailer(raw_block({{0, "m", "2"}}));
  EXPECT_EQ(refusal(table_of_blocks({{"b", first}, {"n", second}})), "");
  expect_refused(table_of_blocks({{"b", second}, {"n", first}}), "keys that its index places");
}

TEST(TableReader, RefusesKeysThatTakeMuchMoreThanTheBlock) {
  // Each key is one byte longer than the one before: a megabyte would ask for 30 GB.
  std::vector<RawEntry> entries = {{0, "a", ""}};
  for (std::uint64_t i = 1; i < 20000; ++i) entries.push_back({i, "a", ""});
  expect_refused(block_table(raw_block(entries)), "its keys would take");
}

// Keys that begin with as many of the letter, each with a number of its own: an entry of 8 bytes
// for each but the first.
void add_alike(std::vector<RawEntry>& entries, char letter, std::uint64_t size, int count) {
  entries.push_back({0, std::string(size, letter), ""});
  for (int i = 0; i < count; ++i) {
    entries.push_back({size, std::to_string(10000 + i), ""});
  }
}

std::string snappy_block(const std::vector<RawEntry>& entries) {
  std::string compressed;
  const std::string plain = raw_block(entries);
  snappy::Compress(plain.data(), plain.size(), &compressed);
  return with_trailer(compressed, kBlockSnappy);
}

TEST(TableReader, MeasuresABlocksKeysByWhatIsStored) {
  // 17 MB in a few KB: Snappy makes 22 of each byte, sharing 60 of each of those.
  std::vector<RawEntry> entries;
  for (const char letter : {'a', 'b', 'c', 'd', 'e'}) add_alike(entries, letter, 60000, 58);
  expect_refused(table_of_blocks({{"z", snappy_block(entries)}}), "its keys would take");
}

TEST(TableReader, BoundsTheKeysOfAllBlocksTogether) {
  std::vector<std::pair<std::string, std::string>> blocks;
  for (const char letter : {'a', 'b', 'c', 'd', 'e'}) {
    std::vector<RawEntry> entries;
    add_alike(entries, letter, 60000, 58);
    blocks.emplace_back(std::string(1, letter) + "z", snappy_block(entries));
  }
  const auto table = read_table(table_of_blocks(blocks));
  EXPECT_TRUE(table->find("e" + std::string(59999, 'e')));  // Nothing is wrong with one of them.
  try {
    table->scan([](std::string_view, std::string_view) {});
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kDataLoss);
    EXPECT_NE(error.message().find("t is damaged: with the block at byte"), std::string::npos);
  }
}

TEST(TableReader, RefusesKeysThatNoWriterMakes) {
  EXPECT_EQ(refusal(block_table(raw_block({{0, std::string(65536, 'a'), ""}}))), "");
  expect_refused(block_table(raw_block({{0, std::string(65537, 'a'), ""}})),
                 "the key of the entry at its byte 0 would have 65537 bytes");
  expect_refused(block_table(raw_block({{0, std::string(65536, 'a'), ""}, {65536, "a", ""}})),
                 "would have 65537 bytes");
}

TEST(TableReader, ReadsLongNamesThatAreMuchAlike) {
  for (const auto& [size, count] : {std::pair(200, 20000), std::pair(3000, 2000)}) {
    Entries entries;
    for (int i = 0; i < count; ++i) {
      entries.emplace_back(
          std::string(static_cast<std::size_t>(size), 'n') + std::to_string(100000 + i),
          std::string(30, 'v'));
    }
    EXPECT_EQ(all_entries(*read_table(sound_table(entries))), entries);
  }
  std::vector<RawEntry> alike;
  for (int i = 0; i < 1000; ++i) {
    const std::string number = std::to_string(100000 + i);
    alike.push_back(i % 16 == 0 ? RawEntry{0, std::string(3000, 'n') + number, ""}
                                : RawEntry{3000, number, ""});
  }
  EXPECT_EQ(all_entries(*read_table(table_of_blocks({{"z", snappy_block(alike)}}))).size(), 1000U);
}

TEST(TableReader, KeepsTheBlocksThatWereUsedLast) {
  MemoryFileSystem files;
  Entries entries;
  for (const char key : {'a', 'b', 'c'}) {
    entries.emplace_back(std::string(1, key), std::string(1000, key));
  }
  files.put("t", sound_table(entries, 500));
  for (const std::size_t kept_bytes : {0, 2500, 10000}) {
    const TableReader table(files.open("t"), kept_bytes);
    ASSERT_EQ(table.block_count(), 3u);
    std::weak_ptr<const TableBlock> first = table.block(0), second = table.block(1);
    EXPECT_FALSE(second.expired());
    EXPECT_EQ(first.expired(), kept_bytes == 0);
    table.block(0);  // Where it was kept, the second one is older now.
    table.block(2);
    EXPECT_EQ(first.expired(), kept_bytes == 0) << kept_bytes;
    EXPECT_EQ(second.expired(), kept_bytes < 10000) << kept_bytes;
    EXPECT_EQ(all_entries(table), entries);
    for (const auto& [key, value] : entries) {
      const auto found = table.find(key);
      ASSERT_TRUE(found);
      EXPECT_EQ(found->value, value);
      EXPECT_EQ(table.block(found->block_number)->entries()[found->entry_number].value, value);
    }
  }
}

TEST(TableReader, RefusesAFileThatWasCutAfterItWasOpened) {
  MemoryFileSystem files;
  const std::string bytes = sound_table({{"a", "1"}});
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    files.put("t", bytes.substr(0, size));
    EXPECT_THROW(all_entries(TableReader(files.open("t"))), Error) << size;
  }
}

TEST(TableWriter, RefusesKeysThatDontAscend) {
  std::string bytes;
  TableWriter writer([](std::span<const std::byte>) {});
  writer.add("b", "");
  EXPECT_THROW(writer.add("b", ""), Error);
  EXPECT_THROW(writer.add("a", ""), Error);
}

TEST(TableWriter, ShortensIndexKeys) {
  EXPECT_EQ(separator_key("conv1/weights", "conv2/biases"), "conv1/weights");
  EXPECT_EQ(separator_key("apple", "cherry"), "b");
  EXPECT_EQ(separator_key("a", "ab"), "a");
  EXPECT_EQ(separator_key("a\xff", "c"), "b");
  EXPECT_EQ(separator_key("\xff"
                          "a",
                          "\xff"
                          "cd"),
            "\xff"
            "b");
  EXPECT_EQ(successor_key("words"), "x");
  EXPECT_EQ(successor_key("\xff\xff"
                          "a"),
            "\xff\xff"
            "b");
  EXPECT_EQ(successor_key("\xff"), "\xff");
  EXPECT_EQ(successor_key(""), "");
}

}  // namespace
}  // namespace icecore::inline v0
