"""What type checkers are told: the names that the package loads when they are asked for."""
from . import tf as tf
from . import errors as errors
from ._checkpoint import Checkpoint as Checkpoint, CheckpointState as CheckpointState
from ._checkpoint import CheckpointWriter as CheckpointWriter, VariableInfo as VariableInfo
from ._checkpoint import checkpoint_exists as checkpoint_exists, get_checkpoint_mtimes as get_checkpoint_mtimes
from ._checkpoint import get_checkpoint_state as get_checkpoint_state, latest_checkpoint as latest_checkpoint
from ._checkpoint import list_variables as list_variables, load_checkpoint as load_checkpoint
from ._checkpoint import load_variable as load_variable
from ._freeze import Frozen as Frozen, freeze_graph as freeze_graph
from ._graph import Graph as Graph, Node as Node, load_graph as load_graph, write_graph as write_graph
from ._core import GraphBuilder as GraphBuilder, Operation as Operation, Output as Output, Saver as Saver
from ._core import Variable as Variable
from ._session import Session as Session, export_meta_graph as export_meta_graph
from ._session import cond as cond, gradients as gradients, import_meta_graph as import_meta_graph
from ._session import init_from_checkpoint as init_from_checkpoint, make_variable as make_variable
from ._session import while_loop as while_loop
from .errors import AbortedError as AbortedError, AlreadyExistsError as AlreadyExistsError
from .errors import CancelledError as CancelledError, DataLossError as DataLossError
from .errors import DeadlineExceededError as DeadlineExceededError, Error as Error
from .errors import FailedPreconditionError as FailedPreconditionError, InternalError as InternalError
from .errors import InvalidArgumentError as InvalidArgumentError, NotFoundError as NotFoundError
from .errors import OutOfRangeError as OutOfRangeError, PermissionDeniedError as PermissionDeniedError
from .errors import ResourceExhaustedError as ResourceExhaustedError, UnauthenticatedError as UnauthenticatedError
from .errors import UnavailableError as UnavailableError, UnimplementedError as UnimplementedError
from .errors import UnknownError as UnknownError

__version__: str
__all__: list[str]
