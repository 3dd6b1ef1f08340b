// Files made to hurt: right checksums around impossible claims. Each is refused before anything is
// allocated for it.
#include <gtest/gtest.h>
#include <icecore/checkpoint.h>
#include <icecore/error.h>

#include "base/crc32c.h"
#include "checkpoint/bundle_entry.h"
#include "checkpoint/golden.h"
#include "checkpoint/made_tables.h"
#include "checkpoint/ordered_code.h"
#include "checkpoint/verify.h"
#include "locate/file_name.h"
#include "proto/fields.h"
#include "proto/piece.h"
#include "proto/shape_message.h"
#include "proto/wire_write.h"

namespace icecore::inline v0 {
namespace {

std::string crc_word(std::string_view bytes) {
  std::string word;
  append_fixed(word, crc32c_mask(crc32c(std::as_bytes(std::span(bytes)))));
  return word;
}

std::string plain_entry(DType dtype, const Shape& shape, std::uint64_t offset, std::uint64_t size,
                        std::string_view data = "") {
  BundleEntry entry;
  entry.dtype = dtype;
  entry.shape = shape;
  entry.offset = offset;
  entry.size = size;
  entry.crc = crc32c(std::as_bytes(std::span(data)));
  return encode_bundle_entry(entry);
}

std::string slice_message(const TensorSlice& slice) {
  Piece message;
  for (const auto& extent : slice.extents()) {
    Piece one;
    if (extent.start != 0) one.int64(pb::TensorSliceProto_Extent::start, extent.start);
    if (!extent.is_full()) one.int64(pb::TensorSliceProto_Extent::length, extent.length);
    message.message(pb::TensorSliceProto::extent, one);
  }
  return message.bytes();
}

std::string sliced_entry(DType dtype, const Shape& shape, const std::vector<TensorSlice>& slices) {
  Piece message;
  message.varint(pb::BundleEntryProto::dtype, static_cast<std::uint64_t>(dtype));
  message.message(pb::BundleEntryProto::shape, encode_shape(shape));
  for (const TensorSlice& slice : slices) {
    message.text(pb::BundleEntryProto::slices, slice_message(slice));
  }
  return message.bytes();
}

// What reading "w" of the bundle "b" throws. Verifying must notice it as well.
Error reading(const MemoryFileSystem& files, const std::string& name = "w") {
  const VerifyReport report = verify_checkpoint(files, "b");
  EXPECT_FALSE(report.whole());
  try {
    Checkpoint::open(const_cast<MemoryFileSystem&>(files), "b").read(name);
  } catch (const Error& error) {
    return error;
  }
  return Error(Code{}, "nothing was thrown");
}

constexpr std::int64_t kHuge = std::int64_t{1} << 40;

TEST(Attack, OfATensorLargerThanItsFile) {
  MemoryFileSystem files;
  put_bundle(files, {{"w", plain_entry(DType::kUInt8, {kHuge}, 0, kHuge)}}, "abcd");
  EXPECT_EQ(reading(files).code(), Code::kOutOfRange);
}

TEST(Attack, OfStringsMoreThanTheFileHolds) {
  MemoryFileSystem files;
  put_bundle(files, {{"w", plain_entry(DType::kString, {kHuge}, 0, kHuge + 4)}}, "abcd");
  EXPECT_EQ(reading(files).code(), Code::kOutOfRange);
}

TEST(Attack, OfStringsLongerThanTheirEntry) {
  // Two lengths; the second one claims more than there is, or so much that sums overflow.
  for (const std::uint64_t length :
       {std::uint64_t{7}, std::uint64_t{1} << 40, ~std::uint64_t{0}, ~std::uint64_t{0} - 1}) {
    std::string data;
    append_varint(data, 2);
    append_varint(data, length);
    data += crc_word("") + "abcdefgh";
    MemoryFileSystem files;
    put_bundle(files, {{"w", plain_entry(DType::kString, {2}, 0, data.size())}}, data);
    EXPECT_EQ(reading(files).code(), Code::kDataLoss) << length;
  }
}

TEST(Attack, OfStringLengthsThatDontAddUp) {
  std::string lengths;
  append_fixed(lengths, std::uint32_t{2});
  std::string data = "\x02" + crc_word(lengths) + "abc";
  MemoryFileSystem files;
  put_bundle(files, {{"w", plain_entry(DType::kString, Shape(), 0, data.size())}}, data);
  const Error error = reading(files);
  EXPECT_EQ(error.code(), Code::kDataLoss);
  EXPECT_NE(error.message().find("don't add up"), std::string::npos) << error.message();
  EXPECT_THROW(Checkpoint::open(files, "b").byte_size("w"), Error);
}

TEST(Attack, OfAStringLengthWithoutEnd) {
  MemoryFileSystem files;
  const std::string data(20, '\xff');
  put_bundle(files, {{"w", plain_entry(DType::kString, {2}, 0, data.size())}}, data);
  EXPECT_EQ(reading(files).code(), Code::kDataLoss);
}

TEST(Attack, OfSlicesThatShareTheirBytes) {
  // A thousand parts of the same four bytes.
  std::vector<TensorSlice> slices;
  Entries entries;
  for (std::int64_t i = 0; i < 1000; ++i) {
    slices.push_back(TensorSlice({{i * 4, 4}}));
    entries.emplace_back(slice_key("w", slices.back()),
                         plain_entry(DType::kUInt8, {4}, 0, 4, "abcd"));
  }
  entries.emplace_back("w", sliced_entry(DType::kUInt8, {4000}, slices));
  MemoryFileSystem files;
  put_bundle(files, entries, "abcd");
  const Error error = reading(files);
  EXPECT_EQ(error.code(), Code::kDataLoss);
  EXPECT_NE(error.message().find("share bytes"), std::string::npos) << error.message();
}

TEST(Attack, OfSlicesThatOverlap) {
  const std::vector<TensorSlice> slices = {TensorSlice::parse("0,2:0,1"),
                                           TensorSlice::parse("0,1:0,2")};
  MemoryFileSystem files;
  put_bundle(files,
             {{slice_key("w", slices[1]), plain_entry(DType::kUInt8, {1, 2}, 0, 2, "ab")},
              {slice_key("w", slices[0]), plain_entry(DType::kUInt8, {2, 1}, 2, 2, "cd")},
              {"w", sliced_entry(DType::kUInt8, {2, 2}, slices)}},
             "abcd");
  const Error error = reading(files);
  EXPECT_EQ(error.code(), Code::kDataLoss);
  EXPECT_NE(error.message().find("overlap"), std::string::npos) << error.message();
}

TEST(Attack, OfOneSliceOfAnImmenseTensor) {
  const TensorSlice slice = TensorSlice::parse("0,4");
  MemoryFileSystem files;
  put_bundle(files,
             {{slice_key("w", slice), plain_entry(DType::kUInt8, {4}, 0, 4, "abcd")},
              {"w", sliced_entry(DType::kUInt8, {kHuge}, {slice})}},
             "abcd");
  EXPECT_EQ(reading(files).code(), Code::kInvalidArgument);
  EXPECT_EQ(content_of(Checkpoint::open(files, "b").read("w", slice)), "abcd");
}

TEST(Attack, OfASliceThatTheFileDoesntHold) {
  const TensorSlice slice = TensorSlice::full(1);
  for (const bool has_entry : {false, true}) {
    Entries entries = {{"w", sliced_entry(DType::kUInt8, {kHuge}, {slice})}};
    if (has_entry) {
      entries.insert(entries.begin(),
                     {slice_key("w", slice), plain_entry(DType::kUInt8, {kHuge}, 0, kHuge)});
    }
    MemoryFileSystem files;
    put_bundle(files, entries, "abcd");
    EXPECT_EQ(reading(files).code(), has_entry ? Code::kOutOfRange : Code::kDataLoss);
  }
}

TEST(Attack, OfASliceOfAnotherShapeOrDtype) {
  const TensorSlice slice = TensorSlice::parse("0,4");
  for (const std::string& entry :
       {plain_entry(DType::kUInt8, {2, 2}, 0, 4, "abcd"),
        plain_entry(DType::kInt8, {4}, 0, 4, "abcd"), plain_entry(DType::kUInt8, {3}, 0, 3, "abc"),
        sliced_entry(DType::kUInt8, {4}, {slice})}) {
    MemoryFileSystem files;
    put_bundle(files,
               {{slice_key("w", slice), entry}, {"w", sliced_entry(DType::kUInt8, {4}, {slice})}},
               "abcd");
    const Error error = reading(files);
    EXPECT_EQ(error.code(), Code::kDataLoss);
    EXPECT_NE(error.message().find("doesn't fit"), std::string::npos) << error.message();
  }
}

TEST(Attack, OfAHeaderWithManyShards) {
  MemoryFileSystem files;
  put_bundle(files, {{"w", plain_entry(DType::kUInt8, {4}, 0, 4, "abcd")}}, "abcd",
             Piece().int64(pb::BundleHeaderProto::num_shards, 0x7fffffff).bytes());
  EXPECT_EQ(reading(files).code(), Code::kNotFound);
}

TEST(Attack, OfAnIndexWithoutAHeader) {
  MemoryFileSystem files;
  files.put("b.index", sound_table({{"w", plain_entry(DType::kUInt8, {4}, 0, 4, "abcd")}}));
  files.put("b.data-00000-of-00001", "abcd");
  EXPECT_NE(reading(files).code(), Code{});
}

// V1: a list of tensors, and entries that needn't agree with it.
std::string v1_meta(const std::string& name, DType dtype, const Shape& shape,
                    const std::vector<TensorSlice>& slices) {
  Piece tensor;
  tensor.text(pb::SavedSliceMeta::name, name)
      .message(pb::SavedSliceMeta::shape, encode_shape(shape));
  tensor.varint(pb::SavedSliceMeta::type, static_cast<std::uint64_t>(dtype));
  for (const TensorSlice& slice : slices) {
    tensor.text(pb::SavedSliceMeta::slice, slice_message(slice));
  }
  return Piece()
      .message(pb::SavedTensorSlices::meta,
               Piece().message(pb::SavedTensorSliceMeta::tensor, tensor))
      .bytes();
}

std::string v1_slice(const std::string& name, const TensorSlice& slice, const Piece& values) {
  Piece saved;
  saved.text(pb::SavedSlice::name, name)
      .text(pb::SavedSlice::slice, slice_message(slice))
      .message(pb::SavedSlice::data, values);
  return Piece().message(pb::SavedTensorSlices::data, saved).bytes();
}

Piece int_values(std::size_t count) {
  return std::move(Piece().text(pb::TensorProto::int_val, std::string(count, '\1')));
}

TEST(AttackOnV1, OfATensorLargerThanItsEntry) {
  const TensorSlice all = TensorSlice::full(1);
  for (const DType dtype : {DType::kInt32, DType::kFloat32, DType::kString}) {
    MemoryFileSystem files;
    files.put("b", sound_table({{"", v1_meta("w", dtype, {kHuge}, {all})},
                                {slice_key("w", all), v1_slice("w", all, int_values(4))}}));
    EXPECT_EQ(reading(files).code(), Code::kDataLoss);
    EXPECT_THROW(Checkpoint::open(files, "b").byte_size("x"), Error);
  }
}

TEST(AttackOnV1, OfValuesMoreOrFewerThanTheSlice) {
  const TensorSlice all = TensorSlice::full(1);
  for (const std::size_t count : {3, 5}) {
    MemoryFileSystem files;
    files.put("b", sound_table({{"", v1_meta("w", DType::kInt32, {4}, {all})},
                                {slice_key("w", all), v1_slice("w", all, int_values(count))}}));
    const Error error = reading(files);
    EXPECT_EQ(error.code(), Code::kDataLoss);
    EXPECT_NE(error.message().find("'w' in b is damaged"), std::string::npos) << error.message();
  }
}

TEST(AttackOnV1, OfAnEntryThatIsAnothers) {
  const TensorSlice all = TensorSlice::full(1);
  for (const std::string& entry :
       {v1_slice("v", all, int_values(4)), v1_slice("w", TensorSlice::parse("0,4"), int_values(4)),
        std::string("\x12\x00", 2), std::string("\xff")}) {
    MemoryFileSystem files;
    files.put("b", sound_table({{"", v1_meta("w", DType::kInt32, {4}, {all})},
                                {slice_key("w", all), entry}}));
    EXPECT_EQ(reading(files).code(), Code::kDataLoss);
  }
}

TEST(AttackOnV1, OfSlicesThatAreListedTwiceOrNotThere) {
  const TensorSlice all = TensorSlice::full(1), first = TensorSlice::parse("0,2"),
                    second = TensorSlice::parse("2,2");
  const std::vector<std::pair<std::vector<TensorSlice>, Code>> lists = {
      {{all, all}, Code::kDataLoss},
      {{first, second}, Code::kDataLoss},
      {{first}, Code::kInvalidArgument},
      {{}, Code::kInvalidArgument}};
  for (const auto& [slices, code] : lists) {
    MemoryFileSystem files;
    files.put("b", sound_table({{"", v1_meta("w", DType::kInt32, {4}, slices)},
                                {slice_key("w", all), v1_slice("w", all, int_values(4))},
                                {slice_key("w", first), v1_slice("w", first, int_values(2))}}));
    EXPECT_EQ(reading(files).code(), code);
  }
}

TEST(AttackOnV1, OfShardsThatDisagree) {
  const TensorSlice first = TensorSlice::parse("0,2"), second = TensorSlice::parse("2,2");
  MemoryFileSystem files;
  files.put("s-00000-of-00002",
            sound_table({{"", v1_meta("w", DType::kInt32, {4}, {first})},
                         {slice_key("w", first), v1_slice("w", first, int_values(2))}}));
  files.put("s-00001-of-00002",
            sound_table({{"", v1_meta("w", DType::kInt32, {5}, {second})},
                         {slice_key("w", second), v1_slice("w", second, int_values(2))}}));
  EXPECT_THROW(Checkpoint::open(files, v1_shard_pattern("s", 2)), Error);
  EXPECT_FALSE(verify_checkpoint(files, v1_shard_pattern("s", 2)).whole());
}

TEST(AttackOnV1, OfVersionsThatExcludeThisReader) {
  Piece versions;
  versions.varint(pb::VersionDef::min_consumer, 7);
  MemoryFileSystem files;
  files.put(
      "b",
      sound_table({{"", Piece()
                            .message(pb::SavedTensorSlices::meta,
                                     Piece().message(pb::SavedTensorSliceMeta::versions, versions))
                            .bytes()}}));
  try {
    Checkpoint::open(files, "b");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kInvalidArgument);
    EXPECT_NE(error.message().find("min consumer version 7"), std::string::npos) << error.message();
  }
}

}  // namespace
}  // namespace icecore::inline v0
