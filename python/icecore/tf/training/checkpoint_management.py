"""The `checkpoint` file, and which checkpoints there are."""
from icecore import _core
from icecore.tf import protos


def _folder(folder):
    # The folder of './model' is '.', of 'model' is ''.
    return folder if folder else ''


def _state(state):
    made = protos.CheckpointState(model_checkpoint_path=state['model_checkpoint_path'],
                                  all_model_checkpoint_paths=state['all_model_checkpoint_paths'],
                                  all_model_checkpoint_timestamps=state['all_model_checkpoint_timestamps'])
    if state['last_preserved_timestamp'] is not None:
        made.last_preserved_timestamp = state['last_preserved_timestamp']
    return made


def generate_checkpoint_state_proto(save_dir, model_checkpoint_path, all_model_checkpoint_paths=None,
                                    all_model_checkpoint_timestamps=None, last_preserved_timestamp=None):
    """The CheckpointState that says that model_checkpoint_path is the newest of the folder."""
    return _state(_core.generate_checkpoint_state(
        save_dir, model_checkpoint_path, all_model_checkpoint_paths, list(all_model_checkpoint_timestamps or []),
        last_preserved_timestamp))


def update_checkpoint_state(save_dir, model_checkpoint_path, all_model_checkpoint_paths=None, latest_filename=None,
                            all_model_checkpoint_timestamps=None, last_preserved_timestamp=None):
    """Writes that state to the folder's `checkpoint` file (or latest_filename).

    Raises:
      RuntimeError: where the checkpoint has the path of that file.
    """
    _core.update_checkpoint_state(
        save_dir, model_checkpoint_path, all_model_checkpoint_paths, latest_filename or 'checkpoint',
        list(all_model_checkpoint_timestamps or []), last_preserved_timestamp)


def get_checkpoint_state(checkpoint_dir, latest_filename=None):
    """The CheckpointState of the folder; None where there is none, or it can't be read."""
    try:
        state = _core.get_checkpoint_state(_folder(checkpoint_dir), latest_filename or 'checkpoint')
    except Exception as error:  # A file that isn't one is as good as none, as in TensorFlow, which warns.
        from icecore.tf.platform import tf_logging
        tf_logging.warning('%s: %s', type(error).__name__, error)
        return None
    return None if state is None or not state['model_checkpoint_path'] else _state(state)


def latest_checkpoint(checkpoint_dir, latest_filename=None):
    """The prefix of the folder's newest checkpoint; None where there is none."""
    from icecore.tf.platform import tf_logging
    try:
        found = _core.latest_checkpoint(_folder(checkpoint_dir), latest_filename or 'checkpoint')
    except Exception as error:
        tf_logging.warning('%s: %s', type(error).__name__, error)
        return None
    if found is None:
        state = get_checkpoint_state(checkpoint_dir, latest_filename)
        if state is not None:
            tf_logging.error("Couldn't match files for checkpoint %s", state.model_checkpoint_path)
    return found


def checkpoint_exists(checkpoint_prefix):
    """Whether there is a checkpoint of that prefix."""
    return _core.checkpoint_exists(checkpoint_prefix)


checkpoint_exists_internal = checkpoint_exists


def get_checkpoint_mtimes(checkpoint_prefixes):
    """When those that exist were written, in seconds since 1970."""
    return _core.get_checkpoint_mtimes(checkpoint_prefixes)


def remove_checkpoint(checkpoint_prefix, checkpoint_format_version=2, meta_graph_suffix='meta'):
    """Deletes the files of a checkpoint, its meta graph too."""
    _core.remove_checkpoint(checkpoint_prefix, checkpoint_format_version, meta_graph_suffix)


def meta_graph_filename(checkpoint_filename, meta_graph_suffix='meta'):
    """The name of the meta graph beside a checkpoint."""
    # A sharded checkpoint's name is a pattern: what it matches is left out.
    base = checkpoint_filename
    if '-?????-of-' in base:
        base = base[:base.index('-?????-of-')]
    return '%s.%s' % (base, meta_graph_suffix)
