// Every flipped bit and every truncation of small checkpoints: an Error, or the same contents.
#include <gtest/gtest.h>
#include <icecore/checkpoint.h>
#include <icecore/error.h>

#include <set>

#include "checkpoint/golden.h"

namespace icecore::inline v0 {
namespace {

const std::set<Code> kDamageCodes = {Code::kDataLoss, Code::kOutOfRange, Code::kInvalidArgument,
                                     Code::kNotFound};

class Damage : public testing::TestWithParam<const char*> {
 protected:
  Damage() {
    load_golden(files_, GetParam());
    path_ = "golden/" + base_name_of(golden(GetParam()).path);
    whole_ = everything(Checkpoint::open(files_, path_));
  }

  // Of every file of the checkpoint.
  template <typename Each>
  void for_each_file(const Each& each) {
    for (const std::string& name : files_.list("golden")) {
      if (name == "expected.json") continue;
      const std::string sound = files_.get("golden/" + name);
      each("golden/" + name, sound);
      files_.put("golden/" + name, sound);
    }
  }

  // True where the damage was noticed; false where nothing is lost. All else fails the test.
  bool noticed(const std::string& what) {
    try {
      EXPECT_EQ(everything(Checkpoint::open(files_, path_)), whole_) << what;
      return false;
    } catch (const Error& error) {
      EXPECT_TRUE(kDamageCodes.contains(error.code())) << what << ": " << error.message();
      EXPECT_FALSE(error.message().empty());
      return true;
    }
  }

  MemoryFileSystem files_;
  std::string path_, whole_;
};

TEST_P(Damage, OfOneBitIsNoticedOrHarmless) {
  for_each_file([&](const std::string& file, const std::string& sound) {
    std::size_t harmless = 0;
    for (std::size_t bit = 0; bit < sound.size() * 8; ++bit) {
      std::string damaged = sound;
      damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
      files_.put(file, std::move(damaged));
      if (!noticed(file + " bit " + std::to_string(bit))) ++harmless;
    }
    // The metaindex block (13 bytes) and its handle, and the footer's padding.
    EXPECT_LE(harmless, 8u * (13 + 40)) << file;
  });
}

TEST_P(Damage, ByTruncationIsNoticed) {
  for_each_file([&](const std::string& file, const std::string& sound) {
    for (std::size_t size = 0; size < sound.size(); ++size) {
      files_.put(file, sound.substr(0, size));
      EXPECT_TRUE(noticed(file + " cut to " + std::to_string(size))) << file << " " << size;
    }
  });
}

TEST_P(Damage, ByAMissingFileIsNoticed) {
  for_each_file([&](const std::string& file, const std::string&) {
    files_.remove(file);
    // A sharded V1 checkpoint may be opened without some of its shards.
    if (!std::string(GetParam()).starts_with("v1/shards")) {
      EXPECT_TRUE(noticed(file + " removed")) << file;
    }
  });
}

std::string name_of(const testing::TestParamInfo<const char*>& info) {
  std::string name = info.param;
  std::ranges::replace(name, '/', '_');
  return name;
}
INSTANTIATE_TEST_SUITE_P(Small, Damage,
                         testing::Values("v2/order", "v2/partitioned", "v2/two_shards",
                                         "v2/snappy_literals", "object_based", "v1/order",
                                         "v1/partitioned", "v1/shards"),
                         name_of);

}  // namespace
}  // namespace icecore::inline v0
