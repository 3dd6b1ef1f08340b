#include "ops/image/image_ops.h"

#include <array>

namespace icecore::inline v0 {

OpTable image_ops() {
  // TensorFlow has no kernels of half for them here.
  constexpr TypeSet kFloats{DType::kFloat32, DType::kFloat64}, kFloat{DType::kFloat32};
  static constexpr std::array kTable{
      OpImplementation{"AdjustContrastv2", adjust_contrast_shape, adjust_contrast_kernel, nullptr,
                       kFloat},
      OpImplementation{"AdjustHue", adjusted_image_shape, adjust_hue_kernel, nullptr, kFloat},
      OpImplementation{"AdjustSaturation", adjusted_image_shape, adjust_saturation_kernel, nullptr,
                       kFloat},
      OpImplementation{"CropAndResize", crop_and_resize_shape, crop_and_resize_kernel},
      OpImplementation{"HSVToRGB", colours_shape, hsv_to_rgb_kernel, nullptr, kFloats},
      OpImplementation{"NonMaxSuppression", non_max_suppression_shape, non_max_suppression_kernel,
                       not_differentiable},
      OpImplementation{"NonMaxSuppressionV2", non_max_suppression_shape, non_max_suppression_kernel,
                       not_differentiable},
      OpImplementation{"NonMaxSuppressionV3", non_max_suppression_shape,
                       non_max_suppression_kernel},
      OpImplementation{"NonMaxSuppressionV4", non_max_suppression_v4_shape,
                       non_max_suppression_kernel},
      OpImplementation{"RGBToHSV", colours_shape, rgb_to_hsv_kernel, nullptr, kFloats},
      OpImplementation{"ResizeBicubic", resize_shape, resize_bicubic_kernel,
                       resize_bicubic_gradient},
      OpImplementation{"ResizeBicubicGrad", resize_like_shape, resize_bicubic_grad_kernel},
      OpImplementation{"ResizeBilinear", resize_shape, resize_bilinear_kernel,
                       resize_bilinear_gradient},
      OpImplementation{"ResizeBilinearGrad", resize_like_shape, resize_bilinear_grad_kernel},
      OpImplementation{"ResizeNearestNeighbor", resize_shape, resize_nearest_kernel,
                       resize_nearest_gradient},
      OpImplementation{"ResizeNearestNeighborGrad", resize_shape, resize_nearest_grad_kernel},
  };
  return kTable;
}

}  // namespace icecore::inline v0
