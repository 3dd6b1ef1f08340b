#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/session.h>

#include <limits>
#include <thread>
#include <vector>

#include "runtime/graph_text.h"

namespace icecore::inline v0 {
namespace {

TEST(Session, GivesWhatIsFetched) {
  GraphBuilder graph;
  const Output a = graph.constant(Tensor::of<float>({2}, {1, 2}), "a");
  const Output b = graph.identity(a, "b");
  Session session(graph);
  EXPECT_EQ(session.run(b).values<float>()[1], 2);
  const std::vector<Tensor> both = session.run({}, {"b:0", "a:0", "b:0"});
  ASSERT_EQ(both.size(), 3U);
  EXPECT_EQ(both[1].values<float>()[0], 1);
}

TEST(Session, GivesAnEmptyTensorForAnOperation) {
  GraphBuilder graph;
  graph.no_op("nothing");
  Session session(graph);
  EXPECT_EQ(session.run("nothing").num_elements(), 0);
}

TEST(Session, TakesFedValuesInsteadOfComputing) {
  GraphBuilder graph;
  const Output x = graph.placeholder(DType::kFloat32, Shape({-1}), "x");
  const Output y = graph.identity(x, "y");
  graph.identity(y, "z");
  Session session(graph);
  EXPECT_EQ(session.run({{"x:0", Tensor::of<float>({1}, {3})}}, "z:0").values<float>()[0], 3);
  // Any tensor can be fed; then nothing before it is needed.
  EXPECT_EQ(session.run({{"y", Tensor::of<float>({1}, {4})}}, "z:0").values<float>()[0], 4);
  EXPECT_EQ(session.run({{"y", Tensor::of<float>({1}, {5})}}, "y:0").values<float>()[0], 5);
}

TEST(Session, TensorsWithoutElementsTakeNoMemoryHoweverLargeTheirDimensions) {
  constexpr std::int64_t kHuge = std::int64_t{1} << 40;
  constexpr std::int32_t kLarge = std::numeric_limits<std::int32_t>::max();
  const auto nothing = [](DType dtype, const Shape& shape) { return Input(Tensor(dtype, shape)); };
  const Input floats = nothing(DType::kFloat32, {kHuge, 0});
  const Input ids = nothing(DType::kInt32, {0});
  const Input no_image = nothing(DType::kFloat32, {0, 1, 1, 1});
  const Input size = Tensor::of<std::int32_t>({2}, {kLarge, kLarge});
  GraphBuilder graph;
  std::vector<Output> outputs;
  const auto add = [&](const char* op, const std::vector<OpInput>& inputs) {
    outputs.push_back(graph.apply_op(op, inputs).output());
  };
  add("SparseSegmentMeanGrad", {floats, ids, ids, 0});
  add("ScatterNd",
      {nothing(DType::kInt32, {kHuge, 0}), floats, Tensor::of<std::int32_t>({1}, {0})});
  add("ResizeBilinear", {no_image, size});
  add("ResizeNearestNeighbor", {no_image, size});
  add("MatrixDiag", {nothing(DType::kFloat32, {0, kHuge})});
  Session session(graph, {.memory_limit = 1 << 16});
  for (const Output& output : outputs) {
    EXPECT_EQ(session.run(output).num_elements(), 0) << output.name();
  }
}

TEST(Session, FollowsTheGraphAsItGrows) {
  GraphBuilder graph;
  const Output a = graph.constant(Tensor::scalar(1.0F), "a");
  Session session(graph);
  EXPECT_EQ(session.run(a).item<float>(), 1);
  const Output b = graph.identity(a, "later");
  EXPECT_EQ(session.run(b).item<float>(), 1);
}

TEST(Session, RunsFromManyThreadsAtOnce) {
  GraphBuilder graph;
  const Output x = graph.placeholder(DType::kInt32, Shape(), "x");
  graph.identity(x, "y");
  Session session(graph);
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 200; ++i) {
        const Tensor y = session.run({{"x:0", Tensor::scalar(1000 * t + i)}}, "y:0");
        if (y.item<std::int32_t>() != 1000 * t + i) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(Session, TakesNoMoreThreadsThanThereCanBe) {
  GraphBuilder graph;
  const Output b = graph
                       .apply_op("MatMul", {Input(Tensor::of<float>({1, 2}, {1, 2})),
                                            Input(Tensor::of<float>({2, 1}, {3, 4}))})
                       .output();
  Session session(graph, {.intra_op_threads = 1 << 30});
  EXPECT_EQ(session.run(b).item<float>(), 11);
}

TEST(Session, CallsFunctionsOfTheProgramByTokenOrByNode) {
  const Graph graph = graph_of(R"(
    node { name: "x" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } }
           attr { key: "value" value { tensor { dtype: DT_FLOAT tensor_shape {} float_val: 3 } } } }
    node { name: "f" op: "PyFunc" input: "x" attr { key: "token" value { s: "pyfunc_0" } }
           attr { key: "Tin" value { list { type: DT_FLOAT } } }
           attr { key: "Tout" value { list { type: DT_FLOAT } } } })");
  const auto twice = [](std::span<const Tensor> inputs) {
    return std::vector<Tensor>{Tensor::scalar(2 * inputs[0].item<float>())};
  };
  Session session(graph);
  EXPECT_THROW(session.run("f:0"), Error);
  session.set_host_function("pyfunc_0", twice);
  EXPECT_EQ(session.run("f:0").item<float>(), 6);
  Session by_node(graph, {.host_functions = {{"f", twice}}});
  EXPECT_EQ(by_node.run("f:0").item<float>(), 6);
  session.set_host_function("pyfunc_0", [](std::span<const Tensor>) -> std::vector<Tensor> {
    throw std::runtime_error("no");
  });
  try {
    session.run("f:0");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kUnknown);
  }
}

}  // namespace
}  // namespace icecore::inline v0
