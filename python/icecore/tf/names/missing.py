"""What is said of names that tf doesn't have: whether TensorFlow 1.15 has them, and where to look."""
import functools
import opcode
import os
import sys

WHERE = 'docs/tf-api.md lists which names Icecore has'


@functools.lru_cache(maxsize=1)
def names_of_tensorflow():
    """Every public name of TensorFlow 1.15, without `tf.`; namespaces among them."""
    path = os.path.join(os.path.dirname(__file__), 'tensorflow_1_15.txt')
    names = set()
    with open(path, encoding='utf-8') as lines:
        for line in lines:
            if line.startswith('#'):
                continue
            name = line.split(None, 1)[0]
            while name and name not in names:
                names.add(name)
                name = name.rpartition('.')[0]
    return names


def attribute_error(namespace, name):
    owner = '.'.join(filter(None, ('tensorflow', namespace)))
    text = "module '%s' has no attribute '%s'" % (owner, name)
    if not (name.startswith('__') and name.endswith('__')):
        full = '.'.join(filter(None, (namespace, name)))
        if full in names_of_tensorflow():
            text = "%s in Icecore yet, though TensorFlow 1.15 has tf.%s; %s" % (text, full, WHERE)
        else:
            text = '%s; %s' % (text, WHERE)
    return AttributeError(text)


def module_not_found(name):
    text = "No module named '%s' in Icecore; %s" % (name, WHERE)
    return ModuleNotFoundError(text, name=name)


def import_error(module, name):
    return ImportError("cannot import name '%s' from '%s', which is Icecore's; %s" % (name, module, WHERE), name=module)


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
        text = "module '%s' has no attribute '%s'" % (called, name)
        if own is not None:
            try:
                return own(name)
            except AttributeError as error:
                if WHERE in str(error):
                    raise
        if name.startswith('__') and name.endswith('__'):
            raise AttributeError(text)
        if _is_from_import(sys._getframe(1)):
            raise import_error(called, name)
        raise AttributeError('%s in Icecore; %s' % (text, WHERE)) from None

    __getattr__.says_where_to_look = True
    module.__getattr__ = __getattr__


def _is_from_import(frame):
    """Whether the frame is at the NAME of `from module import NAME`."""
    return frame.f_lasti >= 0 and frame.f_code.co_code[frame.f_lasti] == opcode.opmap['IMPORT_FROM']
