// Images: resizing, cropping, choosing among boxes.
#pragma once

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable image_ops();

// resize_arguments.cc
void resize_shape(ShapeContext&);

// resize.cc
void resize_like_shape(ShapeContext&);
Kernel resize_bilinear_kernel(const NodeInfo&);
Kernel resize_bilinear_grad_kernel(const NodeInfo&);
Kernel resize_bicubic_kernel(const NodeInfo&);
Kernel resize_bicubic_grad_kernel(const NodeInfo&);
void resize_bilinear_gradient(GradientContext&);
void resize_bicubic_gradient(GradientContext&);

// resize_nearest.cc
Kernel resize_nearest_kernel(const NodeInfo&);
Kernel resize_nearest_grad_kernel(const NodeInfo&);
void resize_nearest_gradient(GradientContext&);

// crop_and_resize.cc
void crop_and_resize_shape(ShapeContext&);
Kernel crop_and_resize_kernel(const NodeInfo&);

// non_max_suppression.cc
void non_max_suppression_shape(ShapeContext&);
void non_max_suppression_v4_shape(ShapeContext&);
Kernel non_max_suppression_kernel(const NodeInfo&);  // Goes by the op's inputs.

// colours.cc
void colours_shape(ShapeContext&);
void adjusted_image_shape(ShapeContext&);
void adjust_contrast_shape(ShapeContext&);
Kernel rgb_to_hsv_kernel(const NodeInfo&);
Kernel hsv_to_rgb_kernel(const NodeInfo&);
Kernel adjust_hue_kernel(const NodeInfo&);
Kernel adjust_saturation_kernel(const NodeInfo&);
Kernel adjust_contrast_kernel(const NodeInfo&);

}  // namespace icecore::inline v0
