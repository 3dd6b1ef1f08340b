"""Ops that graphs of TensorFlow 0.x have, and that later graphs may not. (1.15.5 has no gradient of TopK that works, and TileGrad's kernel can't
be had.)"""
import numpy as np

import op_cases
from op_cases import case, floats, ints, shape

op_cases.PRODUCER[0] = 2

for k in (1, 3, 7):
    case('top_%d' % k, 'TopK', floats(3, 7), k=k)
case('top_ties', 'TopK', ints(3, 20, low=0, high=4), k=7)
case('top_double', 'TopK', floats(2, 2, 5, dtype='float64'), k=2)
case('top_none', 'TopK', floats(3, 7), k=0)
case('top_too_many', 'TopK', floats(3, 7), k=8, error='INVALID_ARGUMENT')
case('top_scalar', 'TopK', np.float32(1), k=1, error='INVALID_ARGUMENT')
shape('top', 'TopK', ('float32', [None, 7]), k=3)

image, four = floats(2, 3, 2, 4), [floats(4), floats(4, low=.5, seed=1), floats(4, seed=2), floats(4, seed=3)]
for scaled in (True, False):
    case('norm_%d' % scaled, 'BatchNormWithGlobalNormalization', image, *four, variance_epsilon=1e-3, scale_after_normalization=scaled)
case('norm_3d', 'BatchNormWithGlobalNormalization', image[0], *four, variance_epsilon=1e-3, scale_after_normalization=True,
     error='INVALID_ARGUMENT')
shape('norm', 'BatchNormWithGlobalNormalization', ('float32', [None, 3, 2, None]), *[('float32', [4])] * 4, variance_epsilon=1e-3,
      scale_after_normalization=True)
