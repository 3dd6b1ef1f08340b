// What write_graph leaves behind when the file system fails, at every single step.
#include <gtest/gtest.h>
#include <icecore/error.h>

#include "graph/graph_data.h"
#include "graph/graph_writer.h"
#include "graph/node_def.h"
#include "io/faulty_file_system.h"

namespace icecore::inline v0 {
namespace {

// Larger than what is gathered into one write.
Graph graph_of_several_writes() {
  std::vector<Span> nodes;
  for (int i = 0; i < 3; ++i) {
    const std::string text(1 << 20, 'x');
    nodes.push_back(NodeWriter("c" + std::to_string(i), text).finish());
  }
  return make_graph(std::move(nodes), {});
}

TEST(WriteGraph, AtEveryStepTheOldFileOrTheNewIsThereAlone) {
  const Graph graph = graph_of_several_writes();
  MemoryFileSystem whole;
  write_graph(whole, "g.pb", graph, Durability::kRename);
  const std::string expected = whole.get("g.pb");
  for (const bool is_old_there : {false, true}) {
    std::size_t step = 0;
    for (bool thrown = true; thrown; ++step) {
      SCOPED_TRACE(step);
      FaultyFileSystem files;
      if (is_old_there) files.files().put("run/g.pb", "old");
      files.files().create_folder(is_old_there ? "other" : "run");
      files.fail_after(step);
      thrown = false;
      try {
        write_graph(files, "run/g.pb", graph, Durability::kSync);
      } catch (const Error& error) {
        thrown = true;
        EXPECT_EQ(error.code(), Code::kResourceExhausted);
      }
      EXPECT_EQ(thrown, files.failed());
      EXPECT_LE(files.list("run").size(), 1u);
      if (files.is_file("run/g.pb")) {
        const std::string content = files.files().get("run/g.pb");
        EXPECT_TRUE(content == expected || (thrown && is_old_there && content == "old"));
      } else {
        EXPECT_TRUE(thrown && !is_old_there && files.list("run").empty());
      }
    }
    EXPECT_GT(step, 6u);
  }
}

}  // namespace
}  // namespace icecore::inline v0
