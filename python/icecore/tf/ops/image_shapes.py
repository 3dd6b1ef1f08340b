"""tf.image: turned pictures, resized ones on a larger ground, patches, and the choice of boxes."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, control_flow_ops, math_ops, plain
from icecore.tf.ops.image_ops_impl import (
    ResizeMethodV1, _checked, _dimensions, batch_to_resize, pad_to_bounding_box, resize_images)
from icecore.tf.ops.raw_ops import CombinedNonMaxSuppression, NonMaxSuppressionV5, NonMaxSuppressionWithOverlaps
from icecore.tf.ops.static import is_tensor


def rot90(image, k=1, name=None):
    """Turned against the clock, k times by 90 degrees."""
    with ops.name_scope(name, 'rot90', [image, k]) as scope:
        image = _checked(ops.convert_to_tensor(image, name='image'))
        k = ops.convert_to_tensor(k, dtype=dtypes.int32, name='k')
        k.get_shape().assert_has_rank(0)
        k = plain.floor_mod(k, 4)
        rank = image.get_shape().ndims
        if rank not in (None, 3, 4):
            raise ValueError("'image' must have either 3 or 4 dimensions.")
        rows, columns = (1, 2) if rank == 4 else (0, 1)
        exchanged = [0, 2, 1, 3] if rank == 4 else [1, 0, 2]
        turns = [(math_ops.equal(k, 1), lambda: array_ops.transpose(plain.reverse_v2(image, [columns]), exchanged)),
                 (math_ops.equal(k, 2), lambda: plain.reverse_v2(image, [rows, columns])),
                 (math_ops.equal(k, 3), lambda: plain.reverse_v2(array_ops.transpose(image, exchanged), [columns]))]
        turned = control_flow_ops.case(turns, default=lambda: image, exclusive=True, name=scope)
        known = turned.get_shape() if rank == 4 else image.get_shape()
        turned.set_shape([known[0], None, None, known[3]] if rank == 4 else [None, None, known[2]])
        return turned


def resize_image_with_pad(image, target_height, target_width, method=ResizeMethodV1.BILINEAR, align_corners=False):
    """As large as fits with its proportions kept, in the middle of a ground of zeros."""
    with ops.name_scope(None, 'resize_image_with_pad', [image]):
        image, had_batch = batch_to_resize(image, target_height, target_width)

        def largest(x, y):
            return plain.maximum(x, y) if is_tensor(x) or is_tensor(y) else max(x, y)

        _, height, width, _ = _dimensions(image, rank=4)
        height, width, whole_height, whole_width = [
            math_ops.cast(size, dtype=dtypes.float64) for size in (height, width, target_height, target_width)]
        ratio = largest(width / whole_width, height / whole_height)
        exact_height = height / ratio
        exact_width = width / ratio
        new_height = math_ops.cast(plain.floor(exact_height), dtype=dtypes.int32)
        new_width = math_ops.cast(plain.floor(exact_width), dtype=dtypes.int32)
        above = (whole_height - exact_height) / 2
        left = (whole_width - exact_width) / 2
        above = plain.floor(above)
        left = plain.floor(left)
        above = largest(0, math_ops.cast(above, dtype=dtypes.int32))
        left = largest(0, math_ops.cast(left, dtype=dtypes.int32))
        resized = resize_images(image, [new_height, new_width], method, align_corners=align_corners)
        padded = pad_to_bounding_box(resized, above, left, target_height, target_width)
        if padded.get_shape().ndims is None:
            raise ValueError('padded contains no shape.')
        _dimensions(padded, rank=4)
        return padded if had_batch else array_ops.squeeze(padded, axis=[0])


def extract_patches(images, sizes, strides, rates, padding, name=None):
    """Pieces of pictures, each laid out along the last axis."""
    return plain.extract_image_patches(images, sizes, strides, rates, padding, name)


# --- Boxes -----------------------------------------------------------------------------------------------------------


def non_max_suppression_padded(boxes, scores, max_output_size, iou_threshold=0.5, score_threshold=float('-inf'),
                               pad_to_max_output_size=False, name=None):
    """(numbers of the best boxes that don't overlap much, how many they are), filled up with zeros where asked for."""
    with ops.name_scope(name, 'non_max_suppression_padded'):
        iou_threshold = ops.convert_to_tensor(iou_threshold, name='iou_threshold')
        score_threshold = ops.convert_to_tensor(score_threshold, name='score_threshold')
        return plain.non_max_suppression_v4(boxes, scores, max_output_size, iou_threshold, score_threshold,
                                            pad_to_max_output_size)


def non_max_suppression_with_scores(boxes, scores, max_output_size, iou_threshold=0.5, score_threshold=float('-inf'),
                                    soft_nms_sigma=0.0, name=None):
    """(numbers of the best boxes, their scores, those of boxes that overlap made smaller)."""
    with ops.name_scope(name, 'non_max_suppression_with_scores'):
        iou_threshold = ops.convert_to_tensor(iou_threshold, name='iou_threshold')
        score_threshold = ops.convert_to_tensor(score_threshold, name='score_threshold')
        soft_nms_sigma = ops.convert_to_tensor(soft_nms_sigma, name='soft_nms_sigma')
        numbers, new_scores, _ = NonMaxSuppressionV5(
            boxes=boxes, scores=scores, max_output_size=max_output_size, iou_threshold=iou_threshold,
            score_threshold=score_threshold, soft_nms_sigma=soft_nms_sigma, pad_to_max_output_size=False)
        return numbers, new_scores


def non_max_suppression_with_overlaps(overlaps, scores, max_output_size, overlap_threshold=0.5,
                                      score_threshold=float('-inf'), name=None):
    """The same of boxes whose overlaps are given, two by two."""
    with ops.name_scope(name, 'non_max_suppression_overlaps'):
        overlap_threshold = ops.convert_to_tensor(overlap_threshold, name='overlap_threshold')
        return NonMaxSuppressionWithOverlaps(overlaps=overlaps, scores=scores, max_output_size=max_output_size,
                                             overlap_threshold=overlap_threshold, score_threshold=score_threshold)


def combined_non_max_suppression(boxes, scores, max_output_size_per_class, max_total_size, iou_threshold=0.5,
                                 score_threshold=float('-inf'), pad_per_class=False, clip_boxes=True, name=None):
    """The best boxes of each class of each picture: their corners, scores, classes, and how many they are."""
    with ops.name_scope(name, 'combined_non_max_suppression'):
        iou_threshold = ops.convert_to_tensor(iou_threshold, dtype=dtypes.float32, name='iou_threshold')
        score_threshold = ops.convert_to_tensor(score_threshold, dtype=dtypes.float32, name='score_threshold')
        return CombinedNonMaxSuppression(
            boxes=boxes, scores=scores, max_output_size_per_class=max_output_size_per_class,
            max_total_size=max_total_size, iou_threshold=iou_threshold, score_threshold=score_threshold,
            pad_per_class=pad_per_class, clip_boxes=clip_boxes)


def draw_bounding_boxes(images, boxes, name=None, colors=None):
    """Pictures with boxes drawn into them."""
    if colors is None:
        return plain.draw_bounding_boxes(images, boxes, name)
    return plain.draw_bounding_boxes_v2(images, boxes, colors, name)


def sample_distorted_bounding_box(image_size, bounding_boxes, seed=None, seed2=None, min_object_covered=0.1,
                                  aspect_ratio_range=None, area_range=None, max_attempts=None,
                                  use_image_if_no_bounding_boxes=None, name=None):
    """A part of a picture that holds enough of one of its boxes, by chance: (begin, size, the box of 0 to 1)."""
    with ops.name_scope(name, 'sample_distorted_bounding_box'):
        return plain.sample_distorted_bounding_box_v2(
            image_size, bounding_boxes, seed=seed, seed2=seed2, min_object_covered=min_object_covered,
            aspect_ratio_range=aspect_ratio_range, area_range=area_range, max_attempts=max_attempts,
            use_image_if_no_bounding_boxes=use_image_if_no_bounding_boxes, name=name)


def extract_glimpse(input, size, offsets, centered=True, normalized=True, uniform_noise=True, name=None):
    """A window of each picture, around the place given."""
    return plain.extract_glimpse(input=input, size=size, offsets=offsets, centered=centered, normalized=normalized,
                                 uniform_noise=uniform_noise, name=name)
