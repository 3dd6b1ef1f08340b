#include "ops/nn/nn_ops.h"

#include <icecore/kernel.h>

#include <array>

namespace icecore::inline v0 {

OpTable nn_ops() {
  static constexpr std::array kTable{
      OpImplementation{"BiasAdd", bias_add_shape, bias_add_kernel, bias_add_gradient},
      OpImplementation{"BiasAddGrad", bias_add_grad_shape, bias_add_grad_kernel,
                       bias_add_grad_gradient},
      OpImplementation{"BiasAddV1", bias_add_shape, bias_add_kernel, bias_add_v1_gradient},
  };
  return kTable;
}

}  // namespace icecore::inline v0
