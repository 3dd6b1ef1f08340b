"""tf.image: values of pixels of other dtypes, brighter, and gray."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, math_ops, plain, random_ops


def convert_image_dtype(image, dtype, saturate=False, name=None):
    """Pixels of another dtype: of integers the whole range, of floats 0 to 1."""
    image = ops.convert_to_tensor(image, name='image')
    dtype = dtypes.as_dtype(dtype)
    if not dtype.is_floating and not dtype.is_integer:
        raise AttributeError('dtype must be either floating point or integer')
    if dtype == image.dtype:
        return array_ops.identity(image, name=name)
    convert = math_ops.saturate_cast if saturate else math_ops.cast
    with ops.name_scope(name, 'convert_image', [image]) as name:
        if image.dtype.is_integer and dtype.is_integer:
            have, want = image.dtype.max, dtype.max
            if have > want:
                return convert(math_ops.div(image, (have + 1) // (want + 1)), dtype, name=name)
            return math_ops.multiply(convert(image, dtype), (want + 1) // (have + 1), name=name)
        if image.dtype.is_floating and dtype.is_floating:
            return math_ops.cast(image, dtype, name=name)
        if image.dtype.is_integer:
            return math_ops.multiply(math_ops.cast(image, dtype), 1. / image.dtype.max, name=name)
        return convert(math_ops.multiply(image, dtype.max + 0.5), dtype, name=name)


def _as_floats(image):
    if image.dtype in (dtypes.float16, dtypes.float32):
        return image
    return convert_image_dtype(image, dtypes.float32)


def adjust_brightness(image, delta):
    """Brighter by delta, of a range of 1."""
    with ops.name_scope(None, 'adjust_brightness', [image, delta]) as name:
        image = ops.convert_to_tensor(image, name='image')
        floats = _as_floats(image)
        adjusted = plain.add(floats, math_ops.cast(delta, floats.dtype), name=name)
        return convert_image_dtype(adjusted, image.dtype, saturate=True)


def random_brightness(image, max_delta, seed=None):
    """Brighter or darker by chance."""
    if max_delta < 0:
        raise ValueError('max_delta must be non-negative.')
    return adjust_brightness(image, random_ops.random_uniform([], -max_delta, max_delta, seed=seed))


def rgb_to_grayscale(images, name=None):
    """One channel of three."""
    with ops.name_scope(name, 'rgb_to_grayscale', [images]) as name:
        images = ops.convert_to_tensor(images, name='images')
        floats = convert_image_dtype(images, dtypes.float32)
        gray = array_ops.expand_dims(math_ops.tensordot(floats, [0.2989, 0.5870, 0.1140], [-1, -1]), -1)
        return convert_image_dtype(gray, images.dtype, name=name)


def grayscale_to_rgb(images, name=None):
    """Three channels of one."""
    with ops.name_scope(name, 'grayscale_to_rgb', [images]) as name:
        images = ops.convert_to_tensor(images, name='images')
        if images.get_shape().ndims is not None and images.get_shape().as_list()[-1] not in (1, None):
            raise ValueError("last dimension of a grayscale image must be size 1")
        most = array_ops.expand_dims(array_ops.rank(images) - 1, 0)
        multiples = array_ops.concat([array_ops.ones(most, dtype=dtypes.int32)] + [array_ops.expand_dims(3, 0)], 0)
        rgb = plain.tile(images, multiples, name=name)
        rgb.set_shape(images.get_shape()[:-1].concatenate([3]))
        return rgb
