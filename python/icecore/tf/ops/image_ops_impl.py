"""tf.image."""
from icecore.tf.framework import dtypes, ops, tensor_util
from icecore.tf.ops import array_ops, check_ops, control_flow_ops, math_ops, plain, random_ops, static
from icecore.tf.ops.deprecated import argument
from icecore.tf.ops.image_values import (  # noqa: F401
    _as_floats, adjust_brightness, convert_image_dtype, grayscale_to_rgb, random_brightness, rgb_to_grayscale)

__getattr__ = plain.fallback(__name__)


def _check(condition, message):
    """Assertions of the condition; ValueError where it is known not to hold."""
    if isinstance(condition, ops.Tensor):
        return [control_flow_ops.Assert(condition, [message])]
    if not condition:
        raise ValueError(message)
    return []


def _dimensions(image, rank):
    if image.get_shape().is_fully_defined():
        return image.get_shape().as_list()
    known = image.get_shape().with_rank(rank).as_list()
    shape = array_ops.unstack(array_ops.shape(image), rank)
    return [d if k is None else k for k, d in zip(known, shape)]


def _check_at_least_3d(image):
    dims = image.get_shape()
    try:
        dims = dims.with_rank(3) if dims.ndims is None else dims.with_rank_at_least(3)
    except ValueError:
        raise ValueError("'image' must be at least three-dimensional.")
    if 0 in dims.as_list():
        raise ValueError("all dims of 'image.shape' must be > 0: %s" % dims)
    if dims.is_fully_defined():
        return []
    return [check_ops.assert_positive(array_ops.shape(image), ["all dims of 'image.shape' must be > 0."]),
            check_ops.assert_greater_equal(array_ops.rank(image), 3, message="'image' must be at least three-dimensional.")]


def _checked(image):
    return control_flow_ops.with_dependencies(_check_at_least_3d(image), image)


def _as_batch(image):
    """(pictures with a batch dimension, whether they had one)."""
    image = ops.convert_to_tensor(image, name='image')
    rank = image.get_shape().ndims
    if rank == 4:
        return image, True
    if rank not in (3, None):
        raise ValueError("'image' must have either 3 or 4 dimensions.")
    image = array_ops.expand_dims(image, 0)
    if rank is None:
        image.set_shape([None] * 4)
    return image, False


def _with_shape_of(image, result):
    dims = image.get_shape()
    result.set_shape([None, None, None] if dims.ndims is None else dims)
    return result


# --- Turning and mirroring -------------------------------------------------------------------------------------------


def _flip(image, axis, scope):
    with ops.name_scope(None, scope, [image]):
        image = _checked(ops.convert_to_tensor(image, name='image'))
        rank = image.get_shape().ndims
        if rank in (3, None):
            return _with_shape_of(image, plain.reverse_v2(image, [axis]))
        if rank == 4:
            return plain.reverse_v2(image, [axis + 1])
        raise ValueError("'image' must have either 3 or 4 dimensions.")


def flip_left_right(image):
    """Mirrored, left and right exchanged."""
    return _flip(image, 1, 'flip_left_right')


def flip_up_down(image):
    """Mirrored, up and down exchanged."""
    return _flip(image, 0, 'flip_up_down')


def _random_flip(image, axis, seed, scope):
    with ops.name_scope(None, scope, [image]) as scope:
        image = _checked(ops.convert_to_tensor(image, name='image'))
        rank = image.get_shape().ndims
        if rank in (3, None):
            drawn = random_ops.random_uniform([], 0, 1.0, seed=seed)
            result = control_flow_ops.cond(plain.less(drawn, .5), lambda: plain.reverse_v2(image, [axis]),
                                           lambda: image, name=scope)
            return _with_shape_of(image, result)
        if rank == 4:
            batch = array_ops.shape(image)[0]
            drawn = random_ops.random_uniform([batch], 0, 1.0, seed=seed)
            flips = math_ops.cast(math_ops.round(array_ops.reshape(drawn, [batch, 1, 1, 1])), image.dtype)
            flipped = plain.reverse_v2(image, [axis + 1])
            return flips * flipped + (1 - flips) * image
        raise ValueError("'image' must have either 3 or 4 dimensions.")


def random_flip_left_right(image, seed=None):
    """Mirrored or not, by chance."""
    return _random_flip(image, 1, seed, 'random_flip_left_right')


def random_flip_up_down(image, seed=None):
    """Mirrored or not, by chance."""
    return _random_flip(image, 0, seed, 'random_flip_up_down')


def transpose(image, name=None):
    """Rows and columns exchanged."""
    with ops.name_scope(name, 'transpose', [image]):
        image = _checked(ops.convert_to_tensor(image, name='image'))
        rank = image.get_shape().ndims
        if rank in (3, None):
            return array_ops.transpose(image, [1, 0, 2], name=name)
        if rank == 4:
            return array_ops.transpose(image, [0, 2, 1, 3], name=name)
        raise ValueError("'image' must have either 3 or 4 dimensions.")


# --- Cutting and padding ---------------------------------------------------------------------------------------------


def _known(*sizes):
    return [None if static.is_tensor(size) else size for size in sizes]


def pad_to_bounding_box(image, offset_height, offset_width, target_height, target_width):
    """The picture on a larger one of zeros."""
    with ops.name_scope(None, 'pad_to_bounding_box', [image]):
        image, had_batch = _as_batch(image)
        checks = _check_at_least_3d(image)
        batch, height, width, depth = _dimensions(image, rank=4)
        right = target_width - offset_width - width
        below = target_height - offset_height - height
        checks += _check(offset_height >= 0, 'offset_height must be >= 0')
        checks += _check(offset_width >= 0, 'offset_width must be >= 0')
        checks += _check(right >= 0, 'width must be <= target - offset')
        checks += _check(below >= 0, 'height must be <= target - offset')
        image = control_flow_ops.with_dependencies(checks, image)
        paddings = array_ops.reshape(array_ops.stack([0, 0, offset_height, below, offset_width, right, 0, 0]), [4, 2])
        padded = array_ops.pad(image, paddings)
        padded.set_shape(_known(batch, target_height, target_width, depth))
        return padded if had_batch else array_ops.squeeze(padded, axis=[0])


def crop_to_bounding_box(image, offset_height, offset_width, target_height, target_width):
    """A part of the picture."""
    with ops.name_scope(None, 'crop_to_bounding_box', [image]):
        image, had_batch = _as_batch(image)
        checks = _check_at_least_3d(image)
        batch, height, width, depth = _dimensions(image, rank=4)
        checks += _check(offset_width >= 0, 'offset_width must be >= 0.')
        checks += _check(offset_height >= 0, 'offset_height must be >= 0.')
        checks += _check(target_width > 0, 'target_width must be > 0.')
        checks += _check(target_height > 0, 'target_height must be > 0.')
        checks += _check(width >= target_width + offset_width, 'width must be >= target + offset.')
        checks += _check(height >= target_height + offset_height, 'height must be >= target + offset.')
        image = control_flow_ops.with_dependencies(checks, image)
        cropped = array_ops.slice(image, array_ops.stack([0, offset_height, offset_width, 0]),
                                  array_ops.stack([-1, target_height, target_width, -1]))
        cropped.set_shape(_known(batch, target_height, target_width, depth))
        return cropped if had_batch else array_ops.squeeze(cropped, axis=[0])


def central_crop(image, central_fraction):
    """The middle of an image, or of a batch of images: central_fraction of its height and of its width."""
    with ops.name_scope(None, 'central_crop', [image]):
        image = ops.convert_to_tensor(image, name='image')
        if central_fraction <= 0.0 or central_fraction > 1.0:
            raise ValueError('central_fraction must be within (0, 1]')
        if central_fraction == 1.0:
            return image
        _checked(image)
        rank = image.get_shape().ndims
        if rank not in (3, 4):
            raise ValueError('`image` should either be a Tensor with rank = 3 or rank = 4. Had rank = {}.'.format(rank))
        sizes = [array_ops.shape(image)[axis] if size is None else size
                 for axis, size in list(enumerate(image.get_shape().as_list()))[rank - 3:rank - 1]]
        starts = []
        for size in sizes:
            if not static.is_tensor(size):
                starts.append(int((float(size) - float(size) * central_fraction) / 2))
            else:
                exact = math_ops.cast(size, dtypes.float64)
                starts.append(math_ops.cast((exact - exact * central_fraction) / 2, dtypes.int32))
        left = [size - start * 2 for size, start in zip(sizes, starts)]
        batch = image.get_shape().as_list()[:rank - 3]
        depth = image.get_shape().as_list()[-1:]
        begin = array_ops.stack([0] * len(batch) + starts + [0])
        size = array_ops.stack([-1] * len(batch) + left + [-1])
        image = array_ops.slice(image, begin, size)
        image.set_shape(batch + _known(*left) + depth)
        return image


def batch_to_resize(image, target_height, target_width):
    """(The picture as a batch, when the sizes have been found positive; whether it was one before.)"""
    image, had_batch = _as_batch(image)
    checks = _check_at_least_3d(image)
    checks += _check(target_width > 0, 'target_width must be > 0.')
    checks += _check(target_height > 0, 'target_height must be > 0.')
    return control_flow_ops.with_dependencies(checks, image), had_batch


def resize_image_with_crop_or_pad(image, target_height, target_width):
    """The middle of the picture, or the picture in the middle of a larger one of zeros."""
    with ops.name_scope(None, 'resize_image_with_crop_or_pad', [image]):
        image, had_batch = batch_to_resize(image, target_height, target_width)

        def largest(x, y):
            return plain.maximum(x, y) if static.is_tensor(x) or static.is_tensor(y) else max(x, y)

        def smallest(x, y):
            return plain.minimum(x, y) if static.is_tensor(x) or static.is_tensor(y) else min(x, y)

        def same(x, y):
            return math_ops.equal(x, y) if static.is_tensor(x) or static.is_tensor(y) else x == y

        _, height, width, _ = _dimensions(image, rank=4)
        wider = target_width - width
        cut_left, pad_left = largest(-wider // 2, 0), largest(wider // 2, 0)
        higher = target_height - height
        cut_top, pad_top = largest(-higher // 2, 0), largest(higher // 2, 0)
        cropped = crop_to_bounding_box(image, cut_top, cut_left, smallest(target_height, height),
                                       smallest(target_width, width))
        resized = pad_to_bounding_box(cropped, pad_top, pad_left, target_height, target_width)
        _, new_height, new_width, _ = _dimensions(resized, rank=4)
        checks = _check(same(new_height, target_height), 'resized height is not correct.')
        checks += _check(same(new_width, target_width), 'resized width is not correct.')
        resized = control_flow_ops.with_dependencies(checks, resized)
        return resized if had_batch else array_ops.squeeze(resized, axis=[0])


# --- Sizes -----------------------------------------------------------------------------------------------------------


class ResizeMethodV1:
    """How pixels between pixels are made."""

    BILINEAR = 0
    NEAREST_NEIGHBOR = 1
    BICUBIC = 2
    AREA = 3


def resize_bilinear(images, size, align_corners=False, name=None, half_pixel_centers=False):
    """Another size, bilinear."""
    return plain.resize_bilinear(images=images, size=size, align_corners=align_corners,
                                 half_pixel_centers=half_pixel_centers, name=name)


def resize_bicubic(images, size, align_corners=False, name=None, half_pixel_centers=False):
    """Another size, bicubic."""
    return plain.resize_bicubic(images=images, size=size, align_corners=align_corners,
                                half_pixel_centers=half_pixel_centers, name=name)


def resize_nearest_neighbor(images, size, align_corners=False, name=None, half_pixel_centers=False):
    """Another size, the nearest pixels."""
    return plain.resize_nearest_neighbor(images=images, size=size, align_corners=align_corners,
                                         half_pixel_centers=half_pixel_centers, name=name)


def resize_images(images, size, method=ResizeMethodV1.BILINEAR, align_corners=False, preserve_aspect_ratio=False,
                  name=None):
    """Another size: of a picture, or of a batch of them."""
    function = {0: plain.resize_bilinear, 'bilinear': plain.resize_bilinear, 1: plain.resize_nearest_neighbor,
                'nearest': plain.resize_nearest_neighbor, 2: plain.resize_bicubic,
                'bicubic': plain.resize_bicubic}.get(method)
    if function is None:
        raise ValueError('Resize method is not implemented.')
    with ops.name_scope(name, 'resize', [images, size]):
        images = ops.convert_to_tensor(images, name='images')
        rank = images.get_shape().ndims
        if rank is None:
            raise ValueError("'images' contains no shape.")
        if rank == 3:
            images = array_ops.expand_dims(images, 0)
        elif rank != 4:
            raise ValueError("'images' must have either 3 or 4 dimensions.")
        _, height, width, _ = images.get_shape().as_list()
        try:
            size = ops.convert_to_tensor(size, dtypes.int32, name='size')
        except (TypeError, ValueError):
            raise ValueError("'size' must be a 1-D int32 Tensor") from None
        if not size.get_shape().is_compatible_with([2]):
            raise ValueError("'size' must be a 1-D Tensor of 2 elements: new_height, new_width")
        new_height, new_width = tensor_util.constant_value_as_shape(size).as_list()
        if preserve_aspect_ratio:
            _, now_height, now_width, _ = _dimensions(images, rank=4)
            factor = plain.minimum(
                math_ops.cast(new_height, dtypes.float32) / math_ops.cast(now_height, dtypes.float32),
                math_ops.cast(new_width, dtypes.float32) / math_ops.cast(now_width, dtypes.float32))
            scaled = [math_ops.cast(math_ops.round(factor * math_ops.cast(now, dtypes.float32)), dtypes.int32)
                      for now in (now_height, now_width)]
            size = ops.convert_to_tensor(scaled, dtypes.int32, name='size')
            new_height, new_width = tensor_util.constant_value_as_shape(size).as_list()
        if None in (new_height, new_width, height, width) or (height, width) != (new_height, new_width):
            images = function(images, size, align_corners=align_corners)
            images.set_shape([None, new_height, new_width, None])
        return array_ops.squeeze(images, axis=[0]) if rank == 3 else images


def crop_and_resize_v1(image, boxes, box_ind=None, crop_size=None, method='bilinear', extrapolation_value=0, name=None,
                       box_indices=None):
    """Boxes of pictures, each in the size given."""
    return plain.crop_and_resize(image, boxes, argument('box_indices', box_indices, 'box_ind', box_ind), crop_size,
                                 method, extrapolation_value, name)


def non_max_suppression(boxes, scores, max_output_size, iou_threshold=0.5, score_threshold=float('-inf'), name=None):
    """The numbers of the best boxes that don't overlap much."""
    with ops.name_scope(name, 'non_max_suppression'):
        iou_threshold = ops.convert_to_tensor(iou_threshold, name='iou_threshold')
        score_threshold = ops.convert_to_tensor(score_threshold, name='score_threshold')
        return plain.non_max_suppression_v3(boxes, scores, max_output_size, iou_threshold, score_threshold)


# --- Colors ----------------------------------------------------------------------------------------------------------


def per_image_standardization(image):
    """Mean 0, variance 1."""
    with ops.name_scope(None, 'per_image_standardization', [image]) as scope:
        image = _checked(ops.convert_to_tensor(image, name='image'))
        dtype = image.dtype
        image = _as_floats(image)
        pixels = math_ops.reduce_prod(array_ops.shape(image)[-3:])
        mean = math_ops.reduce_mean(image, axis=[-1, -2, -3], keepdims=True)
        stddev = math_ops.reduce_std(image, axis=[-1, -2, -3], keepdims=True)
        least = plain.rsqrt(math_ops.cast(pixels, image.dtype))
        stddev = plain.maximum(stddev, least)
        image -= mean
        image = math_ops.div(image, stddev, name=scope)
        return convert_image_dtype(image, dtype, saturate=True)


def adjust_gamma(image, gamma=1, gain=1):
    """gain * image ^ gamma."""
    with ops.name_scope(None, 'adjust_gamma', [image, gamma, gain]):
        image = ops.convert_to_tensor(image, name='image')
        floats = _as_floats(image)
        checks = _check(gamma >= 0, 'Gamma should be a non-negative real number.')
        if checks:
            gamma = control_flow_ops.with_dependencies(checks, gamma)
        return convert_image_dtype(gain * floats**gamma, image.dtype, saturate=True)
