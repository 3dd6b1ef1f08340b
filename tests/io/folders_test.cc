#include "io/folders.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include "io/memory_file_system.h"

namespace icecore::inline v0 {
namespace {

// Another program is always a little faster.
class BusyFileSystem : public MemoryFileSystem {
 public:
  void create_folder(const std::string& path) override {
    MemoryFileSystem::create_folder(path);
    MemoryFileSystem::create_folder(path);
  }
};

Code code_of_making(FileSystem& files, const std::string& folder) {
  try {
    make_folders(files, folder);
  } catch (const Error& error) {
    return error.code();
  }
  return Code{};
}

TEST(Folders, AreMadeWithThoseAboveThem) {
  MemoryFileSystem files;
  make_folders(files, "a/b/c/");
  EXPECT_TRUE(files.is_folder("a/b/c"));
  make_folders(files, "a/b/d");
  EXPECT_TRUE(files.is_folder("a/b/d"));
  make_folders(files, "");
  make_folders(files, "/x/y");
  EXPECT_TRUE(files.is_folder("/x/y"));
}

TEST(Folders, AreNotMadeAboveWhereOneIsAsked) {
  MemoryFileSystem files;
  EXPECT_THROW(make_folder(files, "a/b"), Error);
  make_folder(files, "a");
  make_folder(files, "a/b");
  make_folder(files, "a/b");
  EXPECT_TRUE(files.is_folder("a/b"));
}

TEST(Folders, MayBeMadeByOthersMeanwhile) {
  BusyFileSystem files;
  make_folders(files, "a/b/c");
  EXPECT_TRUE(files.is_folder("a/b/c"));
}

TEST(Folders, AreNotMadeWhereAFileIs) {
  MemoryFileSystem files;
  files.put("a/file", "");
  EXPECT_EQ(code_of_making(files, "a/file"), Code::kAlreadyExists);
  EXPECT_EQ(code_of_making(files, "a/file/b"), Code::kAlreadyExists);
}

}  // namespace
}  // namespace icecore::inline v0
