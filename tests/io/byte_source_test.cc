#include "io/byte_source.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include <functional>

#include "base/crc32c.h"
#include "io/memory_file_system.h"

namespace icecore::inline v0 {
namespace {

std::shared_ptr<const RandomAccessFile> file_of(std::string content) {
  MemoryFileSystem files;
  files.put("data", std::move(content));
  return files.open("data");
}

std::uint32_t crc_of(std::string_view text) {
  return crc32c(std::as_bytes(std::span(text)));
}

std::string message_of(const std::function<void()>& action, Code code) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

TEST(ByteSource, GivesARangeOfAFileInPieces) {
  std::string content(3'000'000, 'x');
  content.replace(1'500'000, 3, "abc");
  const ByteSource source = ByteSource::file(file_of(content), 10, 2'999'000);
  EXPECT_EQ(source.size(), 2'999'000u);
  std::size_t pieces = 0;
  std::string copy;
  source.copy_to([&](std::span<const std::byte> piece) {
    ++pieces;
    EXPECT_LE(piece.size(), std::size_t{1} << 20);
    copy.append(reinterpret_cast<const char*>(piece.data()), piece.size());
  });
  EXPECT_EQ(pieces, 3u);
  EXPECT_EQ(copy, content.substr(10, 2'999'000));
}

TEST(ByteSource, VerifiesTheChecksumWhileItCopies) {
  const ByteSource good = ByteSource::file(file_of("0123456789"), 2, 4, crc_of("2345"), "tensor w");
  EXPECT_EQ(good.read(), "2345");
  const ByteSource bad = ByteSource::file(file_of("0123456789"), 2, 4, crc_of("2346"), "tensor w");
  const std::string message = message_of([&] { bad.read(); }, Code::kDataLoss);
  EXPECT_NE(message.find("tensor w in data"), std::string::npos) << message;
  EXPECT_NE(message.find("Checksum does not match"), std::string::npos) << message;
}

std::string copied_into(const ByteSource& source, std::size_t size) {
  std::string bytes(size, '.');
  source.copy_into(std::as_writable_bytes(std::span(bytes)));
  return bytes;
}

TEST(ByteSource, FillsMemoryOfItsSize) {
  EXPECT_EQ(copied_into(ByteSource::memory("abc"), 3), "abc");
  EXPECT_EQ(copied_into(ByteSource::file(file_of("0123456789"), 2, 4), 4), "2345");
  EXPECT_EQ(copied_into(ByteSource::file(file_of("0123456789"), 2, 4, crc_of("2345")), 4), "2345");
  EXPECT_EQ(copied_into(ByteSource::deferred(3, [] { return std::string("xyz"); }), 3), "xyz");
  const ByteSource bad = ByteSource::file(file_of("0123456789"), 2, 4, crc_of("2346"));
  message_of([&] { copied_into(bad, 4); }, Code::kDataLoss);
  message_of([] { copied_into(ByteSource::memory("abc"), 4); }, Code::kInternal);
}

// Beyond 64 MiB two threads read.
TEST(ByteSource, FillsLargeMemoryInTwoParts) {
  std::string content((std::size_t{64} << 20) + 4321, 'x');
  content.front() = 'a';
  content[content.size() / 2] = 'b';
  content.back() = 'c';
  const std::uint32_t crc = crc_of(content);
  const auto file = file_of(content);
  EXPECT_TRUE(copied_into(ByteSource::file(file, 0, content.size()), content.size()) == content);
  EXPECT_TRUE(copied_into(ByteSource::file(file, 0, content.size(), crc), content.size()) ==
              content);
  const ByteSource bad = ByteSource::file(file, 0, content.size(), crc + 1);
  message_of([&] { copied_into(bad, content.size()); }, Code::kDataLoss);
}

TEST(ByteSource, RefusesARangeThatLeavesTheFile) {
  message_of([] { ByteSource::file(file_of("0123"), 2, 3); }, Code::kOutOfRange);
  message_of([] { ByteSource::file(file_of("0123"), ~std::uint64_t{0}, 2); }, Code::kOutOfRange);
}

TEST(ByteSource, ReadsPartsOfItself) {
  EXPECT_EQ(ByteSource::memory("abcdef").read_range(2, 3), "cde");
  EXPECT_EQ(ByteSource::file(file_of("0123456789"), 2, 6).read_range(1, 2), "34");
  message_of([] { ByteSource::memory("abc").read_range(2, 2); }, Code::kOutOfRange);
}

TEST(ByteSource, MakesDeferredBytesWhenTheyAreNeeded) {
  int made = 0;
  const ByteSource source = ByteSource::deferred(3, [&] {
    ++made;
    return std::string("abc");
  });
  EXPECT_EQ(made, 0);
  EXPECT_EQ(source.read(), "abc");
  EXPECT_EQ(made, 1);
  message_of([] { ByteSource::deferred(2, [] { return std::string("abc"); }).read(); },
             Code::kInternal);
}

TEST(ByteSource, RefusesToHoldMoreThanTheLimit) {
  message_of([] { ByteSource::memory("abcd").read(3); }, Code::kResourceExhausted);
}

}  // namespace
}  // namespace icecore::inline v0
