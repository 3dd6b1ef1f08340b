"""Batch normalisation (NHWC: 1.15.5 has no other on CPUs) and local response normalisation."""
import numpy as np

from op_cases import case, floats, shape

none = np.zeros(0, 'float32')
variance = floats(5, low=0.5, high=2, seed=3)
for version in ('', 'V2', 'V3'):
    op, x = 'FusedBatchNorm' + version, floats(3, 4, 2, 5)
    scale, offset = floats(5), floats(5, seed=1)
    case('train' + version, op, x, scale, offset, none, none, epsilon=1e-3, grad=True)
    grad, extra = 'FusedBatchNormGrad' + version, (none,) if version == 'V3' else ()
    for training in (True, False):
        case('grad%s_%d' % (version, training), grad, floats(3, 4, 2, 5, seed=2), x, scale, floats(5, seed=4), variance,
             *extra, epsilon=1e-3, is_training=training, tol=2e-5)
case('train_one_pixel', 'FusedBatchNorm', floats(1, 1, 1, 3), floats(3), floats(3), none, none)
case('train_many', 'FusedBatchNorm', 5 + floats(7, 20, 10, 3), floats(3), floats(3), none, none)
case('train_half', 'FusedBatchNormV3', floats(3, 4, 2, 5, dtype='float16'), floats(5), floats(5), none, none, tol=4e-3)
case('train_estimates', 'FusedBatchNorm', floats(1, 2, 2, 3), floats(3), floats(3), floats(3), floats(3),
     error='INVALID_ARGUMENT')
case('train_3d', 'FusedBatchNorm', floats(2, 2, 3), floats(3), floats(3), none, none, error='INVALID_ARGUMENT')
case('train_scale', 'FusedBatchNorm', floats(2, 2, 2, 3), floats(3, 1), floats(3), none, none, error='INVALID_ARGUMENT')
case('grad_empty', 'FusedBatchNormGrad', floats(0, 2, 2, 3), floats(0, 2, 2, 3), floats(3), floats(3), floats(3))
shape('train', 'FusedBatchNormV3', ('float32', [None, None, 4, 3]), ('float32', None), ('float32', [None]),
      ('float32', [0]), ('float32', [0]))
shape('infer', 'FusedBatchNorm', ('float32', [2, None, 4, 4]), ('float32', None), ('float32', [None]),
      ('float32', [4]), ('float32', [4]), is_training=False, data_format='NCHW')
shape('grad', 'FusedBatchNormGradV2', ('float32', [2, 3, 4, None]), ('float32', [2, 3, 4, None]), ('float32', [4]),
      ('float32', None), ('float32', None))
shape('grad_frozen', 'FusedBatchNormGrad', ('float32', [2, 3, 4, None]), ('float32', [2, 3, 4, None]), ('float32', [4]),
      ('float32', None), ('float32', None), is_training=False)

case('lrn', 'LRN', floats(2, 2, 3, 9), depth_radius=2, bias=1.5, alpha=0.3, beta=0.75, grad=True)
case('lrn_defaults', 'LRN', floats(2, 2, 3, 14), grad=True)
case('lrn_few_channels', 'LRN', floats(1, 2, 3, 2), depth_radius=5)
case('lrn_half', 'LRN', floats(1, 2, 3, 4, dtype='float16'), tol=4e-3)
case('lrn_empty', 'LRN', floats(0, 2, 3, 4))
case('lrn_3d', 'LRN', floats(2, 3, 4), error='INVALID_ARGUMENT')
case('lrn_grad', 'LRNGrad', floats(2, 2, 3, 9, seed=1), floats(2, 2, 3, 9), floats(2, 2, 3, 9, seed=2), depth_radius=2,
     bias=1.5, alpha=0.3, beta=0.75)
case('lrn_grad_shapes', 'LRNGrad', floats(2, 2, 3, 9), floats(2, 2, 3, 8), floats(2, 2, 3, 9), error='INVALID_ARGUMENT')
shape('lrn', 'LRN', ('float32', None))
shape('lrn_grad', 'LRNGrad', ('float32', [None, 2, 3, 4]), ('float32', [5, 2, 3, 4]), ('float32', None))
