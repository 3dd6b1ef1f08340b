"""tf.image: contrast, hue and saturation, and other spaces of color than RGB."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import math_ops, plain, random_ops
from icecore.tf.ops.image_values import _as_floats, convert_image_dtype
from icecore.tf.ops.raw_ops import EncodeJpegVariableQuality
from icecore.tf.ops.static import is_tensor

_RGB_TO_YIQ = [[0.299, 0.59590059, 0.2115], [0.587, -0.27455667, -0.52273617], [0.114, -0.32134392, 0.31119955]]
_YIQ_TO_RGB = [[1, 1, 1], [0.95598634, -0.27201283, -1.10674021], [0.6208248, -0.64720424, 1.70423049]]
_RGB_TO_YUV = [[0.299, -0.14714119, 0.61497538], [0.587, -0.28886916, -0.51496512], [0.114, 0.43601035, -0.10001026]]
_YUV_TO_RGB = [[1, 1, 1], [0, -0.394642334, 2.03206185], [1.13988303, -0.58062185, 0]]


def adjust_contrast(images, contrast_factor):
    """Each channel of each picture farther from its mean (or nearer): (x - mean) * contrast_factor + mean."""
    with ops.name_scope(None, 'adjust_contrast', [images, contrast_factor]) as name:
        images = ops.convert_to_tensor(images, name='images')
        adjusted = plain.adjust_contrastv2(_as_floats(images), contrast_factor=contrast_factor, name=name)
        return convert_image_dtype(adjusted, images.dtype, saturate=True)


def _check_range(lower, upper):
    if upper <= lower:
        raise ValueError('upper must be > lower.')
    if lower < 0:
        raise ValueError('lower must be non-negative.')


def random_contrast(image, lower, upper, seed=None):
    """adjust_contrast() by a factor between the two."""
    _check_range(lower, upper)
    return adjust_contrast(image, random_ops.random_uniform([], lower, upper, seed=seed))


def adjust_hue(image, delta, name=None):
    """The colors turned by delta, of a circle of 1."""
    with ops.name_scope(name, 'adjust_hue', [image]) as name:
        image = ops.convert_to_tensor(image, name='image')
        return convert_image_dtype(plain.adjust_hue(_as_floats(image), delta), image.dtype)


def random_hue(image, max_delta, seed=None):
    """adjust_hue() by something between -max_delta and max_delta."""
    if max_delta > 0.5:
        raise ValueError('max_delta must be <= 0.5.')
    if max_delta < 0:
        raise ValueError('max_delta must be non-negative.')
    return adjust_hue(image, random_ops.random_uniform([], -max_delta, max_delta, seed=seed))


def adjust_saturation(image, saturation_factor, name=None):
    """The saturation of the colors times the factor."""
    with ops.name_scope(name, 'adjust_saturation', [image]) as name:
        image = ops.convert_to_tensor(image, name='image')
        return convert_image_dtype(plain.adjust_saturation(_as_floats(image), saturation_factor), image.dtype)


def random_saturation(image, lower, upper, seed=None):
    """adjust_saturation() by a factor between the two."""
    _check_range(lower, upper)
    return adjust_saturation(image, random_ops.random_uniform([], lower, upper, seed=seed))


def adjust_jpeg_quality(image, jpeg_quality, name=None):
    """What is left of a picture that is stored as a JPEG of that quality, 0 to 100."""
    with ops.name_scope(name, 'adjust_jpeg_quality', [image]) as name:
        image = ops.convert_to_tensor(image, name='image')
        bytes_ = convert_image_dtype(image, dtypes.uint8)
        if not is_tensor(jpeg_quality):
            jpeg_quality = ops.convert_to_tensor(jpeg_quality, dtype=dtypes.int32)
        encoded = EncodeJpegVariableQuality(images=bytes_, quality=jpeg_quality)
        return convert_image_dtype(plain.decode_jpeg(encoded), image.dtype)


def random_jpeg_quality(image, min_jpeg_quality, max_jpeg_quality, seed=None):
    """adjust_jpeg_quality() by a quality from the range."""
    if min_jpeg_quality < 0 or max_jpeg_quality < 0 or min_jpeg_quality > 100 or max_jpeg_quality > 100:
        raise ValueError('jpeg encoding range must be between 0 and 100.')
    if min_jpeg_quality >= max_jpeg_quality:
        raise ValueError('`min_jpeg_quality` must be less than `max_jpeg_quality`.')
    quality = random_ops.random_uniform([], min_jpeg_quality, max_jpeg_quality, seed=seed, dtype=dtypes.int32)
    return adjust_jpeg_quality(image, quality)


def _times(images, kernel):
    images = ops.convert_to_tensor(images, name='images')
    kernel = ops.convert_to_tensor(kernel, dtype=images.dtype, name='kernel')
    return math_ops.tensordot(images, kernel, axes=[[images.get_shape().ndims - 1], [0]])


def rgb_to_yiq(images):
    """The channels Y, I and Q of float pictures."""
    return _times(images, _RGB_TO_YIQ)


def yiq_to_rgb(images):
    """And back."""
    return _times(images, _YIQ_TO_RGB)


def rgb_to_yuv(images):
    """The channels Y, U and V of float pictures."""
    return _times(images, _RGB_TO_YUV)


def yuv_to_rgb(images):
    """And back."""
    return _times(images, _YUV_TO_RGB)
