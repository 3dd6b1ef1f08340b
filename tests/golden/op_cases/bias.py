"""The first family, as an example."""
import numpy as np

from op_cases import case, floats, ints, shape

case('bias_rows', 'BiasAdd', floats(2, 3), floats(3), grad=True)
case('bias_pictures', 'BiasAdd', floats(2, 3, 2, 4), floats(4), grad=True)
case('bias_ints', 'BiasAdd', ints(2, 3), ints(3))
case('bias_too_long', 'BiasAdd', floats(2, 3), floats(4), error='INVALID_ARGUMENT')
case('bias_empty', 'BiasAdd', floats(0, 3), floats(3))
shape('bias', 'BiasAdd', ('float32', [None, 3]), ('float32', None))
