// Both file systems keep the same promises.
#include "io/file_system.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <functional>

#include "io/atomic_file.h"
#include "io/memory_file_system.h"
#include "io/posix_file_system.h"

namespace icecore::inline v0 {
namespace {

class FileSystems : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (GetParam()) {
      folder_ = testing::TempDir() + "icecore_files_" + std::to_string(::getpid());
      std::filesystem::create_directories(folder_);
      files_ = std::make_unique<PosixFileSystem>();
    } else {
      folder_ = "folder";
      auto memory = std::make_unique<MemoryFileSystem>();
      memory->create_folder(folder_);
      files_ = std::move(memory);
    }
  }
  void TearDown() override {
    if (GetParam()) std::filesystem::remove_all(folder_);
  }

  std::string path(const std::string& name) const { return join_path(folder_, name); }

  void write(const std::string& name, std::string_view content) {
    AtomicFile file(*files_, path(name));
    file.write(content);
    file.commit(Durability::kSync);
  }
  std::string read(const std::string& name) const {
    const auto file = files_->open(path(name));
    return file->read_string(0, file->size());
  }
  static void expect_code(Code code, const std::function<void()>& action) {
    try {
      action();
      ADD_FAILURE() << "nothing was thrown, expected " << code_name(code);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code) << error.what();
    }
  }

  std::string folder_;
  std::unique_ptr<FileSystem> files_;
};

TEST_P(FileSystems, WhatWasWrittenIsRead) {
  write("a", "hello");
  EXPECT_EQ(read("a"), "hello");
  EXPECT_EQ(files_->status(path("a"))->size, 5u);
  EXPECT_TRUE(files_->is_file(path("a")));
  EXPECT_TRUE(files_->is_folder(folder_));
}

TEST_P(FileSystems, ReadingBehindTheEndIsOutOfRange) {
  write("a", "hello");
  const auto file = files_->open(path("a"));
  expect_code(Code::kOutOfRange, [&] { file->read_string(3, 3); });
  expect_code(Code::kOutOfRange, [&] { file->read_string(~std::uint64_t{0}, 2); });
  std::byte out[4];
  expect_code(Code::kOutOfRange, [&] { file->read(3, out); });
}

TEST_P(FileSystems, AMissingFileIsNotFoundAndAFolderIsNoFile) {
  expect_code(Code::kNotFound, [&] { files_->open(path("nothing")); });
  expect_code(Code::kFailedPrecondition, [&] { files_->open(folder_); });
  EXPECT_FALSE(files_->status(path("nothing")).has_value());
  expect_code(Code::kNotFound, [&] { files_->list(path("nothing")); });
  expect_code(Code::kNotFound, [&] { files_->create(path("no_folder/a")); });
}

TEST_P(FileSystems, ListsNamesSorted) {
  write("b", "");
  write("a", "");
  files_->create_folder(path("c"));
  EXPECT_EQ(files_->list(folder_), (std::vector<std::string>{"a", "b", "c"}));
}

TEST_P(FileSystems, RenamingReplaces) {
  write("a", "new");
  write("b", "old");
  files_->rename(path("a"), path("b"));
  EXPECT_EQ(read("b"), "new");
  EXPECT_FALSE(files_->is_file(path("a")));
}

TEST_P(FileSystems, ALinkKeepsTheContent) {
  write("a", "kept");
  files_->link(path("a"), path("b"));
  write("a", "new");
  EXPECT_EQ(read("b"), "kept");
  expect_code(Code::kAlreadyExists, [&] { files_->link(path("a"), path("b")); });
}

TEST_P(FileSystems, CreatesANewFileOnlyWhereNothingHasItsName) {
  const auto file = files_->create_new(path("new"));
  file->close();
  EXPECT_TRUE(files_->is_file(path("new")));
  write("a", "old");
  expect_code(Code::kAlreadyExists, [&] { files_->create_new(path("a")); });
  EXPECT_EQ(read("a"), "old");
  expect_code(Code::kAlreadyExists, [&] { files_->create_new(folder_); });
  expect_code(Code::kNotFound, [&] { files_->create_new(path("no_folder/a")); });
}

TEST_P(FileSystems, AnAtomicFileThatIsDroppedLeavesNothing) {
  write("a", "old");
  {
    AtomicFile file(*files_, path("a"));
    file.write("half");
  }
  EXPECT_EQ(read("a"), "old");
  EXPECT_EQ(files_->list(folder_).size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(Posix, FileSystems, testing::Values(true));
INSTANTIATE_TEST_SUITE_P(Memory, FileSystems, testing::Values(false));

TEST(PosixFileSystem, PipesAndDevicesAreNoFiles) {
  const FileSystem& files = posix_file_system();
  const std::string pipe = testing::TempDir() + "icecore_pipe_" + std::to_string(::getpid());
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  for (const std::string& path : {pipe, std::string("/dev/null")}) {
    EXPECT_FALSE(files.is_file(path));
    EXPECT_FALSE(files.is_folder(path));
    EXPECT_TRUE(files.status(path).has_value());
  }
  std::filesystem::remove(pipe);
}

TEST(Paths, AreTakenApartAndJoined) {
  EXPECT_EQ(folder_of("a/b/c"), "a/b");
  EXPECT_EQ(folder_of("a"), "");
  EXPECT_EQ(folder_of("/a"), "/");
  EXPECT_EQ(base_name_of("a/b"), "b");
  EXPECT_EQ(base_name_of("a/"), "");
  EXPECT_EQ(join_path("a", "b"), "a/b");
  EXPECT_EQ(join_path("a/", "b"), "a/b");
  EXPECT_EQ(join_path("", "b"), "b");
  EXPECT_EQ(join_path("a", "/b"), "/b");
}

}  // namespace
}  // namespace icecore::inline v0
