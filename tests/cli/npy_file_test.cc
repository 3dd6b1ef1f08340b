#include "cli/npy_file.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include <string>
#include <vector>

#include "cli/golden_cases.h"
#include "io/memory_file_system.h"

namespace icecore {
namespace {

std::string written(const Tensor& tensor) {
  MemoryFileSystem files;
  write_npy(files, "out.npy", tensor);
  EXPECT_EQ(files.list(""), std::vector<std::string>{"out.npy"});
  return files.get("out.npy");
}

TEST(NpyFile, EachFileIsTheOneThatNumpyWrites) {
  for (const GoldenCase& golden : golden_cases("npy.txt")) {
    const Tensor tensor = golden.tensor();
    const std::string expected = bytes_of_hex(golden.fields.at("npy"));
    EXPECT_TRUE(written(tensor) == expected)
        << "the " << golden.fields.at("dtype") << " case of line " << golden.line << ":\n"
        << npy_header(tensor);
  }
}

TEST(NpyFile, StringsOfVeryDifferentLengthsArePaddedInPieces) {
  constexpr std::size_t kLong = (3 << 20) + 17;
  Tensor tensor(DType::kString, {4});
  tensor.mutable_strings()[0] = "first";
  tensor.mutable_strings()[1] = std::string(kLong, 'x');
  tensor.mutable_strings()[3] = "last";
  std::string expected = npy_header(tensor);
  for (const std::string& item : tensor.strings()) {
    expected += item + std::string(kLong - item.size(), '\0');
  }
  EXPECT_NE(expected.find("'|S3145745'"), std::string::npos);
  EXPECT_TRUE(written(tensor) == expected);
}

TEST(NpyFile, AFileThatIsThereIsReplaced) {
  MemoryFileSystem files;
  files.put("out.npy", "old");
  write_npy(files, "out.npy", Tensor(DType::kBool, {0}));
  EXPECT_EQ(files.get("out.npy").substr(1, 5), "NUMPY");
}

TEST(NpyFile, MoreDimensionsThanNumpyHasAreRefusedBeforeAnythingIsWritten) {
  EXPECT_NO_THROW(npy_header(Tensor(DType::kInt8, Shape(std::vector<std::int64_t>(64, 1)))));
  const Tensor tensor(DType::kInt8, Shape(std::vector<std::int64_t>(65, 1)));
  MemoryFileSystem files;
  try {
    write_npy(files, "out.npy", tensor);
    FAIL() << "65 dimensions were written";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kInvalidArgument);
    EXPECT_NE(error.message().find("at most 64 dimensions"), std::string::npos) << error.message();
  }
  EXPECT_TRUE(files.list("").empty());
}

}  // namespace
}  // namespace icecore
