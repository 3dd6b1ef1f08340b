"""`python -m icecore.tf script.py`: how the script runs, and what `tensorflow` is to it."""
import os
import subprocess
import sys

import pytest


def test_a_script_runs_as_main_with_its_arguments_and_folder(run_script, tmp_path):
    (tmp_path / 'beside.py').write_text('VALUE = 7\n')
    result = run_script('import sys, os, beside\n'
                        'print(__name__, sys.argv[1:], beside.VALUE, os.path.isabs(__file__), sys.path[0] == os.path.dirname(__file__))\n'
                        'print(sys.modules["__main__"].beside is beside)\n', 'a', '--no-legacy', '-b')
    assert result.stdout.splitlines() == ["__main__ ['a', '--no-legacy', '-b'] 7 True True", 'True'], result.stderr


def test_the_script_is_named_as_it_was_typed(tmp_path):
    (tmp_path / 'script.py').write_text('import sys, tensorflow as tf\nprint(sys.argv[0])\n'
                                        'tf.app.flags.DEFINE_integer("n", 1, "How many.")\ntf.app.run(lambda words: None)\n')
    result = subprocess.run([sys.executable, '-m', 'icecore.tf', '../%s/script.py' % tmp_path.name, '--help'], cwd=tmp_path,
                            capture_output=True, text=True, env=dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path)))
    name = '../%s/script.py' % tmp_path.name
    assert result.stdout.startswith('%s\n\n       USAGE: %s [flags]\nflags:\n\n%s:\n  --n: How many.\n' % (name, name, name)), (
        result.stdout + result.stderr)
    assert result.returncode == 1


@pytest.mark.parametrize('ending, status', [('sys.exit(3)', 3), ('sys.exit("no")', 1), ('raise ValueError("x")', 1), ('', 0)])
def test_the_exit_status_is_the_scripts(run_script, ending, status):
    assert run_script('import sys\n' + ending).returncode == status


def test_a_traceback_begins_at_the_script(run_script):
    result = run_script('def f():\n    raise ValueError("x")\n\nf()\n')
    lines = result.stderr.splitlines()
    assert lines[0] == 'Traceback (most recent call last):' and lines[1].endswith('script.py", line 4, in <module>')
    assert lines[-1] == 'ValueError: x'


def test_a_syntax_error_names_the_script_alone(run_script):
    result = run_script('x = = 1\n')
    assert 'script.py", line 1' in result.stderr.splitlines()[0] and 'Traceback' not in result.stderr


def test_a_script_that_is_not_there_is_said_in_one_line(tmp_path):
    result = subprocess.run([sys.executable, '-m', 'icecore.tf', str(tmp_path / 'none.py')], capture_output=True, text=True)
    assert result.returncode != 0 and 'none.py' in result.stderr and 'Traceback' not in result.stderr


def run_module(folder, *words):
    return subprocess.run([sys.executable, '-m', 'icecore.tf', *words], cwd=folder, capture_output=True, text=True,
                          env=dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path)))


def test_a_module_runs_by_its_name(tmp_path):
    (tmp_path / 'train.py').write_text('import os, sys, tensorflow\n'
                                       'print(__name__, os.path.basename(sys.argv[0]), sys.argv[1:], tensorflow.__name__)\n')
    assert run_module(tmp_path, '-m', 'train', '-m', 'x').stdout == "__main__ train.py ['-m', 'x'] icecore.tf\n"
    for name in ('none', 'tensorflow.python.tools.none'):
        result = run_module(tmp_path, '-m', name)
        assert result.returncode == 1 and name in result.stderr and 'Traceback' not in result.stderr


def test_freeze_graph_runs_as_a_module(tmp_path):
    (tmp_path / 'train.py').write_text("""
import tensorflow as tf
v = tf.Variable([1.0], name='v')
tf.identity(v, name='out')
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    tf.train.Saver().save(sess, './model')
    tf.train.write_graph(sess.graph_def, '.', 'graph.pbtxt')
""")
    assert run_module(tmp_path, 'train.py').returncode == 0
    result = run_module(tmp_path, '-m', 'tensorflow.python.tools.freeze_graph', '--input_graph=graph.pbtxt',
                        '--input_checkpoint=model', '--output_graph=frozen.pb', '--output_node_names=out')
    assert result.returncode == 0, result.stderr
    assert (tmp_path / 'frozen.pb').exists()


def test_tensorflow_is_icecore_under_all_its_names(run_script):
    result = run_script('''
import tensorflow as tf, icecore.tf, tensorflow.compat.v1 as v1, tensorflow_core
from tensorflow.python.framework import dtypes
from tensorflow.python.platform import tf_logging as logging
import tensorflow.python.framework.tensor_shape
from tensorflow.train import SaverDef
from tensorflow.python import pywrap_tensorflow
import tensorflow.contrib
assert tf is icecore.tf is v1 is tensorflow_core is tf.compat.v1
assert dtypes.float32 is tf.float32 and logging.INFO == tf.logging.INFO and SaverDef is tf.train.SaverDef
assert pywrap_tensorflow.NewCheckpointReader is tf.train.NewCheckpointReader
print(tf.__version__)
''')
    assert result.stdout == '1.15.5\n', result.stderr


def test_tf_compat_v1_is_tf_without_an_import_of_its_own(run_script):
    result = run_script('''
import tensorflow as tf
assert 'v1' in dir(tf.compat)
assert tf.compat.v1 is tf and tf.compat.v1.train.Saver is tf.train.Saver
''')
    assert result.returncode == 0, result.stderr


def test_star_imports_give_all_names(run_script):
    result = run_script('''
from tensorflow import *
from tensorflow.contrib.layers import *
from tensorflow.train import *
from tensorflow.python.framework.ops import *
import tensorflow as tf
assert placeholder is tf.placeholder and Session is tf.Session and range is tf.range and train is tf.train
assert l2_regularizer is tf.contrib.layers.l2_regularizer and Saver is tf.train.Saver and Graph is tf.Graph
import builtins
builtins.print(Session().run(range(3)).tolist())
''')
    assert result.stdout == '[0, 1, 2]\n', result.stderr


def test_message_modules_are_found(run_script):
    result = run_script('''
import importlib
for name in """core.framework.graph_pb2 core.framework.node_def_pb2 core.framework.attr_value_pb2 core.framework.tensor_pb2
core.framework.tensor_shape_pb2 core.framework.types_pb2 core.framework.variable_pb2 core.framework.versions_pb2
core.framework.op_def_pb2 core.framework.function_pb2 core.framework.resource_handle_pb2 core.framework.step_stats_pb2
core.framework.summary_pb2 core.framework.cost_graph_pb2 core.framework.device_attributes_pb2 core.framework.api_def_pb2
core.protobuf.saver_pb2 core.protobuf.meta_graph_pb2 core.protobuf.config_pb2 core.protobuf.cluster_pb2
core.protobuf.rewriter_config_pb2 core.protobuf.saved_model_pb2 core.protobuf.control_flow_pb2 core.protobuf.queue_runner_pb2
core.protobuf.trackable_object_graph_pb2 core.protobuf.tensorflow_server_pb2 core.protobuf.struct_pb2 core.protobuf.debug_pb2
core.protobuf.tensor_bundle_pb2 core.util.event_pb2 core.util.saved_tensor_slice_pb2 core.lib.core.error_codes_pb2
core.example.example_pb2 core.example.feature_pb2 python.training.checkpoint_state_pb2""".split():
    module = importlib.import_module("tensorflow." + name)
    assert module is importlib.import_module("tensorflow_core." + name)
    assert module.DESCRIPTOR.name == "tensorflow/%s.proto" % name[:-4].replace(".", "/"), name
from tensorflow.core.framework import graph_pb2, types_pb2
from google.protobuf import text_format
import tensorflow as tf
graph = text_format.Parse('node { name: "x" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } } }', graph_pb2.GraphDef())
assert isinstance(graph, tf.GraphDef) and graph.node[0].attr["dtype"].type == types_pb2.DT_FLOAT == tf.float32
text = text_format.MessageToString(graph)
assert text_format.Merge(text, tf.GraphDef()) == graph and "DT_FLOAT" in text
meta = tf.MetaGraphDef()
any_of = meta.collection_def["x"].any_list.value.add()
any_of.Pack(graph)
assert any_of.type_url == "type.googleapis.com/tensorflow.GraphDef" and any_of.Is(tf.GraphDef.DESCRIPTOR)
print("done")
''')
    assert result.stdout == 'done\n', result.stderr


@pytest.mark.parametrize('statement, error, words', [
    ('tf.Sesion', 'AttributeError', ["module 'tensorflow' has no attribute 'Sesion'", 'docs/tf-api.md']),
    ('tf.raw_ops.Zeta2', 'AttributeError', ["has no attribute", 'docs/tf-api.md']),
    ('tf.estimator', 'AttributeError', ["no attribute 'estimator'", 'TensorFlow 1.15 has tf.estimator', 'docs/tf-api.md']),
    ('tf.train.Savior', 'AttributeError', ["module 'tensorflow.train' has no attribute 'Savior'", 'docs/tf-api.md']),
    ('from tensorflow import Sesion', 'ImportError', ["'Sesion' from 'tensorflow'", 'docs/tf-api.md']),
    ('from tensorflow.train import Savior', 'ImportError', ["'Savior' from 'tensorflow.train'", 'docs/tf-api.md']),
    ('from tensorflow.python.framework import nonsense', 'ImportError', ["'nonsense' from 'tensorflow.python.framework'", 'docs/tf-api.md']),
    ('from tensorflow.core.framework import nonsense_pb2', 'ImportError', ["'nonsense_pb2' from 'tensorflow.core.framework'", 'docs/tf-api.md']),
    ('from tensorflow.python.framework.dtypes import nonsense', 'ImportError', ["'nonsense'", 'docs/tf-api.md']),
    ('from tensorflow.core.framework.graph_pb2 import Nonsense', 'ImportError', ["'Nonsense' from 'tensorflow.core.framework.graph_pb2'", 'docs/tf-api.md']),
    ('from tensorflow.python.framework.ops import Graph, nonsense', 'ImportError', ["'nonsense' from 'tensorflow.python.framework.ops'", 'docs/tf-api.md']),
    ('from tensorflow.python.framework import ops\nops.nonsense', 'AttributeError', ["'tensorflow.python.framework.ops' has no attribute 'nonsense'", 'docs/tf-api.md']),
    ('from tensorflow.python.ops import array_ops\narray_ops.nonsense', 'AttributeError', ["'tensorflow.python.ops.array_ops' has no attribute 'nonsense'", 'docs/tf-api.md']),
    ('tf.python.nonsense', 'AttributeError', ["'tensorflow.python' has no attribute 'nonsense'", 'docs/tf-api.md']),
    ('import tensorflow.nonsense', 'ModuleNotFoundError', ["'tensorflow.nonsense'", 'docs/tf-api.md']),
    ('tf.Sesion', 'AttributeError', ['nor in TensorFlow 1.15; did you mean tf.Session']),
    ('tf.train.Savior', 'AttributeError', ['did you mean tf.train.Saver?']),
    ('tf.BasicLSTMCell', 'AttributeError', ['did you mean tf.contrib.rnn.BasicLSTMCell or tf.nn.rnn_cell.BasicLSTMCell?']),
    ('tf.contrib.layers.xavier_initialiser', 'AttributeError', ['did you mean tf.contrib.layers.xavier_initializer']),
    ('tf.train.SummaryWriter', 'AttributeError', ['nor in TensorFlow 1.15; did you mean tf.summary.FileWriter?']),
    ('tf.compat.v1.placholder', 'AttributeError', ['did you mean tf.placeholder?']),
    ('tf.contrib.distributions', 'AttributeError', ['in Icecore yet, though TensorFlow 1.15 has tf.contrib.distributions;']),
    ('tf.contrib.nonsense', 'AttributeError', ['nor in TensorFlow 1.15']),
    ('from tensorflow.contrib import tpu', 'ImportError', ['in Icecore yet, though TensorFlow 1.15 has tf.contrib.tpu;']),
    ('tf.contrib.learn.Estimator', 'AttributeError', ['though TensorFlow 1.15 has tf.contrib.learn.Estimator;']),
    ('import tensorflow.examples.nonsense', 'ModuleNotFoundError', ['in Icecore, nor in TensorFlow 1.15;']),
    ('import tensorflow.contrib.eager as tfe', 'ModuleNotFoundError', ['though TensorFlow 1.15 has tf.contrib.eager;']),
    ('import tensorflow.nonsense', 'ModuleNotFoundError', ['in Icecore, nor in TensorFlow 1.15;']),
    ('from tensorflow.python.framework import test_util', 'ImportError', ['TensorFlow 1.15 has tensorflow.python.framework.test_util;']),
    ('from tensorflow.python.ops.nn_ops import conv3d_transpose_v2', 'ImportError', ['TensorFlow 1.15 has tensorflow.python.ops.nn_ops.conv3d_transpose_v2;']),
    ('from tensorflow.python.ops.array_ops import nonsense', 'ImportError', ["it isn't in Icecore; docs"]),
    ('from tensorflow.python.ops.array_ops import rehsape', 'ImportError', ['did you mean reshape?']),
    ('import tensorflow.python.nonsense.more', 'ModuleNotFoundError', ["'tensorflow.python.nonsense'", 'docs/tf-api.md']),
])
def test_what_is_not_there_is_named_and_says_where_to_look(run_script, statement, error, words):
    result = run_script('import tensorflow as tf\n' + statement)
    last = result.stderr.splitlines()[-1]
    assert last.startswith(error) and all(word in last for word in words), result.stderr


@pytest.mark.parametrize('options, has_clock', [([], True), (['--no-legacy'], False)])
def test_processes_that_a_script_spawns_have_the_hook_too(run_script, options, has_clock):
    result = run_script('''
import multiprocessing
import time
import tensorflow as tf


def work(i):
    with tf.Session(graph=tf.Graph()) as session:
        return int(session.run(tf.constant(i) + 1)), hasattr(time, 'clock')


if __name__ == '__main__':
    with multiprocessing.get_context('spawn').Pool(1) as pool:
        print(pool.map_async(work, [1, 2]).get(50))
''', options=options)
    assert result.stdout == '%r\n' % [(2, has_clock), (3, has_clock)], result.stderr[-2000:]


def test_the_error_of_a_missing_name_can_be_caught(run_script):
    result = run_script('''
from tensorflow.python.ops import array_ops
print(hasattr(array_ops, 'nonsense'), getattr(array_ops, 'nonsense', 5))
try:
    from tensorflow.python.ops.array_ops import reshape, nonsense
except ImportError as error:
    print(type(error).__name__, 'docs/tf-api.md' in str(error))
''')
    assert result.stdout == 'False 5\nImportError True\n', result.stderr


def test_modules_of_tensorflow_python_that_old_code_imports_are_found(run_script):
    result = run_script('''
import tensorflow as tf
from tensorflow.contrib.rnn.python.ops import core_rnn_cell
from tensorflow.contrib.rnn.python.ops.core_rnn_cell import BasicLSTMCell
from tensorflow.python.framework.graph_util_impl import convert_variables_to_constants
from tensorflow.python.ops import data_flow_ops, gen_array_ops, gen_nn_ops, image_ops, io_ops, rnn_cell, sparse_ops
from tensorflow.python.ops.gen_math_ops import mat_mul
from tensorflow.python.training import queue_runner
from tensorflow.python.util import deprecation, tf_inspect
from tensorflow.python.util.tf_export import tf_export
assert BasicLSTMCell is core_rnn_cell.BasicLSTMCell is rnn_cell.BasicLSTMCell is tf.nn.rnn_cell.BasicLSTMCell
assert convert_variables_to_constants is tf.graph_util.convert_variables_to_constants
assert image_ops.resize_images is tf.image.resize_images and io_ops.read_file is tf.read_file
assert queue_runner.start_queue_runners is tf.train.start_queue_runners


@tf_export('mine')
@deprecation.deprecated(None, 'Use another.')
def f(a, b=1):
    return a


assert tf.python.framework.ops.Graph is tf.Graph and tf.core.framework.graph_pb2.GraphDef is tf.GraphDef
print(gen_nn_ops.relu([1.]).op.type, mat_mul([[1.]], [[1.]]).op.type, tf_inspect.getargspec(f).args)
''')
    assert result.stdout == "Relu MatMul ['a', 'b']\n", result.stderr


def test_the_hook_is_active_only_there():
    code = 'import icecore.tf\ntry:\n    import tensorflow\nexcept ModuleNotFoundError: pass\nelse:\n    assert tensorflow is not icecore.tf'
    assert subprocess.run([sys.executable, '-c', code], capture_output=True).returncode == 0


def test_a_tensorflow_that_is_installed_is_passed_by(run_script, tmp_path):
    (tmp_path / 'tensorflow.py').write_text('raise RuntimeError("the other one")')
    assert run_script('import tensorflow as tf\nprint(tf.float32)').stdout == "<dtype: 'float32'>\n"


def test_import_is_light():
    code = 'import sys, icecore.tf as tf\nprint([m for m in ("numpy", "google.protobuf", "inspect") if m in sys.modules], tf.float32.size)'
    result = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True)
    assert result.stdout == '[] 4\n', result.stdout + result.stderr


def test_dir_lists_what_there_is():
    import icecore.tf as tf
    assert {'float32', 'train', 'GraphDef', 'logging', '__version__'} <= set(dir(tf)) and 'SaverDef' in dir(tf.train)
    assert 'names' not in dir(tf)


@pytest.mark.parametrize('words', [[], ['--no-legacy']])
def test_without_a_script_the_usage_is_told(words):
    result = subprocess.run([sys.executable, '-m', 'icecore.tf', *words], capture_output=True, text=True)
    assert result.returncode == 2
    assert result.stderr == ('usage: python -m icecore.tf [-h] [--no-legacy] [-m] script ...\n'
                             'python -m icecore.tf: error: a script is needed\n')
