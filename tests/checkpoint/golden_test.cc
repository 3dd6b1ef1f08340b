// What TensorFlow wrote reads as TensorFlow reads it.
#include <gtest/gtest.h>
#include <icecore/checkpoint.h>
#include <icecore/error.h>

#include <algorithm>

#include "base/crc32c.h"
#include "checkpoint/bundle_entry.h"
#include "checkpoint/checkpoint_reader.h"
#include "checkpoint/golden.h"
#include "checkpoint/ordered_code.h"
#include "checkpoint/table_reader.h"
#include "checkpoint/v1_meta.h"
#include "checkpoint/verify.h"

namespace icecore::inline v0 {
namespace {

using nlohmann::json;

const char* const kV2[] = {"v2/big_endian",    "v2/blocks",          "v2/dtypes",
                           "v2/grid",          "v2/order",           "v2/partitioned",
                           "v2/snappy_copies", "v2/snappy_literals", "v2/snappy_small_blocks",
                           "v2/three_shards",  "v2/two_shards",      "object_based"};
const char* const kV1[] = {"v1/blocks", "v1/dtypes",      "v1/grid",
                           "v1/order",  "v1/partitioned", "v1/shards"};

json slices_json(const std::vector<TensorSlice>& slices) {
  json list = json::array();
  for (const TensorSlice& slice : slices) {
    json extents = json::array();
    for (const auto& extent : slice.extents()) extents.push_back({extent.start, extent.length});
    list.push_back(extents);
  }
  return list;
}

json shape_json(const Shape& shape) {
  return std::vector<std::int64_t>(shape.dims().begin(), shape.dims().end());
}

class Goldens : public testing::TestWithParam<const char*> {};

TEST_P(Goldens, ReadAsTensorFlowReadsThem) {
  const Golden expected = golden(GetParam());
  const Checkpoint checkpoint = Checkpoint::open(expected.path);
  EXPECT_EQ(checkpoint.format() == CheckpointFormat::kV1,
            std::string(GetParam()).starts_with("v1"));
  EXPECT_TRUE(std::ranges::is_sorted(checkpoint.variables(), {}, &VariableInfo::name));
  for (const auto& [name, described] : expected.expected.at("tensors").items()) {
    const VariableInfo* variable = checkpoint.find(name);
    ASSERT_NE(variable, nullptr) << name;
    EXPECT_EQ(difference(checkpoint.read(name), described), "") << name;
    EXPECT_EQ(json(checkpoint.byte_size(name)), described.at("bytes")) << name;
    if (variable->dtype == DType::kString) continue;
    EXPECT_EQ(variable->bytes, described.at("bytes").get<std::uint64_t>());
    const ByteSource source = checkpoint.reader().source(*variable, nullptr);
    EXPECT_EQ(json(sha256(source.read())), described.at("sha256")) << name;
  }
}

TEST_P(Goldens, AreWhole) {
  const Golden expected = golden(GetParam());
  const VerifyReport report = verify_checkpoint(posix_file_system(), expected.path);
  for (const Finding& finding : report.damage) ADD_FAILURE() << finding.message;
  for (const Finding& finding : report.notes) ADD_FAILURE() << finding.message;
  const Checkpoint checkpoint = Checkpoint::open(expected.path);
  EXPECT_EQ(report.tensors, checkpoint.variables().size());
  EXPECT_EQ(report.intact, report.tensors);
  EXPECT_FALSE(report.names_lost);
}

std::string name_of(const testing::TestParamInfo<const char*>& info) {
  std::string name = info.param;
  std::ranges::replace(name, '/', '_');
  return name;
}
INSTANTIATE_TEST_SUITE_P(V2, Goldens, testing::ValuesIn(kV2), name_of);
INSTANTIATE_TEST_SUITE_P(V1, Goldens, testing::ValuesIn(kV1), name_of);

TEST(GoldenBundles, HaveTheEntriesThatTheirIndexHolds) {
  for (const char* name : kV2) {
    const Golden expected = golden(name);
    const json& bundle = expected.expected.at("bundle");
    const TableReader table(posix_file_system().open(expected.path + ".index"));
    EXPECT_EQ(json(table.block_count()), bundle.at("blocks")) << name;
    BundleHeader header;
    std::size_t number = 0;
    table.scan([&](std::string_view key, std::string_view value) {
      if (key.empty()) {
        header = parse_bundle_header(value, name);
        EXPECT_EQ(json(header.num_shards), bundle.at("num_shards"));
        EXPECT_EQ(json(header.big_endian ? "big" : "little"), bundle.at("endianness"));
        return;
      }
      const BundleEntry entry = parse_bundle_entry(value, header);
      if (!bundle.contains("entries")) return;
      const json& described = bundle["entries"].at(number++);
      EXPECT_EQ(json(to_hex(key)), described.at("key_hex"));
      EXPECT_EQ(json(to_string(entry.dtype)), described.at("dtype"));
      EXPECT_EQ(shape_json(entry.shape), described.at("shape"));
      if (described.contains("slices")) {
        EXPECT_EQ(slices_json(entry.slices), described["slices"]);
        return;
      }
      EXPECT_FALSE(entry.sliced());
      EXPECT_EQ(json(entry.shard), described.at("shard"));
      EXPECT_EQ(json(entry.offset), described.at("offset"));
      EXPECT_EQ(json(entry.size), described.at("size"));
      EXPECT_EQ(json(crc32c_mask(entry.crc)), described.at("crc32c"));
    });
  }
}

void expect_v1_table(const std::string& path, const json& described) {
  const TableReader table(posix_file_system().open(path));
  EXPECT_EQ(json(table.block_count()), described.at("blocks"));
  std::vector<std::string> keys;
  table.scan([&](std::string_view key, std::string_view value) {
    if (!key.empty()) {
      keys.push_back(to_hex(key));
      return;
    }
    json tensors = json::array();
    for (const V1Tensor& tensor : parse_v1_meta(value, path)) {
      tensors.push_back({{"name", tensor.name},
                         {"dtype", to_string(tensor.dtype)},
                         {"shape", shape_json(tensor.shape)},
                         {"slices", slices_json(tensor.slices)}});
    }
    EXPECT_EQ(tensors, described.at("tensors"));
  });
  EXPECT_EQ(keys, described.at("keys_hex").get<std::vector<std::string>>());
}

TEST(GoldenV1Files, HaveTheListsAndKeysThatTheyHold) {
  for (const char* name : kV1) {
    const Golden expected = golden(name);
    if (expected.expected.contains("v1")) {
      expect_v1_table(expected.path, expected.expected["v1"]);
    } else {
      for (const auto& [file, described] : expected.expected.at("v1_files").items()) {
        expect_v1_table(folder_of(expected.path) + "/" + file, described);
      }
    }
  }
}

TEST(GoldenBundles, OfTwoBlocksAreReadToTheLastName) {
  const Golden expected = golden("v2/blocks");
  const Checkpoint checkpoint = Checkpoint::open(expected.path);
  EXPECT_EQ(json(checkpoint.variables().size()), expected.expected.at("count"));
  std::string lines;
  for (const VariableInfo& variable : checkpoint.variables()) {
    std::string shape;
    for (const std::int64_t dim : variable.shape.dims()) {
      shape += (shape.empty() ? "" : ", ") + std::to_string(dim);
    }
    if (!lines.empty()) lines += '\n';
    lines += variable.name + " " + to_string(variable.dtype) + " [" + shape + "] " +
             to_hex(content_of(checkpoint.read(variable.name)));
  }
  EXPECT_EQ(json(sha256(lines)), expected.expected.at("sha256_of_lines"));
}

TEST(GoldenBundles, HaveNamesOfAnyBytes) {
  const Golden expected = golden("v2/grid");
  const Checkpoint checkpoint = Checkpoint::open(expected.path);
  std::vector<std::string> names;
  for (const VariableInfo& variable : checkpoint.variables()) {
    names.push_back(to_hex(variable.name));
    checkpoint.read(variable.name);
  }
  EXPECT_EQ(names, expected.expected.at("names_hex").get<std::vector<std::string>>());
}

// The part [rows, columns] of a matrix's bytes.
std::string part_of(const Tensor& whole, const TensorSlice& slice) {
  const std::size_t size = dtype_size(whole.dtype());
  const auto columns = static_cast<std::size_t>(whole.shape().dim(1));
  const Shape shape = slice.apply(whole.shape());
  const std::string all = content_of(whole);
  std::string part;
  for (std::int64_t row = 0; row < shape.dim(0); ++row) {
    const auto at = static_cast<std::size_t>(slice.extents()[0].start + row) * columns +
                    static_cast<std::size_t>(slice.extents()[1].start);
    part += all.substr(at * size, static_cast<std::size_t>(shape.dim(1)) * size);
  }
  return part;
}

TEST(GoldenSlices, CanBeReadInAnyOtherSlices) {
  for (const char* name : {"v2/grid", "v1/grid", "v2/partitioned", "v1/partitioned", "v2/dtypes"}) {
    const Checkpoint checkpoint = Checkpoint::open(golden(name).path);
    int read = 0;
    for (const VariableInfo& variable : checkpoint.variables()) {
      if (variable.shape.rank() != 2 || variable.dtype == DType::kString) continue;
      const Tensor whole = checkpoint.read(variable.name);
      for (std::int64_t row = 0; row < variable.shape.dim(0); ++row) {
        for (std::int64_t column = 0; column < variable.shape.dim(1); ++column) {
          for (std::int64_t size = 1; size <= 3; ++size) {
            if (row + size > variable.shape.dim(0) || column + size > variable.shape.dim(1)) {
              continue;
            }
            const TensorSlice slice({{row, size}, {column, size}});
            const Tensor part = checkpoint.read(variable.name, slice);
            ASSERT_EQ(to_hex(content_of(part)), to_hex(part_of(whole, slice)))
                << variable.name << " " << to_string(slice);
            const ByteSource source = checkpoint.reader().source(variable, &slice);
            ASSERT_EQ(source.read(), content_of(part)) << variable.name << to_string(slice);
            ++read;
          }
        }
      }
    }
    EXPECT_GT(read, 10) << name;
  }
}

TEST(GoldenSlices, OfStringsCanBeReadInOtherSlices) {
  const Checkpoint checkpoint = Checkpoint::open(golden("v2/three_shards").path);
  const Tensor whole = checkpoint.read("late");
  for (std::int64_t row = 0; row < 3; ++row) {
    const Tensor part = checkpoint.read("late", TensorSlice({{row, 1}, {1, 1}}));
    ASSERT_EQ(part.strings().size(), 1u);
    EXPECT_EQ(part.strings()[0], whole.strings()[static_cast<std::size_t>(row * 2 + 1)]);
  }
}

TEST(GoldenSlices, ThatDontCoverTheirTensorAreRefusedButForWhatTheyHold) {
  const std::string folder = folder_of(golden("v2/grid").path);
  const Checkpoint checkpoint = Checkpoint::open(folder + "/holes.ckpt");
  try {
    checkpoint.read("w");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kInvalidArgument);
    EXPECT_EQ(error.message(),
              "Does not have sufficient slices for partitioned tensor w to restore in slice_spec: "
              "-:-");
  }
  EXPECT_EQ(checkpoint.read("w", TensorSlice::parse("0,4:0,1")).shape(), Shape({4, 1}));
  EXPECT_THROW(checkpoint.read("w", TensorSlice::parse("0,5:0,1")), Error);
  EXPECT_THROW(checkpoint.read("w", TensorSlice::parse("0,4")), Error);
  const VerifyReport report = verify_checkpoint(posix_file_system(), folder + "/holes.ckpt");
  ASSERT_EQ(report.damage.size(), 1u);
  EXPECT_EQ(report.damage[0].kind, FindingKind::kSlices);
  EXPECT_EQ(report.intact, 0u);
}

TEST(GoldenV1Files, AreLeftAloneBesideABundle) {
  const Golden expected = golden("v1/beside_v2");
  const Checkpoint checkpoint = Checkpoint::open(expected.path);
  EXPECT_EQ(checkpoint.format(), CheckpointFormat::kV2);
  EXPECT_EQ(difference(checkpoint.read("v"), expected.expected["tensors"]["v"]), "");
  EXPECT_FALSE(checkpoint.contains("only_v1"));
}

}  // namespace
}  // namespace icecore::inline v0
