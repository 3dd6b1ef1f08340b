"""Names of summaries, and their collections."""
import contextlib
import re

from icecore.tf.framework import ops

_NOT_IN_TAGS = re.compile(r'[^-/\w\.]')


def collect(val, collections, default_collections):
    """Puts a summary into its collections."""
    for key in default_collections if collections is None else collections:
        ops.add_to_collection(key, val)


def clean_tag(name):
    """The name with what no tag may have replaced by '_'."""
    if name is None:
        return None
    clean = _NOT_IN_TAGS.sub('_', name).lstrip('/')
    if clean != name:
        from icecore.tf.platform import tf_logging
        tf_logging.info('Summary name %s is illegal; using %s instead.' % (name, clean))
    return clean


@contextlib.contextmanager
def summary_scope(name, family=None, default_name=None, values=None):
    """The scope of a summary: (its tag, the name of its node)."""
    name, family = clean_tag(name), clean_tag(family)
    with ops.name_scope(name if family is None else '%s/%s' % (family, name), default_name, values) as scope:
        tag = scope.rstrip('/')
        yield tag if family is None else '%s/%s' % (family, tag), scope
