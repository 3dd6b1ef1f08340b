"""tf.variable_scope, tf.get_variable."""
import contextlib
import copy
import enum
import functools

from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import variables
from icecore.tf.ops.variable_store import PartitionInfo as _PartitionInfo  # noqa: F401
from icecore.tf.ops.variable_store import store_of
from icecore.tf.ops.variables import (VariableAggregation, VariableSynchronization, variable_creator_scope)  # noqa: F401

variable_creator_scope_v1 = variable_creator_scope
variable = variables.VariableV1


class _ReuseMode(enum.Enum):
    AUTO_REUSE = 1


AUTO_REUSE = _ReuseMode.AUTO_REUSE
_use_resource = False


def enable_resource_variables():
    """From now on variables are resource variables where nothing else is said."""
    global _use_resource
    _use_resource = True


def disable_resource_variables():
    """From now on variables are reference variables where nothing else is said."""
    global _use_resource
    _use_resource = False


def resource_variables_enabled():
    """Which of the two."""
    return _use_resource


def no_regularizer(_):
    """No loss."""
    return None


class VariableScope:
    """What get_variable() is told by where it is called: a prefix, and what isn't said otherwise."""

    def __init__(self, reuse, name='', initializer=None, regularizer=None, caching_device=None, partitioner=None,
                 custom_getter=None, name_scope='', dtype=dtypes.float32, use_resource=None, constraint=None):
        self._name = name
        self._initializer = initializer
        self._regularizer = regularizer
        self._reuse = reuse
        self._caching_device = caching_device
        self._partitioner = partitioner
        self._custom_getter = custom_getter
        self._name_scope = name_scope
        self._dtype = dtype
        self._use_resource = use_resource
        self._constraint = constraint

    @property
    def name(self):
        """'a/b'."""
        return self._name

    @property
    def original_name_scope(self):
        """The name scope that it opened: 'a/b/'."""
        return self._name_scope

    @property
    def reuse(self):
        """False, True, or tf.AUTO_REUSE."""
        return self._reuse

    initializer = property(lambda self: self._initializer)
    regularizer = property(lambda self: self._regularizer)
    caching_device = property(lambda self: self._caching_device)
    partitioner = property(lambda self: self._partitioner)
    custom_getter = property(lambda self: self._custom_getter)
    dtype = property(lambda self: self._dtype)
    use_resource = property(lambda self: self._use_resource)
    constraint = property(lambda self: self._constraint)

    def reuse_variables(self):
        """From now on get_variable() finds variables, and makes none."""
        self._reuse = True

    def set_initializer(self, initializer):
        self._initializer = initializer

    def set_dtype(self, dtype):
        self._dtype = dtype

    def set_use_resource(self, use_resource):
        self._use_resource = use_resource

    def set_regularizer(self, regularizer):
        self._regularizer = regularizer

    def set_caching_device(self, caching_device):
        self._caching_device = caching_device

    def set_partitioner(self, partitioner):
        self._partitioner = partitioner

    def set_custom_getter(self, custom_getter):
        self._custom_getter = custom_getter

    def get_collection(self, name):
        """What the collection holds of this scope."""
        return ops.get_collection(name, self._name + '/' if self._name else '')

    def trainable_variables(self):
        return self.get_collection(ops.GraphKeys.TRAINABLE_VARIABLES)

    def global_variables(self):
        return self.get_collection(ops.GraphKeys.GLOBAL_VARIABLES)

    def local_variables(self):
        return self.get_collection(ops.GraphKeys.LOCAL_VARIABLES)

    def get_variable(self, var_store, name, shape=None, dtype=None, initializer=None, regularizer=None, reuse=None,
                     trainable=None, collections=None, caching_device=None, partitioner=None, validate_shape=True,
                     use_resource=None, custom_getter=None, constraint=None,
                     synchronization=VariableSynchronization.AUTO, aggregation=VariableAggregation.NONE):
        """The variable of that name in this scope."""
        regularizer = self._regularizer if regularizer is None else regularizer
        caching_device = self._caching_device if caching_device is None else caching_device
        partitioner = self._partitioner if partitioner is None else partitioner
        custom_getter = self._custom_getter if custom_getter is None else custom_getter
        reuse = self._reuse if reuse is None else reuse
        full_name = self.name + '/' + name if self.name else name
        # Variable names know nothing of name scopes.
        with ops.name_scope(None):
            if dtype is not None and initializer is not None and not callable(initializer):
                given = ops.convert_to_tensor(initializer).dtype.base_dtype
                if given != dtype:
                    raise ValueError("Initializer type '%s' and explicit dtype '%s' don't match." % (given, dtype))
            if initializer is None:
                initializer = self._initializer
            if constraint is None:
                constraint = self._constraint
            if dtype is None:
                dtype = self._dtype
            if use_resource is None:
                use_resource = self._use_resource
            return var_store.get_variable(
                full_name, shape=shape, dtype=dtype, initializer=initializer, regularizer=regularizer, reuse=reuse,
                trainable=trainable, collections=collections, caching_device=caching_device, partitioner=partitioner,
                validate_shape=validate_shape, use_resource=use_resource, custom_getter=custom_getter,
                constraint=constraint, synchronization=synchronization, aggregation=aggregation)


class _ScopeStore:
    """The scope of a graph where it is built now, and how often each name was opened."""

    def __init__(self):
        self.variable_scopes_count = {}
        self.current_scope = VariableScope(False)

    def open_variable_scope(self, scope_name):
        self.variable_scopes_count[scope_name] = self.variable_scopes_count.get(scope_name, 0) + 1

    def close_variable_subscopes(self, scope_name):
        for name in list(self.variable_scopes_count):
            if scope_name is None or name.startswith(scope_name + '/'):
                self.variable_scopes_count[name] = 0

    def variable_scope_count(self, scope_name):
        return self.variable_scopes_count.get(scope_name, 0)


def get_variable_scope_store():
    graph = ops.get_default_graph()
    if not hasattr(graph, '_variable_scopes'):
        graph._variable_scopes = _ScopeStore()
    return graph._variable_scopes


def _get_default_variable_store():
    return store_of(ops.get_default_graph())


def get_variable_scope():
    """The scope in which get_variable() would work now."""
    return get_variable_scope_store().current_scope


def get_variable(name, shape=None, dtype=None, initializer=None, regularizer=None, trainable=None, collections=None,
                 caching_device=None, partitioner=None, validate_shape=True, use_resource=None, custom_getter=None,
                 constraint=None, synchronization=VariableSynchronization.AUTO, aggregation=VariableAggregation.NONE):
    """The variable of that name in the current variable scope: found, or made.

    Args:
      name: in the scope.
      shape: needed where it is made by an initializer function.
      dtype: tf.float32 where nothing else is said.
      initializer: a function of a shape, or a value or tensor.
      regularizer: a function of the variable whose result joins the regularization losses.
      partitioner: a function of shape and dtype that says how many parts it is made of.
      reuse comes from the scope: see tf.variable_scope.

    Returns:
      The variable; a PartitionedVariable where there is a partitioner.

    Raises:
      ValueError: where it exists though it mustn't, doesn't exist though it must, or has another shape or dtype.
    """
    return get_variable_scope().get_variable(
        _get_default_variable_store(), name, shape=shape, dtype=dtype, initializer=initializer, regularizer=regularizer,
        trainable=trainable, collections=collections, caching_device=caching_device, partitioner=partitioner,
        validate_shape=validate_shape, use_resource=use_resource, custom_getter=custom_getter, constraint=constraint,
        synchronization=synchronization, aggregation=aggregation)


def get_local_variable(name, shape=None, dtype=None, initializer=None, regularizer=None, trainable=False,
                       collections=None, caching_device=None, partitioner=None, validate_shape=True, use_resource=None,
                       custom_getter=None, constraint=None, synchronization=VariableSynchronization.AUTO,
                       aggregation=VariableAggregation.NONE):
    """get_variable() of a local variable, which isn't saved nor trained."""
    return get_variable(
        name, shape=shape, dtype=dtype, initializer=initializer, regularizer=regularizer, trainable=False,
        collections=list(collections or []) + [ops.GraphKeys.LOCAL_VARIABLES], caching_device=caching_device,
        partitioner=partitioner, validate_shape=validate_shape, use_resource=use_resource, custom_getter=custom_getter,
        constraint=constraint, synchronization=synchronization, aggregation=aggregation)


def _wrapped_getter(custom_getter, outer):
    if outer is None:
        return custom_getter

    def wrapped(getter, *args, **kwargs):
        return custom_getter(functools.partial(outer, getter), *args, **kwargs)

    return wrapped


class _PureScope:
    """A variable scope without a name scope."""

    def __init__(self, name_or_scope, reuse=None, initializer=None, regularizer=None, caching_device=None,
                 partitioner=None, custom_getter=None, old_name_scope=None, dtype=dtypes.float32, use_resource=None,
                 constraint=None):
        self._name_or_scope = name_or_scope
        self._reuse = reuse
        self._settings = dict(initializer=initializer, regularizer=regularizer, caching_device=caching_device,
                              partitioner=partitioner, dtype=dtype, use_resource=use_resource)
        self._custom_getter = custom_getter
        self._old_name_scope = old_name_scope
        self._constraint = constraint
        self._store = get_variable_scope_store()
        self._made = None
        if isinstance(name_or_scope, VariableScope):
            self._name = name_or_scope.name
            self._cached = self._scope_like(name_or_scope, self._reuse or name_or_scope.reuse,
                                            name_or_scope._name_scope)

    def _scope_like(self, outer, reuse, name_scope):
        made = VariableScope(
            reuse, name=self._name, initializer=outer.initializer, regularizer=outer.regularizer,
            caching_device=outer.caching_device, partitioner=outer.partitioner, dtype=outer.dtype,
            custom_getter=outer.custom_getter, name_scope=name_scope, use_resource=outer.use_resource,
            constraint=self._constraint)
        for key, value in self._settings.items():
            if value is not None:
                getattr(made, 'set_' + key)(value)
        if self._custom_getter is not None:
            made.set_custom_getter(_wrapped_getter(self._custom_getter, outer.custom_getter))
        return made

    def __enter__(self):
        self._outer = self._store.current_scope
        if isinstance(self._name_or_scope, VariableScope):
            self._store.open_variable_scope(self._name)
            self._counts = copy.copy(self._store.variable_scopes_count)
            made = self._cached
        else:
            self._name = (self._outer.name + '/' + self._name_or_scope if self._outer.name else self._name_or_scope)
            self._reuse = self._reuse or self._outer.reuse
            made = self._scope_like(self._outer, self._reuse,
                                    self._name_or_scope if self._old_name_scope is None else self._old_name_scope)
            self._store.open_variable_scope(self._name)
        self._store.current_scope = made
        self._made = made
        return made

    def __exit__(self, *_):
        if self._store.current_scope is not self._made:
            raise RuntimeError('Improper nesting of variable_scope.')
        if isinstance(self._name_or_scope, VariableScope):
            self._store.variable_scopes_count = self._counts
        else:
            self._store.close_variable_subscopes(self._name)
        self._store.current_scope = self._outer
        return False


def _unique_name(prefix):
    store = get_variable_scope_store()
    outer = get_variable_scope().name
    name = outer + '/' + prefix if outer else prefix
    if store.variable_scope_count(name) == 0:
        return prefix
    number = 1
    while store.variable_scope_count('%s_%d' % (name, number)) > 0:
        number += 1
    return '%s_%d' % (prefix, number)


class variable_scope:
    """`with tf.variable_scope(name) as scope`: a prefix of variables, and of operations.

    Args:
      name_or_scope: a name, or a VariableScope that is entered again; None with a default_name.
      default_name: made unique, where there is no name.
      values: tensors; their graph becomes the default one.
      initializer, regularizer, caching_device, partitioner, custom_getter, dtype, use_resource, constraint: what
        get_variable() takes where it isn't told otherwise.
      reuse: True: variables must exist; tf.AUTO_REUSE: they may; None: as the scope around it.
      auxiliary_name_scope: whether operations get the prefix too.

    Raises:
      TypeError, ValueError: where an argument isn't what it should be.
    """

    def __init__(self, name_or_scope, default_name=None, values=None, initializer=None, regularizer=None,
                 caching_device=None, partitioner=None, custom_getter=None, reuse=None, dtype=None, use_resource=None,
                 constraint=None, auxiliary_name_scope=True):
        if default_name is None and name_or_scope is None:
            raise TypeError('If default_name is None then name_or_scope is required')
        self._name_or_scope = name_or_scope
        self._default_name = default_name
        self._reuse = None if reuse is False else reuse
        if self._reuse not in (True, None, AUTO_REUSE):
            raise ValueError('The reuse parameter must be True or False or None.')
        if not isinstance(auxiliary_name_scope, bool):
            raise TypeError('The auxiliary_name_scope must be `True` or `False`, while get {}'.format(
                auxiliary_name_scope))
        self._settings = dict(initializer=initializer, regularizer=regularizer, caching_device=caching_device,
                              partitioner=partitioner, custom_getter=custom_getter, dtype=dtype,
                              use_resource=use_resource, constraint=constraint)
        self._graph = ops._get_graph_from_inputs(values or [])
        self._auxiliary = auxiliary_name_scope
        self._name_scope = None
        self._pure = None

    def __enter__(self):
        self._default = self._graph.as_default()
        self._default.__enter__()
        try:
            if self._pure is not None:
                if self._name_scope is not None:
                    self._name_scope.__enter__()
                return self._pure.__enter__()
            return self._enter_first()
        except BaseException:
            self._default.__exit__(None, None, None)
            raise

    def _open_name_scope(self, name):
        # Without an auxiliary name scope the current one is entered again.
        if not self._auxiliary:
            current = ops.get_name_scope()
            name = current + '/' if current else current
        scope = ops.name_scope(name)
        entered = scope.__enter__()
        self._name_scope = scope
        return entered

    def _enter_first(self):
        given = self._name_or_scope
        if given is None:
            if self._reuse:
                raise ValueError('reuse=True cannot be used without a name_or_scope')
            entered = self._open_name_scope(self._default_name)
            self._pure = _PureScope(_unique_name(self._default_name), old_name_scope=entered, **self._settings)
            return self._pure.__enter__()
        if not isinstance(given, (VariableScope, str)):
            raise TypeError('VariableScope: name_or_scope must be a string or VariableScope.')
        name = given if isinstance(given, str) else given.name.split('/')[-1]
        old = None
        if name or not self._auxiliary:
            entered = self._open_name_scope(name)
            old = entered if isinstance(given, str) else given.original_name_scope
        self._pure = _PureScope(given, reuse=self._reuse, old_name_scope=old, **self._settings)
        return self._pure.__enter__()

    def __exit__(self, *error):
        try:
            self._pure.__exit__(*error)
        finally:
            try:
                if self._name_scope is not None:
                    self._name_scope.__exit__(*error)
            finally:
                self._default.__exit__(None, None, None)
        return False


@contextlib.contextmanager
def variable_op_scope(values, name_or_scope, default_name=None, initializer=None, regularizer=None, caching_device=None,
                      partitioner=None, custom_getter=None, reuse=None, dtype=None, use_resource=None, constraint=None):
    """The old form of variable_scope()."""
    with variable_scope(name_or_scope, default_name=default_name, values=values, initializer=initializer,
                        regularizer=regularizer, caching_device=caching_device, partitioner=partitioner,
                        custom_getter=custom_getter, reuse=reuse, dtype=dtype, use_resource=use_resource,
                        constraint=constraint) as scope:
        yield scope


