#include "ops/quantized/quantized_ops.h"

namespace icecore::inline v0 {
namespace {

constexpr TypeSet kBytes = {DType::kQUInt8};
constexpr TypeSet kBytesAndSums = {DType::kQUInt8, DType::kQInt32};

}  // namespace

OpTable quantized_ops() {
  static constexpr OpImplementation kTable[] = {
      {"Dequantize", dequantize_shape, dequantize_kernel},
      {"FakeQuantWithMinMaxArgs", fake_quant_shape, fake_quant_args_kernel,
       fake_quant_args_gradient},
      {"FakeQuantWithMinMaxArgsGradient", fake_quant_gradient_shape,
       fake_quant_args_gradient_kernel},
      {"FakeQuantWithMinMaxVars", fake_quant_shape, fake_quant_vars_kernel,
       fake_quant_vars_gradient},
      {"FakeQuantWithMinMaxVarsGradient", fake_quant_vars_gradient_shape,
       fake_quant_vars_gradient_kernel},
      {"FakeQuantWithMinMaxVarsPerChannel", fake_quant_per_channel_shape, fake_quant_vars_kernel,
       fake_quant_vars_gradient},
      {"FakeQuantWithMinMaxVarsPerChannelGradient", fake_quant_per_channel_gradient_shape,
       fake_quant_vars_gradient_kernel},
      {"QuantizeDownAndShrinkRange", requantize_shape, quantize_down_kernel, nullptr, kBytes,
       "out_type"},
      {"QuantizeV2", quantize_shape, quantize_kernel},
      {"QuantizedAvgPool", quantized_avg_pool_shape, quantized_avg_pool_kernel, nullptr, kBytes},
      {"QuantizedBiasAdd",
       quantized_bias_add_shape,
       quantized_bias_add_kernel,
       nullptr,
       {DType::kQUInt8, DType::kQInt8},
       "T1"},
      {"QuantizedConv2D", quantized_conv2d_shape, quantized_conv2d_kernel, nullptr, kBytes,
       "Tinput"},
      {"QuantizedMatMul", quantized_mat_mul_shape, quantized_mat_mul_kernel, nullptr, kBytes, "T1"},
      {"QuantizedMaxPool", quantized_max_pool_shape, quantized_max_pool_kernel, nullptr, kBytes},
      {"QuantizedRelu", quantize_shape, quantized_relu_kernel, nullptr, kBytesAndSums, "Tinput"},
      {"QuantizedRelu6", quantize_shape, quantized_relu6_kernel, nullptr, kBytesAndSums, "Tinput"},
      {"QuantizedReshape", quantized_reshape_shape, quantized_reshape_kernel, nullptr,
       kBytesAndSums},
      {"RequantizationRange",
       requantization_range_shape,
       requantization_range_kernel,
       nullptr,
       {DType::kQInt32},
       "Tinput"},
      {"Requantize", requantize_shape, requantize_kernel, nullptr, {DType::kQInt32}, "Tinput"},
  };
  return kTable;
}

}  // namespace icecore::inline v0
