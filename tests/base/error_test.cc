#include <gtest/gtest.h>
#include <icecore/error.h>

namespace icecore::inline v0 {
namespace {

TEST(Error, KeepsWhatStandsBehindANul) {
  const std::string name("a\0b", 3);
  const Error error(Code::kNotFound, "no '" + name + "' here");
  EXPECT_EQ(error.message(), "no 'a\\000b' here");
  EXPECT_STREQ(error.what(), "no 'a\\000b' here");
  EXPECT_EQ(error.with_context(name).message(), "a\\000b: no 'a\\000b' here");
}

TEST(Error, WithAContextStaysWhatItIs) {
  const Error error = Error(Code::kDataLoss, "bad", Misuse::kOs).with_context("file");
  EXPECT_EQ(error.code(), Code::kDataLoss);
  EXPECT_EQ(error.misuse(), Misuse::kOs);
  EXPECT_EQ(error.message(), "file: bad");
}

}  // namespace
}  // namespace icecore::inline v0
