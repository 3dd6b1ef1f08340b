// What the golden cases of element-wise ops can't say (tests/golden/op_cases/arithmetic.py).
#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/kernel.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "ops/run_op.h"
#include "proto/schema.h"
#include "proto/text_parser.h"

namespace icecore::inline v0 {
namespace {

std::string node(const std::string& op, const std::string& dtype) {
  return "name: 'n' op: '" + op + "' attr { key: 'T' value { type: " + dtype + " } }";
}

std::optional<Code> failure(const std::string& node, const std::vector<Tensor>& inputs,
                            std::string* message = nullptr) {
  try {
    run_op(node, inputs);
  } catch (const Error& error) {
    if (message != nullptr) *message = error.message();
    return error.code();
  }
  return std::nullopt;
}

TEST(IntegerDivision, TheLowestByMinusOneWrapsAround) {
  constexpr std::int32_t kLowest = std::numeric_limits<std::int32_t>::min();
  const std::vector<Tensor> inputs = {Tensor::of<std::int32_t>({2}, {kLowest, 7}),
                                      Tensor::of<std::int32_t>({}, {-1})};
  for (const char* op : {"FloorDiv", "TruncateDiv", "Div"}) {
    const Tensor quotient = run_op(node(op, "DT_INT32"), inputs).at(0);
    EXPECT_EQ(quotient.values<std::int32_t>()[0], kLowest) << op;
    EXPECT_EQ(quotient.values<std::int32_t>()[1], -7) << op;
  }
  for (const char* op : {"FloorMod", "TruncateMod", "Mod"}) {
    EXPECT_EQ(run_op(node(op, "DT_INT32"), inputs).at(0).values<std::int32_t>()[0], 0) << op;
  }
}

TEST(IntegerDivision, ByZeroIsAnErrorInTensorFlowsWords) {
  for (const char* op : {"Div", "FloorDiv", "FloorMod", "Mod", "TruncateDiv", "TruncateMod"}) {
    std::string message;
    EXPECT_EQ(
        failure(node(op, "DT_INT64"),
                {Tensor::of<std::int64_t>({2}, {1, 2}), Tensor::of<std::int64_t>({2}, {1, 0})},
                &message),
        Code::kInvalidArgument)
        << op;
    EXPECT_EQ(message, "Integer division by zero") << op;
  }
}

// The answer's bits, computed so many bytes further down the stack.
std::vector<std::byte> bits_below(std::size_t bytes, const std::string& node,
                                  const std::vector<Tensor>& inputs) {
  void* volatile room = __builtin_alloca(bytes);
  EXPECT_NE(room, nullptr);
  const Tensor out = run_op(node, inputs).at(0);
  return {out.bytes().begin(), out.bytes().end()};
}

// A training that goes on in another process must get the same numbers.
TEST(Activations, AreTheSameWhereverTheStackIs) {
  std::vector<float> floats;
  std::vector<double> doubles;
  for (int i = 0; i < 200; ++i) {
    doubles.push_back(-0.0371 * (i + 1));
    floats.push_back(static_cast<float>(doubles.back()));
  }
  const Tensor x = Tensor::of<float>({200}, floats), wide = Tensor::of<double>({200}, doubles);
  for (const std::string op : {"Elu", "Selu", "Softplus", "SoftplusGrad"}) {
    const std::size_t inputs = op == "SoftplusGrad" ? 2 : 1;
    for (const Tensor& tensor : {x, wide}) {
      const std::string of = node(op, tensor.dtype() == x.dtype() ? "DT_FLOAT" : "DT_DOUBLE");
      const std::vector<Tensor> values(inputs, tensor);
      const std::vector<std::byte> here = bits_below(16, of, values);
      for (const std::size_t bytes : {32, 48, 64, 80}) {
        EXPECT_EQ(bits_below(bytes, of, values), here) << of << bytes;
      }
    }
  }
}

TEST(Gradients, OfAnotherShapeThanTheirTensorAreRefused) {
  EXPECT_EQ(failure(node("TanhGrad", "DT_FLOAT"),
                    {Tensor::of<float>({2}, {1, 2}), Tensor::of<float>({2, 1}, {1, 2})}),
            Code::kInvalidArgument);
}

TEST(Select, TheConditionOfOneElementIsSpreadLikeAVector) {
  const std::string select = node("Select", "DT_FLOAT");
  const Tensor x = Tensor::of<float>({1, 2}, {1, 2}), y = Tensor::of<float>({1, 2}, {3, 4});
  const Tensor rows = run_op(select, {Tensor::of<bool>({1}, {false}), x, y}).at(0);
  EXPECT_EQ(rows.values<float>()[1], 4);
  EXPECT_EQ(failure(select, {Tensor::of<bool>({2, 1}, {true, false}), x, y}),
            Code::kInvalidArgument);
}

// A kernel gets its input for itself where nobody else holds it.
TEST(Elementwise, TheOutputTakesTheMemoryOfAnInputThatNobodyElseHolds) {
  const NodeInfo info(parse_text(node("Sub", "DT_FLOAT"), *find_message("NodeDef")),
                      standard_ops().signature("Sub"));
  const Kernel kernel = standard_ops().find("Sub")->kernel(info);
  TestServices services;
  std::vector<Value> inputs(2);
  inputs[0].tensor = Tensor::scalar<float>(10);
  inputs[1].tensor = Tensor::of<float>({3}, {1, 2, 3});
  const std::byte* const memory = inputs[1].tensor.bytes().data();
  std::vector<Value> outputs(info.outputs().size());
  KernelContext context(info, inputs, outputs, services.get());
  kernel.compute(context);
  const Tensor& output = outputs.at(0).tensor;
  EXPECT_EQ(output.bytes().data(), memory);
  EXPECT_EQ(output.values<float>()[2], 7);
}

TEST(Elementwise, AnInputThatSomeoneHoldsStaysAsItIs) {
  const Tensor held = Tensor::of<float>({3}, {1, 2, 3});
  const Tensor output = run_op(node("Neg", "DT_FLOAT"), {held}).at(0);
  EXPECT_NE(output.bytes().data(), held.bytes().data());
  EXPECT_EQ(held.values<float>()[0], 1);
}

}  // namespace
}  // namespace icecore::inline v0
