"""Tables by which objects show themselves in notebooks."""

from __future__ import annotations

from html import escape

MOST_ROWS = 200


def table(caption, headers, rows):
    """An HTML table; of many rows the first ones, and how many more there are."""
    rows = list(rows)
    more = len(rows) - MOST_ROWS
    if more > 0:
        caption += ", of which %d aren't shown" % more
    return '<table><caption>%s</caption><tr>%s</tr>%s</table>' % (
        escape(caption), ''.join('<th>%s</th>' % escape(header) for header in headers),
        ''.join('<tr>%s</tr>' % ''.join('<td style="text-align:left">%s</td>' % escape(str(cell)) for cell in row)
                for row in rows[:MOST_ROWS]))


def shape(dims):
    """A shape as repr() of a handle has it: '[?,2]'."""
    return '?' if dims is None else '[%s]' % ','.join('?' if dim is None else str(dim) for dim in dims)


def of_tensor(tensor):
    return table(tensor.name, ['dtype', 'shape', 'op'], [[tensor.dtype_name, shape(tensor.shape), tensor.op.type]])


def of_operation(operation):
    return table('%s (%s)' % (operation.name, operation.type), ['', 'tensor', 'dtype', 'shape'], [
        [side, tensor.name, tensor.dtype_name, shape(tensor.shape)]
        for side, tensors in (('input', operation.inputs), ('output', operation.outputs)) for tensor in tensors])


def of_variable(variable):
    return table(variable.name, ['dtype', 'shape', 'trainable'],
                 [[variable.dtype_name, shape(variable.shape), 'yes' if variable.trainable else 'no']])


def of_builder(graph):
    operations = graph.operations()
    return table('GraphBuilder of %d operations' % len(operations), ['operation', 'op', 'inputs'], [
        [operation.name, operation.type, ', '.join(tensor.name for tensor in operation.inputs)]
        for operation in operations])


def of_saver(saver):
    return table(repr(saver)[1:-1], ['checkpoint'], [[path] for path in saver.last_checkpoints])


def of_session(session):
    if session._is_closed:
        return table(repr(session)[1:-1], [], [])
    rows = []
    for name in sorted(session.initialized_variables()):
        value = session.variable_value(name)
        if value is not None:  # Else it lost its value since.
            rows.append([name, value.dtype if value.dtype != object else 'string', shape(value.shape)])
    return table(repr(session)[1:-1], ['variable with a value', 'dtype', 'shape'], rows)
