"""tf.image.decode_image: pictures of any of the formats."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, control_flow_ops, math_ops, plain, string_ops
from icecore.tf.ops.image_values import convert_image_dtype


def is_jpeg(contents, name=None):
    """Whether the bytes begin as a JPEG does."""
    with ops.name_scope(name, 'is_jpeg'):
        return math_ops.equal(string_ops.substr(contents, 0, 3), b'\xff\xd8\xff', name=name)


def _is_png(contents, name=None):
    with ops.name_scope(name, 'is_png'):
        return math_ops.equal(string_ops.substr(contents, 0, 3), b'\211PN', name=name)


def decode_image(contents, channels=None, dtype=dtypes.uint8, name=None, expand_animations=True):
    """The pixels of a JPEG, PNG, GIF or BMP; a GIF has an axis more, of its pictures.

    Args:
      channels: 0 (or None), 1, 3 or 4.
      dtype: of the pixels; floats are of 0 to 1.
      expand_animations: False: only the first picture of a GIF.
    """
    with ops.name_scope(name, 'decode_image'):
        if channels not in (None, 0, 1, 3, 4):
            raise ValueError('channels must be in (None, 0, 1, 3, 4)')
        start = string_ops.substr(contents, 0, 3)
        wanted = 0 if channels is None else channels

        def refuse(good, format, allowed):
            message = 'Channels must be in (None, %s) when decoding %s images' % (allowed, format)
            return control_flow_ops.Assert(good, [message])

        def bmp():
            signature = string_ops.substr(contents, 0, 2)
            is_bmp = math_ops.equal(signature, 'BM', name='is_bmp')
            checks = [control_flow_ops.Assert(is_bmp, ['Unable to decode bytes as JPEG, PNG, GIF, or BMP'])]
            checks.append(refuse(math_ops.not_equal(wanted, 1, name='check_channels'), 'BMP', '0, 3'))
            with ops.control_dependencies(checks):
                return convert_image_dtype(plain.decode_bmp(contents), dtype)

        def gif():
            good = plain.logical_and(math_ops.not_equal(wanted, 1, name='check_gif_channels'),
                                     math_ops.not_equal(wanted, 4, name='check_gif_channels'))
            with ops.control_dependencies([refuse(good, 'GIF', '0, 3')]):
                pictures = convert_image_dtype(plain.decode_gif(contents), dtype)
                return pictures if expand_animations else array_ops.gather(pictures, 0)

        def gif_or_bmp():
            is_gif = math_ops.equal(start, b'\x47\x49\x46', name='is_gif')
            return control_flow_ops.cond(is_gif, gif, bmp, name='cond_gif')

        def png():
            stored = dtypes.uint8 if dtype == dtypes.uint8 else dtypes.uint16
            return convert_image_dtype(plain.decode_png(contents, channels, dtype=stored), dtype)

        def png_or_others():
            return control_flow_ops.cond(_is_png(contents), png, gif_or_bmp, name='cond_png')

        def jpeg():
            good = math_ops.not_equal(wanted, 4, name='check_jpeg_channels')
            with ops.control_dependencies([refuse(good, 'JPEG', '0, 1, 3')]):
                return convert_image_dtype(plain.decode_jpeg(contents, wanted), dtype)

        return control_flow_ops.cond(is_jpeg(contents), jpeg, png_or_others, name='cond_jpeg')
