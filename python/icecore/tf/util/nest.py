"""Nested lists, tuples, namedtuples and dictionaries, as sequences of their leaves."""
import collections.abc


def is_sequence(seq):
    """Whether it has leaves: a list, tuple or dictionary."""
    return isinstance(seq, (list, tuple, collections.abc.Mapping))


is_nested = is_sequence


def _is_composite(value):
    from icecore.tf.framework import composites
    return isinstance(value, composites.CompositeTensor)


def _parts(composite):
    from icecore.tf.framework import composites
    if isinstance(composite, composites.IndexedSlices):
        parts = [composite.values, composite.indices]
        return parts if composite.dense_shape is None else parts + [composite.dense_shape]
    return [composite.indices, composite.values, composite.dense_shape]


def _children(structure):
    if isinstance(structure, collections.abc.Mapping):
        try:
            keys = sorted(structure)
        except TypeError:
            raise TypeError('nest only supports dicts with sortable keys.') from None
        return [structure[key] for key in keys]
    return list(structure)


def flatten(structure, expand_composites=False):
    """The leaves in order; those of dictionaries by sorted keys."""
    if is_sequence(structure):
        return [leaf for child in _children(structure) for leaf in flatten(child, expand_composites)]
    if expand_composites and _is_composite(structure):
        return _parts(structure)
    return [structure]


def _like(structure, children):
    if isinstance(structure, collections.abc.Mapping):
        values = dict(zip(sorted(structure), children))
        made = [(key, values[key]) for key in structure]
        if isinstance(structure, collections.defaultdict):
            return type(structure)(structure.default_factory, made)
        return type(structure)(made)
    if isinstance(structure, tuple) and hasattr(structure, '_fields'):
        return type(structure)(*children)
    return type(structure)(children)


def _pack(structure, leaves, expand_composites):
    if is_sequence(structure):
        return _like(structure, [_pack(child, leaves, expand_composites) for child in _children(structure)])
    if expand_composites and _is_composite(structure):
        return type(structure)(*[next(leaves) for _ in _parts(structure)])
    return next(leaves)


def pack_sequence_as(structure, flat_sequence, expand_composites=False):
    """The leaves in the structure's form.

    Raises:
      ValueError: where their number isn't the structure's.
      TypeError: where they aren't a sequence.
    """
    if not is_sequence(flat_sequence):
        raise TypeError('flat_sequence must be a sequence')
    wanted = len(flatten(structure, expand_composites))
    if wanted != len(flat_sequence):
        raise ValueError('Could not pack sequence. Structure had %d elements, but flat_sequence had %d elements.  '
                         'Structure: %s, flat_sequence: %s.' % (wanted, len(flat_sequence), structure, flat_sequence))
    return _pack(structure, iter(flat_sequence), expand_composites)


def assert_same_structure(nest1, nest2, check_types=True, expand_composites=False):
    """Raises ValueError where the forms differ, TypeError where the classes of their nodes do."""
    first, second = is_sequence(nest1), is_sequence(nest2)
    if first != second:
        raise ValueError("The two structures don't have the same nested structure.\n\nFirst structure: %s\n\nSecond "
                         'structure: %s' % (nest1, nest2))
    if not first:
        if expand_composites and _is_composite(nest1) != _is_composite(nest2):
            raise TypeError("The two structures don't have the same nested structure: one has a composite tensor where "
                            'the other has none.')
        return
    if check_types and type(nest1) is not type(nest2) and not (
            isinstance(nest1, collections.abc.Mapping) and isinstance(nest2, collections.abc.Mapping)):
        raise TypeError("The two structures don't have the same sequence type. First structure has type %s, while "
                        'second structure has type %s.' % (type(nest1), type(nest2)))
    left, right = _children(nest1), _children(nest2)
    if len(left) != len(right) or (isinstance(nest1, collections.abc.Mapping) and set(nest1) != set(nest2)):
        raise ValueError("The two structures don't have the same nested structure.\n\nFirst structure: %s\n\nSecond "
                         "structure: %s\n\nMore specifically: they don't have the same number of elements." %
                         (nest1, nest2))
    for a, b in zip(left, right):
        assert_same_structure(a, b, check_types, expand_composites)


def map_structure(func, *structure, **kwargs):
    """The results of the function for the leaves, in the structure's form."""
    check_types = kwargs.pop('check_types', True)
    expand_composites = kwargs.pop('expand_composites', False)
    if kwargs:
        raise ValueError('Only valid keyword arguments are `check_types` and `expand_composites`, not: `%s`' %
                         '`, `'.join(kwargs))
    if not callable(func):
        raise TypeError('func must be callable, got: %s' % func)
    if not structure:
        raise ValueError('Must provide at least one structure')
    for other in structure[1:]:
        assert_same_structure(structure[0], other, check_types, expand_composites)
    flat = [flatten(one, expand_composites) for one in structure]
    return pack_sequence_as(structure[0], [func(*leaves) for leaves in zip(*flat)], expand_composites)
