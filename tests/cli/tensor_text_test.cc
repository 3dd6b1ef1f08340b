#include <gtest/gtest.h>
#include <icecore/tensor_text.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/crc32c.h"
#include "cli/golden_cases.h"

namespace icecore {
namespace {

std::map<std::string, std::string> digests() {
  std::map<std::string, std::string> result;
  for (const GoldenCase& digest : golden_cases("tensor_text_digests.txt")) {
    result[digest.fields.at("digest")] = digest.fields.at("crc32c");
  }
  return result;
}

std::string digest_of(const std::string& text) {
  char hex[9];
  std::snprintf(hex, sizeof hex, "%08x", crc32c(std::as_bytes(std::span(text))));
  return hex;
}

Tensor halves(const std::vector<std::uint16_t>& bits) {
  Tensor tensor(DType::kFloat16, {static_cast<std::int64_t>(bits.size())});
  std::copy(bits.begin(), bits.end(), tensor.mutable_values<std::uint16_t>().begin());
  return tensor;
}

TensorTextOptions all_with_precision(int precision) {
  return {.threshold = std::numeric_limits<std::int64_t>::max(), .precision = precision};
}

TEST(TensorText, EachArrayIsPrintedAsNumpyPrintsIt) {
  for (const GoldenCase& golden : golden_cases("tensor_text.txt")) {
    TensorTextOptions options;
    options.threshold = golden.number("threshold", options.threshold);
    options.edge_items = golden.number("edge_items", options.edge_items);
    options.line_width = golden.number("line_width", options.line_width);
    options.precision = static_cast<int>(golden.number("precision", options.precision));
    EXPECT_EQ(tensor_text(golden.tensor(), options), golden.text)
        << "the " << golden.fields.at("dtype") << " case of line " << golden.line;
  }
}

TEST(TensorText, EveryFloat16AloneIsPrintedAsNumpyPrintsIt) {
  std::string text;
  for (int bits = 0; bits <= 0xffff; ++bits) {
    if (bits > 0) text += '\n';
    text += tensor_text(halves({static_cast<std::uint16_t>(bits)}).reshaped({}));
  }
  EXPECT_EQ(digest_of(text), digests().at("every_float16_alone"));
}

TEST(TensorText, EveryFiniteFloat16HasNumpysDigitsWithEachPrecision) {
  const auto expected = digests();
  std::vector<std::uint16_t> finite;
  for (int bits = 0; bits <= 0xffff; ++bits) {
    if ((bits & 0x7c00) != 0x7c00) finite.push_back(static_cast<std::uint16_t>(bits));
  }
  for (int precision = 0; precision <= 8; ++precision) {
    EXPECT_EQ(digest_of(tensor_text(halves(finite), all_with_precision(precision))),
              expected.at("finite_float16_" + std::to_string(precision)));
  }
}

TEST(TensorText, PowersOfTwoHaveNumpysDigitsWhereTheNearestOnesWouldReadBackAsAnotherNumber) {
  const auto expected = digests();
  Tensor powers(DType::kFloat64, {2098});
  for (int i = 0; i < 2098; ++i) {
    powers.mutable_values<double>()[static_cast<std::size_t>(i)] = std::ldexp(1.0, i - 1074);
  }
  for (int precision = 13; precision <= 17; ++precision) {
    EXPECT_EQ(digest_of(tensor_text(powers, all_with_precision(precision))),
              expected.at("powers_of_two_" + std::to_string(precision)));
  }
}

TEST(TensorText, AnyPrecisionIsTaken) {
  Tensor tensor(DType::kFloat64, {2});
  tensor.mutable_values<double>()[0] = 0.1;
  tensor.mutable_values<double>()[1] = std::numeric_limits<double>::denorm_min();
  const std::string exact = tensor_text(tensor, {.precision = std::numeric_limits<int>::max()});
  EXPECT_EQ(exact, "[1.e-001 5.e-324]");
  EXPECT_EQ(tensor_text(tensor, {.precision = -1}), tensor_text(tensor, {.precision = 0}));
}

TEST(TensorText, ATensorOfTheHighestRankIsPrinted) {
  const Tensor tensor(DType::kString, Shape(std::vector<std::int64_t>(254, 1)));
  EXPECT_EQ(tensor_text(tensor), std::string(254, '[') + "b''" + std::string(254, ']'));
}

}  // namespace
}  // namespace icecore
