#include "ops/golden_family.h"

#include <icecore/error.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "graph/constant_values.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"

namespace icecore::inline v0 {
namespace {

std::string folder() {
  return std::string(ICECORE_TEST_DATA) + "/golden/ops/";
}

Graph read_graph(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return parse_graph(Span::of(bytes.str()));
}

double half_value(std::uint16_t bits) {
  const int exponent = bits >> 10 & 31;
  const double fraction = (bits & 1023) / 1024.0;
  const double magnitude = exponent == 31  ? (fraction == 0 ? INFINITY : NAN)
                           : exponent == 0 ? std::ldexp(fraction, -14)
                                           : std::ldexp(1 + fraction, exponent - 15);
  return (bits & 0x8000) != 0 ? -magnitude : magnitude;
}

// The values of a floating or complex tensor, complex ones as pairs; nothing of other dtypes.
std::optional<std::vector<double>> as_doubles(const Tensor& tensor) {
  std::vector<double> values;
  const std::span<const std::byte> bytes = tensor.bytes();
  const auto numbers = [&]<typename T>(T) {
    const auto* begin = reinterpret_cast<const T*>(bytes.data());
    values.assign(begin, begin + bytes.size() / sizeof(T));
  };
  switch (tensor.dtype()) {
    case DType::kFloat32:
    case DType::kComplex64:
      numbers(float());
      return values;
    case DType::kFloat64:
    case DType::kComplex128:
      numbers(double());
      return values;
    case DType::kFloat16:
      for (const std::uint16_t bits : tensor.values<std::uint16_t>()) {
        values.push_back(half_value(bits));
      }
      return values;
    case DType::kBFloat16:
      for (const std::uint16_t bits : tensor.values<std::uint16_t>()) {
        values.push_back(std::bit_cast<float>(std::uint32_t{bits} << 16));
      }
      return values;
    default:
      return std::nullopt;
  }
}

double usual_tolerance(DType dtype) {
  if (dtype == DType::kFloat16) return 2e-3;
  if (dtype == DType::kBFloat16) return 1.6e-2;
  return dtype == DType::kFloat64 || dtype == DType::kComplex128 ? 1e-10 : 1e-5;
}

}  // namespace

GoldenFamily::GoldenFamily(const std::string& name)
    : graph(read_graph(folder() + name + ".pb")), answers(Checkpoint::open(folder() + name)) {}

std::vector<std::size_t> GoldenFamily::ops(bool shapes) const {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < graph.size(); ++i) {
    const std::string_view name = graph.data().names[i];
    if (name.ends_with("/op") && name.starts_with("shapes/") == shapes) found.push_back(i);
  }
  return found;
}

std::optional<Tensor> GoldenFamily::constant(std::string_view node) const {
  const auto index = graph.find(node);
  if (!index) return std::nullopt;
  const NodeDef def = decode_node(graph.data().nodes[*index]);
  if (def.op == "PlaceholderWithDefault") return constant(def.inputs.at(0));
  if (def.op != "Const") return std::nullopt;
  return decode_tensor(attr_tensor(def.attr("value")).value());
}

std::vector<std::string> golden_families() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder())) {
    if (entry.path().extension() == ".pb") names.push_back(entry.path().stem());
  }
  std::ranges::sort(names);
  return names;
}

std::string difference(const Tensor& mine, const Tensor& theirs, std::optional<double> tolerance) {
  if (mine.dtype() != theirs.dtype() || mine.shape() != theirs.shape()) {
    return to_string(mine.dtype()) + " " + to_string(mine.shape()) + " instead of " +
           to_string(theirs.dtype()) + " " + to_string(theirs.shape());
  }
  const auto a = as_doubles(mine), b = as_doubles(theirs);
  if (!a) {
    const bool equal = std::ranges::equal(mine.bytes(), theirs.bytes()) &&
                       std::ranges::equal(mine.strings(), theirs.strings());
    return equal ? "" : "other values";
  }
  const double allowed = tolerance.value_or(usual_tolerance(mine.dtype()));
  for (std::size_t i = 0; i < a->size(); ++i) {
    const double x = (*a)[i], y = (*b)[i];
    const bool equal = x == y || (std::isnan(x) && std::isnan(y)) ||
                       std::abs(x - y) <= allowed + allowed * std::abs(y);
    if (!equal) {
      return "number " + std::to_string(i) + " is " + std::to_string(x) + " instead of " +
             std::to_string(y);
    }
  }
  return "";
}

}  // namespace icecore::inline v0
