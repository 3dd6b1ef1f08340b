// The streams of random ops, where golden cases (op_cases/random_numbers.py) don't reach: later
// runs of one node, threads, long outputs. Values are those of TensorFlow 1.15.5.
#include <gtest/gtest.h>
#include <icecore/error.h>

#include <algorithm>
#include <string>

#include "ops/run_op.h"
#include "proto/schema.h"
#include "proto/text_parser.h"

namespace icecore::inline v0 {
namespace {

// A node whose kernel lives on from run to run.
class RandomNode {
 public:
  explicit RandomNode(const std::string& text)
      : span_(parse_text(text, *find_message("NodeDef"))),
        info_(span_, standard_ops().signature(op_of(text))),
        kernel_(standard_ops().find(op_of(text))->kernel(info_)) {}

  Tensor run(const std::vector<Tensor>& inputs, int threads = 2) {
    ThreadPool pool(threads);
    RunServices services;
    services.threads = &pool;
    std::vector<Value> values;
    for (const Tensor& input : inputs) values.push_back({input, nullptr, true});
    std::vector<Value> outputs(info_.outputs().size());
    KernelContext context(info_, values, outputs, services);
    kernel_.compute(context);
    return context.outputs()[0].tensor;
  }

 private:
  static std::string op_of(const std::string& text) {
    const std::size_t begin = text.find("op: \"") + 5;
    return text.substr(begin, text.find('"', begin) - begin);
  }
  Span span_;
  NodeInfo info_;
  Kernel kernel_;
};

std::string node(const std::string& op, const std::string& attrs, int seed = 1, int seed2 = 2) {
  return "name: \"r\" op: \"" + op + "\" attr { key: \"seed\" value { i: " + std::to_string(seed) +
         " } } attr { key: \"seed2\" value { i: " + std::to_string(seed2) + " } } " + attrs;
}

const char* const kFloat = R"(attr { key: "dtype" value { type: DT_FLOAT } }
                              attr { key: "T" value { type: DT_INT32 } })";

Tensor dims(std::int32_t n) {
  return Tensor::of<std::int32_t>({1}, {n});
}

TEST(Random, ALaterRunGoesOnWhereTheLastOnesShareEnded) {
  RandomNode uniform(node("RandomUniform", kFloat));
  EXPECT_EQ(uniform.run({dims(8)}).values<float>()[0], 0.40639675f);
  const Tensor second = uniform.run({dims(8)});
  EXPECT_EQ(second.values<float>()[0], 0.08936465f);
  EXPECT_EQ(second.values<float>()[1], 0.9779253f);

  RandomNode shuffle(node("RandomShuffle", R"(attr { key: "T" value { type: DT_INT32 } })"));
  const Tensor row = Tensor::of<std::int32_t>({8}, {0, 1, 2, 3, 4, 5, 6, 7});
  const auto items = [](const Tensor& tensor) {
    const auto values = tensor.values<std::int32_t>();
    return std::vector<std::int32_t>(values.begin(), values.end());
  };
  EXPECT_EQ(items(shuffle.run({row})), (std::vector<std::int32_t>{7, 4, 2, 0, 3, 6, 1, 5}));
  EXPECT_EQ(items(shuffle.run({row})), (std::vector<std::int32_t>{5, 3, 4, 7, 6, 0, 2, 1}));
}

TEST(Random, AnotherNodeOfTheSameSeedsStartsOver) {
  RandomNode first(node("RandomUniform", kFloat)), second(node("RandomUniform", kFloat));
  first.run({dims(8)});
  EXPECT_EQ(second.run({dims(8)}).values<float>()[0], 0.40639675f);
}

TEST(Random, LongOutputsAreTheSameFromAnyNumberOfThreads) {
  for (const char* const op : {"RandomUniform", "RandomStandardNormal", "TruncatedNormal"}) {
    RandomNode alone(node(op, kFloat)), shared(node(op, kFloat));
    const Tensor one = alone.run({dims(1000003)}, 1), three = shared.run({dims(1000003)}, 3);
    EXPECT_TRUE(std::ranges::equal(one.bytes(), three.bytes())) << op;
    if (op == std::string("RandomUniform")) {
      EXPECT_EQ(one.values<float>()[999999], 0.041710854f);
    }
  }
}

TEST(Random, WithoutSeedsTwoNodesDiffer) {
  RandomNode first(node("RandomUniform", kFloat, 0, 0)),
      second(node("RandomUniform", kFloat, 0, 0));
  const Tensor a = first.run({dims(8)}), b = second.run({dims(8)});
  EXPECT_FALSE(std::ranges::equal(a.bytes(), b.bytes()));
}

TEST(Random, ShapesTooLargeToCountAreRefused) {
  RandomNode uniform(node("RandomUniform", R"(attr { key: "dtype" value { type: DT_FLOAT } }
                                              attr { key: "T" value { type: DT_INT64 } })"));
  const Tensor huge = Tensor::of<std::int64_t>({3}, {1LL << 40, 1LL << 40, 1LL << 40});
  EXPECT_THROW(uniform.run({huge}), Error);
}

}  // namespace
}  // namespace icecore::inline v0
