// The nodes that gradient functions of reductions add, against tf.gradients of 1.15.5
// (tests/golden/reduction_gradients.py).
#include <gtest/gtest.h>
#include <icecore/gradients.h>
#include <icecore/graph_builder.h>

#include <map>
#include <string>
#include <vector>

#include "ops/added_nodes.h"

namespace icecore::inline v0 {
namespace {

using Ints = std::vector<std::int32_t>;

Tensor vector_of(const Ints& values) {
  return Tensor::of<std::int32_t>(Shape{static_cast<std::int64_t>(values.size())}, values);
}
Tensor scalar_of(std::int32_t value) {
  return Tensor::scalar(value);
}

template <typename Items, typename Text>
std::string join(const Items& items, Text&& text) {
  std::string joined;
  for (const auto& item : items) joined += (joined.empty() ? "" : ",") + text(item);
  return joined;
}

std::string text_of(const Operation& node) {
  std::vector<std::string> beside = node.colocation_groups();
  std::erase(beside, node.name());  // What it says of a node that isn't colocated.
  return node.name() + " " + node.type() + " " +
         join(node.inputs(), [](const Output& input) { return input.name(); }) + " " +
         join(node.control_inputs(), [](const Operation& input) { return "^" + input.name(); }) +
         " " + node.device() + " " +
         join(beside, [](const std::string& group) { return "loc:@" + group; }) + "\n";
}

class ReductionGradients : public testing::Test {
 protected:
  void check(const std::string& title, const std::string& op, const Shape& shape,
             const std::vector<Tensor>& constants, const AttrList& attrs = {}, int times = 1) {
    GraphBuilder graph;
    const Output x = graph.placeholder(DType::kFloat32, shape);
    std::vector<OpInput> inputs = {Input(x)};
    for (const Tensor& constant : constants) inputs.emplace_back(Input(graph.constant(constant)));
    std::vector<Output> ys;
    for (int i = 0; i < times; ++i) {
      ys.push_back(graph.apply_op(op, inputs, attrs, "op" + std::to_string(i)).output());
    }
    const int before = graph.num_operations();
    gradients(graph, ys, {x});
    std::string text;
    for (int i = before; i < graph.num_operations(); ++i) text += text_of(graph.operation(i));
    ASSERT_TRUE(wanted_.contains(title)) << title;
    EXPECT_EQ(text, wanted_[title]) << title;
    ++checked_;
  }

  std::map<std::string, std::string> wanted_ = golden_parts("reduction_gradients");
  std::size_t checked_ = 0;
};

TEST_F(ReductionGradients, AreTensorFlowsNodeForNode) {
  for (const std::string op : {"Sum", "Mean", "Max", "Prod"}) {
    if (op != "Prod") {  // The script says why.
      check(op, op, {2, 3}, {vector_of({1})});
      check(op + "_all", op, {2, 3}, {vector_of({0, 1})});
      check(op + "_scalar_axis", op, {2, 3}, {scalar_of(-1)}, {{"keep_dims", true}});
    }
    check(op + "_partly", op, {-1, 3}, {vector_of({0, 1})});
    check(op + "_unknown", op, {-1, 3}, {vector_of({1})});
    check(op + "_no_rank", op, Shape::unknown_rank(), {vector_of({1})});
  }
  const Tensor wide_axis = Tensor::of<std::int64_t>({1}, {1});
  check("Sum_int64", "Sum", {2, 3}, {wide_axis});
  check("Mean_int64_unknown", "Mean", {-1, 3}, {wide_axis});
  check("Sum_no_axes", "Sum", {2, 3}, {vector_of({})});
  check("Mean_no_axes_unknown", "Mean", {-1, 3}, {vector_of({})});
  check("Sum_twice", "Sum", {2, 3}, {vector_of({1})}, {}, 2);
  check("Min", "Min", {2, 3}, {vector_of({1})});
  for (const bool exclusive : {false, true}) {
    for (const bool reverse : {false, true}) {
      const AttrList flags{{"exclusive", exclusive}, {"reverse", reverse}};
      const std::string tag = std::to_string(exclusive) + std::to_string(reverse);
      check("Cumsum" + tag, "Cumsum", {2, 3}, {scalar_of(1)}, flags);
      check("Cumprod" + tag, "Cumprod", {2, 3}, {scalar_of(1)}, flags);
    }
  }
  const Tensor ids = vector_of({0, 0, 1});
  for (const char* const op : {"SegmentSum", "SegmentMean", "SegmentMax", "SegmentMin"}) {
    check(op, op, {3, 2}, {ids});
  }
  for (const char* const op :
       {"UnsortedSegmentSum", "UnsortedSegmentMax", "UnsortedSegmentMin", "UnsortedSegmentProd"}) {
    check(op, op, {3, 2}, {ids, scalar_of(3)});
  }
  check("UnsortedSegmentSum_unknown", "UnsortedSegmentSum", {-1, 2}, {ids, scalar_of(3)});
  for (const std::string op : {"SparseSegmentSum", "SparseSegmentMean", "SparseSegmentSqrtN"}) {
    check(op, op, {3, 2}, {vector_of({0, 1, 1}), ids});
    check(op + "WithNumSegments", op + "WithNumSegments", {3, 2},
          {vector_of({0, 1, 1}), ids, scalar_of(4)});
  }
  EXPECT_EQ(checked_, wanted_.size());
}

}  // namespace
}  // namespace icecore::inline v0
