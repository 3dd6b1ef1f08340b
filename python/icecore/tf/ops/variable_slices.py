"""v[begin:end], which can be assigned to."""


def slice_of_variable(variable, index):
    """The slice of its value; `.assign(value)` changes that part of the variable."""
    from icecore.tf.framework import slicing
    made = slicing.slice_of(variable.value(), index)
    op = made.op
    if op.type == 'StridedSlice':
        def assign(val, name=None):
            masks = {key: op.get_attr(key) for key in (
                'begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask')}
            return variable._strided_slice_assign(begin=op.inputs[1], end=op.inputs[2], strides=op.inputs[3], value=val,
                                                  name=name or op.name + '/_assign', **masks)
        made.assign = assign
    return made
