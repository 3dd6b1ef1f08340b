"""What is said of names that tf doesn't have: whether TensorFlow 1.15 has them, and where to look."""
import functools
import os

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
