"""SavedModels: by simple_save, binary; the same as text; and one with two meta graphs of different tags."""
import os

import tensorflow as tf

import expectation
import graphs
import values

v1 = tf.compat.v1


def make(folder):
    folder = os.path.join(folder, 'saved_model')
    os.makedirs(folder)
    values_ = {'w': values.counted('float32', 3, 2), 'b': values.Value('float32', [0.5, -0.5])}
    with graphs.same_names():
        simple(os.path.join(folder, 'simple'), values_)
        as_text(os.path.join(folder, 'text'), values_)
        two_graphs(os.path.join(folder, 'two_graphs'), values_)
    said = {}
    for case in ('simple', 'text', 'two_graphs'):
        path = os.path.join(folder, case, 'saved_model.pb')
        model = saved_model(os.path.join(folder, case))
        if case == 'text':
            graphs.write_binary(model, os.path.join(folder, 'text_as_binary.pb'))
        else:
            graphs.write_binary(model, path)
        said[case] = {'meta_graphs': [dict(graphs.said(m.graph_def), tags=list(m.meta_info_def.tags), variables=graphs.variables(m),
                                           signatures={key: {'method': s.method_name,
                                                             'inputs': {k: t.name for k, t in s.inputs.items()},
                                                             'outputs': {k: t.name for k, t in s.outputs.items()}}
                                                       for key, s in m.signature_def.items()}) for m in model.meta_graphs],
                      'bundle': expectation.bundle(os.path.join(folder, case, 'variables', 'variables'))}
    expectation.write(folder, {'saved_models': said, 'tensors': expectation.tensors(values_),
                               'written_text': {'text/saved_model.pbtxt': 'text_as_binary.pb'}})


def saved_model(folder):
    from tensorflow.python.saved_model import loader_impl
    return loader_impl.parse_saved_model(folder)


def net(values_, training):
    x = v1.placeholder(tf.float32, [None, 3], 'x')
    w = v1.get_variable('w', initializer=values_['w'].tensor())
    b = v1.get_variable('b', initializer=values_['b'].tensor(), use_resource=True)
    y = tf.add(tf.matmul(x, w), b, name='y')
    if training:
        y = tf.nn.dropout(y, rate=0.5, seed=1, name='dropped')
    return x, y


def simple(folder, values_):
    with tf.Graph().as_default(), v1.Session() as session:
        x, y = net(values_, False)
        session.run(v1.global_variables_initializer())
        v1.saved_model.simple_save(session, folder, {'x': x}, {'y': y})


def signatures(x, y):
    info = v1.saved_model.build_tensor_info
    return {'serving_default': v1.saved_model.build_signature_def({'in': info(x)}, {'out': info(y)}, 'tensorflow/serving/predict'),
            'regress': v1.saved_model.build_signature_def({'inputs': info(x)}, {'outputs': info(y)}, 'tensorflow/serving/regress')}


def as_text(folder, values_):
    with tf.Graph().as_default(), v1.Session() as session:
        x, y = net(values_, False)
        vocabulary = os.path.join(os.path.dirname(folder), 'words.txt')
        graphs.write_text('one\ntwo\n', vocabulary)
        v1.add_to_collection(v1.GraphKeys.ASSET_FILEPATHS, tf.constant('words.txt', name='words'))
        session.run(v1.global_variables_initializer())
        builder = v1.saved_model.Builder(folder)
        here = os.getcwd()
        os.chdir(os.path.dirname(folder))  # the asset's name must not be a path of this machine
        try:
            builder.add_meta_graph_and_variables(session, ['serve'], signatures(x, y), assets_collection=v1.get_collection(v1.GraphKeys.ASSET_FILEPATHS),
                                                 main_op=tf.group(v1.tables_initializer(), name='main_op'))
        finally:
            os.chdir(here)
        builder.save(as_text=True)
        os.remove(vocabulary)


def two_graphs(folder, values_):
    """The first is the one for training, so that whoever wants to serve must choose."""
    builder = v1.saved_model.Builder(folder)
    with tf.Graph().as_default(), v1.Session() as session:
        net(values_, True)
        session.run(v1.global_variables_initializer())
        builder.add_meta_graph_and_variables(session, ['train', 'gpu'])
    with tf.Graph().as_default(), v1.Session() as session:
        x, y = net(values_, False)
        session.run(v1.global_variables_initializer())
        builder.add_meta_graph(['serve'], signatures(x, y))
    builder.save()
