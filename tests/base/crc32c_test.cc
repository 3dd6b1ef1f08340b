#include "base/crc32c.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {
namespace {

std::uint32_t crc_of(std::string_view text) {
  return crc32c(std::as_bytes(std::span(text)));
}

TEST(Crc32c, AgreesWithTheVectorsOfRfc3720) {
  EXPECT_EQ(crc_of(std::string(32, '\0')), 0x8a9136aau);
  EXPECT_EQ(crc_of(std::string(32, '\xff')), 0x62a8ab43u);
  EXPECT_EQ(crc_of("123456789"), 0xe3069283u);
  EXPECT_EQ(crc_of(""), 0u);
}

TEST(Crc32c, MaskingTheCrcOfNothingGivesTheWordOfEmptyTensors) {
  EXPECT_EQ(crc32c_mask(0), 0xa282ead8u);
  for (const std::uint32_t crc : {0u, 1u, 0xe3069283u, 0xffffffffu}) {
    EXPECT_EQ(crc32c_unmask(crc32c_mask(crc)), crc);
  }
}

TEST(Crc32c, PartsExtendAndCombineToTheWhole) {
  std::mt19937 random(7);
  std::vector<std::byte> bytes(100'003);
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(random());
  const std::span<const std::byte> whole(bytes);
  for (const std::size_t cut : {0u, 1u, 63u, 4096u, 99'999u, 100'003u}) {
    const std::uint32_t first = crc32c(whole.first(cut));
    EXPECT_EQ(crc32c_extend(first, whole.subspan(cut)), crc32c(whole)) << cut;
    EXPECT_EQ(crc32c_combine(first, crc32c(whole.subspan(cut)), whole.size() - cut), crc32c(whole))
        << cut;
  }
}

}  // namespace
}  // namespace icecore::inline v0
