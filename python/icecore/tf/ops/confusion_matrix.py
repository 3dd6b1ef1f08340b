"""tf.math.confusion_matrix."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, check_ops, control_flow_ops, math_ops, plain


def remove_squeezable_dimensions(labels, predictions, expected_rank_diff=0, name=None):
    """Leaves out a last dimension of size 1 where the ranks don't fit otherwise."""
    with ops.name_scope(name, 'remove_squeezable_dimensions', [labels, predictions]):
        predictions = ops.convert_to_tensor(predictions)
        labels = ops.convert_to_tensor(labels)
        prediction_dims, label_dims = predictions.get_shape(), labels.get_shape()
        if label_dims.ndims is not None and prediction_dims.ndims is not None:
            difference = prediction_dims.ndims - label_dims.ndims
            if difference == expected_rank_diff + 1:
                predictions = array_ops.squeeze(predictions, [-1])
            elif difference == expected_rank_diff - 1:
                labels = array_ops.squeeze(labels, [-1])
            return labels, predictions
        difference = array_ops.rank(predictions) - array_ops.rank(labels)
        if prediction_dims.ndims is None or prediction_dims.dims[-1].is_compatible_with(1):
            whole = predictions
            predictions = control_flow_ops.cond(math_ops.equal(expected_rank_diff + 1, difference),
                                                lambda: array_ops.squeeze(whole, [-1]), lambda: whole)
        if label_dims.ndims is None or label_dims.dims[-1].is_compatible_with(1):
            whole_labels = labels
            labels = control_flow_ops.cond(math_ops.equal(expected_rank_diff - 1, difference),
                                           lambda: array_ops.squeeze(whole_labels, [-1]), lambda: whole_labels)
        return labels, predictions


def confusion_matrix(labels, predictions, num_classes=None, weights=None, dtype=dtypes.int32, name=None):
    """How often each class (row) was taken for each (column)."""
    with ops.name_scope(name, 'confusion_matrix', (predictions, labels, num_classes, weights)):
        labels, predictions = remove_squeezable_dimensions(
            ops.convert_to_tensor(labels, name='labels'), ops.convert_to_tensor(predictions, name='predictions'))
        predictions = math_ops.cast(predictions, dtypes.int64)
        labels = math_ops.cast(labels, dtypes.int64)
        labels = control_flow_ops.with_dependencies(
            [check_ops.assert_non_negative(labels, message='`labels` contains negative values')], labels)
        predictions = control_flow_ops.with_dependencies(
            [check_ops.assert_non_negative(predictions, message='`predictions` contains negative values')], predictions)
        if num_classes is None:
            num_classes = plain.maximum(math_ops.reduce_max(predictions), math_ops.reduce_max(labels)) + 1
        else:
            bound = math_ops.cast(num_classes, dtypes.int64)
            labels = control_flow_ops.with_dependencies(
                [check_ops.assert_less(labels, bound, message='`labels` out of bound')], labels)
            predictions = control_flow_ops.with_dependencies(
                [check_ops.assert_less(predictions, bound, message='`predictions` out of bound')], predictions)
        if weights is not None:
            weights = ops.convert_to_tensor(weights, name='weights')
            predictions.get_shape().assert_is_compatible_with(weights.get_shape())
            weights = math_ops.cast(weights, dtype)
        shape = array_ops.stack([num_classes, num_classes])
        indices = array_ops.stack([labels, predictions], axis=1)
        values = array_ops.ones_like(predictions, dtype) if weights is None else weights
        sparse_shape = math_ops.cast(shape, dtypes.int64)
        nothing = array_ops.zeros(math_ops.cast(shape, dtypes.int32), dtype)
        return plain.sparse_tensor_dense_add(indices, values, sparse_shape, nothing)


def confusion_matrix_v1(labels, predictions, num_classes=None, dtype=dtypes.int32, name=None, weights=None):
    return confusion_matrix(labels, predictions, num_classes, weights, dtype, name)
