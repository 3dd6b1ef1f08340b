// The twin of 02_saver_options: what the Saver's arguments do, and the functions that look at what
// it leaves.
#include <gtest/gtest.h>
#include <icecore/array.h>
#include <icecore/checkpoint.h>
#include <icecore/checkpoint_state.h>
#include <icecore/saver.h>
#include <icecore/session.h>
#include <icecore/variable.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "twins/graph_compare.h"

namespace icecore::inline v0 {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

// A folder of the test's own, which is the current one meanwhile.
class SaverOptionsScript : public testing::Test {
 protected:
  SaverOptionsScript() : before_(fs::current_path()) {
    here_ = fs::path(testing::TempDir()) / "icecore_saver_options";
    fs::remove_all(here_);
    fs::create_directories(here_);
    fs::current_path(here_);
  }
  ~SaverOptionsScript() override {
    fs::current_path(before_);
    fs::remove_all(here_);
  }

  static std::string text(const std::string& path) {
    std::ostringstream all;
    all << std::ifstream(path).rdbuf();
    return all.str();
  }
  static Names files(const std::string& folder = ".") {
    Names names;
    for (const auto& entry : fs::directory_iterator(folder)) {
      names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }
  static Names files_of(const std::string& prefix, const std::string& graph = "meta") {
    return {prefix + ".data-00000-of-00001", prefix + ".index", prefix + "." + graph};
  }

 private:
  fs::path before_, here_;
};

TEST_F(SaverOptionsScript, LeavesTheScriptsFilesAndGraph) {
  GraphBuilder graph(standard_ops());
  const Variable step = make_variable(graph, 0, {.name = "global_step", .trainable = false});
  const Variable a =
      make_variable(graph, graph.constant(Tensor::of<float>(Shape({3}), {1, 1, 1})), {.name = "a"});
  EXPECT_EQ(latest_checkpoint("./"), std::nullopt);
  EXPECT_EQ(get_checkpoint_state("./"), std::nullopt);
  EXPECT_FALSE(checkpoint_exists("./m"));

  Session session(graph);
  const Variable b = get_variable(graph, "b", Shape({2, 2}), {.initializer = ones_initializer()});
  session.run(global_variables_initializer(graph));
  Saver saver(graph, {.var_list = SaveableList{a, b}, .max_to_keep = 2});
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(saver.save(session, "pair", {.global_step = i * 10}),
              "pair-" + std::to_string(i * 10));
  }
  Names expected = {"checkpoint"};
  for (const char* prefix : {"pair-20", "pair-30"}) {
    for (const std::string& name : files_of(prefix)) expected.push_back(name);
  }
  EXPECT_EQ(files(), expected);
  EXPECT_EQ(text("checkpoint"),
            "model_checkpoint_path: \"pair-30\"\nall_model_checkpoint_paths: \"pair-20\"\n"
            "all_model_checkpoint_paths: \"pair-30\"\n");

  fs::create_directory("named");
  Saver by_name(graph, {.var_list = SaveableMap{{"alpha", a}}, .max_to_keep = {}});
  const auto save_named = [&](bool graph_too) {
    return by_name.save(
        session, "./named/m",
        {.global_step = step, .latest_filename = "newest", .write_meta_graph = graph_too});
  };
  session.assign("global_step", Tensor::scalar(4));
  EXPECT_EQ(save_named(true), "./named/m-4");
  session.assign("global_step", Tensor::scalar(5));
  EXPECT_EQ(save_named(false), "./named/m-5");
  EXPECT_EQ(text("named/newest"),
            "model_checkpoint_path: \"m-5\"\nall_model_checkpoint_paths: \"m-5\"\n");
  EXPECT_EQ(latest_checkpoint("named"), std::nullopt);
  EXPECT_EQ(latest_checkpoint("named", "newest"), "named/m-5");
  ASSERT_EQ(list_variables("named/m-5").size(), 1u);
  EXPECT_EQ(list_variables("named/m-5")[0].name, "alpha");
  EXPECT_EQ(load_variable("named/m-5", "alpha:0").num_elements(), 3);

  fs::create_directory("all");
  Saver every(graph, {.max_to_keep = 3,
                      .keep_checkpoint_every_n_hours = 2,
                      .name = "keeper",
                      .pad_step_number = true});
  for (const int number : {1, 22, 333, 4444}) {
    session.assign("global_step", Tensor::scalar(number));
    every.save(session, "all/padded", {.global_step = step, .meta_graph_suffix = "graph"});
  }
  expected = {"checkpoint"};
  for (const char* prefix : {"padded-00000022", "padded-00000333", "padded-00004444"}) {
    Names names = files_of(prefix, "graph");
    expected.insert(expected.end(), names.begin(), names.end());
  }
  std::ranges::sort(expected);
  EXPECT_EQ(files("all"), expected);
  EXPECT_TRUE(checkpoint_exists("all/padded-00000333"));
  EXPECT_FALSE(checkpoint_exists("all/padded-00000001"));
  EXPECT_EQ(every.saver_def().filename_tensor_name, "keeper/Const:0");
  EXPECT_EQ(every.saver_def().save_tensor_name, "keeper/control_dependency:0");
  EXPECT_EQ(every.saver_def().restore_op_name, "keeper/restore_all");

  Saver again(graph, {.max_to_keep = 2});
  again.recover_last_checkpoints({"all/padded-00000333", "all/padded-00004444", "all/gone"});
  EXPECT_EQ(again.last_checkpoints(), (Names{"all/padded-00000333", "all/padded-00004444"}));
  again.set_last_checkpoints({"pair-20", "pair-30"});
  EXPECT_EQ(again.last_checkpoints(), (Names{"pair-20", "pair-30"}));
  update_checkpoint_state(".", "pair-50", {"pair-30"});
  EXPECT_EQ(text("checkpoint"),
            "model_checkpoint_path: \"pair-50\"\nall_model_checkpoint_paths: \"pair-30\"\n"
            "all_model_checkpoint_paths: \"pair-50\"\n");
  remove_checkpoint("pair-30");
  EXPECT_FALSE(checkpoint_exists("pair-30"));
  EXPECT_FALSE(fs::exists("pair-30.meta"));

  // Back from the disk, the Session's variables.
  session.assign("a", Tensor::of<float>(Shape({3}), {7, 7, 7}));
  saver.restore(session, "pair-20");
  EXPECT_EQ(session.run("a:0").values<float>()[2], 1);
}

}  // namespace
}  // namespace icecore::inline v0
