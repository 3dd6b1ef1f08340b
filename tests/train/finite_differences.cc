#include "finite_differences.h"

#include <icecore/gradients.h>
#include <icecore/session.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <variant>

namespace icecore::inline v0 {
namespace {

constexpr std::size_t kPlaces = 24;  // Of each input.

bool is_double(DType dtype) {
  return dtype == DType::kFloat64 || dtype == DType::kComplex128;
}

// The numbers of float32, float64 and complex tensors, complex ones as pairs.
std::vector<double> numbers(const Tensor& tensor) {
  const std::span<const std::byte> bytes = tensor.bytes();
  if (is_double(tensor.dtype())) {
    const auto* begin = reinterpret_cast<const double*>(bytes.data());
    return {begin, begin + bytes.size() / sizeof(double)};
  }
  const auto* begin = reinterpret_cast<const float*>(bytes.data());
  return {begin, begin + bytes.size() / sizeof(float)};
}

Tensor tensor_like(const Tensor& like, const std::vector<double>& values) {
  Tensor tensor(like.dtype(), like.shape());
  std::byte* bytes = tensor.mutable_bytes().data();
  if (is_double(like.dtype())) {
    std::ranges::copy(values, reinterpret_cast<double*>(bytes));
  } else {
    std::ranges::transform(values, reinterpret_cast<float*>(bytes),
                           [](double value) { return static_cast<float>(value); });
  }
  return tensor;
}

// From -1 to 1, the same ones each time.
std::vector<double> weights(std::size_t count, std::uint32_t seed) {
  std::vector<double> values(count);
  std::uint32_t state = seed * 2654435761U + 1;
  for (double& value : values) {
    state = state * 1664525U + 1013904223U;
    value = (state >> 8) / 8388608.0 - 1;
  }
  return values;
}

class Differences {
 public:
  Differences(GraphBuilder& graph, const FunctionAt& function)
      : graph_(graph), function_(function), session_(graph) {
    for (const Output& y : function.ys) fetches_.emplace_back(y);
    const std::vector<Tensor> results = session_.run(feeds(function.place), fetches_);
    for (const Tensor& result : results) {
      const auto seed = static_cast<std::uint32_t>(weights_.size());
      weights_.push_back(weights(numbers(result).size(), seed));
      options_.grad_ys.push_back(graph.constant(tensor_like(result, weights_.back())));
      exact_ = exact_ && is_double(result.dtype());
    }
    for (const Tensor& x : function.place) exact_ = exact_ && is_double(x.dtype());
  }

  std::string fault() {
    const std::vector<Gradient> found = gradients(graph_, function_.ys, function_.xs, options_);
    for (std::size_t i = 0; i < found.size(); ++i) {
      std::vector<double> gradient(numbers(function_.place[i]).size());
      if (!std::holds_alternative<std::monostate>(found[i])) {
        const Output whole = dense_gradient(graph_, found[i], function_.xs[i]);
        gradient = numbers(session_.run(feeds(function_.place), TensorName(whole)));
      }
      if (std::string text = compare(i, gradient); !text.empty()) return text;
    }
    return "";
  }

 private:
  std::vector<Feed> feeds(const std::vector<Tensor>& values) const {
    std::vector<Feed> all;
    for (std::size_t i = 0; i < values.size(); ++i) all.push_back({function_.xs[i], values[i]});
    return all;
  }

  double sum_at(const std::vector<Tensor>& values) {
    const std::vector<Tensor> results = session_.run(feeds(values), fetches_);
    double sum = 0;
    for (std::size_t i = 0; i < results.size(); ++i) {
      const std::vector<double> y = numbers(results[i]);
      for (std::size_t k = 0; k < y.size(); ++k) sum += weights_[i][k] * y[k];
    }
    return sum;
  }

  std::string compare(std::size_t input, const std::vector<double>& gradient) {
    std::vector<Tensor> values = function_.place;
    std::vector<double> x = numbers(values[input]);
    if (x.empty()) return "";
    if (x.size() != gradient.size()) {
      return "the gradient of input " + std::to_string(input) + " has another size";
    }
    const std::size_t between = std::max<std::size_t>(1, x.size() / kPlaces);
    for (std::size_t k = 0; k < x.size(); k += between) {
      const double start = x[k];
      const double step = exact_ ? 1e-5 * std::clamp(std::abs(start), 1e-2, 1.0)
                                 : 1e-2 * std::clamp(std::abs(start), 0.2, 1.0);
      const auto at = [&](double value) {
        x[k] = value;
        values[input] = tensor_like(values[input], x);
        return sum_at(values);
      };
      const double slope = (at(start + step) - at(start - step)) / (2 * step);
      x[k] = start;
      const double allowed = (exact_ ? 2e-6 : 2e-2) * (1 + std::abs(slope));
      if (!(std::abs(slope - gradient[k]) <= allowed)) {
        return "number " + std::to_string(k) + " of input " + std::to_string(input) +
               " has the gradient " + std::to_string(gradient[k]) + ", differences say " +
               std::to_string(slope);
      }
    }
    return "";
  }

  GraphBuilder& graph_;
  const FunctionAt& function_;
  Session session_;
  std::vector<TensorName> fetches_;
  std::vector<std::vector<double>> weights_;
  GradientsOptions options_;
  bool exact_ = true;
};

}  // namespace

std::string gradient_fault(GraphBuilder& graph, const FunctionAt& function) {
  return Differences(graph, function).fault();
}

Output dense_gradient(GraphBuilder& graph, const Gradient& gradient, const Output& like) {
  if (const auto* tensor = std::get_if<Output>(&gradient)) return *tensor;
  const auto& slices = std::get<IndexedSlices>(gradient);
  const Output zeros = graph.apply_op("ZerosLike", {Input(like)}).output();
  const Output shape = graph.apply_op("Shape", {Input(zeros)}).output();
  const Output rows = graph
                          .apply_op("StridedSlice",
                                    {Input(shape), Input(std::vector<int>{0}),
                                     Input(std::vector<int>{1}), Input(std::vector<int>{1})},
                                    {{"shrink_axis_mask", std::int64_t{1}}})
                          .output();
  return graph
      .apply_op("UnsortedSegmentSum", {Input(slices.values), Input(slices.indices), Input(rows)})
      .output();
}

}  // namespace icecore::inline v0
