// Checkpoints and files through a graph's own nodes.
#include <gtest/gtest.h>
#include <icecore/checkpoint.h>
#include <icecore/checkpoint_writer.h>
#include <icecore/error.h>
#include <icecore/graph_builder.h>
#include <icecore/session.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace icecore::inline v0 {
namespace {

class IoOps : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "io_ops_" +
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  SessionOptions allowed() const {
    SessionOptions options;
    options.allow_io = folder_;
    return options;
  }
  std::string path(const std::string& name) const { return folder_ + "/" + name; }

  // What the run of an operation or tensor fails with.
  Error failure(const GraphBuilder& graph, const std::string& fetch, SessionOptions options) {
    Session session(graph, std::move(options));
    try {
      session.run(TensorName(fetch));
    } catch (const Error& error) {
      return error;
    }
    return Error(Code::kUnknown, "nothing failed");
  }

  std::string folder_;
};

Tensor strings(std::vector<std::string> items) {
  const Shape shape{static_cast<std::int64_t>(items.size())};
  return Tensor::of<std::string>(shape, items);
}

const Tensor kNumbers = Tensor::of<float>({2, 2}, {1, 2, 3, 4});
const Tensor kWords = strings({"hi", "", "xyz"});

void add_save(GraphBuilder& graph, const std::string& prefix) {
  graph.apply_op("SaveV2",
                 {Input(prefix), Input(strings({"z", "a"})), Input(strings({"", ""})),
                  std::vector<Input>{Input(kNumbers), Input(kWords)}},
                 {}, "save");
}

Operation add_restore(GraphBuilder& graph, const std::string& prefix,
                      std::vector<std::string> names, std::vector<std::string> slices,
                      std::vector<DType> dtypes) {
  return graph.apply_op(
      "RestoreV2",
      {Input(prefix), Input(strings(std::move(names))), Input(strings(std::move(slices)))},
      {{"dtypes", std::move(dtypes)}}, "restore");
}

TEST_F(IoOps, WhatSaveV2WritesRestoreV2Reads) {
  GraphBuilder graph;
  add_save(graph, path("model"));
  add_restore(graph, path("model"), {"a", "z", "z"}, {"", "", "2 2 1,1:-"},
              {DType::kString, DType::kFloat32, DType::kFloat32});
  Session session(graph, allowed());
  session.run("save");
  const std::vector<Tensor> read = session.run({}, {"restore:0", "restore:1", "restore:2"});
  EXPECT_EQ(read[0].strings()[2], "xyz");
  EXPECT_EQ(read[1].values<float>()[3], 4);
  EXPECT_EQ(read[2].shape(), (Shape{1, 2}));
  EXPECT_EQ(read[2].values<float>()[0], 3);
  EXPECT_EQ(Checkpoint::open(path("model")).read("z").values<float>()[2], 3);
}

TEST_F(IoOps, TouchNoFileUnlessAllowedTo) {
  GraphBuilder graph;
  add_save(graph, path("model"));
  const Error error = failure(graph, "save", {});
  EXPECT_EQ(error.code(), Code::kFailedPrecondition);
  EXPECT_NE(error.message().find("--allow-io"), std::string::npos) << error.message();
  EXPECT_FALSE(std::filesystem::exists(path("model.index")));

  GraphBuilder elsewhere;
  add_save(elsewhere, "/nowhere/model");
  EXPECT_EQ(failure(elsewhere, "save", allowed()).code(), Code::kFailedPrecondition);
}

TEST_F(IoOps, ReachNothingOutsideTheFolderByADetour) {
  const std::string outside = path("outside"), inside = path("inside");
  std::filesystem::create_directories(outside);
  std::filesystem::create_directories(inside);
  CheckpointWriter secret(outside + "/model");
  secret.add("v", kNumbers);
  secret.finish();
  SessionOptions options;
  options.allow_io = inside;
  const auto code_of_restoring = [&](const std::string& prefix) {
    GraphBuilder graph;
    add_restore(graph, prefix, {"v"}, {""}, {DType::kFloat32});
    return failure(graph, "restore:0", options).code();
  };
  // A state file that names another place.
  std::ofstream(inside + "/checkpoint") << "model_checkpoint_path: \"" + outside + "/model\"\n";
  EXPECT_EQ(code_of_restoring(inside + "/checkpoint"), Code::kFailedPrecondition);
  // Links to another checkpoint's files.
  const std::string data = ".data-00000-of-00001";
  std::filesystem::create_symlink(outside + "/model.index", inside + "/a.index");
  std::filesystem::create_symlink(outside + "/model" + data, inside + "/a" + data);
  EXPECT_EQ(code_of_restoring(inside + "/a"), Code::kFailedPrecondition);
  std::filesystem::copy_file(outside + "/model.index", inside + "/b.index");
  std::filesystem::create_symlink(outside + "/model" + data, inside + "/b" + data);
  EXPECT_EQ(code_of_restoring(inside + "/b"), Code::kFailedPrecondition);
  std::filesystem::copy_file(outside + "/model" + data, inside + "/c" + data);
  std::filesystem::copy_file(outside + "/model.index", inside + "/c.index");
  EXPECT_EQ(code_of_restoring(inside + "/c"), Code::kUnknown);  // Nothing fails.

  // Files beside the folder.
  GraphBuilder save;
  add_save(save, inside);
  EXPECT_EQ(failure(save, "save", options).code(), Code::kFailedPrecondition);
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    EXPECT_TRUE(entry.is_directory()) << entry.path();
  }

  // Names beside and outside of it.
  std::filesystem::create_directory_symlink(outside, inside + "/link");
  for (const std::string& pattern :
       {folder_ + "/*", inside + "/../*", inside + "/link/*", inside + "/l*/*"}) {
    GraphBuilder match;
    match.apply_op("MatchingFiles", {Input(pattern)}, {}, "match");
    EXPECT_EQ(failure(match, "match:0", options).code(), Code::kFailedPrecondition) << pattern;
  }
}

TEST_F(IoOps, RestoreSaysWhatIsMissing) {
  CheckpointWriter writer(path("model"));
  writer.add("v", kNumbers);
  writer.finish();
  const auto message = [&](std::vector<std::string> names, std::vector<std::string> slices,
                           std::vector<DType> dtypes, const std::string& prefix = "model") {
    GraphBuilder graph;
    add_restore(graph, path(prefix), std::move(names), std::move(slices), std::move(dtypes));
    return failure(graph, "restore:0", allowed());
  };
  const DType f = DType::kFloat32;
  Error error = message({"zz", "aa"}, {"", ""}, {f, f});
  EXPECT_EQ(error.code(), Code::kNotFound);
  EXPECT_TRUE(error.message().starts_with("Key aa not found in checkpoint")) << error.message();
  error = message({"v"}, {""}, {DType::kFloat64});
  EXPECT_EQ(error.code(), Code::kInvalidArgument);
  EXPECT_TRUE(error.message().starts_with(
      "tensor_name = v; expected dtype double does not equal original dtype float"))
      << error.message();
  error = message({"v"}, {"4 0,1"}, {f});
  EXPECT_TRUE(
      error.message().starts_with("tensor_name = v; shape in shape_and_slice spec [4] does "
                                  "not match the shape stored in checkpoint: [2,2]"))
      << error.message();
  error = message({"v"}, {""}, {f}, "other");
  EXPECT_EQ(error.code(), Code::kNotFound);
  EXPECT_TRUE(
      error.message().starts_with("Unsuccessful TensorSliceReader constructor: Failed to "
                                  "find any matching files for "))
      << error.message();
}

TEST_F(IoOps, ShardsAreMergedIntoOneCheckpoint) {
  for (const char* const part : {"temp/part-00000-of-00002", "temp/part-00001-of-00002"}) {
    CheckpointWriter writer(path(part));
    writer.add(part == std::string("temp/part-00000-of-00002") ? "b" : "a", kNumbers);
    writer.finish();
  }
  GraphBuilder graph;
  graph.apply_op(
      "MergeV2Checkpoints",
      {Input(strings({path("temp/part-00000-of-00002"), path("temp/part-00001-of-00002")})),
       Input(path("model"))},
      {}, "merge");
  Session(graph, allowed()).run("merge");
  EXPECT_FALSE(std::filesystem::exists(path("temp")));
  EXPECT_TRUE(std::filesystem::exists(path("model.data-00000-of-00002")));
  EXPECT_TRUE(std::filesystem::exists(path("model.data-00001-of-00002")));
  const Checkpoint merged = Checkpoint::open(path("model"));
  EXPECT_EQ(merged.read("a").values<float>()[1], 2);
  EXPECT_EQ(merged.read("b").values<float>()[2], 3);
}

TEST_F(IoOps, ATensorInTwoShardsStopsTheMergeBeforeAnythingMoved) {
  for (const char* const part : {"p0", "p1"}) {
    CheckpointWriter writer(path(part));
    writer.add("same", kNumbers);
    writer.finish();
  }
  GraphBuilder graph;
  graph.apply_op("MergeV2Checkpoints",
                 {Input(strings({path("p0"), path("p1")})), Input(path("model"))}, {}, "merge");
  const Error error = failure(graph, "merge", allowed());
  EXPECT_EQ(error.code(), Code::kInvalidArgument);
  EXPECT_TRUE(error.message().starts_with("Duplicate tensor keyed by same")) << error.message();
  EXPECT_EQ(Checkpoint::open(path("p0")).read("same").values<float>()[0], 1);
  EXPECT_FALSE(std::filesystem::exists(path("model.index")));
}

TEST_F(IoOps, FilesAreWrittenFoundAndRead) {
  GraphBuilder graph;
  graph.apply_op("WriteFile", {Input(path("deep/er/a1.txt")), Input("one")}, {}, "write");
  graph.apply_op("ReadFile", {Input(path("deep/er/a1.txt"))}, {}, "read");
  graph.apply_op("MatchingFiles", {Input(strings({path("*/er/[a-c]?.*"), path("none*")}))}, {},
                 "match");
  Session session(graph, allowed());
  session.run("write");
  EXPECT_EQ(session.run("read:0").strings()[0], "one");
  std::ofstream(path("deep/er/b2.log")) << "two";
  std::ofstream(path("deep/er/d3.log")) << "three";
  const Tensor found = session.run("match:0");
  ASSERT_EQ(found.num_elements(), 2);
  EXPECT_EQ(found.strings()[0], path("deep/er/a1.txt"));
  EXPECT_EQ(found.strings()[1], path("deep/er/b2.log"));
}

TEST_F(IoOps, PatternsOfNamesHaveStarsSetsAndEscapes) {
  const std::string many(200, 'a');
  for (const std::string name : {"[x", "a-b", "]", "b*c", "d", "\xc3\xa4", many.c_str()}) {
    std::ofstream(path(name)) << "";
  }
  const auto matching = [&](const std::string& pattern) {
    GraphBuilder graph;
    graph.apply_op("MatchingFiles", {Input(path(pattern))}, {}, "match");
    const Tensor found = Session(graph, allowed()).run("match:0");
    std::vector<std::string> names;
    for (const std::string& one : found.strings()) names.push_back(one.substr(path("").size()));
    return names;
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(matching("[x*"), (Names{"[x"}));  // A set without an end is none.
  EXPECT_EQ(matching("[]]"), (Names{"]"}));
  EXPECT_EQ(matching("[!a-c\xc3]"), (Names{"]", "d"}));
  EXPECT_EQ(matching("a[-x]b"), (Names{"a-b"}));
  EXPECT_EQ(matching("b\\*c"), (Names{"b*c"}));
  EXPECT_EQ(matching("??"), (Names{"[x", "\xc3\xa4"}));
  EXPECT_EQ(matching("d?"), Names{});
  EXPECT_EQ(matching("d*"), (Names{"d"}));
  std::string stars;
  for (int i = 0; i < 200; ++i) stars += "*a";
  EXPECT_EQ(matching(stars), (Names{many}));
  EXPECT_EQ(matching(stars + "b"), Names{});
}

TEST_F(IoOps, APatternIsNoLongerThanAPath) {
  const auto code_of = [&](const std::string& pattern) {
    GraphBuilder graph;
    graph.apply_op("MatchingFiles", {Input(pattern)}, {}, "match");
    return failure(graph, "match:0", allowed()).code();
  };
  EXPECT_EQ(code_of(path(std::string(1 << 20, '/') + "*")), Code::kInvalidArgument);
  std::string deep = path("");
  while (deep.size() <= 4096) deep += "*/";
  EXPECT_EQ(code_of(deep), Code::kInvalidArgument);
  deep.resize(4096);
  GraphBuilder graph;
  graph.apply_op("MatchingFiles", {Input(deep)}, {}, "match");
  EXPECT_EQ(Session(graph, allowed()).run("match:0").num_elements(), 0);
}

TEST_F(IoOps, ABoolOfAnyByteDecidesABranch) {
  Tensor loose(DType::kBool, Shape());
  loose.mutable_bytes()[0] = std::byte{2};
  CheckpointWriter writer(path("bools"));
  writer.add("b", loose);
  writer.finish();
  GraphBuilder graph;
  const Output restored = add_restore(graph, path("bools"), {"b"}, {""}, {DType::kBool}).output(0);
  const Output raw =
      graph.apply_op("DecodeRaw", {Input("\x02")}, {{"out_type", DType::kBool}}).output();
  const Output scalar = graph.apply_op("Squeeze", {Input(raw)}).output();
  graph.apply_op("Switch", {Input(1.0F), Input(restored)}, {}, "by_file");
  graph.apply_op("Switch", {Input(1.0F), Input(scalar)}, {}, "by_text");
  Session session(graph, allowed());
  EXPECT_EQ(session.run("by_file:1").item<float>(), 1);
  EXPECT_EQ(session.run("by_text:1").item<float>(), 1);
}

TEST_F(IoOps, VersionOneIsReadButNotWritten) {
  GraphBuilder graph;
  graph.apply_op("Save",
                 {Input(path("old")), Input(strings({"a"})), std::vector<Input>{Input(kNumbers)}},
                 {}, "save");
  EXPECT_EQ(failure(graph, "save", allowed()).code(), Code::kUnimplemented);
}

}  // namespace
}  // namespace icecore::inline v0
