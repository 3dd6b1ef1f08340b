"""Rows of tables, several of them combined: tf.nn.embedding_lookup_sparse."""
from icecore.tf.framework import dtypes, ops, tensor_shape
from icecore.tf.framework.composites import SparseTensor
from icecore.tf.ops import array_ops, math_ops, plain, sparse_ops, variables
from icecore.tf.ops.embedding_ops import embedding_lookup
from icecore.tf.platform import tf_logging


def _weighted(embeddings, weights, segment_ids, combiner, name):
    ones = array_ops.fill(array_ops.expand_dims(array_ops.rank(embeddings) - 1, 0), 1)
    shape = array_ops.concat([array_ops.shape(weights), ones], 0)
    known = weights.get_shape()
    weights = array_ops.reshape(weights, shape)
    rank = embeddings.get_shape().ndims
    if rank is not None:
        weights.set_shape(known.concatenate([1] * (rank - 1)))
    embeddings *= weights
    if combiner == 'sum':
        return plain.segment_sum(embeddings, segment_ids, name=name)
    embeddings = plain.segment_sum(embeddings, segment_ids)
    if combiner == 'mean':
        total = plain.segment_sum(weights, segment_ids)
    else:
        total = plain.sqrt(plain.segment_sum(math_ops.pow(weights, 2), segment_ids))
    return math_ops.div(embeddings, total, name=name)


def _check_same_shapes(sp_ids, sp_weights):
    if not isinstance(sp_weights, SparseTensor):
        raise TypeError('sp_weights must be either None or SparseTensor')
    for part in ('values', 'indices', 'dense_shape'):
        getattr(sp_ids, part).get_shape().assert_is_compatible_with(getattr(sp_weights, part).get_shape())


def embedding_lookup_sparse(params, sp_ids, sp_weights, partition_strategy='mod', name=None, combiner=None, max_norm=None):
    """For each row of sp_ids, the rows of the table with these numbers, combined.

    Args:
      params: a table, or a list of its parts.
      sp_ids: a SparseTensor of integers, [batch, any].
      sp_weights: a SparseTensor of the same indices, or None.
      combiner: 'sum', 'mean', or 'sqrtn', the sum divided by the root of the weights' squares; None is 'mean'.
    """
    if combiner is None:
        tf_logging.warn('The default value of combiner will change from "mean" to "sqrtn" after 2016/11/01.')
        combiner = 'mean'
    if combiner not in ('mean', 'sqrtn', 'sum'):
        raise ValueError("combiner must be one of 'mean', 'sqrtn' or 'sum'")
    if isinstance(params, variables.PartitionedVariable):
        params = list(params)
    if not isinstance(params, list):
        params = [params]
    if not isinstance(sp_ids, SparseTensor):
        raise TypeError('sp_ids must be SparseTensor')
    if sp_weights is not None:
        _check_same_shapes(sp_ids, sp_weights)
    with ops.name_scope(name, 'embedding_lookup_sparse', params + [sp_ids]) as name:
        segment_ids = sp_ids.indices[:, 0]
        if segment_ids.dtype != dtypes.int32:
            segment_ids = math_ops.cast(segment_ids, dtypes.int32)
        ids, places = array_ops.unique(sp_ids.values)
        embeddings = embedding_lookup(params, ids, partition_strategy=partition_strategy, max_norm=max_norm)
        if embeddings.dtype in (dtypes.float16, dtypes.bfloat16):
            embeddings = math_ops.cast(embeddings, dtypes.float32)
        if sp_weights is None:
            combine = {'sum': math_ops.sparse_segment_sum, 'mean': math_ops.sparse_segment_mean,
                       'sqrtn': math_ops.sparse_segment_sqrt_n}[combiner]
            return combine(embeddings, places, segment_ids, name=name)
        weights = sp_weights.values
        if weights.dtype != embeddings.dtype:
            weights = math_ops.cast(weights, embeddings.dtype)
        return _weighted(array_ops.gather(embeddings, places), weights, segment_ids, combiner, name)


def _retain(sparse_ids, sparse_weights, valid):
    sparse_ids = sparse_ops.sparse_retain(sparse_ids, valid)
    return sparse_ids, None if sparse_weights is None else sparse_ops.sparse_retain(sparse_weights, valid)


def _as_tables(embedding_weights, dtype):
    if embedding_weights is None:
        raise ValueError('Missing embedding_weights %s.' % embedding_weights)
    if isinstance(embedding_weights, variables.PartitionedVariable):
        embedding_weights = list(embedding_weights)
    if not isinstance(embedding_weights, list):
        embedding_weights = [embedding_weights]
    if not embedding_weights:
        raise ValueError('Missing embedding_weights %s.' % embedding_weights)
    return [table if variables.is_resource_variable(table) and dtype in (None, table.dtype) else
            ops.convert_to_tensor(table, dtype=dtype) for table in embedding_weights]


def safe_embedding_lookup_sparse(embedding_weights, sparse_ids, sparse_weights=None, combiner='mean', default_id=None,
                                 name=None, partition_strategy='div', max_norm=None):
    """embedding_lookup_sparse() without ids below 0 and weights that aren't above it; rows without ids are zeros.

    Args:
      default_id: the row of the table that stands for rows without ids.
    """
    dtype = sparse_weights.dtype if sparse_weights is not None else None
    tables = _as_tables(embedding_weights, dtype)
    with ops.name_scope(name, 'embedding_lookup', tables + [sparse_ids, sparse_weights]) as scope:
        shape = sparse_ids.dense_shape
        known_rank = tensor_shape.dimension_value(shape.get_shape()[0])
        rank = array_ops.size(shape) if known_rank is None else known_rank
        rows = math_ops.reduce_prod(array_ops.slice(shape, [0], [rank - 1]))
        sparse_ids = sparse_ops.sparse_reshape(sparse_ids, [rows, array_ops.gather(shape, rank - 1)])
        if sparse_weights is not None:
            sparse_weights = SparseTensor(sparse_ids.indices, sparse_weights.values, sparse_ids.dense_shape)
        valid = plain.greater_equal(sparse_ids.values, 0)
        if sparse_weights is not None:
            valid = plain.logical_and(valid, array_ops.ones_like(sparse_weights.values, dtype=dtypes.bool))
        sparse_ids, sparse_weights = _retain(sparse_ids, sparse_weights, valid)
        if combiner != 'sum' and sparse_weights is not None:
            sparse_ids, sparse_weights = _retain(sparse_ids, sparse_weights, plain.greater(sparse_weights.values, 0))
        sparse_ids, is_empty = sparse_ops.sparse_fill_empty_rows(sparse_ids, default_id or 0)
        if sparse_weights is not None:
            sparse_weights, _ = sparse_ops.sparse_fill_empty_rows(sparse_weights, 1.0)
        found = embedding_lookup_sparse(tables, sparse_ids, sparse_weights, combiner=combiner,
                                        partition_strategy=partition_strategy, name=None if default_id is None else scope,
                                        max_norm=max_norm)
        if default_id is None:
            is_empty = plain.tile(array_ops.reshape(is_empty, [-1, 1]), array_ops.stack([1, array_ops.shape(found)[1]]))
            found = array_ops.where(is_empty, array_ops.zeros_like(found), found, name=scope)
        leading = array_ops.slice(math_ops.cast(shape, dtypes.int32), [0], [rank - 1])
        whole = array_ops.reshape(found, array_ops.concat([leading, array_ops.slice(array_ops.shape(found), [1], [-1])], 0))
        before = tensor_shape.unknown_shape(None if known_rank is None else known_rank - 1)
        whole.set_shape(before.concatenate(found.get_shape()[1:]))
        return whole
