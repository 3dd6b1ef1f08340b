"""tf.train.Saver: names and arguments over the core's Saver, which adds the nodes, writes and reads."""
import contextlib
import os

from icecore import _core
from icecore.tf import protos
from icecore.tf.framework import collections, ops
from icecore.tf.framework.tensor import Tensor
from icecore.tf.ops import variables
from icecore.tf.ops.variable_class import known_variables
from icecore.tf.training.checkpoint_management import (  # noqa: F401
    checkpoint_exists, generate_checkpoint_state_proto, get_checkpoint_mtimes, get_checkpoint_state, latest_checkpoint,
    remove_checkpoint, update_checkpoint_state)
from icecore.tf.training.meta_graphs import (  # noqa: F401
    _import_meta_graph_with_return_elements, export_meta_graph, import_meta_graph, push_collections, warn)


def _saveable(value, where):
    if isinstance(value, variables.PartitionedVariable):
        return [part._core for part in value]
    if isinstance(value, variables.VariableV1):
        return value._core
    if isinstance(value, (list, tuple)):
        return [_saveable(item, where) for item in value]
    if isinstance(value, Tensor):
        known = known_variables(value.graph).get(value.op._id)
        if known is not None and value.op.type in ('Variable', 'VariableV2', 'VarHandleOp'):
            return known._core
        return value._output
    raise TypeError(where % (value,))


def _var_list(var_list):
    if var_list is None:
        return None
    if isinstance(var_list, dict):
        for key in var_list:
            if not isinstance(key, (str, bytes)):
                raise TypeError('names_to_saveables must be a dict mapping string names to trackable operations. Name is '
                                'not a string: %s' % (key,))
        return {key: _saveable(value, 'Variable to save is not a Variable: %s') for key, value in var_list.items()}
    # One variable alone has __iter__ too, which only refuses.
    if isinstance(var_list, (str, bytes, variables.VariableV1, Tensor)) or not hasattr(var_list, '__iter__'):
        raise TypeError('Variables to save should be passed in a dict or a list: %s' % var_list)
    if isinstance(var_list, (set, frozenset)):
        var_list = sorted(var_list, key=lambda v: v.name)
    saveables = []
    for value in var_list:
        saveable = _saveable(value, 'Variable to save is not a Variable: %s')
        # The core puts parts in a list together by the name of their whole.
        saveables += saveable if isinstance(value, variables.PartitionedVariable) else [saveable]
    return saveables


class Saver:
    """Saves variables to checkpoints and restores them.

    Args:
      var_list: variables, or a dictionary of them by the names that they have in the checkpoint; None: all global ones.
      reshape: restored values take the variables' shapes where they have as many elements.
      sharded: one file a device.
      max_to_keep: how many of the newest checkpoints are kept; None or 0: all.
      keep_checkpoint_every_n_hours: one in so many hours is kept for good.
      name: of the scope of its nodes.
      restore_sequentially: changes nothing.
      saver_def: a SaverDef whose nodes are in the graph: nothing is added.
      defer_build: build() is called later.
      allow_empty: without variables it does nothing, rather than raise an error.
      write_version: SaverDef.V2 or V1.
      pad_step_number: steps in file names have eight digits.
      save_relative_paths: the `checkpoint` file holds relative paths.
      filename: the value of the graph's default file name.

    Raises:
      TypeError, ValueError: where var_list isn't what it should be, or there are no variables.

    >>> import icecore.tf as tf
    >>> v = tf.Variable([1.0, 2.0], name='v')
    >>> saver = tf.train.Saver()
    >>> with tf.Session() as sess:
    ...     _ = sess.run(tf.global_variables_initializer())
    ...     saver.save(sess, './model', global_step=10)
    './model-10'
    """

    def __init__(self, var_list=None, reshape=False, sharded=False, max_to_keep=5, keep_checkpoint_every_n_hours=10000.0,
                 name=None, restore_sequentially=False, saver_def=None, builder=None, defer_build=False,
                 allow_empty=False, write_version=2, pad_step_number=False, save_relative_paths=False, filename=None):
        if defer_build and var_list:
            raise ValueError('If `var_list` is provided then build cannot be deferred. Either set defer_build=False or '
                             'var_list=None.')
        self._var_list = var_list
        self._name = name
        self._sharded = sharded
        self._write_version = write_version
        self._is_built = not defer_build
        self._allow_empty = allow_empty
        kept = dict(pad_step_number=pad_step_number, save_relative_paths=save_relative_paths, warn=warn)
        graph = ops.get_default_graph()
        if saver_def is not None:
            self._made = _core.Saver.from_def(graph._builder, saver_def.SerializeToString(), name=name, **kept)
            self._write_version = saver_def.version
            self._sharded = saver_def.sharded
            return
        if self._is_built:
            self._check_variables()
        push_collections(graph)
        given = _var_list(var_list)
        options = {} if given is None else {'var_list': given}
        self._made = _core.Saver(
            graph._builder, reshape=bool(reshape), sharded=bool(sharded), max_to_keep=max_to_keep or None,
            keep_checkpoint_every_n_hours=float(keep_checkpoint_every_n_hours), name=name,
            restore_sequentially=bool(restore_sequentially), defer_build=bool(defer_build),
            allow_empty=bool(allow_empty), write_version=write_version, filename=filename, **options, **kept)
        graph._tracebacks.note(graph._builder.num_operations, depth=2)

    @classmethod
    def _of_core(cls, made, name=None):
        saver = cls.__new__(cls)
        saver._var_list = None
        saver._name = name
        saver._is_built = True
        saver._allow_empty = False
        saver._made = made
        definition = saver.saver_def
        saver._write_version = definition.version
        saver._sharded = definition.sharded
        return saver

    def _check_variables(self):
        if self._var_list is None and not self._allow_empty and not variables._all_saveable_objects():
            raise ValueError('No variables to save')

    @property
    def _is_empty(self):
        return self._made.is_empty

    @property
    def saver_def(self):
        """Its SaverDef; None where it isn't built."""
        if not self._is_built or self._made.is_empty:
            return None
        return protos.SaverDef.FromString(self._made.saver_def)

    def build(self):
        """Adds its nodes to the graph, where that was deferred."""
        if self._is_built:
            return
        graph = ops.get_default_graph()
        self._check_variables()
        push_collections(graph)
        self._made.build()
        self._is_built = True

    def as_saver_def(self):
        """The same as saver_def."""
        return self.saver_def

    def to_proto(self, export_scope=None):
        """Its SaverDef, without the scope; None where it isn't in that scope."""
        definition = self.saver_def
        if export_scope is None:
            return definition
        if not (self._name and self._name.startswith(export_scope)):
            return None
        for field in ('filename_tensor_name', 'save_tensor_name', 'restore_op_name'):
            setattr(definition, field, ops.strip_name_scope(getattr(definition, field), export_scope))
        return definition

    @staticmethod
    def from_proto(saver_def, import_scope=None):
        """The Saver of a SaverDef."""
        return Saver(saver_def=saver_def, name=import_scope)

    # --- Which checkpoints are kept ---

    @property
    def last_checkpoints(self):
        """Those that it wrote and hasn't deleted, oldest first."""
        return self._made.last_checkpoints

    def set_last_checkpoints(self, last_checkpoints):
        """As if it had written those, long ago."""
        assert isinstance(last_checkpoints, list)
        self._made.set_last_checkpoints(last_checkpoints)

    def set_last_checkpoints_with_time(self, last_checkpoints_with_time):
        """As if it had written those at those times: pairs of path and seconds since 1970."""
        assert isinstance(last_checkpoints_with_time, list)
        self._made.set_last_checkpoints_with_time([(path, float(time)) for path, time in last_checkpoints_with_time])

    def recover_last_checkpoints(self, checkpoint_paths):
        """As if it had written those of them that exist, when their files were written."""
        self._made.recover_last_checkpoints(list(checkpoint_paths))

    # --- Saving and restoring ---

    def save(self, sess, save_path, global_step=None, latest_filename=None, meta_graph_suffix='meta',
             write_meta_graph=True, write_state=True, strip_default_attrs=False, save_debug_info=False):
        """Writes the variables' values.

        Args:
          sess: the session that has them.
          save_path: prefix of the files.
          global_step: a number, or a tensor or variable, which is put behind the prefix.
          latest_filename: the name of the `checkpoint` file.
          meta_graph_suffix: of the meta graph's file.
          write_meta_graph, write_state: whether the graph and the `checkpoint` file are written.
          strip_default_attrs: leaves default attributes out of the meta graph.

        Returns:
          The prefix with the step; None where there are no variables.

        Raises:
          TypeError: where sess is no Session.
          ValueError: where the folder isn't there, or latest_filename can't be.
          RuntimeError: where the Saver isn't built.
        """
        from icecore.tf.client import session
        from icecore.tf.training import training_util
        if not self._is_built:
            raise RuntimeError('`build()` should be called before save if defer_build==True')
        latest_filename = latest_filename or 'checkpoint'
        if os.path.split(latest_filename)[0]:
            raise ValueError("'latest_filename' must not contain path components")
        save_path = os.fspath(save_path)
        if global_step is None:
            if os.path.basename(save_path) == latest_filename and not self._sharded:
                raise ValueError("'latest_filename' collides with 'save_path': '%s' and '%s'" %
                                 (latest_filename, save_path))
        elif not isinstance(global_step, int):
            global_step = (int(global_step) if hasattr(global_step, '__index__') and not hasattr(global_step, 'op')
                           else training_util.global_step(sess, global_step))
        session_of = _session_of(sess)
        if not isinstance(session_of, session.BaseSession):
            raise TypeError("'sess' must be a Session; %s" % sess)
        session_of._check_open()
        # A state file can't name the path '': TensorFlow finds that out when the values are written.
        has_no_name = not save_path and global_step is None and write_state and self.saver_def is not None
        folder = os.path.dirname(save_path)
        if folder and not os.path.isdir(folder) and (
                self._write_version != 2 or not os.path.isdir(os.path.dirname(folder) or '.')):
            raise ValueError("Parent directory of {} doesn't exist, can't save.".format(save_path))
        push_collections(session_of.graph)
        with _node_errors(session_of):
            path = self._made.save(session_of._session, save_path, global_step=global_step,
                                   latest_filename=latest_filename, meta_graph_suffix=meta_graph_suffix,
                                   write_meta_graph=bool(write_meta_graph) and not has_no_name,
                                   write_state=bool(write_state) and not has_no_name,
                                   strip_default_attrs=bool(strip_default_attrs))
        if has_no_name:
            raise ValueError('no path specified')
        return path or None

    def restore(self, sess, save_path):
        """Gives the variables the values of a checkpoint.

        Raises:
          ValueError: where there is no checkpoint of that prefix.
          NotFoundError, InvalidArgumentError: where it lacks a variable, or has another shape or dtype.
        """
        if self._is_built and self._made.is_empty:
            return
        if save_path is None:
            raise ValueError("Can't load save_path when it is None.")
        prefix = os.fspath(save_path)
        if not checkpoint_exists(prefix):
            raise ValueError('The passed save_path is not a valid checkpoint: ' + str(prefix))
        from icecore.tf.platform import tf_logging
        tf_logging.info('Restoring parameters from %s', prefix)
        session_of = _session_of(sess)
        session_of._check_open()
        with _node_errors(session_of, self._restoring_op):
            self._made.restore(session_of._session, prefix)

    def _restoring_op(self, graph):
        # The first one, where there are several.
        return graph._find(self.saver_def.restore_op_name.rpartition('/')[0] + '/RestoreV2')

    def export_meta_graph(self, filename=None, collection_list=None, as_text=False, export_scope=None,
                          clear_devices=False, clear_extraneous_savers=False, strip_default_attrs=False,
                          save_debug_info=False):
        """The MetaGraphDef of the default graph, with this Saver's SaverDef; written to a file where one is named."""
        return export_meta_graph(
            filename=filename, saver_def=self.saver_def, collection_list=collection_list, as_text=as_text,
            export_scope=export_scope, clear_devices=clear_devices, clear_extraneous_savers=clear_extraneous_savers,
            strip_default_attrs=strip_default_attrs, _sorted=True)


def _saver_of_item(graph, encoded):
    with graph.as_default():
        return Saver(saver_def=protos.SaverDef.FromString(encoded))


def _item_of_saver(saver):
    definition = saver.to_proto() if isinstance(saver, Saver) else None
    return None if definition is None else definition.SerializeToString()


collections.register_collection(ops.GraphKeys.SAVERS, _saver_of_item, _item_of_saver)


def _session_of(sess):
    # Sessions that wrap another one (monitored ones) know it.
    raw = getattr(sess, '_icecore_session', None)
    return raw() if callable(raw) else sess


@contextlib.contextmanager
def _node_errors(session, op_in=None):
    # An error that names a node gets the operation, as a run's does; one that names none gets what op_in(graph) gives.
    from icecore.errors import Error
    try:
        yield
    except Error as error:
        completed = session._completed(error)
        op = op_in(session.graph) if completed.op is None and op_in is not None else None
        if op is not None:
            completed = type(completed)(op.node_def, op, completed.message)
        raise completed from error.__cause__
