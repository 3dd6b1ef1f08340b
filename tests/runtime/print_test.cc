#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/session.h>

#include <limits>

namespace icecore::inline v0 {
namespace {

// What Assert shows of the value, which is what TensorFlow 1.15.5 shows.
std::string shown(const Tensor& value) {
  GraphBuilder graph;
  graph.apply_op("Assert",
                 {Input(Tensor::scalar(false)), std::vector<Input>{Input(graph.constant(value))}},
                 {{"summarize", std::int64_t{5}}}, "check");
  try {
    Session(graph).run("check");
  } catch (const Error& error) {
    const std::string message = error.message();
    return message.substr(0, message.find('\n'));
  }
  return "";
}

TEST(Assert, ShowsValuesAsTensorFlowDoes) {
  EXPECT_EQ(shown(Tensor::of<int>({2, 2}, {1, 2, 3, 4})), "assertion failed: [[1 2][3 4]]");
  EXPECT_EQ(shown(Tensor::of<int>({3, 2}, {1, 2, 3, 4, 5, 6})),
            "assertion failed: [[1 2][3 4][5...]...]");
  EXPECT_EQ(shown(Tensor::of<int>({2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8})),
            "assertion failed: [[[1 2][3 4]][[5...]]...]");
  EXPECT_EQ(shown(Tensor::of<bool>({6}, {true, false, true, true, false, true})),
            "assertion failed: [1 0 1 1 0...]");
  EXPECT_EQ(shown(Tensor::of<std::string>({2}, {"a", "bc\n"})), "assertion failed: [a bc\\n]");
  EXPECT_EQ(shown(Tensor(DType::kFloat32, Shape({2, 0}))), "assertion failed: []");
}

TEST(Assert, ShowsAsManyDigitsAsAreNeeded) {
  EXPECT_EQ(shown(Tensor::scalar(0.1F)), "assertion failed: [0.1]");
  EXPECT_EQ(shown(Tensor::scalar(123456789.0F)), "assertion failed: [123456792]");
  EXPECT_EQ(shown(Tensor::scalar(3.14159274F)), "assertion failed: [3.14159274]");
  EXPECT_EQ(shown(Tensor::scalar(1e-8F)), "assertion failed: [1e-08]");
  EXPECT_EQ(shown(Tensor::scalar(-0.0F)), "assertion failed: [-0]");
  EXPECT_EQ(shown(Tensor::scalar(1.0 / 3)), "assertion failed: [0.33333333333333331]");
  EXPECT_EQ(shown(Tensor::scalar(std::numeric_limits<float>::infinity())),
            "assertion failed: [inf]");
  EXPECT_EQ(shown(Tensor::scalar(std::numeric_limits<float>::quiet_NaN())),
            "assertion failed: [nan]");
}

}  // namespace
}  // namespace icecore::inline v0
