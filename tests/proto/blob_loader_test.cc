#include "proto/blob_loader.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <random>

#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/oracle.h"
#include "proto/piece.h"

namespace icecore::inline v0 {
namespace {

// Bytes in memory that count what is read of them.
class CountedFile final : public RandomAccessFile {
 public:
  explicit CountedFile(std::string bytes)
      : RandomAccessFile("graph.pb", bytes.size()), bytes_(std::move(bytes)) {}

  mutable std::atomic<std::uint64_t> reads = 0, bytes_read = 0;

 protected:
  std::size_t read_some(std::uint64_t offset, std::span<std::byte> out) const override {
    ++reads;
    if (offset >= bytes_.size()) return 0;
    const std::size_t count = std::min<std::size_t>(out.size(), bytes_.size() - offset);
    std::memcpy(out.data(), bytes_.data() + offset, count);
    bytes_read += count;
    return count;
  }

 private:
  std::string bytes_;
};

std::string message_with(std::uint32_t field, const std::string& content) {
  return Piece().text(field, content).bytes();
}

// A GraphDef of one Const with that tensor_content.
std::string const_node(const std::string& content) {
  Piece tensor;
  tensor.varint(pb::TensorProto::dtype, pb::DataType::DT_FLOAT)
      .text(pb::TensorProto::tensor_content, content);
  Piece value;
  value.message(pb::AttrValue::tensor, tensor);
  Piece attr;
  attr.text(pb::map_entry::key, "value").message(pb::map_entry::value, value);
  Piece node;
  node.text(pb::NodeDef::name, "weights").text(pb::NodeDef::op, "Const");
  node.message(pb::NodeDef::attr, attr);
  return Piece().message(pb::GraphDef::node, node).bytes();
}

std::string error_of(const std::string& bytes, Code code, std::uint64_t leaf_limit = 4096) {
  try {
    load_message(std::make_shared<CountedFile>(bytes), 0, bytes.size(), message_schema("GraphDef"),
                 leaf_limit);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code);
    return error.message();
  }
  ADD_FAILURE() << "no error";
  return "";
}

TEST(LoadMessage, GivesTheBytesOfTheFileWhateverStaysThere) {
  Oracle oracle;
  std::mt19937 dice(7);
  for (int round = 0; round < 30; ++round) {
    const std::string bytes = serialized(*oracle.random("MetaGraphDef", dice, 6));
    const auto file = std::make_shared<CountedFile>(bytes);
    for (const std::uint64_t limit : {0, 1, 5, 30, 4096}) {
      const Span message =
          load_message(file, 0, bytes.size(), message_schema("MetaGraphDef"), limit);
      EXPECT_EQ(message.size(), bytes.size());
      EXPECT_EQ(message.read(), bytes);
      Piece copy;
      for (Cursor cursor(message); cursor.next();) copy.append(cursor.raw());
      EXPECT_EQ(copy.finish().read(), bytes);
    }
  }
}

TEST(LoadMessage, LeavesATensorInItsFile) {
  const std::string content(5'000'000, 'x');
  const auto file = std::make_shared<CountedFile>(const_node(content) + const_node(content));
  const Span graph = load_message(file, message_schema("GraphDef"));
  EXPECT_TRUE(graph.has_holes());
  EXPECT_EQ(graph.size(), file->size());
  EXPECT_LE(file->reads, 4u);
  EXPECT_LE(file->bytes_read, 20'000u);

  Cursor nodes(graph);
  int count = 0;
  for (; nodes.next(); ++count) {
    Cursor node(nodes.bytes());
    ASSERT_TRUE(node.next());
    EXPECT_EQ(node.text(), "weights");
  }
  EXPECT_EQ(count, 2);
  EXPECT_EQ(graph.read(), const_node(content) + const_node(content));
}

TEST(LoadMessage, ReadsManySmallNodesInFewPieces) {
  std::string bytes;
  for (int i = 0; i < 20'000; ++i) bytes += const_node("abcd");
  const auto file = std::make_shared<CountedFile>(bytes);
  const Span graph = load_message(file, message_schema("GraphDef"));
  EXPECT_FALSE(graph.has_holes());
  EXPECT_EQ(graph.contiguous(), bytes);
  EXPECT_EQ(file->bytes_read, bytes.size());
  EXPECT_LE(file->reads, 12u);
}

TEST(LoadMessage, ReadsAPartOfAFile) {
  const std::string node = const_node("0123456789");
  const auto file = std::make_shared<CountedFile>("head" + node + "tail");
  EXPECT_EQ(load_message(file, 4, node.size(), message_schema("GraphDef")).read(), node);
  EXPECT_THROW(load_message(file, 4, node.size() + 5, message_schema("GraphDef")), Error);
  EXPECT_TRUE(load_message(file, 4, 0, message_schema("GraphDef")).empty());
}

TEST(LoadMessage, KeepsUnknownFieldsAndLeavesLargeOnesInTheFile) {
  const std::string bytes = message_with(1000, std::string(10'000, 'u')) +
                            message_with(1001, "small") +
                            Piece().varint(1002, 5).fixed32(1003, 6).fixed64(1004, 7).bytes();
  const auto file = std::make_shared<CountedFile>(bytes);
  const Span message = load_message(file, message_schema("GraphDef"));
  EXPECT_TRUE(message.has_holes());
  EXPECT_EQ(message.read(), bytes);
}

TEST(LoadMessage, TakesStringsUpTo64KiBAsText) {
  const std::string name(60'000, 'n');
  const std::string node = message_with(pb::GraphDef::node, message_with(pb::NodeDef::name, name));
  EXPECT_FALSE(
      load_message(std::make_shared<CountedFile>(node), message_schema("GraphDef")).has_holes());
}

TEST(LoadMessage, NamesTheByteWhereALengthLeavesTheFile) {
  std::string bytes = const_node(std::string(10'000, 'x'));
  bytes.resize(bytes.size() - 1);
  EXPECT_EQ(error_of(bytes, Code::kDataLoss),
            "graph.pb is damaged at byte 1: field node of GraphDef takes " +
                std::to_string(bytes.size() - 2) + " bytes, but the file ends after " +
                std::to_string(bytes.size() - 3) + " (is the file cut short?)");
}

TEST(LoadMessage, NamesTheByteWhereALengthLeavesItsMessage) {
  // A node of 5,000 bytes that holds a name of 6,000, and enough bytes behind.
  std::string bytes = Piece().varint(pb::GraphDef::version, 1).bytes();
  Piece node;
  node.append(std::string_view("\x0a\xf0\x2e", 3)).append(std::string(4'997, 'x'));
  bytes += Piece().message(pb::GraphDef::node, node).bytes();
  const std::string message = error_of(bytes + std::string(9'000, '\0'), Code::kDataLoss);
  EXPECT_EQ(message,
            "graph.pb is damaged at byte 6: field name of NodeDef takes 6000 bytes, but its "
            "message ends after 4997");
}

TEST(LoadMessage, RefusesWhatNoMessageHolds) {
  using std::string;
  const string kImpossible[] = {
      string("\x00", 1),                               // Field 0.
      "\x0b",                                          // A group.
      "\x0f",                                          // No wire type.
      "\x18",                                          // No value.
      "\x18\x80",                                      // Half a value.
      "\x1d\x01\x02\x03",                              // Three bytes of four.
      "\x19\x01\x02\x03\x04",                          // Four of eight.
      string(10, '\xff') + "\x01",                     // A tag of eleven bytes.
      "\x18" + string(10, '\xff'),                     // A value likewise.
      "\xff\xff\xff\xff\xff\x01",                      // A field number above 2^29.
      "\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",  // A length of 2^64 - 1.
  };
  for (const string& bytes : kImpossible) {
    EXPECT_NE(error_of(bytes, Code::kDataLoss).find("graph.pb is damaged at byte "), string::npos)
        << testing::PrintToString(bytes);
  }
}

TEST(LoadMessage, RefusesMessagesNestedTooDeep) {
  // Functions of functions as attributes.
  std::string bytes;
  for (int depth = 0; depth < 200; ++depth) {
    Piece value;
    value.text(pb::AttrValue::func,
               message_with(pb::NameAttrList::attr, message_with(pb::map_entry::value, bytes)));
    bytes = value.bytes();
  }
  const std::string node =
      message_with(pb::GraphDef::node,
                   message_with(pb::NodeDef::attr, message_with(pb::map_entry::value, bytes)));
  EXPECT_NE(error_of(node, Code::kDataLoss, 0).find("100 deep"), std::string::npos);
}

TEST(LoadMessage, DamageIsAnErrorOrTheSameBytes) {
  Oracle oracle;
  std::mt19937 dice(8);
  for (int round = 0; round < 300; ++round) {
    std::string bytes = serialized(*oracle.random("GraphDef", dice, 5));
    if (bytes.empty()) continue;
    flip_one_bit(bytes, dice);
    for (const std::uint64_t limit : {0, 16, 4096}) {
      try {
        EXPECT_EQ(load_message(std::make_shared<CountedFile>(bytes), 0, bytes.size(),
                               message_schema("GraphDef"), limit)
                      .read(),
                  bytes);
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), Code::kDataLoss);
      }
    }
  }
}

}  // namespace
}  // namespace icecore::inline v0
