"""What is said of names that tf doesn't have: whether TensorFlow 1.15 has them, which are near, and where to look."""
import difflib
import functools
import opcode
import os
import sys

WHERE = 'docs/tf-api.md lists which names Icecore has'
# What names of TensorFlow's years before 1.0 became.
RENAMED = {
    'batch_matmul': 'matmul', 'complex_abs': 'abs', 'concat_v2': 'concat', 'histogram_summary': 'summary.histogram',
    'inv': 'reciprocal', 'merge_all_summaries': 'summary.merge_all', 'merge_summary': 'summary.merge', 'mul': 'multiply',
    'neg': 'negative', 'nn.rnn': 'nn.static_rnn', 'pack': 'stack', 'scalar_summary': 'summary.scalar', 'select': 'where',
    'sub': 'subtract', 'train.SummaryWriter': 'summary.FileWriter', 'unpack': 'unstack',
}


def _lines(name):
    with open(os.path.join(os.path.dirname(__file__), name), encoding='utf-8') as lines:
        return [line for line in lines if not line.startswith('#')]


@functools.lru_cache(maxsize=1)
def names_of_tensorflow():
    """Every public name of TensorFlow 1.15, without `tf.`; namespaces among them."""
    names = set()
    for line in _lines('tensorflow_1_15.txt'):
        name = line.split(None, 1)[0]
        while name and name not in names:
            names.add(name)
            name = name.rpartition('.')[0]
    return names


@functools.lru_cache(maxsize=1)
def modules_of_tensorflow():
    """The modules of tensorflow.contrib, tensorflow.python and other folders: {'python.ops.nn_ops': names in it}."""
    modules = {}
    for line in _lines('modules_1_15.txt'):
        path, _, names = line.partition(':')
        modules[path] = set(names.split())
    return modules


def _path(*parts):
    """'train.Saver' of 'compat.v1.train' and 'Saver'."""
    path = '.'.join(filter(None, parts))
    for other in ('compat.v1.', '_api.v1.'):
        if path.startswith(other):
            return path[len(other):]
    return path


def tensorflow_has(path):
    """Whether TensorFlow 1.15 has tf.PATH or tensorflow.PATH, as far as is known."""
    parent, _, name = path.rpartition('.')
    if path == 'compat.v2':
        return True
    return path in names_of_tensorflow() or path in modules_of_tensorflow() or name in modules_of_tensorflow().get(parent, ())


def _all_are_listed(namespace):
    """Whether the lists have all that is in it, so that TensorFlow has nothing else there."""
    top = namespace.partition('.')[0]
    if top in ('python', 'core', 'examples', 'tools'):
        return False
    return not namespace or namespace in names_of_tensorflow() or namespace in modules_of_tensorflow()


def _alike(name, there):
    """Those of the names that are spelt nearly so."""
    small = {}
    for other in there:
        if other[:1].lower() == name[:1].lower():
            small.setdefault(other.lower(), other)
    return [small[found] for found in difflib.get_close_matches(name.lower(), sorted(small), n=2, cutoff=0.7)]


def near(namespace, name, there):
    """What may have been meant, of what Icecore has; `there` are the names in tensorflow.NAMESPACE."""
    from icecore.tf import names
    path = _path(namespace, name)
    if path in RENAMED:
        return ['tf.' + RENAMED[path]]
    inside_tf = _all_are_listed(namespace)
    found = [('tf.' if inside_tf else '') + _path(namespace if inside_tf else '', other) for other in _alike(name, there)]
    elsewhere = ['tf.' + _path(space, name) for space in ['', *names.namespaces()]
                 if space not in (namespace, 'raw_ops') and name in names.names_in(space)]
    return list(dict.fromkeys(sorted(elsewhere, key=len)[:2] + found))[:3]


def _told(namespace, name, there, either):
    """What is said behind the first words of the error: why it isn't there, what else may be meant, where to look."""
    path = _path(namespace, name)
    if tensorflow_has(path):
        public = path in names_of_tensorflow() or path.startswith(('contrib.', 'compat.'))
        return ' in Icecore yet, though TensorFlow 1.15 has %s%s; %s' % ('tf.' if public else 'tensorflow.', path, WHERE)
    text = ' in Icecore, nor in TensorFlow 1.15' if either else ' in Icecore'
    meant = near(namespace, name, there)
    if meant:
        text += '; did you mean %s?' % ' or '.join(meant)
    return '%s %s' % (text, WHERE) if meant else '%s; %s' % (text, WHERE)


def _of_namespace(namespace):
    from icecore.tf import names
    return names.names_in(namespace)


def attribute_error(namespace, name, there=None):
    """`there`: the names that the module has; those of the namespace where it isn't given."""
    owner = '.'.join(filter(None, ('tensorflow', namespace)))
    text = "module '%s' has no attribute '%s'" % (owner, name)
    if not (name.startswith('__') and name.endswith('__')):
        there = _of_namespace(namespace) if there is None else there
        text += _told(namespace, name, there, _all_are_listed(namespace))
    error = AttributeError(text)
    error.name = name  # So that Python, which would look for like names too, adds none.
    return error


def _inside(module):
    """'train' of 'tensorflow.train'."""
    return module.partition('.')[2]


def module_not_found(name):
    namespace, _, last = _inside(name).rpartition('.')
    either = _all_are_listed(namespace) or namespace in modules_of_tensorflow()
    text = "No module named '%s'%s" % (name, _told(namespace, last, _of_namespace(namespace), either))
    return ModuleNotFoundError(text, name=name)


def import_error(module, name, there=None):
    namespace = _inside(module)
    there = _of_namespace(namespace) if there is None else there
    told = _told(namespace, name, there, _all_are_listed(namespace))
    return ImportError("cannot import name '%s' from '%s': it isn't%s" % (name, module, told), name=module)


def say_where_to_look(module):
    """From now on, what is asked of a module of Icecore's and isn't there is an error that says where to look."""
    own = vars(module).get('__getattr__')
    if getattr(own, 'says_where_to_look', False):
        return
    called = module.__name__
    if called.startswith('icecore.tf.'):
        inside = called[len('icecore.tf.'):]
        called = 'tensorflow.' + ('' if inside.split('.')[0] in ('contrib', 'compat') else 'python.') + inside

    def __getattr__(name):
        if own is not None:
            try:
                return own(name)
            except AttributeError as error:
                if WHERE in str(error):
                    raise
        if name.startswith('__') and name.endswith('__'):
            raise AttributeError("module '%s' has no attribute '%s'" % (called, name))
        there = [other for other in vars(module) if not other.startswith('_')]
        if _is_from_import(sys._getframe(1)):
            raise import_error(called, name, there)
        raise attribute_error(_inside(called), name, there) from None

    __getattr__.says_where_to_look = True
    module.__getattr__ = __getattr__


def _is_from_import(frame):
    """Whether the frame is at the NAME of `from module import NAME`."""
    return frame.f_lasti >= 0 and frame.f_code.co_code[frame.f_lasti] == opcode.opmap['IMPORT_FROM']
