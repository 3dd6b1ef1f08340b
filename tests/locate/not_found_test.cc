// Paths that lead to no checkpoint, and what is said then.
#include <icecore/error.h>

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "locate/locate.h"
#include "made_files.h"

namespace icecore {
namespace {

struct Failure {
  Code code = Code::kUnknown;
  std::string message;
};

Failure failure_of(const FileSystem& files, const std::string& path) {
  try {
    return {Code::kUnknown, "found " + locate_checkpoint(files, path).prefix};
  } catch (const Error& error) {
    EXPECT_EQ(error.message().find('\n'), std::string::npos);
    return {error.code(), error.message()};
  }
}

void expect_not_found(const FileSystem& files, const std::string& path,
                      const std::string& message) {
  const Failure failure = failure_of(files, path);
  EXPECT_EQ(failure.code, Code::kNotFound);
  EXPECT_EQ(failure.message, message);
}

void expect_invalid(const FileSystem& files, const std::string& path, const std::string& message) {
  const Failure failure = failure_of(files, path);
  EXPECT_EQ(failure.code, Code::kInvalidArgument);
  EXPECT_EQ(failure.message, message);
}

void expect_data_loss(const FileSystem& files, const std::string& path,
                      const std::string& message) {
  const Failure failure = failure_of(files, path);
  EXPECT_EQ(failure.code, Code::kDataLoss);
  EXPECT_EQ(failure.message, message);
}

TEST(NotFound, AMissingStepListsTheStepsThatAreThere) {
  MemoryFileSystem files;
  put_v2(files, "run/m-1000");
  put_v2(files, "run/m-2000");
  put_v2(files, "run/best");
  expect_not_found(files, "run/m-999", "no step 999 in run; have 1000, 2000 (latest)");
  expect_not_found(files, "run/m-999.index", "no step 999 in run; have 1000, 2000 (latest)");
  put_state(files, "run", "m-1000");
  expect_not_found(files, "run/m-999", "no step 999 in run; have 1000 (latest), 2000");
}

// What lies in a folder without being a file that can be read.
class OddFolder : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "icecore_odd_" + std::to_string(::getpid());
    std::filesystem::create_directories(folder_);
    std::filesystem::create_symlink("a.ckpt", folder_ + "/a.ckpt");
    ASSERT_EQ(::mkfifo((folder_ + "/b.ckpt").c_str(), 0600), 0);
    std::filesystem::create_symlink("nowhere", folder_ + "/c.ckpt");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string folder_;
};

TEST_F(OddFolder, DoesNotReplaceTheErrorThatNothingIsThere) {
  expect_not_found(posix_file_system(), folder_,
                   "no checkpoint in " + folder_ + " (files seen: a.ckpt, b.ckpt, c.ckpt)");
  expect_not_found(posix_file_system(), folder_ + "/m",
                   "no checkpoint m in " + folder_ + " (files seen: a.ckpt, b.ckpt, c.ckpt)");
}

TEST_F(OddFolder, APipeIsRefusedAsOne) {
  const std::string pipe = folder_ + "/b.ckpt";
  expect_invalid(posix_file_system(), pipe, "can't read " + pipe + ": not an ordinary file");
}

TEST(NotFound, APrefixWithoutItsStepListsTheSteps) {
  MemoryFileSystem files;
  put_v2(files, "run/m-1000");
  put_v2(files, "run/m-2000");
  expect_not_found(files, "run/m", "no checkpoint run/m without a step; have 1000, 2000 (latest)");
}

TEST(NotFound, TheOnlyStepIsSuggested) {
  MemoryFileSystem files;
  put_v2(files, "run/m-1000");
  expect_not_found(files, "run/m-999", "no step 999 in run; the only one is 1000: try run/m-1000");
}

TEST(NotFound, OfManyStepsTheFirstAndTheLastAreListed) {
  MemoryFileSystem files;
  for (int step = 1; step <= 50; ++step) put_v2(files, "m-" + std::to_string(step));
  expect_not_found(files, "m-99",
                   "no step 99 in the current folder; have 1, 2, 3, 4, … 40 more …, 45, 46, 47, "
                   "48, 49, 50 (latest)");
}

TEST(NotFound, OtherNamesAreListedWithTheNearest) {
  MemoryFileSystem files;
  put_v2(files, "run/resnet.ckpt");
  put_v2(files, "run/vgg.ckpt");
  expect_not_found(files, "run/resnet.cpkt",
                   "no checkpoint resnet.cpkt in run; have resnet.ckpt, vgg.ckpt (latest); the "
                   "nearest is run/resnet.ckpt");
}

TEST(NotFound, AFolderWithoutCheckpointsSaysWhatItHolds) {
  MemoryFileSystem files;
  files.put("run/a.txt", "words");
  files.put("run/events", "words");
  expect_not_found(files, "run", "no checkpoint in run (files seen: a.txt, events)");
  expect_not_found(files, "run/m", "no checkpoint m in run (files seen: a.txt, events)");
  files.create_folder("empty");
  expect_not_found(files, "empty", "no checkpoint in empty (the folder is empty)");
  put_v2(files, "run/train/m-1");
  expect_not_found(files, "run",
                   "no checkpoint in run (files seen: a.txt, events, train); there are some in "
                   "run/train");
}

TEST(NotFound, AFolderSaysWhatItsCkptFileIs) {
  MemoryFileSystem files;
  files.put("run/model.ckpt", "PK\3\4....archive/data.pkl");
  expect_not_found(files, "run",
                   "no checkpoint in run (files seen: model.ckpt); model.ckpt is a PyTorch "
                   "checkpoint (zip): Icecore reads TensorFlow's");
}

TEST(NotFound, AMissingFolderIsNamed) {
  MemoryFileSystem files;
  expect_not_found(files, "gone/m-1", "no checkpoint gone/m-1: there is no folder gone");
  expect_not_found(files, "gone/", "no checkpoint gone/: there is no folder gone");
}

TEST(NotFound, AGraphFileThatIsntThereIsNamedAsAFile) {
  MemoryFileSystem files;
  put_v2(files, "run/m-1");
  expect_not_found(files, "run/gone.meta",
                   "there is no file run/gone.meta: no checkpoint gone in run; have m-1; try "
                   "run/m-1");
}

TEST(NotFound, ACheckpointWithoutANameIsCalledThat) {
  MemoryFileSystem files;
  put_v2(files, "run/");
  expect_not_found(files, "run/gone",
                   "no checkpoint gone in run; have one with an empty name; try run/");
}

TEST(NotFound, TheEmptyPathIsNoFolder) {
  MemoryFileSystem files;
  put_v2(files, "m-1");
  expect_not_found(files, "",
                   "no checkpoint with an empty name in the current folder; have m-1; try m-1");
}

TEST(NotFound, AStateFileWhoseCheckpointsAreGoneSaysWhichItNames) {
  MemoryFileSystem files;
  put_state(files, "run", "/gone/m-2");
  const std::string message =
      "run/checkpoint names /gone/m-2, which isn't there (files seen: checkpoint)";
  expect_not_found(files, "run", message);
  expect_not_found(files, "run/checkpoint", message);
}

TEST(NotFound, AGraphWithoutItsWeightsSaysSo) {
  MemoryFileSystem files;
  files.put("run/m-3.meta", meta_graph_def());
  const std::string message =
      "no whole checkpoint run/m-3: m-3.meta (its graph) is there, but its weights (m-3.index and "
      ".data-00000-of-…) are missing";
  expect_not_found(files, "run/m-3", message);
  expect_not_found(files, "run/m-3.meta", message);
  put_v2(files, "run/m-2");
  expect_not_found(files, "run/m-3", message + "; have m-2");
}

TEST(NotFound, DataWithoutItsIndexSaysSo) {
  MemoryFileSystem files;
  files.put("run/m-3.data-00000-of-00001", "data");
  files.put("run/m-3.meta", meta_graph_def());
  const std::string message =
      "no whole checkpoint run/m-3: its data (m-3.data-00000-of-00001) is there, but m-3.index is "
      "missing";
  expect_not_found(files, "run/m-3", message);
  expect_not_found(files, "run/m-3.data-00000-of-00001", message);
}

TEST(NotFound, TheLeftoversOfASaveAreNeverChosen) {
  MemoryFileSystem files;
  files.put("run/m-3.index.tempstate123", v2_index());
  expect_not_found(files, "run/m-3",
                   "no whole checkpoint run/m-3: only files of an interrupted save are there "
                   "(m-3.index.tempstate123)");
  expect_not_found(files, "run", "no checkpoint in run (files seen: m-3.index.tempstate123)");
  expect_invalid(files, "run/m-3.index.tempstate123",
                 "run/m-3.index.tempstate123 was left by a save that was interrupted: it is no "
                 "whole checkpoint");
}

TEST(NotFound, ASavedModelWithoutVariablesSaysSo) {
  MemoryFileSystem files;
  files.put("sm/saved_model.pb", saved_model());
  expect_not_found(files, "sm",
                   "sm is a SavedModel without variables: there is no "
                   "sm/variables/variables.index");
}

TEST(NotACheckpoint, AnIndexThatIsSomethingElseSaysWhat) {
  MemoryFileSystem files;
  put_v2(files, "m");
  files.put("m.index", git_lfs_pointer());
  const std::string pointer =
      "m.index is a git-lfs pointer, not the file itself (9362 bytes expected): run `git lfs "
      "pull`";
  expect_invalid(files, "m", pointer);
  expect_invalid(files, "m.index", pointer);
  expect_invalid(files, "m.data-00000-of-00001", pointer);
  files.put("m.index", "<!DOCTYPE html><html></html>");
  expect_invalid(files, "m",
                 "m.index is an HTML page (a download that went wrong?): fetch the file itself");
}

TEST(NotACheckpoint, ADamagedIndexIsDataLoss) {
  MemoryFileSystem files;
  files.put("m.index", "");
  expect_data_loss(files, "m", "m.index is empty (0 bytes; an interrupted copy or save?)");
  files.put("m.index", std::string(300, '\0'));
  expect_data_loss(files, "m",
                   "m.index is nothing but zero bytes (300; an interrupted copy or a full disk?): "
                   "copy it again");
  files.put("m.index", v2_index().substr(0, 40));
  expect_data_loss(files, "m",
                   "m.index is the beginning of the .index of a V2 checkpoint whose end is "
                   "missing (40 bytes; an interrupted copy?)");
  files.put("m.index", "\xde\xad\xbe\xef");
  expect_data_loss(files, "m",
                   "m.index is not a table (bad magic number at its end): it is damaged, or no "
                   "checkpoint's .index");
}

TEST(NotACheckpoint, ADamagedV1FileIsDataLoss) {
  MemoryFileSystem files;
  files.put("m", v1_table().substr(0, 40));
  expect_data_loss(files, "m",
                   "m is the beginning of a V1 checkpoint whose end is missing (40 bytes; an "
                   "interrupted copy?)");
}

TEST(NotACheckpoint, AGraphSaysThatItIsOne) {
  MemoryFileSystem files;
  files.put("frozen.pb", graph_def());
  expect_invalid(files, "frozen.pb",
                 "frozen.pb is a TensorFlow graph (GraphDef), but a checkpoint is needed here");
  files.put("graph.meta.txt", meta_graph_def());
  expect_invalid(files, "graph.meta.txt",
                 "graph.meta.txt is a TensorFlow meta graph (MetaGraphDef), but a checkpoint is "
                 "needed here");
  files.put("sm/saved_model.pb", saved_model());
  expect_invalid(files, "sm/saved_model.pb",
                 "sm/saved_model.pb is a TensorFlow SavedModel's graph, but a checkpoint is needed "
                 "here: pass its folder (sm) to read its variables");
}

TEST(NotACheckpoint, AnIndexUnderAnotherNameSaysHowItMustBeCalled) {
  MemoryFileSystem files;
  files.put("weights", v2_index());
  expect_invalid(files, "weights",
                 "weights is the .index of a V2 checkpoint under another name: rename it to "
                 "PREFIX.index, beside its PREFIX.data-… files");
}

TEST(NotACheckpoint, OtherProgramsFilesSayWhatTheyAre) {
  MemoryFileSystem files;
  files.put("model.ckpt", "PK\3\4....archive/data.pkl");
  expect_invalid(files, "model.ckpt",
                 "model.ckpt is a PyTorch checkpoint (zip): Icecore reads TensorFlow's");
  files.put("notes.txt", "words");
  expect_invalid(files, "notes.txt", "notes.txt is a text file");
  const std::string pickle = ICECORE_TEST_DATA "/models/neg-pytorch-pickle/model.ckpt";
  expect_invalid(posix_file_system(), pickle,
                 pickle + " is a PyTorch checkpoint (pickle): Icecore reads TensorFlow's");
}

}  // namespace
}  // namespace icecore
