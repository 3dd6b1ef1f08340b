"""tf.image: how far pictures are from each other, and how much they change from pixel to pixel."""
import numpy as np

from icecore.tf.framework import constant_op, dtypes, ops
from icecore.tf.ops import array_ops, control_flow_ops, math_ops, nn_impl, nn_ops, plain
from icecore.tf.ops.image_values import convert_image_dtype

_SCALE_WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)


# --- Two pictures ----------------------------------------------------------------------------------------------------


def _compatible(img1, img2):
    """The shapes of both, as tensors, and assertions that the pictures' sizes are equal.

    Raises:
      ValueError: where it is known that they aren't.
    """
    known1, known2 = img1.get_shape().with_rank_at_least(3), img2.get_shape().with_rank_at_least(3)
    known1[-3:].assert_is_compatible_with(known2[-3:])
    if known1.ndims is not None and known2.ndims is not None:
        for one, other in zip(reversed(known1.dims[:-3]), reversed(known2.dims[:-3])):
            if not (one == 1 or other == 1 or one.is_compatible_with(other)):
                raise ValueError('Two images are not compatible: %s and %s' % (known1, known2))
    shape1, shape2 = array_ops.shape_n([img1, img2])
    checks = [control_flow_ops.Assert(math_ops.greater_equal(array_ops.size(shape1), 3), [shape1, shape2], summarize=10)]
    checks.append(control_flow_ops.Assert(math_ops.reduce_all(math_ops.equal(shape1[-3:], shape2[-3:])),
                                          [shape1, shape2], summarize=10))
    return shape1, shape2, checks


def _scaled(img1, img2, max_val):
    max_val = convert_image_dtype(math_ops.cast(max_val, img1.dtype), dtypes.float32)
    return convert_image_dtype(img1, dtypes.float32), convert_image_dtype(img2, dtypes.float32), max_val


def psnr(a, b, max_val, name=None):
    """The ratio of the largest value and the noise between two pictures, in decibels."""
    with ops.name_scope(name, 'PSNR', [a, b]):
        a, b, max_val = _scaled(a, b, max_val)
        error = math_ops.reduce_mean(plain.squared_difference(a, b), [-3, -2, -1])
        ratio = math_ops.subtract(20 * plain.log(max_val) / plain.log(10.0),
                                  np.float32(10 / np.log(10)) * plain.log(error), name='psnr')
        checks = _compatible(a, b)[2]
        with ops.control_dependencies(checks):
            return array_ops.identity(ratio)


def _gauss(size, sigma):
    size = ops.convert_to_tensor(size, dtypes.int32)
    sigma = ops.convert_to_tensor(sigma)
    coordinates = math_ops.cast(math_ops.range(size), sigma.dtype)
    coordinates -= math_ops.cast(size - 1, sigma.dtype) / 2.0
    weights = plain.square(coordinates)
    weights *= -0.5 / plain.square(sigma)
    weights = array_ops.reshape(weights, shape=[1, -1]) + array_ops.reshape(weights, shape=[-1, 1])
    weights = nn_ops.softmax(array_ops.reshape(weights, shape=[1, -1]))
    return array_ops.reshape(weights, shape=[size, size, 1, 1])


def _luminance_and_structure(x, y, mean_of, max_val, k1, k2):
    c1, c2 = (k1 * max_val)**2, (k2 * max_val)**2
    mean_x, mean_y = mean_of(x), mean_of(y)
    means = mean_x * mean_y * 2.0
    squares = plain.square(mean_x) + plain.square(mean_y)
    luminance = (means + c1) / (squares + c1)
    products = mean_of(x * y) * 2.0
    powers = mean_of(plain.square(x) + plain.square(y))
    c2 *= 1.0
    return luminance, (products - means + c2) / (powers - squares + c2)


def _ssim_of_channels(img1, img2, max_val, filter_size, filter_sigma, k1, k2):
    filter_size = constant_op.constant(filter_size, dtype=dtypes.int32)
    filter_sigma = constant_op.constant(filter_sigma, dtype=img1.dtype)
    shapes = array_ops.shape_n([img1, img2])
    checks = [control_flow_ops.Assert(math_ops.reduce_all(math_ops.greater_equal(shape[-3:-1], filter_size)),
                                      [shape, filter_size], summarize=8) for shape in shapes]
    with ops.control_dependencies(checks):
        img1 = array_ops.identity(img1)
    kernel = _gauss(filter_size, filter_sigma)
    kernel = plain.tile(kernel, multiples=[1, 1, shapes[0][-1], 1])

    def mean_of(x):
        shape = array_ops.shape(x)
        x = array_ops.reshape(x, shape=array_ops.concat([[-1], shape[-3:]], 0))
        y = nn_impl.depthwise_conv2d(x, kernel, strides=[1, 1, 1, 1], padding='VALID')
        return array_ops.reshape(y, array_ops.concat([shape[:-3], array_ops.shape(y)[1:]], 0))

    luminance, structure = _luminance_and_structure(img1, img2, mean_of, max_val, k1, k2)
    axes = constant_op.constant([-3, -2], dtype=dtypes.int32)
    return math_ops.reduce_mean(luminance * structure, axes), math_ops.reduce_mean(structure, axes)


def ssim(img1, img2, max_val, filter_size=11, filter_sigma=1.5, k1=0.01, k2=0.03):
    """The structural similarity of pictures, 1 where they are equal."""
    checks = _compatible(img1, img2)[2]
    with ops.control_dependencies(checks):
        img1 = array_ops.identity(img1)
    img1, img2, max_val = _scaled(img1, img2, max_val)
    of_channels, _ = _ssim_of_channels(img1, img2, max_val, filter_size, filter_sigma, k1, k2)
    return math_ops.reduce_mean(of_channels, [-1])


def ssim_multiscale(img1, img2, max_val, power_factors=_SCALE_WEIGHTS, filter_size=11, filter_sigma=1.5, k1=0.01,
                    k2=0.03):
    """The same over several scales, each half the one before: their product, with the powers given."""
    with ops.name_scope(None, 'MS-SSIM', [img1, img2]):
        img1 = ops.convert_to_tensor(img1, name='img1')
        img2 = ops.convert_to_tensor(img2, name='img2')
        shape1, shape2, checks = _compatible(img1, img2)
        with ops.control_dependencies(checks):
            img1 = array_ops.identity(img1)
        img1, img2, max_val = _scaled(img1, img2, max_val)
        images = [img1, img2]
        heads, tails = [shape1[:-3], shape2[:-3]], [shape1[-3:], shape2[-3:]]
        window = [1, 2, 2, 1]
        divisor = constant_op.constant(window[1:], dtype=dtypes.int32)
        factors = []
        for scale in range(len(power_factors)):
            with ops.name_scope(None, 'Scale%d' % scale, images):
                if scale:
                    images, tails = _half(images, heads, tails, window, divisor)
                of_channels, structure = _ssim_of_channels(*images, max_val=max_val, filter_size=filter_size,
                                                           filter_sigma=filter_sigma, k1=k1, k2=k2)
                factors.append(plain.relu(structure))
        factors.pop()  # The last scale's luminance counts, too.
        factors = array_ops.stack(factors + [plain.relu(of_channels)], axis=-1)
        product = math_ops.reduce_prod(math_ops.pow(factors, power_factors), [-1])
        return math_ops.reduce_mean(product, [-1])


def _half(images, heads, tails, window, divisor):
    flat = [array_ops.reshape(x, array_ops.concat([[-1], tail], 0)) for x, tail in zip(images, tails)]
    odd = tails[0] % divisor

    def padded():
        padding = array_ops.pad(array_ops.expand_dims(odd, -1), [[1, 0], [1, 0]])
        return [array_ops.pad(x, padding, mode='SYMMETRIC') for x in flat]

    even = control_flow_ops.cond(math_ops.reduce_any(math_ops.not_equal(odd, 0)), padded, lambda: flat)
    smaller = [nn_ops.avg_pool(x, ksize=window, strides=window, padding='VALID') for x in even]
    tails = [shape[1:] for shape in array_ops.shape_n(smaller)]
    return [array_ops.reshape(x, array_ops.concat([head, tail], 0)) for x, head, tail in zip(smaller, heads, tails)], tails


# --- One picture -----------------------------------------------------------------------------------------------------


def total_variation(images, name=None):
    """The sum of the differences of neighbouring pixels, of each picture."""
    with ops.name_scope(name, 'total_variation'):
        rank = images.get_shape().ndims
        if rank == 3:
            down = images[1:, :, :] - images[:-1, :, :]
            right = images[:, 1:, :] - images[:, :-1, :]
            axes = None
        elif rank == 4:
            down = images[:, 1:, :, :] - images[:, :-1, :, :]
            right = images[:, :, 1:, :] - images[:, :, :-1, :]
            axes = [1, 2, 3]
        else:
            raise ValueError("'images' must be either 3 or 4-dimensional.")
        return math_ops.reduce_sum(math_ops.abs(down), axis=axes) + math_ops.reduce_sum(math_ops.abs(right), axis=axes)


def image_gradients(image):
    """(dy, dx): the next pixel minus this one, and 0 in the last row or column."""
    if image.get_shape().ndims != 4:
        raise ValueError('image_gradients expects a 4D tensor [batch_size, h, w, d], not %s.', image.get_shape())
    shape = array_ops.shape(image)
    batch, height, width, depth = array_ops.unstack(shape)
    dy = image[:, 1:, :, :] - image[:, :-1, :, :]
    dx = image[:, :, 1:, :] - image[:, :, :-1, :]
    row = array_ops.stack([batch, 1, width, depth])
    dy = array_ops.reshape(array_ops.concat([dy, array_ops.zeros(row, image.dtype)], 1), shape)
    column = array_ops.stack([batch, height, 1, depth])
    dx = array_ops.reshape(array_ops.concat([dx, array_ops.zeros(column, image.dtype)], 2), shape)
    return dy, dx


def sobel_edges(image):
    """Sobel's filters of each channel: a last axis more, of dy and dx."""
    known = image.get_shape()
    shape = array_ops.shape(image)
    down = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])
    kernels = np.stack([down, down.T], axis=-1)[:, :, np.newaxis]
    kernels = constant_op.constant(kernels, dtype=image.dtype)
    kernels = plain.tile(kernels, [1, 1, shape[-1], 1], name='sobel_filters')
    padded = array_ops.pad(image, [[0, 0], [1, 1], [1, 1], [0, 0]], mode='REFLECT')
    edges = nn_impl.depthwise_conv2d(padded, kernels, [1, 1, 1, 1], 'VALID')
    edges = array_ops.reshape(edges, shape=array_ops.concat([shape, [2]], 0))
    edges.set_shape(known.concatenate([2]))
    return edges
