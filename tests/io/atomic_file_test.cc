#include "io/atomic_file.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include <unistd.h>

#include <filesystem>

#include "io/faulty_file_system.h"

namespace icecore {
namespace {

void write_new(FileSystem& files, Durability durability) {
  AtomicFile file(files, "run/a");
  file.preallocate(6);
  file.write("new ");
  file.write("content");
  file.commit(durability);
}

TEST(AtomicFile, AtEveryStepTheOldFileOrTheNewIsThereAlone) {
  for (const Durability durability : {Durability::kRename, Durability::kSync}) {
    for (std::size_t step = 0;; ++step) {
      SCOPED_TRACE(step);
      FaultyFileSystem files;
      files.files().put("run/a", "old");
      files.fail_after(step);
      bool thrown = false;
      try {
        write_new(files, durability);
      } catch (const Error& error) {
        thrown = true;
        EXPECT_EQ(error.code(), Code::kResourceExhausted);
      }
      EXPECT_EQ(thrown, files.failed());
      EXPECT_EQ(files.list("run"), (std::vector<std::string>{"a"}));
      const std::string content = files.files().get("run/a");
      EXPECT_TRUE(content == "new content" || (thrown && content == "old")) << content;
      if (!thrown) break;
    }
  }
}

TEST(AtomicFile, SaysWhetherAFailedCommitPutItInPlace) {
  for (const std::size_t step : {0, 1, 2, 3}) {  // Sync, close, rename, sync of the folder.
    SCOPED_TRACE(step);
    FaultyFileSystem files;
    AtomicFile file(files, "a");
    file.write("new");
    files.fail_after(step);
    EXPECT_THROW(file.commit(Durability::kSync), Error);
    EXPECT_EQ(file.is_in_place(), step == 3);
    EXPECT_EQ(files.is_file("a"), step == 3);
  }
}

// The name that the next AtomicFile of this process takes for `path`.
std::string next_temporary(FileSystem& files, const std::string& path) {
  std::string name;
  {
    const AtomicFile file(files, path);
    for (const std::string& seen : files.list(folder_of(path))) {
      if (is_temporary_name(seen)) name = seen;
    }
  }
  const std::size_t number = name.rfind('_') + 1;
  return join_path(folder_of(path),
                   name.substr(0, number) + std::to_string(std::stoul(name.substr(number)) + 1));
}

TEST(AtomicFile, TakesAnotherNameWhereATemporaryOneIsTaken) {
  MemoryFileSystem files;
  files.put("run/old", "");
  const std::string taken = next_temporary(files, "run/a");
  files.put(taken, "someone else's");
  AtomicFile file(files, "run/a");
  file.write("new");
  file.commit(Durability::kRename);
  EXPECT_EQ(files.get("run/a"), "new");
  EXPECT_EQ(files.get(taken), "someone else's");
}

TEST(AtomicFile, FollowsNoLinkThatHasItsTemporaryName) {
  const std::string folder = testing::TempDir() + "icecore_links_" + std::to_string(::getpid());
  std::filesystem::create_directories(folder);
  FileSystem& files = posix_file_system();
  const std::string victim = folder + "/victim", nowhere = folder + "/nowhere";
  {
    AtomicFile file(files, victim);
    file.write("precious");
    file.commit(Durability::kRename);
  }
  for (const std::string& target : {victim, nowhere}) {
    std::filesystem::create_symlink(target, next_temporary(files, folder + "/a"));
    AtomicFile file(files, folder + "/a");
    file.write("new");
    file.commit(Durability::kRename);
  }
  EXPECT_EQ(files.open(victim)->read_string(0, 8), "precious");
  EXPECT_FALSE(files.is_file(nowhere));
  EXPECT_FALSE(std::filesystem::is_symlink(folder + "/a"));
  std::filesystem::remove_all(folder);
}

TEST(AtomicFile, KnowsItsTemporaryNames) {
  for (const char* name : {"a.pb.tmp12_0", "m.index.tmp1_34", ".tmp1_2"}) {
    EXPECT_TRUE(is_temporary_name(name)) << name;
  }
  for (const char* name : {"", "a", "a.tmp", "a.tmp12", "a.tmp_1", "a.tmp1_", "a.tmp1_2x", "tmp1_2",
                           "12_34", "a.tmp12-34"}) {
    EXPECT_FALSE(is_temporary_name(name)) << name;
  }
}

}  // namespace
}  // namespace icecore
