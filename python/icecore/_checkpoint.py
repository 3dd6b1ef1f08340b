"""Checkpoints: opening them, writing them, finding them."""

from __future__ import annotations

import collections.abc
import os
import threading

from typing import TYPE_CHECKING

from . import _core, _html
from .errors import NotFoundError

if TYPE_CHECKING:
    import numpy as np
    from typing import Any, Iterable, Iterator, NoReturn, Sequence, Union
    Path = Union[str, bytes, 'os.PathLike[str]']


class VariableInfo:
    """What a checkpoint says of one variable, without its values.

    >>> import icecore
    >>> with icecore.CheckpointWriter('demo/said.ckpt') as writer:
    ...     writer.add('w', [[1, 2, 3]], dtype='int32')
    >>> icecore.Checkpoint('demo/said.ckpt').info('w').bytes
    12

    Attributes:
      name: str.
      dtype: its name, 'float32'.
      shape: a tuple of ints.
      bytes: how many the values take; None of a string tensor, until it is read.
      sliced: whether it is stored in parts.
    """

    __slots__ = ('name', 'dtype', 'shape', 'bytes', 'sliced')

    def __init__(self, name: str, dtype: str, shape: tuple[int, ...], bytes: int | None, sliced: bool) -> None:
        self.name, self.dtype, self.shape, self.bytes, self.sliced = name, dtype, shape, bytes, sliced

    def __repr__(self):
        return '<VariableInfo %r %s %s>' % (self.name, self.dtype, list(self.shape))

    def _repr_html_(self):
        return _html.table(self.name, ['dtype', 'shape', 'bytes'],
                           [[self.dtype, _html.shape(self.shape), '?' if self.bytes is None else self.bytes]])


class Checkpoint(collections.abc.Mapping[str, 'np.ndarray']):
    """An open checkpoint of TensorFlow 1 or 2: a mapping from the names of its variables to their values.

    Opening reads the table of names only; each access reads one tensor and verifies its checksum.

    Args:
      path: whatever leads to a checkpoint (str, bytes or pathlib.Path): its prefix, one of its files, the `checkpoint`
        file, or a folder, of which the latest checkpoint is taken.

    Raises:
      NotFoundError: nothing is there; the message says what is.
      InvalidArgumentError: the bytes are something else.
      DataLossError: its table is damaged.

    >>> import icecore
    >>> with icecore.CheckpointWriter('demo/model.ckpt') as writer:
    ...     writer.add('w', [[1, 2, 3]], dtype='int32')
    ...     writer.add('b', 0.5)
    >>> ckpt = icecore.Checkpoint('demo/model.ckpt')
    >>> list(ckpt), len(ckpt), 'w' in ckpt
    (['b', 'w'], 2, True)
    >>> ckpt['w']
    array([[1, 2, 3]], dtype=int32)
    >>> ckpt.variables()[0]
    <VariableInfo 'b' float64 []>
    """

    __slots__ = ('_checkpoint', '_infos')

    def __init__(self, path: Path) -> None:
        self._checkpoint = _core.Checkpoint.open(os.fspath(path))
        self._infos: list[VariableInfo] | None = None

    @property
    def prefix(self) -> str:
        """The prefix that was opened."""
        return self._checkpoint.prefix

    @property
    def format(self) -> str:
        """'v1' or 'v2'."""
        return self._checkpoint.format

    @property
    def note(self) -> str:
        """What was chosen, and why, where the path was not the prefix itself; else ''."""
        return self._checkpoint.note

    def variables(self) -> list[VariableInfo]:
        """The `VariableInfo` of each variable, sorted by name."""
        if self._infos is None:
            self._infos = [VariableInfo(*info) for info in self._checkpoint.infos()]
        return list(self._infos)

    def info(self, name: str) -> VariableInfo:
        """The `VariableInfo` of one variable; KeyError with the nearest names where there is none of that name."""
        info = self._checkpoint.info(name)
        if info is None:
            self._refuse(name)
        return VariableInfo(*info)

    def read(self, name: str, slice: str | None = None) -> np.ndarray:
        """The values of a variable as a new array: of its dtype and shape; strings as an array of bytes objects.

        Args:
          name: the variable's.
          slice: the part to read: "0,2:-" is start,length or "-" (all) for each dimension.

        Raises:
          NotFoundError: there is no such variable; the message has the nearest names.
          DataLossError: the values are damaged.
        """
        if slice is None:
            return self._checkpoint.read(name)
        return self._checkpoint.read_slice(name, slice)

    def __getitem__(self, name: str) -> np.ndarray:
        """The values of a variable, as read() gives them; KeyError with the nearest names where there is none."""
        if name not in self:
            self._refuse(name)
        return self._checkpoint.read(name)

    def _refuse(self, name: object) -> NoReturn:
        """Raises the KeyError for a name that isn't there."""
        if not isinstance(name, (str, bytes)):
            raise KeyError('the names of variables are str, and none is %r' % (name,))
        try:
            self._checkpoint.read(name)
        except NotFoundError as error:
            raise KeyError(error.message) from None
        except UnicodeEncodeError:
            raise KeyError(name) from None
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        try:
            return isinstance(name, (str, bytes)) and self._checkpoint.contains(name)
        except UnicodeEncodeError:  # No bytes are spelt so.
            return False

    def __iter__(self) -> Iterator[str]:
        return iter([info.name for info in self.variables()])

    def __len__(self) -> int:
        return len(self.variables())

    # A Mapping would compare values, which are arrays.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __enter__(self) -> Checkpoint:
        return self

    def __exit__(self, kind, value, traceback):
        pass

    def __repr__(self):
        return '<Checkpoint %r: %d variables, %s>' % (self.prefix, len(self), self.format)

    def _repr_html_(self):
        return _html.table(repr(self)[1:-1], ['variable', 'dtype', 'shape'], [
            [info.name, info.dtype, _html.shape(info.shape)] for info in self.variables()])


class CheckpointWriter:
    """Writes a checkpoint, byte for byte as TensorFlow writes it.

    Both files appear when it is finished (by `finish()`, or at the end of a `with`); one that is dropped before, or whose
    `with` ends by an exception, leaves nothing behind. Several threads may add to it.

    >>> import icecore
    >>> with icecore.CheckpointWriter('demo/model.ckpt-1') as writer:
    ...     writer.add('step', 1, dtype='int64')
    >>> icecore.load_variable('demo/model.ckpt-1', 'step')
    array(1)
    """

    def __init__(self, prefix: Path) -> None:
        self._prefix = os.fspath(prefix)
        self._writer: _core.CheckpointWriter | None = _core.CheckpointWriter(self._prefix)
        # Values are written without the GIL, one after the other.
        self._lock = threading.RLock()

    def add(self, name: str, value: Any, dtype: Any = None) -> None:
        """Adds a tensor: an array, or what numpy makes of the value, of `dtype` where one is given (also 'bfloat16').

        Raises InvalidArgumentError for an empty name, or one that was added already; TypeError, ValueError where no tensor
        can hold the value.
        """
        if value is None:
            raise TypeError('None is no value for the variable %r' % name)
        with self._lock:
            self._open().add(name, value, dtype)

    def add_slice(self, name: str, full_shape: Sequence[int], slice: str, value: Any, dtype: Any = None) -> None:
        """Adds a part of a tensor; when it is finished, every part of it must have come.

        Args:
          name: the whole tensor's.
          full_shape: the whole tensor's shape.
          slice: which part it is: "0,2:-" is start,length or "-" (all) for each dimension.
          value: the values, of the part's shape.
          dtype: as of add().

        Raises InvalidArgumentError where the value's shape isn't the part's, or parts overlap.

        >>> import icecore
        >>> with icecore.CheckpointWriter('demo/parts.ckpt') as writer:
        ...     writer.add_slice('w', [3, 2], '0,1:-', [[1, 2]])
        ...     writer.add_slice('w', [3, 2], '1,2:-', [[3, 4], [5, 6]])
        >>> icecore.Checkpoint('demo/parts.ckpt')['w'].tolist()
        [[1, 2], [3, 4], [5, 6]]
        """
        with self._lock:
            self._open().add_slice(name, full_shape, slice, value, dtype)

    def finish(self) -> None:
        """Gives the files their names. Nothing can be added afterwards."""
        with self._lock:
            self._open().finish()
            self._writer = None

    def __repr__(self):
        return '<CheckpointWriter %r%s>' % (os.fsdecode(self._prefix), ', finished' if self._writer is None else '')

    def _open(self):
        if self._writer is None:
            raise ValueError('the checkpoint is finished')
        return self._writer

    def __enter__(self) -> CheckpointWriter:
        return self

    def __exit__(self, kind, value, traceback):
        with self._lock:
            if kind is None and self._writer is not None:
                self.finish()
            self._writer = None


class CheckpointState:
    """What the `checkpoint` file of a folder says: `model_checkpoint_path` (the newest), `all_model_checkpoint_paths`,
    `all_model_checkpoint_timestamps`, `last_preserved_timestamp`.

    >>> import icecore
    >>> icecore.CheckpointState('run/m-2', ['run/m-1', 'run/m-2'], [], None)
    <CheckpointState 'run/m-2', 2 checkpoints>
    """

    def __init__(self, model_checkpoint_path: str, all_model_checkpoint_paths: list[str],
                 all_model_checkpoint_timestamps: list[float], last_preserved_timestamp: float | None,
                 text: str | None = None) -> None:
        self.model_checkpoint_path = model_checkpoint_path
        self.all_model_checkpoint_paths = all_model_checkpoint_paths
        self.all_model_checkpoint_timestamps = all_model_checkpoint_timestamps
        self.last_preserved_timestamp = last_preserved_timestamp

    def _repr_html_(self):
        return _html.table(repr(self)[1:-1], ['checkpoint'], [[path] for path in self.all_model_checkpoint_paths])

    def __repr__(self):
        return '<CheckpointState %r, %d checkpoints>' % (self.model_checkpoint_path, len(self.all_model_checkpoint_paths))


def load_checkpoint(path: Path) -> Checkpoint:
    """`Checkpoint(path)`, under TensorFlow's name.

    >>> import icecore
    >>> with icecore.CheckpointWriter('demo/loaded.ckpt') as writer:
    ...     writer.add('w', [1, 2])
    >>> icecore.load_checkpoint('demo/loaded.ckpt')['w']
    array([1, 2])
    """
    return Checkpoint(path)


def latest_checkpoint(folder: Path, latest_filename: str = 'checkpoint') -> str | None:
    """The prefix of the newest checkpoint of a folder, or None.

    >>> import icecore
    >>> icecore.latest_checkpoint('no/such/folder') is None
    True
    """
    return _core.latest_checkpoint(folder, latest_filename)


def checkpoint_exists(prefix: Path) -> bool:
    """Whether there is a checkpoint of that prefix.

    >>> import icecore
    >>> icecore.checkpoint_exists('no/such/model.ckpt')
    False
    """
    return _core.checkpoint_exists(prefix)


def get_checkpoint_state(folder: Path, latest_filename: str = 'checkpoint') -> CheckpointState | None:
    """The `CheckpointState` of a folder, or None where it has no such file. InvalidArgumentError where it can't be read.

    >>> import icecore
    >>> icecore.get_checkpoint_state('no/such/folder') is None
    True
    """
    state = _core.get_checkpoint_state(folder, latest_filename)
    return None if state is None else CheckpointState(**state)


def get_checkpoint_mtimes(prefixes: Iterable[Path]) -> list[float]:
    """When those of the checkpoints that exist were written, in seconds since 1970.

    >>> import icecore
    >>> with icecore.CheckpointWriter('demo/dated.ckpt') as writer:
    ...     writer.add('w', 1)
    >>> len(icecore.get_checkpoint_mtimes(['demo/dated.ckpt', 'no/such.ckpt']))
    1
    """
    return _core.get_checkpoint_mtimes(prefixes)


def list_variables(path: Path) -> list[tuple[str, list[int]]]:
    """(name, shape) of each variable of a checkpoint, as tf.train.list_variables gives them.

    >>> import icecore
    >>> with icecore.CheckpointWriter('demo/listed.ckpt') as writer:
    ...     writer.add('w', [[1.0, 2.0]])
    >>> icecore.list_variables('demo/listed.ckpt')
    [('w', [1, 2])]
    """
    return [(info.name, list(info.shape)) for info in Checkpoint(path).variables()]


def load_variable(path: Path, name: str) -> np.ndarray:
    """The values of one variable of a checkpoint, as a new array. A name may end in ":0". NotFoundError where it isn't there.

    >>> import icecore
    >>> with icecore.CheckpointWriter('demo/one.ckpt') as writer:
    ...     writer.add('w', ['a', 'b'])
    >>> icecore.load_variable('demo/one.ckpt', 'w:0')
    array([b'a', b'b'], dtype=object)
    """
    return _core.load_variable(path, name)
