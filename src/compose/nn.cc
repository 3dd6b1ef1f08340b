#include <icecore/array.h>
#include <icecore/math.h>
#include <icecore/nn.h>
#include <icecore/random.h>

#include "base/float_text.h"
#include "base/floating.h"
#include "base/quoted.h"
#include "compose/nodes.h"
#include "graph/number_tensor.h"

namespace icecore::inline v0 {

Output bias_add(GraphBuilder& graph, const Input& value, const Input& bias, std::string_view name,
                std::string_view data_format) {
  const ScopeGuard scope = scope_or(graph, name, "BiasAdd");
  const Output tensor = graph.convert_to_tensor(value, {}, "input");
  const Output added = graph.convert_to_tensor(bias, tensor.dtype(), "bias");
  return add_node(graph, "BiasAdd", {Input(tensor), Input(added)},
                  {{"data_format", std::string(data_format)}}, scope.name());
}

Output xw_plus_b(GraphBuilder& graph, const Input& x, const Input& weights, const Input& biases,
                 std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "xw_plus_b");
  const Output left = graph.convert_to_tensor(x, {}, "x");
  const Output right = graph.convert_to_tensor(weights, {}, "weights");
  const Output added = graph.convert_to_tensor(biases, {}, "biases");
  return bias_add(graph, matmul(graph, left, right), added, scope.name());
}

namespace {

// A plain number's value.
std::optional<double> plain_number(const Input& input) {
  const auto* numbers = std::get_if<Input::Numbers>(&input.value());
  if (numbers == nullptr || numbers->count() != 1) return std::nullopt;
  return numbers->number(0);
}

bool is_known_zero(const GraphBuilder& graph, const Output& rate) {
  const std::optional<Tensor> known = graph.constant_value(rate);
  return known && known->num_elements() == 1 && is_number(known->dtype()) &&
         number_at(*known, 0).d == 0;
}

}  // namespace

Output dropout(GraphBuilder& graph, const Input& x, const Input& rate,
               const DropoutOptions& options) {
  const ScopeGuard scope = scope_or(graph, options.name, "dropout");
  const Output tensor = graph.convert_to_tensor(x, {}, "x");
  if (!is_floating(tensor.dtype())) {
    refuse_as(Misuse::kValue,
              "x has to be a floating point tensor since it's going to be scaled. Got a tf." +
                  to_string(tensor.dtype()) + " tensor instead: " + quoted(tensor.name()));
  }
  if (const std::optional<double> number = plain_number(rate)) {
    if (!(*number >= 0 && *number < 1)) {
      refuse_as(Misuse::kValue,
                "rate must be a scalar tensor or a float in the range [0, 1), got " +
                    python_repr(*number));
    }
    if (*number == 0) return tensor;
  }
  const Output dropped = graph.convert_to_tensor(rate, tensor.dtype(), "rate");
  if (dropped.shape().has_rank() && dropped.shape().rank() != 0) {
    refuse_as(Misuse::kValue, "Shape " + to_string(dropped.shape()) + " must have rank 0");
  }
  if (is_known_zero(graph, dropped)) return tensor;
  const Output noise = options.noise_shape ? *options.noise_shape : shape(graph, tensor);
  const Output drawn = random_uniform(graph, noise, 0, 1,
                                      {.dtype = tensor.dtype(), .seed = options.seed, .name = {}});
  const Output kept = 1 - dropped;
  const Output factor = 1 / kept;
  const Output mask = add_node(graph, "GreaterEqual", {Input(drawn), Input(dropped)});
  const Output scaled = tensor * factor;
  const Output result = scaled * cast(graph, mask, tensor.dtype());
  graph.set_shape(result, tensor.shape());
  return result;
}

Output dropout_keeping(GraphBuilder& graph, const Input& x, const Input& keep_prob,
                       const DropoutOptions& options) {
  if (const std::optional<double> number = plain_number(keep_prob)) {
    return dropout(graph, x, 1.0 - *number, options);
  }
  return dropout(graph, x, subtract_operator(1.0, keep_prob), options);
}

Moments moments(GraphBuilder& graph, const Output& x, const std::vector<std::int64_t>& axes,
                bool keepdims, std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "moments");
  const bool half = x.dtype() == DType::kFloat16;
  const Output y = half ? cast(graph, x, DType::kFloat32) : x;
  Moments result;
  result.mean = reduce_mean(graph, y, {.axis = axes, .keepdims = true, .name = "mean"});
  const Output fixed = add_node(graph, "StopGradient", {Input(result.mean)});
  const Output difference = add_node(graph, "SquaredDifference", {Input(y), Input(fixed)});
  result.variance =
      reduce_mean(graph, difference, {.axis = axes, .keepdims = true, .name = "variance"});
  if (!keepdims) {
    result.mean = squeeze(graph, result.mean, axes);
    result.variance = squeeze(graph, result.variance, axes);
  }
  if (half) {
    result.mean = cast(graph, result.mean, DType::kFloat16);
    result.variance = cast(graph, result.variance, DType::kFloat16);
  }
  return result;
}

Output batch_normalization(GraphBuilder& graph, const Output& x, const Input& mean,
                           const Input& variance, const std::optional<Input>& offset,
                           const std::optional<Input>& scale, double variance_epsilon,
                           std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "batchnorm");
  Output inverse = add_node(graph, "Rsqrt", {Input(add_operator(variance, variance_epsilon))});
  if (scale) inverse = multiply_operator(inverse, *scale);
  const Output scaled = x * cast(graph, inverse, x.dtype());
  const Output shift = offset ? subtract_operator(*offset, multiply_operator(mean, inverse))
                              : multiply_operator(negate_operator(mean), inverse);
  return scaled + cast(graph, shift, x.dtype());
}

}  // namespace icecore::inline v0
