#!/usr/bin/env python3
"""Writes python/icecore/tf/names/tensorflow_1_15.txt: every public name of TensorFlow 1.15.5, with its signature.

usage: PYTHON_OF_TENSORFLOW_1.15 scripts/tf_names.py >python/icecore/tf/names/tensorflow_1_15.txt

Of tf.contrib only what scripts use most (CONTRIB) is listed. tf.compat.v1 has the same names as tf, and tf.compat.v2 is another
library: both are left out.
"""
import inspect
import re
import sys
import warnings

warnings.filterwarnings('ignore')
import tensorflow as tf  # noqa: E402

CONTRIB = ('contrib.layers', 'contrib.slim', 'contrib.rnn', 'contrib.framework', 'contrib.seq2seq', 'contrib.metrics',
           'contrib.training', 'contrib.losses', 'contrib.opt', 'contrib.crf', 'contrib.lookup')
LEFT_OUT = ('compat.v1', 'compat.v2', 'contrib', 'pywrap_tensorflow', 'resource_loader.tf_logging')
HEAD = """# The public names of TensorFlow 1.15.5, without `tf.`, with their signatures; `module` and `value` have none.
# scripts/tf_names.py makes this file.
"""


def default_text(value):
    if isinstance(value, (bool, int, float, str, bytes, type(None))):
        return repr(value)
    if isinstance(value, (list, tuple, dict)) and len(repr(value)) < 40 and ' object at ' not in repr(value):
        return repr(value)
    if inspect.isclass(value) or inspect.isfunction(value):
        return value.__name__
    return re.sub(r' at 0x[0-9a-f]+', '', repr(value)) if len(repr(value)) < 60 else '...'


def signature(value):
    if inspect.ismodule(value):
        return 'module'
    target = value
    if inspect.isclass(value):
        target = value.__init__ if value.__init__ is not object.__init__ else None
        if target is None:
            return 'class ()'
    elif not callable(value):
        return 'value'
    try:
        spec = inspect.getfullargspec(inspect.unwrap(target))
    except TypeError:
        return ('class' if inspect.isclass(value) else 'function') + ' (...)'
    decorated = getattr(target, '_tf_decorator', None)
    if decorated is not None and decorated.decorator_argspec is not None:
        spec = decorated.decorator_argspec
    names = spec.args[1:] if inspect.isclass(value) else list(spec.args)
    defaults = list(spec.defaults or ())
    first = len(names) - len(defaults)
    parts = [name if i < first else '%s=%s' % (name, default_text(defaults[i - first])) for i, name in enumerate(names)]
    if spec.varargs:
        parts.append('*' + spec.varargs)
    elif getattr(spec, 'kwonlyargs', None):
        parts.append('*')
    for name in getattr(spec, 'kwonlyargs', None) or ():
        has = spec.kwonlydefaults and name in spec.kwonlydefaults
        parts.append('%s=%s' % (name, default_text(spec.kwonlydefaults[name])) if has else name)
    keywords = getattr(spec, 'varkw', None) or getattr(spec, 'keywords', None)
    if keywords:
        parts.append('**' + keywords)
    return '%s (%s)' % ('class' if inspect.isclass(value) else 'function', ', '.join(parts))


def is_namespace(path, value):
    name = getattr(value, '__name__', '')
    return inspect.ismodule(value) and ('_api' in name or 'api._v1' in name or path in CONTRIB or path == 'flags')


def walk(path, module, found, depth=0):
    for name in sorted(set(dir(module))):
        if name.startswith('_') and name != '__version__':
            continue
        full = '.'.join(filter(None, (path, name)))
        if full in LEFT_OUT or name in ('absolute_import', 'division', 'print_function'):
            continue
        try:
            value = getattr(module, name)
        except Exception:
            continue
        if inspect.ismodule(value) and not is_namespace(full, value):
            continue
        if path.startswith('flags') and not (getattr(value, '__module__', None) or 'absl').startswith(('absl', 'tensorflow')):
            continue
        found[full] = signature(value)
        if inspect.ismodule(value) and depth < 6:
            walk(full, value, found, depth + 1)


def main():
    found = {}
    walk('', tf, found)
    for path in CONTRIB:
        module = tf
        for part in path.split('.'):
            module = getattr(module, part)
        found[path] = 'module'
        walk(path, module, found)
    sys.stdout.write(HEAD)
    for name in sorted(found):
        sys.stdout.write('%s %s\n' % (name, found[name].replace('\n', ' ')))


main()
