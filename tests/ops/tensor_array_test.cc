// Tensor arrays and stacks: what one node writes, another reads.
#include <gtest/gtest.h>
#include <icecore/error.h>

#include <limits>

#include "ops/run_op.h"
#include "proto/schema.h"
#include "proto/text_parser.h"

namespace icecore::inline v0 {
namespace {

class TensorArrays : public testing::Test {
 protected:
  std::vector<Tensor> run(const std::string& op, const std::vector<Tensor>& inputs,
                          const std::string& attrs = "") {
    const std::string node = "name: \"n\" op: \"" + op + "\" " + attrs;
    return run_node(parse_text(node, *find_message("NodeDef")), inputs, services_.get());
  }

  // The message of the error that running the op is; empty where it goes well.
  std::string fault(const std::string& op, const std::vector<Tensor>& inputs,
                    const std::string& attrs = "") {
    try {
      run(op, inputs, attrs);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::kInvalidArgument);
      return error.message();
    }
    return "";
  }

  Tensor array(int size, const std::string& attrs = "") {
    return run("TensorArrayV3", {Tensor::scalar(size)}, kDtype + attrs)[0];
  }
  void write(const Tensor& handle, int index, const Tensor& value) {
    run("TensorArrayWriteV3", {handle, Tensor::scalar(index), value, flow_}, kT);
  }
  Tensor read(const Tensor& handle, int index) {
    return run("TensorArrayReadV3", {handle, Tensor::scalar(index), flow_}, kDtype)[0];
  }
  int size(const Tensor& handle) {
    return run("TensorArraySizeV3", {handle, flow_})[0].item<std::int32_t>();
  }
  static std::vector<float> floats(const Tensor& tensor) {
    const auto values = tensor.values<float>();
    return {values.begin(), values.end()};
  }

  const std::string kDtype = "attr { key: \"dtype\" value { type: DT_FLOAT } } ";
  const std::string kT = "attr { key: \"T\" value { type: DT_FLOAT } } ";
  const Tensor flow_ = Tensor::scalar(0.0F);
  const Tensor pair_ = Tensor::of<float>(Shape{2}, {1, 2});
  TestServices services_;
};

TEST_F(TensorArrays, GiveBackWhatWasWritten) {
  const Tensor handle = array(2);
  write(handle, 1, pair_);
  EXPECT_EQ(floats(read(handle, 1)), (std::vector<float>{1, 2}));
  EXPECT_EQ(size(handle), 2);
}

TEST_F(TensorArrays, AreReadOnceUnlessToldOtherwise) {
  const Tensor once = array(1);
  write(once, 0, pair_);
  read(once, 0);
  EXPECT_EQ(fault("TensorArrayReadV3", {once, Tensor::scalar(0), flow_}, kDtype),
            "TensorArray n: Could not read index 0 twice because it was cleared after a previous "
            "read (perhaps try setting clear_after_read = false?).");
  const Tensor often = array(1, "attr { key: \"clear_after_read\" value { b: false } }");
  write(often, 0, pair_);
  read(often, 0);
  EXPECT_EQ(floats(read(often, 0)), (std::vector<float>{1, 2}));
}

TEST_F(TensorArrays, AreWrittenOnce) {
  const Tensor handle = array(1);
  write(handle, 0, pair_);
  EXPECT_EQ(fault("TensorArrayWriteV3", {handle, Tensor::scalar(0), pair_, flow_}, kT),
            "TensorArray n: Could not write to TensorArray index 0 because it has already been "
            "written to.");
}

TEST_F(TensorArrays, GrowOnlyWhereTheyMay) {
  const Tensor fixed = array(1);
  EXPECT_EQ(fault("TensorArrayWriteV3", {fixed, Tensor::scalar(1), pair_, flow_}, kT),
            "TensorArray n: Tried to write to index 1 but array is not resizeable and size is: 1");
  const Tensor growing = array(0, "attr { key: \"dynamic_size\" value { b: true } }");
  write(growing, 4, pair_);
  EXPECT_EQ(size(growing), 5);
  EXPECT_NE(fault("TensorArrayWriteV3", {growing, Tensor::scalar(-1), pair_, flow_}, kT), "");
}

TEST_F(TensorArrays, TakeNoMemoryForAHugeSizeOrIndex) {
  EXPECT_EQ(size(array(2147483647)), 2147483647);
  const Tensor growing = array(0, "attr { key: \"dynamic_size\" value { b: true } }");
  write(growing, 2147483646, pair_);
  EXPECT_EQ(size(growing), 2147483647);
}

TEST_F(TensorArrays, KeepOneShapeWhereTheySaySo) {
  const Tensor handle = array(2, "attr { key: \"identical_element_shapes\" value { b: true } }");
  write(handle, 0, pair_);
  EXPECT_NE(
      fault("TensorArrayWriteV3", {handle, Tensor::scalar(1), Tensor::scalar(1.0F), flow_}, kT),
      "");
  EXPECT_EQ(read(handle, 1).shape(), Shape{2});  // Nobody wrote it: zeros.
}

TEST_F(TensorArrays, ScatterRowsAndGatherThem) {
  const Tensor handle = array(3, "attr { key: \"clear_after_read\" value { b: false } }");
  const Tensor rows = Tensor::of<float>(Shape{2, 2}, {1, 2, 3, 4});
  run("TensorArrayScatterV3", {handle, Tensor::of<std::int32_t>(Shape{2}, {2, 0}), rows, flow_},
      kT);
  const Tensor gathered =
      run("TensorArrayGatherV3", {handle, Tensor::of<std::int32_t>(Shape{3}, {0, 2, 0}), flow_},
          kDtype)[0];
  EXPECT_EQ(gathered.shape(), (Shape{3, 2}));
  EXPECT_EQ(floats(gathered), (std::vector<float>{3, 4, 1, 2, 3, 4}));
}

TEST_F(TensorArrays, SplitAndConcatenate) {
  const Tensor handle = array(3);
  const Tensor rows = Tensor::of<float>(Shape{3, 1}, {1, 2, 3});
  run("TensorArraySplitV3", {handle, rows, Tensor::of<std::int64_t>(Shape{3}, {2, 0, 1}), flow_},
      kT);
  const std::vector<Tensor> joined = run("TensorArrayConcatV3", {handle, flow_}, kDtype);
  EXPECT_EQ(floats(joined[0]), (std::vector<float>{1, 2, 3}));
  EXPECT_EQ(joined[1].values<std::int64_t>()[0], 2);
  EXPECT_NE(fault("TensorArraySplitV3",
                  {array(2), rows, Tensor::of<std::int64_t>(Shape{2}, {4, -1}), flow_}, kT),
            "");
}

TEST_F(TensorArrays, SumUpGradients) {
  const Tensor handle = array(2, "attr { key: \"clear_after_read\" value { b: false } }");
  write(handle, 0, pair_);
  write(handle, 1, Tensor::scalar(1.0F));
  const auto gradient = [&](const std::string& source) {
    return run("TensorArrayGradV3", {handle, flow_},
               "attr { key: \"source\" value { s: \"" + source + "\" } }")[0];
  };
  const Tensor mine = gradient("gradients");
  write(mine, 0, pair_);
  write(gradient("gradients"), 0, pair_);
  write(gradient("gradients_1"), 0, Tensor::of<float>(Shape{2}, {5, 5}));
  EXPECT_EQ(floats(read(mine, 0)), (std::vector<float>{2, 4}));
  EXPECT_EQ(floats(read(mine, 1)), (std::vector<float>{0}));  // Zeros, of its own shape.
  EXPECT_EQ(floats(pair_), (std::vector<float>{1, 2}));
}

TEST_F(TensorArrays, EndWhenClosed) {
  const Tensor handle = array(1);
  run("TensorArrayCloseV3", {handle});
  EXPECT_EQ(fault("TensorArraySizeV3", {handle, flow_}), "TensorArray n has already been closed.");
}

TEST_F(TensorArrays, HaveStringHandlesInOldGraphs) {
  const Tensor first = run("TensorArrayV2", {Tensor::scalar(1)}, kDtype)[0];
  const Tensor second = run("TensorArrayV2", {Tensor::scalar(1)}, kDtype)[0];
  run("TensorArrayWriteV2", {first, Tensor::scalar(0), pair_, flow_}, kT);
  run("TensorArrayWriteV2", {second, Tensor::scalar(0), Tensor::scalar(7.0F), flow_}, kT);
  EXPECT_EQ(floats(run("TensorArrayReadV2", {first, Tensor::scalar(0), flow_}, kDtype)[0]),
            (std::vector<float>{1, 2}));
  const Tensor other = Tensor::of<std::string>(Shape{2}, {"_tensor_arrays", "no"});
  EXPECT_THROW(run("TensorArraySizeV2", {other, flow_}), Error);
}

// A size is anybody's word; only what was written takes memory.
TEST_F(TensorArrays, AreNotJoinedWhereTheyHaveMorePlacesThanAnybodyWrote) {
  constexpr int kMany = std::numeric_limits<int>::max();
  EXPECT_EQ(fault("TensorArrayConcatV3", {array(kMany), flow_}, kDtype),
            "TensorArray n: Could not read from TensorArray index 0.  Furthermore, the element "
            "shape is not fully defined: <unknown>.  It is possible you are working with a "
            "resizeable TensorArray and stop_gradients is not allowing the gradients to be "
            "written.  If you set the full element_shape property on the forward TensorArray, the "
            "proper all-zeros tensor will be returned instead of incurring this error.");
  const Tensor empty =
      array(kMany, "attr { key: \"element_shape\" value { shape { dim { size: 0 } } } } ");
  try {
    run("TensorArrayConcatV3", {empty, flow_}, kDtype);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kResourceExhausted);
    EXPECT_EQ(error.message(),
              "TensorArray n: 2147483647 places are too many to be read at once where no more than "
              "1 of them were written");
  }
}

TEST_F(TensorArrays, RefuseAHandleOfAnotherKind) {
  const Tensor stack = run("StackV2", {Tensor::scalar(-1)},
                           "attr { key: \"elem_type\" value { type: DT_FLOAT } }")[0];
  EXPECT_NE(fault("TensorArraySizeV3", {stack, flow_}), "");
}

TEST_F(TensorArrays, StacksGiveBackTheLastFirst) {
  const std::string elem_type = "attr { key: \"elem_type\" value { type: DT_FLOAT } }";
  const Tensor stack = run("StackV2", {Tensor::scalar(2)}, elem_type)[0];
  run("StackPushV2", {stack, Tensor::scalar(1.0F)}, kT);
  run("StackPushV2", {stack, Tensor::scalar(2.0F)}, kT);
  EXPECT_EQ(fault("StackPushV2", {stack, Tensor::scalar(3.0F)}, kT),
            "Stack[n] overflowed its max_size (2)");
  EXPECT_EQ(run("StackPopV2", {stack}, elem_type)[0].item<float>(), 2);
  EXPECT_EQ(run("StackPopV2", {stack}, elem_type)[0].item<float>(), 1);
  EXPECT_EQ(fault("StackPopV2", {stack}, elem_type), "Stack[n] is empty when calling Pop().");
  run("StackCloseV2", {stack});
  EXPECT_EQ(fault("StackPopV2", {stack}, elem_type), "Stack[n] has already been closed.");
}

}  // namespace
}  // namespace icecore::inline v0
