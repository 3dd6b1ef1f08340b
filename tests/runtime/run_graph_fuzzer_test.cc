// What the fuzzer of fuzz/run_graph.cc has found, and its corpus, also where no fuzzer is built;
// and some mutations of it, the same ones each time.
#include <gtest/gtest.h>
#include <icecore/import_graph_def.h>
#include <icecore/session.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "graph/failure.h"
#include "runtime/graph_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace icecore::inline v0 {
namespace {

void run_input(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

std::vector<std::string> corpus() {
  const std::filesystem::path folder =
      std::filesystem::path(ICECORE_TEST_DATA) / ".." / ".." / "fuzz" / "corpus" / "run_graph";
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  std::vector<std::string> inputs;
  for (const std::filesystem::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return inputs;
}

TEST(RunGraphFuzzer, ItsCorpusIsRunOrRefused) {
  const std::vector<std::string> inputs = corpus();
  EXPECT_GT(inputs.size(), 200U);
  for (const std::string& input : inputs) run_input(input);
}

TEST(RunGraphFuzzer, SmallChangesOfItsCorpusAreRunOrRefused) {
  std::mt19937 random(5);  // The same numbers everywhere.
  for (std::string input : corpus()) {
    for (int i = 0; i < 3; ++i) {
      input[random() % input.size()] ^= static_cast<char>(1U << random() % 8);
      run_input(input);
    }
  }
}

TEST(Untrusted, ABoolOfAnyByteDecidesASwitch) {
  Session session(graph_of(R"(
    node { name: "p" op: "Const" attr { key: "dtype" value { type: DT_BOOL } }
           attr { key: "value" value { tensor { dtype: DT_BOOL tensor_shape { } tensor_content: "\200" } } } }
    node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_BOOL } } }
    node { name: "s" op: "Switch" input: "x" input: "p" attr { key: "T" value { type: DT_BOOL } } }
    node { name: "t" op: "Switch" input: "p" input: "x" attr { key: "T" value { type: DT_BOOL } } })"));
  Tensor odd(DType::kBool, Shape());
  odd.mutable_bytes()[0] = std::byte{0x80};
  EXPECT_EQ(session.run({{"x:0", odd}}, "s:1").bytes()[0], std::byte{1});
  EXPECT_EQ(session.run({{"x:0", odd}}, "t:1").bytes()[0], std::byte{1});
}

TEST(Untrusted, BoolsThatAProgramHandsInAreZeroOrOne) {
  Session session(graph_of(R"(
    node { name: "v" op: "VariableV2" attr { key: "dtype" value { type: DT_BOOL } }
           attr { key: "shape" value { shape { } } } }
    node { name: "f" op: "PyFunc" attr { key: "token" value { s: "odd" } }
           attr { key: "Tin" value { list { } } }
           attr { key: "Tout" value { list { type: DT_BOOL } } } }
    node { name: "s" op: "Switch" input: "f" input: "v" attr { key: "T" value { type: DT_BOOL } } }
    node { name: "t" op: "Switch" input: "f" input: "f" attr { key: "T" value { type: DT_BOOL } } })"));
  Tensor odd(DType::kBool, Shape());
  odd.mutable_bytes()[0] = std::byte{0x80};
  session.set_host_function("odd",
                            [&](std::span<const Tensor>) { return std::vector<Tensor>{odd}; });
  session.assign("v", odd);
  EXPECT_EQ(session.run("s:1").bytes()[0], std::byte{1});
  EXPECT_EQ(session.run("t:1").bytes()[0], std::byte{1});
  EXPECT_EQ(odd.bytes()[0], std::byte{0x80});  // The program's own tensor stays as it is.
}

TEST(Untrusted, OutputShapesOfAnotherKindAreRefused) {
  const Graph source = graph_of(R"(
    node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_BOOL } }
           attr { key: "_output_shapes" value { list { i: 3 } } } })");
  GraphBuilder graph;
  EXPECT_EQ(failure([&] { import_graph_def(graph, source, {.name = ""}); }),
            "ValueError: Node 'x': _output_shapes is no list of shapes");
}

}  // namespace
}  // namespace icecore::inline v0
