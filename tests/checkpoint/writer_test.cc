#include <gtest/gtest.h>
#include <icecore/checkpoint.h>
#include <icecore/checkpoint_writer.h>
#include <icecore/error.h>

#include <algorithm>

#include "checkpoint/golden.h"
#include "checkpoint/ordered_code.h"
#include "io/memory_file_system.h"

namespace icecore::inline v0 {
namespace {

// A golden checkpoint's tensors, written again in the order of its data file.
void rewrite(const Golden& expected, FileSystem& files, const std::string& prefix) {
  const Checkpoint checkpoint = Checkpoint::open(expected.path);
  auto entries = expected.expected.at("bundle").at("entries").get<std::vector<nlohmann::json>>();
  std::ranges::stable_sort(entries, {}, [](const nlohmann::json& entry) {
    return std::pair(entry.at("offset").get<std::uint64_t>(),
                     entry.at("size").get<std::uint64_t>());
  });
  CheckpointWriter writer(files, prefix);
  for (const auto& entry : entries) {
    const std::string name = from_hex(entry.at("key_hex").get<std::string>());
    writer.add(name, checkpoint.read(name));
  }
  writer.finish();
}

TEST(CheckpointWriter, WritesTheBytesThatTensorFlowWrites) {
  for (const char* name : {"v2/dtypes", "v2/order", "object_based", "v1/beside_v2"}) {
    const Golden expected = golden(name);
    MemoryFileSystem files;
    rewrite(expected, files, "new/model");
    for (const char* suffix : {".index", ".data-00000-of-00001"}) {
      const auto file = posix_file_system().open(expected.path + suffix);
      EXPECT_TRUE(files.get(std::string("new/model") + suffix) ==
                  file->read_string(0, file->size()))
          << name << suffix;
    }
  }
}

TEST(CheckpointWriter, WritesIndexesOfSeveralBlocksAsTensorFlowDoes) {
  const Golden expected = golden("v2/blocks");
  const Checkpoint checkpoint = Checkpoint::open(expected.path);
  MemoryFileSystem files;
  CheckpointWriter writer(files, "model");
  // Named "…/v<number>", in the order of the numbers.
  std::vector<const VariableInfo*> all;
  for (const VariableInfo& variable : checkpoint.variables()) all.push_back(&variable);
  std::ranges::sort(all, {}, [](const VariableInfo* variable) {
    return std::stoi(variable->name.substr(variable->name.rfind('v') + 1));
  });
  for (const VariableInfo* variable : all)
    writer.add(variable->name, checkpoint.read(variable->name));
  writer.finish();
  for (const char* suffix : {".index", ".data-00000-of-00001"}) {
    const auto file = posix_file_system().open(expected.path + suffix);
    EXPECT_TRUE(files.get(std::string("model") + suffix) == file->read_string(0, file->size()))
        << suffix;
  }
}

TEST(CheckpointWriter, KeepsEveryTensorOfEveryGolden) {
  for (const char* name : {"v2/big_endian", "v2/grid", "v2/three_shards", "v1/dtypes", "v1/grid"}) {
    const Checkpoint original = Checkpoint::open(golden(name).path);
    MemoryFileSystem files;
    CheckpointWriter writer(files, "m");
    for (const VariableInfo& variable : original.variables()) {
      writer.add(variable.name, original.read(variable.name));
    }
    writer.finish();
    EXPECT_EQ(everything(Checkpoint::open(files, "m")), everything(original)) << name;
  }
}

// Slices as TensorFlow's SaveV2 stored them: in the order of the data file.
TEST(CheckpointWriter, WritesTheSlicesThatTensorFlowWrites) {
  for (const char* name : {"v2/partitioned", "v2/grid"}) {
    const Golden expected = golden(name);
    const Checkpoint checkpoint = Checkpoint::open(expected.path);
    auto entries = expected.expected.at("bundle").at("entries").get<std::vector<nlohmann::json>>();
    std::erase_if(entries, [](const nlohmann::json& entry) { return entry.contains("slices"); });
    std::ranges::stable_sort(entries, {}, [](const nlohmann::json& entry) {
      return entry.at("offset").get<std::uint64_t>();
    });
    MemoryFileSystem files;
    CheckpointWriter writer(files, "model");
    for (const auto& entry : entries) {
      const std::string key = from_hex(entry.at("key_hex").get<std::string>());
      const auto slice = parse_slice_key(key);
      if (!slice) {
        writer.add(key, checkpoint.read(key));
      } else {
        writer.add_slice(slice->name, checkpoint.find(slice->name)->shape, slice->slice,
                         checkpoint.read(slice->name, slice->slice));
      }
    }
    writer.finish();
    for (const char* suffix : {".index", ".data-00000-of-00001"}) {
      const auto file = posix_file_system().open(expected.path + suffix);
      EXPECT_TRUE(files.get(std::string("model") + suffix) == file->read_string(0, file->size()))
          << name << suffix;
    }
  }
}

TEST(CheckpointWriter, StoresASliceThatCoversItsTensorAsTheTensor) {
  MemoryFileSystem files;
  CheckpointWriter writer(files, "m");
  const Tensor tensor = Tensor::of<float>(Shape({2}), {1, 2});
  writer.add_slice("w", Shape({2}), TensorSlice::parse("0,2"), tensor);
  writer.finish();
  const Checkpoint checkpoint = Checkpoint::open(files, "m");
  EXPECT_FALSE(checkpoint.find("w")->sliced);
}

TEST(CheckpointWriter, RefusesSlicesThatDontFit) {
  MemoryFileSystem files;
  CheckpointWriter writer(files, "m");
  const Tensor tensor = Tensor::of<float>(Shape({2}), {1, 2});
  const TensorSlice first = TensorSlice::parse("0,2"), second = TensorSlice::parse("2,2");
  writer.add_slice("w", Shape({4}), first, tensor);
  const auto refuses = [&](const std::string& name, const Shape& shape, const TensorSlice& slice,
                           const Tensor& part) {
    try {
      writer.add_slice(name, shape, slice, part);
    } catch (const Error& error) {
      return error.code() == Code::kInvalidArgument;
    }
    return false;
  };
  EXPECT_TRUE(refuses("w", Shape({4}), first, tensor));   // Twice.
  EXPECT_TRUE(refuses("w", Shape({5}), second, tensor));  // Another shape.
  EXPECT_TRUE(refuses("w", Shape({4}), second, Tensor::of<std::int32_t>(Shape({2}), {1, 2})));
  EXPECT_TRUE(refuses("w", Shape({4}), TensorSlice::parse("2,1"), tensor));  // Of the part.
  EXPECT_TRUE(refuses("w", Shape({4}), TensorSlice::parse("3,2"), tensor));  // Beyond.
  EXPECT_TRUE(refuses("w", Shape({2}), first, tensor));                      // Whole, too.
  writer.add_slice("w", Shape({4}), second, tensor);
  writer.finish();
  EXPECT_EQ(Checkpoint::open(files, "m").read("w").num_elements(), 4);
}

TEST(CheckpointWriter, RefusesNamesThatCantBe) {
  MemoryFileSystem files;
  CheckpointWriter writer(files, "m");
  writer.add("a", Tensor());
  for (const std::string& name : {std::string(), std::string("a"), std::string("\0x", 2)}) {
    try {
      writer.add(name, Tensor());
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::kInvalidArgument);
    }
  }
  writer.finish();
  const Checkpoint checkpoint = Checkpoint::open(files, "m");
  EXPECT_EQ(checkpoint.variables().size(), 1u);
  EXPECT_THROW(writer.finish(), Error);
  EXPECT_THROW(writer.add("b", Tensor()), Error);
}

TEST(CheckpointWriter, LeavesNothingBehindWithoutFinish) {
  MemoryFileSystem files;
  {
    CheckpointWriter writer(files, "m/model");
    writer.add("a", Tensor());
  }
  EXPECT_TRUE(files.list("m").empty());
}

// Refuses one rename, or every write to one file.
class FailingFiles : public MemoryFileSystem {
 public:
  void rename(const std::string& from, const std::string& to) override {
    if (to == refused) throw Error(Code::kResourceExhausted, "no room for " + to);
    MemoryFileSystem::rename(from, to);
  }
  std::unique_ptr<WritableFile> create_new(const std::string& path) override {
    if (path.starts_with(unwritable) && !unwritable.empty()) {
      throw Error(Code::kResourceExhausted, "no room for " + path);
    }
    return MemoryFileSystem::create_new(path);
  }
  std::string refused, unwritable;
};

TEST(CheckpointWriter, RemovesItsTemporariesWhenItFails) {
  for (const char* name : {"m/model.data-00000-of-00001", "m/model.index"}) {
    for (const bool at_rename : {false, true}) {
      FailingFiles files;
      (at_rename ? files.refused : files.unwritable) = name;
      EXPECT_THROW(
          {
            CheckpointWriter writer(files, "m/model");
            writer.add("a", Tensor());
            writer.finish();
          },
          Error);
      EXPECT_TRUE(files.list("m").empty()) << name << " " << at_rename;
    }
  }
}

}  // namespace
}  // namespace icecore::inline v0
