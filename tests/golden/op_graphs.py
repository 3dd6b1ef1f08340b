#!/usr/bin/env python3
"""Makes tests/data/golden/op_graphs.{pb,index,data-00000-of-00001} and old_op_graphs.*: small graphs of ops whose answer isn't that of
one call (they keep something, write files, steer the flow), run by TensorFlow 1.15.5. old_op_graphs has ops that TensorFlow lets
only graphs of version 2 have.

For each case NAME the graph holds what its function below adds under that name, and for each step K of it the tensors NAME/stepK_0 …,
which are fetched in one run, and the op NAME/stepK, which is run with them; the checkpoint has the values NAME/stepK_0 … or, of a step
that fails, the code NAME/stepK/error. Where there is a placeholder NAME/folder, it is fed with a new folder's name.
tests/runtime/op_graphs_test.cc does the same."""
import os
import tempfile

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import warnings
warnings.filterwarnings('ignore')

import numpy as np
import tensorflow

tf = tensorflow.compat.v1
raw = tensorflow.raw_ops
tf.disable_v2_behavior()
tf.logging.set_verbosity(tf.logging.ERROR)
here = os.path.dirname(os.path.abspath(__file__))
NEW, OLD = [], []


def case(function):
    NEW.append(function)
    return function


def old_case(function):
    OLD.append(function)
    return function


def floats(*dims, seed=0, dtype='float32', low=-2, high=2):
    return tf.constant(np.random.RandomState(seed + 7).uniform(low, high, dims).astype(dtype))


def hidden(value):
    """Whose shape and value aren't known while the graph is built."""
    return raw.PlaceholderWithDefault(input=value, shape=None)


def after(*ops):
    return tf.control_dependencies(ops)


# A case gives its steps: lists of tensors to fetch and ops to run.
@case
def constants():
    values = [np.float32([[1, 2]]), np.float16(3), np.int64([4]), np.array([b'a', b''], object), np.zeros((0, 3), bool), np.complex64(1 + 2j)]
    return [[tf.constant(value) for value in values]]


@case
def references():
    old = raw.Variable(shape=[2], dtype='float32', name='old')
    new = raw.VariableV2(shape=[], dtype='int64')
    return [[raw.IsVariableInitialized(ref=old), raw.IsVariableInitialized(ref=new)],
            [tf.identity(old)],
            [raw.Assign(ref=old, value=[1., 2.]), raw.Assign(ref=new, value=np.int64(5))],
            [raw.IsVariableInitialized(ref=old), tf.identity(old), tf.identity(new)],
            [raw.AssignAdd(ref=old, value=[1., 2.]), raw.AssignSub(ref=new, value=np.int64(2))],
            [raw.RefIdentity(input=old), raw.CountUpTo(ref=new, limit=4)],
            [tf.identity(old), raw.CountUpTo(ref=new, limit=4)],
            [raw.Assign(ref=old, value=hidden([1., 2., 3.]))],
            [raw.Assign(ref=old, value=[1., 2., 3.], validate_shape=False)],
            [tf.identity(old)]]


@case
def slices_of_references():
    v = raw.VariableV2(shape=[3, 4], dtype='float32')
    init = raw.Assign(ref=v, value=floats(3, 4))

    def write(begin, end, strides, value, **masks):
        return raw.StridedSliceAssign(ref=v, begin=begin, end=end, strides=strides, value=value, **masks)

    return [[init], [write([0, 1], [2, 3], [1, 1], floats(2, 2, seed=1))],
            [write([2, 3], [0, 0], [-2, -2], floats(1, 2, seed=2))],
            [write([1, 0], [2, 0], [1, 1], floats(4, seed=3), shrink_axis_mask=1, end_mask=2)],
            [write([0, 0], [0, 0], [1, 1], tf.constant(9.), begin_mask=3, end_mask=1)],
            [write([0, 0], [2, 2], [1, 1], hidden(floats(3, 3)))],
            [tf.identity(v)]]


@case
def slices_of_resources():
    v = raw.VarHandleOp(dtype='float32', shape=[3, 4], shared_name='slices_of_resources_v')

    def write(begin, end, strides, value, **masks):
        return raw.ResourceStridedSliceAssign(ref=v, begin=begin, end=end, strides=strides, value=value, **masks)

    return [[write([0, 1], [2, 3], [1, 1], floats(2, 2, seed=1))],
            [raw.AssignVariableOp(resource=v, value=floats(3, 4))],
            [write([0, 1], [2, 3], [1, 1], floats(2, 2, seed=1))],
            [write([2, 3], [0, 0], [-2, -2], floats(1, 2, seed=2))],
            [write([1, 0], [2, 0], [1, 1], floats(4, seed=3), shrink_axis_mask=1, end_mask=2)],
            [write([0, 0], [2, 2], [1, 1], hidden(floats(3, 3)))],
            [raw.ReadVariableOp(resource=v, dtype='float32')]]


@case
def resources():
    v = raw.VarHandleOp(dtype='float32', shape=[4, 2], shared_name='resources_v')
    n = raw.VarHandleOp(dtype='int32', shape=[], shared_name='resources_n')
    read = lambda: raw.ReadVariableOp(resource=v, dtype='float32')
    gather = lambda ids: raw.ResourceGather(resource=v, indices=ids, dtype='float32')
    return [[raw.VarIsInitializedOp(resource=v)],
            [read()],
            [raw.AssignVariableOp(resource=v, value=floats(4, 2)), raw.AssignVariableOp(resource=n, value=np.int32(7))],
            [raw.VarIsInitializedOp(resource=v), read(), raw.VariableShape(input=v), raw.VariableShape(input=v, out_type='int64')],
            [raw.AssignAddVariableOp(resource=v, value=floats(4, 2, seed=1)), raw.AssignSubVariableOp(resource=n, value=np.int32(2))],
            [read(), raw.ReadVariableOp(resource=n, dtype='int32')],
            [gather([3, 0, 3]), gather(np.int64(1)), gather(np.zeros((0, 2), 'int32')), gather([[0], [2]])],
            [gather(hidden([4]))], [gather(hidden([-1]))],
            [raw.ResourceGatherNd(resource=v, indices=[[1, 1], [3, 0]], dtype='float32'),
             raw.ResourceGatherNd(resource=v, indices=np.int64([[2], [2]]), dtype='float32')],
            [raw.ResourceGatherNd(resource=v, indices=hidden([[1, 2]]), dtype='float32')],
            [raw.ResourceCountUpTo(resource=n, limit=6, T='int32')],
            [raw.ReadVariableOp(resource=n, dtype='int32')],
            [raw.ResourceCountUpTo(resource=n, limit=6, T='int32')],
            [raw.DestroyResourceOp(resource=v)],
            [raw.VarIsInitializedOp(resource=v)],
            [raw.DestroyResourceOp(resource=v, ignore_lookup_error=True)],
            [raw.DestroyResourceOp(resource=v, ignore_lookup_error=False)]]


@case
def sparse_updates():
    steps = []
    ids = np.int32([2, 0, 2, 0])
    grad = floats(4, 2, seed=8)
    s = np.float32
    for resource in (False, True):
        refs, init = [], []
        for i in range(6):
            start = floats(3, 2, seed=i, low=.1)
            if resource:
                refs.append(raw.VarHandleOp(dtype='float32', shape=[3, 2], shared_name='sparse_updates_%d' % i))
                init.append(raw.AssignVariableOp(resource=refs[i], value=start))
            else:
                refs.append(raw.VariableV2(shape=[3, 2], dtype='float32'))
                init.append(raw.Assign(ref=refs[i], value=start))
        read = lambda i: raw.ReadVariableOp(resource=refs[i], dtype='float32') if resource else tf.identity(refs[i])
        call = lambda op, **arguments: getattr(raw, ('Resource' if resource else '') + op)(**arguments)
        steps.append(init)
        steps.append([call('SparseApplyAdagradDA', var=refs[0], gradient_accumulator=refs[1], gradient_squared_accumulator=refs[2],
                           grad=grad, indices=ids, lr=s(.1), l1=s(.3), l2=s(.2), global_step=np.int64(3)),
                      call('SparseApplyProximalAdagrad', var=refs[3], accum=refs[4], lr=s(.1), l1=s(.3), l2=s(.2), grad=grad,
                           indices=np.int64(ids))])
        steps.append([read(i) for i in range(5)])
        if resource:
            steps += [[call('SparseApplyKerasMomentum', var=refs[5], accum=refs[1], lr=s(.1), grad=grad, indices=ids, momentum=s(.9),
                            use_nesterov=nesterov)] for nesterov in (False, True)]
            steps.append([read(5), read(1)])
    return steps


@case
def updates_with_bad_scalars():
    w, a, b = [floats(2, seed=i, low=.1) for i in range(3)]
    refs = [raw.VariableV2(shape=[2], dtype='float32') for _ in range(3)]
    steps = [[raw.Assign(ref=ref, value=value) for ref, value in zip(refs, (w, a, b))]]
    grad = floats(2, seed=4)
    s = np.float32
    ftrl = dict(var=refs[0], accum=refs[1], linear=refs[2], grad=grad)
    for scalars in [(0, .1, .1, -.5), (.1, -.1, .1, -.5), (.1, .1, -.1, -.5), (.1, .1, .1, np.nan)]:
        lr, l1, l2, lr_power = s(scalars)
        steps.append([raw.ApplyFtrl(lr=lr, l1=l1, l2=l2, lr_power=lr_power, **ftrl)])
        steps.append([raw.ApplyFtrlV2(lr=lr, l1=l1, l2=l2, l2_shrinkage=s(0), lr_power=lr_power, **ftrl)])
    steps.append([raw.ApplyFtrlV2(lr=s(1), l1=s(0), l2=s(0), l2_shrinkage=s(-.1), lr_power=s(-.5), **ftrl)])
    for scalars in [(-1, .1, .1), (.1, np.nan, .1), (.1, .1, -.1)]:
        lr, l1, l2 = s(scalars)
        steps.append([raw.ApplyProximalAdagrad(var=refs[0], accum=refs[1], lr=lr, l1=l1, l2=l2, grad=grad)])
        steps.append([raw.SparseApplyProximalAdagrad(var=refs[0], accum=refs[1], lr=lr, l1=l1, l2=l2, grad=grad, indices=np.int32([1, 0]))])
    return steps + [[tf.identity(ref) for ref in refs]]


@case
def scattering_nothing():
    v = raw.VarHandleOp(dtype='float32', shape=[2, 3], shared_name='scattering_nothing')
    steps = [[raw.AssignVariableOp(resource=v, value=floats(2, 3))]]
    for op in ('ResourceScatterAdd', 'ResourceScatterUpdate'):
        steps.append([getattr(raw, op)(resource=v, indices=hidden(np.zeros((2, 0), np.int32)), updates=hidden(floats(2, 0, 7)))])
    return steps + [[raw.ReadVariableOp(resource=v, dtype='float32')]]


@case
def stacks():
    steps = []
    for v2 in (True, False):
        if v2:
            stack = raw.StackV2(max_size=-1, elem_type='float32', stack_name='a')
            push = lambda x: raw.StackPushV2(handle=stack, elem=x)
            pop = lambda: raw.StackPopV2(handle=stack, elem_type='float32')
            close = lambda: raw.StackCloseV2(handle=stack)
        else:
            stack = raw.Stack(elem_type='float32', stack_name='b')
            push = lambda x: raw.StackPush(handle=stack, elem=x)
            pop = lambda: raw.StackPop(handle=stack, elem_type='float32')
            close = lambda: raw.StackClose(handle=stack)
        one = push(floats(2, 3))
        with after(one):
            two = push(tf.constant(5.))
        with after(two):
            first = pop()
        with after(first):
            second = pop()
        with after(second):
            third = pop()
            closed = close()
        steps += [[one, two, first, second, closed], [third], [pop()]]
    full = raw.StackV2(max_size=1, elem_type='float32')
    one = raw.StackPushV2(handle=full, elem=1.)
    with after(one):
        steps.append([raw.StackPushV2(handle=full, elem=2.)])
    return steps


def arrays(version):
    """The ops on TensorArrays of one version, by name without version."""
    suffix = '' if version == 1 else 'V%d' % version
    return lambda op, **arguments: getattr(raw, 'TensorArray' + op + suffix)(**arguments)


def tensor_arrays(version):
    ops = arrays(version)
    both = lambda array: array if version == 3 else (array, tf.constant(0.))

    def make(size, **attrs):
        return both(ops('', size=size, dtype='float32', **attrs))

    steps = []
    handle, flow = make(3)
    for i in range(3):
        flow = ops('Write', handle=handle, index=i, value=floats(2, seed=i), flow_in=flow)
    read = ops('Read', handle=handle, index=1, dtype='float32', flow_in=flow)
    steps.append([read, ops('Size', handle=handle, flow_in=flow)])
    steps.append([ops('Gather', handle=handle, indices=[2, 0], flow_in=flow, dtype='float32')])
    value, lengths = ops('Concat', handle=handle, flow_in=flow, dtype='float32')
    steps.append([value, lengths])
    steps.append([ops('Read', handle=handle, index=3, dtype='float32', flow_in=flow)])
    steps.append([ops('Read', handle=handle, index=0, dtype='float32', flow_in=tf.constant(0.))])
    with after(read):
        steps.append([ops('Read', handle=handle, index=1, dtype='float32', flow_in=flow)])
        steps.append([read, ops('Close', handle=handle)])
    steps.append([ops('Write', handle=handle, index=0, value=floats(2), flow_in=flow)])
    # A whole tensor at once, and pieces of different lengths.
    handle, flow = make(0, dynamic_size=True)
    flow = ops('Scatter', handle=handle, indices=[1, 0, 3], value=floats(3, 2), flow_in=flow)
    steps.append([ops('Gather', handle=handle, indices=[0, 3], flow_in=flow, dtype='float32'), ops('Size', handle=handle, flow_in=flow)])
    handle, flow = make(3)
    flow = ops('Split', handle=handle, value=floats(6, 2), lengths=np.int64([1, 2, 3]), flow_in=flow)
    steps.append([ops('Read', handle=handle, index=2, dtype='float32', flow_in=flow)])
    steps.append(list(ops('Concat', handle=handle, flow_in=flow, dtype='float32')))
    steps.append([ops('Split', handle=handle, value=floats(6, 2), lengths=hidden(np.int64([1, 2, 2])), flow_in=flow)])
    # Gradients add up what is written to one place.
    handle, flow = make(2, clear_after_read=False)
    flow = ops('Write', handle=handle, index=0, value=floats(2), flow_in=flow)
    grad, grad_flow = both(ops('Grad', handle=handle, flow_in=flow, source='g'))
    first = ops('Write', handle=grad, index=0, value=floats(2, seed=1), flow_in=grad_flow)
    second = ops('Write', handle=grad, index=0, value=floats(2, seed=2), flow_in=first)
    steps.append([ops('Read', handle=grad, index=0, dtype='float32', flow_in=second)])
    return steps


@case
def tensor_arrays_3():
    return tensor_arrays(3)


@case
def tensor_array_gradients_with_shape():
    handle, flow = raw.TensorArrayV3(size=2, dtype='float32', element_shape=[2], clear_after_read=False)
    flow = raw.TensorArrayWriteV3(handle=handle, index=0, value=floats(2), flow_in=flow)
    grad, grad_flow = raw.TensorArrayGradWithShape(handle=handle, flow_in=flow, shape_to_prepend=[3], source='g')
    return [[raw.TensorArrayReadV3(handle=grad, index=0, dtype='float32', flow_in=grad_flow)]]


@old_case
def tensor_arrays_1():
    return tensor_arrays(1)


@old_case
def tensor_arrays_2():
    return tensor_arrays(2)


@old_case
def placeholders():
    return [[tf.shape(raw.PlaceholderWithDefault(input=floats(2), shape=[2]))], [raw.PlaceholderV2(dtype='float32', shape=[2])]]


@case
def branches():
    """A Switch's dead output, Merges of what lives, and the same by references."""
    x = floats(2, 3)
    steps = []
    for side in (False, True):
        dead, live = raw.Switch(data=x, pred=side)[::1 if side else -1]
        merged, index = raw.Merge(inputs=[tf.negative(dead), tf.square(live)])
        steps += [[live, merged, index], [dead]]
        v = raw.VariableV2(shape=[2, 3], dtype='float32')
        with after(raw.Assign(ref=v, value=x)):
            off, on = raw.RefSwitch(data=raw.RefIdentity(input=v), pred=side)
        merged, index = raw.RefMerge(inputs=[off, on])
        steps += [[raw.Identity(input=merged), index], [tf.identity(on if side else off)]]
    # (The same side, as a vector.)
    steps.append([raw.Switch(data=x, pred=hidden([True])).output_true])
    with after(dead):
        gone = tf.constant(1.)
    steps.append([gone])
    with after(raw.ControlTrigger()), after(raw.NoOp()):
        steps.append([tf.constant(2.)])
    return steps


@case
def reference_loops():
    """A variable goes round a loop that adds to it until it is beyond 4."""
    v = raw.VariableV2(shape=[], dtype='float32')
    with after(raw.Assign(ref=v, value=1.)):
        ready = raw.RefIdentity(input=v)
    enter = raw.RefEnter(data=ready, frame_name='reference_loops')
    limit = raw.Enter(data=tf.constant(4.), frame_name='reference_loops', is_constant=True)
    one = raw.Enter(data=tf.constant(1.5), frame_name='reference_loops', is_constant=True)
    merged, _ = raw.RefMerge(inputs=[enter, enter])
    goes_on = raw.LoopCond(input=tf.less(raw.Identity(input=merged), limit))
    leave, stay = raw.RefSwitch(data=merged, pred=goes_on)
    merged.op._update_input(1, raw.RefNextIteration(data=raw.AssignAdd(ref=stay, value=one)))
    return [[raw.Identity(input=raw.RefExit(data=leave))], [tf.identity(v)]]


@case
def loops():
    """Counted by hand: 1 doubled until it is beyond 50."""
    enter = raw.Enter(data=tf.constant(1.), frame_name='loops')
    limit = raw.Enter(data=tf.constant(50.), frame_name='loops', is_constant=True)
    merged, _ = raw.Merge(inputs=[enter, enter])
    goes_on = raw.LoopCond(input=tf.less(merged, limit))
    leave, stay = raw.Switch(data=merged, pred=goes_on)
    merged.op._update_input(1, raw.NextIteration(data=stay + stay))
    return [[raw.Exit(data=leave)]]


@case
def normalized():
    """Batch normalisation of what was learnt: TensorFlow leaves its other outputs unset."""
    x = floats(2, 3, 2, 4)
    four = [floats(4), floats(4, seed=1), floats(4, seed=2), floats(4, seed=3, low=.5)]
    names = ['scale', 'offset', 'mean', 'variance']
    return [[getattr(raw, 'FusedBatchNorm' + version)(x=x, **dict(zip(names, four)), epsilon=1e-3, is_training=False)[0]]
            for version in ('', 'V2', 'V3')]


def version_1(op, **arguments):
    """What is in the file that an op writes, for Icecore writes none of version 1."""
    with tf.Graph().as_default(), tf.Session() as sess, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'v1')
        sess.run(getattr(raw, op)(filename=path, **arguments))
        with open(path, 'rb') as file:
            return file.read()


@case
def files():
    folder = tf.placeholder('string', [], name='folder')
    path = lambda name: raw.StringJoin(inputs=[folder, tf.constant(name)], separator='/')
    x, y = floats(2, 3), tf.constant(np.int64([4, 5]))
    v1, v2 = path('v1'), path('v2')
    names = ['x', 'y']
    read = lambda prefix, names, slices: list(raw.RestoreV2(prefix=prefix, tensor_names=names, shape_and_slices=slices, dtypes=['float32', 'int64']))
    shards = [path('part0'), path('part1')]
    return [[raw.WriteFile(filename=path('below/text'), contents=b'some\0text')],
            [raw.ReadFile(filename=path('below/text'))],
            [raw.ReadFile(filename=path('no'))],
            [raw.WriteFile(filename=v1, contents=version_1('Save', tensor_names=names, data=[np.float32([[0, 1, 2], [3, 4, 5]]), np.int64([4, 5])]))],
            [raw.Restore(file_pattern=v1, tensor_name='x', dt='float32'), raw.Restore(file_pattern=v1, tensor_name='y', dt='int64')],
            [raw.RestoreSlice(file_pattern=v1, tensor_name='x', shape_and_slice='2 3 0,2:1,2', dt='float32')],
            [raw.Restore(file_pattern=v1, tensor_name='z', dt='float32')],
            [raw.Restore(file_pattern=path('none'), tensor_name='z', dt='float32')],
            [raw.WriteFile(filename=v1, contents=version_1('SaveSlices', tensor_names=['w', 'w'],
                                                           shapes_and_slices=['4 3 0,2:-', '4 3 2,2:-'],
                                                           data=[np.float32([[0, 1, 2], [3, 4, 5]])] * 2))],
            [raw.Restore(file_pattern=v1, tensor_name='w', dt='float32')],
            [raw.RestoreSlice(file_pattern=v1, tensor_name='w', shape_and_slice='4 3 1,2:0,3', dt='float32')],
            [raw.SaveV2(prefix=v2, tensor_names=names, shape_and_slices=['', ''], tensors=[x, y])],
            read(v2, names, ['', '']),
            read(v2, names, ['2 3 1,1:0,2', '']),
            read(v2, ['x', 'z'], ['', '']),
            [raw.SaveV2(prefix=shards[0], tensor_names=['x'], shape_and_slices=[''], tensors=[x]),
             raw.SaveV2(prefix=shards[1], tensor_names=['y'], shape_and_slices=[''], tensors=[y])],
            [raw.MergeV2Checkpoints(checkpoint_prefixes=shards, destination_prefix=path('whole'))],
            read(path('whole'), names, ['', '']),
            [raw.MergeV2Checkpoints(checkpoint_prefixes=[path('absent')], destination_prefix=path('other'))]]


def table_steps(version, key, value, keys, values, missing):
    """What one table of those types answers, step by step. Entries are exported one alone: their order isn't told."""
    v2 = 'V2' * (version == 2)
    table = getattr(raw, 'HashTable' + v2)(key_dtype=key, value_dtype=value)
    mutable = getattr(raw, 'MutableHashTable' + v2)(key_dtype=key, value_dtype=value, shared_name='mutable_%s_%s_%d' % (key, value, version))
    op = lambda name, handle, **arguments: getattr(raw, name + v2)(table_handle=handle, **arguments)
    known, other = hidden(tf.constant(keys)), hidden(tf.constant(np.array([keys[1], missing[0], keys[0]], keys.dtype).reshape(3, 1)))
    meant, default = hidden(tf.constant(values)), hidden(tf.constant(missing[1]))
    find = lambda handle, which: op('LookupTableFind', handle, keys=which, default_value=default)
    return [[op('LookupTableSize', table)],
            [find(table, known)],
            [op('InitializeTable', table, keys=known, values=meant)],
            [find(table, other), op('LookupTableSize', table)],
            [op('InitializeTable', table, keys=known, values=meant)],
            [op('InitializeTable', table, keys=known[:2], values=meant[:2])],
            [op('LookupTableInsert', table, keys=known, values=meant)],
            [op('LookupTableFind', table, keys=known, default_value=hidden(tf.constant(values)))],
            [find(mutable, known)],
            [op('LookupTableInsert', mutable, keys=known[:2], values=meant[1:3])],
            [find(mutable, known), op('LookupTableSize', mutable)],
            [op('LookupTableImport', mutable, keys=known[2:], values=meant[:1])],
            list(op('LookupTableExport', mutable, Tkeys=key, Tvalues=value)),
            [find(mutable, other)]]


@case
def string_tables():
    steps = table_steps(2, 'string', 'int64', np.array([b'a', b'', b'ccc'], object), np.int64([3, -1, 7]), (b'x', np.int64(9)))
    mutable = raw.MutableHashTableV2(key_dtype='string', value_dtype='int64', shared_name='mutable_string_int64_2')
    other = raw.MutableHashTableV2(key_dtype='string', value_dtype='float32', shared_name='mutable_string_int64_2')
    return steps + [[raw.LookupTableRemoveV2(table_handle=mutable, keys=tf.constant([b'ccc', b'none']))],
                    [raw.LookupTableSizeV2(table_handle=mutable)],
                    [raw.LookupTableSizeV2(table_handle=other)]]


@case
def int_tables():
    return table_steps(2, 'int64', 'string', np.int64([5, -7, 2 ** 40]), np.array([b'x', b'yy', b''], object), (8, np.array(b'none', object)))


@case
def referenced_tables():
    return table_steps(1, 'int64', 'float32', np.int64([5, -7, 2 ** 40]), np.float32([1, 2, 3]), (8, np.float32(-1)))


@case
def double_entries():
    table = lambda: raw.HashTableV2(key_dtype='int64', value_dtype='int64')
    put = lambda keys, values: raw.InitializeTableV2(table_handle=table(), keys=hidden(tf.constant(np.int64(keys))),
                                                     values=hidden(tf.constant(np.int64(values))))
    return [[put([1, 1], [2, 2])], [put([1, 1], [2, 3])], [put([1, 2], [3])], [put([], [])], [put([[1]], [[2]])]]


@case
def tables_of_files():
    folder = tf.placeholder('string', [], name='folder')
    path = lambda name: raw.StringJoin(inputs=[folder, tf.constant(name)], separator='/')
    write = lambda name, text: raw.WriteFile(filename=path(name), contents=text)
    steps = [[write('words', b'one\ntwo\r\nthree'), write('pairs', b'a,1,x\nb,-2,y\n'), write('gap', b'a\n\nb\n'), write('none', b'')]]

    def table(name, key, value, key_index, value_index, keys, default, **attrs):
        table = raw.HashTableV2(key_dtype=key, value_dtype=value)
        steps.append([raw.InitializeTableFromTextFileV2(table_handle=table, filename=path(name), key_index=key_index, value_index=value_index,
                                                        **attrs)])
        steps.append([raw.LookupTableFindV2(table_handle=table, keys=tf.constant(keys), default_value=tf.constant(default))])

    words = np.array([b'two', b'one', b'four'], object)
    table('words', 'string', 'int64', -2, -1, words, np.int64(-1))
    table('words', 'int64', 'string', -1, -2, np.int64([2, 3]), np.array(b'', object), vocab_size=3)
    table('words', 'string', 'int64', -2, -1, words, np.int64(-1), vocab_size=2)
    table('words', 'string', 'int64', -2, -1, words, np.int64(-1), vocab_size=4)
    table('pairs', 'string', 'int64', 0, 1, np.array([b'b', b'c'], object), np.int64(0), delimiter=',')
    table('pairs', 'string', 'float32', 2, 1, np.array([b'y', b'c'], object), np.float32(0), delimiter=',')
    table('pairs', 'string', 'int64', 0, 2, np.array([b'b', b'c'], object), np.int64(0), delimiter=',')
    table('pairs', 'string', 'string', 0, 3, np.array([b'b', b'c'], object), np.array(b'', object), delimiter=',')
    table('pairs', 'string', 'string', 0, -1, np.array([b'b', b'c'], object), np.array(b'', object), delimiter=',')
    table('gap', 'string', 'int64', -2, -1, words, np.int64(-1))
    table('none', 'string', 'int64', -2, -1, words, np.int64(-1))
    table('absent', 'string', 'int64', -2, -1, words, np.int64(-1))
    old = raw.HashTable(key_dtype='string', value_dtype='int64')
    return steps + [[raw.InitializeTableFromTextFile(table_handle=old, filename=path('words'), key_index=-2, value_index=-1)],
                    [raw.LookupTableFind(table_handle=old, keys=tf.constant(words), default_value=tf.constant(np.int64(-1)))]]


def run_step(sess, name, step, feeds, values):
    graph = sess.graph
    tensors = []
    while '%s_%d:0' % (step, len(tensors)) in names_of(graph):
        tensors.append(graph.get_tensor_by_name('%s_%d:0' % (step, len(tensors))))
    try:
        for i, value in enumerate(sess.run([tensors, graph.get_operation_by_name(step)], feeds)[0]):
            values['%s_%d' % (step, i)] = value
    except tf.errors.OpError as error:
        code = type(error).__name__.replace('Error', '')
        code = ''.join('_' + c if c.isupper() and i else c for i, c in enumerate(code)).upper()
        print('%s: %s: %s' % (step, code, error.message.splitlines()[0][:100]))
        values[step + '/error'] = np.array(code.encode(), dtype=object)


def names_of(graph):
    return {output.name for op in graph.get_operations() for output in op.outputs}


def add_steps(function):
    for k, step in enumerate(function()):
        for i, tensor in enumerate(t for t in step if isinstance(t, tf.Tensor)):
            (raw.Identity if not tensor.dtype._is_ref_dtype else tf.identity)(input=tensor, name='step%d_%d' % (k, i))
        tf.group(*[t if isinstance(t, tf.Operation) else t.op for t in step], name='step%d' % k)
    return k + 1


def make(prefix, functions, producer=None):
    values, whole = {}, tf.GraphDef()
    for function in functions:
        name = function.__name__
        config = tf.ConfigProto()
        config.graph_options.rewrite_options.disable_meta_optimizer = True
        with tf.Graph().as_default() as graph, tf.Session(config=config) as sess, tempfile.TemporaryDirectory() as folder:
            if producer:
                tf.import_graph_def(tf.GraphDef(versions={'producer': producer}))
            with tf.name_scope(name):
                count = add_steps(function)
            feeds = {name + '/folder:0': folder.encode()} if name + '/folder:0' in names_of(graph) else {}
            for k in range(count):
                run_step(sess, name, '%s/step%d' % (name, k), feeds, values)
            whole.MergeFrom(graph.as_graph_def())
    with open(prefix + '.pb', 'wb') as file:
        file.write(whole.SerializeToString(deterministic=True))
    with tf.Graph().as_default(), tf.Session() as sess:
        names = sorted(values)
        sess.run(raw.SaveV2(prefix=prefix, tensor_names=names, shape_and_slices=[''] * len(names),
                            tensors=[tf.constant(values[n]) for n in names]))
    print('%s: %d values' % (prefix, len(values)))


if __name__ == '__main__':
    folder = os.path.join(here, '..', 'data', 'golden')
    make(os.path.join(folder, 'op_graphs'), NEW)
    make(os.path.join(folder, 'old_op_graphs'), OLD, producer=2)
