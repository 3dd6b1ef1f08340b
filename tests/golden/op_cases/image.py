"""Resizing, cropping, choosing among boxes."""
import numpy as np

from op_cases import case, floats, ints, shape

MODES = {'legacy': {}, 'corners': dict(align_corners=True), 'centers': dict(half_pixel_centers=True)}
for op in ('ResizeBilinear', 'ResizeBicubic', 'ResizeNearestNeighbor'):
    o = op[6:].lower()
    for mode, attrs in MODES.items():
        for rows, columns in ((3, 4), (7, 11), (4, 2), (1, 1), (12, 3)):
            name = '%s_%s_%d_%d' % (o, mode, rows, columns)
            case(name, op, floats(2, 4, 6, 3), np.int32([rows, columns]), grad=True, tol=2e-5, **attrs)
            gradients = floats(2, rows, columns, 3)
            if op == 'ResizeNearestNeighbor':
                case(name + '_grad', op + 'Grad', gradients, np.int32([4, 6]), tol=2e-5, **attrs)
            else:
                case(name + '_grad', op + 'Grad', gradients, floats(2, 4, 6, 3), tol=2e-5, **attrs)
    for dtype in ('uint8', 'int32', 'float64', 'int64'):
        image = ints(1, 3, 3, 2, low=0, high=99, dtype=dtype)
        case('%s_%s' % (o, dtype), op, image, np.int32([5, 2]), tol=2e-5)
    case(o + '_half', op, floats(1, 3, 3, 2, dtype='float16'), np.int32([5, 2]), tol=2e-3)
    case(o + '_no_size', op, floats(1, 3, 3, 2), np.int32([0, 2]), error='INVALID_ARGUMENT')
    case(o + '_3d', op, floats(3, 3, 2), np.int32([2, 2]), error='INVALID_ARGUMENT')
    case(o + '_no_image', op, floats(1, 0, 3, 2), np.int32([2, 2]), error='INVALID_ARGUMENT')
    case(o + '_both', op, floats(1, 3, 3, 2), np.int32([2, 2]), align_corners=True, half_pixel_centers=True,
         error='INVALID_ARGUMENT')
    shape(o, op, ('float32', [None, 3, 4, 2]), np.int32([5, 6]))
    shape(o + '_unknown', op, ('float32', None), ('int32', [2]))
case('bilinear_grad_double', 'ResizeBilinearGrad', floats(1, 5, 4, 2), floats(1, 3, 3, 2, dtype='float64'))
shape('bilinear_grad', 'ResizeBilinearGrad', ('float32', None), ('float32', [None, 3, 4, 2]))

boxes = np.float32([[0, 0, 1, 1], [.2, .1, .8, .7], [.8, .7, .2, .1], [-.5, .2, .5, 1.5], [.3, .3, .3, .3]])
where = np.int32([0, 1, 0, 1, 0])
for method in ('bilinear', 'nearest'):
    for size in ((3, 4), (1, 1), (5, 1)):
        case('crop_%s_%d_%d' % (method, size[0], size[1]), 'CropAndResize', floats(2, 6, 5, 2), boxes, where,
             np.int32(size), method=method, extrapolation_value=7.)
case('crop_uint8', 'CropAndResize', ints(2, 6, 5, 2, low=0, high=200, dtype='uint8'), boxes, where, np.int32([2, 3]))
case('crop_no_boxes', 'CropAndResize', floats(2, 6, 5, 2), np.zeros((0, 4), 'float32'), np.zeros(0, 'int32'),
     np.int32([2, 2]))
case('crop_beyond', 'CropAndResize', floats(2, 6, 5, 2), boxes[:1], np.int32([2]), np.int32([2, 2]), error='OUT_OF_RANGE')
case('crop_columns', 'CropAndResize', floats(2, 6, 5, 2), boxes[:1, :3], np.int32([0]), np.int32([2, 2]),
     error='INVALID_ARGUMENT')
case('crop_size', 'CropAndResize', floats(2, 6, 5, 2), boxes[:1], np.int32([0]), np.int32([0, 2]),
     error='INVALID_ARGUMENT')
shape('crop', 'CropAndResize', ('float32', [None, 6, 5, 2]), ('float32', [None, 4]), ('int32', [3]), np.int32([2, 3]))

rects = np.float32([[0, 0, 1, 1], [0, .1, 1, 1.1], [0, -.1, 1, .9], [0, 10, 1, 11], [0, 10.1, 1, 11.1], [0, 100, 1, 101],
                    [1, 1, 0, 0]])
scores = np.float32([.9, .75, .6, .95, .5, .3, .9])
for most in (0, 1, 3, 30):
    case('nms_%d' % most, 'NonMaxSuppression', rects, scores, np.int32(most), iou_threshold=.5)
    case('nms2_%d' % most, 'NonMaxSuppressionV2', rects, scores, np.int32(most), np.float32(.5))
    case('nms3_%d' % most, 'NonMaxSuppressionV3', rects, scores, np.int32(most), np.float32(.5), np.float32(.4))
    case('nms4_%d' % most, 'NonMaxSuppressionV4', rects, scores, np.int32(most), np.float32(.5), np.float32(.4),
         pad_to_max_output_size=True)
case('nms_exact', 'NonMaxSuppressionV2', np.float32([[0, 0, 2, 1], [0, 0, 1, 1]]), np.float32([.9, .8]), np.int32(2),
     np.float32(.5))
case('nms_many', 'NonMaxSuppressionV2', np.abs(floats(60, 4)), ints(60, low=0, high=9).astype('float32'), np.int32(40),
     np.float32(.3))
case('nms_empty', 'NonMaxSuppressionV2', np.zeros((0, 4), 'float32'), np.zeros(0, 'float32'), np.int32(3), np.float32(.5))
case('nms_threshold', 'NonMaxSuppressionV2', rects, scores, np.int32(3), np.float32(1.5), error='INVALID_ARGUMENT')
case('nms_scores', 'NonMaxSuppressionV2', rects, scores[:3], np.int32(3), np.float32(.5), error='INVALID_ARGUMENT')
shape('nms', 'NonMaxSuppressionV3', ('float32', [None, 4]), ('float32', [None]), ('int32', []), ('float32', []),
      ('float32', []))
shape('nms4', 'NonMaxSuppressionV4', ('float32', [None, 4]), ('float32', [None]), np.int32(5), ('float32', []),
      ('float32', []), pad_to_max_output_size=True)
