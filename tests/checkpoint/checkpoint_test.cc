#include <icecore/checkpoint.h>

#include <gtest/gtest.h>
#include <icecore/checkpoint_writer.h>
#include <icecore/error.h>

#include <algorithm>
#include <cstring>

#include "checkpoint/checkpoint_reader.h"
#include "checkpoint/golden.h"
#include "io/memory_file_system.h"

namespace icecore::inline v0 {
namespace {

Error refusal(const std::function<void()>& what) {
  try {
    what();
  } catch (const Error& error) {
    return error;
  }
  return Error(Code{}, "nothing was thrown");
}

Tensor counted(std::int64_t count) {
  Tensor tensor(DType::kInt64, {count});
  for (std::int64_t i = 0; i < count; ++i) {
    tensor.mutable_values<std::int64_t>()[static_cast<std::size_t>(i)] = i * 77773;
  }
  return tensor;
}

class CheckpointInMemory : public testing::Test {
 protected:
  CheckpointInMemory() {
    CheckpointWriter writer(files_, "m/model");
    writer.add("layer/weights", counted(100));
    writer.add("layer/biases", counted(3));
    writer.finish();
  }
  const std::string data_ = "m/model.data-00000-of-00001";
  MemoryFileSystem files_;
};

TEST_F(CheckpointInMemory, OffersTheNearestNamesForOneThatIsMissing) {
  const Checkpoint checkpoint = Checkpoint::open(files_, "m/model");
  const Error error = refusal([&] { checkpoint.read("layer/weight"); });
  EXPECT_EQ(error.code(), Code::kNotFound);
  EXPECT_NE(
      error.message().find("'layer/weight' not found in m/model; the nearest: 'layer/weights'"),
      std::string::npos)
      << error.message();
  EXPECT_EQ(refusal([&] { checkpoint.byte_size("x"); }).code(), Code::kNotFound);
  EXPECT_EQ(checkpoint.find("x"), nullptr);
}

TEST_F(CheckpointInMemory, BoolsOfAnyByteAreReadAsZeroOrOne) {
  // As a file may have them; a tensor that is read has not.
  Tensor loose(DType::kBool, {4});
  const unsigned char bytes[] = {0, 1, 2, 255};
  std::memcpy(loose.mutable_bytes().data(), bytes, sizeof bytes);
  Tensor half(DType::kBool, {2});
  std::memcpy(half.mutable_bytes().data(), bytes + 2, 2);
  CheckpointWriter writer(files_, "bools");
  writer.add("whole", loose);
  writer.add_slice("parts", Shape({4}), TensorSlice::parse("0,2"), half);
  writer.add_slice("parts", Shape({4}), TensorSlice::parse("2,2"), half);
  writer.finish();
  const Checkpoint checkpoint = Checkpoint::open(files_, "bools");
  const auto read = [&](const char* name) {
    const Tensor tensor = checkpoint.read(name);
    const auto values = tensor.values<std::uint8_t>();
    return std::vector<int>(values.begin(), values.end());
  };
  EXPECT_EQ(read("whole"), (std::vector<int>{0, 1, 1, 1}));
  EXPECT_EQ(read("parts"), (std::vector<int>{1, 1, 1, 1}));
}

TEST_F(CheckpointInMemory, OpensWithoutItsDataFiles) {
  files_.remove(data_);
  const Checkpoint checkpoint = Checkpoint::open(files_, "m/model");
  EXPECT_EQ(checkpoint.variables().size(), 2u);
  const Error error = refusal([&] { checkpoint.read("layer/biases"); });
  EXPECT_EQ(error.code(), Code::kNotFound);
  EXPECT_NE(error.message().find("shard 0 of 1 missing: " + data_), std::string::npos)
      << error.message();
}

TEST_F(CheckpointInMemory, NamesTheVariableBehindACut) {
  files_.put(data_, files_.get(data_).substr(0, 810));
  const Checkpoint checkpoint = Checkpoint::open(files_, "m/model");
  EXPECT_EQ(content_of(checkpoint.read("layer/weights")), content_of(counted(100)));
  const Error error = refusal([&] { checkpoint.read("layer/biases"); });
  EXPECT_EQ(error.code(), Code::kOutOfRange);
  EXPECT_NE(error.message().find("'layer/biases'"), std::string::npos);
  EXPECT_NE(error.message().find(data_ + " has only 810 bytes"), std::string::npos)
      << error.message();
}

TEST_F(CheckpointInMemory, NamesTheVariableThatIsDamaged) {
  std::string bytes = files_.get(data_);
  bytes[805] = static_cast<char>(bytes[805] ^ 4);
  files_.put(data_, bytes);
  const Checkpoint checkpoint = Checkpoint::open(files_, "m/model");
  checkpoint.read("layer/weights");
  const Error error = refusal([&] { checkpoint.read("layer/biases"); });
  EXPECT_EQ(error.code(), Code::kDataLoss);
  for (const char* part : {"'layer/biases' in m/model.data-00000-of-00001", "bytes 800 to 824",
                           "Checksum does not match: stored "}) {
    EXPECT_NE(error.message().find(part), std::string::npos) << error.message();
  }
  const ByteSource source = checkpoint.reader().source(*checkpoint.find("layer/biases"), nullptr);
  EXPECT_EQ(refusal([&] { source.read(); }).code(), Code::kDataLoss);
}

TEST_F(CheckpointInMemory, NamesWhatStandsInThePlaceOfADataFile) {
  const std::string pointer =
      "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, '0') +
      "\nsize 824\n";
  const std::string html = "<!DOCTYPE html><html><body>Not found</body></html>";
  for (const auto& [content, name] :
       {std::pair(pointer, "git-lfs pointer"), std::pair(html, "HTML")}) {
    for (const std::size_t padding : {0, 2000}) {  // Too short, and long enough.
      files_.put(data_, content + std::string(padding, '\n'));
      if (padding != 0 && content == pointer) continue;
      const Checkpoint checkpoint = Checkpoint::open(files_, "m/model");
      const Error error = refusal([&] { checkpoint.read("layer/biases"); });
      EXPECT_EQ(error.code(), padding == 0 ? Code::kOutOfRange : Code::kDataLoss);
      EXPECT_NE(error.message().find(name), std::string::npos) << error.message();
      EXPECT_EQ(error.message().find("interrupted"), std::string::npos) << error.message();
      if (padding != 0) continue;
      const Error opening =
          refusal([&] { checkpoint.reader().source(*checkpoint.find("layer/biases"), nullptr); });
      EXPECT_NE(opening.message().find(name), std::string::npos) << opening.message();
    }
  }
}

TEST_F(CheckpointInMemory, OutlivesItselfInItsSources) {
  ByteSource whole, part;
  {
    const Checkpoint checkpoint = Checkpoint::open(files_, "m/model");
    const TensorSlice slice = TensorSlice::parse("1,2");
    whole = checkpoint.reader().source(*checkpoint.find("layer/biases"), nullptr);
    part = checkpoint.reader().source(*checkpoint.find("layer/biases"), &slice);
  }
  EXPECT_EQ(whole.read(), content_of(counted(3)));
  EXPECT_EQ(part.read(), content_of(counted(3)).substr(8));
}

TEST_F(CheckpointInMemory, SaysWhyATensorOfVariantsIsntRead) {
  const Checkpoint checkpoint = Checkpoint::open(files_, "m/model");
  VariableInfo variant = *checkpoint.find("layer/biases");
  variant.dtype = DType::kVariant;
  EXPECT_EQ(refusal([&] { checkpoint.reader().read(variant, nullptr); }).code(),
            Code::kUnimplemented);
}

TEST(Checkpoint, ReadsStringsWholeAsInParts) {
  MemoryFileSystem files;
  Tensor words(DType::kString, {40, 25});
  for (std::size_t i = 0; i < 1000; ++i) {
    words.mutable_strings()[i] = std::string(i % 3 == 0 ? 0 : i % 40, 'a');
  }
  {
    CheckpointWriter writer(files, "words");
    writer.add("w", words);
    writer.finish();
  }
  const Checkpoint checkpoint = Checkpoint::open(files, "words");
  for (const char* slice : {"-:-", "0,40:0,25", "0,40:-"}) {
    EXPECT_TRUE(std::ranges::equal(checkpoint.read("w", TensorSlice::parse(slice)).strings(),
                                   words.strings()));
  }
  EXPECT_TRUE(std::ranges::equal(checkpoint.read("w").strings(), words.strings()));
  for (std::size_t row = 0; row < 40; ++row) {
    const TensorSlice slice = TensorSlice::parse(std::to_string(row) + ",1:-");
    EXPECT_TRUE(std::ranges::equal(checkpoint.read("w", slice).strings(),
                                   words.strings().subspan(row * 25, 25)));
  }
}

TEST(Checkpoint, ReadsV1InAnyOrder) {
  for (const char* name : {"v1/blocks", "v1/dtypes", "v1/shards", "v1/partitioned"}) {
    const std::string path = golden(name).path;
    const Checkpoint forward = Checkpoint::open(path), backward = Checkpoint::open(path);
    const auto variables = forward.variables();
    std::vector<std::string> contents;
    for (const VariableInfo& variable : variables) {
      contents.push_back(content_of(forward.read(variable.name)));
    }
    for (std::size_t i = variables.size(); i-- > 0;) {
      EXPECT_EQ(content_of(backward.read(variables[i].name)), contents[i]) << variables[i].name;
      EXPECT_EQ(content_of(forward.read(variables[i].name)), contents[i]) << variables[i].name;
    }
  }
}

// Above the size from which two threads read.
TEST(Checkpoint, ReadsLargeTensorsByTwoThreads) {
  MemoryFileSystem files;
  Tensor large(DType::kUInt8, {(64 << 20) + 12345});
  auto bytes = large.mutable_bytes();
  for (std::size_t i = 0; i < bytes.size(); i += 1000) bytes[i] = static_cast<std::byte>(i / 1000);
  {
    CheckpointWriter writer(files, "large");
    writer.add("l", large);
    writer.finish();
  }
  EXPECT_TRUE(
      std::ranges::equal(Checkpoint::open(files, "large").read("l").bytes(), large.bytes()));
  for (const std::size_t at : {std::size_t{5}, large.bytes().size() - 1}) {
    std::string damaged = files.get("large.data-00000-of-00001");
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    MemoryFileSystem other;
    other.put("large.index", files.get("large.index"));
    other.put("large.data-00000-of-00001", std::move(damaged));
    EXPECT_EQ(refusal([&] { Checkpoint::open(other, "large").read("l"); }).code(), Code::kDataLoss);
  }
}

}  // namespace
}  // namespace icecore::inline v0
