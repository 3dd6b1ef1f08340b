"""Colours of images."""
import numpy as np

from op_cases import case, floats, shape

colours = np.concatenate([np.float32([[0, 0, 0], [1, 1, 1], [.5, .5, .5], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0],
                                      [0, 1, 1], [1, 0, 1], [.2, .4, .4], [.4, .2, .4], [.4, .4, .2]]),
                          floats(12, 3, low=0, high=1)])
image = colours.reshape(2, 4, 3, 3)
for op in ('RGBToHSV', 'HSVToRGB'):
    case(op, op, image, tol=2e-5)
    case(op + '_double', op, colours.astype('float64'))
    case(op + '_pixel', op, colours[-1], tol=2e-5)
    case(op + '_empty', op, floats(0, 3))
    case(op + '_channels', op, floats(2, 4), error='FAILED_PRECONDITION')
    case(op + '_scalar', op, np.float32(1), error='INVALID_ARGUMENT')
    shape(op, op, ('float32', [None, 4, None]))
    shape(op + '_unknown', op, ('float32', None))
case('beyond', 'HSVToRGB', floats(6, 3, low=-1), tol=2e-5)
case('negative', 'RGBToHSV', floats(6, 3, low=-1), tol=2e-5)
for op, values in (('AdjustHue', (0, .1, -.3, .5, 1.7)), ('AdjustSaturation', (0, .5, 1, 3)),
                   ('AdjustContrastv2', (0, .5, 1, -2))):
    for value in values:
        case('%s_%s' % (op, value), op, image, np.float32(value), tol=2e-5)
    case(op + '_image', op, image[1], np.float32(.3), tol=2e-5)
    case(op + '_large', op, floats(9, 11, 3, low=0, high=1), np.float32(.3), tol=2e-5)
    case(op + '_empty', op, floats(0, 4, 3), np.float32(.3))
    case(op + '_matrix', op, floats(4, 3), np.float32(.3), error='INVALID_ARGUMENT')
    case(op + '_vector', op, image, floats(1), error='INVALID_ARGUMENT')
    shape(op, op, ('float32', [None, 4, 3]), ('float32', []))
    shape(op + '_unknown', op, ('float32', None), ('float32', None))
for op in ('AdjustHue', 'AdjustSaturation'):
    case(op + '_channels', op, floats(2, 2, 4), np.float32(.3), error='INVALID_ARGUMENT')
case('contrast_channels', 'AdjustContrastv2', floats(2, 3, 4, 5), np.float32(1.5), tol=2e-5)
