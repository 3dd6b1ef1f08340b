"""tf.nn.embedding_lookup."""
from icecore.tf.framework import constant_op, dtypes, ops
from icecore.tf.ops import array_ops, clip_ops, math_ops, plain, variables


def _clip(params, ids, max_norm):
    if max_norm is None:
        return params

    def rank_of(x):
        rank = ops.convert_to_tensor(x).get_shape().ndims
        return (rank, True) if rank else (array_ops.rank(x), False)

    ids_rank, ids_known = rank_of(ids)
    rank, known = rank_of(params)
    axes = list(range(ids_rank, rank)) if ids_known and known else math_ops.range(ids_rank, rank)
    return clip_ops.clip_by_norm(params, max_norm, axes=axes)


def _rows(param):
    dims = param.get_shape()
    return None if dims.ndims is None else dims.as_list()[0]


def _assignments(params, flat_ids, strategy):
    n = len(params)
    if strategy == 'mod':
        return flat_ids % n, flat_ids // n
    if strategy != 'div':
        raise ValueError('Unrecognized partition strategy: ' + strategy)
    sizes = [_rows(p) for p in params]
    if None not in sizes:
        total = constant_op.constant(sum(sizes), flat_ids.dtype)
    else:
        tensors = []
        for p, rows in zip(params, sizes):
            if rows is not None:
                tensors.append(rows)
                continue
            with ops.colocate_with(p):
                tensors.append(array_ops.shape(p)[0])
        total = math_ops.reduce_sum(math_ops.cast(array_ops.stack(tensors), flat_ids.dtype))
    each = total // n
    extras = total % n
    part = plain.maximum(flat_ids // (each + 1), (flat_ids - extras) // each)
    return part, array_ops.where(part < extras, flat_ids % (each + 1), (flat_ids - extras) % each)


def embedding_lookup(params, ids, partition_strategy='mod', name=None, validate_indices=True, max_norm=None):
    """Rows of a table, or of a table in parts, by their numbers.

    Args:
      params: a tensor or variable, a list of the parts, or a partitioned variable.
      ids: integers.
      partition_strategy: 'mod' where row i is in part i % parts, 'div' where parts are contiguous.
      max_norm: the largest length that a row may have.
    """
    if params is None:
        raise ValueError('params must be specified')
    if isinstance(params, (list, tuple)) and not params:
        raise ValueError('Need at least one param')
    if isinstance(params, variables.PartitionedVariable):
        params = list(params)
    params = list(params) if isinstance(params, (list, tuple)) else [params]
    with ops.name_scope(name, 'embedding_lookup', params + [ids]) as name:
        if not any(variables.is_resource_variable(p) for p in params):
            params = [p if isinstance(p, ops.IndexedSlices) else ops.convert_to_tensor(p, name='params_%d' % i)
                      for i, p in enumerate(params)]
        ids = ops.convert_to_tensor(ids, name='ids')
        if len(params) == 1:
            with ops.colocate_with(params[0]):
                result = _clip(array_ops.gather(params[0], ids, name=name), ids, max_norm)
            return array_ops.identity(result)
        flat_ids = array_ops.reshape(ids, [-1])
        places = math_ops.range(array_ops.size(flat_ids))
        part, rows = _assignments(params, flat_ids, partition_strategy)
        part = math_ops.cast(part, dtypes.int32)
        rows_of = plain.dynamic_partition(rows, part, len(params))
        places_of = plain.dynamic_partition(places, part, len(params))
        found = []
        for i, param in enumerate(params):
            with ops.colocate_with(param):
                found.append(array_ops.gather(param, rows_of[i]))
        result = plain.parallel_dynamic_stitch(places_of, found, name=name)
        element = params[0].get_shape()[1:]
        for p in params[1:]:
            element = element.merge_with(p.get_shape()[1:])
        if element.is_fully_defined():
            element_tensor = element
        else:
            with ops.colocate_with(params[0]):
                shape = array_ops.shape(params[0])
            element_tensor = shape[1:]
        result = array_ops.reshape(result, array_ops.concat([array_ops.shape(ids), element_tensor], 0))
        result.set_shape(ids.get_shape().concatenate(element))
        return _clip(result, ids, max_norm)


def embedding_lookup_v2(params, ids, max_norm=None, name=None):
    return embedding_lookup(params, ids, 'div', name, max_norm=max_norm)
