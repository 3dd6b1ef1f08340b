#include "checkpoint/ordered_code.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <random>

#include "checkpoint/golden.h"

namespace icecore::inline v0 {
namespace {

std::string number(std::uint64_t value) {
  std::string key;
  append_ordered_number(key, value);
  return key;
}
std::string text(std::string_view value) {
  std::string key;
  append_ordered_string(key, value);
  return key;
}
std::string signed_number(std::int64_t value) {
  std::string key;
  append_ordered_signed(key, value);
  return key;
}

TEST(OrderedCode, WritesWhatTensorFlowWrites) {
  EXPECT_EQ(to_hex(number(0)), "00");
  EXPECT_EQ(to_hex(number(2)), "0102");
  EXPECT_EQ(to_hex(number(300)), "02012c");
  EXPECT_EQ(to_hex(text(std::string("a\0b\xff"
                                    "c",
                                    5))),
            "6100ff62ff00630001");
  const std::pair<std::int64_t, const char*> signed_numbers[] = {
      {0, "80"},
      {-1, "7f"},
      {63, "bf"},
      {64, "c040"},
      {-64, "40"},
      {-65, "3fbf"},
      {100, "c064"},
      {8191, "dfff"},
      {8192, "e02000"},
      {10000, "e02710"},
      {1048576, "f0100000"},
      {4611686018427387904, "ffc04000000000000000"}};
  for (const auto& [value, hex] : signed_numbers) EXPECT_EQ(to_hex(signed_number(value)), hex);
}

TEST(OrderedCode, ReadsBackWhatItWrites) {
  std::mt19937_64 random(1);
  std::vector<std::int64_t> values = {0, -1, std::numeric_limits<std::int64_t>::min(),
                                      std::numeric_limits<std::int64_t>::max()};
  for (int bits = 0; bits < 63; ++bits) {
    for (const std::int64_t near : {-1, 0, 1}) {
      values.push_back((std::int64_t{1} << bits) + near);
      values.push_back(-(std::int64_t{1} << bits) + near);
    }
    values.push_back(static_cast<std::int64_t>(random() >> bits));
  }
  for (const std::int64_t value : values) {
    const std::string key = signed_number(value) + "rest";
    std::string_view rest = key;
    EXPECT_EQ(take_ordered_signed(rest), value);
    EXPECT_EQ(rest, "rest") << value;
    const std::string unsigned_key = number(static_cast<std::uint64_t>(value)) + "rest";
    rest = unsigned_key;
    EXPECT_EQ(take_ordered_number(rest), static_cast<std::uint64_t>(value));
    EXPECT_EQ(rest, "rest") << value;
  }
}

TEST(OrderedCode, SortsAsTheNumbersDo) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 10000; ++i) {
    const auto a = static_cast<std::int64_t>(random() >> (random() % 64));
    const auto b = -static_cast<std::int64_t>(random() >> (1 + random() % 63));
    EXPECT_EQ(signed_number(a) < signed_number(b), a < b);
    EXPECT_EQ(signed_number(b) < signed_number(b + 1), true);
  }
}

TEST(OrderedCode, RefusesWhatIsNoEncoding) {
  for (const char* hex : {"", "09", "0100", "0201", "0900000000000000ff"}) {
    const std::string bytes = from_hex(hex);
    std::string_view key = bytes;
    EXPECT_EQ(take_ordered_number(key), std::nullopt) << hex;
  }
  for (const char* hex : {"", "61", "6100", "610002", "61ff01", "61ff"}) {
    const std::string bytes = from_hex(hex);
    std::string_view key = bytes;
    EXPECT_EQ(take_ordered_string(key), std::nullopt) << hex;
  }
  // Cut short, longer than needed, longer than 64 bits.
  for (const char* hex : {"", "c0", "c001", "3fff", "ffff", "ffe00000000000000000000000"}) {
    const std::string bytes = from_hex(hex);
    std::string_view key = bytes;
    EXPECT_EQ(take_ordered_signed(key), std::nullopt) << hex;
  }
}

TEST(SliceKey, IsWhatTensorFlowWrites) {
  EXPECT_EQ(to_hex(slice_key("sc", TensorSlice())),
            "00736300"
            "0100");
  EXPECT_EQ(to_hex(slice_key("b", TensorSlice::full(1))),
            "0062000101"
            "01807f");
  EXPECT_EQ(to_hex(slice_key("w", TensorSlice::parse("63,64:-"))),
            "00770001"
            "0102bfc040807f");
  EXPECT_EQ(to_hex(slice_key("w", TensorSlice::parse("0,2:0,2"))),
            "00770001"
            "010280828082");
}

TEST(SliceKey, ReadsBack) {
  for (const char* slice : {"", "-", "0,2:0,2", "5,100:-:8192,1"}) {
    const std::string name("n\0\xff/x", 5);
    const std::string key = slice_key(name, TensorSlice::parse(slice));
    const auto parsed = parse_slice_key(key);
    ASSERT_TRUE(parsed) << slice;
    EXPECT_EQ(parsed->name, name);
    EXPECT_EQ(to_string(parsed->slice), slice);
    for (std::size_t i = 0; i < key.size(); ++i) EXPECT_FALSE(parse_slice_key(key.substr(0, i)));
    EXPECT_FALSE(parse_slice_key(key + "x"));
  }
  EXPECT_FALSE(parse_slice_key("w"));
  // A rank that no key of this length could have.
  EXPECT_FALSE(parse_slice_key(from_hex("00 77 00 01 08 ff ff ff ff ff ff ff ff")));
}

}  // namespace
}  // namespace icecore::inline v0
