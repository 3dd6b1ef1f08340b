"""tf.train.Scaffold: the operations that a training needs beside its own."""
from icecore.tf.framework import control_flow, ops
from icecore.tf.ops import array_ops, lookup_ops, resources, variables
from icecore.tf.platform import tf_logging
from icecore.tf.training import saver as saver_module

_PARTS = ('init_op', 'init_feed_dict', 'ready_op', 'ready_for_local_init_op', 'local_init_op', 'summary_op', 'saver')


def _not_ready(variable_list, resource_list):
    return array_ops.concat([variables.report_uninitialized_variables(variable_list),
                             resources.report_uninitialized_resources(resource_list)], 0)


def _saver_of_graph():
    """The graph's Saver: of its collection, or a sharded one of everything, put there.

    Raises:
      RuntimeError: where the collection holds more than one.
    """
    found = ops.get_collection(ops.GraphKeys.SAVERS)
    if len(found) > 1:
        raise RuntimeError('More than one item in collection {}. Please indicate which one to use by passing it to the '
                           'constructor.'.format(ops.GraphKeys.SAVERS))
    if found:
        return found[0]
    saver = saver_module.Saver(sharded=True, allow_empty=True)
    ops.add_to_collection(ops.GraphKeys.SAVERS, saver)
    return saver


class Scaffold:
    """Operations to initialize, to report what isn't, to summarize, and a Saver.

    What isn't given, finalize() takes from the graph's collections or makes.
    """

    def __init__(self, init_op=None, init_feed_dict=None, init_fn=None, ready_op=None, ready_for_local_init_op=None,
                 local_init_op=None, summary_op=None, saver=None, copy_from_scaffold=None):
        given = dict(zip(_PARTS, (init_op, init_feed_dict, ready_op, ready_for_local_init_op, local_init_op, summary_op,
                                  saver)))
        if copy_from_scaffold is not None:
            if not isinstance(copy_from_scaffold, Scaffold):
                raise TypeError('copy_from_scaffold is not a Scaffold instance.')
            given = {name: getattr(copy_from_scaffold, name) if value is None else value for name, value in given.items()}
            init_fn = copy_from_scaffold._user_init_fn if init_fn is None else init_fn
        self._user_init_fn = init_fn
        self.init_fn = (lambda sess: init_fn(self, sess)) if init_fn else None
        for name, value in given.items():
            setattr(self, name, value)

    def finalize(self):
        """Makes what is missing, and ends changes of the graph."""
        from icecore.tf.summary import summary
        makers = (
            ('init_op', lambda: control_flow.group(variables.global_variables_initializer(),
                                                   resources.initialize_resources(resources.shared_resources()))),
            ('ready_op', lambda: _not_ready(None, None)),
            ('ready_for_local_init_op', lambda: _not_ready(variables.global_variables(), resources.shared_resources())),
            ('local_init_op', Scaffold.default_local_init_op),
            ('summary_op', summary.merge_all),
        )
        for name, make in makers:
            if getattr(self, name) is None:
                setattr(self, name, Scaffold.get_or_default(name, getattr(ops.GraphKeys, name.upper()), make))
        if self.saver is None:
            self.saver = _saver_of_graph()
        self.saver.build()
        ops.get_default_graph().finalize()
        tf_logging.info('Graph was finalized.')
        return self

    @staticmethod
    def get_or_default(arg_name, collection_key, default_constructor):
        """What the collection holds; where it is empty, what the function makes. RuntimeError where it holds more."""
        found = ops.get_collection(collection_key)
        if len(found) > 1:
            raise RuntimeError('More than one item in the collection "%s". Please indicate which one to use by passing it '
                               'to the tf.Scaffold constructor as:  tf.Scaffold(%s=item to use)', collection_key, arg_name)
        if found:
            return found[0]
        made = default_constructor()
        if made is not None:
            ops.add_to_collection(collection_key, made)
        return made

    @staticmethod
    def default_local_init_op():
        """Initializes local variables and tables."""
        return control_flow.group(variables.local_variables_initializer(), lookup_ops.tables_initializer(),
                                  resources.initialize_resources(resources.local_resources()))
