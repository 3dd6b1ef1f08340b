"""tf.image's colors, measures and boxes: a digest of each graph, or, with names of cases as arguments, its nodes."""
import numpy as np
import tensorflow as tf
from listings import case, main
tf.logging.set_verbosity(tf.logging.ERROR)


def P(shape=(8, 8, 3), dtype='float32', known=None, phase=0):
    """Pictures that are known to be of that shape, or of `known`."""
    steps = np.arange(np.prod(shape)).reshape(shape) * 0.37 + phase
    pixels = (np.sin(steps) + 1) / 2
    return tf.placeholder_with_default((pixels * 255).astype(dtype) if dtype == 'uint8' else pixels.astype(dtype),
                                       shape if known is None else known)


FREE = [None, None, None, 3]
case('contrast', lambda: [
    tf.image.adjust_contrast(P(), 2.), tf.image.adjust_contrast(P(dtype='uint8'), .5),
    tf.image.random_contrast(P(), .2, 1.8), tf.image.random_contrast(P(), .2, 1.8, seed=3)], True)
case('hue', lambda: [
    tf.image.adjust_hue(P(), .2), tf.image.adjust_hue(P(dtype='uint8'), -.1, name='mine'), tf.image.random_hue(P(), .1)], True)
case('saturation', lambda: [
    tf.image.adjust_saturation(P(), .5), tf.image.adjust_saturation(P(dtype='uint8'), 2),
    tf.image.random_saturation(P((2, 4, 4, 3)), .5, 1.5)], True)
case('jpeg_quality', lambda: [tf.image.adjust_jpeg_quality(P(), 70), tf.image.random_jpeg_quality(P(dtype='uint8'), 20, 90)])
case('ranges', lambda: tf.image.random_contrast(P(), 2., 1.))
case('ranges2', lambda: tf.image.random_saturation(P(), -1., 1.))
case('ranges3', lambda: tf.image.random_hue(P(), .7))
case('ranges4', lambda: tf.image.random_jpeg_quality(P(), 50, 20))
case('yiq', lambda: [tf.image.rgb_to_yiq(P()), tf.image.yiq_to_rgb(P()), tf.image.rgb_to_yuv(P((2, 4, 4, 3))),
                     tf.image.yuv_to_rgb(P())], True)
case('hsv', lambda: [tf.image.rgb_to_hsv(P()), tf.image.hsv_to_rgb(P((2, 3)))], True)
case('psnr', lambda: [
    tf.image.psnr(P((2, 8, 8, 3)), P((2, 8, 8, 3), phase=1), 1.), tf.image.psnr(P(dtype='uint8'), P(dtype='uint8', phase=1), 255),
    tf.image.psnr(P((2, 8, 8, 3), known=FREE), P(phase=2), 1., name='p')], True)
case('ssim', lambda: [
    tf.image.ssim(P((1, 12, 12, 3)), P((1, 12, 12, 3), phase=.3), 1.), tf.image.ssim(P((12, 12, 1), 'uint8'), P((12, 12, 1), 'uint8'), 255),
    tf.image.ssim(P((2, 12, 12, 3), known=FREE), P((2, 12, 12, 3), phase=.1), 1., filter_size=5, filter_sigma=1., k1=.02)], True)
case('ssim_multiscale', lambda: tf.image.ssim_multiscale(
    P((1, 25, 26, 1)), P((1, 25, 26, 1), phase=.3), 1., power_factors=(.5, .3), filter_size=4), True)
case('incompatible', lambda: tf.image.ssim(P((1, 8, 8, 3)), P((1, 8, 8, 1)), 1.))
case('incompatible2', lambda: tf.image.psnr(P((2, 8, 8, 3)), P((3, 8, 8, 3)), 1.))
case('variation', lambda: [tf.image.total_variation(P()), tf.image.total_variation(P((2, 4, 4, 3)), name='v')], True)
case('variation2', lambda: tf.image.total_variation(P((4, 4))))
case('gradients', lambda: [tf.image.image_gradients(P((1, 3, 4, 2))), tf.image.sobel_edges(P((1, 4, 5, 2))),
                           tf.image.sobel_edges(P((1, 4, 5, 3), known=FREE))], True)
case('gradients2', lambda: tf.image.image_gradients(P()))
case('rot90', lambda: [
    tf.image.rot90(P((2, 3, 3))), tf.image.rot90(P((1, 2, 3, 3)), 2), tf.image.rot90(P((2, 3, 3)), k=tf.constant(7), name='turned'),
    tf.image.rot90(P((1, 2, 3, 3), known=FREE), 3)], True)
case('rot90_rank', lambda: tf.image.rot90(P((2, 2))))
case('resize_with_pad', lambda: [
    tf.image.resize_image_with_pad(P((4, 6, 1)), 5, 5), tf.image.resize_image_with_pad(P((1, 4, 6, 3), known=FREE), 6, 9, 1),
    tf.image.resize_image_with_pad(P((8, 4, 1)), 4, 4, align_corners=True)], True)
case('patches', lambda: tf.image.extract_patches(P((1, 4, 4, 1)), [1, 2, 2, 1], [1, 2, 2, 1], [1, 1, 1, 1], 'VALID'), True)
case('boxes', lambda: [
    tf.image.non_max_suppression_padded([[0., 0, 1, 1], [0, 0, 1, .9], [2, 2, 3, 3]], [.9, .8, .7], 3, pad_to_max_output_size=True),
    tf.image.non_max_suppression_padded([[0., 0, 1, 1], [0, 0, 1, .9], [2, 2, 3, 3]], [.9, .8, .7], 3)], True)
case('boxes2', lambda: [
    tf.image.non_max_suppression_with_scores(P((5, 4)), P((5,)), 3, soft_nms_sigma=.5),
    tf.image.non_max_suppression_overlaps(P((5, 5)), P((5,)), 3),
    tf.image.combined_non_max_suppression(P((1, 5, 1, 4)), P((1, 5, 2)), 3, 4),
    tf.image.draw_bounding_boxes(P((1, 8, 8, 3)), P((1, 2, 4))), tf.image.draw_bounding_boxes(P((1, 8, 8, 3)), P((1, 2, 4)), colors=P((2, 3))),
    tf.image.sample_distorted_bounding_box([8, 8, 3], P((1, 2, 4)), seed=3, min_object_covered=.5),
    tf.image.extract_glimpse(P((1, 8, 8, 3)), [2, 2], P((1, 2)))])
case('decode', lambda: [
    tf.image.decode_image(tf.placeholder(tf.string, ())), tf.image.decode_image('x', 3, tf.float32, 'mine', False),
    tf.image.is_jpeg(b'\xff\xd8\xff\xe0'), tf.io.is_jpeg('no', name='j')], ordered=False)
case('decode2', lambda: tf.image.decode_image('x', 2))
main()
