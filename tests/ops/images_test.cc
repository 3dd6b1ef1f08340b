// What 1.15.5 can't be asked on a CPU, or answers wrongly: channels first, threads, odd attributes.
#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "graph/node_def.h"
#include "ops/run_op.h"
#include "ops/run_services.h"
#include "proto/schema.h"
#include "proto/text_parser.h"

namespace icecore::inline v0 {
namespace {

Tensor pattern(const Shape& shape, int seed = 1) {
  Tensor tensor(DType::kFloat32, shape);
  int i = seed;
  for (float& value : tensor.mutable_values<float>()) {
    i = (i * 37 + 11) % 101;
    value = static_cast<float>(i) / 25.0F - 2.0F;
  }
  return tensor;
}

// [n, h, w, c] to [n, c, h, w].
Tensor first(const Tensor& images) {
  const auto d = images.shape().dims();
  Tensor result(images.dtype(), Shape{d[0], d[3], d[1], d[2]});
  const auto in = images.values<float>();
  auto out = result.mutable_values<float>();
  const std::int64_t pixels = d[1] * d[2];
  for (std::int64_t i = 0; i < images.num_elements(); ++i) {
    const std::int64_t c = i % d[3], pixel = i / d[3] % pixels, n = i / d[3] / pixels;
    out[static_cast<std::size_t>((n * d[3] + c) * pixels + pixel)] =
        in[static_cast<std::size_t>(i)];
  }
  return result;
}

void expect_near(const Tensor& mine, const Tensor& other, float tolerance = 1e-5F) {
  ASSERT_EQ(to_string(mine.shape()), to_string(other.shape()));
  const auto a = mine.values<float>(), b = other.values<float>();
  for (std::size_t i = 0; i < a.size(); ++i) {
    ASSERT_NEAR(a[i], b[i], tolerance * (1 + std::abs(b[i]))) << i;
  }
}

std::string list(std::initializer_list<std::int64_t> values) {
  std::string text = "{ list {";
  for (const std::int64_t value : values) text += " i: " + std::to_string(value);
  return text + " } }";
}

std::string windows(bool nchw, std::int64_t rows, std::int64_t columns) {
  return nchw ? list({1, 1, rows, columns}) : list({1, rows, columns, 1});
}

std::string attr(const std::string& key, const std::string& value) {
  return " attr { key: \"" + key + "\" value " + value + " }";
}

std::string node(const std::string& op, const std::string& attrs) {
  return "name: \"node\" op: \"" + op + "\" attr { key: \"T\" value { type: DT_FLOAT } }" + attrs;
}

std::string conv(const std::string& op, bool nchw, std::int64_t dilation = 1) {
  return node(op, attr("strides", windows(nchw, 2, 1)) + attr("padding", "{ s: \"SAME\" }") +
                      attr("dilations", windows(nchw, 1, dilation)) +
                      attr("data_format", nchw ? "{ s: \"NCHW\" }" : "{ s: \"NHWC\" }"));
}

Tensor ints(std::initializer_list<std::int32_t> values) {
  return Tensor::of<std::int32_t>(Shape{static_cast<std::int64_t>(values.size())}, values);
}

NodeInfo node_info(const std::string& text) {
  const Span span = parse_text(text, *find_message("NodeDef"));
  return NodeInfo(span, standard_ops().signature(decode_node(span).op));
}

Code code_of(const std::string& text, const std::vector<Tensor>& inputs) {
  try {
    run_op(text, inputs);
  } catch (const Error& error) {
    return error.code();
  }
  return Code::kUnknown;
}

TEST(ImageOps, ConvolutionsWithChannelsFirstEqualThoseWithChannelsLast) {
  const Tensor image = pattern({2, 7, 6, 4}), filter = pattern({3, 3, 4, 5}, 5);
  const Tensor out = run_op(conv("Conv2D", false), {image, filter})[0];
  expect_near(run_op(conv("Conv2D", true), {first(image), filter})[0], first(out));
  const Tensor gradient = pattern(out.shape(), 9);
  expect_near(
      run_op(conv("Conv2DBackpropInput", true), {ints({2, 4, 7, 6}), filter, first(gradient)})[0],
      first(run_op(conv("Conv2DBackpropInput", false), {ints({2, 7, 6, 4}), filter, gradient})[0]));
  expect_near(
      run_op(conv("Conv2DBackpropFilter", true),
             {first(image), ints({3, 3, 4, 5}), first(gradient)})[0],
      run_op(conv("Conv2DBackpropFilter", false), {image, ints({3, 3, 4, 5}), gradient})[0]);
}

// Pictures so wide go through oneDNN's blocks of channels, which 20 and 18 channels don't fill,
// where the CPU has no AVX-512; those with channels first never do.
TEST(ImageOps, ConvolutionsOfWidePicturesAreAsThoseWithChannelsFirst) {
  for (const std::int64_t channels : {32, 20}) {
    const Tensor image = pattern({2, 5, 300, channels}), filter = pattern({3, 3, channels, 18}, 5);
    expect_near(run_op(conv("Conv2D", true), {first(image), filter})[0],
                first(run_op(conv("Conv2D", false), {image, filter})[0]));
  }
}

TEST(ImageOps, DepthwiseConvolutionsWithChannelsFirstEqualThoseWithChannelsLast) {
  for (const std::int64_t multiplier : {1, 2}) {
    const Tensor image = pattern({2, 7, 6, 4}), filter = pattern({3, 2, 4, multiplier}, 5);
    const Tensor out = run_op(conv("DepthwiseConv2dNative", false), {image, filter})[0];
    expect_near(run_op(conv("DepthwiseConv2dNative", true), {first(image), filter})[0], first(out));
    const Tensor gradient = pattern(out.shape(), 9);
    const auto m = static_cast<std::int32_t>(multiplier);
    expect_near(run_op(conv("DepthwiseConv2dNativeBackpropInput", true),
                       {ints({2, 4, 7, 6}), filter, first(gradient)})[0],
                first(run_op(conv("DepthwiseConv2dNativeBackpropInput", false),
                             {ints({2, 7, 6, 4}), filter, gradient})[0]));
    expect_near(run_op(conv("DepthwiseConv2dNativeBackpropFilter", true),
                       {first(image), ints({3, 2, 4, m}), first(gradient)})[0],
                run_op(conv("DepthwiseConv2dNativeBackpropFilter", false),
                       {image, ints({3, 2, 4, m}), gradient})[0]);
  }
}

std::string pool(const std::string& op, bool nchw) {
  return node(op, attr("ksize", windows(nchw, 3, 2)) + attr("strides", windows(nchw, 2, 1)) +
                      attr("padding", "{ s: \"SAME\" }") +
                      attr("data_format", nchw ? "{ s: \"NCHW\" }" : "{ s: \"NHWC\" }"));
}

TEST(ImageOps, PoolingWithChannelsFirstEqualsPoolingWithChannelsLast) {
  const Tensor image = pattern({2, 7, 6, 4});
  for (const char* op : {"MaxPool", "AvgPool"}) {
    expect_near(run_op(pool(op, true), {first(image)})[0],
                first(run_op(pool(op, false), {image})[0]));
  }
  const Tensor out = run_op(pool("MaxPool", false), {image})[0];
  const Tensor gradient = pattern(out.shape(), 9);
  expect_near(run_op(pool("MaxPoolGrad", true), {first(image), first(out), first(gradient)})[0],
              first(run_op(pool("MaxPoolGrad", false), {image, out, gradient})[0]));
  expect_near(run_op(pool("AvgPoolGrad", true), {ints({2, 4, 7, 6}), first(gradient)})[0],
              first(run_op(pool("AvgPoolGrad", false), {ints({2, 7, 6, 4}), gradient})[0]));
}

TEST(ImageOps, BatchNormWithChannelsFirstEqualsThatWithChannelsLast) {
  const auto text = [](const std::string& op, bool nchw) {
    return node(op, attr("data_format", nchw ? "{ s: \"NCHW\" }" : "{ s: \"NHWC\" }"));
  };
  const Tensor image = pattern({2, 7, 6, 4}), scale = pattern({4}, 3), offset = pattern({4}, 4);
  const Tensor none(DType::kFloat32, Shape{0});
  const auto last_out = run_op(text("FusedBatchNorm", false), {image, scale, offset, none, none});
  const auto first_out =
      run_op(text("FusedBatchNorm", true), {first(image), scale, offset, none, none});
  expect_near(first_out[0], first(last_out[0]));
  for (std::size_t i = 1; i < 5; ++i) expect_near(first_out[i], last_out[i]);
  const Tensor gradient = pattern({2, 7, 6, 4}, 9);
  const auto last_back =
      run_op(text("FusedBatchNormGrad", false), {gradient, image, scale, last_out[3], last_out[4]});
  const auto first_back = run_op(text("FusedBatchNormGrad", true),
                                 {first(gradient), first(image), scale, last_out[3], last_out[4]});
  expect_near(first_back[0], first(last_back[0]));
  for (std::size_t i = 1; i < 3; ++i) expect_near(first_back[i], last_back[i]);
}

TEST(ImageOps, AConvolutionTakesAFilterThatChangesBetweenRuns) {
  const NodeInfo info = node_info(conv("Conv2D", false));
  const Kernel kernel = standard_ops().find("Conv2D")->kernel(info);
  TestServices services;
  const Tensor image = pattern({1, 12, 12, 16});
  Tensor filter = pattern({3, 3, 16, 16}, 5);
  for (int run = 0; run < 40; ++run) {
    // As a variable does that is updated in place where nobody else holds it.
    if (run % 3 != 0) {
      if (!filter.is_unique()) filter = pattern({3, 3, 16, 16}, run);
      for (float& value : filter.mutable_values<float>()) value += 0.25F;
    }
    std::vector<Value> inputs{{image, nullptr, true}, {filter, nullptr, true}};
    std::vector<Value> outputs(info.outputs().size());
    KernelContext context(info, inputs, outputs, services.get());
    kernel.compute(context);
    inputs.clear();
    const Tensor fresh = run_op(conv("Conv2D", false), {image, filter})[0];
    expect_near(context.outputs()[0].tensor, fresh, 0);
  }
}

TEST(ImageOps, AFilterThatKeepsChangingIsNotHeld) {
  const NodeInfo info = node_info(conv("Conv2D", false));
  const Kernel kernel = standard_ops().find("Conv2D")->kernel(info);
  TestServices services;
  const Tensor image = pattern({1, 12, 12, 16});
  Tensor filter = pattern({3, 3, 16, 16}, 5);
  int copies = 0;
  for (int run = 0; run < 100; ++run) {
    std::vector<Value> inputs{{image, nullptr, true}, {filter, nullptr, true}};
    std::vector<Value> outputs(info.outputs().size());
    KernelContext context(info, inputs, outputs, services.get());
    kernel.compute(context);
    inputs.clear();
    if (!filter.is_unique()) {
      ++copies;
      filter = pattern({3, 3, 16, 16}, run);
    }
  }
  EXPECT_LE(copies, 6);
}

TEST(ImageOps, ResultsDoNotDependOnThreads) {
  for (const char* op : {"Conv2D", "DepthwiseConv2dNative"}) {
    const NodeInfo info = node_info(conv(op, false));
    const Tensor image = pattern({3, 17, 19, 8});
    const Tensor filter = pattern({3, 3, 8, op[0] == 'C' ? 8 : 1}, 5);
    std::vector<Tensor> results;
    for (const int threads : {1, 2, 2}) {
      TestServices services;
      ThreadPool own(threads);
      services.get().threads = &own;
      std::vector<Value> inputs{{image, nullptr, true}, {filter, nullptr, true}};
      std::vector<Value> outputs(info.outputs().size());
      KernelContext context(info, inputs, outputs, services.get());
      standard_ops().find(op)->kernel(info).compute(context);
      results.push_back(context.outputs()[0].tensor);
    }
    expect_near(results[1], results[0], 0);
    expect_near(results[2], results[1], 0);
  }
}

TEST(ImageOps, OddAttributesAreRefused) {
  const Tensor image = pattern({1, 4, 4, 2}), filter = pattern({3, 3, 2, 2});
  EXPECT_EQ(code_of(conv("Conv2D", false, std::int64_t{1} << 40), {image, filter}),
            Code::kInvalidArgument);
  EXPECT_EQ(code_of(conv("Conv2D", false, -1), {image, filter}), Code::kInvalidArgument);
  EXPECT_EQ(code_of(conv("Conv2D", false), {image, pattern({3, 3, 3, 2})}), Code::kInvalidArgument);
  EXPECT_EQ(code_of(conv("Conv2D", false), {image, pattern({3, 3, 1, 2})}), Code::kUnimplemented);
  EXPECT_EQ(code_of(conv("Conv2D", false), {image, pattern({3, 3, 0, 2})}), Code::kInvalidArgument);
  for (const std::int64_t size : {std::int64_t{0}, std::int64_t{-3}, std::int64_t{1} << 50}) {
    const std::string text =
        node("MaxPool", attr("ksize", list({1, size, 2, 1})) + attr("strides", list({1, 1, 1, 1})) +
                            attr("padding", "{ s: \"VALID\" }"));
    EXPECT_EQ(code_of(text, {image}), Code::kInvalidArgument) << size;
  }
  EXPECT_EQ(code_of(conv("Conv2DBackpropInput", false), {ints({1, 4, -4, 2}), filter, image}),
            Code::kInvalidArgument);
}

TEST(ImageOps, ALargeDilationSeesOnlyTheMiddle) {
  const Tensor image = pattern({1, 4, 5, 1});
  Tensor filter(DType::kFloat32, Shape{1, 3, 1, 1});
  std::ranges::copy(std::array{5.0F, 2.0F, 7.0F}, filter.mutable_values<float>().begin());
  const Tensor out = run_op(conv("Conv2D", false, 1000), {image, filter})[0];
  for (std::size_t i = 0; i < 10; ++i) {
    const std::size_t from = i / 5 * 10 + i % 5;
    EXPECT_FLOAT_EQ(out.values<float>()[i], 2 * image.values<float>()[from]);
  }
}

TEST(ImageOps, ABoxWithoutAreaIsChosenOnce) {
  const Tensor boxes = Tensor::of<float>(Shape{3, 4}, {0, 0, 0, 0, 5, 5, 5, 6, 0, 0, 1, 1});
  const Tensor scores = Tensor::of<float>(Shape{3}, {0.9F, 0.8F, 0.7F});
  const std::string text = "name: \"node\" op: \"NonMaxSuppression\"";
  const Tensor chosen = run_op(text, {boxes, scores, Tensor::scalar<std::int32_t>(6)})[0];
  const auto values = chosen.values<std::int32_t>();
  EXPECT_EQ(std::vector<std::int32_t>(values.begin(), values.end()),
            (std::vector<std::int32_t>{0, 1, 2}));
}

TEST(ImageOps, SpectraOfChannelsAreThoseOfEachAlone) {
  const std::string text = "name: \"node\" op: \"AudioSpectrogram\"" +
                           attr("window_size", "{ i: 16 }") + attr("stride", "{ i: 7 }");
  const Tensor sound = pattern({90, 2});
  const Tensor both = run_op(text, {sound})[0];
  for (std::size_t channel = 0; channel < 2; ++channel) {
    Tensor one(DType::kFloat32, Shape{90, 1});
    for (std::size_t i = 0; i < 90; ++i) {
      one.mutable_values<float>()[i] = sound.values<float>()[2 * i + channel];
    }
    const Tensor alone = run_op(text, {one})[0];
    const std::size_t count = alone.values<float>().size();
    EXPECT_TRUE(std::ranges::equal(alone.values<float>(),
                                   both.values<float>().subspan(channel * count, count)));
  }
}

}  // namespace
}  // namespace icecore::inline v0
